"""The index of topics and their pages (topics.html, topics/ID.html)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from briefgen import urls
from briefgen.model import Record
from briefgen.pages.around import comparisons_about, mentions_of, relations_of
from briefgen.pages.facts import field_views
from briefgen.pages.frame import frame
from briefgen.pages.heads import head
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site
from briefgen.pages.steps import Where, held_where
from briefgen.pages.talks import position_view
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


def topic_pages(site: Site) -> Iterator[Page]:
    """The index of topics, if there are any, and a page for each."""
    topics = site.of_kind("topic")
    if topics:
        yield _index(Sheet(site, urls.TOPICS), topics)
    for record in topics:
        sheet = Sheet(site, site.url(record.id), record.id)
        yield Page(sheet.url, "topic.html", _view(sheet, record))


def _index(sheet: Sheet, topics: tuple[Record, ...]) -> Page:
    view = TopicsView(
        site=frame(sheet, "Topics", about="What was talked about, and where."),
        topics=tuple(_entry(sheet, r) for r in topics),
        sources=sheet.sources(),
    )
    return Page(sheet.url, "topics.html", view)


def _entry(sheet: Sheet, record: Record) -> TopicEntry:
    return TopicEntry(
        link=sheet.link(record.id),
        note=sheet.note(record.notes.get("")),
        happenings=len(sheet.site.naming("topics", record.id)),
        positions=len(sheet.site.said_about.get(record.id, ())),
        mentions=len(sheet.site.mentions.get(record.id, ())),
    )


def _view(sheet: Sheet, record: Record) -> TopicView:
    return TopicView(
        site=frame(sheet, record.name, about=f"{record.name}: the meetings and statements about it.", section=urls.TOPICS),
        head=head(sheet, record),
        statements=field_views(sheet, record, ("part_of",)),
        parts=tuple(sheet.link(b.record.id) for b in sheet.site.naming("part_of", record.id)),
        happenings=tuple(_step(w) for w in held_where(sheet, "topics", record.id)),
        positions=tuple(position_view(sheet, s) for s in sheet.site.said_about.get(record.id, ())),
        relations=tuple(r for held in relations_of(sheet, record.id) for r in held),
        comparisons=comparisons_about(sheet, record.id),
        mentions=mentions_of(sheet, record.id),
        sources=sheet.sources(),
    )


def _step(where: Where) -> TopicStep:
    return TopicStep(where.happening, where.field)
