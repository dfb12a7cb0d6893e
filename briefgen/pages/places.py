"""The index of places and their pages (places.html, places/ID.html). A state with coordinates stands in the index too."""

from __future__ import annotations

from dataclasses import dataclass

from briefgen.pages.views import (
    ComparisonView,
    FieldView,
    Frame,
    Happening,
    Head,
    Link,
    MentionGroup,
    RelationView,
    Source,
)


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place in the index: link (to its page, for a state to its profile), kind in words, its coordinates as displayed, counts."""

    link: Link
    kind: str
    at: str
    happenings: int
    mentions: int


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """Places of one country; `heading` plain text, `id` for its anchor."""

    id: str
    heading: str
    places: tuple[PlaceEntry, ...]


@dataclass(frozen=True, slots=True)
class PlacesView:
    """Template places.html."""

    site: Frame
    groups: tuple[PlaceGroup, ...]
    total: int


@dataclass(frozen=True, slots=True)
class PlaceStep:
    """What happened there, with the fact that says so (value: the place; use its evidence and labels)."""

    happening: Happening
    place: FieldView


@dataclass(frozen=True, slots=True)
class PlaceView:
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
    happenings: tuple[PlaceStep, ...]
    relations: tuple[RelationView, ...]
    comparisons: tuple[ComparisonView, ...]
    mentions: tuple[MentionGroup, ...]
    sources: tuple[Source, ...]
