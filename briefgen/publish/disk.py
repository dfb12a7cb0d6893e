"""Snapshot in: everything a build reads, taken from the disk once.

Nothing is parsed here, no link is followed twice, and no file that an editor did not mean is taken (`tree`): dot files, backups
of text editors and system litter stay out. Dot files that web hosts look for may stand in content/static/.
"""

from __future__ import annotations

import time
from pathlib import Path

from briefgen.publish import tree
from briefgen.publish.refusal import Refusal, os_refusal
from briefgen.publish.tree import CONTENT, Mark, may_have_changed_since
from briefgen.source import Snapshot, is_catalogue, laid_over


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
    """

    def __init__(self) -> None:
        self.files: dict[str, tuple[Mark, bytes]] = {}
        self.texts: dict[str, tuple[bytes, str]] = {}
        self.seen: tree.Look = ([], [], [])
        self.moment = 0


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
    if last:
        last.files, last.texts, last.seen, last.moment = reader.files, reader.texts, seen, moment
    return Snapshot(content, templates, assets, base_url)


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
                held = _NO_MARK, held[1]
        self.files[path] = held
        return held[1]

    def text(self, name: str, data: bytes) -> str:
        """A template as text."""
        held = self._last.texts.get(name)
        if held is None or held[0] is not data:
            held = data, _template_text(name, data)
        self.texts[name] = held
        return held[1]


_NO_MARK: Mark = (0, 0, -1, 0, 0)  # no file has it
