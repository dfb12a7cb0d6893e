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
from briefgen.publish.tree import INODE, Mark, mark

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class Plan(NamedTuple):
    """The site that is to be: where, what (and the SHA-256 of that), and the old one.

    `kept` are the paths at which the old one holds just what is wanted; `folders` are all that are needed, the top is "".
    """

    output: Path
    wanted: Mapping[str, bytes]
    digests: Mapping[str, str]
    kept: Set[str]
    folders: Set[str]
    before: Survey


class Laid(NamedTuple):
    """What was done: the marks of files that were made and of copies, and the paths of files that were given a second name."""

    made: Mapping[str, Mark]
    copied: Mapping[str, Mark]
    linked: Set[str]


class Tree(NamedTuple):
    """What is in a folder: the number of everything by its path, and the folders, each behind the one that it is in."""

    files: dict[str, int]
    folders: list[str]


def tree_of(folder: Path) -> Tree:
    """Names and numbers only. Raises OSError."""
    files: dict[str, int] = {}
    folders = [""]
    for prefix in folders:  # and those that are added below
        with os.scandir(f"{folder}/{prefix}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{prefix}{entry.name}/")
                else:
                    files[prefix + entry.name] = entry.inode()
    return Tree(files, folders)


def going(tree: Tree, plan: Plan) -> set[str]:
    """What in a folder is not that file of the output which the new site keeps under this path."""
    kept, marks = plan.kept, plan.before.marks
    return {path for path, number in tree.files.items() if path not in kept or marks[path][INODE] != number}


def stage(staged: Path, plan: Plan, there: Set[str] | None) -> Laid:
    """Lay the site out in a folder: a new one, or one that holds some of it already (`there`) and a list of that, and no more."""
    folder = str(staged)
    if there is None:
        os.mkdir(folder)
    # First the list, so that whatever a killed run leaves is known to be ours.
    made = {manifest.NAME: manifest.write(folder, plan.digests)}
    for below in sorted(plan.folders):  # each behind the one that it is in; first the folder itself
        with suppress(FileExistsError):
            os.mkdir(f"{folder}/{below}")
    carried = plan.kept - (there or frozenset())
    copied = {path: copy for path in carried if (copy := _carry_over(path, folder, plan))}
    made |= {path: _write(f"{folder}/{path}", plan.wanted[path]) for path in plan.wanted if path not in plan.kept}
    if plan.output.exists():
        staged.chmod(stat.S_IMODE(plan.output.stat().st_mode) | stat.S_IRWXU)
    return Laid(made, copied, carried - copied.keys())


def folders_of(paths: Iterable[str]) -> set[str]:
    """The folders that files stand in, and those that these stand in."""
    found = {""}
    for folder in {path.rpartition("/")[0] for path in paths}:
        above = folder
        while above not in found:
            found.add(above)
            above = above.rpartition("/")[0]
    return found


def _carry_over(path: str, folder: str, plan: Plan) -> Mark | None:
    """The same file under a second name, where the file system can; else a copy with its time of change, and its mark."""
    source, target = f"{plan.output}/{path}", f"{folder}/{path}"
    with suppress(OSError):
        os.link(source, target)
        return None
    try:
        shutil.copy2(source, target)
    except FileNotFoundError:  # somebody has removed it since it was looked at
        return _write(target, plan.wanted[path])
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
