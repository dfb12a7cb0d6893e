"""Articles in lists, and their texts with the facts beside them."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from briefgen.pages.views.evidence import Number
from briefgen.pages.views.frame import Link


class ArticleCard(NamedTuple):
    """An article in a list.

    link       its page; text is its title
    outlet     publisher, may be empty
    date       date of publication as displayed, may be empty
    show       "full", "excerpts" or "link"
    origin     the statement it rests on, or None
    facts      how many facts rest on it
    passages   how many of its passages are cited
    """

    link: Link
    outlet: str
    date: str
    show: str
    origin: Link | None
    facts: int
    passages: int


class OriginGroup(NamedTuple):
    """Articles that rest on one origin.

    origin    link to the statement; None: these articles rest on nothing but themselves
    label     "3 articles, 1 origin", or "" for a single article
    articles  the articles
    """

    origin: Link | None
    label: str
    articles: tuple[ArticleCard, ...]


class RestingFact(NamedTuple):
    """A fact that rests on a passage.

    record  link to the page that states it
    field   what is stated, in words ("Date", "Position", "Post at U.S.-LNA discussion")
    value   the value, plain text, may be empty
    lang, dir   of the value where it is words of an article in another language than the site's, else ""
    """

    record: Link
    field: str
    value: str
    lang: str = ""
    dir: str = ""


class PassageFacts(NamedTuple):
    """A cited passage of a block and what rests on it.

    number  its number on this page, as in the small reference at the end of the passage
    id      id attribute of this entry ("facts-3"); the small reference links here
    href    back to the passage ("#ANCHOR"); "#" where the words are not shown
    facts   what rests on it
    """

    number: Number
    id: Markup
    href: str
    facts: tuple[RestingFact, ...]


class Block(NamedTuple):
    """A paragraph (or list, table, quotation) of the text with the facts beside it.

    id     id attribute of the block ("p4"), target of mentions; may be empty
    role   "body", "headline" or "furniture"
    html   safe HTML, block level (<p>, <ul> …): every cited stretch is <mark class="cited" id="ANCHOR" data-passages="1 3">, also
           class "deep" where passages overlap, and followed by <a class="rests" href="#facts-1">1</a>; names are links. Marks of
           one passage follow one another without a gap where passages overlap or a name is linked, so give them no inline padding.
           A second passage that begins at the same place has <span class="anchor" id="ANCHOR"></span> before the mark.
           In excerpts a gap is <span class="gap"> … </span>
    facts  the passages that begin in this block, in order
    """

    id: str
    role: str
    html: Markup
    facts: tuple[PassageFacts, ...]
