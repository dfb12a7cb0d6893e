"""The index of events (events.html)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from briefgen import urls
from briefgen.model import Record
from briefgen.pages import wording
from briefgen.pages.frame import frame
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site
from briefgen.pages.talks import dated
from briefgen.pages.views import (
    Frame,
    Happening,
    Source,
)


class EventGroup(NamedTuple):
    """The events of one kind; `heading` in words ("Statements"), `id` for its anchor. By date, oldest first."""

    id: str
    heading: str
    events: tuple[Happening, ...]


class EventsView(NamedTuple):
    """Template events.html."""

    site: Frame
    groups: tuple[EventGroup, ...]
    total: int
    sources: tuple[Source, ...]


def event_index(site: Site) -> Iterator[Page]:
    """The index of events, if there are any; kinds in the order of their first event."""
    events = [r for r in site.happenings if r.kind == "event"]
    if not events:
        return
    sheet = Sheet(site, urls.EVENTS)
    kinds = dict.fromkeys(r.text("kind") for r in events)
    groups = tuple(_group(sheet, kind, (r for r in events if r.text("kind") == kind)) for kind in kinds)
    view = EventsView(
        site=frame(sheet, site.say("title-events"), about=site.say("about-events")),
        groups=groups,
        total=len(events),
        sources=sheet.sources(),
    )
    yield Page(sheet.url, "events.html", view)


def _group(sheet: Sheet, kind: str, events: Iterable[Record]) -> EventGroup:
    say = sheet.site.say
    heading = wording.heading(say, kind) if kind else say("events-other")
    return EventGroup(f"kind-{kind or 'other'}", heading, tuple(dated(sheet, r) for r in events))
