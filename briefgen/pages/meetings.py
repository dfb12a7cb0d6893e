"""The index of meetings (meetings.html)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from briefgen import urls
from briefgen.model import Record
from briefgen.pages.drawn import traces
from briefgen.pages.facts import field_view
from briefgen.pages.frame import frame
from briefgen.pages.meeting import articles_on
from briefgen.pages.pictures.trace import TracePicture
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site
from briefgen.pages.sources import origins_label
from briefgen.pages.talks import dated
from briefgen.pages.views import (
    Fact,
    Frame,
    Happening,
    Link,
    Source,
)


class MeetingCard(NamedTuple):
    """A meeting in the index.

    happening  link, date with evidence, parties
    format     facts of `format` (may be empty)
    host       facts of `host` (links; may be empty)
    people     how many named people sat there
    articles   how many articles report it; origins: "3 articles, 1 origin" or ""
    topics     links
    """

    happening: Happening
    format: tuple[Fact, ...]
    host: tuple[Fact, ...]
    people: int
    articles: int
    origins: str
    topics: tuple[Link, ...]


class MeetingsView(NamedTuple):
    """Template meetings.html; meetings by date, oldest first; `picture` shows who met whom, None for one meeting."""

    site: Frame
    picture: TracePicture | None
    meetings: tuple[MeetingCard, ...]
    sources: tuple[Source, ...]


def meeting_index(site: Site) -> Iterator[Page]:
    """The index of meetings, if there are any."""
    meetings = [r for r in site.happenings if r.kind == "meeting"]
    if not meetings:
        return
    sheet = Sheet(site, urls.MEETINGS)
    view = MeetingsView(
        site=frame(sheet, site.say("title-meetings"), about=site.say("about-meetings")),
        picture=traces(sheet),
        meetings=tuple(meeting_card(sheet, r) for r in meetings),
        sources=sheet.sources(),
    )
    yield Page(sheet.url, "meetings.html", view)


def meeting_card(sheet: Sheet, record: Record) -> MeetingCard:
    """A meeting in the index."""
    articles = articles_on(sheet.site, record)
    return MeetingCard(
        happening=dated(sheet, record),
        format=_facts(sheet, record, "format"),
        host=_facts(sheet, record, "host"),
        people=len({m.person for d in record.delegations for m in d.members}),
        articles=len(articles),
        origins=origins_label(sheet.site, (a.id for a in articles)),
        topics=tuple(sheet.link(v.text) for v in record.all("topics")),
    )


def _facts(sheet: Sheet, record: Record, name: str) -> tuple[Fact, ...]:
    view = field_view(sheet, record, name)
    return view.facts if view else ()
