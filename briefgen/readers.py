"""Who asked for what: the other way round of what each part noted, so that an entry that changed leads to its readers.

There are hundreds of entries for each part, and next to nothing of it is ever looked at: so the tables are kept packed, and one
is unpacked when something in it has changed. A part that is noted again gets a new number; what stands under its old one
counts no more, and is cleared away once that is half of all.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping
from itertools import islice
from typing import Generic, TypeVar, cast

from briefgen.packing import pack, unpack
from briefgen.trace import Asked

P = TypeVar("P", bound=Hashable)

_MANY = 200_000  # notes that may lie about unpacked while parts are made

# A table, how many of its entries are grouped, and these by the key of the value that they lead into.
Groups = tuple[dict[tuple[Hashable, ...], list[int]], int, dict[Hashable, list[tuple[Hashable, ...]]]]
Table = dict[Hashable, list[int]]  # an entry -> the numbers of the parts that asked for it, some of them perhaps no more


class Readers(Mapping[str, Table], Generic[P]):
    """For each table that anything was asked of, its entries that were asked for."""

    def __init__(self) -> None:
        self._packed: dict[str, list[bytes]] = {}
        self._open: dict[str, Table] = {}  # of a table in both, what was noted since it was packed
        self._loose = 0  # how much was noted since something was packed
        self._parts: list[P] = []  # by number
        self._numbers: dict[P, int] = {}
        self._sizes: list[int] = []  # how much each of the parts asked for
        self._spent = 0  # how much of all that counts no more
        self._groups: dict[str, Groups] = {}  # see `inside`

    def __getitem__(self, name: str) -> Table:
        if name not in self._packed:
            return self._open[name]
        first, *more = map(unpack, self._packed.pop(name))
        table: Table = first
        for other in (*more, self._open.get(name, {})):
            for key, numbers in other.items():
                table.setdefault(key, []).extend(numbers)
        self._open[name] = table
        return table

    def __iter__(self) -> Iterator[str]:
        yield from dict.fromkeys((*self._packed, *self._open))

    def __len__(self) -> int:
        return len(self._packed.keys() | self._open.keys())

    def of(self, name: str, key: Hashable) -> Iterator[P]:
        """The parts that asked for an entry."""
        numbers, parts = self._numbers, self._parts
        return (part for n in self[name].get(key, ()) if numbers.get(part := parts[n]) == n)

    def inside(self, name: str, values: Collection[Hashable]) -> list[tuple[Hashable, ...]]:
        """The entries of a table whose keys lead inside of values: of these values.

        Asked once, as in a command, all entries are looked at; whoever asks again has them grouped.
        """
        table = cast("dict[tuple[Hashable, ...], list[int]]", self[name])
        held = self._groups.get(name)
        if held is None or held[0] is not table:
            self._groups[name] = table, 0, {}
            return [key for key in table if key[0] in values]
        _, number, groups = held
        if number < len(table):  # an open table only grows
            for key in islice(table, number, None):
                groups.setdefault(key[0], []).append(key)
            self._groups[name] = table, len(table), groups
        return [key for one in values for key in groups.get(one, ())]

    def note(self, part: P, asked: Asked) -> None:
        """A part asked for these entries, and for none of those it asked for before."""
        self.forget(part)
        number = self._numbers[part] = len(self._parts)
        self._parts.append(part)
        self._sizes.append(sum(map(len, asked.values())))
        self._loose += self._sizes[-1]
        for name, keys in asked.items():
            table = self._open.setdefault(name, {})
            for key in keys:
                table.setdefault(key, []).append(number)
        if self._loose > _MANY:
            self._pack()

    def take(self, others: Readers[P]) -> None:
        """Parts that were noted apart are taken over; the first ones, which are all there are, are packed."""
        if not self._parts:
            self.__dict__.update(others.__dict__)
            self._pack()
            return
        start = len(self._parts)
        for part in others._parts:
            self.forget(part)
        self._numbers.update({part: start + n for part, n in others._numbers.items()})
        self._parts += others._parts
        self._sizes += others._sizes
        for name in others:
            table = self._open.setdefault(name, {})
            for key, numbers in others[name].items():
                table.setdefault(key, []).extend(n + start for n in numbers)
        self._sweep()

    def forget(self, part: P) -> None:
        """There is no such part any more."""
        number = self._numbers.pop(part, None)
        self._spent += 0 if number is None else self._sizes[number]

    def _pack(self) -> None:
        """Make it small."""
        for name, table in self._open.items():
            self._packed.setdefault(name, []).append(pack(table))
        self._open, self._loose = {}, 0

    def _sweep(self) -> None:
        """What counts no more goes, once it is half of all, or it would gather over a day of editing."""
        if 2 * self._spent <= sum(self._sizes):
            return
        parts = list(self._numbers)
        number = {self._numbers[part]: n for n, part in enumerate(parts)}
        for name in [*self]:
            held = ((key, [number[n] for n in numbers if n in number]) for key, numbers in self[name].items())
            self._open[name] = {key: numbers for key, numbers in held if numbers}
        self._sizes, self._spent = [self._sizes[self._numbers[part]] for part in parts], 0
        self._parts, self._numbers = parts, {part: n for n, part in enumerate(parts)}

    def __getstate__(self) -> dict[str, object]:
        """What is written down is packed; what is at hand stays as it is."""
        loose = {name: [pack(table)] for name, table in self._open.items()}
        packed = {name: self._packed.get(name, []) + loose.get(name, []) for name in self}
        return {**self.__dict__, "_packed": packed, "_open": {}, "_groups": {}}
