"""Search: search.html with an A to Z of everything, and the index in small scripts that search.js asks for as one types.

Made from what is published and from nothing else: `entry.py` says what can be found, `records.py` and `texts.py` find it,
`index.py` turns it round, `shards.py` makes files of it. The same briefing gives the same bytes; see `keys.py` for why an edit
changes few of them. What was found of a page is kept by the trace of pages, and of the index what did not change by `SearchPast`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from briefgen import urls
from briefgen.frozen import dataclass
from briefgen.pages import html
from briefgen.pages.kinds import each
from briefgen.pages.search.concern import Concern
from briefgen.pages.search.entry import Found
from briefgen.pages.search.index import EMPTY, index_of
from briefgen.pages.search.listing import ListingPast, listing
from briefgen.pages.search.records import found_record
from briefgen.pages.search.shards import NONE, Shard, as_json, files_of
from briefgen.pages.search.texts import found_article, found_index, found_prose, index_urls
from briefgen.pages.site import Page, Site
from briefgen.urls import editors_url


@dataclass(frozen=True, slots=True)
class ShardView:
    """Template search-shard.html (JavaScript): the name of a shard and what it holds, both as JSON."""

    name: Markup
    data: Markup


class SearchPast:
    """What the last build knew: the index, its files, and the pages made of them."""

    def __init__(self) -> None:
        self.index = EMPTY
        self.files = NONE
        self.pages: dict[str, tuple[Shard, Page]] = {}
        self.listing = ListingPast()


def _ids(site: Site) -> Iterator[str]:
    """Every record and article; the editors' pages and the indexes by URL."""
    yield from site.records
    yield from site.articles
    yield from (editors_url(page.id) for page in site.pages)
    yield from index_urls(site)


@each(_ids)
def findings(site: Site, one: str) -> Page:
    """What can be found of each page; a page without a template is never rendered."""
    return Page(f"search/{one}", "", _found(site, one))


def _found(site: Site, one: str) -> Found:
    concern = Concern(site)
    if one in site.records:
        return found_record(site, concern, site.records[one])
    if one in site.articles:
        return found_article(site, concern, site.articles[one])
    written = next((page for page in site.pages if editors_url(page.id) == one), None)
    return found_prose(site, concern, written) if written else found_index(site, one)


def search(site: Site, found: Iterable[Found], last: SearchPast | None = None) -> tuple[Page, ...]:
    """The search page and every file of the index, of what was found of all pages."""
    held = tuple(found)
    past = last or SearchPast()
    index = index_of(held, past.index)
    files = files_of(index, past.files)
    pages = {shard.name: _page(shard, past.pages.get(shard.name)) for shard in files.all()}
    past.index, past.files, past.pages = index, files, pages
    return (*listing(site, held, past.listing), *(page for _, page in pages.values()))


def _page(shard: Shard, last: tuple[Shard, Page] | None) -> tuple[Shard, Page]:
    if last and (last[0] is shard or last[0].data == shard.data):
        return last
    view = ShardView(_script(shard.name), _script(shard.data))
    return shard, Page(urls.shard_url(shard.name), "search-shard.html", view)


def _script(data: object) -> Markup:
    # Never markup: it stands in a script file of its own.
    return html.safe(as_json(data))
