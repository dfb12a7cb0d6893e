"""The inverted index: for each term the pages and entries that hold it, and for each page what a result shows of it.

A long page is cut into parts, each found by the names of the whole page too. A posting is one string, `KEY` and what of the
page holds the term: `!` its whole name, `.` a word of its name, `:` a word of the name of a page whose first part this is not;
then two characters for each entry. Postings of a term stand in the order of their keys, with a space between. Two sorts of
terms are no words: `@lna` stands for a party, `=2020` for a year.

An index can be made from the last one. It is the same as one made anew; only the postings of changed pages are made again.
Its tables are to look things up in: nothing depends on their order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from briefgen.folding import terms, words
from briefgen.pages.search.entry import KINDS, Found, Handful
from briefgen.pages.search.keys import key, part_key
from briefgen.patched import altered, patched
from briefgen.remaking import Crew, alone
from briefgen.tables import Revised

WHOLE, NAME, BESIDE = "!", ".", ":"
FACETS = ("@", "=")
_HEAD, _AROUND = 100, 24  # characters that a page takes beside its entries, and an entry beside its words
_LEAST, _MOST = 32, 320  # parts that are looked at in one go at least, and goes that there are at most, roughly


class Part(NamedTuple):
    """A page or a part of one: its key, what is in it, and how many characters a result takes of it, roughly."""

    key: str
    page: Found
    held: Handful
    first: bool
    size: int


class Index(NamedTuple):
    """An index.

    pages     by URL, each with its parts
    parts     the parts of all pages by key
    postings  term -> postings, in order, with a space between: one text, as there are a hundred for each page
    plain     whether all keys are those that follow from the page alone
    """

    pages: Revised[str, tuple[Found, tuple[Part, ...]]]
    parts: Revised[str, Part]
    postings: Revised[str, str]
    plain: bool = True


EMPTY = Index(Revised({}), Revised({}), Revised({}))


def index_of(found: Iterable[Found], last: Index = EMPTY, crew: Crew = alone) -> Index:
    """The index of these pages; those that are the very same objects as in the last one are not looked at again."""
    pages, given = {}, tuple(found)
    for page in given:
        held = last.pages.get(page.url)
        pages[page.url] = held if held and held[0] is page else (page, tuple(_cut_up(page)))
    parts = by_key(pages)
    new = {own: part for own, part in parts.items() if last.parts.get(own) is not part}
    plain = len(given) == len(pages) == len({held[0].key for _, held in pages.values()})
    return _revised(last, Revised(pages), last.parts.keys() - parts.keys(), new, crew, plain=plain)


def index_after(last: Index, other: Collection[Found], crew: Crew = alone) -> Index | None:
    """The index after some pages became these, under the same addresses; None where that takes a look at all pages."""
    fresh = {page.url: (page, tuple(_cut_up(page))) for page in other}
    if not last.plain or len(fresh) < len(other) or not fresh.keys() <= last.pages.keys():
        return None
    old = {part.key for url in fresh for part in last.pages[url][1]}
    new = [part for _, parts in fresh.values() for part in parts]
    by = {part.key: part for part in new}
    if len(by) < len(new) or any(own in last.parts and own not in old for own in by):
        return None
    return _revised(last, patched(last.pages, fresh), old - by.keys(), by, crew, plain=True)


def _revised(last: Index, pages: Pages, gone: Collection[str], new: Mapping[str, Part], crew: Crew, *, plain: bool) -> Index:
    """An index in which some parts are gone and some are new, or others than they were."""
    return Index(pages, altered(last.parts, gone, new), _postings(last, gone, new, crew), plain)


Pages = Revised[str, tuple[Found, tuple[Part, ...]]]


def _postings(last: Index, gone: Collection[str], new: Mapping[str, Part], crew: Crew) -> Revised[str, str]:
    """The postings of all terms: those of the last index, with what is another in the parts that changed."""
    keys = (*new, *gone)
    size = max(_LEAST, len(keys) // _MOST)
    added: dict[str, list[str]] = {}
    removed: dict[str, list[str]] = {}
    # What a crew hands back is a third as much where it is joined term by term.
    for _, found in crew(lambda at: _changed(last.parts, new, keys[at : at + size]), range(0, len(keys), size), "Indexing"):
        for all_of, some in zip((added, removed), found, strict=True):
            for term, held in some.items():
                all_of.setdefault(term, []).append(held)
    fresh: dict[str, str] = {}
    for term in added.keys() | removed.keys():
        kept = last.postings.get(term, "").split()
        for one in " ".join(removed.get(term, ())).split():
            del kept[bisect_left(kept, one)]
        fresh[term] = " ".join(sorted(" ".join((*kept, *added.get(term, ()))).split()))
    left = {term: held for term, held in fresh.items() if held}
    return altered(last.postings, fresh.keys() - left.keys(), left)


def _changed(before: Mapping[str, Part], after: Mapping[str, Part], keys: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Of the parts under these keys the postings that are new and those that are gone, both by term."""
    added: dict[str, list[str]] = {}
    removed: dict[str, list[str]] = {}
    for own in keys:
        # What stood there before is found again: to keep it for all parts took a quarter of all that is kept.
        old, new = (where_of(parts[own]) if own in parts else {} for parts in (before, after))
        for term, held in new.items():
            if old.get(term) != held:
                added.setdefault(term, []).append(own + held)
        for term, held in old.items():
            if new.get(term) != held:
                removed.setdefault(term, []).append(own + held)
    return _joined(added), _joined(removed)


def _joined(found: Mapping[str, list[str]]) -> dict[str, str]:
    return {term: " ".join(some) for term, some in found.items()}


# ---------------------------------------------------------------- parts


def by_key(pages: Mapping[str, tuple[Found, tuple[Part, ...]]]) -> dict[str, Part]:
    """All parts by key; where two pages have the same one, the page whose URL comes later gets another."""
    owners = {parts[0].key: url for url, (_, parts) in pages.items()}
    if len(owners) == len(pages):
        return {part.key: part for _, parts in pages.values() for part in parts}
    taken: set[str] = set()
    found: dict[str, Part] = {}
    for url, (page, parts) in sorted(pages.items()):
        own = parts[0].key[:-1]
        if own in taken:
            own = key(KINDS[page.kind], page.order, url, taken)
            parts = tuple(part._replace(key=part_key(own, n)) for n, part in enumerate(parts))
        taken.add(own)
        found.update((part.key, part) for part in parts)
    return found


def _cut_up(page: Found) -> Iterator[Part]:
    own = key(KINDS[page.kind], page.order, page.url, ())
    for n, held in enumerate(page.handfuls):
        size = _HEAD + sum(len(e.text) + len(e.label) + _AROUND for e in held.entries)
        yield Part(part_key(own, n), page, held, n == 0, size)


# ---------------------------------------------------------------- terms


def where_of(part: Part) -> dict[str, str]:
    """Term -> which of the page and its entries hold it. A function of the part alone."""
    found: dict[str, str] = _of_names(part.page, part.first)
    for own, entry in part.held.coded:
        for term in (*terms(f"{entry.label} {entry.text}"), *_facets(entry.parties, entry.years)):
            found[term] = found.get(term, "") + own
    return found


def _of_names(page: Found, first: bool) -> dict[str, str]:
    named = (page.title, *(text for text, _ in page.names))
    found = dict.fromkeys((term for text in (*named, *page.words) for term in terms(text)), NAME if first else BESIDE)
    if first:
        found |= dict.fromkeys((term for text in named for term in _whole(text)), WHOLE)
        found |= dict.fromkeys(_facets(page.parties, page.years), NAME)
    return found


def _whole(name: str) -> tuple[str, ...]:
    """The terms of a name of one word, which are all of it."""
    found = words(name)
    return found[0] if len(found) == 1 else ()


def _facets(parties: tuple[str, ...], years: tuple[str, ...]) -> Iterator[str]:
    yield from (f"@{party}" for party in parties)
    yield from (f"={year}" for year in years)
