"""Snapshot in: everything a build reads, taken from the disk once.

Nothing is parsed here, no link is followed twice, and no file that an editor did not mean is taken (`tree`): dot files, backups
of text editors and system litter stay out. Dot files that web hosts look for may stand in content/static/.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from briefgen.patched import patched
from briefgen.publish import tree
from briefgen.publish.refusal import Refusal, os_refusal
from briefgen.publish.tree import CONTENT, NO_MARK, Mark, may_have_changed_since
from briefgen.source import Snapshot, is_catalogue, laid_over
from briefgen.tables import Revised, changes


def find_project(start: Path) -> Path:
    """The nearest folder, from `start` upwards, that has a content folder; Refusal where there is none."""
    return Path(tree.find_project(str(start)))


def packaged_theme() -> Path:
    """Where the theme is: inside the package once installed, beside it in a checkout."""
    return Path(tree.packaged_theme())


class Taken:
    """What was read the last time, by absolute path: the file's mark and its bytes, and the text of templates.

    A file with the same mark is not read again, unless it was written so shortly before it was read that it may have been
    written once more with the same mark. `seen` is all that was found, before anything was read, and `moment` when that was (ns).
    `snapshot` is what was taken, and is not written down.
    """

    def __init__(self) -> None:
        self.files: dict[str, tuple[Mark, bytes]] = {}
        self.texts: dict[str, tuple[bytes, str]] = {}
        self.seen: tree.Look = ([], [], [])
        self.moment = 0
        self.snapshot: Snapshot | None = None

    def __getstate__(self) -> dict[str, object]:
        """All but the snapshot, which is made of the rest."""
        return {**self.__dict__, "snapshot": None}


def take(project: Path, theme: Path, base_url: str = "", last: Taken | None = None) -> Snapshot:
    """Read content/ and the templates of a project; the project's own templates/NAME shadows that of `theme`.

    Bytes that `last` still holds true are the very same objects. Raises Refusal for what cannot be read, naming the file.
    """
    reader, moment = _Reader(last or Taken()), time.time_ns()
    seen = tree.look(str(project), str(theme))
    content = {f"{CONTENT}/{name}": reader.read(path, mark) for name, path, mark in seen[0]}
    packaged, own = ({name: reader.read(path, mark) for name, path, mark in found} for found in seen[1:])
    looks = laid_over(own, packaged)
    templates = {name: reader.text(name, data) for name, data in looks.items() if _decides_pages(name)}
    assets = {name: data for name, data in looks.items() if name not in templates}
    before = last.snapshot if last else None
    snapshot = Snapshot(_revised(before.content if before else {}, content), templates, assets, base_url)
    if last:
        last.files, last.texts, last.seen, last.moment, last.snapshot = reader.files, reader.texts, seen, moment, snapshot
    return snapshot


def _revised(before: Mapping[str, bytes], now: dict[str, bytes]) -> Revised[str, bytes]:
    """Files as a table that knows which of them are others than before."""
    if isinstance(before, Revised) and list(before) == list(now):
        return patched(before, {path: now[path] for path in changes(before, now)})
    return Revised(now)


def take_some(project: Path, last: Taken, paths: Collection[str]) -> Snapshot | None:
    """The last snapshot with these files (absolute paths) as they are now, without a look at any other file.

    None where that cannot be told without one: nothing was taken yet, a file came or went, is none of content/, or is a link.
    Marks of a whole look (`last.seen`) are not brought up to date. Raises Refusal as `take`.
    """
    root = os.path.join(str(project), CONTENT, "")
    reader, content = _Reader(last), {}
    for path in paths:
        known, mark = path in last.files, _mark_of_file(path)
        name = path.removeprefix(root)
        if not known and path != name and (mark is None or not tree.meant(name)):
            continue  # what an editor writes beside a file, or has taken away again
        if not known or path == name or not mark:
            return None
        content[f"{CONTENT}/{name}"] = reader.read(path, mark)
    if last.snapshot is None or not isinstance(last.snapshot.content, Revised):
        return None
    held = last.snapshot.content
    last.files |= reader.files
    last.snapshot = replace(last.snapshot, content=patched(held, {p: data for p, data in content.items() if held[p] is not data}))
    return last.snapshot


def _mark_of_file(path: str) -> Mark | tuple[()] | None:
    """The mark of a plain file; None where there is nothing, empty for all else."""
    try:
        found = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return ()
    return tree.mark(found) if stat.S_ISREG(found.st_mode) else ()


def _decides_pages(name: str) -> bool:
    """Whether a file of templates/ makes pages; all others are copied as they are."""
    return name.endswith(".html") or is_catalogue(name)


def _template_text(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Refusal(f"templates/{name} is not UTF-8 (byte {fault.start + 1}). Save it as UTF-8.") from None


class _Reader:
    """One look at the disk: what was read or found unchanged."""

    def __init__(self, last: Taken) -> None:
        self._last = last
        self.files: dict[str, tuple[Mark, bytes]] = {}
        self.texts: dict[str, tuple[bytes, str]] = {}

    def read(self, path: str, mark: Mark) -> bytes:
        """The bytes of a file."""
        held = self._last.files.get(path)
        if held is None or held[0] != mark:
            now = time.time_ns()
            try:
                held = mark, Path(path).read_bytes()
            except OSError as fault:
                raise os_refusal(f"{path} cannot be read", fault) from None
            if may_have_changed_since(mark, now):
                held = NO_MARK, held[1]
        self.files[path] = held
        return held[1]

    def text(self, name: str, data: bytes) -> str:
        """A template as text."""
        held = self._last.texts.get(name)
        if held is None or held[0] is not data:
            held = data, _template_text(name, data)
        self.texts[name] = held
        return held[1]
