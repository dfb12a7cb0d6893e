"""Who sat where: people by meetings (delegations.html).

One table as long as it can be taken in; beyond, a table a party with that party's own meetings: a table of everybody by
everything grows with the square of the site (22 MB at 150 meetings).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from briefgen import edtf, urls
from briefgen.model import Delegation, Record
from briefgen.pages import dates
from briefgen.pages.facts import statement
from briefgen.pages.frame import frame
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site, date_of
from briefgen.pages.talks import part
from briefgen.pages.views import (
    Fact,
    Frame,
    Link,
    Source,
)


@dataclass(frozen=True, slots=True)
class Column:
    """A meeting: link and date as displayed (iso for <time>, may be empty)."""

    meeting: Link
    date: str
    iso: str


@dataclass(frozen=True, slots=True)
class Cell:
    """The post held at that meeting; `present` is false for an empty seat (then nothing else is filled).

    meeting  the column's text again, for the label of the folded table on a phone
    """

    present: bool
    meeting: str
    post: tuple[Fact, ...]
    rank: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A person and one cell a column."""

    person: Link
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class PartyRows:
    """The people of one party. `unnamed`: per column the words for a delegation without named members (facts, may be empty)."""

    party: Link
    rows: tuple[Row, ...]
    unnamed: tuple[tuple[Fact, ...], ...]


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A meeting to which a party sent a delegation without named members, and the words for it (facts)."""

    column: Column
    words: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A row group a party. `unnamed` of a party, where any is filled, is a row of its own.

    unnamed  for a party by itself: its delegations without named members, as a list instead of columns with one cell each
    """

    columns: tuple[Column, ...]
    parties: tuple[PartyRows, ...]
    unnamed: tuple[Unnamed, ...] = ()


@dataclass(frozen=True, slots=True)
class DelegationsView:
    """Template delegations.html: one table, or one a party where there are many meetings; `people` counts those who sat."""

    site: Frame
    tables: tuple[Table, ...]
    people: int
    sources: tuple[Source, ...]


MEETINGS = 24  # columns that one table for all parties may have

Tables = dict[str, dict[str, Delegation]]  # party -> meeting -> delegation


def delegations(site: Site) -> Iterator[Page]:
    """Who sat where: people by meetings, a group of rows a party."""
    meetings = tuple(r for r in site.happenings if r.delegations)
    if not meetings:
        return
    sheet = Sheet(site, urls.DELEGATIONS)
    tables: Tables = {}
    for record in meetings:
        for delegation in record.delegations:
            tables.setdefault(delegation.party, {})[record.id] = delegation
    view = DelegationsView(
        site=frame(sheet, site.say("title-delegations"), about=site.say("about-delegations")),
        tables=tuple(_tables(sheet, tables, meetings)),
        people=len({s.member.person for s in site.sittings}),
        sources=sheet.sources(),
    )
    yield Page(sheet.url, "delegations.html", view)


def _tables(sheet: Sheet, tables: Tables, meetings: tuple[Record, ...]) -> Iterator[Table]:
    if len(meetings) <= MEETINGS:
        yield _table(sheet, tables, meetings)
        return
    for party, held in tables.items():
        named = {i: delegation for i, delegation in held.items() if delegation.members}
        table = _table(sheet, {party: named}, tuple(sheet.site.records[i] for i in named))
        yield replace(table, unnamed=tuple(_alone(sheet, d, sheet.site.records[i]) for i, d in held.items() if not d.members))


def _alone(sheet: Sheet, delegation: Delegation, record: Record) -> Unnamed:
    return Unnamed(_column(sheet, record), _unnamed(sheet, delegation))


def _table(sheet: Sheet, tables: Tables, meetings: tuple[Record, ...]) -> Table:
    columns = tuple(_column(sheet, r) for r in meetings)
    return Table(columns, tuple(_party(sheet, party, held, meetings) for party, held in tables.items()))


def _column(sheet: Sheet, record: Record) -> Column:
    date = date_of(record)
    return Column(sheet.link(record.id), dates.shown(sheet.site.say, date) if date else "", edtf.iso(date) if date else "")


def _party(sheet: Sheet, party: str, held: dict[str, Delegation], meetings: tuple[Record, ...]) -> PartyRows:
    people = dict.fromkeys(m.person for d in held.values() for m in d.members)
    return PartyRows(
        party=sheet.link(party),
        rows=tuple(_row(sheet, person, held, meetings) for person in people),
        unnamed=tuple(_unnamed(sheet, held.get(r.id)) for r in meetings),
    )


def _row(sheet: Sheet, person: str, held: dict[str, Delegation], meetings: tuple[Record, ...]) -> Row:
    return Row(sheet.link(person), tuple(_cell(sheet, person, held.get(r.id), r) for r in meetings))


def _cell(sheet: Sheet, person: str, delegation: Delegation | None, meeting: Record) -> Cell:
    for member in delegation.members if delegation else ():
        if member.person == person:
            return Cell(True, meeting.name, part(sheet, member, "post"), part(sheet, member, "rank"))
    return Cell(False, meeting.name, (), ())


def _unnamed(sheet: Sheet, delegation: Delegation | None) -> tuple[Fact, ...]:
    """The words for a delegation without named members."""
    if delegation is None or delegation.members:
        return ()
    cited = ((sheet.site.passages((c,)), c) for c in delegation.cites)
    return tuple(statement(sheet, sheet.tongued(p[0]), (c,), delegation.note) for p, c in cited if p)
