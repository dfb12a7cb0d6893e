"""The timeline: what happened along a line of time, as exactly as it is known and no more.

A day is a dot. What is known less exactly (a month, a year, about, possibly, one day in a span) is a band. What lasted is a
bar, hollow where its end is known less exactly than to the day. An open end stays open. A date of which the sources give
two values has two marks. Few happenings have a row each with their names; many have numbers, packed into as few rows as
they need. No mark touches another one in its row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from briefgen import edtf
from briefgen.edtf import Edtf, Point
from briefgen.frozen import dataclass
from briefgen.pages.pictures import scale
from briefgen.pages.pictures.lettering import NARROW, SIZE, Label, beside
from briefgen.pages.pictures.scale import BREAK, Span, Stretch, Tick

ROWS = 20  # with names: what a page of paper holds
MANY = 200  # in one picture
AXIS = 34  # the height of the scale
NAMED, NUMBERED = 36, 26  # the height of a row
LONGEST = 180  # how far an open end reaches at most
BAND = 24  # no band is narrower, in thousandths
BALL = 13 * 1000 // NARROW  # the reach of a number in its ring
LANES = 18  # rows of numbers; what finds no place in them is counted


class Happened(NamedTuple):
    """A meeting or event: its page, its place in the list, name and date in words, its date's values, whether it stands out."""

    href: str
    list: str
    name: str
    date: str
    values: tuple[Edtf, ...]
    strong: bool


Held = Sequence[tuple[int, Happened]]


class Mark(NamedTuple):
    """One value of a date; all places in thousandths of the width.

    kind         "day" (a dot at x1), "band" (not known exactly) or "bar" (lasted)
    x1, x2       from, to; equal where one day alone is known, and the other end is open
    sure1, sure2  the part of a bar that is certain; equal where there is none
    before, after  where an open end ends; equal to x1 and x2 where the end is not open
    """

    kind: str
    x1: int
    x2: int
    sure1: int
    sure2: int
    before: int
    after: int


class Row(NamedTuple):
    """A happening in the picture.

    href, title  its page; its name and date in words
    strong       true for a meeting
    labels       its name; empty where numbers stand for names
    number       its number in the order of the dates, from 1
    middle       where the number stands
    y            the middle line of its marks in pixels
    marks        one a value of its date; with numbers one alone, and a further row for a further value
    """

    href: str
    title: str
    strong: bool
    labels: tuple[Label, ...]
    number: int
    middle: int
    y: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)  # a tuple has a `count` of its own
class Crowd:
    """So many marks more at one place than there is room for, and where the list has the first of them."""

    x: int
    y: int
    count: int
    href: str


class TimelinePicture(NamedTuple):
    """The whole: height in pixels, the scale, where it is broken (left edges; all `gap` wide), rows, and `crowds`.

    `kinds` says which marks occur, for the key: "day", "band", "bound" (a band with an open end), "bar", "unsure" (a bar not all
    of which is certain), "open" (a bar with an open end), "break".
    """

    height: int
    ticks: tuple[Tick, ...]
    breaks: tuple[int, ...]
    gap: int
    rows: tuple[Row, ...]
    crowds: tuple[Crowd, ...]
    numbered: bool
    kinds: tuple[str, ...]


def timeline_pictures(happened: Sequence[Happened], months: Sequence[str]) -> tuple[TimelinePicture, ...]:
    """The picture of all that has a date, in the order given, or of very many several. `months` are twelve short names."""
    held = [(n, h) for n, h in enumerate(happened, 1) if h.values]
    return tuple(_picture(held[n : n + MANY], months) for n in range(0, len(held), MANY))


def _picture(held: Held, months: Sequence[str]) -> TimelinePicture:
    values = [v for _, h in held for v in h.values]
    line = scale.stretches([_span(v) for v in values], [(v.start is None, v.end is None) for v in values])
    numbered = len(held) > ROWS
    rows, crowds = _packed(line, held) if numbered else (tuple(_named(line, held)), ())
    return TimelinePicture(
        height=max(*(r.y for r in rows), *(c.y for c in crowds), 0) + (NUMBERED // 2 if numbered else 16),
        ticks=tuple(t for stretch in line for t in scale.ticks(stretch, months)),
        breaks=tuple(stretch.outer[1] for stretch in line[:-1]),
        gap=BREAK,
        rows=rows,
        crowds=crowds,
        numbered=numbered,
        kinds=tuple(_kinds(rows, len(line))),
    )


def _kinds(rows: Iterable[Row], stretches: int) -> Iterator[str]:
    marks = [m for r in rows for m in r.marks]
    bands, bars = [m for m in marks if m.kind == "band"], [m for m in marks if m.kind == "bar"]
    found = {
        "day": any(m.kind == "day" for m in marks),
        "band": any(m.x2 > m.x1 for m in bands),
        "bound": any(_open(m) for m in bands),
        "bar": any(m.sure2 > m.sure1 for m in bars),
        "unsure": any(m.sure2 - m.sure1 < m.x2 - m.x1 for m in bars),
        "open": any(_open(m) for m in bars),
        "break": stretches > 1,
    }
    return (kind for kind, occurs in found.items() if occurs)


def _open(one: Mark) -> bool:
    return one.before < one.x1 or one.after > one.x2


# ---------------------------------------------------------------- marks


def _span(value: Edtf) -> Span:
    """From the first to the last day that is known of it, in half days."""
    ends = [_whole(point) for point in (value.start, value.end) if point]
    return ends[0][0], ends[-1][1]


def _whole(point: Point) -> Span:
    """From the first to the last day that a point can mean."""
    one = Edtf("date", "", point, point)
    return scale.day_span(edtf.first_day(one) or (1, 1, 1), edtf.last_day(one) or (1, 1, 1))  # a point has both


def mark(line: Sequence[Stretch], value: Edtf) -> Mark:
    """The mark of a value."""
    first, last = _span(value)
    stretch = next(s for s in line if s.first <= first <= s.last)
    if value.form == "date" and _to_the_day(value.start):
        x = stretch.at(first + 1)
        return Mark("day", x, x, x, x, x, x)
    x1, x2 = _ends(stretch, value, first, last)
    before = x1 if value.start else max(stretch.outer[0], x1 - LONGEST)
    after = x2 if value.end else min(stretch.outer[1], x2 + LONGEST)
    if value.form != "interval":
        return Mark("band", x1, x2, x1, x1, before, after)
    sure1, sure2 = _sure(stretch, value, x1, x2)
    return Mark("bar", x1, x2, sure1, sure2, before, after)


def _ends(stretch: Stretch, value: Edtf, first: int, last: int) -> Span:
    """From where to where; one day at an open end is a line, and nothing else so narrow that it looks like one."""
    if (value.start is None or value.end is None) and _to_the_day(value.start or value.end):
        return stretch.at(first + 1), stretch.at(first + 1)
    x1, x2 = stretch.at(first), stretch.at(last)
    if x2 - x1 >= BAND:
        return x1, x2
    x1 = min(max(stretch.outer[0], (x1 + x2 - BAND) // 2), stretch.outer[1] - BAND)
    return x1, x1 + BAND


def _sure(stretch: Stretch, value: Edtf, x1: int, x2: int) -> Span:
    """What lasted for certain: from the last day it can have begun to the first it can have ended."""
    start = x1 if value.start is None or _to_the_day(value.start) else min(stretch.at(_whole(value.start)[1]), x2)
    end = x2 if value.end is None or _to_the_day(value.end) else max(stretch.at(_whole(value.end)[0]), x1)
    return (start, end) if start < end else (x1, x1)


def _to_the_day(point: Point | None) -> bool:
    return point is not None and point.exact and point.day is not None


# ---------------------------------------------------------------- rows


def _named(line: Sequence[Stretch], held: Held) -> Iterator[Row]:
    """A row each; the name stands over its first mark, on the side where there is more room."""
    for place, (number, one) in enumerate(held):
        marks = tuple(mark(line, v) for v in one.values)
        y = AXIS + place * NAMED + 26
        labels = beside(one.name, marks[0].before, marks[0].after, y - 12, SIZE + one.strong)
        yield Row(one.href, _title(one), one.strong, labels, number, 0, y, marks)


def _packed(line: Sequence[Stretch], held: Held) -> tuple[tuple[Row, ...], tuple[Crowd, ...]]:
    """Numbers for names: each mark in the first row in which it touches no other; where all are full, they are counted."""
    ends = [0] * LANES
    rows: list[Row] = []
    crowds: dict[int, Crowd] = {}
    for number, one, made in ((n, h, mark(line, v)) for n, h in held for v in h.values):
        left, right = _extent(made)
        middle = _middle(made)
        lane = next((n for n, end in enumerate(ends) if end <= left), LANES)
        y = AXIS + lane * NUMBERED + NUMBERED // 2
        if lane < LANES:
            ends[lane] = right
            rows.append(Row(one.href, _title(one), one.strong, (), number, middle, y, (made,)))
        else:
            slot = min(middle // (2 * BALL), 1000 // (2 * BALL) - 1)
            before = crowds.get(slot, Crowd((2 * slot + 1) * BALL, y, 0, one.list))
            crowds[slot] = replace(before, count=before.count + 1)
    return tuple(rows), tuple(crowds[slot] for slot in sorted(crowds))


def _middle(made: Mark) -> int:
    return min(max((made.x1 + made.x2) // 2, BALL), 1000 - BALL)


def _extent(made: Mark) -> Span:
    """From where to where a numbered mark reaches, its ring included."""
    middle = _middle(made)
    return min(made.before, middle - BALL), max(made.after, middle + BALL)


def _title(one: Happened) -> str:
    return f"{one.name}, {one.date}" if one.date else one.name
