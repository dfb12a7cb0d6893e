"""What can be found: pages, and the entries on each. Plain values, made of published things only (I9)."""

from __future__ import annotations

from collections.abc import Iterator
from operator import add
from typing import Literal, NamedTuple

from briefgen.frozen import dataclass
from briefgen.pages.search.names import Listed

Voice = Literal["fact", "source", "editors"]

# What a page is, in the order in which results of one rank are shown; the letter begins the page's key.
KINDS = {
    "person": "a",
    "organisation": "b",
    "meeting": "c",
    "event": "d",
    "place": "e",
    "topic": "f",
    "comparison": "g",
    "article": "h",
    "prose": "i",
    "index": "j",
}


class Place(NamedTuple):
    """A passage in the text of an entry (UTF-16 units, as a script counts) and its anchor on the page."""

    start: int
    end: int
    anchor: str


class Entry(NamedTuple):
    """One thing on a page.

    identity   what it is, for as long as its words may change: the field, the seat, how a paragraph begins; "" once it has a code
    voice      who speaks: a fact of the site, the words of a source, the editors
    fragment   its place on the page, "" for the top; `places` are nearer ones, for stretches of the text
    label      the field, the party, "Editors' note"; may be empty
    text       plain text, as published
    lang       the language of the words, "" for the site's
    parties    the parties it concerns, by id; years: the years
    """

    identity: str
    voice: Voice
    fragment: str
    label: str
    text: str
    lang: str = ""
    places: tuple[Place, ...] = ()
    parties: tuple[str, ...] = ()
    years: tuple[str, ...] = ()


class Handful(NamedTuple):
    """Entries of a page that are one part of it in the index, and their codes, two characters each; see `handfuls.py`."""

    codes: str
    entries: tuple[Entry, ...]

    @property
    def coded(self) -> Iterator[tuple[str, Entry]]:
        """The entries, each with its code; without those beyond the number of codes."""
        return zip(map(add, self.codes[::2], self.codes[1::2]), self.entries, strict=False)


@dataclass(frozen=True, slots=True)
class Found:
    """A page that can be found.

    kind     of KINDS; title and about are what a result shows of it (a kind, an outlet and a date), plain text
    order    where it stands among its kind: a month for what has a date (the latest first), else how the name begins
    names    the name in other scripts, other spellings, the short form: text and language ("" for the site's)
    words    what the page is found by beside its title and names, by which it ranks as by a name: what sources call it, its outlet
    parties, years   of the page itself
    listed   its names in the A to Z
    """

    url: str
    kind: str
    title: str
    lang: str
    about: str
    order: str
    names: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    parties: tuple[str, ...]
    years: tuple[str, ...]
    handfuls: tuple[Handful, ...]
    listed: tuple[Listed, ...] = ()
