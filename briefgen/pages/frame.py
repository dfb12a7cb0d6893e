"""What surrounds every page: the site's name, navigation, the way from home, the canonical address."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from briefgen import edtf, urls
from briefgen.pages import dates, html
from briefgen.pages.feed import has_feed
from briefgen.pages.jsonld import linked_data, locale, open_graph_type
from briefgen.pages.sections import TITLES
from briefgen.pages.sheet import Sheet
from briefgen.pages.views import Frame, Link, NavItem
from briefgen.words import Words


def frame(sheet: Sheet, title: str, about: str = "", section: str = "") -> Frame:
    """The frame of a page: its title, one sentence about it, and the index it belongs to ("" for none)."""
    if sheet.frame:
        return sheet.frame
    site = sheet.site
    own = site.briefing.site
    language = own.text("language", "en")
    return Frame(
        name=own.name,
        description=own.text("description"),
        language=language,
        direction=html.direction(language),
        title=title or own.name,
        about=about,
        canonical="" if sheet.url == urls.NOT_FOUND else urls.absolute(site.base_url, sheet.url),
        url=sheet.url,
        root=sheet.href(""),
        home=sheet.href(urls.HOME),
        whole=sheet.href(urls.WHOLE),
        nav=_nav(sheet, section),
        more=tuple(_more(sheet)),
        crumbs=_crumbs(sheet, section),
        editors=tuple(v.text for v in own.all("editors")),
        citation=_citation(sheet, title),
        linked=linked_data(sheet, title or own.name, about, _trail(sheet, section)),
        og_type=open_graph_type(sheet),
        locale=locale(language),
        feed=sheet.href(urls.FEED) if has_feed(site) else "",
        reuse=_reuse(sheet),
    )


def _citation(sheet: Sheet, title: str) -> str:
    """Publisher, title, and the day of the last correction if there is one; the template has the address."""
    if sheet.url == urls.NOT_FOUND:
        return ""
    site = sheet.site
    own = site.briefing.site.name
    cited = site.say("cite-titled", site=own, title=title) if title and title != own else own
    record = site.records.get(sheet.own) or (site.articles[sheet.own].record if sheet.own in site.articles else None)
    corrected = max((v.key for v in record.all("changed")), default="") if record else ""
    date = edtf.parse(corrected)
    return cited if isinstance(date, str) else site.say("cite-corrected", cited=cited, date=dates.shown(site.say, date))


def _nav(sheet: Sheet, section: str) -> tuple[NavItem, ...]:
    held, here = sheet.site.sections, frozenset((sheet.url, section)).intersection(TITLES)
    return _items(sheet.site.say, sheet.href(""), tuple((url, title) for url, title in TITLES.items() if url in held), here)


@lru_cache(maxsize=256)  # the same for all pages of a section in one folder
def _items(say: Words, root: str, pages: tuple[tuple[str, str], ...], here: frozenset[str]) -> tuple[NavItem, ...]:
    return tuple([NavItem(root + url, say(title), url in here) for url, title in pages])


def _more(sheet: Sheet) -> Iterator[NavItem]:
    for page, title in sheet.site.menu:
        if page != "index":
            url = urls.editors_url(page)
            yield NavItem(sheet.href(url), title, url == sheet.url)


def _reuse(sheet: Sheet) -> tuple[NavItem, ...]:
    site = sheet.site
    corrected = ((urls.CORRECTIONS, "corrections"),) if urls.CORRECTIONS in site.sections else ()
    fed = ((urls.FEED, "feed"),) if has_feed(site) else ()
    here = frozenset((sheet.url,)).intersection((urls.DATA, urls.CORRECTIONS))
    return _items(site.say, sheet.href(""), ((urls.DATA, "data"), *corrected, *fed), here)


def _trail(sheet: Sheet, section: str) -> tuple[str, ...]:
    """The way from home to a page, itself not included."""
    if sheet.url in (urls.HOME, urls.NOT_FOUND):
        return ()
    return (urls.HOME,) if section in ("", sheet.url) else (urls.HOME, section)


def _crumbs(sheet: Sheet, section: str) -> tuple[Link, ...]:
    return tuple(Link(sheet.href(url), sheet.site.say(TITLES[url])) for url in _trail(sheet, section))
