"""Whether anything at all has changed since the last build: told by names and marks alone, before any library is loaded.

Nothing is read but a record of the last build or check with the very same command, and no file is opened. The record is that
of one without errors, and holds what it said; if a name or a mark of anything is another, or if a file may have been written
after it was looked at without showing it, the record counts for nothing.
"""

from __future__ import annotations

import os
import sys
import zlib

from briefgen.publish.marks import framed, frames, marks, packed, unpacked, write
from briefgen.publish.refusal import Refusal
from briefgen.publish.tree import STATE, Look, Mark, find_project, look, may_have_changed_since, packaged_theme

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WORTH = 200_000  # bytes of marks, of about 3,000 files: below that a second process costs more than it saves
_FORM = "briefgen fresh 2"
_GAP = "\0"
_WORK = frozenset(("--fresh", "--stats"))  # whoever says so wants it done
_ENVIRONMENT = ("GITHUB_REPOSITORY", "GITHUB_WORKSPACE", "PAGES_BASE_URL", "NO_COLOR", "TERM", "PYTHONPATH")


def said_again(arguments: Sequence[str]) -> str | None:
    """What the last build or check with these arguments said, if nothing has changed since; None where a new one must find out."""
    folder = _folder_of(arguments)
    if folder is None:
        return None
    try:
        project = find_project(os.path.expanduser(folder))
        with open(_record(project, arguments), "rb") as file:
            head, seen, published = frames(file.read())
        form, call, output, said = head.decode(errors="surrogateescape").split(_GAP, 3)
        if (form, call) != (_FORM, _call(arguments)):
            return None
        return said if _all_as_it_was(project, seen, output, published) else None
    except (OSError, ValueError, Refusal):
        return None


def _all_as_it_was(project: str, seen: bytes, output: str, published: bytes) -> bool:
    """Whether sources and site have the marks of the record; where there are many files, a second process looks at the site."""
    helper = _asked(output, published) if len(published) >= _WORTH and _can_ask() else 0
    same = False
    try:
        same = seen == _seen(look(project, packaged_theme()))
    finally:
        answer = _answer(helper, wanted=same) if helper else 0
    return same and (answer == 0 if helper else unpacked(published) == marks(output))


def _answer(helper: int, *, wanted: bool) -> int:
    """How a process ends; one whose answer nobody wants any more does not end its work."""
    if not wanted:
        os.kill(helper, 9)  # SIGKILL; `signal` takes a millisecond
    return os.waitpid(helper, 0)[1]


def _can_ask() -> bool:
    return sys.platform.startswith("linux") and len(os.sched_getaffinity(0)) > 1


def _asked(output: str, published: bytes) -> int:
    """A process that ends well if the site has the marks of the record, without freeing them: that takes as long as comparing."""
    helper = os.fork()
    if helper == 0:
        status = 1
        try:
            then, now = unpacked(published), marks(output)
            status = int(then != now)
        finally:
            os._exit(status)
    return helper


def remember(
    arguments: Sequence[str], project: str, output: str, seen: Look, moment: int, published: Mapping[str, Mark], said: str
) -> None:
    """Leave a record of a build: what it saw at which moment (ns), the output folder as it left it, and what it said.

    A check leaves one of no folder (""), in which nothing was published.
    No record is left where a file was changed so shortly before the moment that one more change need not show.
    """
    path = _record(project, arguments)
    if any(may_have_changed_since(mark, moment) for found in seen for _, _, mark in found):
        return
    head = _GAP.join((_FORM, _call(arguments), output, said))
    write(path, framed((head.encode(errors="surrogateescape"), _seen(seen), packed(published))))


def _seen(found: Look) -> bytes:
    """Sources and their marks, in the order in which they are always found."""
    return packed({path: mark for files in found for _, path, mark in files})


def _folder_of(arguments: Sequence[str]) -> str | None:
    """The folder that a `build` or `check` is for; None for any other command."""
    match arguments:
        case ["-C" | "--project", folder, "build" | "check", *rest] if not _WORK & set(rest):
            return folder
        case ["build" | "check", *rest] if not _WORK & set(rest):
            return "."
    return None


def _record(project: str, arguments: Sequence[str]) -> str:
    return os.path.join(project, STATE, f"fresh-{zlib.crc32(_GAP.join(arguments).encode(errors='surrogateescape')):08x}")


def _call(arguments: Sequence[str]) -> str:
    """Everything beside the files that decides what a build does and says."""
    here = (os.getcwd(), *(os.environ.get(name) for name in _ENVIRONMENT), sys.stdout.isatty(), sys.stdout.encoding)
    return repr((sys.version, list(arguments), here, _program(), installed()))


def _program() -> list[tuple[str, int, int]]:
    """The source of briefgen, by its marks."""
    states = ((path, os.stat(path)) for path in sources())
    return [(path, state.st_mtime_ns, state.st_size) for path, state in states]


def sources() -> list[str]:
    """Every file of our own source, in the order of their names."""
    folders = os.walk(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    return sorted(os.path.join(folder, name) for folder, _, names in folders for name in names if name.endswith(".py"))


def installed() -> list[str]:
    """The names of the `.dist-info` folders of all that is installed, which hold the versions."""
    return sorted({name for place in sys.path for name in _distributions(place)})


def _distributions(place: str) -> list[str]:
    try:
        return [name for name in os.listdir(place or ".") if name.endswith((".dist-info", ".egg-info"))]
    except OSError:  # a zip file, or a folder that is not there
        return []
