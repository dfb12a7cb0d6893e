"""The indexes of a site: which there are, what they are called, which of them a record stands in.

A section without records has no index and no entry in the navigation: no page leads to an empty list.
"""

from __future__ import annotations

from collections.abc import Iterable

from briefgen import edtf, urls
from briefgen.model import Record
from briefgen.pages.site import disputes, is_person

# What each is called: ids of the catalogue.
TITLES = {
    urls.HOME: "title-home",
    urls.MEETINGS: "title-meetings",
    urls.DELEGATIONS: "title-delegations",
    urls.PEOPLE: "title-people",
    urls.ORGANISATIONS: "title-organisations",
    urls.RELATIONS: "title-relations",
    urls.EVENTS: "title-events",
    urls.TIMELINE: "title-timeline",
    urls.TOPICS: "title-topics",
    urls.PLACES: "title-places",
    urls.DIFFERENCES: "title-differences",
    urls.ARTICLES: "title-articles",
}


def section_of(record: Record) -> str:
    """The index a record stands in."""
    if record.kind == "actor":
        return urls.PEOPLE if is_person(record) else urls.ORGANISATIONS
    return {
        "meeting": urls.MEETINGS,
        "event": urls.EVENTS,
        "topic": urls.TOPICS,
        "place": urls.PLACES,
        "comparison": urls.DIFFERENCES,
    }[record.kind]


def sections(records: Iterable[Record], articles: Iterable[Record] = ()) -> frozenset[str]:
    """The indexes that these records fill, the home page and that of the articles included, and the feed where it has entries."""
    return frozenset((urls.HOME, urls.ARTICLES)).union(*(filled(r) for r in records), *(filled(a) for a in articles))


def filled(record: Record) -> frozenset[str]:
    """What a record or article stands in besides its own page."""
    found = set()
    if record.kind != "article":
        found.add(section_of(record))
    if record.all("changed"):
        found.add(urls.CORRECTIONS)
    if record.kind in ("meeting", "event"):
        found.add(urls.TIMELINE)
    if record.kind == "actor" and (record.all("leader") or record.all("part_of")):
        found.add(urls.RELATIONS)
    if any(d.members or d.cites for d in record.delegations):
        found.add(urls.DELEGATIONS)
    if record.text("at"):
        found.add(urls.PLACES)
    if record.kind != "article" and disputes(record):
        found.add(urls.DIFFERENCES)
    if _has_day(record):
        found.add(urls.FEED)
    return frozenset(found)


def _has_day(record: Record) -> bool:
    """Whether there is a day by which the feed can order it."""
    given = (*(v.text for name in ("date", "published") for v in record.all(name)), *(v.key for v in record.all("changed")))
    dates = (edtf.parse(text) for text in given)
    return any(edtf.last_day(d) or edtf.first_day(d) for d in dates if not isinstance(d, str))
