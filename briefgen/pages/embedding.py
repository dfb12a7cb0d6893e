"""The inside of a page as a part of a larger document: ids made distinct, headings moved down, its sections no landmarks.

Nothing else of it is touched, and only our own markup is read: attributes in double quotes, which templates and `pages/html.py`
write. A quotation mark in text is escaped there, so that no text can look like an attribute. An id with a point in it is the
larger document's own (`pages/book.py`), and links to it are left as they are.
"""

from __future__ import annotations

import re

from briefgen.pages.html import safe

# Several expressions, because one for all of them is tried at every letter: 0.08 against 0.37 s for 13 MB.
_ATTRIBUTE = re.compile(r'(\s(?:id|for|headers|list|aria-(?:labelledby|describedby|controls|details|owns)))="([^"]*)"')
_LINK = re.compile(r'(href="#)(?<=[\s:]href="#)([^"]*)')
_PAINT = re.compile(r"(url\(#)([^)]*)")
_HEADING = re.compile(r"(</?h)([1-6])(?=[\s>])")
# A section with a name is a landmark: a few of a page, but hundreds of a document, many with one name.
_LANDMARK = re.compile(r'(<section\b[^>]*?)\saria-labelledby="[^"]*"')
_LOWEST = 6


def within(markup: str, at: str, down: int = 2) -> str:
    """The inside of a page as the part `at` of a document: each id `x` becomes `at.x`, each heading stands `down` levels lower."""
    plain = _LANDMARK.sub(r"\1", str(markup))  # re.sub would join the pieces of a Markup by its own join, which escapes them
    named = _ATTRIBUTE.sub(lambda found: f'{found[1]}="{" ".join(_inside(i, at) for i in found[2].split())}"', plain)
    for link in (_LINK, _PAINT):
        named = link.sub(lambda found: f"{found[1]}{_inside(found[2], at)}", named)
    return safe(_HEADING.sub(lambda found: f"{found[1]}{min(int(found[2]) + down, _LOWEST)}", named))


def _inside(name: str, at: str) -> str:
    return name if "." in name or not name else f"{at}.{name}"
