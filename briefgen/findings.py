"""All findings of a build in the order of their places, kept in it from build to build.

Nothing is sorted again but what is other: 5,000 articles have a finding each (how much of it is quoted), and an edit changes one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from briefgen.diagnostic import Diagnostic, place_of
from briefgen.tables import changes

Tables = tuple[Mapping[Any, tuple[Diagnostic, ...]], ...]


class Findings(NamedTuple):
    """What was found: the tables it stands in, all of it in order, and whether anything in there is found twice."""

    tables: Tables
    held: list[Diagnostic]
    twice: bool

    @property
    def once(self) -> tuple[Diagnostic, ...]:
        """All of it in order, without repetitions."""
        return tuple(dict.fromkeys(self.held)) if self.twice else tuple(self.held)


def in_order(before: Findings | None, tables: Tables) -> Findings:
    """What stands in these tables, in order."""
    if before is None or len(before.tables) != len(tables):
        held = sorted((one for table in tables for found in table.values() for one in found), key=place_of)
        return Findings(tables, held, any(one == other for one, other in pairwise(held)))
    held, twice = list(before.held), before.twice
    gone, new = _difference(before.tables, tables)
    if 8 * (len(gone) + len(new)) > len(held):
        return in_order(None, tables)
    for one in gone:
        del held[_at(held, one)]
    for one in new:
        at = bisect_right(held, place_of(one), key=place_of)
        twice = twice or (at > 0 and held[at - 1] == one)
        held.insert(at, one)
    return Findings(tables, held, twice)


def with_more(held: tuple[Diagnostic, ...], more: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Findings in order, and some more, without repetitions."""
    found = list(held)
    for one in more:
        at = bisect_right(found, place_of(one), key=place_of)
        if at == 0 or found[at - 1] != one:
            found.insert(at, one)
    return tuple(found)


def _difference(before: Tables, after: Tables) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """What is not found any more, and what was not found before."""
    gone: list[Diagnostic] = []
    new: list[Diagnostic] = []
    for old, table in zip(before, after, strict=True):
        for key in changes(old, table):
            was, now = old.get(key, ()), table.get(key, ())
            if was != now:
                gone += was
                new += now
    return gone, new


def _at(held: list[Diagnostic], wanted: Diagnostic) -> int:
    """Where a finding stands; those of one place are equal."""
    return bisect_left(held, place_of(wanted), key=place_of)
