"""One meeting: the delegations facing each other across a table, each person at a seat.

A filled seat is one who sat at another meeting of the briefing too. Of a large delegation the first are named and the rest
counted, with a link to the list. Two parties face each other; of more, each next one sits where there is more room.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from briefgen.pages.pictures.lettering import SIZE, Label, label, lines, rooms

SEATS = 8
HEAD, SEAT = 42, 26  # heights
EDGE = 20  # half the width of the table, in thousandths
SEATED, WORDS = 11, 23  # pixels from its edge to a seat and to the lettering


class Member(NamedTuple):
    """A person at the table: page, name, and whether they sat at another meeting too."""

    href: str
    name: str
    again: bool


class Delegation(NamedTuple):
    """A party: page, name, its list on the page, its members, and what is said where none is named or not all fit.

    `rest` is the text of the last line: "and 280 more", "no names", or "".
    """

    href: str
    name: str
    list: str
    members: tuple[Member, ...]
    rest: str


class Seat(NamedTuple):
    """A seat `dx` pixels from x, at y, with its label; the line for the rest of a delegation has no seat."""

    href: str
    title: str
    x: int
    dx: int
    y: int
    label: Label
    again: bool
    rest: bool


class Block(NamedTuple):
    """A party: page, name as title and in one line or two, its seats; `side` counts from 1 in the order of the page."""

    href: str
    title: str
    side: int
    labels: tuple[Label, ...]
    seats: tuple[Seat, ...]


class TablePicture(NamedTuple):
    """The height, and the parties; `again` whether somebody sat at another meeting too (for the key)."""

    height: int
    blocks: tuple[Block, ...]
    again: bool


def shown(members: Sequence[Member]) -> tuple[Member, ...]:
    """Those who are named at the table: all, or of more than there are seats those first who sat elsewhere too."""
    if len(members) <= SEATS:
        return tuple(members)
    order = sorted(range(len(members)), key=lambda n: (not members[n].again, n))[: SEATS - 1]
    return tuple(members[n] for n in sorted(order))


def table_picture(delegations: Sequence[Delegation]) -> TablePicture | None:
    """The picture of a meeting; None where fewer than two parties sat there."""
    if len(delegations) < 2:
        return None
    heights = [0, 0]
    blocks = []
    for side, one in enumerate(delegations, 1):
        at = 0 if heights[0] <= heights[1] else 1
        block = _block(one, side, at, heights[at])
        heights[at] += HEAD + SEAT * len(block.seats) + 6
        blocks.append(block)
    return TablePicture(max(heights) + 8, tuple(blocks), any(m.again for d in delegations for m in d.members))


def _block(one: Delegation, side: int, at: int, top: int) -> Block:
    x, dx = _place(at, WORDS)
    name = lines(one.name, x, top + 24, rooms(500 - EDGE, WORDS), 13, ("left", "right")[at], dx)
    held = [(m.href, m.name, m.again, False) for m in shown(one.members)]
    held += [(one.list, one.rest, False, True)] if one.rest else []
    seats = tuple(_seat(line, at, top + HEAD + SEAT * n + SEAT // 2) for n, line in enumerate(held))
    return Block(one.href, one.name, side, name, seats)


def _place(at: int, away: int) -> tuple[int, int]:
    """So many pixels from the edge of the table, on the left (0) or on the right (1)."""
    return (500 - EDGE, -away) if at == 0 else (500 + EDGE, away)


def _seat(line: tuple[str, str, bool, bool], at: int, y: int) -> Seat:
    href, name, again, rest = line
    x, dx = _place(at, WORDS)
    words = label(name, x, y + 4, ("left", "right")[at], rooms(500 - EDGE, WORDS), SIZE, dx)
    return Seat(href, name, *_place(at, SEATED), y, words, again, rest)
