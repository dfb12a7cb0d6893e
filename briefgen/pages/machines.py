"""For search engines: sitemap.xml (sitemap-2.xml and so on, where one would be too long) and robots.txt.

No redirect and no 404 is listed, and no address is guessed: without an address of the site there is no sitemap.
A file of that name in content/static/ takes the place of what is made here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefgen import urls
from briefgen.frozen import dataclass
from briefgen.pages.site import Page, Site

LIMIT = 50_000  # addresses in one file: sitemaps.org, "Sitemap protocol"
_UNLISTED = ("404.html", "redirect.html", "print.html", "print-name.html")


@dataclass(frozen=True, slots=True)
class SitemapView:
    """Template sitemap.html (XML): full addresses of pages, plain text."""

    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RobotsView:
    """Template robots.html (plain text): full addresses of the sitemaps, none where the site has no address."""

    sitemaps: tuple[str, ...]


def for_machines(site: Site, pages: Iterable[Page], limit: int = LIMIT) -> Iterator[Page]:
    """The sitemaps of these pages, with `limit` addresses in each, and robots.txt."""
    made = [*_sitemaps(site.base_url, [p.url for p in pages if p.template not in _UNLISTED and p.url.endswith(".html")], limit)]
    own = site.briefing.static
    yield from (page for page in made if page.url not in own)
    if urls.ROBOTS not in own:
        yield Page(urls.ROBOTS, "robots.html", RobotsView(tuple(urls.absolute(site.base_url, page.url) for page in made)))


def _sitemaps(base_url: str, listed: list[str], limit: int) -> Iterator[Page]:
    addresses = [urls.absolute(base_url, url) for url in listed] if base_url else []
    for n, start in enumerate(range(0, len(addresses), limit), start=1):
        yield Page(urls.sitemap_url(n), "sitemap.html", SitemapView(tuple(addresses[start : start + limit])))
