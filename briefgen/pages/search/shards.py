"""The index as files, each small enough to be fetched while somebody types, each a script that hands it over.

A shard holds the terms that begin with some letters. Where it would grow over LIMIT it is divided by the next letter, and what
stays under its own name is the term of exactly these letters, and a foretaste: the pages whose names have a word that begins
so. A single term with more postings than LIMIT has them in files of their own, each for a stretch of keys halved until it fits.
All of it follows from what is in the shard, so that an edit changes the shards of the words edited and no other. Texts are in
blocks by the digest of the page's address; that there are more blocks than before moves them all, once in a fourfold growth.

The files can be made from the last ones. They are the same as those made anew; what no changed term or text belongs to is not
looked at.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import attrgetter
from typing import NamedTuple

from briefgen.folding import LETTERS, LONGEST, PATTERN, SIGNS
from briefgen.pages.search.entry import Entry
from briefgen.pages.search.index import EMPTY, FACETS, NAME, WHOLE, Index, Part
from briefgen.pages.search.keys import APART, DIGITS, HASHED, LENGTH, block_of, first_key
from briefgen.tables import changes

LIMIT = 12_000  # characters of a shard, of a file of postings
_BLOCK = 6_000  # characters that a block of texts has on average at most
_FORETASTE = 24  # pages
_APART = "~"


_NAME = attrgetter("name")


class Shard(NamedTuple):
    """A file: its name (t… terms, p… postings, b… texts, or "manifest"), what it holds, and how its terms begin."""

    name: str
    data: object
    prefix: str = ""


class Term(NamedTuple):
    """A term with its postings, how many characters they take, and those among them that are of names."""

    text: str
    postings: str
    size: int
    names: Sequence[str]


class Branch(NamedTuple):
    """All terms that begin with some letters, in order: what they were made into, and the branches of one letter more.

    size      how many characters a shard of all of them would have
    first     the foretaste of all of them, where they are divided
    prefixes  how the terms of each shard begin, with a space between
    """

    held: Sequence[Term]
    shards: tuple[Shard, ...]
    branches: Mapping[str, Branch]
    size: int
    first: Sequence[str]
    prefixes: str


class Block(NamedTuple):
    """A block of texts and what it was made of."""

    parts: Sequence[Part]
    shard: Shard


class Texts(NamedTuple):
    """The blocks by name, how many bits of a digest say the block, and how many characters all texts have."""

    blocks: Mapping[str, Block]
    bits: int
    size: int


class Files(NamedTuple):
    """The files of an index, and what they were made of."""

    of: Index
    root: Branch
    texts: Texts
    manifest: Shard

    def all(self) -> Iterator[Shard]:
        """Every file."""
        return chain(self.root.shards, (block.shard for block in self.texts.blocks.values()), (self.manifest,))

    @property
    def named(self) -> dict[str, Shard]:
        """Every file by name."""
        shards = tuple(self.all())
        return dict(zip(map(_NAME, shards), shards, strict=True))


_BARE = Branch((), (), {}, 0, (), "")
NONE = Files(EMPTY, _BARE, Texts({}, 0, 0), Shard("manifest", {}))


def files_of(index: Index, last: Files = NONE) -> Files:
    """All files of an index."""
    changed = changes(last.of.postings, index.postings)
    other = {text: Term(text, held, len(held) + 1, _of_names(text, held)) for text in changed if (held := index.postings.get(text))}
    root = _after("", last.root, {text: other.get(text) for text in changed}, 0)
    texts = _texts(index.parts, last.of.parts, last.texts)
    data = {
        "bits": texts.bits,
        "digits": DIGITS,
        "apart": APART,
        "hashed": HASHED,
        "folding": {"letters": LETTERS, "signs": SIGNS, "pattern": PATTERN, "longest": LONGEST},
        "terms": root.prefixes,
    }
    return Files(index, root, texts, Shard("manifest", data))


def as_json(data: object) -> str:
    """What a shard holds, as the template prints it into a script: no HTML and no script parser stumbles over it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def file_name(text: str) -> str:
    """Letters as a part of a file's name, in characters that every file system and address takes as they are."""
    return "".join(c if c.isascii() and (c.islower() or c.isdigit()) else f"_{ord(c):x}_" for c in text)


def _size(postings: Sequence[str]) -> int:
    return sum(map(len, postings)) + len(postings)


def _of_names(text: str, postings: str) -> Sequence[str]:
    """The postings that stand for words of names; a party or a year is no such word."""
    if text[0] in FACETS:
        return ()
    return tuple(one[: LENGTH + 1] for one in postings.split() if one[LENGTH] in (WHOLE, NAME))


# ---------------------------------------------------------------- terms


def _after(prefix: str, last: Branch, other: Mapping[str, Term | None], depth: int) -> Branch:
    """A branch after some of its terms became others (None: there is no such term any more)."""
    if not other:
        return last
    if not last.branches:
        return _branch(prefix, _merged(last.held, other), depth)
    held = _merged(last.held, other)
    size = last.size + sum(_here(term) for term in other.values() if term) - sum(map(_here, _among(last.held, other)))
    if _is_one(prefix, held, size, depth):
        return _branch(prefix, held, depth)
    names = {term.text: term.names for term in _among(last.held, other)}
    same = all((term.names if term else ()) == names.get(text, ()) for text, term in other.items())
    branches = dict(last.branches)
    for letters, group in groupby(sorted(other.keys() - {prefix}), key=lambda text: text[: depth + 1]):
        branches[letters] = _after(letters, last.branches.get(letters, _BARE), {text: other[text] for text in group}, depth + 1)
    kept = {letters: branches[letters] for letters in sorted(branches) if branches[letters].held}
    return _divided(prefix, held, size, kept, last.first if same else _first(held, depth), depth)


def _merged(held: Sequence[Term], other: Mapping[str, Term | None]) -> list[Term]:
    """Terms in order, after some of them became others."""
    if len(other) > len(held) // 8:
        known = {**{term.text: term for term in held}, **other}
        return [term for _, term in sorted(known.items()) if term]
    merged = list(held)
    for text, term in other.items():
        at = bisect_left(merged, text, key=_text_of)
        there = at < len(merged) and merged[at].text == text
        merged[at : at + there] = [term] if term else []
    return merged


def _among(held: Sequence[Term], wanted: Iterable[str]) -> Iterator[Term]:
    """Those of the wanted terms that are there; `held` is in order."""
    for text in wanted:
        at = bisect_left(held, text, key=_text_of)
        if at < len(held) and held[at].text == text:
            yield held[at]


_text_of = attrgetter("text")


def _branch(prefix: str, held: Sequence[Term], depth: int) -> Branch:
    """The shards of all terms that begin with a prefix: one, or one for each next letter and what is left here."""
    size = sum(map(_here, held))
    if not held:
        return _BARE
    if _is_one(prefix, held, size, depth):
        return Branch(held, tuple(_shard(prefix, held, ())), {}, size, (), prefix)
    longer = groupby((term for term in held if term.text != prefix), key=lambda term: term.text[: depth + 1])
    branches = {letters: _branch(letters, list(group), depth + 1) for letters, group in longer}
    return _divided(prefix, held, size, branches, _first(held, depth), depth)


def _is_one(prefix: str, held: Sequence[Term], size: int, depth: int) -> bool:
    """Whether these terms are one shard."""
    return depth > 0 and (size <= LIMIT or len(held) == sum(term.text == prefix for term in held[:1]))


def _first(held: Sequence[Term], depth: int) -> Sequence[str]:
    return foretaste([one for term in held for one in term.names]) if depth else ()


def _divided(
    prefix: str, held: Sequence[Term], size: int, branches: Mapping[str, Branch], first: Sequence[str], depth: int
) -> Branch:
    own = [term for term in held[:1] if term.text == prefix]  # the shortest comes first
    here = _shard(prefix, own, first) if depth else ()
    shards = chain(here, *(branch.shards for branch in branches.values()))
    prefixes = " ".join((*((prefix,) if depth else ()), *(branch.prefixes for branch in branches.values())))
    return Branch(held, tuple(shards), branches, size, first, prefixes)


def _here(term: Term) -> int:
    """What a term takes in its shard; where its postings are in files of their own, little."""
    return len(term.text) + 6 + (term.size if term.size <= LIMIT else _FORETASTE * (LENGTH + 2))


def _shard(prefix: str, held: Sequence[Term], first: Sequence[str]) -> Iterator[Shard]:
    data = {"": " ".join(first)} if first else {}
    for term in held:
        if term.size <= LIMIT:
            data[term.text] = term.postings
        else:
            apart = dict(_apart(term.postings.split(), 0, 6 * LENGTH))
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


def _texts(parts: Mapping[str, Part], before: Mapping[str, Part], last: Texts) -> Texts:
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
            blocks[name] = Block(kept, Shard(name, {part.key: _text(part) for part in kept}))
    return Texts({name: blocks[name] for name in sorted(blocks)}, bits, size)


_key_of = attrgetter("key")


def _block_name(part: Part, bits: int) -> str:
    return f"b{block_of(part.key, bits):x}"


def _text(part: Part) -> Sequence[object]:
    """What a result shows: address, title and its language, about, names, entries in their order."""
    page = part.page
    entries = [_entry(own, entry) for own, entry in part.entries]
    return [page.url, page.title, page.lang, page.about, [list(name) for name in page.names], entries]


def _entry(own: str, entry: Entry) -> Sequence[object]:
    places = [list(place) for place in entry.places]
    return [own, entry.voice[0], entry.fragment, entry.label, entry.text, entry.lang, places]
