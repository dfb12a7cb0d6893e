"""The page of a meeting (meetings/ID.html)."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from briefgen.pages.views import (
    ComparisonView,
    DelegationView,
    FieldView,
    Frame,
    Happening,
    Head,
    Link,
    OriginGroup,
    PositionView,
    Source,
)


@dataclass(frozen=True, slots=True)
class PartyPositions:
    """What one party said; `joint`: all of them together (party.href is then empty, party.text "All delegations")."""

    party: Link
    joint: bool
    positions: tuple[PositionView, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A meeting or event before or after this one.

    happening  link, date; its `note` says why it is here ("follows it", "the meeting before" …), plain text
    evidenced  the `follows` fact where a source says so, else empty
    """

    happening: Happening
    evidenced: FieldView | None


@dataclass(frozen=True, slots=True)
class PartyChange:
    """How one party's delegation changed since its last meeting.

    party      this meeting's party
    since      link to the earlier meeting; date as displayed
    as_part    None where the party is the same; else a link to the earlier party ("compared with …, of which it is part")
    relation   "the same party", or "as part of the …" in words, plain text
    joined, left, stayed   links to people
    unnamed    true where one of the two delegations has no named members: then nothing can be compared
    """

    party: Link
    since: Link
    date: str
    as_part: Link | None
    relation: str
    joined: tuple[Link, ...]
    left: tuple[Link, ...]
    stayed: tuple[Link, ...]
    unnamed: bool


@dataclass(frozen=True, slots=True)
class MeetingView:
    """Template meeting.html, in this order.

    head         names and the editors' note
    date         the date with precision and evidence (None where not given)
    precision    the precision in words ("one day in this span, inferred by the editors"), plain text, may be empty
    facts        format, host, place, participants, topics, outcome
    delegations  side by side
    positions    by party
    comparisons  where the sources differ about it
    reports      which articles report it, grouped by origin; origins: "3 articles, 1 origin" over all of them, or ""
    before, after   what came before and after
    changes      how each party's delegation changed
    sources      numbered list at the foot
    """

    site: Frame
    head: Head
    date: FieldView | None
    precision: str
    facts: tuple[FieldView, ...]
    delegations: tuple[DelegationView, ...]
    delegations_note: Markup
    positions: tuple[PartyPositions, ...]
    comparisons: tuple[ComparisonView, ...]
    reports: tuple[OriginGroup, ...]
    origins: str
    before: tuple[Step, ...]
    after: tuple[Step, ...]
    changes: tuple[PartyChange, ...]
    sources: tuple[Source, ...]
