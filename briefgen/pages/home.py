"""The briefing itself (index.html), from content/index.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from briefgen import urls
from briefgen.model import EditorsPage
from briefgen.pages.cards import article_card, in_order
from briefgen.pages.differences import kind_order
from briefgen.pages.drawn import latest_timeline
from briefgen.pages.frame import frame
from briefgen.pages.html import EMPTY
from briefgen.pages.pictures.timeline import TimelinePicture
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site
from briefgen.pages.talks import dated
from briefgen.pages.views import (
    ArticleCard,
    Count,
    Frame,
    Happening,
    Link,
    Source,
)


class HomeView(NamedTuple):
    """Template home.html.

    title       of content/index.md, plain text; print it as the h1
    prose       safe HTML, the editors' briefing with its markers [n] and cards; empty where there is no index.md
    latest      the latest meetings, newest first, at most four
    timeline    a picture of what happened, at most the twenty latest; None for fewer than two dates
    earlier     how many dated ones are not in it; whole: href of the timeline page
    articles    all articles, at most six
    contrasts   comparisons to begin with, the richest of each kind in the order of the page of all, at most five
    conflicts   how many comparisons there are
    disputed    how many fields in which the sources differ
    counts      what the site holds, for a row of figures
    differences href of the page "Where the sources differ", "" where there is none
    sources     numbered list at the foot
    """

    site: Frame
    title: str
    prose: Markup
    latest: tuple[Happening, ...]
    timeline: TimelinePicture | None
    earlier: int
    whole: str
    articles: tuple[ArticleCard, ...]
    contrasts: tuple[Link, ...]
    conflicts: int
    disputed: int
    counts: tuple[Count, ...]
    differences: str
    sources: tuple[Source, ...]


LATEST = 4
ARTICLES = 6
CONTRASTS = 5


def home(site: Site) -> Iterator[Page]:
    """The briefing; where there is no index.md, the figures and the latest meetings alone."""
    sheet = Sheet(site, urls.HOME)
    page = next((p for p in site.pages if p.id == "index"), None)
    yield Page(sheet.url, "home.html", _view(sheet, page))


def _view(sheet: Sheet, page: EditorsPage | None) -> HomeView:
    site = sheet.site
    meetings = [r for r in site.happenings if r.kind == "meeting"]
    title = page.title if page else site.briefing.site.name
    line, earlier = latest_timeline(sheet)
    return HomeView(
        site=frame(sheet, "", about=site.briefing.site.text("description")),
        title=title,
        prose=sheet.prose(page.prose) if page else EMPTY,
        latest=tuple(dated(sheet, r) for r in meetings[: -LATEST - 1 : -1]),
        timeline=line,
        earlier=earlier,
        whole=sheet.href(urls.TIMELINE),
        articles=tuple(article_card(sheet, a) for a in in_order(site.articles.values())[:ARTICLES]),
        contrasts=_contrasts(sheet),
        conflicts=len(site.of_kind("comparison")),
        disputed=sum(map(len, site.disputed.values())),
        counts=tuple(_counts(sheet)),
        differences=sheet.href(urls.DIFFERENCES) if urls.DIFFERENCES in site.sections else "",
        sources=sheet.sources(),
    )


def _contrasts(sheet: Sheet) -> tuple[Link, ...]:
    """One comparison of each kind, that which sets the most passages side by side: no kind is preferred to another."""
    first: dict[str, str] = {}
    for record in sorted(sheet.site.of_kind("comparison"), key=lambda r: -len(r.says)):
        first.setdefault(record.text("kind"), record.id)
    return tuple(sheet.link(first[kind]) for kind in sorted(first, key=kind_order)[:CONTRASTS])


def _counts(sheet: Sheet) -> Iterator[Count]:
    site = sheet.site
    # Of the types alone, which a name that changes leaves as they are.
    kinds = Counter(kind for kind, _ in site.types.values())
    people = sum(1 for kind, of in site.types.values() if kind == "actor" and of in ("", "person"))
    figures = (
        (urls.MEETINGS, kinds["meeting"], "figure-meetings"),
        (urls.EVENTS, kinds["event"], "figure-events"),
        (urls.PEOPLE, people, "figure-people"),
        (urls.ORGANISATIONS, kinds["actor"] - people, "figure-organisations"),
        (urls.ARTICLES, len(site.articles), "figure-articles"),
    )
    for url, number, figure in figures:
        if number:
            yield Count(sheet.href(url), site.say(figure, n=number), number)
