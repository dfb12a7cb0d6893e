"""The page of an event (events/ID.html)."""

from __future__ import annotations

from dataclasses import dataclass

from briefgen.pages.meeting import PartyPositions, Step
from briefgen.pages.views import (
    ArticleCard,
    ComparisonView,
    FieldView,
    Frame,
    Head,
    MentionGroup,
    OriginGroup,
    Source,
)


@dataclass(frozen=True, slots=True)
class EventView:
    """Template event.html, in this order.

    head         names, kind, the editors' note
    statements   the kind, marked as the editors'
    date         as in MeetingView; precision in words
    facts        by, format, host, place, participants, topics, outcome
    positions    what was said, by party
    based        articles that rest on this statement
    reports      other articles that report it, grouped by origin; origins: the label over all
    comparisons  where the sources differ about it
    before, after   what came before and after
    mentions     where the articles name it
    sources      numbered list at the foot
    """

    site: Frame
    head: Head
    date: FieldView | None
    precision: str
    facts: tuple[FieldView, ...]
    positions: tuple[PartyPositions, ...]
    based: tuple[ArticleCard, ...]
    reports: tuple[OriginGroup, ...]
    origins: str
    comparisons: tuple[ComparisonView, ...]
    before: tuple[Step, ...]
    after: tuple[Step, ...]
    mentions: tuple[MentionGroup, ...]
    sources: tuple[Source, ...]
