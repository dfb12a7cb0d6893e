"""What a page holds in handfuls, each of which is one part of it in the index; and the codes by which postings name entries.

Both follow from the page alone, so they are made with it, by whatever process that is; what an entry is, which nobody asks for
once it has its code, is not kept. No entry knows where it stands in the index: a new one moves no other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from briefgen.pages.search.entry import Entry, Handful
from briefgen.pages.search.keys import CODES, DIGITS, code

_ENTRIES, _LETTERS = 40, 6000  # how much is one handful


def handfuls(entries: Iterable[Entry]) -> tuple[Handful, ...]:
    """Entries in handfuls, as many as have a number; one at least, and empty for a page without any."""
    every, limit = tuple(entries), 1
    while len(found := list(_cut(every, _ENTRIES * limit, _LETTERS * limit))) > len(DIGITS):
        limit *= 2
    return tuple(map(_coded, found))


def _cut(entries: tuple[Entry, ...], most: int, longest: int) -> Iterator[tuple[Entry, ...]]:
    start = letters = 0
    for n, entry in enumerate(entries):
        if n > start and (n - start >= most or letters + len(entry.text) > longest):
            yield entries[start:n]
            start, letters = n, 0
        letters += len(entry.text)
    yield entries[start:]


def _coded(entries: tuple[Entry, ...]) -> Handful:
    codes: dict[str, None] = {}
    alike: Counter[str] = Counter()
    for entry in entries[:CODES]:
        identity = f"{entry.identity}\0{alike[entry.identity]}\0" if alike[entry.identity] else entry.identity
        alike[entry.identity] += 1
        codes[code(identity, codes)] = None
    return Handful("".join(codes), tuple(entry._replace(identity="") for entry in entries))
