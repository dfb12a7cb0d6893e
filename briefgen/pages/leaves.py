"""What stands in print.html, entry by entry: the page of a record by its own template, as a part of a document (`binding.py`).

No fact is written down twice over: an entry is the view and the template of the single page, on another sheet. What a single page
shows of other records (positions, relations, mentions, comparisons) stands here in its own chapter only: the entries read from a
site that lacks the rest. No entry knows of another; so one that changes is the only one that is made again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, cast

from briefgen import urls
from briefgen.binding import APART
from briefgen.pages import chapters
from briefgen.pages.actor import actor_view
from briefgen.pages.article import article_view
from briefgen.pages.book import Book
from briefgen.pages.differences import comparison_page, difference_index
from briefgen.pages.entries import Backref
from briefgen.pages.event import event_view
from briefgen.pages.kinds import several
from briefgen.pages.meeting import meeting_view
from briefgen.pages.places import place_view
from briefgen.pages.prose import prose_view
from briefgen.pages.relations import relations_view
from briefgen.pages.site import Page, Site
from briefgen.pages.timeline import timeline_view
from briefgen.pages.topics import topic_view
from briefgen.pages.views import Inside

_BY_KIND = {
    "actor": actor_view,
    "meeting": meeting_view,
    "event": event_view,
    "topic": topic_view,
    "place": place_view,
    "comparison": comparison_page,
}
_INDEXES = ("differences", "relations")  # their own heading is the chapter's


class Cited(NamedTuple):
    """The passages that an entry cites, in the order of their numbers in it: "article#anchor article#anchor"."""

    passages: str


@several(chapters.entries)
def entries(site: Site, one: str) -> tuple[Page, ...]:
    """An entry with its notes, and what it cites; nothing where nothing is disputed."""
    book = Book(_reading(site, one), urls.WHOLE, site.document.places)
    book.frame = site.document.frame
    name, view = _entry(book, one)
    if one == chapters.DISPUTED and not view.disputed:
        return ()
    at = chapters.anchor(site, one)
    noted = name == "article" and bool(view.facts)
    inside = Inside(at, name, noted, 1 if name in _INDEXES else 2, book.endnotes())
    url = f"{urls.WHOLE}{APART}{at}"
    return Page(url, f"{name}.html", view._replace(site=view.site._replace(inside=inside))), Page(
        f"cited/{at}", "", Cited(book.cited())
    )


def _entry(book: Book, one: str) -> tuple[str, Any]:
    """The template that shows it (without .html), and that template's view."""
    site = book.site
    match one:
        case chapters.TIMELINE:
            return "timeline", timeline_view(book)
        case chapters.RELATIONS:
            return "relations", relations_view(book)
        case chapters.DISPUTED:
            return "differences", difference_index(book, ())
    if one.startswith(chapters.EDITORS):
        return "prose", next(prose_view(book, page) for page in site.pages if page.id == one.removeprefix(chapters.EDITORS))
    if one in site.articles:
        return "article", article_view(book, site.articles[one])
    record = site.records[one]
    return record.kind, _BY_KIND[record.kind](book, record)


# ---------------------------------------------------------------- what an entry reads


def _reading(site: Site, one: str) -> Site:
    whole = one in (chapters.RELATIONS, chapters.DISPUTED) or one in site.articles or site.types.get(one, ("",))[0] == "comparison"
    return site if whole else _alone(site)


def _alone(site: Site) -> Site:
    """The site without what stands in chapters of its own: positions, relations, comparisons, dates, the articles' texts."""
    nothing: dict[str, Any] = {"said_by": {}, "said_about": {}, "related": {}, "mentions": {}, "neighbours": {}}
    return site.but(**nothing, backrefs=_Uncompared(site.backrefs))


class _Uncompared(Mapping[tuple[str, str], tuple[Backref, ...]]):
    """Who names whom, but for comparisons; entry by entry, so that no more is read than what is asked for."""

    def __init__(self, held: Mapping[tuple[str, str], tuple[Backref, ...]]) -> None:
        self._held = held

    def __getitem__(self, key: tuple[str, str]) -> tuple[Backref, ...]:
        if key[0] == "about":
            raise KeyError(key)
        return self._held[key]

    def get(self, key: tuple[str, str], default: Any = None) -> Any:
        """As of any mapping."""
        return default if key[0] == "about" else self._held.get(key, default)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return (key for key in self._held if key[0] != "about")

    def __len__(self) -> int:
        return sum(1 for _ in self)


def cited(pages: tuple[Page, ...]) -> str:
    """What an entry cites."""
    return cast("Cited", pages[1].view).passages
