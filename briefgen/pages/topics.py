"""The index of topics and their pages (topics.html, topics/ID.html)."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from briefgen.pages.views import (
    ComparisonView,
    FieldView,
    Frame,
    Happening,
    Head,
    Link,
    MentionGroup,
    PositionView,
    RelationView,
    Source,
)


@dataclass(frozen=True, slots=True)
class TopicEntry:
    """A topic in the index: link, note (safe HTML, the editors'), and how many meetings and events, positions, mentions."""

    link: Link
    note: Markup
    happenings: int
    positions: int
    mentions: int


@dataclass(frozen=True, slots=True)
class TopicsView:
    """Template topics.html."""

    site: Frame
    topics: tuple[TopicEntry, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class TopicStep:
    """A meeting or event that was about the topic, with the fact that says so (value: the topic; use its evidence and labels)."""

    happening: Happening
    topic: FieldView


@dataclass(frozen=True, slots=True)
class TopicView:
    """Template topic.html, in this order.

    head        names, the editors' note
    statements  part_of, marked as the editors'
    parts       links to topics that are part of it
    happenings  meetings and events about it, by date
    positions   what the parties said about it
    relations   relations it stands in
    comparisons, mentions, sources   as elsewhere
    """

    site: Frame
    head: Head
    statements: tuple[FieldView, ...]
    parts: tuple[Link, ...]
    happenings: tuple[TopicStep, ...]
    positions: tuple[PositionView, ...]
    relations: tuple[RelationView, ...]
    comparisons: tuple[ComparisonView, ...]
    mentions: tuple[MentionGroup, ...]
    sources: tuple[Source, ...]
