"""Who sat where: people by meetings (delegations.html; delegations/ID.html of a party).

One table as long as it can be taken in; beyond, a table a party with that party's own meetings: a table of everybody by
everything grows with the square of the site (22 MB at 150 meetings). Of very many delegations each party has a page of its own,
and delegations.html leads there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from briefgen import edtf, urls
from briefgen.model import Delegation, Record
from briefgen.pages import dates
from briefgen.pages.facts import statement
from briefgen.pages.frame import frame
from briefgen.pages.kinds import each
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site, date_of
from briefgen.pages.talks import part
from briefgen.pages.views import (
    Fact,
    Frame,
    Link,
    Source,
)


class Column(NamedTuple):
    """A meeting: link and date as displayed (iso for <time>, may be empty)."""

    meeting: Link
    date: str
    iso: str


class Cell(NamedTuple):
    """The post held at that meeting; `present` is false for an empty seat (then nothing else is filled).

    meeting  the column's text again, for the label of the folded table on a phone
    """

    present: bool
    meeting: str
    post: tuple[Fact, ...]
    rank: tuple[Fact, ...]


class Row(NamedTuple):
    """A person and one cell a column."""

    person: Link
    cells: tuple[Cell, ...]


class PartyRows(NamedTuple):
    """The people of one party. `unnamed`: per column the words for a delegation without named members (facts, may be empty)."""

    party: Link
    rows: tuple[Row, ...]
    unnamed: tuple[tuple[Fact, ...], ...]


class Unnamed(NamedTuple):
    """A meeting to which a party sent a delegation without named members, and the words for it (facts)."""

    column: Column
    words: tuple[Fact, ...]


class Table(NamedTuple):
    """A row group a party. `unnamed` of a party, where any is filled, is a row of its own.

    unnamed  for a party by itself: its delegations without named members, as a list instead of columns with one cell each
    """

    columns: tuple[Column, ...]
    parties: tuple[PartyRows, ...]
    unnamed: tuple[Unnamed, ...] = ()


class PartyEntry(NamedTuple):
    """A party that has a page of its own: link to that page, at how many meetings it sat, how many people sat for it."""

    page: Link
    meetings: int
    people: int


class DelegationsView(NamedTuple):
    """Template delegations.html: one table, one a party where there are many meetings, or, beyond that, a list of the parties.

    party    whose delegations they are, on the page of one party; else None
    tables   none where each party has a page of its own
    parties  those pages, sorted as an index sorts; else empty
    people   how many people sat
    """

    site: Frame
    party: Link | None
    tables: tuple[Table, ...]
    parties: tuple[PartyEntry, ...]
    people: int
    sources: tuple[Source, ...]


MEETINGS = 24  # columns that one table for all parties may have
TOGETHER = 60  # delegations that one page may have: 300 of them make 1.9 MB, and every person renamed makes all of it again

Held = dict[str, Delegation]  # meeting -> delegation
Tables = dict[str, Held]  # by party


def delegations(site: Site) -> Iterator[Page]:
    """Who sat where: people by meetings, a group of rows a party; of very many, the pages that say so."""
    meetings = tuple(r for r in site.happenings if r.delegations)
    if not meetings:
        return
    sheet = Sheet(site, urls.DELEGATIONS)
    tables: Tables = {}
    for record in meetings:
        for delegation in record.delegations:
            tables.setdefault(delegation.party, {})[record.id] = delegation
    apart = _are_apart(site)
    view = DelegationsView(
        site=frame(sheet, site.say("title-delegations"), about=site.say("about-delegations")),
        party=None,
        tables=() if apart else tuple(_tables(sheet, tables, meetings)),
        parties=tuple(_entries(sheet, tables)) if apart else (),
        people=len({s.member.person for s in site.sittings}),
        sources=sheet.sources(),
    )
    yield Page(sheet.url, "delegations.html", view)


def _are_apart(site: Site) -> bool:
    return sum(map(len, site.delegated.values())) > TOGETHER


@each(lambda site: site.delegated if _are_apart(site) else ())
def delegation_pages(site: Site, party: str) -> Page:
    """The delegations of each party, where there are very many."""
    sheet = Sheet(site, urls.delegations_url(party))
    held = {one.meeting.id: one.delegation for one in site.delegated[party]}
    name = site.name(party)
    title, about = site.say("title-delegations-of", party=name), site.say("about-delegations-of", party=name)
    view = DelegationsView(
        site=frame(sheet, title, about=about, section=urls.DELEGATIONS),
        party=sheet.link(party),
        tables=(_of_party(sheet, party, held, {one.meeting.id: one.meeting for one in site.delegated[party]}),),
        parties=(),
        people=len(_people(held)),
        sources=sheet.sources(),
    )
    return Page(sheet.url, "delegations.html", view)


def _entries(sheet: Sheet, tables: Tables) -> Iterator[PartyEntry]:
    listing = sheet.site.listing
    for party in sorted(tables, key=lambda one: listing[one].key):
        page = Link(sheet.href(urls.delegations_url(party)), sheet.site.name(party))
        yield PartyEntry(page, len(tables[party]), len(_people(tables[party])))


def _people(held: Held) -> dict[str, None]:
    """Those who sat, in the order of the meetings."""
    return dict.fromkeys(m.person for d in held.values() for m in d.members)


def _tables(sheet: Sheet, tables: Tables, meetings: tuple[Record, ...]) -> Iterator[Table]:
    if len(meetings) <= MEETINGS:
        yield _table(sheet, tables, meetings)
        return
    records = {record.id: record for record in meetings}
    yield from (_of_party(sheet, party, held, records) for party, held in tables.items())


def _of_party(sheet: Sheet, party: str, held: Held, records: Mapping[str, Record]) -> Table:
    """A party by itself: a column for each meeting at which its people are named, and a list of the others."""
    named = {i: delegation for i, delegation in held.items() if delegation.members}
    table = _table(sheet, {party: named}, tuple(records[i] for i in named))
    return table._replace(unnamed=tuple(_alone(sheet, d, records[i]) for i, d in held.items() if not d.members))


def _alone(sheet: Sheet, delegation: Delegation, record: Record) -> Unnamed:
    return Unnamed(_column(sheet, record), _unnamed(sheet, delegation))


def _table(sheet: Sheet, tables: Tables, meetings: tuple[Record, ...]) -> Table:
    columns = tuple(_column(sheet, r) for r in meetings)
    return Table(columns, tuple(_party(sheet, party, held, meetings) for party, held in tables.items()))


def _column(sheet: Sheet, record: Record) -> Column:
    date = date_of(record)
    return Column(sheet.link(record.id), dates.shown(sheet.site.say, date), edtf.iso(date))


def _party(sheet: Sheet, party: str, held: Held, meetings: tuple[Record, ...]) -> PartyRows:
    return PartyRows(
        party=sheet.link(party),
        rows=tuple(_row(sheet, person, held, meetings) for person in _people(held)),
        unnamed=tuple(_unnamed(sheet, held.get(r.id)) for r in meetings),
    )


def _row(sheet: Sheet, person: str, held: Held, meetings: tuple[Record, ...]) -> Row:
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
