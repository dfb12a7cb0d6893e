"""404.html and the redirects from old ids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from briefgen import urls
from briefgen.pages.frame import frame
from briefgen.pages.sections import TITLES
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site
from briefgen.pages.views import (
    Frame,
    Link,
)


class NotFoundView(NamedTuple):
    """Template 404.html; all addresses in `site` are absolute paths, because the page is shown at any depth."""

    site: Frame
    indexes: tuple[Link, ...]


class RedirectView(NamedTuple):
    """Template redirect.html: a <meta http-equiv=refresh> and a link to `to`, the new page; site.canonical is the new page's."""

    site: Frame
    to: Link


def not_found(site: Site) -> Iterator[Page]:
    """404.html."""
    sheet = Sheet(site, urls.NOT_FOUND)
    indexes = tuple(Link(sheet.href(url), site.say(title)) for url, title in TITLES.items() if url in site.sections)
    yield Page(sheet.url, "404.html", NotFoundView(frame(sheet, site.say("page-not-found")), indexes))


def redirects(site: Site) -> Iterator[Page]:
    """A page at each old address (`was`) that leads to the new one."""
    for one, values in site.was.items():
        for old in values:
            kind = site.types[one][0] if one in site.types else "article"
            sheet = Sheet(site, urls.record_url(kind, old.text))
            to = sheet.link(one)
            canonical = urls.absolute(site.base_url, site.url(one))
            yield Page(sheet.url, "redirect.html", RedirectView(frame(sheet, to.text)._replace(canonical=canonical), to))
