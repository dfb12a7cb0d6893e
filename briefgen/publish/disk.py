"""Snapshot in: everything a build reads, taken from the disk once.

Nothing is parsed here, no link is followed twice, and no file that an editor did not mean is taken: dot files, backups of
text editors and system litter stay out. Dot files that web hosts look for may stand in content/static/.
"""

from __future__ import annotations

import os
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from briefgen.publish.refusal import Refusal, os_refusal
from briefgen.source import Snapshot, is_catalogue, laid_over

CONTENT = "content"
TEMPLATES = "templates"

LITTER = frozenset((".DS_Store", "Thumbs.db", "desktop.ini"))
_HOST_FILES = frozenset((".nojekyll", ".well-known", ".htaccess"))


def find_project(start: Path) -> Path:
    """The nearest folder, from `start` upwards, that has a content folder; Refusal where there is none."""
    if not start.is_dir():
        raise Refusal(f"{start} is not a folder.")
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / CONTENT).is_dir():
            return folder
    raise Refusal(f"There is no content folder in {here} or above it. Go to the project's folder, or name it with -C DIR.")


def packaged_theme() -> Path:
    """Where the theme is: inside the package once installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / TEMPLATES
    return inside if inside.is_dir() else package.parent / TEMPLATES


Mark = tuple[int, int, int, int]  # time of change in ns, size in bytes, number of the file, device

_DOUBTFUL = 2_000_000_000  # ns: a file may be written twice within one tick of its file system's clock


class Taken:
    """What was read the last time, by absolute path: the file's mark and its bytes, and the text of templates.

    A file with the same mark is not read again, unless it was written so shortly before it was read that it may have been
    written once more with the same mark.
    """

    def __init__(self) -> None:
        self.files: dict[str, tuple[Mark, bytes]] = {}
        self.texts: dict[str, tuple[bytes, str]] = {}


def take(project: Path, theme: Path, base_url: str = "", last: Taken | None = None) -> Snapshot:
    """Read content/ and the templates of a project; the project's own templates/NAME shadows that of `theme`.

    Bytes that `last` still holds true are the very same objects. Raises Refusal for what cannot be read, naming the file.
    """
    reader = _Reader(last or Taken())
    content = {f"{CONTENT}/{name}": data for name, data in reader.tree(project / CONTENT)}
    looks = dict(reader.tree(theme)) if theme.is_dir() else {}
    own = project / TEMPLATES
    if own.is_dir() and own.resolve() != theme.resolve():
        looks = laid_over(dict(reader.tree(own)), looks)
    templates = {name: reader.text(name, data) for name, data in looks.items() if _decides_pages(name)}
    assets = {name: data for name, data in looks.items() if name not in templates}
    if last:
        last.files, last.texts = reader.files, reader.texts
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

    def tree(self, root: Path) -> Iterator[tuple[str, bytes]]:
        """Every file meant under a folder, by its name from there on, sorted."""
        _check_name(str(root))
        found: list[tuple[str, str, Mark]] = []
        _find(str(root), "", frozenset(), found)
        found.sort()
        for name, path, mark in found:
            yield name, self._read(path, mark)

    def _read(self, path: str, mark: Mark) -> bytes:
        held = self._last.files.get(path)
        if held is None or held[0] != mark:
            now = time.time_ns()
            try:
                held = mark, Path(path).read_bytes()
            except OSError as fault:
                raise os_refusal(f"{path} cannot be read", fault) from None
            if now - mark[0] < _DOUBTFUL:
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


_NO_MARK: Mark = (0, -1, 0, 0)  # no file has it


def _find(folder: str, prefix: str, above: frozenset[str], found: list[tuple[str, str, Mark]]) -> None:
    """Every file meant under a folder, with its name from the root on; a linked folder is read, unless it leads back."""
    real = os.path.realpath(folder)
    if real in above:
        return
    try:
        entries = list(os.scandir(folder))
    except OSError as fault:
        raise os_refusal(f"{folder} cannot be read", fault) from None
    for entry in entries:
        name = prefix + entry.name
        if not _meant(name):
            continue
        _check_name(entry.name)
        if entry.is_dir():
            _find(entry.path, f"{name}/", above | {real}, found)
        elif entry.is_file():
            found.append((name, entry.path, _mark(entry)))
        else:
            raise Refusal(f"{entry.path} is neither a file nor a folder, or a link that leads nowhere. Remove it.")


def _mark(entry: os.DirEntry[str]) -> Mark:
    try:
        found = entry.stat()
    except OSError as fault:
        raise os_refusal(f"{entry.path} cannot be read", fault) from None
    return found.st_mtime_ns, found.st_size, found.st_ino, found.st_dev


def _meant(name: str) -> bool:
    """Whether an editor meant this file, told by its name alone."""
    last = name.rpartition("/")[2]
    if last.startswith("."):
        return last in _HOST_FILES and name.startswith("static/")
    backup = last.endswith(("~", ".swp", ".swo")) or (last.startswith("#") and last.endswith("#"))
    return not backup and last not in LITTER


def _check_name(path: str) -> None:
    if not path.isprintable() and has_control(path):
        raise Refusal(f"The file name {path!r} has characters that are no text. Rename the file.")


def has_control(name: str) -> bool:
    """Whether a file name holds line breaks, control characters, or bytes that are not UTF-8 (surrogates)."""
    return any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in name)
