"""Who asked for what: the other way round of what each part noted, so that an entry that changed leads to its readers.

There are hundreds of entries for each part, and next to nothing of it is ever looked at: so the tables are kept packed, in
sheaves, and those of a table are unpacked when something in it has changed. They are never laid together: that takes longer
than to look for a few keys in each. A part that is noted again gets a new number; what stands under its old one counts no more,
and is cleared away once that is half of all.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Generic, NamedTuple, TypeVar, cast

from briefgen.packing import pack, unpack
from briefgen.trace import Asked

P = TypeVar("P", bound=Hashable)

_MANY = 200_000  # notes that may lie about unpacked while parts are made

Table = dict[Hashable, list[int]]  # an entry -> the numbers of the parts that asked for it, some of them perhaps no more
Sheaf = tuple[int, Table]  # with what is to be added to each of its numbers


Inside = dict[tuple[Hashable, ...], list[int]]


class Grouped(NamedTuple):
    """Entries by the key of the value that they lead into: the first so many of a sheaf."""

    sheaf: Inside
    number: int
    by: dict[Hashable, list[tuple[Hashable, ...]]]


class Readers(Mapping[str, Mapping[Hashable, list[int]]], Generic[P]):
    """For each table that anything was asked of, its entries that were asked for."""

    def __init__(self) -> None:
        self._packed: dict[str, list[tuple[int, bytes]]] = {}
        self._open: dict[str, list[Sheaf]] = {}  # of a table in both, what was noted since it was packed
        self._loose = 0  # how much was noted since something was packed
        self._parts: list[P] = []  # by number
        self._numbers: dict[P, int] = {}
        self._sizes: list[int] = []  # how much each of the parts asked for
        self._spent = 0  # how much of all that counts no more
        self._groups: dict[str, list[Grouped]] = {}  # see `inside`

    def __getitem__(self, name: str) -> Mapping[Hashable, list[int]]:
        sheaves = [sheaf for _, sheaf in self._sheaves(name)]
        return sheaves[0] if len(sheaves) == 1 else ChainMap(*sheaves)

    def _sheaves(self, name: str) -> list[Sheaf]:
        """All of a table, unpacked; only the last of them grows, by numbers to which nothing is added."""
        if name in self._packed:
            more = self._open.get(name) or [(0, {})]
            self._open[name] = [*((base, unpack(data)) for base, data in self._packed.pop(name)), *more]
        return self._open[name]

    def __iter__(self) -> Iterator[str]:
        yield from dict.fromkeys((*self._packed, *self._open))

    def __len__(self) -> int:
        return len(self._packed.keys() | self._open.keys())

    def of(self, name: str, key: Hashable) -> Iterator[P]:
        """The parts that asked for an entry."""
        numbers, parts = self._numbers, self._parts
        held = (base + n for base, sheaf in self._sheaves(name) for n in sheaf.get(key, ()))
        return (part for n in held if numbers.get(part := parts[n]) == n)

    def inside(self, name: str, values: Collection[Hashable]) -> Iterator[tuple[Hashable, ...]]:
        """The entries of a table whose keys lead inside of values: of these values. One may come more than once.

        Asked once, as in a command, all entries are looked at; whoever asks again has them grouped.
        """
        sheaves = [cast("Inside", sheaf) for _, sheaf in self._sheaves(name)]
        known = self._groups.get(name)
        if known is None:
            self._groups[name] = []
            return (key for sheaf in sheaves for key in sheaf if key[0] in values)
        groups = self._groups[name] = [_grouped(sheaf, known[n : n + 1]) for n, sheaf in enumerate(sheaves)]
        return (key for one in values for group in groups for key in group.by.get(one, ()))

    def note(self, part: P, asked: Asked) -> None:
        """A part asked for these entries, and for none of those it asked for before."""
        self.forget(part)
        number = self._numbers[part] = len(self._parts)
        self._parts.append(part)
        self._sizes.append(sum(map(len, asked.values())))
        self._loose += self._sizes[-1]
        for name, keys in asked.items():
            sheaf = self._last(name)
            for key in keys:
                sheaf.setdefault(key, []).append(number)
        if self._loose > _MANY:
            self._pack()

    def _last(self, name: str) -> Table:
        """The sheaf of a table that takes what is noted."""
        return self._open.setdefault(name, [(0, {})])[-1][1]

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
        for name, packed in others._packed.items():
            self._packed.setdefault(name, []).extend((base + start, data) for base, data in packed)
        for name, sheaves in others._open.items():
            last = self._last(name)
            for key, numbers in _entries(sheaves):
                last.setdefault(key, []).extend(n + start for n in numbers)
        self._sweep()

    def forget(self, part: P) -> None:
        """There is no such part any more."""
        number = self._numbers.pop(part, None)
        self._spent += 0 if number is None else self._sizes[number]

    def _pack(self) -> None:
        """Make it small."""
        for name, sheaves in self._open.items():
            self._packed.setdefault(name, []).extend(_packed(sheaves))
        self._open, self._loose = {}, 0

    def _sweep(self) -> None:
        """What counts no more goes, once it is half of all, or it would gather over a day of editing."""
        if 2 * self._spent <= sum(self._sizes):
            return
        parts = list(self._numbers)
        number = {self._numbers[part]: n for n, part in enumerate(parts)}
        for name in [*self]:
            table: Table = {}
            for key, numbers in _entries(self._sheaves(name)):
                if held := [number[n] for n in numbers if n in number]:
                    table.setdefault(key, []).extend(held)
            self._open[name] = [(0, table)]
        self._sizes, self._spent = [self._sizes[self._numbers[part]] for part in parts], 0
        self._parts, self._numbers = parts, {part: n for n, part in enumerate(parts)}

    def __getstate__(self) -> dict[str, object]:
        """What is written down is packed; what is at hand stays as it is."""
        packed = {name: self._packed.get(name, []) + _packed(self._open.get(name, ())) for name in self}
        return {**self.__dict__, "_packed": packed, "_open": {}, "_groups": {}}


def _packed(sheaves: Iterable[Sheaf]) -> list[tuple[int, bytes]]:
    return [(base, pack(sheaf)) for base, sheaf in sheaves if sheaf]


def _entries(sheaves: Iterable[Sheaf]) -> Iterator[tuple[Hashable, list[int]]]:
    return ((key, [base + n for n in numbers]) for base, sheaf in sheaves for key, numbers in sheaf.items())


def _grouped(sheaf: Inside, known: list[Grouped]) -> Grouped:
    """The entries of a sheaf by what they lead into; of the `known` ones only those that came since are looked at."""
    _, number, by = known[0] if known and known[0].sheaf is sheaf else (sheaf, 0, {})
    for key in islice(sheaf, number, None):
        by.setdefault(key[0], []).append(key)
    return Grouped(sheaf, len(sheaf), by)
