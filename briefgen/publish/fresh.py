"""Whether anything at all has changed since the last build: told by names and marks alone, before any library is loaded.

Nothing is read but a record of the last build with the very same command, and no file is opened. The record is that of a
build that published (or had nothing to publish), and holds what it said; if a name or a mark of anything is another, or if a
file may have been written after it was looked at without showing it, the record counts for nothing.
"""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Iterable, Mapping, Sequence

from briefgen.publish.refusal import Refusal
from briefgen.publish.tree import (
    LITTER,
    STATE,
    Found,
    Look,
    Mark,
    find_project,
    look,
    mark_of,
    may_have_changed_since,
    packaged_theme,
)

_FORM = "briefgen fresh 1"
_GAP = "\0"
_ENVIRONMENT = ("GITHUB_REPOSITORY", "GITHUB_WORKSPACE", "PAGES_BASE_URL", "NO_COLOR", "TERM", "PYTHONPATH")


def said_again(arguments: Sequence[str]) -> str | None:
    """What the last build with these arguments said, if nothing has changed since; None where a build must find out."""
    folder = _folder_of(arguments)
    try:
        project = find_project(os.path.expanduser(folder)) if folder is not None else ""
        with open(_record(project, arguments), encoding="utf-8", errors="surrogateescape", newline="") as file:
            form, call, output, seen, published, said = file.read().split(_GAP, 5)
        same = (form, call) == (_FORM, _call(arguments)) and seen == _listed(look(project, packaged_theme()))
        return said if same and published == listed(marks(output)) else None
    except (OSError, ValueError, Refusal):
        return None


def remember(arguments: Sequence[str], project: str, output: str, seen: Look, moment: int, said: str) -> None:
    """Leave a record of a build: what it saw at which moment (ns), the output folder as it is now, and what it said.

    No record is left where a file was changed so shortly before the moment that one more change need not show.
    """
    path = _record(project, arguments)
    if any(may_have_changed_since(mark, moment) for found in seen for _, _, mark in found):
        return
    parts = (_FORM, _call(arguments), output, _listed(seen), listed(marks(output)), said)
    _write(path, _GAP.join(parts))


def listed(found: Mapping[str, Mark]) -> str:
    """Files and their marks, a line each."""
    return "".join(f"{name}\t{mark}\n" for name, mark in sorted(found.items()))


def read_list(path: str) -> dict[str, str]:
    """A list as `listed` wrote it to a file: name -> mark; empty where there is none."""
    try:
        with open(path, encoding="utf-8", errors="surrogateescape", newline="") as file:
            return dict(line.split("\t") for line in file.read().split("\n") if line.count("\t") == 1)
    except OSError:
        return {}


def write_list(path: str, found: Mapping[str, Mark]) -> None:
    """Write `listed` to a file, in one step. Raises OSError."""
    _write(path, listed(found))


def marks(folder: str, prefix: str = "") -> dict[str, Mark]:
    """The mark of every file below an output folder, by its path from there. Raises OSError, and Refusal."""
    found: dict[str, Mark] = {}
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            found |= marks(entry.path, f"{prefix}{entry.name}/")
        elif entry.name not in LITTER:
            found[prefix + entry.name] = mark_of(entry)
    return found


def _write(path: str, text: str) -> None:
    with open(f"{path}.new", "w", encoding="utf-8", errors="surrogateescape", newline="") as file:
        file.write(text)
    os.replace(f"{path}.new", path)


def _listed(seen: Iterable[Iterable[Found]]) -> str:
    return "\n".join("".join(f"{path}\t{mark}\n" for _, path, mark in found) for found in seen)


def _folder_of(arguments: Sequence[str]) -> str | None:
    """The folder that a `build` is for; None for any other command."""
    match arguments:
        case ["build", *rest] | ["-C" | "--project", _, "build", *rest] if not {"--fresh", "--stats"} & set(rest):
            return "." if arguments[0] == "build" else arguments[1]
    return None


def _record(project: str, arguments: Sequence[str]) -> str:
    return os.path.join(project, STATE, f"fresh-{zlib.crc32(_GAP.join(arguments).encode(errors='surrogateescape')):08x}")


def _call(arguments: Sequence[str]) -> str:
    """Everything beside the files that decides what a build does and says."""
    here = (os.getcwd(), *(os.environ.get(name) for name in _ENVIRONMENT), sys.stdout.isatty(), sys.stdout.encoding)
    return repr((sys.version, list(arguments), here, _program(), installed()))


def _program() -> list[tuple[str, int, int]]:
    """The source of briefgen."""
    found: list[tuple[str, int, int]] = []
    for folder, _, names in os.walk(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))):
        for name in names:
            if name.endswith(".py"):
                state = os.stat(os.path.join(folder, name))
                found.append((os.path.join(folder, name), state.st_mtime_ns, state.st_size))
    return sorted(found)


def installed() -> list[str]:
    """The names of the `.dist-info` folders of all that is installed, which hold the versions."""
    return sorted({name for place in sys.path for name in _distributions(place)})


def _distributions(place: str) -> list[str]:
    try:
        return [name for name in os.listdir(place or ".") if name.endswith((".dist-info", ".egg-info"))]
    except OSError:  # a zip file, or a folder that is not there
        return []
