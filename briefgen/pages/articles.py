"""The index of articles (articles.html)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from briefgen import urls
from briefgen.pages.cards import in_order, origin_groups
from briefgen.pages.frame import frame
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site
from briefgen.pages.views import (
    Frame,
    OriginGroup,
)


class ArticlesView(NamedTuple):
    """Template articles.html: articles grouped by what they rest on."""

    site: Frame
    groups: tuple[OriginGroup, ...]
    total: int
    origins: int


def article_index(site: Site) -> Iterator[Page]:
    """The index of articles; there is always one, as facts rest on them."""
    sheet = Sheet(site, urls.ARTICLES)
    groups = origin_groups(sheet, in_order(site.articles.values()))
    view = ArticlesView(
        site=frame(sheet, site.say("title-articles"), about=site.say("about-articles")),
        groups=groups,
        total=len(site.articles),
        origins=len(groups),
    )
    yield Page(sheet.url, "articles.html", view)
