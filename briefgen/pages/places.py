"""The index of places and their pages (places.html, places/ID.html). A state with coordinates stands in the index too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from briefgen import urls
from briefgen.model import Record
from briefgen.pages import wording
from briefgen.pages.around import comparisons_about, mentions_of, relations_of
from briefgen.pages.facts import country_link, field_views
from briefgen.pages.frame import frame
from briefgen.pages.heads import head
from briefgen.pages.kinds import each_of
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site
from briefgen.pages.steps import Where, held_where
from briefgen.pages.views import (
    ComparisonView,
    FieldView,
    Frame,
    Head,
    Link,
    MentionGroup,
    RelationView,
    Source,
)


class PlaceEntry(NamedTuple):
    """A place in the index: link (to its page, for a state to its profile), kind in words, its coordinates as displayed, counts."""

    link: Link
    kind: str
    at: str
    happenings: int
    mentions: int


class PlaceGroup(NamedTuple):
    """Places of one country; `heading` plain text, `id` for its anchor."""

    id: str
    heading: str
    places: tuple[PlaceEntry, ...]


class PlacesView(NamedTuple):
    """Template places.html."""

    site: Frame
    groups: tuple[PlaceGroup, ...]
    total: int


class PlaceView(NamedTuple):
    """Template place.html, in this order.

    head        names, kind, country, coordinates, the editors' note
    statements  kind, country and part_of, marked as the editors'
    parts       links to places that are part of it
    happenings  what happened there, by date
    relations   relations it stands in
    comparisons, mentions, sources   as elsewhere
    """

    site: Frame
    head: Head
    statements: tuple[FieldView, ...]
    parts: tuple[Link, ...]
    happenings: tuple[Where, ...]
    relations: tuple[RelationView, ...]
    comparisons: tuple[ComparisonView, ...]
    mentions: tuple[MentionGroup, ...]
    sources: tuple[Source, ...]


def place_index(site: Site) -> Iterator[Page]:
    """The index of places, with every state that has coordinates."""
    places = site.of_kind("place")
    placed = tuple(r for r in site.of_kind("actor") if r.text("at"))
    if places or placed:
        yield _index(Sheet(site, urls.PLACES), (*placed, *places))


@each_of("place")
def place_pages(site: Site, place: str) -> Page:
    """A page for each place."""
    sheet = Sheet(site, site.url(place), place)
    return Page(sheet.url, "place.html", place_view(sheet, site.records[place]))


def _index(sheet: Sheet, places: tuple[Record, ...]) -> Page:
    held: dict[str, list[Record]] = {}
    for record in places:
        held.setdefault(record.text("country"), []).append(record)
    groups = (_group(sheet, country, found) for country, found in held.items())
    view = PlacesView(
        site=frame(sheet, sheet.site.say("title-places"), about=sheet.site.say("about-places")),
        groups=tuple(sorted(groups, key=lambda g: (g.id == "elsewhere", g.heading))),
        total=len(places),
    )
    return Page(sheet.url, "places.html", view)


def _group(sheet: Sheet, country: str, places: Iterable[Record]) -> PlaceGroup:
    heading = country_link(sheet, country).text if country else sheet.site.say("group-elsewhere")
    return PlaceGroup(f"country-{country.lower()}" if country else "elsewhere", heading, tuple(_entry(sheet, r) for r in places))


def _entry(sheet: Sheet, record: Record) -> PlaceEntry:
    return PlaceEntry(
        link=sheet.link(record.id),
        kind=wording.word(sheet.site.say, "kind", record.text("kind")),
        at=record.text("at"),
        happenings=len(sheet.site.naming("place", record.id)),
        mentions=len(sheet.site.mentions.get(record.id, ())),
    )


def place_view(sheet: Sheet, record: Record) -> PlaceView:
    """One place, on a sheet of any document."""
    return PlaceView(
        site=frame(sheet, record.name, about=sheet.site.say("about-place", name=record.name), section=urls.PLACES),
        head=head(sheet, record),
        statements=field_views(sheet, record, ("kind", "country", "part_of")),
        parts=tuple(sheet.link(b.record.id) for b in sheet.site.naming("part_of", record.id)),
        happenings=held_where(sheet, "place", record.id),
        relations=tuple(r for held in relations_of(sheet, record.id) for r in held),
        comparisons=comparisons_about(sheet, record.id),
        mentions=mentions_of(sheet, record.id),
        sources=sheet.sources(),
    )
