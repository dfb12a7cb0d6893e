"""Folders walked through: which files an editor meant, and by which marks a file shows that it was written.

Nothing is read here but names and marks, and nothing dear is imported: the check whether anything has changed at all comes
through here before any library is loaded.
"""

from __future__ import annotations

import os
import sys
from operator import attrgetter

from briefgen.publish.links import SHOWN, check_link
from briefgen.publish.refusal import Refusal, os_refusal

TYPE_CHECKING = False  # as in `__main__`
if TYPE_CHECKING:
    from collections.abc import Iterator

LITTER = frozenset((".DS_Store", "Thumbs.db", "desktop.ini"))

# Times of the last writing and of the last change of any kind in ns, size in bytes, number of the file, device. The second
# time cannot be set by a program that writes a file and puts the first one back.
Mark = tuple[int, int, int, int, int]
Found = tuple[str, str, Mark]  # name from the root on, path, mark

Look = tuple[list[Found], list[Found], list[Found]]  # content/, the packaged theme, the project's own templates/

CONTENT = "content"
TEMPLATES = "templates"
STATE = ".briefgen"
INODE = 3  # in a mark
NO_MARK: Mark = (0, 0, -1, 0, 0)  # no file has it
SCHEMAS = "schemas"  # in STATE
_PARTS = attrgetter("st_mtime_ns", "st_ctime_ns", "st_size", "st_ino", "st_dev")
_BY_NUMBER = os.scandir in os.supports_fd and hasattr(os, "O_DIRECTORY")
_IN_SHORT = sys.platform == "win32"  # a look at a folder gives marks without numbers there, other than a look at a file
_COARSE, _FINE = 2_000_000_000, 50_000_000  # ns


def find_project(start: str) -> str:
    """The nearest folder, from `start` upwards, that has a content folder; Refusal where there is none."""
    if not os.path.isdir(start):
        raise Refusal(f"{start} is not a folder.")
    here = folder = os.path.realpath(start)
    while not os.path.isdir(os.path.join(folder, CONTENT)):
        if folder == os.path.dirname(folder):
            raise Refusal(f"There is no content folder in {here} or above it. Go to the project's folder, or name it with -C DIR.")
        folder = os.path.dirname(folder)
    return folder


def packaged_theme() -> str:
    """Where the theme is: inside the package once installed, beside it in a checkout."""
    package = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    inside = os.path.join(package, TEMPLATES)
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(package), TEMPLATES)


def look(project: str, theme: str) -> Look:
    """Every file that decides what a build gives. Raises Refusal as `meant_files`."""
    own = os.path.join(project, TEMPLATES)
    has_own = os.path.isdir(own) and os.path.realpath(own) != os.path.realpath(theme)
    return (
        meant_files(os.path.join(project, CONTENT), project),
        meant_files(theme, theme) if os.path.isdir(theme) else [],
        meant_files(own, project) if has_own else [],
    )


def meant_files(root: str, home: str) -> list[Found]:
    """Every file meant under a folder, sorted by name; a linked folder is read, unless it leads back.

    Raises Refusal for what cannot be read, for names that are no text, and for links that lead out of the folder `home`.
    """
    found: list[Found] = []
    real = os.path.realpath(home)
    check_link(root, real)
    _find(root, "", (real, frozenset()), found)
    found.sort()
    return found


def may_have_changed_since(mark: Mark, moment: int) -> bool:
    """Whether a file may have been written again after a moment (ns) without showing it by its mark.

    Clocks of file systems go in steps: a few milliseconds where they count parts of a second, two seconds where they do not.
    """
    latest = max(mark[0], mark[1])
    return moment - latest < (_FINE if latest % 1_000_000_000 else _COARSE)


def mark_of(entry: os.DirEntry[str]) -> Mark:
    """The mark of a file, that of its target for a link. Raises Refusal."""
    try:
        return mark(entry.stat())
    except OSError as fault:
        raise os_refusal(f"{entry.path} cannot be read", fault) from None


def mark(found: os.stat_result) -> Mark:
    """The mark of a file whose state was asked."""
    made: Mark = _PARTS(found)
    return made


def files_below(folder: str) -> tuple[dict[str, Mark], list[str]]:
    """The mark of every plain file below a folder by its path from there, and the paths of what is neither file nor folder.

    Links are not followed, and litter is passed over. There is nothing where there is no such folder. Raises Refusal for what
    cannot be read.
    """
    files: dict[str, Mark] = {}
    others: list[str] = []
    folders = [""] if os.path.isdir(folder) else []
    for prefix in folders:  # and those that are added below
        try:
            for entry in _entries(f"{folder}/{prefix}"):
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{prefix}{entry.name}/")
                elif entry.name in LITTER:
                    continue
                elif entry.is_file(follow_symlinks=False):
                    files[prefix + entry.name] = _PARTS(os.lstat(entry.path) if _IN_SHORT else entry.stat(follow_symlinks=False))
                else:
                    others.append(prefix + entry.name)
        except OSError as fault:
            raise os_refusal(f"{folder}/{prefix} cannot be read", fault) from None
    return files, others


def _entries(folder: str) -> Iterator[os.DirEntry[str]]:
    """What is in a folder; asked for by its number, where the system can, so that nothing in it is looked up by its whole path."""
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY) if _BY_NUMBER else None
    try:
        with os.scandir(folder if number is None else number) as entries:
            yield from entries
    finally:
        if number is not None:
            os.close(number)


def _find(folder: str, prefix: str, within: tuple[str, frozenset[str]], found: list[Found]) -> None:
    """`within` is the real path that nothing may lead out of, and the folders that were come through."""
    (home, above), real = within, os.path.realpath(folder)
    if real in above:
        return
    try:
        entries = list(os.scandir(folder))
    except OSError as fault:
        raise os_refusal(f"{folder} cannot be read", fault) from None
    for entry in entries:
        name = prefix + entry.name
        if not meant(name):
            continue
        if not entry.name.isascii() or not entry.name.isprintable():
            check_name(entry.name)
        if entry.is_file(follow_symlinks=False):
            found.append((name, entry.path, mark_of(entry)))
        else:
            _find_else(entry, name, (home, above | {real}), found)


def _find_else(entry: os.DirEntry[str], name: str, within: tuple[str, frozenset[str]], found: list[Found]) -> None:
    """What is no plain file: a folder, or a link to either."""
    if entry.is_symlink() and os.path.exists(entry.path):
        check_link(entry.path, within[0])
    kind = _kind(entry)
    if kind == "folder":
        _find(entry.path, f"{name}/", within, found)
    elif kind == "file":
        found.append((name, entry.path, mark_of(entry)))
    else:
        raise Refusal(f"{entry.path} is neither a file nor a folder, or a link that leads nowhere. Remove it.")


def _kind(entry: os.DirEntry[str]) -> str:
    """What a name stands for; "" for what is neither, and for a link in a circle, which the system does not follow."""
    try:
        return "folder" if entry.is_dir() else "file" if entry.is_file() else ""
    except OSError:
        return ""


def meant(name: str) -> bool:
    """Whether an editor meant this file, told by its name alone."""
    last = name.rpartition("/")[2]
    if last.startswith("."):
        return last in SHOWN and name.startswith("static/")
    backup = last.endswith(("~", ".swp", ".swo")) or (last.startswith("#") and last.endswith("#"))
    return not backup and last not in LITTER


def check_name(name: str) -> None:
    """Refuse a name that is no text, or that the system's settings garble: it would be another name on the site."""
    encoding = sys.getfilesystemencoding()
    if not name.isascii() and encoding != "utf-8":
        raise Refusal(f"The file name {name!r} is read as {encoding} here. Set PYTHONUTF8=1, which makes it UTF-8, and run again.")
    if has_control(name):
        raise Refusal(f"The file name {name!r} has characters that are no text. Rename the file.")


def has_control(name: str) -> bool:
    """Whether a file name holds line breaks, control characters, or bytes that are not UTF-8 (surrogates)."""
    if name.isprintable():
        return False
    import unicodedata  # a megabyte that plain names do not need

    return any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in set(name))
