"""The page of an article (articles/ID.html): full text, excerpts or a link, by its rights."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from briefgen.pages.views import (
    ArticleCard,
    Change,
    Frame,
    Link,
)


@dataclass(frozen=True, slots=True)
class RestingFact:
    """A fact that rests on a passage.

    record  link to the page that states it
    field   what is stated, in words ("Date", "Position", "Post at U.S.-LNA discussion")
    value   the value, plain text, may be empty
    """

    record: Link
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class PassageFacts:
    """A cited passage of a block and what rests on it.

    number  its number on this page, as in the small reference at the end of the passage
    id      id attribute of this entry ("facts-3"); the small reference links here
    href    back to the passage ("#ANCHOR")
    facts   what rests on it
    """

    number: int
    id: str
    href: str
    facts: tuple[RestingFact, ...]


@dataclass(frozen=True, slots=True)
class Block:
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


@dataclass(frozen=True, slots=True)
class ArticleView:
    """Template article.html.

    title, publisher, published, iso   as in the front matter, plain text, may be empty (title never)
    original, archive   addresses, may be empty
    language, translated_from   names of languages in words; lang, dir for the text's element
    show      "full", "excerpts" or "link"
    rights    a sentence on the rights, plain text
    digest    SHA-256 of the text, hexadecimal
    note      safe HTML, the editors' voice about this source (inline)
    origin    the statement it rests on (based_on), or None
    siblings  other articles with that origin; origins: "3 articles, 1 origin" or ""
    reports   links to the meetings (and events) whose facts cite it
    people, organisations   named in it
    anchors   ids that need a place at the top of the text (print `<span class="anchor" id=…></span>` for each)
    blocks    the text: all of it, or the published words of each paragraph with gaps as " … ", or nothing
    facts     how many facts rest on it
    changed   corrections
    """

    site: Frame
    title: str
    publisher: str
    published: str
    iso: str
    original: str
    archive: str
    language: str
    translated_from: str
    lang: str
    dir: str
    show: str
    rights: str
    digest: str
    note: Markup
    origin: Link | None
    siblings: tuple[ArticleCard, ...]
    origins: str
    reports: tuple[Link, ...]
    people: tuple[Link, ...]
    organisations: tuple[Link, ...]
    anchors: tuple[str, ...]
    blocks: tuple[Block, ...]
    facts: int
    changed: tuple[Change, ...]
