"""All dated meetings and events in one line (timeline.html)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefgen import edtf, urls
from briefgen.model import Record
from briefgen.pages.frame import frame
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site, date_of
from briefgen.pages.talks import dated, precision
from briefgen.pages.views import (
    Frame,
    Happening,
    Source,
)


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A meeting or event.

    happening  link, kind in words, date with evidence
    meeting    true for a meeting
    precision  in words ("day", "month", "one day in this span, inferred"), plain text
    """

    happening: Happening
    meeting: bool
    precision: str


@dataclass(frozen=True, slots=True)
class Year:
    """One year, oldest first; `heading` plain text ("2020", "Before 2020" or "Undated"), `id` for its anchor."""

    id: str
    heading: str
    entries: tuple[TimelineEntry, ...]


@dataclass(frozen=True, slots=True)
class TimelineView:
    """Template timeline.html."""

    site: Frame
    years: tuple[Year, ...]
    sources: tuple[Source, ...]


def timeline(site: Site) -> Iterator[Page]:
    """Everything that has a date, in one line; what has none stands at the end."""
    if not site.happenings:
        return
    sheet = Sheet(site, urls.TIMELINE)
    held: dict[str, list[Record]] = {}
    for record in site.happenings:
        held.setdefault(_year(record), []).append(record)
    years = tuple(
        Year(f"y{year}" if year.isdigit() else year.lower(), year, tuple(_entry(sheet, r) for r in found))
        for year, found in held.items()
    )
    view = TimelineView(
        site=frame(sheet, "Timeline", about="All meetings and events by date, each at the precision it is known."),
        years=years,
        sources=sheet.sources(),
    )
    yield Page(sheet.url, "timeline.html", view)


def _year(record: Record) -> str:
    """The year it stands under: that of its first day, or where its start is open, of its last."""
    date = date_of(record)
    if date is None:
        return "Undated"
    day = edtf.first_day(date) or edtf.last_day(date)
    return str(day[0]) if day else "Undated"


def _entry(sheet: Sheet, record: Record) -> TimelineEntry:
    shown = dated(sheet, record)
    return TimelineEntry(shown, record.kind == "meeting", precision(record))
