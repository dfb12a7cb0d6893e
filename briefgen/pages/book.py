"""A sheet for a part of a document that holds many pages of the site: links stay inside, and numbers run through all of it.

No marker carries a card: on paper nothing opens, and the notes hold the same words. What the views of single pages ask of a
sheet they get here too, with three differences: a link to a page that the document holds leads to its place in it, a marker
leads to the note, and the notes stand together at the end of the document instead of under each record. Of a number no part
knows more than which of its own it is: it has slots for them (`binding.py`).
An anchor of the document itself has a point in it ("actors.khalifa-haftar", "note.12"), an id of a single page never has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from markupsafe import Markup

from briefgen.model import Passage
from briefgen.pages import html
from briefgen.pages.html import EMPTY
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Site
from briefgen.pages.sources import passage_url
from briefgen.pages.views import Mark, Number, Source
from briefgen.urls import record_url

CHAPTER = "chapter."


class Book(Sheet):
    """A sheet for one part.

    `held`: the URL of each page that the document holds -> its anchor there. An index is a chapter: no place in it has an
    anchor of its own. What others state stands in their own chapters, and is not repeated.
    """

    repeats = False

    def __init__(self, site: Site, url: str, held: Mapping[str, str]) -> None:
        super().__init__(site, url)
        self._held = held

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
            number = html.note_number(len(self._marks) + 1)
            href, marker = html.note_href(number), html.note_marker(number)
            held = self._marks[passage] = Mark(number, href, marker, self.says(passage, EMPTY))
        return held

    def number(self, passage: Passage, nth: int) -> Number:
        """The number of its note, so that a passage has one number in the whole document."""
        return self.mark(passage).number

    def sources(self) -> tuple[Source, ...]:
        """None under a single record: see `endnotes`."""
        return ()

    def endnotes(self) -> tuple[Source, ...]:
        """The notes of this part; to be asked for last."""
        return super().sources()

    def cited(self) -> str:
        """The passages of its notes: "article#anchor article#anchor"."""
        return " ".join([f"{passage.article}#{passage.anchor}" for passage in self._marks])

    def entry(self, passage: Passage, mark: Mark) -> tuple[str, str]:
        """The id of a note; it leads to the words in their article."""
        return html.note_id(cast("Markup", mark.number)), self.href(passage_url(passage, self.imprint(passage.article).show))
