"""The briefing itself (index.html), from content/index.md."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from briefgen.pages.views import (
    ArticleCard,
    Frame,
    Happening,
    Source,
)


@dataclass(frozen=True, slots=True)
class HomeView:
    """Template home.html.

    title       of content/index.md, plain text; print it as the h1
    prose       safe HTML, the editors' briefing with its markers [n] and cards; empty where there is no index.md
    latest      the latest meetings, newest first, at most four
    articles    all articles, at most six
    conflicts   how many comparisons there are
    disputed    how many fields in which the sources differ
    people, organisations, meetings, events, sources_read   counts for the cards
    differences href of the page "Where the sources differ"
    indexes     links to the indexes, with a text each
    sources     numbered list at the foot
    """

    site: Frame
    title: str
    prose: Markup
    latest: tuple[Happening, ...]
    articles: tuple[ArticleCard, ...]
    conflicts: int
    disputed: int
    people: int
    organisations: int
    meetings: int
    events: int
    sources_read: int
    differences: str
    sources: tuple[Source, ...]
