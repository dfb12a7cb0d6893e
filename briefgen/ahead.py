"""Pages made and printed ahead of the line, each part on its own, so that several processes can share the work.

What comes of it goes into what is known of the last build, as if there had been one; the line then finds nothing of it to be
done again. So there is no second way to a page, and the bytes are the same whoever made them. Views are not kept: they are
as large as the pages, and the key of a page says whether it is still the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from briefgen.checks.outlines import Outline
from briefgen.outputs import Content
from briefgen.pages import Part, make_part, parts_of
from briefgen.pages.site import Page, Site
from briefgen.readers import Readers
from briefgen.remaking import Crew, Trace, noticed
from briefgen.render import AWAY, Press, Printing, Store

PageTrace = Trace[Part, tuple[Page, ...]]


class Copy(NamedTuple):
    """A page that was printed, without its view: its key, its bytes with their SHA-256, its outline; all plain values."""

    page: Page
    key: str
    data: bytes
    digest: str
    outline: Outline | None


class Batch(NamedTuple):
    """A part with its pages printed; `rendered` counts those that were in no store.

    A page whose template fails comes with its view: the line says what is wrong with it.
    """

    pages: tuple[Page, ...]
    copies: tuple[Copy, ...]
    rendered: int


def forget_lost(press: Press, trace: PageTrace) -> None:
    """Pages that templates of another shape would have to render, and whose views nobody kept, are to be made again."""
    if press.is_new:
        trace.drop([part for part, pages in trace.made.items() if any(press.is_lost(page) for page in pages)])


def print_ahead(site: Site, press: Press, trace: PageTrace, crew: Crew) -> None:
    """Make and print every part of which `trace` does not hold true any more, and take it over into what is known."""
    wanted = list(parts_of(site))
    todo = trace.pending(site, wanted)
    beside = Press(press.templates, press.words, _Beside(press.store), press.salt, press.printed, press.codes)
    readers: Readers[Part] = Readers()
    batches = crew(lambda part: _batch(site, beside, part, readers), todo, "Making pages", readers)
    trace.adopt(site, wanted, _taken(press, batches), readers)


def _taken(press: Press, batches: Iterable[tuple[Part, Batch]]) -> Iterator[tuple[Part, tuple[Page, ...]]]:
    """What the parts gave, after their pages have been taken over."""
    rendered = 0
    for part, batch in batches:
        rendered += batch.rendered
        for copy in batch.copies:
            press.take(copy.page, copy.key, Content(copy.data, digest=copy.digest), copy.outline)
        yield part, batch.pages
    press.printed.rendered = rendered


class _Beside:
    """Reads from a store and writes nothing to it: one process alone does that."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, key: str) -> Content | None:
        """What is under a key, or None."""
        return self._store.get(key)

    def put(self, key: str, content: Content) -> Content:
        """Nothing is kept."""
        return content


def _batch(site: Site, press: Press, part: Part, readers: Readers[Part]) -> Batch:
    before = press.printed.rendered
    made = noticed(site, part, make_part, readers)
    printed = {page.url: printing for page in made if page.template and isinstance(printing := press.print(page), Printing)}
    pages = tuple(page._replace(view=AWAY) if page.url in printed else page for page in made)
    copies = (_copy(page, printed[page.url]) for page in pages if page.url in printed)
    return Batch(pages, tuple(copies), press.printed.rendered - before)


def _copy(page: Page, printing: Printing) -> Copy:
    # The digest is made here, where there may be a processor to spare.
    return Copy(page, printing.key, printing.content.read(), printing.content.digest, printing.outline)
