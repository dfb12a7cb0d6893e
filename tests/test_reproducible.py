"""The same bytes wherever and however the demonstration is built (issue 6, point 5): in processes of their own, on the disk."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.kit import ROOT
from tests.reliability import tree, tries

# Turkish has an i without a dot, Arabic and Persian digits of their own, and ISO 8859-9 is no UTF-8. What the system cannot
# make (Debian's package `locales` has the sources) is left out.
_MADE = {"tr_TR.UTF-8": ("tr_TR", "UTF-8"), "ar_EG.UTF-8": ("ar_EG", "UTF-8"), "tr_TR.ISO-8859-9": ("tr_TR", "ISO-8859-9")}
_SEEDS = ("0", "1", "42", "4294967295", "random")
_ZONES = ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "America/New_York", "XXX-25:30")
_FOLDERS = ("p", "a b/ç ü", "ليبيا", "deep/er/and/deep/er/still", "-dash", "$(x)'\"")
_MASKS = (0o022, 0o077, 0o000, 0o027)
_JOBS = ("1", "2", "3", "7")


class Setting(NamedTuple):
    """One way to build: everything around the project that must not matter."""

    seed: str
    zone: str
    locale: str
    folder: str
    inside: bool  # started in the project, or elsewhere with -C
    order: int  # of the files as they are written: the seed of a shuffle
    mask: int
    jobs: str


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[str, ...]]:
    """A folder for LOCPATH, and the locales to be had."""
    folder = tmp_path_factory.mktemp("locales")
    made = [name for name, (source, charset) in _MADE.items() if _made(folder / name, source, charset)]
    return folder, ("C", "POSIX", "C.UTF-8", *made)


def _made(target: Path, source: str, charset: str) -> bool:
    if not shutil.which("localedef"):
        return False
    command = ["localedef", "--no-archive", "-i", source, "-f", charset, str(target)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def settings(count: int, locales: tuple[str, ...]) -> Iterator[Setting]:
    """Settings in which every value of every factor comes soon, and beside ever new values of the others."""
    chance = random.Random(1)
    piles: dict[str, list[object]] = {}

    def dealt(name: str, values: tuple[object, ...]) -> object:
        pile = piles.setdefault(name, [])
        if not pile:
            pile += chance.sample(values, len(values))
        return pile.pop()

    factors = (_SEEDS, _ZONES, locales, _FOLDERS, (True, False), tuple(range(count)), _MASKS, _JOBS)
    for _ in range(count):
        yield Setting(*(dealt(name, values) for name, values in zip(Setting._fields, factors, strict=True)))  # type: ignore[arg-type]  # each of its factor's type


def laid_out(project: Path, order: int) -> Path:
    """The demonstration's content, its files made in some order and at some time."""
    files = sorted(path for path in (ROOT / "content").rglob("*") if path.is_file())
    random.Random(order).shuffle(files)
    for number, file in enumerate(files):
        target = project / file.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
        os.utime(target, (1_000_000_000 + number * 86_400 + order, 1_000_000_000 + number * 86_400 + order))
    return project


def built(folder: Path, setting: Setting, locale_path: Path) -> dict[str, str]:
    """Every file of the site that a setting gives, with its digest."""
    project = laid_out(folder / setting.folder, setting.order)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PAGES_", "GITHUB_"))}
    environment |= {"PYTHONHASHSEED": setting.seed, "TZ": setting.zone, "LC_ALL": setting.locale, "LOCPATH": str(locale_path)}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "briefgen", *([] if setting.inside else ["-C", str(project)]), "build", "--strict"]
    command += ["--jobs", setting.jobs]
    start = project if setting.inside else folder
    done = subprocess.run(command, cwd=start, env=environment, umask=setting.mask, capture_output=True, check=False)
    assert done.returncode == 0, (setting, done.stdout, done.stderr)
    site = project / "site"
    found = {str(Path(path).relative_to(site)): digest for path, digest in tree(site).items()}
    shutil.rmtree(folder)
    return found


@tries(7, 30)
def test_builds_are_the_same_bytes_whatever_is_around_them(
    tmp_path: Path, locales: tuple[Path, tuple[str, ...]], times: int
) -> None:
    first: dict[str, str] = {}
    for number, setting in enumerate(settings(times, locales[1])):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        site = built(folder, setting, locales[0])
        first = first or site
        assert site == first, (setting, sorted(path for path in site.keys() | first.keys() if site.get(path) != first.get(path)))
    assert sum(path.startswith("search/") for path in first) > 20
    assert ".briefgen-manifest" in first
    print(f"{times} builds of {len(first)} files; locales {', '.join(locales[1])}")


def test_seven_settings_hold_every_value_of_most_factors(locales: tuple[Path, tuple[str, ...]]) -> None:
    seven = list(settings(7, locales[1]))
    assert len({s.order for s in seven}) == 7
    assert {s.zone for s in seven} == set(_ZONES)
    assert {s.locale for s in seven} == set(locales[1])
    assert {s.seed for s in seven} == set(_SEEDS)
    assert {s.mask for s in seven} == set(_MASKS)
    assert {s.inside for s in seven} == {True, False}
    assert {s.jobs for s in seven} == set(_JOBS)
