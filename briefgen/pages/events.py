"""The index of events (events.html)."""

from __future__ import annotations

from dataclasses import dataclass

from briefgen.pages.views import (
    Frame,
    Happening,
    Source,
)


@dataclass(frozen=True, slots=True)
class EventGroup:
    """The events of one kind; `heading` in words ("Statements"), `id` for its anchor. By date, oldest first."""

    id: str
    heading: str
    events: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class EventsView:
    """Template events.html."""

    site: Frame
    groups: tuple[EventGroup, ...]
    total: int
    sources: tuple[Source, ...]
