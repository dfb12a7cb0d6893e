"""The profile of a person or an organisation (actors/ID.html)."""

from __future__ import annotations

from typing import NamedTuple

from briefgen.model import Record
from briefgen.pages import wording
from briefgen.pages.around import comparisons_about, mentions_of, relations_of
from briefgen.pages.drawn import ego
from briefgen.pages.facts import STATEMENTS, field_views
from briefgen.pages.frame import frame
from briefgen.pages.heads import head
from briefgen.pages.kinds import each_of
from briefgen.pages.pictures.stand import StandPicture
from briefgen.pages.sections import section_of
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site, is_person
from briefgen.pages.talks import position_view
from briefgen.pages.ties import (
    Linked,
    Met,
    NameSaid,
    Sat,
    Service,
    meetings_of,
    met_of,
    naming_it,
    people_of,
    said_of,
    sat_of,
    service,
)
from briefgen.pages.views import (
    ComparisonView,
    FieldView,
    Frame,
    Happening,
    Head,
    MentionGroup,
    PositionView,
    RelationView,
    Source,
)


class ActorView(NamedTuple):
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
    leads      organisations led by this actor, with evidence
    people     people whose `org` it is, with evidence
    parts      what is part of it
    positions  what it said at meetings and events
    outgoing   relations with it as subject; incoming: as object; asserted: relations that it asserts
    ego        a picture of its relations, leaders and parts included; None where it has fewer than three
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
    leads: tuple[Linked, ...]
    people: tuple[Linked, ...]
    parts: tuple[Linked, ...]
    positions: tuple[PositionView, ...]
    outgoing: tuple[RelationView, ...]
    incoming: tuple[RelationView, ...]
    asserted: tuple[RelationView, ...]
    ego: StandPicture | None
    comparisons: tuple[ComparisonView, ...]
    mentions: tuple[MentionGroup, ...]
    sources: tuple[Source, ...]


FACTS = ("rank", "roles", "org", "leader")


@each_of("actor")
def actor_pages(site: Site, actor: str) -> Page:
    """A page for each person, organisation and state."""
    sheet = Sheet(site, site.url(actor), actor)
    return Page(sheet.url, "actor.html", actor_view(sheet, site.records[actor]))


def actor_view(sheet: Sheet, record: Record) -> ActorView:
    """The profile of one actor, on a sheet of any document."""
    site, own = sheet.site, record.id
    opening = head(sheet, record)
    statements = field_views(sheet, record, STATEMENTS)
    facts = field_views(sheet, record, FACTS)
    said = said_of(sheet, record)
    services = tuple(service(sheet, s) for s in site.seats.get(own, ()))
    meetings = tuple(meetings_of(sheet, own))
    leads = naming_it(sheet, "leader", own)
    people = people_of(sheet, own)
    parts = naming_it(sheet, "part_of", own)
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
        met=met_of(sheet, own) if sheet.repeats else (),
        meetings=meetings,
        sat=sat_of(sheet, own),
        leads=leads,
        people=people,
        parts=parts,
        positions=positions,
        outgoing=relations.outgoing,
        incoming=relations.incoming,
        asserted=relations.asserted,
        ego=ego(sheet, own) if sheet.repeats else None,
        comparisons=comparisons_about(sheet, own),
        mentions=mentions_of(sheet, own),
        sources=sheet.sources(),
    )


def _about(sheet: Sheet, record: Record) -> str:
    say, name = sheet.site.say, record.name
    if is_person(record):
        return say("about-person", name=name)
    kind = wording.word(say, "kind", record.text("kind"))
    return say("about-actor-kind", name=name, kind=kind) if kind else say("about-actor", name=name)
