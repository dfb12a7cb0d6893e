"""Days to places: a line of time, drawn in proportion, with breaks where for long nothing happens.

No `datetime`: days are counted by Howard Hinnant's days_from_civil (howardhinnant.github.io/date_algorithms.html), years
1 to 9999. Time is in half days, so that a day has a beginning, a middle and an end: day n runs from 2n to 2n + 2. Places are
in thousandths of the width. A place never lies before that of an earlier time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from briefgen.edtf import Day
from briefgen.pages.pictures.lettering import NARROW, width

LEFT, RIGHT = 25, 975  # what is drawn at a point reaches to both its sides
BREAK = 30  # the width of a break
LEAST = 110  # no stretch is narrower: a year must be legible under it
OPEN = 45  # the margin in which an open end is drawn
STRETCHES = 4
SOME = 4  # happenings that deserve a scale of their own
SHORT = 120  # half days; a line of some weeks is never broken
TICK_SIZE = 11
MANY = 60


class Stretch(NamedTuple):
    """An unbroken piece of the line: from `first` to `last` in half days lies between `left` and `right`.

    `outer` are its ends with the margins in which open ends are drawn.
    """

    first: int
    last: int
    left: int
    right: int
    outer: tuple[int, int]

    def at(self, time: int) -> int:
        """The place of a time; times outside lie at the nearer end."""
        inside = min(max(time, self.first), self.last) - self.first
        return self.left + inside * (self.right - self.left) // max(self.last - self.first, 1)


class Tick(NamedTuple):
    """A line of the scale where a unit of time begins.

    x      its place
    label  what begins: "2020", "Jan", "7"; empty where there is no room
    under  the larger unit below: "2020", "Jan 2020"; mostly empty
    """

    x: int
    label: str
    under: str


Span = tuple[int, int]


def day_number(day: Day) -> int:
    """Days since 1 March of year 0, negative before."""
    year, month, date = day
    year -= month <= 2
    era, of_era = divmod(year, 400)
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + date - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year


def day_span(first: Day, last: Day) -> Span:
    """From the beginning of one day to the end of another, in half days."""
    return day_number(first) * 2, day_number(last) * 2 + 2


# ---------------------------------------------------------------- stretches


def stretches(spans: Sequence[Span], opened: Sequence[tuple[bool, bool]]) -> tuple[Stretch, ...]:
    """The pieces of the line that hold all spans; `opened` says of each span whether its start and its end are open."""
    pieces = _pieces(spans)
    margins = [_margins(piece, spans, opened) for piece in pieces]
    widths = _widths(spans, pieces, sum(map(sum, margins)))
    found, left = [], LEFT
    for (first, last), share, (before, after) in zip(pieces, widths, margins, strict=True):
        right = left + before + share + after
        found.append(Stretch(first, last, left + before, right - after, (left, right)))
        left = right + BREAK
    return tuple(found)


def _margins(piece: Span, spans: Sequence[Span], opened: Sequence[tuple[bool, bool]]) -> Span:
    inside = [o for span, o in zip(spans, opened, strict=True) if piece[0] <= span[0] <= piece[1]]
    return OPEN * any(o[0] for o in inside), OPEN * any(o[1] for o in inside)


def _pieces(spans: Iterable[Span]) -> list[Span]:
    """The spans merged, then joined again over every gap at which the line is not to be broken."""
    merged: list[Span] = []
    counts: list[int] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], last)
            counts[-1] += 1
        else:
            merged.append((first, last))
            counts.append(1)
    cuts = _silences(merged)
    while len(cuts) < STRETCHES - 1 and (found := _crowd(merged, counts, cuts)) is not None:
        cuts.add(found)
    starts = [0, *(n + 1 for n in sorted(cuts))]
    ends = [*sorted(cuts), len(merged) - 1]
    return [(merged[a][0], merged[b][1]) for a, b in zip(starts, ends, strict=True)]


def _silences(merged: Sequence[Span]) -> set[int]:
    """The gaps (by the span before them) that take up more than half of what is then left of the line."""
    gaps = sorted(((b[0] - a[1], -n) for n, (a, b) in enumerate(pairwise(merged))), reverse=True)
    left, cuts = merged[-1][1] - merged[0][0], set()
    for gap, at in gaps[: STRETCHES - 1]:
        if gap * 2 <= left or gap < SHORT:
            break
        cuts.add(-at)
        left -= gap
    return cuts


def _crowd(merged: Sequence[Span], counts: Sequence[int], cuts: set[int]) -> int | None:
    """The gap beside which much happens in a short time that on one scale would stand in one place; None where there is none.

    On both sides are some; on the one side they follow each other ten times as fast; the gap is longer than that side.
    """
    best: tuple[int, int] | None = None
    edges = [-1, *sorted(cuts), len(merged) - 1]
    for before, after in pairwise(edges):
        ahead, total = 0, sum(counts[before + 1 : after + 1])
        for n in range(before + 1, after):
            ahead += counts[n]
            sides = (merged[n][1] - merged[before + 1][0], ahead), (merged[after][1] - merged[n + 1][0], total - ahead)
            dense, sparse = sorted(sides, key=lambda side: side[0] * 1000 // side[1])
            gap = merged[n + 1][0] - merged[n][1]
            faster = sparse[0] * dense[1] >= 10 * dense[0] * sparse[1]
            if min(ahead, total - ahead) >= SOME and faster and gap >= max(dense[0], SHORT):
                best = max(best or (0, 0), (gap * 1000 // dense[0], -n))
    return -best[1] if best else None


def _widths(spans: Sequence[Span], pieces: Sequence[Span], margins: int) -> list[int]:
    """How wide each piece is without its margins: by how long it is, and twice as much by how much happens in it."""
    room = RIGHT - LEFT - margins - BREAK * (len(pieces) - 1) - LEAST * len(pieces)
    long = [last - first for first, last in pieces]
    held = [sum(first <= a <= last for a, _ in spans) for first, last in pieces]
    shares = [length * 1000 // sum(long) + count * 2000 // sum(held) for length, count in zip(long, held, strict=True)]
    return [LEAST + share * room // max(sum(shares), 1) for share in shares]


# ---------------------------------------------------------------- ticks

_UNITS: tuple[tuple[str, int], ...] = (
    *(("day", n) for n in (1, 2, 5, 10)),
    *(("month", n) for n in (1, 3, 6)),
    *(("year", n) for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)),
)


def ticks(stretch: Stretch, months: Sequence[str]) -> tuple[Tick, ...]:
    """The finest ticks whose labels do not touch in a narrow column; `months` are twelve short names.

    Where not even the larger unit can be named (a day or two in a short stretch), one tick tells the year.
    """
    for unit, step in _UNITS:
        days = list(_begin(stretch, unit, step))
        made = _trimmed(stretch, [_tick(stretch, unit, day, months) for day in days])
        if any(t.label for t in made) and _apart(made):
            full = _with_under(stretch, unit, days, made, months)
            if unit == "year" or any(t.under for t in full):
                return full
    return (Tick(stretch.left, str(civil(stretch.first // 2)[0]), ""),)


def _begin(stretch: Stretch, unit: str, step: int) -> Iterator[Day]:
    """The days in a stretch on which a unit begins; of more than are ever legible only the first."""
    found = 0
    for day in _UNIT_DAYS[unit](civil(stretch.first // 2), step):
        start = day_number(day) * 2
        if start >= stretch.last or found > MANY:
            return
        if start >= stretch.first:
            found += 1
            yield day


def _years(start: Day, step: int) -> Iterator[Day]:
    return ((year, 1, 1) for year in range(max(start[0] // step * step, 1), 10_000, step))


def _months(start: Day, step: int) -> Iterator[Day]:
    return ((year, month, 1) for year in range(start[0], 10_000) for month in range(1, 13, step))


def _month_days(start: Day, step: int) -> Iterator[Day]:
    for year, month, _ in _months((start[0], 1, 1), 1):
        if (year, month) >= start[:2]:
            last = _length(year, month)
            yield from ((year, month, day) for day in _DAYS[step] if day <= last)


_DAYS = {1: range(1, 32), 2: range(1, 30, 2), 5: (1, 5, 10, 15, 20, 25), 10: (1, 10, 20)}
_UNIT_DAYS = {"year": _years, "month": _months, "day": _month_days}


def _length(year: int, month: int) -> int:
    return day_number((year + month // 12, month % 12 + 1, 1)) - day_number((year, month, 1))


def civil(number: int) -> Day:
    """The day of a number (Hinnant's civil_from_days)."""
    era, of_era = divmod(number, 146097)
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    shifted = (5 * of_year + 2) // 153
    month = (shifted + 2) % 12 + 1
    return era * 400 + year + (month <= 2), month, of_year - (153 * shifted + 2) // 5 + 1


def _tick(stretch: Stretch, unit: str, day: Day, months: Sequence[str]) -> Tick:
    text = {"day": str(day[2]), "month": months[day[1] - 1], "year": str(day[0])}[unit]
    return Tick(stretch.at(day_number(day) * 2), text, "")


def _trimmed(stretch: Stretch, made: Sequence[Tick]) -> tuple[Tick, ...]:
    """Without the label of a last tick that has no room for it before the stretch ends (half a break's width is spare)."""
    if made and _reach(made[-1].x, made[-1].label) > stretch.outer[1] + BREAK // 2:
        return (*made[:-1], Tick(made[-1].x, "", ""))
    return tuple(made)


def _apart(made: Sequence[Tick]) -> bool:
    """Whether each label ends before the next tick stands."""
    return all(_reach(a.x, a.label) <= b.x for a, b in pairwise(made))


def _reach(x: int, text: str) -> int:
    """Where a label ends that begins behind its tick."""
    return x + (width(text, TICK_SIZE) + 6) * 1000 // NARROW


def _with_under(stretch: Stretch, unit: str, days: Sequence[Day], made: Sequence[Tick], months: Sequence[str]) -> tuple[Tick, ...]:
    """The same with the larger unit below: at the first tick, and where it changes. The later of two that touch is kept."""
    if unit == "year":
        return tuple(made)
    out: list[Tick] = []
    end = stretch.outer[1] + BREAK // 2
    for day, tick in reversed(list(zip(days, made, strict=True))):
        larger = _larger(unit, day, months)
        first = day == days[0]
        starts = day[2] == 1 and (unit == "day" or day[1] == 1)
        shown = (first or starts) and _reach(tick.x, larger) <= end
        out.append(Tick(tick.x, tick.label, larger if shown else ""))
        end = tick.x if shown else end
    return tuple(reversed(out))


def _larger(unit: str, day: Day, months: Sequence[str]) -> str:
    return f"{months[day[1] - 1]} {day[0]}" if unit == "day" else str(day[0])
