"""The editors' pages (pages/ID.html)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from markupsafe import Markup

from briefgen.model import EditorsPage, Html, Prose
from briefgen.pages import html
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
        prose=sheet.prose(page.prose if sheet.url == editors_url(page.id) else _from(sheet, page)),
        sources=sheet.sources(),
    )


# ---------------------------------------------------------------- on the sheet of another document

_LINK = re.compile(r'<a href="(?![a-zA-Z][a-zA-Z0-9+.-]*:|[/?#])([^"]+)"')  # as load/walk.py writes it, where it is relative

_PARTS = re.compile(r"([^?#]*)([^#]*)(.*)", re.DOTALL)


def _from(sheet: Sheet, page: EditorsPage) -> Prose:
    """The text of a page; links that its editor wrote as seen from there lead to the same place from elsewhere."""

    def moved(link: re.Match[str]) -> str:
        return f'<a href="{html.plain(_seen(sheet, editors_url(page.id), unescape(link[1])))}"'

    pieces = (Html(_LINK.sub(moved, piece.markup)) if isinstance(piece, Html) else piece for piece in page.prose.pieces)
    return page.prose.but(pieces=tuple(pieces))


def _seen(sheet: Sheet, url: str, link: str) -> str:
    """A link on the page `url`, from a sheet; one that leads out of the site stays as it is."""
    path, query, place = _PARTS.fullmatch(link).groups()  # type: ignore[union-attr]  # every text is of that form
    found = posixpath.normpath(posixpath.join(posixpath.dirname(url), path))
    if found.split("/")[0] == "..":
        return link
    if path.split("/")[-1] in ("", ".", ".."):
        found = posixpath.normpath(posixpath.join(found, "index.html"))
    return f"{sheet.href(found)}{query}{place}" if query else sheet.href(f"{found}{place}")
