"""Names as they stand in the A to Z."""

from __future__ import annotations

from typing import NamedTuple

from briefgen.folding import fold

OTHERS = "#"  # the heading over what begins with no letter


class Listed(NamedTuple):
    """A name in the list; so sorted they are in its order.

    late     true for what begins with no letter, which is behind all letters
    letter   the letter it stands under; sort   its folded letters
    text     the name; lang   its language, "" for the site's
    of       the name that the site uses, where this is another one; else empty
    kind     what it is, in words
    """

    late: bool
    letter: str
    sort: str
    text: str
    lang: str
    of: str
    kind: str


def listed(text: str, kind: str, sort: str = "", lang: str = "", of: str = "") -> Listed:
    """A name with its place in the list; `sort` is what it is sorted by, where that is not the name."""
    folded = " ".join(fold(sort or text).replace("-", " ").split()).lstrip(" '.")
    letter = folded[:1] if folded[:1].isalpha() else OTHERS
    return Listed(letter == OTHERS, letter, folded, text, lang, of, kind)
