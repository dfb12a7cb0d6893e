"""The A to Z of everything with a page, by all its names: what search.html shows without JavaScript, and before anybody types.

Up to LONGEST entries stand on search.html itself; beyond, each letter has a page of its own. Each is made again only where
something that it reads has changed (`remaking.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from briefgen import urls
from briefgen.folding import fold
from briefgen.frozen import dataclass
from briefgen.pages import html
from briefgen.pages.frame import frame
from briefgen.pages.search.entry import KINDS, Found
from briefgen.pages.search.names import Listed
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site
from briefgen.pages.sources import site_language
from briefgen.pages.views import Frame, NavItem
from briefgen.remaking import Trace, remake
from briefgen.tables import Derived, Past, derived
from briefgen.trace import World

LONGEST = 600


@dataclass(frozen=True, slots=True)
class ListedName:
    """A name in the list.

    href       its page
    text       the name, with language and direction
    of         the name that the site uses, where this is another one; else empty
    kind       what it is, in words
    """

    href: str
    text: str
    lang: str
    dir: str
    of: str
    kind: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A heading and its names; `id` is for the anchor. Names are empty where the letter has a page of its own."""

    id: str
    text: str
    names: tuple[ListedName, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of a filter: its value and what it is called."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class SearchView:
    """Template search.html.

    letters    the headings with their names
    jump       links to the letters, `current` on the page of that letter
    letter     on the page of a letter: which; else empty
    search     href of search.html
    total      how many names the whole list has
    kinds      choices of the filter by kind; parties, years   of the other two
    """

    site: Frame
    letters: tuple[Letter, ...]
    jump: tuple[NavItem, ...]
    letter: str
    search: str
    total: int
    kinds: tuple[Choice, ...]
    parties: tuple[Choice, ...]
    years: tuple[Choice, ...]


Names = tuple[tuple[str, tuple[Listed, ...]], ...]  # the URL of a page, and its names


class Told(NamedTuple):
    """What the list and the filters go by of a page that can be found."""

    url: str
    names: tuple[Listed, ...]
    parties: tuple[str, ...]
    years: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Everything(World):
    """What the pages of the list are made of.

    letters   the letters in their order, each with its names as they stand on the page that has them
    names     how many names there are; found: whether there is anything
    parties   whom anything found concerns, by id; years: when
    """

    site: Site
    letters: Mapping[str, Letter]
    order: tuple[str, ...]
    names: int
    found: bool
    parties: tuple[str, ...]
    years: tuple[str, ...]

    @property
    def apart(self) -> bool:
        """Whether each letter has a page of its own."""
        return self.names > LONGEST


class ListingPast:
    """What the last build knew: what the list goes by, the names and the site's language, the letters made of them, the pages."""

    def __init__(self) -> None:
        self.told: Derived[str, Found, Told] | None = None
        self.past = Past()
        self.trace: Trace[str, Page] = Trace()


def listing(site: Site, found: Mapping[str, Found], past: ListingPast) -> Iterable[Page]:
    """search.html, and the pages of letters where there are too many names for one."""
    past.told = derived(past.told, found, _told)
    told, language = past.told.table, site_language(site)
    names = past.past.same("names", (told,), lambda: tuple((one.url, one.names) for one in told.values() if one.names))
    total = past.past.same("total", (names,), lambda: sum(len(listed) for _, listed in names))
    letters = past.past.same("letters", (names, language), lambda: dict(_letters(site, names, apart=total > LONGEST)))
    parties = past.past.same("parties", (told,), lambda: tuple(sorted({party for one in told.values() for party in one.parties})))
    years = past.past.same("years", (told,), lambda: tuple(sorted({year for one in told.values() for year in one.years})))
    world = Everything(site, letters, tuple(letters), total, bool(told), parties, years)
    wanted = (urls.SEARCH, *(urls.letter_url(letter) for letter in letters if world.apart))
    return remake(past.trace, world, wanted, _page).values()


def _told(page: Found) -> Told:
    return Told(page.url, page.listed, page.parties, page.years)


def _letters(site: Site, names: Names, *, apart: bool) -> Iterator[tuple[str, Letter]]:
    """The letters in their order, each with its names as they stand on the page that has them."""
    in_order = sorted((name, url) for url, held in names for name in held)
    for letter, group in groupby(in_order, key=lambda item: item[0].letter):
        sheet = Sheet(site, urls.letter_url(letter) if apart else urls.SEARCH)
        yield letter, Letter(_anchor(letter), letter.upper(), tuple(_listed(sheet, name, url) for name, url in group))


def _listed(sheet: Sheet, name: Listed, url: str) -> ListedName:
    lang = name.lang or site_language(sheet.site)
    return ListedName(sheet.href(url), name.text, name.lang, html.direction(lang), name.of, name.kind)


def _page(world: Everything, url: str) -> Page:
    sheet = Sheet(world.site, url)
    is_first = url == urls.SEARCH
    here = [letter for letter in world.order if (urls.letter_url(letter) == url if world.apart else is_first)]
    own = here[0] if here and not is_first else ""
    say = world.site.say
    view = SearchView(
        site=frame(sheet, say("search-title"), about=say("search-about")),
        letters=tuple(world.letters[letter] for letter in here),
        jump=tuple(_jump(sheet, letter, own, apart=world.apart) for letter in world.order),
        letter=own.upper(),
        search=sheet.href(urls.SEARCH),
        total=world.names,
        kinds=tuple(Choice(KINDS[kind], say(f"search-kind.{kind}")) for kind in KINDS if is_first and world.found),
        parties=_parties(world.site, world.parties) if is_first else (),
        years=tuple(Choice(year, year) for year in reversed(world.years)) if is_first else (),
    )
    return Page(url, "search.html", view)


def _jump(sheet: Sheet, letter: str, own: str, *, apart: bool) -> NavItem:
    href = sheet.href(urls.letter_url(letter)) if apart else f"#{_anchor(letter)}"
    return NavItem(href, letter.upper(), letter == own)


def _anchor(letter: str) -> str:
    return f"letter-{letter}" if letter.isascii() and letter.isalnum() else f"letter-{ord(letter):x}"


def _parties(site: Site, ids: Iterable[str]) -> tuple[Choice, ...]:
    """The parties that anything found concerns, by name."""
    return tuple(Choice(i, site.name(i)) for i in sorted(ids, key=lambda i: (fold(site.name(i)), i)))
