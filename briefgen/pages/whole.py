"""The whole briefing as one document to print (print.html), and the line that printed pages carry at their foot.

Here are its cover and its contents; what stands in it is made entry by entry (`leaves.py`), and bound when all entries are there:
a passage has one number and one note in the whole document. No clock: the document is dated by what it rests on. With too many
records it leaves chapters out, and says which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import is_
from typing import NamedTuple, cast

from markupsafe import Markup

from briefgen import edtf, urls
from briefgen.binding import APART, Bound, bundles
from briefgen.pages import chapters, dates, html
from briefgen.pages.chapters import EDITORS, Plan, Planned
from briefgen.pages.frame import frame
from briefgen.pages.leaves import cited
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site
from briefgen.pages.views import Count, Frame


class Entry(NamedTuple):
    """One entry of a chapter in the contents.

    of         the id of what it is about
    id         its anchor; every id inside it begins so
    name       what the contents call it, plain text; "" where the chapter's own line is enough
    lang, dir  of the name, "" where they are the site's
    """

    of: str
    id: str
    name: str
    lang: str
    dir: str


class Chapter(NamedTuple):
    """A chapter: its anchor, its title, what it holds."""

    id: str
    title: str
    entries: tuple[Entry, ...]


class WholeView(NamedTuple):
    """Template print.html: a cover, contents, places for the entries of all chapters, and one for their notes.

    address    full address of the site, "" where it has none
    articles   how many articles it rests on; origins: how many origins those have; passages: how many notes there are
    outlets    who published them, plain text, each once
    latest     the latest date of publication among them, as displayed, may be empty
    left_out   chapters that would make it too long: title, index page, number of records
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


class FootView(NamedTuple):
    """Template print-name.html (a style sheet): the site's name as a CSS string, and the side of the page it stands on."""

    name: Markup
    side: str
    other: str


def whole(site: Site) -> Iterator[Page]:
    """The document before it is bound (without a template: it is no file yet), and the foot of all printed pages."""
    yield Page(urls.WHOLE, "", _view(site, chapters.plan(site)))
    yield _foot(site)


# ---------------------------------------------------------------- cover and contents


def _view(site: Site, plan: Plan) -> WholeView:
    sheet = Sheet(site, urls.WHOLE)
    imprints = sorted(site.imprints.values(), key=lambda one: one.order)
    dated = [one.date for one in imprints if one.date]
    return WholeView(
        site=frame(sheet, site.say("print-title")),
        address=urls.absolute(site.base_url, urls.HOME),
        articles=len(imprints),
        origins=len({one.origin for one in imprints}),
        passages=0,
        outlets=tuple(dict.fromkeys(one.publisher for one in imprints if one.publisher)),
        latest=dates.shown(site.say, max(dated, key=edtf.sort_key)) if dated else "",
        chapters=tuple(_chapter(sheet, one) for one in plan.chapters),
        left_out=tuple(_count(sheet, one) for one in plan.left_out),
    )


def _chapter(sheet: Sheet, planned: Planned) -> Chapter:
    names = dict(sheet.site.menu) if planned.name in ("briefing", "editors") else {}
    entries = tuple(_entry(sheet, one, names) for one in (*planned.opening, *planned.held))
    return Chapter(planned.anchor, sheet.site.say(f"print.{planned.name}"), entries)


_OPENINGS = {chapters.TIMELINE: "print-timeline", chapters.RELATIONS: "print.relations", chapters.DISPUTED: "print-disputed"}


def _entry(sheet: Sheet, one: str, editors: dict[str, str]) -> Entry:
    at = chapters.anchor(sheet.site, one)
    if one in _OPENINGS:
        return Entry(one, at, sheet.site.say(_OPENINGS[one]), "", "")
    if one.startswith(EDITORS):
        return Entry(one, at, editors[one.removeprefix(EDITORS)], "", "")
    link = sheet.link(one)
    return Entry(one, at, link.text, link.lang, link.dir)


def _count(sheet: Sheet, planned: Planned) -> Count:
    index = sheet.href(planned.indexes[0]) if planned.indexes else ""
    return Count(index, sheet.site.say(f"print.{planned.name}"), len(planned.held))


def _foot(site: Site) -> Page:
    rtl = html.direction(site.briefing.site.text("language", "en")) == "rtl"
    side, other = ("right", "left") if rtl else ("left", "right")
    return Page(urls.PRINT_NAME, "print-name.html", FootView(html.css_string(site.briefing.site.name), side, other))


# ---------------------------------------------------------------- bound


class Bindery(NamedTuple):
    """The document as it was bound last: the pages it was made of, and itself."""

    pages: tuple[Page, ...]
    document: Page


def bound(before: Bindery | None, unbound: Page, entry: Callable[[str], tuple[Page, ...]]) -> Bindery:
    """The document of its cover and its entries (by id; of some there may be nothing); the very same page of the same pages."""
    view = cast("WholeView", unbound.view)
    held = {one.of: entry(one.of) for chapter in view.chapters for one in chapter.entries}
    pages = (unbound, *(page for found in held.values() for page in found))
    if before and len(before.pages) == len(pages) and all(map(is_, before.pages, pages)):
        return before
    there = {one: found for one, found in held.items() if found}
    each = tuple(bundles(cited(found) for found in there.values()))
    shell = Page(f"{urls.WHOLE}{APART}", "print.html", _complete(view, there, sum(len(one.first) for one in each)))
    parts = tuple(found[0] for found in there.values())
    return Bindery(pages, Page(urls.WHOLE, shell.template, Bound(shell, parts, each)))


def _complete(view: WholeView, there: Iterable[str], passages: int) -> WholeView:
    """With the number of notes, and without entries that turned out to be empty."""
    ids = frozenset(there)
    return view._replace(chapters=tuple(_without(one, ids) for one in view.chapters), passages=passages)


def _without(chapter: Chapter, ids: frozenset[str]) -> Chapter:
    held = tuple(one for one in chapter.entries if one.of in ids)
    return chapter if len(held) == len(chapter.entries) else chapter._replace(entries=held)
