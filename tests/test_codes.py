"""Compiled templates that are kept: they save time and decide nothing, and only those are run that nobody else can have written."""

from __future__ import annotations

import marshal
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType

import pytest

from briefgen.build import Order, build
from briefgen.publish import codes
from briefgen.publish.codes import UserCodes, cache_folder
from briefgen.publish.disk import packaged_theme
from briefgen.serve.studio import Studio
from briefgen.theme import _codes, _compiled, _read, template_closure, theme
from tests.kit import english, site
from tests.kit import theme as packaged
from tests.pagekit import SMALL
from tests.test_incremental import FAULT
from tests.test_state import blank, cut, flip, foreign, longer, swapped

MADE_OF = ("a.html", "{{ view }}", "words")
CODE = compile("found = 6 * 7", "templates/a.html", "exec")

posix = pytest.mark.skipif(sys.platform == "win32", reason="owners and modes are another matter there")


def value(code: CodeType | None) -> object:
    names: dict[str, object] = {}
    if code:
        exec(code, names)  # the code above
    return names.get("found")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache/briefgen"


def one_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_what_is_kept_comes_back_for_the_same_program_and_the_same_source_only(folder: Path) -> None:
    assert UserCodes(folder, "salt").get(MADE_OF) is None
    UserCodes(folder, "salt").put(MADE_OF, CODE)
    assert value(UserCodes(folder, "salt").get(MADE_OF)) == 42
    assert UserCodes(folder, "other").get(MADE_OF) is None
    for n in range(3):
        assert UserCodes(folder, "salt").get(tuple(f"{one} " if at == n else one for at, one in enumerate(MADE_OF))) is None
    assert UserCodes(folder, "salt").get(("a.html{{ view }}", "words")) is None


@pytest.mark.parametrize("damage", [flip, cut, blank, swapped, longer, foreign])
def test_what_is_damaged_counts_as_none(folder: Path, damage: Callable[[Path, random.Random], None]) -> None:
    kept = UserCodes(folder, "salt")
    kept.put(MADE_OF, CODE)
    file = one_file(folder)
    whole = file.read_bytes()
    for n in range(50):
        file.write_bytes(whole)
        damage(file, random.Random(n))
        assert value(kept.get(MADE_OF)) == (42 if file.read_bytes() == whole else None), n


def test_a_file_under_the_name_of_another_counts_as_none(folder: Path) -> None:
    kept = UserCodes(folder, "salt")
    kept.put(MADE_OF, CODE)
    first = one_file(folder)
    kept.put(("b.html", *MADE_OF[1:]), compile("found = 1", "templates/b.html", "exec"))
    (second,) = set(folder.iterdir()) - {first}
    second.write_bytes(first.read_bytes())
    assert kept.get(("b.html", *MADE_OF[1:])) is None


def test_what_is_no_code_counts_as_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = UserCodes(folder, "salt")
    monkeypatch.setattr(marshal, "dumps", lambda _, dumps=marshal.dumps: dumps((1, 2)))
    kept.put(MADE_OF, CODE)
    assert kept.get(MADE_OF) is None


@posix
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_that_others_may_write_is_not_run(folder: Path, mode: int) -> None:
    kept = UserCodes(folder, "salt")
    kept.put(MADE_OF, CODE)
    one_file(folder).chmod(mode)
    assert kept.get(MADE_OF) is None


@posix
@pytest.mark.parametrize("mode", [0o720, 0o702, 0o777, 0o1777])
def test_a_folder_that_others_may_write_is_not_used(folder: Path, mode: int) -> None:
    UserCodes(folder, "salt").put(MADE_OF, CODE)
    folder.chmod(mode)
    assert UserCodes(folder, "salt").get(MADE_OF) is None
    UserCodes(folder, "salt").put(("b.html", *MADE_OF[1:]), CODE)
    assert len(list(folder.iterdir())) == 1


@posix
def test_what_is_somebody_elses_is_not_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    UserCodes(folder, "salt").put(MADE_OF, CODE)
    other = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: other)
    assert UserCodes(folder, "salt").get(MADE_OF) is None
    assert UserCodes(folder, "salt")._folder is None


@posix
def test_links_are_not_followed(folder: Path, tmp_path: Path) -> None:
    UserCodes(folder, "salt").put(MADE_OF, CODE)
    file = one_file(folder)
    file.replace(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    assert UserCodes(folder, "salt").get(MADE_OF) is None
    file.unlink()
    (tmp_path / "elsewhere").replace(file)
    folder.replace(tmp_path / "moved")
    folder.symlink_to(tmp_path / "moved")
    assert UserCodes(folder, "salt").get(MADE_OF) is None


@posix
def test_folder_and_files_are_the_users_alone_whatever_the_umask(folder: Path) -> None:
    before = os.umask(0)
    try:
        UserCodes(folder, "salt").put(MADE_OF, CODE)
    finally:
        os.umask(before)
    assert folder.stat().st_mode & 0o777 == folder.parent.stat().st_mode & 0o777 == 0o700
    assert one_file(folder).stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_made_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for where in (None, tmp_path / "file/briefgen", tmp_path / "file"):
        kept = UserCodes(where, "salt")
        kept.put(MADE_OF, CODE)
        assert kept.get(MADE_OF) is None


def test_a_full_disk_leaves_nothing_half_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    kept = UserCodes(folder, "salt")
    monkeypatch.setattr(os, "replace", full)
    kept.put(MADE_OF, CODE)
    monkeypatch.undo()
    assert kept.get(MADE_OF) is None


def test_the_folder_stays_small(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "_MOST", 10)
    kept = UserCodes(folder, "salt")
    for n in range(45):
        kept.put((str(n),), CODE)
        assert len(list(folder.iterdir())) <= 10
        assert value(kept.get((str(n),))) == 42, "the newest stays"


# ---------------------------------------------------------------- where it is


def test_the_folder_is_where_caches_belong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = tmp_path / "project"
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "mine"))
    assert cache_folder(project) == tmp_path / "mine/briefgen"
    for ignored in ("", "relative", "./x"):
        monkeypatch.setenv("XDG_CACHE_HOME", ignored)
        assert cache_folder(project) == tmp_path / "home/.cache/briefgen"


@pytest.mark.parametrize("place", ["over/project/.cache", "over/project", "over/.cache", "over"])
def test_what_comes_with_a_project_or_its_repository_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    project = tmp_path / "over/project"
    (tmp_path / "over/.git").mkdir(parents=True)
    project.mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / place))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / place))
    assert cache_folder(project) is None
    (tmp_path / "around").symlink_to(tmp_path / place)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "around"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "around"))
    assert cache_folder(project) is None


# ---------------------------------------------------------------- in a build


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "cache"))
    for path, data in site(SMALL.replace(FAULT, "")).snapshot().content.items():
        file = tmp_path / "briefing" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return tmp_path / "briefing"


def built(project: Path, *, fresh: bool = False) -> dict[str, bytes]:
    """What a build gives that knows nothing of earlier ones in this process, as in a process of its own."""
    for held in (theme, _codes, _read):
        held.cache_clear()
    assert not build(Order(project, fresh=fresh), project / "site", lambda: None).failed
    return {p.name: p.read_bytes() for p in (project / "site").rglob("*") if p.is_file()}


def forget(project: Path) -> None:
    """Every page has to be rendered again."""
    for name in ("state", "pages"):
        (project / ".briefgen" / name).unlink()


def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the templates that are compiled from now on."""
    names: list[str] = []

    def note(environment: object, name: str, source: str) -> CodeType:
        names.append(name)
        return _compiled(environment, name, source)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr("briefgen.theme._compiled", note)
    return names


def test_a_second_process_compiles_no_template_and_gives_the_same_site(
    project: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = compiled(monkeypatch)
    first = built(project, fresh=True)
    assert len(names) > 10
    assert not folder.exists(), "--fresh has nothing to do with what is kept"
    forget(project)
    names.clear()
    assert built(project) == first
    assert len(names) == len(list(folder.iterdir())) > 10
    forget(project)
    names.clear()
    assert built(project) == first
    assert names == []
    own = project / "templates"
    own.mkdir()
    (own / "404.html").write_text(packaged()[0]["404.html"].replace("{% block main %}", "{% block main %}<p>More.</p>"), "utf-8")
    assert b"<p>More.</p>" in built(project)["404.html"]
    assert names == ["404.html"]


def test_a_preview_compiles_no_template_that_a_build_has_compiled(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = built(project)
    forget(project)
    for held in (theme, _codes, _read):
        held.cache_clear()
    names = compiled(monkeypatch)
    studio = Studio(project, packaged_theme())
    assert studio.step()
    assert names == []
    shown = {url.rpartition("/")[2]: data for url, data in studio.state.outputs.items()}
    assert before["index.html"] == shown["index.html"]
    assert before["ann-able.html"] == shown["ann-able.html"]


def test_a_kept_template_is_the_one_that_would_be_compiled(folder: Path) -> None:
    """Byte for byte, as Python writes code: nothing gets lost on the way."""
    templates, words, kept = packaged()[0], english(), UserCodes(folder, "salt")
    environment = theme(tuple(sorted(templates.items())), words)
    names = [name for name in templates if name.endswith((".html", ".xml", ".svg"))]
    assert len(names) > 20
    for name in names:
        template_closure(templates, name, words)
        code = _compiled(environment, name, templates[name])
        kept.put((name,), code)
        again = kept.get((name,))
        assert again == code
        assert again is not None
        assert again.co_filename == f"templates/{name}"
