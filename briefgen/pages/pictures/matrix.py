"""Who stands with whom, for very many relations: a row an actor that does something, a column one that it is done to.

Only those with the most relations have a row or a column; `more` says how many relations have no place here. A mark leads
to the list of what the row's actor does; the verbs stand there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from briefgen.frozen import dataclass
from briefgen.pages.pictures.lettering import Label, label, rooms

COLUMNS = 13  # a number needs 24 pixels to be hit
ROWS = 20
HEAD, ROW = 34, 36  # heights


class Pair(NamedTuple):
    """A relation: its ends, and whether somebody asserts it (else an article does in its own voice, or the editors)."""

    subject: str
    object: str
    voice: str


class End(NamedTuple):
    """An actor: name, page, and where the list of what it does stands."""

    name: str
    href: str
    list: str


class Head(NamedTuple):
    """A column: number, page, name."""

    x: int
    number: int
    href: str
    title: str


@dataclass(frozen=True, slots=True)  # a tuple has a `count` of its own
class Spot:
    """How many relations join row and column; `voice` as in `stand.Tie`, "several" where they differ."""

    x: int
    count: int
    voice: str


class Line(NamedTuple):
    """A row: the list of what the actor does, its name, the middle of its marks."""

    href: str
    title: str
    label: Label
    y: int
    spots: tuple[Spot, ...]


class MatrixPicture(NamedTuple):
    """Height in pixels, columns, rows, and how many relations have no place here."""

    height: int
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    more: int


def matrix_picture(pairs: Sequence[Pair], ends: Mapping[str, End]) -> MatrixPicture:
    """The matrix of the actors with the most relations."""
    columns = _most(Counter(p.object for p in pairs), COLUMNS)
    rows = _most(Counter(p.subject for p in pairs if p.object in columns), ROWS)
    held: dict[tuple[str, str], list[str]] = {}
    for pair in pairs:
        if pair.subject in rows and pair.object in columns:
            held.setdefault(pair[:2], []).append(pair.voice)
    xs = {one: (2 * n + 1) * 1000 // (2 * len(columns)) for n, one in enumerate(columns)}
    heads = tuple(Head(xs[one], n, ends[one].href, ends[one].name) for n, one in enumerate(columns, 1))
    lines = tuple(_line(one, HEAD + ROW * (n + 1) - 10, xs, held, ends[one]) for n, one in enumerate(rows))
    return MatrixPicture(lines[-1].y + 16, heads, lines, len(pairs) - sum(map(len, held.values())))


def _most(counts: Mapping[str, int], at_most: int) -> tuple[str, ...]:
    """The keys with the highest counts, in their own order."""
    order = sorted(counts, key=lambda one: -counts[one])[:at_most]
    return tuple(one for one in counts if one in order)


def _line(one: str, y: int, xs: Mapping[str, int], held: Mapping[tuple[str, str], Sequence[str]], end: End) -> Line:
    spots = (Spot(x, len(v), v[0] if len(set(v)) == 1 else "several") for o, x in xs.items() if (v := held.get((one, o), ())))
    return Line(end.list, end.name, label(end.name, 0, y - 14, "right", rooms(1000)), y, tuple(spots))
