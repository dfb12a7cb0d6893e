"""Tables made from the tables of the last build, so that a change costs what it touches and not what there is.

Nothing here is changed in place: a table is a value, also when it shares what did not change with the one before it. Each
function gives exactly what it would give without a `before`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from itertools import compress
from operator import is_not
from typing import Any, Generic, TypeVar, cast
from weakref import ref

from briefgen.frozen import dataclass

S = TypeVar("S", bound=Hashable)
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
A = TypeVar("A")

Pairs = tuple[tuple[K, V], ...]


class Revised(dict[K, V]):
    """A table that may know how it came of another: no entries but those `touched` are others than in `before`."""

    __slots__ = ("__weakref__", "_before", "touched")

    def __init__(self, entries: Mapping[K, V], before: Revised[K, V] | None = None, touched: frozenset[K] = frozenset()) -> None:
        super().__init__(entries)
        # Not held on to: or every table there ever was would be.
        self._before = ref(before) if before is not None else None
        self.touched = touched

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (dict.copy(self),)  # what it came of stays behind

    def came_of(self, other: object) -> bool:
        """Whether `touched` tells all that is different from this other table."""
        return self._before is not None and self._before() is other


class Index(Revised[K, V]):
    """A table to look things up in. Walked through, it is in the order of its keys, whatever it came of."""

    __slots__ = ()

    def __iter__(self) -> Iterator[K]:
        return iter(sorted(super().__iter__()))  # type: ignore[type-var]  # keys are strings, and tuples of them and numbers

    def keys(self) -> KeysView[K]:  # type: ignore[override]  # as of any mapping
        """As of any mapping."""
        return KeysView(self)

    def values(self) -> ValuesView[V]:  # type: ignore[override]  # as of any mapping
        """As of any mapping."""
        return ValuesView(self)

    def items(self) -> ItemsView[K, V]:  # type: ignore[override]  # as of any mapping
        """As of any mapping."""
        return ItemsView(self)


# ---------------------------------------------------------------- one from one


@dataclass(frozen=True, slots=True)
class Derived(Generic[K, A, V]):
    """A table with one entry made from each item; `items` are what it was made from."""

    items: Mapping[K, A]
    table: Revised[K, V]


def derived(before: Derived[K, A, V] | None, items: Mapping[K, A], make: Callable[[A], V]) -> Derived[K, A, V]:
    """`make` for each item, done again for those that are not the very same objects; equal results stay the same objects."""
    if before is None:
        kind = Index if isinstance(items, Index) else Revised
        return Derived(items, kind({key: make(item) for key, item in items.items()}))
    if items is before.items:
        return before
    if isinstance(items, Index) and items.came_of(before.items):
        return _patched(before, items, make)
    changed = changes(before.items, items)
    new = [key for key in changed if key in items]
    table, touched = before.table, {key for key in changed if key not in items}
    fresh: dict[K, V] = {}
    for key in new:
        made = make(items[key])
        held = table.get(key)
        if held is None or held != made:
            touched.add(key)
            fresh[key] = made
    if list(before.items) == list(items):
        return Derived(items, Revised({**table, **fresh}, table, frozenset(touched)) if touched else table)
    # The order is that of the items.
    return Derived(items, Revised({key: fresh[key] if key in fresh else table[key] for key in items}, table, frozenset(touched)))


def _patched(before: Derived[K, A, V], items: Index[K, A], make: Callable[[A], V]) -> Derived[K, A, V]:
    """The same for items that are looked up only, and know which of them changed."""
    table = dict.copy(before.table)
    for key in items.touched:
        if key in items:
            table[key] = make(items[key])
        else:
            table.pop(key, None)
    return Derived(items, Index(table, before.table, items.touched))


@dataclass(frozen=True, slots=True)
class Merged(Generic[S, K, V]):
    """The entries of many tables in one; where two have the same key, the later one counts."""

    sources: Mapping[S, Mapping[K, V]]
    table: Revised[K, V]


def merged(before: Merged[S, K, V] | None, sources: Mapping[S, Mapping[K, V]]) -> Merged[S, K, V]:
    """All entries of all sources."""
    if before and before.sources is sources:
        return before
    old = before.sources if before else {}
    touched = {key for s in changes(old, sources) for key in (*sources.get(s, ()), *old.get(s, ()))}
    if before and not touched:
        return Merged(sources, before.table)
    table: dict[K, V] = {}
    for held in sources.values():
        table.update(held)
    return Merged(sources, Revised(table, before.table if before else None, frozenset(touched)))


def joined(before: Merged[S, K, V] | None, sources: Mapping[S, Mapping[K, V]]) -> Merged[S, K, V]:
    """The same, to look things up in, where no two sources have the same key: only the sources that changed are walked through."""
    if before is None:
        return Merged(sources, Index({key: value for held in sources.values() for key, value in held.items()}))
    if before.sources is sources:
        return before
    old = before.sources
    changed = changes(old, sources)
    gone = {key for s in changed if s in old for key in old[s]}
    new = {key: value for s in changed if s in sources for key, value in sources[s].items()}
    if not gone and not new:
        return Merged(sources, before.table)
    table = dict.copy(before.table)
    for key in gone - new.keys():
        del table[key]
    table |= new
    return Merged(sources, Index(table, before.table, frozenset(gone | new.keys())))


def changes(old: Mapping[S, object], new: Mapping[S, object]) -> Collection[S]:
    """The keys under which the two do not have the very same object."""
    if new is old:
        return ()
    if isinstance(new, Revised) and new.came_of(old):
        return [key for key in new.touched if key not in old or key not in new or old[key] is not new[key]]
    if isinstance(old, dict) and isinstance(new, dict) and list(dict.keys(old)) == list(dict.keys(new)):
        return list(compress(dict.keys(new), map(is_not, dict.values(old), dict.values(new))))  # ten times as fast
    return [*(key for key, held in new.items() if key not in old or old[key] is not held), *(old.keys() - new.keys())]


# ---------------------------------------------------------------- many from many


@dataclass(frozen=True, slots=True)
class Gathered(Generic[S, K, V]):
    """Values under keys, each table entry in the order of the sources; `holders` are the sources of each key."""

    sources: Mapping[S, Pairs[K, V]]
    holders: Mapping[K, tuple[S, ...]]
    table: Index[K, tuple[V, ...]]


def gathered(before: Gathered[S, K, V] | None, sources: Mapping[S, Pairs[K, V]]) -> Gathered[S, K, V]:
    """What the sources say of each key, in their order; sources that are the very same objects are not read again."""
    if before and before.sources is sources:
        return before
    if before is None or not _same_order(before.sources, sources):
        return _all(sources)
    old = before.sources
    changed = set(changes(old, sources))
    touched = {key for s in changed for key, _ in (*sources.get(s, ()), *old.get(s, ()))}
    if not touched:
        return Gathered(sources, before.holders, before.table)
    holders, table = dict(before.holders), dict.copy(before.table)
    new = _by_key(changed & sources.keys(), sources)
    order: dict[S, int] = {}
    for key in touched:
        was = holders.get(key, ())
        held = {*(s for s in was if s in sources and s not in changed), *new.get(key, ())}
        if held == set(was):  # in the order that they had
            table[key] = tuple(value for s in was for k, value in sources[s] if k == key)
            continue
        order = order or {s: n for n, s in enumerate(sources)}
        holders[key] = tuple(sorted(held, key=order.__getitem__))
        table[key] = tuple(value for s in holders[key] for k, value in sources[s] if k == key)
        if not held:
            del holders[key], table[key]
    return Gathered(sources, holders, Index(table, before.table, frozenset(touched)))


def _same_order(old: Mapping[S, object], new: Mapping[S, object]) -> bool:
    """Whether the sources that are in both stand in the same order."""
    if old.keys() == new.keys():
        return list(old) == list(new)
    return [s for s in old if s in new] == [s for s in new if s in old]


def _by_key(which: Iterable[S], sources: Mapping[S, Pairs[K, V]]) -> dict[K, set[S]]:
    found: dict[K, set[S]] = {}
    for source in which:
        for key, _ in sources[source]:
            found.setdefault(key, set()).add(source)
    return found


def _all(sources: Mapping[S, Pairs[K, V]]) -> Gathered[S, K, V]:
    holders: dict[K, dict[S, None]] = {}
    table: dict[K, list[V]] = {}
    for source, pairs in sources.items():
        for key, value in pairs:
            table.setdefault(key, []).append(value)
            holders.setdefault(key, {})[source] = None
    whole = Index({key: tuple(values) for key, values in table.items()})
    return Gathered(sources, {key: tuple(held) for key, held in holders.items()}, whole)


# ---------------------------------------------------------------- what the last build made


class Past:
    """The tables of the last build by name, for the functions above; a build that has none begins with an empty one."""

    def __init__(self) -> None:
        self._held: dict[str, Any] = {}

    def derived(self, name: str, items: Mapping[K, A], make: Callable[[A], V]) -> Revised[K, V]:
        """See `derived`."""
        made: Derived[K, A, V] = derived(self._held.get(name), items, make)
        self._held[name] = made
        return made.table

    def merged(self, name: str, sources: Mapping[S, Mapping[K, V]]) -> Revised[K, V]:
        """See `merged`."""
        made: Merged[S, K, V] = merged(self._held.get(name), sources)
        self._held[name] = made
        return made.table

    def joined(self, name: str, sources: Mapping[S, Mapping[K, V]]) -> Revised[K, V]:
        """See `joined`."""
        made: Merged[S, K, V] = joined(self._held.get(name), sources)
        self._held[name] = made
        return made.table

    def gathered(self, name: str, sources: Mapping[S, Pairs[K, V]]) -> Index[K, tuple[V, ...]]:
        """See `gathered`."""
        made: Gathered[S, K, V] = gathered(self._held.get(name), sources)
        self._held[name] = made
        return made.table

    def same(self, name: str, given: tuple[object, ...], make: Callable[[], V]) -> V:
        """What `make` gave, as long as the very same objects are given."""
        held = self._held.get(name)
        if held is None or len(held[0]) != len(given) or any(a is not b for a, b in zip(held[0], given, strict=True)):
            held = self._held[name] = (given, make())
        return cast("V", held[1])
