"""Published words as plain text: the words of sources as far as they may be shown (I9), and the paragraphs of editors' prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from briefgen.model import Cite, Html, Prose, Ref, Run
from briefgen.pages import anchors, html
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Site
from briefgen.pages.sources import site_language

_ID = re.compile(r'<(?:p|li|h[2-6]) id="([^"]*)">')
_BLOCK = re.compile(r"</?(?:p|li|h[1-6]|ul|ol|blockquote|pre|table|t[hdr]|thead|tbody)\b")
_SPACES = re.compile(r"\s+")


class Shown(NamedTuple):
    """Words of a source: the anchor of their passage, their language where it is not the site's, the words, parts joined."""

    anchor: str
    lang: str
    text: str


def shown_words(site: Site, cites: Iterable[Cite]) -> tuple[Shown, ...]:
    """The words of citations that a page shows; none of an article that is a link only."""
    found = ((site.imprints[p.article], p) for p in site.passages(cites))
    return tuple(
        Shown(p.anchor, foreign(site, imprint.lang) if imprint.lang else "", one_line(" … ".join(site.words_of(p))))
        for imprint, p in found
        if imprint.show != "link"
    )


def foreign(site: Site, language: str) -> str:
    """A language where it is another than the site's own, else nothing."""
    return language if html.foreign(language, site_language(site)) else ""


def one_line(text: str) -> str:
    """A text with every run of white space as one space."""
    return _SPACES.sub(" ", text).strip()


class Paragraph(NamedTuple):
    """A paragraph, heading or item of prose, and its id on the page ("" for none)."""

    place: str
    text: str


def paragraphs(sheet: Sheet, prose: Prose) -> Iterator[Paragraph]:
    """Editors' prose, with the ids that its page gives it; citations are left out, as their words are found elsewhere."""
    place, parts = "", list[str]()
    for piece in anchors.placed(prose, sheet.place, "").pieces:
        match piece:
            case Run():
                parts.append(piece.text)
            case Ref():
                parts.append(piece.label or sheet.site.name(piece.id))
            case Html(markup) if _BLOCK.match(markup):
                yield from _paragraph(place, parts)
                begins = _ID.match(markup)
                place, parts = begins[1] if begins else "", []
            case Html(markup) if markup.startswith("<br"):
                parts.append(" ")
    yield from _paragraph(place, parts)


def _paragraph(place: str, parts: Iterable[str]) -> Iterator[Paragraph]:
    text = one_line("".join(parts))
    if text:
        yield Paragraph(place, text)
