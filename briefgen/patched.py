"""Tables patched: what a change touches is laid over a table that was there before, in its order.

Nothing here walks through a table in Python where the change does not call for it, and nothing is changed in place. All of it
gives what it would give without a `before`; what `touched` of a `Revised` says is believed, as everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from typing import Generic, TypeVar

from briefgen.frozen import dataclass
from briefgen.tables import Past, Revised, changes

K = TypeVar("K", bound=Hashable)
A = TypeVar("A")
V = TypeVar("V")


def patched(before: Revised[K, V], values: Mapping[K, V]) -> Revised[K, V]:
    """The same table with other values under some of its keys; the very same one where there are none. No key may be new."""
    if not values:
        return before
    table = Revised(before, before, frozenset(values))
    table.update(values)
    return table


def altered(before: Revised[K, V], gone: Collection[K], new: Mapping[K, V]) -> Revised[K, V]:
    """The same table without some of its entries and with others, in whatever order: to look things up in."""
    if not gone and not new:
        return before
    table = Revised(before, before, frozenset({*gone, *new}))
    for key in gone:
        table.pop(key, None)
    table.update(new)
    return table


@dataclass(frozen=True, slots=True)
class Overlaid(Generic[K, V]):
    """A table of all that stands in two, the second one laid over the first."""

    under: Mapping[K, V]
    over: Mapping[K, V]
    table: Revised[K, V]


def overlaid(before: Overlaid[K, V] | None, under: Mapping[K, V], over: Mapping[K, V]) -> Overlaid[K, V]:
    """`{**under, **over}`, in that order."""
    if before and list(before.under) == list(under) and list(before.over) == list(over):
        values = {key: under[key] for key in changes(before.under, under) if key not in over}
        values |= {key: over[key] for key in changes(before.over, over)}
        return Overlaid(under, over, patched(before.table, values))
    return Overlaid(under, over, Revised({**under, **over}))


@dataclass(frozen=True, slots=True)
class Sparse(Generic[K, A, V]):
    """What was made of those items of which there was anything to make; `items` are all of them."""

    items: Mapping[K, A]
    table: Revised[K, V]


def sparse(before: Sparse[K, A, V] | None, items: Mapping[K, A], make: Callable[[A], V | None]) -> Sparse[K, A, V]:
    """`make` for each item, without what is empty, in the order of the items."""
    if before is None:
        return Sparse(items, Revised({key: made for key, item in items.items() if (made := make(item))}))
    fresh = {key: make(items[key]) for key in changes(before.items, items) if key in items}
    held = before.table
    if list(before.items) == list(items) and all((key in held) == bool(value) for key, value in fresh.items()):
        return Sparse(items, patched(held, {key: value for key, value in fresh.items() if value and held[key] != value}))
    full = {**held, **fresh}
    kept = {key: value for key in items if (value := full.get(key))}
    other = frozenset(key for key in held.keys() | kept.keys() if held.get(key) != kept.get(key))
    return Sparse(items, Revised(kept, held, other) if other or list(held) != list(kept) else held)


@dataclass(frozen=True, slots=True)
class Picked(Generic[K, V]):
    """Some entries of a table in an order of their own."""

    items: Mapping[K, V]
    order: Sequence[K]
    table: Revised[K, V]


def picked(before: Picked[K, V] | None, items: Mapping[K, V], order: Sequence[K]) -> Picked[K, V]:
    """The entries under these keys, in their order."""
    if before and (before.order is order or before.order == order):
        other = {key: items[key] for key in changes(before.items, items) if key in before.table}
        return Picked(items, before.order, patched(before.table, other))
    return Picked(items, order, Revised({key: items[key] for key in order}))


class Patches(Past):
    """The tables of the last build by name, for the functions above too."""

    def sparse(self, name: str, items: Mapping[K, A], make: Callable[[A], V | None]) -> Revised[K, V]:
        """See `sparse`."""
        made: Sparse[K, A, V] = sparse(self._held.get(name), items, make)
        self._held[name] = made
        return made.table

    def picked(self, name: str, items: Mapping[K, V], order: Sequence[K]) -> Revised[K, V]:
        """See `picked`."""
        made: Picked[K, V] = picked(self._held.get(name), items, order)
        self._held[name] = made
        return made.table

    def overlaid(self, name: str, under: Mapping[K, V], over: Mapping[K, V]) -> Revised[K, V]:
        """See `overlaid`."""
        made: Overlaid[K, V] = overlaid(self._held.get(name), under, over)
        self._held[name] = made
        return made.table

    def names(self, name: str, table: Mapping[K, object]) -> tuple[K, ...]:
        """The keys of a table in their order: the very same tuple as long as they are the same."""
        held: tuple[K, ...] = self._held.get(name, ())
        if list(held) != list(table):
            held = self._held[name] = tuple(table)
        return held
