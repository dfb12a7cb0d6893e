"""What a computation read, so that it is done again only where one of the values it read is another now.

A computation here is a part of a stage: one page, the findings of one rule on one record. It is handed a face of the one
value it may read (a `World`), and nothing else is reachable from it; the face notes every entry that is asked for. So there
is no ambient state, and there can be no read that nobody noted. Nothing is ever declared stale: the noted entries of the
world before are compared with those of the world now, by identity first, then by value. Without a trace the same functions
run on the world itself.

Why this beside keys by value (DESIGN, I2): to have the key of a page its view must be made first, and making all views costs
a hundred times what the one changed page costs (90 of 175 ms at 160 pages, 1.4 s at 1,000).
"""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from inspect import isfunction
from types import MethodType
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar, cast

from briefgen.tables import Revised

K = TypeVar("K", bound=Hashable)
V = TypeVar("V", covariant=True)
S = TypeVar("S")
W = TypeVar("W")
P = TypeVar("P", bound=Hashable)
R = TypeVar("R")

Asked = dict[str, set[Hashable]]  # the name of a table -> the keys asked for
Table = Mapping[Hashable, object]


class World:
    """Marks a frozen class whose values may be read through a face.

    Its mappings are read entry by entry, and so are the tuples named in `itemwise`; a value in them that is a world itself is
    read through a face again. All else is read as a whole. Of the methods named in `questions` the answer is what was read, and
    not all that was looked at for it.
    """

    __slots__ = ()
    itemwise: ClassVar[frozenset[str]] = frozenset()
    questions: ClassVar[frozenset[str]] = frozenset()

    def but(self: S, **tables: object) -> S:
        """The same world with other values in some places (`dataclasses.replace` would need the world itself, not a face)."""
        return replace(self, **tables)  # type: ignore[type-var]  # every world is a frozen dataclass


class Searchable:
    """Marks something that is asked questions and is no mapping (the index of names)."""

    def noting(self, asked: set[Hashable]) -> object:
        """The same, noting every question."""
        raise NotImplementedError

    def differing(self, before: object, asked: Iterable[Hashable]) -> Iterable[Hashable]:
        """The questions among these whose answers may be others than those of `before`."""
        raise NotImplementedError


class _Whole:
    """The key that stands for a table as a whole, its order included."""

    def __reduce__(self) -> str:
        return "WHOLE"  # there is but one, also after a pickle


WHOLE = _Whole()
_INSIDE = "/"  # in the name of a table: what follows is read inside of its values, under keys (key of the value, key inside)
_NOTHING = object()


# ---------------------------------------------------------------- noting


class _Notes:
    """Where reads are noted: all tables of a part, the table at hand, and the key of the value it is inside of."""

    __slots__ = ("asked", "inside", "keys", "name")

    def __init__(self, asked: Asked, name: str, inside: tuple[Hashable, ...]) -> None:
        self.asked, self.name, self.inside = asked, name, inside
        self.keys = asked.setdefault(name, set())

    def add(self, key: Hashable) -> None:
        """Note an entry of the table."""
        self.keys.add((*self.inside, key) if self.inside else key)

    def opens(self, key: Hashable, value: object) -> bool:
        """Note that an entry was asked for; whether what was found is to be read through a face of its own."""
        if self.inside or not isinstance(value, World):
            self.add(key)
            return False
        self.asked.setdefault(f"{self.name}{_INSIDE}", set()).add((key,))  # that there is one; the face notes what is read of it
        return True

    def found(self, key: Hashable, value: object) -> Any:
        """Note an entry, and hand it out."""
        return Face(cast("World", value), self.asked, f"{self.name}{_INSIDE}", (key,)) if self.opens(key, value) else value


class Noted(Mapping[K, V]):
    """A mapping that notes which of its entries were asked for, missing ones included."""

    __slots__ = ("_notes", "_table")

    def __init__(self, table: Mapping[K, V], notes: _Notes) -> None:
        self._table, self._notes = table, notes

    def __getitem__(self, key: K) -> V:
        found: Any = self.get(key, _NOTHING)
        if found is _NOTHING:
            raise KeyError(key)
        return cast("V", found)

    def get(self, key: K, default: Any = None) -> Any:
        """As of any mapping."""
        value, notes = self._table.get(key, default), self._notes
        if notes.inside or isinstance(value, World):
            return notes.found(key, value)
        notes.keys.add(key)  # the rule, without the detour: 240,000 look-ups at 1,000 pages
        return value

    def __contains__(self, key: object) -> bool:
        self._notes.opens(key, self._table.get(cast("K", key)))
        return key in self._table

    def __iter__(self) -> Iterator[K]:
        self._notes.add(WHOLE)
        return iter(self._table)

    def __len__(self) -> int:
        self._notes.add(WHOLE)
        return len(self._table)


class NotedItems(Sequence[V]):
    """A tuple that notes which of its items were asked for."""

    __slots__ = ("_items", "_notes")

    def __init__(self, items: Sequence[V], notes: _Notes) -> None:
        self._items, self._notes = items, notes

    def __getitem__(self, at: Any) -> Any:
        self._notes.add(at if isinstance(at, int) else WHOLE)
        return self._items[at]

    def __len__(self) -> int:
        self._notes.add(WHOLE)
        return len(self._items)

    def __eq__(self, other: object) -> bool:
        self._notes.add(WHOLE)
        return self._items == other

    __hash__ = None  # type: ignore[assignment]  # only ever compared


class Face:
    """A world as one part sees it. Attributes are looked up once; methods are the world's own, run on the face."""

    def __init__(self, world: World, asked: Asked, prefix: str = "", inside: tuple[Hashable, ...] = ()) -> None:
        self.__dict__.update(_face=(world, asked, prefix, inside))

    @property  # type: ignore[misc]  # object has it as an attribute
    def __class__(self) -> Any:
        """That of the value behind it, so that `isinstance` and `match` take the one for the other."""
        return type(self.__dict__["_face"][0])

    def __getattr__(self, name: str) -> object:
        found = self.__dict__[name] = _through(self, name)
        return found

    def but(self, **tables: object) -> Face:
        """The same face with other values in some places; see `World.but`."""
        other = Face(*self.__dict__["_face"])
        other.__dict__.update(tables)
        return other

    def __eq__(self, other: object) -> bool:
        # Two faces of the very same value are that value; nothing of it is read.
        theirs = other.__dict__["_face"][0] if isinstance(other, Face) else other
        return self.__dict__["_face"][0] is theirs

    __hash__ = None  # type: ignore[assignment]  # as the values behind it


@cache
def _method(kind: type, name: str) -> Any:
    """The function behind a method of a class; None for anything else."""
    found = getattr(kind, name, None)
    return found if isfunction(found) else None


def _through(face: Face, name: str) -> object:
    world, asked, prefix, inside = face.__dict__["_face"]
    method = _method(type(world), name)  # type: ignore[arg-type]  # mypy does not see that a class is hashable
    if method is not None:
        if inside and name in world.questions:
            return _question(getattr(world, name), _Notes(asked, prefix + name, inside))
        return MethodType(method, face)
    value = getattr(world, name)
    if isinstance(value, World):
        return Face(value, asked, f"{prefix}{name}.", inside)
    notes = _Notes(asked, prefix + name, inside)
    if isinstance(value, Mapping):
        return Noted(value, notes)
    if name in world.itemwise:
        return NotedItems(value, notes)
    if isinstance(value, Searchable):
        return value.noting(notes.keys)
    notes.keys.add(inside or WHOLE)
    return value


def _question(answer: Callable[..., object], notes: _Notes) -> Callable[..., object]:
    def ask(*given: Hashable) -> object:
        notes.add(given)
        return answer(*given)

    return ask


# ---------------------------------------------------------------- comparing


def differing(before: World, after: World, asked: Mapping[str, Mapping[Hashable, object]]) -> Iterator[tuple[str, Hashable]]:
    """The table and key of every entry asked for whose value is another in the second world."""
    for name, keys in asked.items():
        path, inside, within = name.partition(_INSIDE)
        old, new = _find(before, path), _find(after, path)
        if old is not new:
            found = _inside(old, new, within, keys) if inside else _differing(old, new, keys)
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
    yield from (key for key in within if not _same(old.get(key, _NOTHING), new.get(key, _NOTHING)))
    # Of values that are worlds nothing but their keys is read here.
    if WHOLE in keys and not (list(old) == list(new) and (_holds_worlds(new) or old == new)):
        yield WHOLE


def _holds_worlds(table: Table) -> bool:
    return isinstance(next(iter(dict.values(table) if isinstance(table, dict) else table.values()), None), World)


def _same(one: object, other: object) -> bool:
    return one is other or one == other


def _inside(old: Table, new: Table, path: str, keys: Mapping[Hashable, object]) -> Iterator[Hashable]:
    """What was read inside of the values of a table; `path` leads from a value to it, empty for the value being there at all."""
    if isinstance(new, Revised) and new.came_of(old):
        changed: Container[Hashable] = new.touched
    else:
        changed = {key for key in {*old, *new} if old.get(key) is not new.get(key)}
    inside: Iterable[Any] = keys
    # Tens of thousands of keys, few of them in what changed.
    yield from (key for key in [key for key in inside if key[0] in changed] if not _same_inside(old, new, path, key))


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
        return value.get(key[0], _NOTHING)
    at = cast("int", key[0])
    return value[at] if -len(value) <= at < len(value) else _NOTHING


# ---------------------------------------------------------------- doing again


class Noticed(NamedTuple, Generic[R]):
    """What a part gave, and what it asked for."""

    made: R
    asked: Asked


class Trace(Generic[P, R]):
    """What the last run of a stage knew: its world, what each part gave, and who asked for what.

    It is whole at any time: a run that fails leaves it as it was.
    """

    def __init__(self) -> None:
        self.world: World | None = None
        self.made: Revised[P, R] = Revised({})
        self.remade = 0  # parts done since somebody set it to 0
        self._readers: dict[str, dict[Hashable, set[P]]] = {}
        self._noted: dict[P, tuple[set[P], ...]] = {}  # of each part, the sets of readers it stands in

    def stale(self, world: World) -> set[P]:
        """The parts that read something which is another value in this world."""
        if self.world is None:
            return set()
        found: set[P] = set()
        for name, key in differing(self.world, world, self._readers):
            found |= self._readers[name].get(key, set())
        return found

    def pending(self, world: World, wanted: list[P]) -> list[P]:
        """What of the parts wanted must be made in this world."""
        stale = self.stale(world)
        if wanted == list(self.made):  # the same parts as last time are the rule
            return [part for part in wanted if part in stale] if stale else []
        return [part for part in wanted if part in stale or part not in self.made]

    def adopt(self, world: World, wanted: list[P], fresh: Mapping[P, Noticed[R]]) -> Revised[P, R]:
        """Take over a run: what every part gave, made in it or known before, and what the parts made in it asked for."""
        same = wanted == list(self.made)
        # Copying a table costs a tenth of filling it.
        made = dict.copy(self.made) if same else {part: fresh[part].made if part in fresh else self.made[part] for part in wanted}
        made.update((part, one.made) for part, one in fresh.items())
        gone = set() if same else self.made.keys() - made.keys()
        for part in gone:
            self._forget(part)
        for part, one in fresh.items():
            self._forget(part)
            self._noted[part] = tuple(self._readers_with(part, one.asked))
        self.world = world
        self.remade += len(fresh)
        if fresh or not same:
            self.made = Revised(made, self.made, frozenset(fresh.keys() | gone))
            self._sweep()
        return self.made

    def drop(self, parts: Iterable[P]) -> None:
        """Parts that must be made again whatever they read."""
        gone = set(parts)
        for part in gone:
            self._forget(part)
        if gone:
            self.made = Revised({part: held for part, held in dict.items(self.made) if part not in gone})

    def _readers_with(self, part: P, asked: Asked) -> Iterator[set[P]]:
        """The readers of all that a part asked for, it being one of them: 260,000 at 1,000 pages."""
        for name, keys in asked.items():
            table = self._readers.setdefault(name, {})
            for key in keys:
                readers = table.get(key)
                if readers is None:
                    readers = table[key] = set()
                readers.add(part)
                yield readers

    def _forget(self, part: P) -> None:
        for readers in self._noted.pop(part, ()):
            readers.discard(part)

    def _sweep(self) -> None:
        """Entries that nobody asks for any more go, or they would gather over a day of editing."""
        for name, keys in self._readers.items():
            if not all(keys.values()):
                self._readers[name] = {key: readers for key, readers in keys.items() if readers}


def noticed(world: W, part: P, make: Callable[[W, P], R]) -> Noticed[R]:
    """A part made, and what it asked for."""
    asked: Asked = {}
    return Noticed(make(cast("W", Face(cast("World", world), asked)), part), asked)


def remake(trace: Trace[P, R] | None, world: W, parts: Iterable[P], make: Callable[[W, P], R]) -> Mapping[P, R]:
    """What every part gives in this world, in the order of the parts; what the trace still holds true is not made again."""
    if trace is None:
        return {part: make(world, part) for part in parts}
    whole, wanted = cast("World", world), list(parts)
    return trace.adopt(whole, wanted, {part: noticed(world, part, make) for part in trace.pending(whole, wanted)})
