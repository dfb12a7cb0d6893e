"""The terms of an index in shards, by the letters they begin with.

Where a shard would grow over LIMIT it is divided by the next letter, and what stays under its own name is the term of exactly
these letters, and a foretaste: the pages whose names have a word that begins so. A single term with more postings than LIMIT
has them in files of their own, each for a stretch of keys halved until it fits. All of it follows from what is in the shard, so
that an edit changes the shards of the words edited and no other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, groupby
from operator import attrgetter
from typing import NamedTuple

from briefgen.pages.search.index import FACETS, NAME, WHOLE
from briefgen.pages.search.keys import LENGTH, first_key
from briefgen.pages.search.shards import Shard, file_name, shard, shard_of_keys

LIMIT = 12_000  # characters of a shard, of a file of postings
_FORETASTE = 24  # pages
_APART = "~"


class Term(NamedTuple):
    """A term with its postings, how many characters they take, and the beginnings of those among them that are of names."""

    text: str
    postings: str
    size: int
    names: str


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


BARE = Branch((), (), {}, 0, (), "")


def branch_after(last: Branch, postings: Mapping[str, str | None]) -> Branch:
    """The branch of all terms after some have other postings (None: there is no such term any more)."""
    return _after("", last, {text: _term(text, held) if held else None for text, held in postings.items()}, 0)


def _term(text: str, postings: str) -> Term:
    return Term(text, postings, len(postings) + 1, _of_names(text, postings))


def _of_names(text: str, postings: str) -> str:
    """The postings that stand for words of names; a party or a year is no such word."""
    if text[0] in FACETS:
        return ""
    return " ".join([one[: LENGTH + 1] for one in postings.split() if one[LENGTH] in (WHOLE, NAME)])


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
    same = all((term.names if term else "") == names.get(text, "") for text, term in other.items())
    branches = dict(last.branches)
    for letters, group in groupby(sorted(other.keys() - {prefix}), key=lambda text: text[: depth + 1]):
        branches[letters] = _after(letters, last.branches.get(letters, BARE), {text: other[text] for text in group}, depth + 1)
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
        return BARE
    if _is_one(prefix, held, size, depth):
        return Branch(held, tuple(_shard(prefix, held, ())), {}, size, (), prefix)
    longer = groupby((term for term in held if term.text != prefix), key=lambda term: term.text[: depth + 1])
    branches = {letters: _branch(letters, list(group), depth + 1) for letters, group in longer}
    return _divided(prefix, held, size, branches, _first(held, depth), depth)


def _is_one(prefix: str, held: Sequence[Term], size: int, depth: int) -> bool:
    """Whether these terms are one shard."""
    return depth > 0 and (size <= LIMIT or len(held) == sum(term.text == prefix for term in held[:1]))


def _first(held: Sequence[Term], depth: int) -> Sequence[str]:
    return foretaste(" ".join([term.names for term in held])) if depth else ()


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
            apart = _apart(term.postings)
            data[term.text] = " ".join((_APART + ",".join(apart), *foretaste(term.names)))
            yield from (shard_of_keys(f"p{file_name(term.text)}.{file_name(start)}", some) for start, some in apart.items())
    yield shard(f"t{file_name(prefix)}", data)


def _apart(postings: str) -> dict[str, str]:
    """Postings in stretches of keys, from the first key of a stretch (its zeros at the end left out) to that of the next."""
    every = postings.split()
    places = [0, *accumulate([len(one) + 1 for one in every])]
    return {key: postings[places[a] : places[b] - 1] for key, a, b in _stretches(every, places, (0, len(every)), 0, 6 * LENGTH)}


def _stretches(
    postings: Sequence[str], places: Sequence[int], between: tuple[int, int], low: int, bits: int
) -> Iterator[tuple[str, int, int]]:
    """The first key of each stretch, and where it begins and ends among the postings; `places` are those in their text."""
    a, b = between
    if places[b] - places[a] <= LIMIT or b - a == 1:
        yield first_key(low), a, b
        return
    middle = low + (1 << bits - 1)
    cut = bisect_left(postings, first_key(middle), a, b)
    for half, start in (((a, cut), low), ((cut, b), middle)):
        if half[0] < half[1]:
            yield from _stretches(postings, places, half, start, bits - 1)


def foretaste(names: str) -> list[str]:
    """The pages of these postings of names, those first whose whole name it is, as many as are shown; in the order of keys."""
    best: dict[str, str] = {}
    for one in names.split():
        key, mark = one[:LENGTH], one[LENGTH]
        if best.get(key) != WHOLE:
            best[key] = mark
    chosen = sorted(best, key=lambda key: (best[key] != WHOLE, key))[:_FORETASTE]
    return sorted(key + best[key] for key in chosen)
