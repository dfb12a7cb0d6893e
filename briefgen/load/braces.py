"""`{…}` and `[…]` on a raw line: where their commas cut, and the same in block form.

Nothing here reads YAML or judges; `slips` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from briefgen.load.lines import KEY, block, closing_quote, inside

MAX_DEPTH = 6
_KEY = re.compile(rf"\s*({KEY.replace('.)*', '[^,{}])*')})\s*:(?:\s+|$)", re.VERBOSE)


class Piece(NamedTuple):
    """What stands between two commas: the offsets of the piece and of its value, and its key (None: no `key: `)."""

    start: int
    value: int
    end: int
    key: str | None


def balanced(text: str, at: int) -> int:
    """The offset behind the bracket that closes the one at `at`, or -1. Brackets inside quoted values do not count."""
    depth = 0
    start = at
    while at < len(text):
        if text[at] in "\"'" and _begins_value(text, start, at):
            at = max(closing_quote(text, at), at + 1)
            continue
        depth += (text[at] in "[{") - (text[at] in "]}")
        at += 1
        if depth == 0:
            return at
    return -1


def _begins_value(text: str, start: int, at: int) -> bool:
    before = text[start:at].rstrip()
    return not before or before[-1] in "[{,:"


def pieces(text: str) -> Iterator[Piece]:
    """The pieces of a bracket that `text` holds whole, cut at its own commas."""
    start = at = 1
    last = len(text) - 1
    while at <= last:
        if at == last or text[at] == ",":
            if at < last or text[start:at].strip():  # a comma may stand before the closing bracket
                yield _piece(text, start, at)
            start = at = at + 1
        elif text[at] in "[{":
            at = max(balanced(text, at), at + 1)
        elif text[at] in "\"'" and _begins_value(text, 0, at):
            at = max(closing_quote(text, at), at + 1)
        else:
            at += 1


def _piece(text: str, start: int, end: int) -> Piece:
    piece = text[start:end]
    key = _KEY.match(piece) if text[0] == "{" else None
    if key:
        return Piece(start, start + key.end(), end, key[1])
    return Piece(start, start + len(piece) - len(piece.lstrip()), end, None)


def spread(indent: int, prefix: str, text: str, depth: int = 0) -> Iterator[str]:
    """A bracket in block form, line by line, words that commas had cut put together again."""
    entries = _joined(text)
    if prefix and not prefix.endswith("-"):
        yield f"{' ' * indent}{prefix}"
        for key, value in entries:
            yield from _entry(inside(indent, prefix), f"{key}:" if key else "-", value, depth)
        return
    lead = f"{prefix} " if prefix else ""
    for number, (key, value) in enumerate(entries):
        own = f"{key}:" if key else "-"
        first = number == 0
        yield from _entry(indent if first else indent + len(lead), lead + own if first else own, value, depth)


def _entry(indent: int, prefix: str, value: str, depth: int) -> Iterator[str]:
    if value[:1] in ("[", "{") and depth < MAX_DEPTH and balanced(value, 0) == len(value):
        yield from spread(indent, prefix, value, depth + 1)
    elif value[:1] in ('"', "'") and closing_quote(value, 0) == len(value):
        yield f"{' ' * indent}{prefix} {value}"
    else:
        yield from block(indent, prefix, value).split("\n")


def _joined(text: str) -> list[tuple[str, str]]:
    """Keys and values; a piece without a key belongs to the words before it."""
    found: list[tuple[str, str]] = []
    for piece in pieces(text):
        if piece.key is None and found and text[0] == "{":
            key, before = found[-1]
            found[-1] = key, f"{before},{text[piece.start : piece.end]}"
        elif text[piece.start : piece.end].strip():
            found.append((piece.key or "", text[piece.value : piece.end]))
    return [(key, value.strip()) for key, value in found]
