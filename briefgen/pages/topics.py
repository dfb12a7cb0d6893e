"""The index of topics and their pages (topics.html, topics/ID.html)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from briefgen import urls
from briefgen.model import Record
from briefgen.pages.around import comparisons_about, mentions_of, relations_of
from briefgen.pages.facts import field_views
from briefgen.pages.frame import frame
from briefgen.pages.heads import head
from briefgen.pages.kinds import each_of
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site
from briefgen.pages.steps import Where, held_where
from briefgen.pages.talks import position_view
from briefgen.pages.views import (
    ComparisonView,
    FieldView,
    Frame,
    Head,
    Link,
    MentionGroup,
    PositionView,
    RelationView,
    Source,
)


class TopicEntry(NamedTuple):
    """A topic in the index: link, note (safe HTML, the editors'), and how many meetings and events, positions, mentions."""

    link: Link
    note: Markup
    happenings: int
    positions: int
    mentions: int


class TopicsView(NamedTuple):
    """Template topics.html."""

    site: Frame
    topics: tuple[TopicEntry, ...]
    sources: tuple[Source, ...]


class TopicView(NamedTuple):
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
    happenings: tuple[Where, ...]
    positions: tuple[PositionView, ...]
    relations: tuple[RelationView, ...]
    comparisons: tuple[ComparisonView, ...]
    mentions: tuple[MentionGroup, ...]
    sources: tuple[Source, ...]


def topic_index(site: Site) -> Iterator[Page]:
    """The index of topics, if there are any."""
    topics = site.of_kind("topic")
    if topics:
        yield _index(Sheet(site, urls.TOPICS), topics)


@each_of("topic")
def topic_pages(site: Site, topic: str) -> Page:
    """A page for each topic."""
    sheet = Sheet(site, site.url(topic), topic)
    return Page(sheet.url, "topic.html", topic_view(sheet, site.records[topic]))


def _index(sheet: Sheet, topics: tuple[Record, ...]) -> Page:
    view = TopicsView(
        site=frame(sheet, sheet.site.say("title-topics"), about=sheet.site.say("about-topics")),
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


def topic_view(sheet: Sheet, record: Record) -> TopicView:
    """One topic, on a sheet of any document."""
    return TopicView(
        site=frame(sheet, record.name, about=sheet.site.say("about-topic", name=record.name), section=urls.TOPICS),
        head=head(sheet, record),
        statements=field_views(sheet, record, ("part_of",)),
        parts=tuple(sheet.link(b.record.id) for b in sheet.site.naming("part_of", record.id)),
        happenings=held_where(sheet, "topics", record.id),
        positions=tuple(position_view(sheet, s) for s in sheet.site.said_about.get(record.id, ())),
        relations=tuple(r for held in relations_of(sheet, record.id) for r in held),
        comparisons=comparisons_about(sheet, record.id),
        mentions=mentions_of(sheet, record.id),
        sources=sheet.sources(),
    )
