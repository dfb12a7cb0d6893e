"""The profile of a person or an organisation (actors/ID.html)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from briefgen import edtf
from briefgen.model import Cite, Record, Value
from briefgen.pages import wording
from briefgen.pages.around import comparisons_about, mentions_of, relations_of
from briefgen.pages.facts import STATEMENTS, field_views, statement
from briefgen.pages.frame import frame
from briefgen.pages.heads import head
from briefgen.pages.sections import section_of
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site, Sitting, date_of, is_person
from briefgen.pages.talks import dated, position_view, seat
from briefgen.pages.views import (
    ComparisonView,
    Fact,
    FieldView,
    Frame,
    Happening,
    Head,
    Label,
    Link,
    MentionGroup,
    PositionView,
    Quoted,
    RelationView,
    Source,
)


@dataclass(frozen=True, slots=True)
class Service:
    """A delegation served on, with the post held that day.

    meeting  link; date and iso as in Happening
    party    link to the delegation's party
    post, rank, org   facts of the roster line
    labels, note      as in Seat
    """

    meeting: Link
    date: str
    iso: str
    party: Link
    post: tuple[Fact, ...]
    rank: tuple[Fact, ...]
    org: tuple[Fact, ...]
    labels: tuple[Label, ...]
    note: Markup


@dataclass(frozen=True, slots=True)
class Met:
    """Someone across the table (computed from the rosters): the person, and the meetings where they sat on different sides."""

    person: Link
    party: Link
    meetings: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Sat:
    """Someone who sat for this organisation: the person, and at which meetings."""

    person: Link
    meetings: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """Another actor with the evidence that ties it to this one.

    `link` is its page; `fact.value` the same link as safe HTML; its labels hold "the editors'" where there is no citation.
    """

    link: Link
    fact: Fact


@dataclass(frozen=True, slots=True)
class NameSaid:
    """What one article calls it: the string as printed there (plain text) and the words with their marker."""

    name: str
    quotes: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class ActorView:
    """Template actor.html, in this order.

    person     true for a person, false for an organisation or state
    head       names, kind, country, the editors' note
    statements kind, country and part_of as facts, marked as the editors' where they have no citation
    facts      fields rank, roles, org, leader (with "sources differ")
    said       what each source calls it
    services   delegations served on (persons)
    met        whom they met across the table (persons)
    meetings   meetings at which it had a delegation, hosted or took part (organisations), and events by or with it
    sat        people who sat for it (organisations)
    people     people whose `org` it is, with evidence
    leads      organisations led by this actor, with evidence
    parts      what is part of it
    positions  what it said at meetings and events
    outgoing   relations with it as subject; incoming: as object; asserted: relations that it asserts
    comparisons where the sources differ about it
    mentions   where the articles name it
    sources    numbered list at the foot
    """

    site: Frame
    person: bool
    head: Head
    statements: tuple[FieldView, ...]
    facts: tuple[FieldView, ...]
    said: tuple[NameSaid, ...]
    services: tuple[Service, ...]
    met: tuple[Met, ...]
    meetings: tuple[Happening, ...]
    sat: tuple[Sat, ...]
    people: tuple[Linked, ...]
    leads: tuple[Linked, ...]
    parts: tuple[Linked, ...]
    positions: tuple[PositionView, ...]
    outgoing: tuple[RelationView, ...]
    incoming: tuple[RelationView, ...]
    asserted: tuple[RelationView, ...]
    comparisons: tuple[ComparisonView, ...]
    mentions: tuple[MentionGroup, ...]
    sources: tuple[Source, ...]


FACTS = ("rank", "roles", "org", "leader")
_TAKES_PART = {"host": "hosted it", "by": "spoke or acted", "participants": "took part", "place": "held there"}


def actor_pages(site: Site) -> Iterator[Page]:
    """A page for each person, organisation and state."""
    for record in site.of_kind("actor"):
        sheet = Sheet(site, site.url(record.id), record.id)
        yield Page(sheet.url, "actor.html", _view(sheet, record))


def _view(sheet: Sheet, record: Record) -> ActorView:
    site, own = sheet.site, record.id
    opening = head(sheet, record)
    statements = field_views(sheet, record, STATEMENTS)
    facts = field_views(sheet, record, FACTS)
    said = _said(sheet, record)
    services = tuple(_service(sheet, s) for s in site.seats.get(own, ()))
    meetings = tuple(_meetings(sheet, own))
    leads = _linked(sheet, "leader", own)
    people = _people(sheet, own)
    parts = _linked(sheet, "part_of", own)
    positions = tuple(position_view(sheet, s) for s in site.said_by.get(own, ()))
    relations = relations_of(sheet, own)
    return ActorView(
        site=frame(sheet, record.name, about=_about(sheet, record), section=section_of(record)),
        person=is_person(record),
        head=opening,
        statements=statements,
        facts=facts,
        said=said,
        services=services,
        met=_met(sheet, own),
        meetings=meetings,
        sat=_sat(sheet, own),
        people=people,
        leads=leads,
        parts=parts,
        positions=positions,
        outgoing=relations.outgoing,
        incoming=relations.incoming,
        asserted=relations.asserted,
        comparisons=comparisons_about(sheet, own),
        mentions=mentions_of(sheet, own),
        sources=sheet.sources(),
    )


def _about(sheet: Sheet, record: Record) -> str:
    if is_person(record):
        return f"{record.name}: posts, delegations, and what each statement rests on."
    kind = wording.in_words(record.text("kind"))
    return f"{record.name}{f', {kind}' if kind else ''}: meetings, positions and relations, and what each statement rests on."


def _said(sheet: Sheet, record: Record) -> tuple[NameSaid, ...]:
    """What each source calls it, one entry a string."""
    held: dict[str, list[Cite]] = {}
    for value in record.all("named"):
        held.setdefault(value.text, []).extend(value.cites)
    return tuple(NameSaid(name, sheet.quotes(cites)) for name, cites in held.items())


def _service(sheet: Sheet, sitting: Sitting) -> Service:
    date = date_of(sitting.meeting)
    line = seat(sheet, sitting.member, sitting.delegation.note or sitting.meeting.notes.get("delegations"))
    return Service(
        meeting=sheet.link(sitting.meeting.id),
        date=edtf.display(date) if date else "",
        iso=edtf.iso(date) if date else "",
        party=sheet.link(sitting.delegation.party),
        post=line.post,
        rank=line.rank,
        org=line.org,
        labels=line.labels,
        note=line.note,
    )


def _met(sheet: Sheet, person: str) -> tuple[Met, ...]:
    """Those who sat in another delegation at the same meeting, in the order of the meetings and rosters."""
    held: dict[str, tuple[str, dict[str, None]]] = {}
    for sitting in sheet.site.seats.get(person, ()):
        for other in sitting.meeting.delegations:
            if other.party != sitting.delegation.party:
                for member in other.members:
                    held.setdefault(member.person, (other.party, {}))[1][sitting.meeting.id] = None
    held.pop(person, None)
    return tuple(Met(sheet.link(p), sheet.link(party), tuple(sheet.link(m) for m in met)) for p, (party, met) in held.items())


def _meetings(sheet: Sheet, own: str) -> Iterator[Happening]:
    """Meetings and events that it had a part in other than by a seat, by date, each with the part it had."""
    roles: dict[str, list[str]] = {d.meeting.id: ["sent a delegation"] for d in sheet.site.delegated.get(own, ())}
    for name, words in _TAKES_PART.items():
        for back in sheet.site.naming(name, own):
            roles.setdefault(back.record.id, []).append(words)
    for record_id in sorted(roles, key=lambda i: sheet.site.order[i]):
        yield dated(sheet, sheet.site.records[record_id], ", ".join(roles[record_id]))


def _sat(sheet: Sheet, own: str) -> tuple[Sat, ...]:
    held: dict[str, list[str]] = {}
    for sitting in sheet.site.sat_for.get(own, ()):
        held.setdefault(sitting.member.person, []).append(sitting.meeting.id)
    return tuple(Sat(sheet.link(p), tuple(sheet.link(m) for m in dict.fromkeys(meetings))) for p, meetings in held.items())


def _linked(sheet: Sheet, name: str, own: str) -> tuple[Linked, ...]:
    """The actors that name this one in a field."""
    backs = sheet.site.naming(name, own)
    return tuple(_link(sheet, b.record.id, b.value.cites, b.record.notes.get(name)) for b in backs if b.record.kind == "actor")


def _link(sheet: Sheet, actor: str, cites: Iterable[Cite], note: Value | None) -> Linked:
    return Linked(sheet.link(actor), statement(sheet, sheet.anchor(actor), cites, note, wording.EDITORS))


def _people(sheet: Sheet, own: str) -> tuple[Linked, ...]:
    """The people whose organisation it is, by their own field or by a roster line; all evidence together."""
    held: dict[str, list[Cite]] = {}
    notes: dict[str, Value | None] = {}
    for back in sheet.site.naming("org", own):
        held.setdefault(back.record.id, []).extend(back.value.cites)
        notes[back.record.id] = back.record.notes.get("org")
    for sitting, value in sheet.site.posted.get(own, ()):
        held.setdefault(sitting.member.person, []).extend(value.cites)
    return tuple(_link(sheet, person, cites, notes.get(person)) for person, cites in held.items())
