"""The indexes of a site: which there are, what they are called, which of them a record stands in.

A section without records has no index and no entry in the navigation: no page leads to an empty list.
"""

from __future__ import annotations

from collections.abc import Iterable

from briefgen import urls
from briefgen.model import Record
from briefgen.pages.site import disputes, is_person

TITLES = {
    urls.HOME: "Briefing",
    urls.MEETINGS: "Meetings",
    urls.DELEGATIONS: "Delegations",
    urls.PEOPLE: "People",
    urls.ORGANISATIONS: "Organisations",
    urls.EVENTS: "Events",
    urls.TIMELINE: "Timeline",
    urls.TOPICS: "Topics",
    urls.PLACES: "Places",
    urls.DIFFERENCES: "Where the sources differ",
    urls.ARTICLES: "Articles",
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


def sections(records: Iterable[Record]) -> frozenset[str]:
    """The indexes that these records fill, the home page and that of the articles included."""
    found = {urls.HOME, urls.ARTICLES}
    for record in records:
        found.add(section_of(record))
        if record.kind in ("meeting", "event"):
            found.add(urls.TIMELINE)
        if any(d.members or d.cites for d in record.delegations):
            found.add(urls.DELEGATIONS)
        if record.text("at"):
            found.add(urls.PLACES)
        if disputes(record):
            found.add(urls.DIFFERENCES)
    return frozenset(found)
