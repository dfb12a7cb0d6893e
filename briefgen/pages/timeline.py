"""All dated meetings and events in one line (timeline.html)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from briefgen import urls
from briefgen.model import Record
from briefgen.pages.drawn import timelines, year_of, year_place
from briefgen.pages.frame import frame
from briefgen.pages.pictures.timeline import TimelinePicture
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site
from briefgen.pages.talks import dated, precision
from briefgen.pages.views import (
    Frame,
    Happening,
    Source,
)


class TimelineEntry(NamedTuple):
    """A meeting or event.

    happening  link, kind in words, date with evidence
    meeting    true for a meeting
    precision  in words ("day", "month", "one day in this span, inferred"), plain text
    number     its number in the picture, 0 where that has names
    """

    happening: Happening
    meeting: bool
    precision: str
    number: int


class Year(NamedTuple):
    """One year, oldest first; `heading` plain text ("2020", "Before 2020" or "Undated"), `id` for its anchor."""

    id: str
    heading: str
    entries: tuple[TimelineEntry, ...]


class TimelineView(NamedTuple):
    """Template timeline.html; `pictures` of all that has a date, mostly one."""

    site: Frame
    pictures: tuple[TimelinePicture, ...]
    years: tuple[Year, ...]
    sources: tuple[Source, ...]


def timeline(site: Site) -> Iterator[Page]:
    """Everything that has a date, in one line; what has none stands at the end."""
    if site.happenings:
        sheet = Sheet(site, urls.TIMELINE)
        yield Page(sheet.url, "timeline.html", timeline_view(sheet))


def timeline_view(sheet: Sheet) -> TimelineView:
    """The line, on a sheet of any document."""
    held: dict[int, list[Record]] = {}
    for record in sheet.site.happenings:
        held.setdefault(year_of(record), []).append(record)
    undated = sheet.site.say("timeline-undated")
    pictures = timelines(sheet)
    numbers = sheet.site.order if any(p.numbered for p in pictures) else {}
    years = tuple(
        Year(year_place(year), str(year or undated), tuple(_entry(sheet, r, numbers.get(r.id, -1) + 1) for r in found))
        for year, found in held.items()
    )
    return TimelineView(
        site=frame(sheet, sheet.site.say("title-timeline"), about=sheet.site.say("about-timeline")),
        pictures=pictures,
        years=years,
        sources=sheet.sources(),
    )


def _entry(sheet: Sheet, record: Record, number: int) -> TimelineEntry:
    shown = dated(sheet, record)
    return TimelineEntry(shown, record.kind == "meeting", precision(sheet.site.say, record), number)
