"""The texts of an index, which are what results show, in blocks by the digest of the page's address.

That there are more blocks than before moves all texts, once in a fourfold growth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from briefgen.pages.search.entry import Entry
from briefgen.pages.search.index import Part
from briefgen.pages.search.keys import HASHED, block_of
from briefgen.pages.search.shards import Shard, shard
from briefgen.tables import changes

_BLOCK = 6_000  # characters that a block of texts has on average at most


class Block(NamedTuple):
    """A block of texts and what it was made of."""

    parts: Sequence[Part]
    shard: Shard


class Texts(NamedTuple):
    """The blocks by name, how many bits of a digest say the block, and how many characters all texts have."""

    blocks: Mapping[str, Block]
    bits: int
    size: int


def texts_of(parts: Mapping[str, Part], before: Mapping[str, Part], last: Texts) -> Texts:
    """The blocks of the texts of all parts; those that hold nothing that changed are those of the last index."""
    changed = changes(before, parts)
    gone = [before[own] for own in changed if own in before]
    new = [parts[own] for own in changed if own in parts]
    size = last.size + sum(part.size for part in new) - sum(part.size for part in gone)
    bits = next(n for n in range(0, 6 * HASHED + 1, 2) if size >> n <= _BLOCK)
    if bits != last.bits:
        gone, new, last = [], [*parts.values()], Texts({}, bits, 0)
    touched: dict[str, list[Part]] = {_block_name(part, bits): [] for part in gone}
    for part in new:
        touched.setdefault(_block_name(part, bits), []).append(part)
    blocks = dict(last.blocks)
    for name, some in touched.items():
        held = blocks.pop(name).parts if name in blocks else ()
        if kept := sorted((*(part for part in held if parts.get(part.key) is part), *some), key=_key_of):
            blocks[name] = Block(kept, shard(name, {part.key: _text(part) for part in kept}))
    return Texts({name: blocks[name] for name in sorted(blocks)}, bits, size)


_key_of = attrgetter("key")


def _block_name(part: Part, bits: int) -> str:
    return f"b{block_of(part.key, bits):x}"


def _text(part: Part) -> Sequence[object]:
    """What a result shows: address, title and its language, about, names, entries in their order."""
    page = part.page
    entries = [_entry(own, entry) for own, entry in part.held.coded]
    return [page.url, page.title, page.lang, page.about, [list(name) for name in page.names], entries]


def _entry(own: str, entry: Entry) -> Sequence[object]:
    places = [list(place) for place in entry.places]
    return [own, entry.voice[0], entry.fragment, entry.label, entry.text, entry.lang, places]
