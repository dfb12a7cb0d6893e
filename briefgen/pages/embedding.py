"""The inside of a page as a part of a larger document: ids made distinct, headings moved down, its sections no landmarks.

Nothing else of it is touched, and only our own markup is read: attributes in double quotes, which templates and `pages/html.py`
write. A quotation mark in text is escaped there, so that no text can look like an attribute. An id with a point in it is the
larger document's own (`pages/book.py`), and links to it are left as they are.
"""

from __future__ import annotations

import re

from briefgen.pages.html import safe

_IDS = re.compile(
    r'(?P<attribute>\s(?:id|for|headers|list|aria-(?:labelledby|describedby|controls|details|owns)))="(?P<ids>[^"]*)"'
    r'|(?P<link>\s(?:xlink:)?href="#|url\(#)(?P<id>[^")]*)'
    r"|(?P<heading></?h)(?P<level>[1-6])(?=[\s>])"
)
# A section with a name is a landmark: a few of a page, but hundreds of a document, many with one name.
_LANDMARK = re.compile(r'(<section\b[^>]*?)\saria-labelledby="[^"]*"')
_LOWEST = 6


def within(markup: str, at: str, down: int = 2) -> str:
    """The inside of a page as the part `at` of a document: each id `x` becomes `at.x`, each heading stands `down` levels lower."""

    def moved(found: re.Match[str]) -> str:
        if found["heading"]:
            return f"{found['heading']}{min(int(found['level']) + down, _LOWEST)}"
        if found["link"]:
            return f"{found['link']}{_inside(found['id'], at)}"
        return f'{found["attribute"]}="{" ".join(_inside(i, at) for i in found["ids"].split())}"'

    plain = str(markup)  # re.sub would join the pieces of a Markup by its own join, which escapes them
    return safe(_IDS.sub(moved, _LANDMARK.sub(r"\1", plain)))


def _inside(name: str, at: str) -> str:
    return name if "." in name or not name else f"{at}.{name}"
