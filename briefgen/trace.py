"""What a computation read: it is handed a face of the one value it may read, and the face notes every entry that is asked for.

Nothing else is reachable from a face, so there is no ambient state, and there can be no read that nobody noted. What is done
with the notes stands in `remaking.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from inspect import isfunction
from types import MethodType
from typing import Any, ClassVar, TypeVar, cast

K = TypeVar("K", bound=Hashable)
V = TypeVar("V", covariant=True)
S = TypeVar("S")

Asked = dict[str, set[Hashable]]  # the name of a table -> the keys asked for


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
INSIDE = "/"  # in the name of a table: what follows is read inside of its values, under keys (key of the value, key inside)
NOTHING = object()


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
        self.asked.setdefault(f"{self.name}{INSIDE}", set()).add((key,))  # that there is one; the face notes what is read of it
        return True

    def found(self, key: Hashable, value: object) -> Any:
        """Note an entry, and hand it out."""
        return Face(cast("World", value), self.asked, f"{self.name}{INSIDE}", (key,)) if self.opens(key, value) else value


class Noted(Mapping[K, V]):
    """A mapping that notes which of its entries were asked for, missing ones included."""

    __slots__ = ("_notes", "_table")

    def __init__(self, table: Mapping[K, V], notes: _Notes) -> None:
        self._table, self._notes = table, notes

    def __getitem__(self, key: K) -> V:
        found: Any = self.get(key, NOTHING)
        if found is NOTHING:
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
    """A world as one part sees it. Attributes are looked up once; methods are the world's own, run on the face.

    They stand in a class of their own for each kind of world: were they kept in the face, which they hold, it would never be
    freed where Python's collector is off (a quarter of the memory at 10,000 pages).
    """

    def __new__(cls, world: World, *_: object) -> Face:
        """Of the class for this kind of world."""
        return object.__new__(_class_of(type(world)))  # type: ignore[arg-type]  # mypy does not see that a class is hashable

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
        other, given = Face(*self.__dict__["_face"]), {**self.__dict__.get("_given", {}), **tables}
        other.__dict__.update(given, _given=given)
        return other

    def __eq__(self, other: object) -> bool:
        # Two faces of the very same value are that value; nothing of it is read.
        theirs = other.__dict__["_face"][0] if isinstance(other, Face) else other
        return self.__dict__["_face"][0] is theirs

    __hash__ = None  # type: ignore[assignment]  # as the values behind it


@cache
def _class_of(kind: type[World]) -> type[Face]:
    """The faces of a kind of world: with its methods, but for those that are asked as questions."""
    names = (name for name in dir(kind) if name not in kind.questions and name not in dir(Face))
    return type(Face.__name__, (Face,), {name: found for name in names if isfunction(found := getattr(kind, name))})


def _through(face: Face, name: str) -> object:
    world, asked, prefix, inside = face.__dict__["_face"]
    if name in world.questions:
        answer: Callable[..., object] = getattr(world, name)
        return _question(answer, _Notes(asked, prefix + name, inside)) if inside else MethodType(getattr(type(world), name), face)
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
