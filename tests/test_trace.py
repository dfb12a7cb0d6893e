"""Faces: what is read through them is noted, and nothing else."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass

from briefgen.trace import WHOLE, Asked, Face, World


@dataclass(frozen=True, slots=True)
class Shelf(World):
    """A small world."""

    books: Mapping[str, str]
    owner: str = "nobody"
    order: tuple[str, ...] = ()

    def first(self) -> str:
        return self.books[self.order[0]] if self.order else self.owner


def face(**tables: object) -> tuple[Shelf, Asked]:
    asked: Asked = {}
    held = Face(Shelf({"a": "A", "b": "B"}), asked)
    return (held.but(**tables) if tables else held), asked  # type: ignore[return-value]  # it passes for a shelf


def test_entries_are_noted_one_by_one_and_tables_as_a_whole() -> None:
    shelf, asked = face()
    assert (shelf.books["a"], shelf.books.get("c"), "b" in shelf.books) == ("A", None, True)
    assert asked == {"books": {"a", "b", "c"}}
    assert (len(shelf.books), shelf.owner) == (2, "nobody")
    assert asked == {"books": {"a", "b", "c", WHOLE}, "owner": {WHOLE}}


def test_methods_read_through_the_face() -> None:
    shelf, asked = face(order=("b",))
    assert shelf.first() == "B"
    assert asked == {"books": {"b"}}


def test_what_was_put_in_its_place_stays_when_more_is() -> None:
    shelf, asked = face(order=("b",))
    again = shelf.but(owner="somebody")
    assert (again.order, again.owner, again.first()) == (("b",), "somebody", "B")
    assert (shelf.order, shelf.owner) == (("b",), "nobody")
    assert asked == {"books": {"b"}, "owner": {WHOLE}}


def test_the_key_of_a_whole_table_is_itself_also_after_a_pickle() -> None:
    assert pickle.loads(pickle.dumps({WHOLE: 1})) == {WHOLE: 1}  # our own
