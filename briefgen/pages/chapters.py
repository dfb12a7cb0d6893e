"""The chapters of print.html: which there are, what each holds, and where in the document a page of the site is found.

Nothing here reads what a record says but what decides that: its type, its name in an index, its date. With too many records
chapters are left out whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from briefgen import urls
from briefgen.checks.whole import fitting
from briefgen.pages.book import CHAPTER
from briefgen.pages.differences import kind_order
from briefgen.pages.entries import Listed
from briefgen.pages.frame import frame
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Document, Site

EDITORS = "pages/"  # before the id of an editors' page
TIMELINE, RELATIONS, DISPUTED = "index.timeline", "index.relations", "index.disputed"
_INSTEAD = {urls.TIMELINE: TIMELINE, urls.RELATIONS: RELATIONS}  # of these the document holds more than a chapter


class Planned(NamedTuple):
    """A chapter: `name` of its title, the indexes it stands for, the ids it holds, what stands before them."""

    name: str
    indexes: tuple[str, ...]
    held: tuple[str, ...]
    opening: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """Its place in the document."""
        return f"{CHAPTER}{self.name}"


class Plan(NamedTuple):
    """The chapters that go in, and those for which there is no room."""

    chapters: tuple[Planned, ...]
    left_out: tuple[Planned, ...]


def plan(site: Site) -> Plan:
    """The chapters in their order, with at most `site.paper` records in them; where there is room for none, no chapter at all."""
    if not site.paper:
        return Plan((), ())
    planned = [one for one in _planned(site) if one.held or one.name == "relations"]
    kept = fitting([len(one.held) for one in planned], site.paper)
    ordered = (one._replace(held=tuple(_ordered(site, one))) for one, fits in zip(planned, kept, strict=True) if fits)
    chapters = tuple(_opened(one) for one in ordered if one.held or one.name == "relations")
    return Plan(chapters, tuple(one for one, fits in zip(planned, kept, strict=True) if not fits))


def entries(site: Site) -> Iterator[str]:
    """What the document holds, by id, in order."""
    return (one for chapter in plan(site).chapters for one in (*chapter.opening, *chapter.held))


def document(site: Site) -> Document:
    """What its entries have to know of the document."""
    return Document(_places(site), frame(Sheet(site, urls.WHOLE), site.say("print-title")))


def _places(site: Site) -> dict[str, str]:
    found: dict[str, str] = {}
    for chapter in plan(site).chapters:
        found |= {url: _INSTEAD.get(url, chapter.anchor) for url in chapter.indexes if url in site.sections}
        found |= {url: anchor(site, one) for one in chapter.held if (url := _url(site, one)) != urls.HOME}
    return found


def anchor(site: Site, one: str) -> str:
    """Where in the document an entry stands: actors/khalifa-haftar.html -> actors.khalifa-haftar"""
    if one in (TIMELINE, RELATIONS, DISPUTED):
        return one
    return one.replace("/", ".") if one.startswith(EDITORS) else site.url(one).removesuffix(".html").replace("/", ".")


def _url(site: Site, one: str) -> str:
    return urls.editors_url(one.removeprefix(EDITORS)) if one.startswith(EDITORS) else site.url(one)


def _planned(site: Site) -> Iterator[Planned]:
    editors = tuple(f"{EDITORS}{page}" for page, _ in site.menu)
    home = f"{EDITORS}index"
    yield Planned("briefing", (urls.HOME,), tuple(one for one in editors if one == home))
    yield Planned("meetings", (urls.MEETINGS, urls.DELEGATIONS), _by_date(site, "meeting"))
    yield Planned("people", (urls.PEOPLE,), _listed(site, lambda one: one.kind == "actor" and one.is_person))
    yield Planned("organisations", (urls.ORGANISATIONS,), _listed(site, lambda one: one.kind == "actor" and not one.is_person))
    yield Planned("events", (urls.EVENTS, urls.TIMELINE), _by_date(site, "event"))
    yield Planned("topics", (urls.TOPICS,), _listed(site, lambda one: one.kind == "topic"))
    yield Planned("places", (urls.PLACES,), _listed(site, lambda one: one.kind == "place"))
    yield Planned("differences", (urls.DIFFERENCES,), _listed(site, lambda one: one.kind == "comparison"))
    if urls.RELATIONS in site.sections:
        yield Planned("relations", (urls.RELATIONS,), ())
    yield Planned("articles", (urls.ARTICLES,), tuple(site.articles))
    yield Planned("editors", (), tuple(one for one in editors if one != home))


def _listed(site: Site, wanted: Callable[[Listed], bool]) -> tuple[str, ...]:
    """The records of a kind, sorted as an index shows them."""
    found = {one: listed.key for one, listed in site.listing.items() if wanted(listed)}
    return tuple(sorted(found, key=found.__getitem__))


def _by_date(site: Site, kind: str) -> tuple[str, ...]:
    return tuple(one for one in site.order if site.listing[one].kind == kind)


def _opened(chapter: Planned) -> Planned:
    """With what stands before its records: the timeline, the disputed facts; the relations are nothing else."""
    opening = {"events": TIMELINE, "relations": RELATIONS, "differences": DISPUTED}.get(chapter.name)
    return chapter._replace(opening=(opening,)) if opening else chapter


def _ordered(site: Site, chapter: Planned) -> Iterable[str]:
    """What a chapter holds in its order, without topics and places of which nothing is said but what stands in other chapters."""
    match chapter.name:
        case "topics":
            return _saying_something(site, chapter.held, "topics")
        case "places":
            return _saying_something(site, chapter.held, "place")
        case "differences":
            return sorted(chapter.held, key=lambda one: kind_order(site.types[one][1]))
        case "articles":
            return sorted(chapter.held, key=lambda one: site.imprints[one].order)
    return chapter.held


def _saying_something(site: Site, ids: Iterable[str], field: str) -> Iterator[str]:
    for one in ids:
        if site.naming(field, one) or site.naming("part_of", one) or site.records[one].notes:
            yield one
