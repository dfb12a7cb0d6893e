"""The index of meetings (meetings.html)."""

from __future__ import annotations

from dataclasses import dataclass

from briefgen.pages.views import (
    Fact,
    Frame,
    Happening,
    Link,
    Source,
)


@dataclass(frozen=True, slots=True)
class MeetingCard:
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


@dataclass(frozen=True, slots=True)
class MeetingsView:
    """Template meetings.html; meetings by date, oldest first."""

    site: Frame
    meetings: tuple[MeetingCard, ...]
    sources: tuple[Source, ...]
