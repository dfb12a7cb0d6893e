"""Parts of a stage done again only where one of the values they read is another now.

A part is one page, or the findings of one rule on one record. What it read is noted (`trace.py`). Nothing is ever declared
stale: the noted entries of the world before are compared with those of the world now, by identity first, then by value.
Without a trace the same functions run on the world itself.

Why this beside keys by value (DESIGN, I2): to have the key of a page its view must be made first, and making all views costs
a hundred times what the one changed page costs (90 of 175 ms at 160 pages, 1.4 s at 1,000).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar, cast

from briefgen.readers import Readers
from briefgen.tables import Revised
from briefgen.trace import INSIDE, NOTHING, WHOLE, Asked, Face, Searchable, World

W = TypeVar("W")
P = TypeVar("P", bound=Hashable)
R = TypeVar("R")

Table = Mapping[Hashable, object]


def differing(before: World, after: World, asked: Readers[Any]) -> Iterator[tuple[str, Hashable]]:
    """The table and key of every entry asked for whose value is another in the second world.

    What was asked of a table is looked at only if the table is another.
    """
    for name in asked:
        path, inside, within = name.partition(INSIDE)
        old, new = _find(before, path), _find(after, path)
        if old is not new:
            if inside:
                found = _inside(old, new, within, asked.inside(name, _others(old, new)))
            else:
                found = _differing(old, new, asked[name])
            yield from ((name, key) for key in found)


def _find(value: Any, path: str) -> Any:
    for name in path.split(".") if path else ():
        value = getattr(value, name)
    return value


def _differing(old: Any, new: Any, keys: Mapping[Hashable, object]) -> Iterator[Hashable]:
    if isinstance(new, Mapping):
        yield from _entries(old, new, keys)
    elif isinstance(new, Searchable):
        yield from new.differing(old, keys)
    elif old != new:
        yield WHOLE


def _entries(old: Table, new: Table, keys: Mapping[Hashable, object]) -> Iterator[Hashable]:
    if isinstance(new, Revised) and new.came_of(old):
        within: Iterable[Hashable] = [key for key in new.touched if key in keys]
    elif WHOLE not in keys and old == new:
        return
    else:
        within = (key for key in keys if key is not WHOLE)
    yield from (key for key in within if not _same(old.get(key, NOTHING), new.get(key, NOTHING)))
    # Of values that are worlds nothing but their keys is read here.
    if WHOLE in keys and not (list(old) == list(new) and (_holds_worlds(new) or old == new)):
        yield WHOLE


def _holds_worlds(table: Table) -> bool:
    return isinstance(next(iter(dict.values(table) if isinstance(table, dict) else table.values()), None), World)


def _same(one: object, other: object) -> bool:
    return one is other or one == other


def _others(old: Table, new: Table) -> Collection[Hashable]:
    """The keys of the values that may be others."""
    if isinstance(new, Revised) and new.came_of(old):
        return new.touched
    return {key for key in {*old, *new} if old.get(key) is not new.get(key)}


def _inside(old: Table, new: Table, path: str, keys: Iterable[tuple[Hashable, ...]]) -> Iterator[Hashable]:
    """What was read inside of the values of a table; `path` leads from a value to it, empty for the value being there at all."""
    return (key for key in keys if not _same_inside(old, new, path, key))


def _same_inside(old: Table, new: Table, path: str, key: tuple[Hashable, ...]) -> bool:
    one, other = old.get(key[0]), new.get(key[0])
    if one is None or other is None:
        return one is other
    return not path or _same(_item(_find(one, path), key[1:]), _item(_find(other, path), key[1:]))


def _item(value: Any, key: tuple[Hashable, ...]) -> object:
    if not key or key[0] is WHOLE:
        return value
    if callable(value):
        return value(*cast("tuple[Hashable, ...]", key[0]))
    if isinstance(value, Mapping):
        return value.get(key[0], NOTHING)
    at = cast("int", key[0])
    return value[at] if -len(value) <= at < len(value) else NOTHING


# ---------------------------------------------------------------- doing again


class Tally(Protocol):
    """Gathers, beside what is made, what is to be known of it."""

    def take(self, others: Any, /) -> None:
        """What another one of its kind has gathered."""


class Crew(Protocol):
    """Does every part once, in whatever order. `doing` says in words what that is, for those who wait.

    Another process may do it: then it is a copy that comes back, equal to what would have been made here. What `make` puts into
    the `tally`, wherever that is done, is in it once all parts have been taken.
    """

    def __call__(
        self, make: Callable[[P], R], parts: Sequence[P], doing: str, tally: Tally | None = None, /
    ) -> Iterable[tuple[P, R]]:
        """Each part with what `make` gives for it."""


def alone(make: Callable[[P], R], parts: Sequence[P], doing: str = "", tally: Tally | None = None, /) -> Iterator[tuple[P, R]]:
    """A crew of one."""
    return ((part, make(part)) for part in parts)


class Trace(Generic[P, R]):
    """What the last run of a stage knew: its world, what each part gave, and who asked for what.

    It is whole at any time: a run that fails leaves it as it was.
    """

    def __init__(self) -> None:
        self.world: World | None = None
        self.made: Revised[P, R] = Revised({})
        self.remade = 0  # parts done since somebody set it to 0
        self._readers: Readers[P] = Readers()

    def stale(self, world: World) -> set[P]:
        """The parts that read something which is another value in this world."""
        if self.world is None:
            return set()
        found: set[P] = set()
        for name, key in differing(self.world, world, self._readers):
            found.update(self._readers.of(name, key))
        return found

    def pending(self, world: World, wanted: list[P]) -> list[P]:
        """What of the parts wanted must be made in this world."""
        stale = self.stale(world)
        if wanted == list(self.made):  # the same parts as last time are the rule
            few = len(stale) < len(wanted) // 8
            return sorted(self.made.keys() & stale) if few else [part for part in wanted if part in stale]  # type: ignore[type-var]  # parts have an order
        return [part for part in wanted if part in stale or part not in self.made]

    def adopt(self, world: World, wanted: list[P], fresh: Iterable[tuple[P, R]], readers: Readers[P]) -> Revised[P, R]:
        """Take over a run: what every part gave, made in it or known before, and what the parts made in it asked for.

        The readers are looked at once all that is fresh has been taken, one by one.
        """
        new = dict(fresh)
        same = wanted == list(self.made)
        # Copying a table costs a tenth of filling it.
        made = self.made if same else {part: new[part] if part in new else self.made[part] for part in wanted}
        gone = set() if same else self.made.keys() - made.keys()
        for part in gone:
            self._readers.forget(part)
        self._readers.take(readers)
        self.world = world
        self.remade += len(new)
        if new or not same:
            self.made = Revised(made, self.made, frozenset(new.keys() | gone))
            self.made.update(new)
        return self.made

    def drop(self, parts: Iterable[P]) -> None:
        """Parts that must be made again whatever they read."""
        gone = set(parts)
        for part in gone:
            self._readers.forget(part)
        if gone:
            self.made = Revised({part: held for part, held in dict.items(self.made) if part not in gone})


def noticed(world: W, part: P, make: Callable[[W, P], R], readers: Readers[P]) -> R:
    """A part made; what it asked for is noted."""
    asked: Asked = {}
    made = make(cast("W", Face(cast("World", world), asked)), part)
    readers.note(part, asked)
    return made


def remake(
    trace: Trace[P, R] | None,
    world: W,
    parts: Iterable[P],
    make: Callable[[W, P], R],
    crew: Crew = alone,
    doing: str = "",
) -> Mapping[P, R]:
    """What every part gives in this world, in the order of the parts; what the trace still holds true is not made again."""
    if trace is None:
        return {part: make(world, part) for part in parts}
    whole, wanted = cast("World", world), list(parts)
    readers: Readers[P] = Readers()  # Readers[P]() would carry its type along
    todo = trace.pending(whole, wanted)
    return trace.adopt(whole, wanted, crew(lambda part: noticed(world, part, make, readers), todo, doing, readers), readers)
