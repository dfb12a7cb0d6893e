"""Marks of many files: of a whole folder, and as bytes that are written and read at once.

Nothing that a list on the disk holds is run or built but names and numbers, and one that makes no sense counts as none.
Nothing dear is imported (`fresh` comes through here).
"""

from __future__ import annotations

import os
from array import array

from briefgen.publish.tree import NO_MARK, Mark, files_below

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_COLUMNS = "qqQQQ"  # of a mark: two times, which may lie before 1970, and three numbers that may use all of 64 bits
_WIDTH = 8
_GAP = "\0"  # no file name has it


def marks(folder: str) -> dict[str, Mark]:
    """The mark of every file below an output folder, by its path from there; what is no file has one that no file has."""
    found, others = files_below(folder)
    found.update(dict.fromkeys(others, NO_MARK))
    return found


def packed(found: Mapping[str, Mark]) -> bytes:
    """Marks as bytes; none at all where one of them is a number that no file system should give.

    The form: the marks' first numbers, then their second ones and so on, 8 bytes each in this machine's order, then the names.
    """
    columns = zip(*found.values(), strict=True) if found else [()] * len(_COLUMNS)
    try:
        numbers = [array(code, column).tobytes() for code, column in zip(_COLUMNS, columns, strict=True)]
    except OverflowError:
        return b""
    return framed((*numbers, _GAP.join(found).encode(errors="surrogateescape")))


def unpacked(data: bytes) -> dict[str, Mark]:
    """What `packed` gave bytes for. Raises ValueError for others."""
    *numbers, names = frames(data)
    columns = [_numbers(code, column) for code, column in zip(_COLUMNS, numbers, strict=True)]
    paths = names.decode(errors="surrogateescape").split(_GAP) if numbers[0] else []
    return dict(zip(paths, zip(*columns, strict=True), strict=True))


def _numbers(code: str, data: bytes) -> array[int]:
    found = array(code)
    found.frombytes(data)
    return found


def framed(parts: Iterable[bytes]) -> bytes:
    """Several pieces as one, each behind its length."""
    return b"".join(piece for part in parts for piece in (len(part).to_bytes(_WIDTH, "little"), part))


def frames(data: bytes) -> list[bytes]:
    """The pieces that `framed` was given. Raises ValueError for what cannot be such."""
    found, at = [], 0
    while at < len(data):
        start = at + _WIDTH
        at = start + int.from_bytes(data[at:start], "little")
        found.append(data[start:at])
    if at != len(data):
        raise ValueError("cut off")
    return found


def read_list(path: str) -> dict[str, Mark]:
    """The marks in a file; none where there is none, or none that makes sense."""
    try:
        with open(path, "rb") as file:
            return unpacked(file.read())
    except (OSError, ValueError):
        return {}


def write_list(path: str, found: Mapping[str, Mark]) -> None:
    """Write marks to a file, in one step. Raises OSError."""
    write(path, packed(found))


def write(path: str, data: bytes) -> None:
    """Write a file in one step: nobody sees a part of it. Raises OSError."""
    with open(f"{path}.new", "wb") as file:
        file.write(data)
    os.replace(f"{path}.new", path)
