"""What names a record: the strings, folded and without a leading "the", and where they count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from briefgen.model import Record, Value
from briefgen.text import folded, without_the


class Strings(NamedTuple):
    """The strings of a record without their places in the files.

    `everywhere` and `only` ((article, string) pairs) name it; `forms` are (article or "", string) as texts are searched for
    them, unless it is a draft; `person` says whether it is a person.
    """

    everywhere: tuple[str, ...]
    only: tuple[tuple[str, str], ...]
    forms: tuple[tuple[str, str], ...]
    person: bool
    draft: bool

    def within(self, article: str) -> tuple[str, ...]:
        """Everything that names it in one article."""
        return tuple(dict.fromkeys((*self.everywhere, *(string for where, string in self.only if where == article))))


def strings_of(record: Record) -> Strings:
    """All strings of a record."""
    named = tuple((v.key, s) for v in record.all("named") if (s := _plain(v)))
    found = tuple((scope, string) for scope, string, _ in forms(record))
    return Strings(strings(record), named, found, is_person(record), record.draft)


def strings(record: Record, article: str = "") -> tuple[str, ...]:
    """Every string that names a record, everywhere or in one article: folded, without a leading "the"."""
    found = [v for f in ("name", "short", "aka", "names") for v in record.all(f)]
    found += [v for v in record.all("named") if v.key == article]
    return tuple(dict.fromkeys(s for v in found if (s := _plain(v))))


def forms(record: Record) -> Iterator[tuple[str, str, Value]]:
    """Scope ("" for everywhere, else an article), folded string and value of everything that names a record in matching."""
    for field in ("name", "short", "aka", "names", "named"):
        for value in record.all(field):
            string = _plain(value)
            if string:
                yield value.key if field == "named" else "", string, value
                if record.kind == "topic" and field != "named" and string[0].swapcase() != string[0]:
                    yield "", string[0].swapcase() + string[1:], value


def _plain(value: Value) -> str:
    return without_the(folded(value.text))


def people(records: Iterable[Record], article: str) -> frozenset[str]:
    """What names any person, everywhere or in one article."""
    return frozenset(s for r in records if is_person(r) for s in strings(r, article))


def is_person(record: Record) -> bool:
    """Whether an actor is a person: the default kind."""
    return record.kind == "actor" and record.text("kind", "person") == "person"
