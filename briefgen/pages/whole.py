"""The whole briefing as one document to print (print.html), and the line that printed pages carry at their foot.

No fact is written down twice over: each chapter holds the views and templates of the single pages, on one sheet, so that a
passage has one number and one note in the whole document. What a single page shows of other records (positions, relations,
mentions, comparisons) stands here in its own chapter only: the chapters read from a site that lacks the rest.
No clock: the document is dated by what it rests on. With too many records it leaves chapters out, and says which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markupsafe import Markup

from briefgen import edtf, urls
from briefgen.checks.whole import fitting
from briefgen.model import Article, EditorsPage, Record
from briefgen.pages import dates, html
from briefgen.pages.actor import actor_view
from briefgen.pages.article import article_view
from briefgen.pages.book import CHAPTER, Book
from briefgen.pages.cards import in_order
from briefgen.pages.differences import comparison_page, difference_index, kind_order
from briefgen.pages.event import event_view
from briefgen.pages.frame import frame
from briefgen.pages.meeting import meeting_view
from briefgen.pages.places import place_view
from briefgen.pages.prose import prose_view
from briefgen.pages.relations import relations_view
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site, date_of, is_person
from briefgen.pages.timeline import timeline_view
from briefgen.pages.topics import topic_view
from briefgen.pages.views import Count, Frame, Source


class Entry(NamedTuple):
    """One page as a part of a chapter.

    id         its anchor; every id inside it begins so
    name       what the contents call it, plain text; "" where the chapter's own line is enough
    lang, dir  of the name, "" where they are the site's
    page       the template that shows it: actor article comparison differences event meeting place prose relations timeline topic
    view       that template's view
    """

    id: str
    name: str
    lang: str
    dir: str
    page: str
    view: object


class Chapter(NamedTuple):
    """A chapter: its anchor, its title, what it holds."""

    id: str
    title: str
    entries: tuple[Entry, ...]


class WholeView(NamedTuple):
    """Template print.html: a cover, contents, the chapters, one set of numbered notes.

    address    full address of the site, "" where it has none
    articles   how many articles it rests on; origins: how many origins those have; passages: how many notes there are
    outlets    who published them, plain text, each once
    latest     the latest date of publication among them, as displayed, may be empty
    left_out   chapters that would make it too long: title, index page, number of records
    notes      each passage once over the whole document
    """

    site: Frame
    address: str
    articles: int
    origins: int
    passages: int
    outlets: tuple[str, ...]
    latest: str
    chapters: tuple[Chapter, ...]
    left_out: tuple[Count, ...]
    notes: tuple[Source, ...]


class FootView(NamedTuple):
    """Template print-name.html (a style sheet): the site's name as a CSS string, and the side of the page it stands on."""

    name: Markup
    side: str
    other: str


class Planned(NamedTuple):
    """A chapter before it is written: `name` of its title, the indexes it stands for, what it will hold; `opens`: not only that."""

    name: str
    indexes: tuple[str, ...]
    held: tuple[Record | Article | EditorsPage, ...]
    opens: bool = False


_OPENINGS = {urls.TIMELINE: "index.timeline", urls.RELATIONS: "index.relations"}


def whole(site: Site) -> Iterator[Page]:
    """The document, with at most `site.paper` records in it, and the foot of all printed pages."""
    planned = [p for p in _plan(site) if p.held or p.opens]
    kept = fitting([len(p.held) for p in planned], site.paper)
    spoken = (_speaking(site, p) for p, fits in zip(planned, kept, strict=True) if fits)
    chapters = [p for p in spoken if p.held or p.opens]
    book = Book(site, urls.WHOLE, dict(_places(site, chapters)))
    book.frame = surround = frame(Sheet(site, urls.WHOLE), site.say("print-title"))
    written = tuple(_chapter(book, one) for one in chapters)
    left = tuple(_count(book, p) for p, fits in zip(planned, kept, strict=True) if not fits)
    yield Page(urls.WHOLE, "print.html", _view(book, surround, written, left))
    yield _foot(site)


# ---------------------------------------------------------------- what it holds


def _plan(site: Site) -> Iterator[Planned]:
    """The chapters in their order."""
    actors = site.of_kind("actor")
    comparisons = sorted(site.of_kind("comparison"), key=lambda r: kind_order(r.text("kind")))
    yield Planned("briefing", (urls.HOME,), tuple(p for p in site.pages if p.id == "index"))
    yield Planned("meetings", (urls.MEETINGS, urls.DELEGATIONS), tuple(r for r in site.happenings if r.kind == "meeting"))
    yield Planned("people", (urls.PEOPLE,), tuple(r for r in actors if is_person(r)))
    yield Planned("organisations", (urls.ORGANISATIONS,), tuple(r for r in actors if not is_person(r)))
    yield Planned("events", (urls.EVENTS, urls.TIMELINE), tuple(r for r in site.happenings if r.kind == "event"))
    yield Planned("topics", (urls.TOPICS,), site.of_kind("topic"))
    yield Planned("places", (urls.PLACES,), site.of_kind("place"))
    yield Planned("differences", (urls.DIFFERENCES,), tuple(comparisons))
    yield Planned("relations", (urls.RELATIONS,), (), opens=urls.RELATIONS in site.sections)
    yield Planned("articles", (urls.ARTICLES,), in_order(site.articles.values()))
    yield Planned("editors", (), tuple(p for p in site.pages if p.id != "index"))


def _speaking(site: Site, planned: Planned) -> Planned:
    """Without topics and places of which there is nothing to say but a name and what stands in other chapters."""
    field = {"topics": "topics", "places": "place"}.get(planned.name)
    if not field:
        return planned
    return planned._replace(held=tuple(r for r in planned.held if _says_something(site, r.id, field)))


def _says_something(site: Site, record_id: str, field: str) -> bool:
    return bool(site.naming(field, record_id) or site.naming("part_of", record_id) or site.records[record_id].notes)


def _places(site: Site, chapters: Iterable[Planned]) -> Iterator[tuple[str, str]]:
    """Where the document holds which page."""
    for chapter in chapters:
        yield from ((url, _OPENINGS.get(url, _chapter_id(chapter))) for url in chapter.indexes if url in site.sections)
        yield from ((_url(site, one), _anchor(site, one)) for one in chapter.held if _url(site, one) != urls.HOME)


def _url(site: Site, one: Record | Article | EditorsPage) -> str:
    return urls.editors_url(one.id) if isinstance(one, EditorsPage) else site.url(one.id)


def _anchor(site: Site, one: Record | Article | EditorsPage) -> str:
    """actors/khalifa-haftar.html -> actors.khalifa-haftar"""
    if isinstance(one, EditorsPage):
        return f"pages.{one.id}"
    return _url(site, one).removesuffix(".html").replace("/", ".")


def _chapter_id(chapter: Planned) -> str:
    return f"{CHAPTER}{chapter.name}"


def _count(book: Book, planned: Planned) -> Count:
    index = book.href(planned.indexes[0]) if planned.indexes else ""
    return Count(index, book.site.say(f"print.{planned.name}"), len(planned.held))


# ---------------------------------------------------------------- chapters


def _chapter(book: Book, planned: Planned) -> Chapter:
    reading = book.reading(book.site if planned.name in ("articles", "differences", "relations") else _alone(book.site))
    opening = tuple(_opening(reading, planned))
    return Chapter(
        id=_chapter_id(planned),
        title=book.site.say(f"print.{planned.name}"),
        entries=(*opening, *(_entry(reading, one) for one in planned.held)),
    )


def _alone(site: Site) -> Site:
    """The site without what stands in chapters of its own: positions, relations, comparisons, dates, the articles' texts."""
    backrefs = {key: held for key, held in site.backrefs.items() if key[0] != "about"}
    return site.but(said_by={}, said_about={}, related={}, mentions={}, neighbours={}, backrefs=backrefs)


def _opening(book: Book, planned: Planned) -> Iterator[Entry]:
    """What stands before the records of a chapter: the timeline, the disputed facts; the relations are nothing else."""
    if planned.name == "events":
        yield Entry(_OPENINGS[urls.TIMELINE], book.site.say("print-timeline"), "", "", "timeline", timeline_view(book))
    if planned.opens:
        yield Entry(_OPENINGS[urls.RELATIONS], book.site.say("print.relations"), "", "", "relations", relations_view(book))
    if planned.name == "differences":
        disputed = difference_index(book, ())
        if disputed.disputed:
            yield Entry("index.disputed", book.site.say("print-disputed"), "", "", "differences", disputed)


def _entry(book: Book, one: Record | Article | EditorsPage) -> Entry:
    at = _anchor(book.site, one)
    if isinstance(one, EditorsPage):
        return Entry(at, one.title, "", "", "prose", prose_view(book, one))
    if isinstance(one, Article):
        link = book.link(one.id)
        return Entry(at, link.text, link.lang, link.dir, "article", article_view(book, one))
    match one.kind:
        case "actor":
            view: object = actor_view(book, one)
        case "meeting":
            view = meeting_view(book, one)
        case "event":
            view = event_view(book, one)
        case "topic":
            view = topic_view(book, one)
        case "place":
            view = place_view(book, one)
        case "comparison":
            view = comparison_page(book, one)
    return Entry(at, one.name, "", "", one.kind, view)


# ---------------------------------------------------------------- cover and notes


def _view(book: Book, surround: Frame, chapters: tuple[Chapter, ...], left_out: tuple[Count, ...]) -> WholeView:
    site = book.site
    notes = book.endnotes()
    articles = in_order(site.articles.values())
    dated = [date for a in articles if (date := date_of(a.record))]
    return WholeView(
        site=surround,
        address=urls.absolute(site.base_url, urls.HOME),
        articles=len(articles),
        origins=len({a.origin for a in articles}),
        passages=len(notes),
        outlets=tuple(dict.fromkeys(a.record.text("publisher") for a in articles if a.record.text("publisher"))),
        latest=dates.shown(site.say, max(dated, key=edtf.sort_key)) if dated else "",
        chapters=chapters,
        left_out=left_out,
        notes=notes,
    )


def _foot(site: Site) -> Page:
    rtl = html.direction(site.briefing.site.text("language", "en")) == "rtl"
    side, other = ("right", "left") if rtl else ("left", "right")
    return Page(urls.PRINT_NAME, "print-name.html", FootView(html.css_string(site.briefing.site.name), side, other))
