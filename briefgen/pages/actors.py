"""The indexes of people and of organisations (people.html, organisations.html)."""

from __future__ import annotations

from dataclasses import dataclass

from briefgen.pages.views import (
    Frame,
    Link,
    Source,
)


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """One actor in an index.

    link      its page
    short     short form, may be empty
    script    the name in another script (first of `names`) with its language and direction; empty strings where none
    says      one line: latest post and rank held, or the kind of organisation; plain text, may be empty
    meetings  how many meetings it sat in; mentions  how often the articles name it
    """

    link: Link
    short: str
    script: str
    lang: str
    dir: str
    says: str
    meetings: int
    mentions: int


@dataclass(frozen=True, slots=True)
class ActorGroup:
    """A heading and its actors, sorted: people by the delegation or organisation they belong to, organisations by country.

    heading is plain text; link is its page or None; id is for the heading's anchor.
    """

    id: str
    heading: str
    link: Link | None
    actors: tuple[ActorEntry, ...]


@dataclass(frozen=True, slots=True)
class ActorsView:
    """Template actors.html; people: true on people.html, false on organisations.html. `title` is the h1, `total` the count."""

    site: Frame
    title: str
    people: bool
    groups: tuple[ActorGroup, ...]
    total: int
    sources: tuple[Source, ...]
