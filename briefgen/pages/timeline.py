"""All dated meetings and events in one line (timeline.html)."""

from __future__ import annotations

from dataclasses import dataclass

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
