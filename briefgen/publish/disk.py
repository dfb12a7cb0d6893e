"""Snapshot in: everything a build reads, taken from the disk once.

Nothing is parsed here, no link is followed twice, and no file that an editor did not mean is taken: dot files, backups of
text editors and system litter stay out. Dot files that web hosts look for may stand in content/static/.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from briefgen.publish.refusal import Refusal, os_refusal
from briefgen.source import Snapshot

CONTENT = "content"
TEMPLATES = "templates"
WORDS = "words/"  # the folder of templates/ in which the words of the interface stand

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


def take(project: Path, theme: Path, base_url: str = "") -> Snapshot:
    """Read content/ and the templates of a project; the project's own templates/NAME shadows that of `theme`.

    Raises Refusal for what cannot be read, naming the file.
    """
    content = {f"{CONTENT}/{name}": data for name, data in _read_tree(project / CONTENT)}
    looks = dict(_read_tree(theme)) if theme.is_dir() else {}
    own = project / TEMPLATES
    if own.is_dir() and own.resolve() != theme.resolve():
        looks.update(_read_tree(own))
    templates = {name: _template_text(name, data) for name, data in looks.items() if _decides_pages(name)}
    assets = {name: data for name, data in looks.items() if name not in templates}
    return Snapshot(content, templates, assets, base_url)


def _decides_pages(name: str) -> bool:
    """Whether a file of templates/ makes pages; all others are copied as they are."""
    return name.endswith(".html") or (name.startswith(WORDS) and name.endswith(".yaml"))


def _template_text(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Refusal(f"templates/{name} is not UTF-8 (byte {fault.start + 1}). Save it as UTF-8.") from None


def _read_tree(root: Path) -> Iterator[tuple[str, bytes]]:
    for path, name in sorted(_files(root, "", frozenset()), key=lambda found: found[1]):
        try:
            yield name, path.read_bytes()
        except OSError as fault:
            raise os_refusal(f"{path} cannot be read", fault) from None


def _files(folder: Path, prefix: str, above: frozenset[Path]) -> Iterator[tuple[Path, str]]:
    """Every file meant under a folder, with its name from the root on; a linked folder is read, unless it leads back."""
    real = folder.resolve()
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
        path = folder / entry.name
        _check_name(path)
        if path.is_dir():
            yield from _files(path, f"{name}/", above | {real})
        elif path.is_file():
            yield path, name
        else:
            raise Refusal(f"{path} is neither a file nor a folder, or a link that leads nowhere. Remove it.")


def _meant(name: str) -> bool:
    """Whether an editor meant this file, told by its name alone."""
    last = name.rpartition("/")[2]
    if last.startswith("."):
        return last in _HOST_FILES and name.startswith("static/")
    backup = last.endswith(("~", ".swp", ".swo")) or (last.startswith("#") and last.endswith("#"))
    return not backup and last not in LITTER


def _check_name(path: Path) -> None:
    if has_control(str(path)):
        raise Refusal(f"The file name {str(path)!r} has characters that are no text. Rename the file.")


def has_control(name: str) -> bool:
    """Whether a file name holds line breaks, control characters, or bytes that are not UTF-8 (surrogates)."""
    return any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in name)
