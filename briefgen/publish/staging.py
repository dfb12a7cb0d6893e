"""The next version of a site, laid out in a folder of its own.

Nothing is written into a file that has another name elsewhere: a file that did not change is the same file under a second
name (which keeps its time of change, and costs no room), every other one is made. So the site that is there never changes.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable, Mapping, Set
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from briefgen.publish import manifest
from briefgen.publish.manifest import Survey
from briefgen.publish.tree import Mark, mark

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class Plan(NamedTuple):
    """The site that is to be: where, what (and the SHA-256 of that), and the paths at which the old one holds just that."""

    output: Path
    wanted: Mapping[str, bytes]
    digests: Mapping[str, str]
    kept: Set[str]
    before: Survey


class Laid(NamedTuple):
    """What was done: the marks of the files that were made, and the paths of those that were given a second name."""

    made: dict[str, Mark]
    linked: tuple[str, ...]


def stage(staged: Path, plan: Plan, there: Set[str] = frozenset()) -> Laid:
    """Lay the site out in a folder, made if need be; `there` is what it holds already, and it holds nothing else."""
    folder = str(staged)
    os.makedirs(folder, exist_ok=True)
    # First the list, so that whatever a killed run leaves is known to be ours.
    made = {manifest.NAME: manifest.write(folder, plan.digests)}
    for below in sorted(folders_of(plan.wanted)):
        os.makedirs(f"{folder}/{below}", exist_ok=True)
    carried = [path for path in plan.wanted if path in plan.kept and path not in there]
    made |= {path: copy for path in carried if (copy := _carry_over(f"{plan.output}/{path}", f"{folder}/{path}"))}
    made |= {path: _write(f"{folder}/{path}", plan.wanted[path]) for path in plan.wanted if path not in plan.kept}
    if plan.output.exists():
        staged.chmod(stat.S_IMODE(plan.output.stat().st_mode) | stat.S_IRWXU)
    return Laid(made, tuple(path for path in carried if path not in made))


def folders_of(paths: Iterable[str]) -> set[str]:
    """The folders that files stand in, without those that these stand in."""
    return {path.rpartition("/")[0] for path in paths} - {""}


def _carry_over(source: str, target: str) -> Mark | None:
    """The same file under a second name, where the file system can; else a copy with its time of change, and its mark."""
    with suppress(OSError):
        os.link(source, target)
        return None
    shutil.copy2(source, target)
    return mark(os.lstat(target))


def _write(path: str, data: bytes) -> Mark:
    file = os.open(path, _NEW_FILE, 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(file, left) :]
        return mark(os.fstat(file))
    finally:
        os.close(file)
