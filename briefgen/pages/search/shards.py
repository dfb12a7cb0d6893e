"""The index as files, each small enough to be fetched while somebody types, each a script that hands it over.

A shard holds the terms that begin with some letters. Where it would grow over LIMIT it is divided by the next letter, and what
stays under its own name is the term of exactly these letters, and a foretaste: the pages whose names have a word that begins
so. A single term with more postings than LIMIT has them in files of their own, each for a stretch of keys halved until it fits.
All of it follows from what is in the shard, so that an edit changes the shards of the words edited and no other. Texts are in
blocks by the digest of the page's address; that there are more blocks than before moves them all, once in a fourfold growth.

The files can be made from the last ones. They are the same as those made anew; a shard that holds what it held is not made again.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import is_
from typing import NamedTuple

from briefgen.folding import LETTERS, LONGEST, PATTERN, SIGNS
from briefgen.pages.search.entry import Entry
from briefgen.pages.search.index import FACETS, NAME, WHOLE, Index, Part
from briefgen.pages.search.keys import APART, DIGITS, HASHED, LENGTH, block_of, first_key

LIMIT = 12_000  # characters of a shard, of a file of postings
_BLOCK = 6_000  # characters that a block of texts has on average at most
_FORETASTE = 24  # pages
_APART = "~"


class Shard(NamedTuple):
    """A file: its name (t… terms, p… postings, b… texts, or "manifest"), what it holds, and how its terms begin."""

    name: str
    data: object
    prefix: str = ""


class Term(NamedTuple):
    """A term with its postings, how many characters they are, and those among them that are of names."""

    text: str
    postings: tuple[str, ...]
    size: int
    names: Sequence[str]


class Branch(NamedTuple):
    """All terms that begin with some letters: what they were made into, and the branches of one letter more."""

    held: Sequence[Term]
    shards: tuple[Shard, ...]
    branches: Mapping[str, Branch]


class Block(NamedTuple):
    """A block of texts and what it was made of."""

    parts: Sequence[Part]
    shard: Shard


class Files(NamedTuple):
    """The files of an index."""

    terms: Mapping[str, Term]
    root: Branch
    blocks: Mapping[str, Block]
    manifest: Shard

    def all(self) -> Iterator[Shard]:
        """Every file."""
        yield from self.root.shards
        yield from (block.shard for block in self.blocks.values())
        yield self.manifest


NONE = Files({}, Branch((), (), {}), {}, Shard("manifest", {}))


def files_of(index: Index, last: Files = NONE) -> Files:
    """All files of an index."""
    terms = {text: _term(text, found, last) for text, found in index.postings.items()}
    root = _branch("", [terms[text] for text in sorted(terms)], 0, last.root)
    bits, blocks = _blocks(index.parts, last.blocks)
    data = {
        "bits": bits,
        "digits": DIGITS,
        "apart": APART,
        "hashed": HASHED,
        "folding": {"letters": LETTERS, "signs": SIGNS, "pattern": PATTERN, "longest": LONGEST},
        "terms": " ".join(s.prefix for s in root.shards if s.prefix),
    }
    return Files(terms, root, blocks, Shard("manifest", data))


def _term(text: str, postings: tuple[str, ...], last: Files) -> Term:
    held = last.terms.get(text)
    return held if held and held.postings is postings else Term(text, postings, _size(postings), _of_names(text, postings))


def as_json(data: object) -> str:
    """What a shard holds, as the template prints it into a script: no HTML and no script parser stumbles over it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def file_name(text: str) -> str:
    """Letters as a part of a file's name, in characters that every file system and address takes as they are."""
    return "".join(c if c.isascii() and (c.islower() or c.isdigit()) else f"_{ord(c):x}_" for c in text)


def _size(postings: Sequence[str]) -> int:
    return sum(map(len, postings)) + len(postings)


def _of_names(text: str, postings: Sequence[str]) -> Sequence[str]:
    """The postings that stand for words of names; a party or a year is no such word."""
    if text[0] in FACETS:
        return ()
    return [one[: LENGTH + 1] for one in postings if one[LENGTH] in (WHOLE, NAME)]


# ---------------------------------------------------------------- terms


def _branch(prefix: str, held: Sequence[Term], depth: int, last: Branch | None) -> Branch:
    """The shards of all terms that begin with a prefix: one, or one for each next letter and what is left here."""
    if last and _same(last.held, held):
        return last
    own = [term for term in held if term.text == prefix]
    if depth and (sum(map(_here, held)) <= LIMIT or len(own) == len(held)):
        return Branch(held, tuple(_shard(prefix, held, ())), {})
    here = _shard(prefix, own, foretaste([one for term in held for one in term.names])) if depth else ()
    before = last.branches if last else {}
    longer = groupby((term for term in held if term.text != prefix), key=lambda term: term.text[: depth + 1])
    branches = {letters: _branch(letters, list(group), depth + 1, before.get(letters)) for letters, group in longer}
    return Branch(held, (*here, *(shard for branch in branches.values() for shard in branch.shards)), branches)


def _same(before: Sequence[object], held: Sequence[object]) -> bool:
    return len(before) == len(held) and all(map(is_, before, held))


def _here(term: Term) -> int:
    """What a term takes in its shard; where its postings are in files of their own, little."""
    return len(term.text) + 6 + (term.size if term.size <= LIMIT else _FORETASTE * (LENGTH + 2))


def _shard(prefix: str, held: Sequence[Term], first: Sequence[str]) -> Iterator[Shard]:
    data = {"": " ".join(first)} if first else {}
    for term in held:
        if term.size <= LIMIT:
            data[term.text] = " ".join(term.postings)
        else:
            apart = dict(_apart(term.postings, 0, 6 * LENGTH))
            data[term.text] = " ".join((_APART + ",".join(apart), *foretaste(term.names)))
            yield from (Shard(f"p{file_name(term.text)}.{file_name(start)}", " ".join(some)) for start, some in apart.items())
    yield Shard(f"t{file_name(prefix)}", data, prefix)


def _apart(postings: Sequence[str], low: int, bits: int) -> Iterator[tuple[str, Sequence[str]]]:
    """Postings in stretches of keys, from the first key of a stretch (its zeros at the end left out) to that of the next."""
    if _size(postings) <= LIMIT or len(postings) == 1:
        yield first_key(low), postings
        return
    middle = low + (1 << bits - 1)
    cut = bisect_left(postings, first_key(middle))
    for half, start in ((postings[:cut], low), (postings[cut:], middle)):
        if half:
            yield from _apart(half, start, bits - 1)


def foretaste(names: Sequence[str]) -> list[str]:
    """The pages of these postings of names, those first whose whole name it is, as many as are shown; in the order of keys."""
    best: dict[str, str] = {}
    for one in names:
        key, mark = one[:LENGTH], one[LENGTH]
        if best.get(key) != WHOLE:
            best[key] = mark
    chosen = sorted(best, key=lambda key: (best[key] != WHOLE, key))[:_FORETASTE]
    return sorted(key + best[key] for key in chosen)


# ---------------------------------------------------------------- texts


def _blocks(parts: Mapping[str, Part], last: Mapping[str, Block]) -> tuple[int, Mapping[str, Block]]:
    """How many bits of a digest say the block, and the blocks by name."""
    size = sum(part.size for part in parts.values())
    bits = next(n for n in range(0, 6 * HASHED + 1, 2) if size >> n <= _BLOCK)
    held: dict[str, list[Part]] = {}
    for own in sorted(parts):
        held.setdefault(f"b{block_of(own, bits):x}", []).append(parts[own])
    return bits, {name: _block(name, some, last.get(name)) for name, some in held.items()}


def _block(name: str, parts: Sequence[Part], last: Block | None) -> Block:
    if last and _same(last.parts, parts):
        return last
    return Block(parts, Shard(name, {part.key: _text(part) for part in parts}))


def _text(part: Part) -> Sequence[object]:
    """What a result shows: address, title and its language, about, names, entries in their order."""
    page = part.page
    entries = [_entry(own, entry) for own, entry in part.entries]
    return [page.url, page.title, page.lang, page.about, [list(name) for name in page.names], entries]


def _entry(own: str, entry: Entry) -> Sequence[object]:
    places = [list(place) for place in entry.places]
    return [own, entry.voice[0], entry.fragment, entry.label, entry.text, entry.lang, places]
