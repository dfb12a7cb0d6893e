"""What a page kind is: a function site -> pages, or where each page stands for itself, a list of ids and how one page is made.

No page made by `each` or `several` may look at another page; so each is made again only where something that it read has changed
(`trace.py`). A kind that is a plain function is made again as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from briefgen.frozen import dataclass
from briefgen.pages.site import Page, Site

Plain = Callable[[Site], Iterable[Page]]
Ids = Callable[[Site], Iterable[str]]
One = Callable[[Site, str], Page]
Several = Callable[[Site, str], tuple[Page, ...]]


@dataclass(frozen=True, slots=True)
class Each:
    """A kind whose pages are made id by id; called like any other kind, it gives all of them."""

    ids: Ids
    pages: Several

    def __call__(self, site: Site) -> Iterator[Page]:
        """Every page of the kind."""
        return (page for one in self.ids(site) for page in self.pages(site, one))


def each(ids: Ids) -> Callable[[One], Each]:
    """Turn a function that makes one page into a kind: `ids` says for what there is a page, in the order of display."""
    return lambda page: Each(ids, lambda site, one: (page(site, one),))


def several(ids: Ids) -> Callable[[Several], Each]:
    """The same for a function that makes all pages of an id, those included that files are put together of."""
    return lambda pages: Each(ids, pages)


def each_of(kind: str) -> Callable[[One], Each]:
    """The same for the records of a type, in the order of an index."""
    return each(lambda site: (record.id for record in site.of_kind(kind)))
