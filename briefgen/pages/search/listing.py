"""The A to Z of everything with a page, by all its names: what search.html shows without JavaScript, and before anybody types.

Up to LONGEST entries stand on search.html itself; beyond, each letter has a page of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from briefgen import urls
from briefgen.folding import fold
from briefgen.frozen import dataclass
from briefgen.pages import html
from briefgen.pages.frame import frame
from briefgen.pages.search.entry import KINDS, Found
from briefgen.pages.search.names import Listed
from briefgen.pages.sheet import Sheet, site_language
from briefgen.pages.site import Page, Site
from briefgen.pages.views import Frame, NavItem

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


class ListingPast:
    """What the last build knew: the names and the site's language, the letters made of them, and the pages."""

    def __init__(self) -> None:
        self.given: tuple[Names, str] = ((), "")
        self.letters: dict[str, Letter] = {}
        self.pages: dict[str, Page] = {}


def listing(site: Site, found: Iterable[Found], past: ListingPast) -> Iterator[Page]:
    """search.html, and the pages of letters where there are too many names for one."""
    held = tuple(found)
    names = tuple((page.url, page.listed) for page in held if page.listed)
    total = sum(len(listed) for _, listed in names)
    apart = total > LONGEST
    given = (names, site_language(site))
    if given != past.given:
        past.given, past.letters = given, dict(_letters(site, names, apart))
    made = {urls.SEARCH: _page(site, urls.SEARCH, "", past.letters, total, held)}
    for letter in past.letters if apart else ():
        url = urls.letter_url(letter)
        made[url] = _page(site, url, letter, past.letters, total, ())
    # An equal page is the very same one, so that nobody renders it again.
    past.pages = {url: past.pages[url] if past.pages.get(url) == page else page for url, page in made.items()}
    yield from past.pages.values()


def _letters(site: Site, names: Names, apart: bool) -> Iterator[tuple[str, Letter]]:
    """The letters in their order, each with its names as they stand on the page that has them."""
    in_order = sorted((name, url) for url, held in names for name in held)
    for letter, group in groupby(in_order, key=lambda item: item[0].letter):
        sheet = Sheet(site, urls.letter_url(letter) if apart else urls.SEARCH)
        yield letter, Letter(_anchor(letter), letter.upper(), tuple(_listed(sheet, name, url) for name, url in group))


def _listed(sheet: Sheet, name: Listed, url: str) -> ListedName:
    lang = name.lang or site_language(sheet.site)
    return ListedName(sheet.href(url), name.text, name.lang, html.direction(lang), name.of, name.kind)


def _page(site: Site, url: str, own: str, letters: Mapping[str, Letter], total: int, found: Iterable[Found]) -> Page:
    sheet = Sheet(site, url)
    apart = total > LONGEST
    here = [own] if own else [] if apart else list(letters)
    held = tuple(found)
    view = SearchView(
        site=frame(sheet, site.say("search-title"), about=site.say("search-about")),
        letters=tuple(letters[letter] for letter in here),
        jump=tuple(_jump(sheet, letter, own, apart) for letter in letters),
        letter=own.upper(),
        search=sheet.href(urls.SEARCH),
        total=total,
        kinds=tuple(Choice(KINDS[kind], site.say(f"search-kind.{kind}")) for kind in KINDS if held),
        parties=_parties(site, held),
        years=tuple(Choice(year, year) for year in sorted({year for page in held for year in page.years}, reverse=True)),
    )
    return Page(url, "search.html", view)


def _jump(sheet: Sheet, letter: str, own: str, apart: bool) -> NavItem:
    href = sheet.href(urls.letter_url(letter)) if apart else f"#{_anchor(letter)}"
    return NavItem(href, letter.upper(), letter == own)


def _anchor(letter: str) -> str:
    return f"letter-{letter}" if letter.isascii() and letter.isalnum() else f"letter-{ord(letter):x}"


def _parties(site: Site, found: Iterable[Found]) -> tuple[Choice, ...]:
    """The parties that anything found concerns, by name."""
    ids = {party for page in found for party in page.parties}
    return tuple(Choice(i, site.name(i)) for i in sorted(ids, key=lambda i: (fold(site.name(i)), i)))
