"""The profile of a person or an organisation (actors/ID.html)."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

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
