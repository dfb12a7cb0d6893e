"""Search: search.html with an A to Z of everything, and the index in small scripts that search.js asks for as one types.

Made from what is published and from nothing else: `entry.py` says what can be found, `records.py` and `texts.py` find it,
`index.py` turns it round, `files.py` makes files of it. The same briefing gives the same bytes; see `keys.py` for why an edit
changes few of them. What was found of a page is kept by the trace of pages, and of the index what did not change by `SearchPast`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from markupsafe import Markup

from briefgen import urls
from briefgen.frozen import dataclass
from briefgen.pages.kinds import each
from briefgen.pages.search.concern import Concern
from briefgen.pages.search.entry import Found
from briefgen.pages.search.files import NONE, files_of
from briefgen.pages.search.index import Index, index_after, index_of
from briefgen.pages.search.listing import ListingPast, listing
from briefgen.pages.search.records import found_record
from briefgen.pages.search.shards import Shard, script
from briefgen.pages.search.texts import found_article, found_index, found_prose, index_urls
from briefgen.pages.site import Page, Site
from briefgen.patched import patched
from briefgen.remaking import Crew, alone
from briefgen.tables import Revised, changes
from briefgen.urls import editors_url


@dataclass(frozen=True, slots=True)
class ShardView:
    """Template search-shard.html (JavaScript): the name of a shard and what it holds, both as JSON."""

    name: Markup
    data: Markup


class SearchPast:
    """What the last build knew: what was found, the index of it, its files, and the pages made of them."""

    def __init__(self) -> None:
        self.found: Revised[str, Found] = Revised({})
        self.files = NONE
        self.shards: dict[str, Shard] = {}
        self.pages: Revised[str, tuple[Page, ...]] = Revised({})
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


class Searching(NamedTuple):
    """The pages of the search: those to be read, and the files of the index by name."""

    shown: tuple[Page, ...]
    files: Mapping[str, tuple[Page, ...]]


def search(site: Site, found: Revised[str, Found], last: SearchPast | None = None, crew: Crew = alone) -> Searching:
    """The search page and every file of the index, of what was found of all pages."""
    past = last or SearchPast()
    files = files_of(_index(found, past, crew), past.files)
    past.pages, past.shards = _pages(files.named, past)
    past.files, shown = files, tuple(listing(site, found, past.listing))
    past.found = found
    return Searching(shown, past.pages)


def _index(found: Revised[str, Found], past: SearchPast, crew: Crew) -> Index:
    before, last = past.found, past.files.of
    changed = changes(before, found)
    if all(one in found and one in before and found[one].url == before[one].url for one in changed):
        after = index_after(last, [found[one] for one in changed], crew)
        if after:
            return after
    return index_of(found.values(), last, crew)


def _pages(shards: dict[str, Shard], past: SearchPast) -> tuple[Revised[str, tuple[Page, ...]], dict[str, Shard]]:
    """The pages of all shards; what holds what it held has the very same page."""
    before = past.shards
    other = (name for name in changes(before, shards) if name in shards)
    fresh = {name: (_page(shards[name]),) for name in other if name not in before or before[name].data != shards[name].data}
    if list(before) == list(shards):
        return patched(past.pages, fresh), shards
    return Revised({name: fresh.get(name) or past.pages[name] for name in shards}), shards


def _page(shard: Shard) -> Page:
    return Page(urls.shard_url(shard.name), "search-shard.html", ShardView(script(shard.name), shard.data))
