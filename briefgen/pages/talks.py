"""Meetings and events as other pages show them: in a list, with who took part, who sat there and what was said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from briefgen import edtf
from briefgen.load.fields import BY_KIND
from briefgen.model import Cite, Delegation, Member, Position, Record, Value
from briefgen.pages import dates as shown_dates
from briefgen.pages import wording
from briefgen.pages.anchors import position_place, seat_place
from briefgen.pages.entries import Said
from briefgen.pages.facts import cautions, fact, field_view
from briefgen.pages.html import EMPTY
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Site, date_of, wholes
from briefgen.pages.sources import origins_label
from briefgen.pages.views import DelegationView, Fact, Happening, Link, PartyPositions, PositionView, Quoted, Seat
from briefgen.words import Words

# The parts of a roster line are read by the rows of the same fields elsewhere.
ROWS = {"post": BY_KIND["actor"]["roles"], "rank": BY_KIND["actor"]["rank"], "org": BY_KIND["actor"]["org"]}
ALL = "all"


def happening(sheet: Sheet, record: Record, note: str = "", dates: tuple[Fact, ...] = ()) -> Happening:
    """A meeting or event in a list, its date without evidence unless that is handed in."""
    date = date_of(record)
    return Happening(
        link=sheet.link(record.id),
        kind=wording.word(sheet.site.say, "kind", record.text("kind", record.kind)),
        date=shown_dates.shown(sheet.site.say, date),
        iso=edtf.iso(date),
        dates=dates,
        parties=tuple(sheet.link(p) for p in parties(record)),
        note=note,
    )


def dated(sheet: Sheet, record: Record, note: str = "") -> Happening:
    """The same with the evidence of its date."""
    return happening(sheet, record, note, dates(sheet, record))


def dates(sheet: Sheet, record: Record) -> tuple[Fact, ...]:
    """Its dates as facts."""
    view = field_view(sheet, record, "date")
    return view.facts if view else ()


def parties(record: Record) -> tuple[str, ...]:
    """The ids of those who met, spoke or acted: delegations, else participants, host and speaker."""
    found = [d.party for d in record.delegations]
    if not found:
        found = [v.text for name in ("by", "host", "participants") for v in record.all(name)]
    return tuple(dict.fromkeys(found))


def precision(say: Words, record: Record) -> str:
    """How exactly its date is known, in words."""
    return say(f"precision.{_precision(date_of(record))}")


def _precision(date: edtf.Edtf | None) -> str:
    if date is None:
        return "undated"
    if date.form == "one-day":
        return "one-day"
    if date.form == "interval":
        return "interval"
    point = date.start
    if point is None or not point.exact:
        return "approximate"
    return "day" if point.day else "month" if point.month else "year"


# ---------------------------------------------------------------- delegations


def side_of(site: Site, record: Record, party: str) -> int:
    """The side of the table a party sat on: 1, 2 … in the order of the delegations, 0 for none; a part counts as its whole."""
    held = {d.party: n for n, d in enumerate(record.delegations, 1)}
    return held.get(party) or next((held[one] for one in wholes(site, party) if one in held), 0)


def delegation_view(sheet: Sheet, record: Record, delegation: Delegation) -> DelegationView:
    """One party at the table."""
    general = record.notes.get("delegations")
    return DelegationView(
        party=sheet.link(delegation.party),
        side=side_of(sheet.site, record, delegation.party),
        seats=tuple(_placed(sheet, delegation, m, general) for m in delegation.members),
        quotes=sheet.quotes(delegation.cites),
        labels=cautions(sheet, delegation.note or general),
        note=sheet.note(delegation.note),
    )


def _placed(sheet: Sheet, delegation: Delegation, member: Member, general: Value | None) -> Seat:
    return seat(sheet, member, delegation.note or general, sheet.place(seat_place(delegation.party, member.person)))


def seat(sheet: Sheet, member: Member, general: Value | None, place: str = "") -> Seat:
    """A roster line; `general` is the note on its delegation or on all of them, `place` its id on the page."""
    return Seat(
        person=sheet.link(member.person),
        post=part(sheet, member, "post"),
        rank=part(sheet, member, "rank"),
        org=part(sheet, member, "org"),
        labels=cautions(sheet, member.note or general),
        note=sheet.note(member.note),
        id=place,
    )


def part(sheet: Sheet, member: Member, name: str) -> tuple[Fact, ...]:
    """The post, rank or organisation of a roster line."""
    return tuple([fact(sheet, ROWS[name], v) for v in member.parts.get(name, ())])


# ---------------------------------------------------------------- positions


def position_view(sheet: Sheet, said: Said) -> PositionView:
    """What a party said, in the sources' own words."""
    where, position = said
    date = date_of(where)
    note = position.note or where.notes.get("positions")
    return PositionView(
        party=Link("", sheet.site.say("all-delegations")) if position.party == ALL else sheet.link(position.party),
        joint=position.party == ALL,
        where=sheet.link(where.id),
        date=shown_dates.shown(sheet.site.say, date),
        quotes=_said(sheet, position),
        origins=origins_label(sheet.site, (c.article for c in position.cites if c.article in sheet.site.articles)),
        topics=tuple(sheet.link(v.text) for v in position.about),
        labels=cautions(sheet, note, "" if position.cites else "uncited"),
        note=sheet.note(note),
    )


def _said(sheet: Sheet, position: Position) -> tuple[Quoted, ...]:
    """The words of a position; the first carry its id."""
    passages = sheet.site.passages(position.cites)
    return tuple(sheet.quoted(p, sheet.place(position_place(position)) if n == 0 else "") for n, p in enumerate(passages))


def by_party(sheet: Sheet, record: Record) -> tuple[PartyPositions, ...]:
    """The positions taken at a meeting or event: what all said first, then party by party as first named."""
    held: dict[str, list[Said]] = {p.party: [] for p in record.positions if p.party == ALL}
    for position in record.positions:
        held.setdefault(position.party, []).append(Said(record, position))
    return tuple(_party(sheet, side_of(sheet.site, record, party), said) for party, said in held.items())


def _party(sheet: Sheet, side: int, said: Iterable[Said]) -> PartyPositions:
    found = [position_view(sheet, s) for s in said]
    positions = (found[0], *(_unrepeated(before, one) for before, one in pairwise(found)))
    return PartyPositions(found[0].party, side, found[0].joint, positions)


def _unrepeated(before: PositionView, position: PositionView) -> PositionView:
    """A position without a note that already stands under the one before it: a note on all of them is read once."""
    return position._replace(note=EMPTY) if position.note and position.note == before.note else position


# ---------------------------------------------------------------- what a record rests on


def cites_of(record: Record) -> Iterator[Cite]:
    """Every citation of a record's own claims."""
    for values in record.fields.values():
        yield from (c for v in values for c in v.cites)
    for position in record.positions:
        yield from position.cites
    for delegation in record.delegations:
        yield from delegation.cites
        for member in delegation.members:
            yield from (c for values in member.parts.values() for v in values for c in v.cites)
    yield from record.says
