"""A sheet for a document that holds many pages of the site: one numbering for all of them, and links that stay inside.

No marker carries a card: on paper nothing opens, and the notes hold the same words. What the views of single pages ask of a
sheet they get here too, with three differences: a link to a page that the document holds leads to its place in it, a marker
leads to the note, and the notes stand together at the end instead of under each record.
An anchor of the document itself has a point in it ("actors.khalifa-haftar", "note.12"), an id of a single page never has.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy

from briefgen.model import Passage
from briefgen.pages import html
from briefgen.pages.html import EMPTY
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Site
from briefgen.pages.sources import passage_url
from briefgen.pages.views import Mark, Source
from briefgen.urls import record_url

CHAPTER = "chapter."


class Book(Sheet):
    """A sheet over many records.

    `held`: the URL of each page that the document holds -> its anchor there. An index is a chapter: no place in it has an
    anchor of its own. What others state stands in their own chapters, and is not repeated.
    """

    repeats = False

    def __init__(self, site: Site, url: str, held: Mapping[str, str]) -> None:
        super().__init__(site, url)
        self._held = held

    def reading(self, site: Site) -> Book:
        """The same sheet, numbers included, for a part that reads from less than the whole site."""
        other = copy(self)
        other.site = site
        return other

    def href(self, url: str) -> str:
        """A place in this document where it holds the page, else the link to the page."""
        page, _, place = url.partition("#")
        anchor = self._held.get(page)
        if not anchor:
            return super().href(url)
        return f"#{anchor}.{place}" if place and not anchor.startswith(CHAPTER) else f"#{anchor}"

    def inside(self, article: str, place: str) -> str:
        """The same for a place on the page of an article."""
        return self.href(f"{record_url('article', article)}#{place}")

    def mark(self, passage: Passage) -> Mark:
        """The marker of a passage: the number alone, which leads to the note."""
        held = self._marks.get(passage)
        if held is None:
            number = len(self._marks) + 1
            href = f"#{note_id(number)}"
            held = self._marks[passage] = Mark(number, href, html.note_marker(number, href), self.says(passage, EMPTY))
        return held

    def number(self, passage: Passage, nth: int) -> int:
        """The number of its note, so that a passage has one number in the whole document."""
        return self.mark(passage).number

    def sources(self) -> tuple[Source, ...]:
        """None under a single record: see `endnotes`."""
        return ()

    def endnotes(self) -> tuple[Source, ...]:
        """The numbered notes of the whole document; to be asked for last."""
        return super().sources()

    def entry(self, passage: Passage, mark: Mark) -> tuple[str, str]:
        """The id of a note; it leads to the words in their article."""
        return note_id(mark.number), self.href(passage_url(passage, self.imprint(passage.article).show))


def note_id(number: int) -> str:
    """The id of a note."""
    return f"note.{number}"
