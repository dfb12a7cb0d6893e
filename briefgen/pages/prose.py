"""The editors' pages (pages/ID.html)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from briefgen.model import EditorsPage
from briefgen.pages.frame import frame
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site
from briefgen.pages.views import (
    Frame,
    Source,
)
from briefgen.urls import editors_url


class ProseView(NamedTuple):
    """Template prose.html: title plain text (print as h1), prose safe HTML in the editors' voice, with markers and cards."""

    site: Frame
    title: str
    prose: Markup
    sources: tuple[Source, ...]


def editors_pages(site: Site) -> Iterator[Page]:
    """The editors' pages; the home page is a kind of its own."""
    for page in site.pages:
        if page.id != "index":
            sheet = Sheet(site, editors_url(page.id))
            yield Page(sheet.url, "prose.html", prose_view(sheet, page))


def prose_view(sheet: Sheet, page: EditorsPage) -> ProseView:
    """One page of the editors, on a sheet of any document."""
    return ProseView(
        site=frame(sheet, page.title),
        title=page.title,
        prose=sheet.prose(page.prose),
        sources=sheet.sources(),
    )
