"""Who met whom: a column a meeting, a row a party and a row each who came more than once.

Down a column one reads who sat across from whom: a line joins the parties of one meeting. Along a row one reads who came
back. Many meetings are shown in several panels, one below the other; a line that runs on into the next one reaches the edge.
Nobody is left out unsaid: `more` counts the rows there was no room for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from briefgen.pages.pictures.lettering import Label, label, rooms

COLUMNS = 12  # a number needs 24 pixels to be hit
ROWS = 20  # what a page of paper holds
MEETINGS = 48  # the latest; a picture of more is not taken in
HEAD, PARTY, PERSON = 52, 40, 32  # heights


class Came(NamedTuple):
    """A party or a person by id, and its meetings in their order, each with how many were named there (0: none)."""

    actor: str
    party: bool
    at: tuple[tuple[int, int], ...]


class Named(NamedTuple):
    """Whose row it is: the page and the name. Asked for only of those who get one: a picture is as it was if another is renamed."""

    href: str
    name: str


Naming = Callable[[str], Named]


class Meeting(NamedTuple):
    """A meeting: its page, name, date in words."""

    href: str
    name: str
    date: str


class Column(NamedTuple):
    """A meeting: number, page, name and date, the date again as a label; the line joins its parties from `top` to `bottom`."""

    x: int
    number: int
    href: str
    title: str
    label: Label
    top: int
    bottom: int


class Dot(NamedTuple):
    """Somebody at a meeting; `text` is how many were named, "" for one person and where nobody was named (`hollow`)."""

    x: int
    text: str
    hollow: bool


class Line(NamedTuple):
    """A party or a person: the row's page and name, the middle of its dots, and the line from the first to the last."""

    href: str
    title: str
    party: bool
    label: Label
    y: int
    left: int
    right: int
    dots: tuple[Dot, ...]


class TracePanel(NamedTuple):
    """Up to twelve meetings."""

    height: int
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    more: int


class TracePicture(NamedTuple):
    """The panels, and how many earlier meetings are in none of them."""

    panels: tuple[TracePanel, ...]
    earlier: int


def trace_panels(meetings: Sequence[Meeting], came: Sequence[Came], naming: Naming) -> tuple[TracePanel, ...]:
    """The panels; people stand behind their party in `came`, which counts the meetings from 0."""
    held: dict[int, list[Came]] = {}
    for one in came:
        for panel in dict.fromkeys(n // COLUMNS for n, _ in one.at):
            held.setdefault(panel, []).append(one)
    starts = range(0, len(meetings), COLUMNS)
    return tuple(_panel(meetings, held.get(panel, []), start, naming) for panel, start in enumerate(starts))


def _panel(meetings: Sequence[Meeting], here: Sequence[Came], start: int, naming: Naming) -> TracePanel:
    end = min(start + COLUMNS, len(meetings))
    chosen = _chosen(here)
    lines = tuple(_lines(chosen, start, end, naming))
    columns = tuple(_column(meetings[n], n, n - start, end - start, lines) for n in range(start, end))
    height = lines[-1].y + 16 if lines else HEAD
    return TracePanel(height, columns, lines, len(here) - len(chosen))


def _chosen(here: Sequence[Came]) -> list[Came]:
    """The parties, then as many people as there is room for: those first who came most often."""
    order = sorted(range(len(here)), key=lambda n: (not here[n].party, -len(here[n].at)))  # stable: else as given
    return [here[n] for n in sorted(order[:ROWS])]


def _x(place: int, of: int) -> int:
    return (2 * place + 1) * 1000 // (2 * of)


def _lines(chosen: Sequence[Came], start: int, end: int, naming: Naming) -> Iterator[Line]:
    y = HEAD
    for one in chosen:
        y += PARTY if one.party else PERSON
        dots = tuple(Dot(_x(n - start, end - start), _count(one, named), not named) for n, named in one.at if start <= n < end)
        left = 0 if one.at[0][0] < start else dots[0].x
        right = 1000 if one.at[-1][0] >= end else dots[-1].x
        href, title = naming(one.actor)
        name = label(title, 0, y - 19 if one.party else y - 14, "right", rooms(1000), 13 if one.party else 12)
        yield Line(href, title, one.party, name, y - 2, left, right, dots)


def _whole(date: Label, text: str) -> Label:
    """Half a date would be another date."""
    return date._replace(narrow=date.narrow if date.narrow == text else "", wide=date.wide if date.wide == text else "")


def _count(one: Came, named: int) -> str:
    return str(named) if one.party and named else ""


def _column(meeting: Meeting, n: int, place: int, of: int, lines: Sequence[Line]) -> Column:
    x = _x(place, of)
    joined = [one.y for one in lines if one.party and any(d.x == x for d in one.dots)]
    date = _whole(label(meeting.date, x, 44, "centred", rooms(1000 // of, 8), 11), meeting.date)
    title = f"{meeting.name}, {meeting.date}" if meeting.date else meeting.name
    return Column(x, n + 1, meeting.href, title, date, min(joined, default=0), max(joined, default=0))
