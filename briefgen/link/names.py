"""Names in texts: one automaton over all names, longest match first, whole words (rules 7 and "names link by themselves").

Nothing here is fuzzy, and no text is read twice: time grows with the text, not with the number of names.
Matching is that of Aho and Corasick (1975), by the library ahocorasick_rs.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple, cast

from ahocorasick_rs import AhoCorasick, MatchKind

from briefgen.text import fold, folded, is_whole, without_the
from briefgen.trace import Searchable


class Name(NamedTuple):
    """A string that names a record, everywhere (`scope` empty) or in one article."""

    string: str
    scope: str
    record: str


class Hit(NamedTuple):
    """A name at `start:end` of the text it was looked for in (the source's own offsets)."""

    start: int
    end: int
    record: str


Question = tuple[str, str]  # a text, and the article whose own names count in it


class NameIndex(Searchable):
    """All names of a briefing, ready to be found. Built once, never changed."""

    def __init__(self, names: Iterable[Name]) -> None:
        """Take names as editors wrote them; folding and a leading "the" are seen to here."""
        owners: dict[str, dict[str, str]] = {}
        for name in names:
            string = without_the(folded(name.string))
            if string:
                owners.setdefault(string, {}).setdefault(name.scope, name.record)
        self._prepare(owners)

    def _prepare(self, owners: dict[str, dict[str, str]]) -> None:
        self._strings = owners
        self._owners = tuple(owners.values())
        self._automaton = AhoCorasick(list(owners), matchkind=MatchKind.Standard) if owners else None

    def __getstate__(self) -> dict[str, dict[str, str]]:
        return self._strings  # the automaton is quickly made, and cannot be written down

    def __setstate__(self, owners: dict[str, dict[str, str]]) -> None:
        self._prepare(owners)

    def all(self, text: str, scope: str = "") -> tuple[Hit, ...]:
        """Every whole-word occurrence of every name, overlapping ones too, by place."""
        view = fold(text)
        found = []
        for which, start, end in self._find(view.text):
            record = self._owners[which].get(scope) or self._owners[which].get("")
            if record and is_whole(view.text, start, end):
                found.append(Hit(*view.source(start, end), record))
        return tuple(sorted(found, key=lambda h: (h.start, -h.end)))

    def find(self, text: str, scope: str = "") -> tuple[Hit, ...]:
        """The names of a text without overlaps: at each place the longest wins, an article's own before the others.

        `scope` is the article whose `named` strings count.
        """
        chosen: list[Hit] = []
        cluster: list[Hit] = []
        reach = 0
        for hit in self.all(text, scope):
            if cluster and hit.start >= reach:
                chosen += _longest_first(cluster)
                cluster = []
            cluster.append(hit)
            reach = max(reach, hit.end)
        return tuple(chosen + _longest_first(cluster))

    def noting(self, asked: set[Hashable]) -> NameIndex:
        """The same index, noting the texts (and scopes) that are searched; see `trace.Searchable`."""
        return _Noting(self, asked)

    def differing(self, before: object, asked: Iterable[Hashable]) -> Iterator[Hashable]:
        """The texts in which a string stands that is a name now and was none before, or the other way round, or is another's."""
        old = before._strings if isinstance(before, NameIndex) else {}
        new = self._strings
        changed = [s for s in {**old, **new} if old.get(s) != new.get(s)]
        for question in asked if changed else ():
            view = fold(cast("Question", question)[0]).text
            if any(s in view for s in changed):
                yield question

    def _find(self, text: str) -> Iterable[tuple[int, int, int]]:
        return self._automaton.find_matches_as_indexes(text, overlapping=True) if self._automaton else ()


class _Noting(NameIndex):
    """An index that notes what is asked of it."""

    def __init__(self, index: NameIndex, asked: set[Hashable]) -> None:
        self.__dict__.update(index.__dict__)
        self._asked = asked

    def all(self, text: str, scope: str = "") -> tuple[Hit, ...]:
        """As of any index."""
        self._asked.add((text, scope))
        return super().all(text, scope)


def _longest_first(cluster: list[Hit]) -> list[Hit]:
    """Out of hits that overlap one another, those that stay: the longest, then what is left beside it."""
    kept: list[Hit] = []
    for hit in sorted(cluster, key=lambda h: (h.start - h.end, h.start)):
        if all(hit.end <= other.start or hit.start >= other.end for other in kept):
            kept.append(hit)
    return sorted(kept)
