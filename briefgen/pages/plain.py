"""The editors' prose as plain text, for what is no page: feed, data files, descriptions.

Markup, links and the markers of citations are gone, their texts stay. A reference shows what it shows on a page.
"""

from __future__ import annotations

import re

from briefgen.model import Cite, Html, Prose, Quote, Ref, Run, Value
from briefgen.pages.site import Site

# A block ends its line. Table cells are told apart by a space.
_BREAK = re.compile(r"<br>|</(?:p|h[1-6]|li|tr|pre|blockquote)>")
_CELL = re.compile(r"</t[dh]>")


def plain_text(site: Site, prose: Prose) -> str:
    """Prose as text, a line for each paragraph."""
    raw = "".join(_piece(site, piece) for piece in prose.pieces)
    lines = (" ".join(line.split()) for line in raw.split("\0"))
    return "\n".join(line for line in lines if line)


def _piece(site: Site, piece: Html | Run | Ref | Quote) -> str:
    match piece:
        case Html(markup):
            return "\0" if _BREAK.search(markup) else " " if _CELL.search(markup) else ""
        case Run():
            return piece.text
        case Ref():
            return piece.label or site.name(piece.id)
        case Quote():
            return ""


def note_text(site: Site, note: Value) -> str:
    """A note or correction of the editors as text."""
    prose = site.briefing.note_prose.get(note.span)
    return plain_text(site, prose) if prose else note.text


def note_cites(site: Site, note: Value) -> tuple[Cite, ...]:
    """The words that a note quotes."""
    prose = site.briefing.note_prose.get(note.span)
    return tuple(p.cite for p in prose.pieces if isinstance(p, Quote)) if prose else ()
