"""What surrounds every page: the site's name, navigation, the way from home, the canonical address."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen import urls
from briefgen.pages import html
from briefgen.pages.sections import TITLES
from briefgen.pages.sheet import Sheet
from briefgen.pages.views import Frame, Link, NavItem


def frame(sheet: Sheet, title: str, about: str = "", section: str = "") -> Frame:
    """The frame of a page: its title, one sentence about it, and the index it belongs to ("" for none)."""
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
        nav=tuple(_nav(sheet, section)),
        more=tuple(_more(sheet)),
        crumbs=_crumbs(sheet, section),
        editors=tuple(v.text for v in own.all("editors")),
    )


def _nav(sheet: Sheet, section: str) -> Iterator[NavItem]:
    held = sheet.site.sections
    for url, text in TITLES.items():
        if url in held:
            yield NavItem(sheet.href(url), text, url in (sheet.url, section))


def _more(sheet: Sheet) -> Iterator[NavItem]:
    for page in sheet.site.pages:
        if page.id != "index":
            url = urls.editors_url(page.id)
            yield NavItem(sheet.href(url), page.title, url == sheet.url)


def _crumbs(sheet: Sheet, section: str) -> tuple[Link, ...]:
    if sheet.url in (urls.HOME, urls.NOT_FOUND):
        return ()
    home = Link(sheet.href(urls.HOME), TITLES[urls.HOME])
    if section in ("", sheet.url):
        return (home,)
    return home, Link(sheet.href(section), TITLES[section])
