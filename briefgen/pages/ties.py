"""What ties an actor to others: seats and those across the table, meetings, people, names in the sources.

Whom someone met is computed from the rosters; everything else is a claim and keeps its evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from briefgen import edtf
from briefgen.model import Cite, Record, Value
from briefgen.pages import dates, wording
from briefgen.pages.anchors import name_place
from briefgen.pages.entries import Backref, Sitting
from briefgen.pages.facts import statement
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import date_of, disputed
from briefgen.pages.talks import dated, seat
from briefgen.pages.views import Fact, Happening, Link, Quoted, Seat

# A label without a citation is the editors' own; a fact without one is a gap.
_MISSING = {"part_of": "editors"}
_TAKES_PART = ("host", "by", "participants", "place")


class Service(NamedTuple):
    """A delegation served on, with the post held that day.

    meeting  link; date and iso as in Happening
    party    link to the delegation's party
    seat     the roster line
    """

    meeting: Link
    date: str
    iso: str
    party: Link
    seat: Seat


class Met(NamedTuple):
    """Someone across the table (computed from the rosters): the person, and the meetings where they sat on different sides."""

    person: Link
    party: Link
    meetings: tuple[Link, ...]


class Sat(NamedTuple):
    """Someone who sat for this organisation: the person, and at which meetings."""

    person: Link
    meetings: tuple[Link, ...]


class Linked(NamedTuple):
    """Another actor with the evidence that ties it to this one.

    `link` is its page; `fact.value` the same link as safe HTML; its labels hold "the editors'" where there is no citation.
    """

    link: Link
    fact: Fact


class NameSaid(NamedTuple):
    """What one article calls it: the string as printed there (plain text), the words with their marker, its id on the page."""

    name: str
    quotes: tuple[Quoted, ...]
    id: str


def said_of(sheet: Sheet, record: Record) -> tuple[NameSaid, ...]:
    """What each source calls it, one entry a string."""
    held: dict[str, list[Cite]] = {}
    for value in record.all("named"):
        held.setdefault(value.text, []).extend(value.cites)
    return tuple(NameSaid(name, sheet.quotes(cites), sheet.place(name_place(name))) for name, cites in held.items())


def service(sheet: Sheet, sitting: Sitting) -> Service:
    """A seat as it stands on the profile of the person who held it."""
    date = date_of(sitting.meeting)
    return Service(
        meeting=sheet.link(sitting.meeting.id),
        date=dates.shown(sheet.site.say, date),
        iso=edtf.iso(date),
        party=sheet.link(sitting.delegation.party),
        seat=seat(sheet, sitting.member, sitting.delegation.note or sitting.meeting.notes.get("delegations")),
    )


def met_of(sheet: Sheet, person: str) -> tuple[Met, ...]:
    """Those who sat in another delegation at the same meeting, in the order of the meetings and rosters."""
    held: dict[str, tuple[str, dict[str, None]]] = {}
    for sitting in sheet.site.seats.get(person, ()):
        for other in sitting.meeting.delegations:
            if other.party != sitting.delegation.party:
                for member in other.members:
                    held.setdefault(member.person, (other.party, {}))[1][sitting.meeting.id] = None
    held.pop(person, None)
    return tuple(Met(sheet.link(p), sheet.link(party), tuple(sheet.link(m) for m in met)) for p, (party, met) in held.items())


def meetings_of(sheet: Sheet, own: str) -> Iterator[Happening]:
    """Meetings and events that it had a part in other than by a seat, by date, each with the part it had."""
    say = sheet.site.say
    roles: dict[str, list[str]] = {d.meeting.id: [say("sent-delegation")] for d in sheet.site.delegated.get(own, ())}
    for name in _TAKES_PART:
        for back in sheet.site.naming(name, own):
            roles.setdefault(back.record.id, []).append(say(f"part.{name}"))
    for record_id in sorted(roles, key=lambda i: sheet.site.order[i]):
        yield dated(sheet, sheet.site.records[record_id], wording.listed(say, roles[record_id]))


def sat_of(sheet: Sheet, own: str) -> tuple[Sat, ...]:
    """Those who sat for a party, in the order of the meetings and rosters."""
    held: dict[str, list[str]] = {}
    for sitting in sheet.site.sat_for.get(own, ()):
        held.setdefault(sitting.member.person, []).append(sitting.meeting.id)
    return tuple(Sat(sheet.link(p), tuple(sheet.link(m) for m in dict.fromkeys(meetings))) for p, meetings in held.items())


def naming_it(sheet: Sheet, name: str, own: str) -> tuple[Linked, ...]:
    """The actors that name this one in a field."""
    return tuple(_naming(sheet, name, b) for b in sheet.site.naming(name, own) if b.record.kind == "actor")


def _naming(sheet: Sheet, name: str, back: Backref) -> Linked:
    linked = _link(sheet, back.record.id, back.value.cites, back.record.notes.get(name), _MISSING.get(name, "uncited"))
    if not disputed(back.record.kind, name, back.record.all(name)):
        return linked
    return linked._replace(fact=linked.fact._replace(labels=(*linked.fact.labels, wording.label(sheet.site.say, "differ"))))


def _link(sheet: Sheet, actor: str, cites: Iterable[Cite], note: Value | None, missing: str = "uncited") -> Linked:
    return Linked(sheet.link(actor), statement(sheet, sheet.anchor(actor), cites, note, missing))


def people_of(sheet: Sheet, own: str) -> tuple[Linked, ...]:
    """The people whose organisation it is, by their own field or by a roster line; all evidence together."""
    held: dict[str, list[Cite]] = {}
    notes: dict[str, Value | None] = {}
    for back in sheet.site.naming("org", own):
        held.setdefault(back.record.id, []).extend(back.value.cites)
        notes[back.record.id] = back.record.notes.get("org")
    for sitting, value in sheet.site.posted.get(own, ()):
        held.setdefault(sitting.member.person, []).extend(value.cites)
    return tuple(_link(sheet, person, cites, notes.get(person)) for person, cites in held.items())
