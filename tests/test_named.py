"""Our named tuples are those of `typing`, in everything that can be asked of them."""

from __future__ import annotations

import copy
import importlib
import pickle
import typing
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen import named
from tests.test_architecture import modules
from tests.test_frozen import do, outcome

T = TypeVar("T")
ours: Any = named.NamedTuple  # without what a type checker knows of it
theirs: Any = typing.NamedTuple


def pair(base: Any) -> Any:
    class Pair(base):  # type: ignore[misc]
        """Two values, one of which may be left out."""

        first: int
        second: str = "left out"

        kind = "pair"

        @property
        def both(self) -> tuple[object, object]:
            return self.first, self.second

        def swapped(self) -> Any:
            return self._replace(first=self.second, second=self.first)

    return Pair


def nothing(base: Any) -> Any:
    class Nothing(base):  # type: ignore[misc]
        pass

    return Nothing


def holder(base: Any) -> Any:
    class Holder(base, Generic[T]):  # type: ignore[misc]
        only: T

    return Holder


def own(base: Any) -> Any:
    class Own(base):  # type: ignore[misc]
        _hidden = 1
        only: object = None

        def __repr__(self) -> str:
            return "own"

        def __str__(self) -> str:
            return "mine"

    return Own


KINDS = {make.__name__: (make(ours), make(theirs)) for make in (pair, nothing, holder, own)}
VALUES = st.one_of(st.integers(0, 2), st.text(max_size=1), st.none())
GIVEN = st.tuples(
    st.lists(VALUES, max_size=3), st.dictionaries(st.sampled_from(("first", "second", "only", "none")), VALUES, max_size=2)
)
QUESTIONS: dict[str, Callable[[Any, Any], Any]] = {
    "text": lambda a, _: (repr(a), str(a)),
    "equal": lambda a, b: (
        a == b,
        a != b,
        a < b if a and type(a[0]) is type(b[0]) is int else None,
        a == tuple(a),
        {tuple(a): 1}[a],
    ),
    "hash": lambda a, _: hash(a) == hash(tuple(a)),
    "fields": lambda a, _: [(name, getattr(a, name)) for name in a._fields],
    "defaults": lambda a, _: (a._field_defaults, type(a).__match_args__),
    "set": lambda a, _: [do("__setattr__", a, name, 1) for name in a._fields],
    "room": lambda a, _: (hasattr(a, "__dict__"), type(a).__slots__),
    "unknown": lambda a, _: do("__setattr__", a, "unknown", 1),
    "replaced": lambda a, _: a._replace(**{a._fields[0]: 5} if a._fields else {}),
    "replaced in vain": lambda a, _: a._replace(none=1, neither=2),
    "as a dict": lambda a, _: a._asdict(),
    "made": lambda a, _: (a._make(a), type(a)._make(list(a))),
    "made of too much": lambda a, _: a._make((*a, 1)),
    "copied": lambda a, _: (copy.copy(a), copy.deepcopy(a)),
    "taken apart": lambda a, _: ([*a], len(a), a[:1], a + (1,)),  # noqa: RUF005  # adding is what is asked
    "described": lambda a, _: (type(a).__name__, type(a).__module__, type(type(a)), isinstance(a, tuple)),
    "own": lambda a, _: (getattr(a, "kind", 0), getattr(a, "both", 0), a.swapped() if hasattr(a, "swapped") else 0),
    "of a field": lambda a, _: [vars(type(a))[name].__doc__ for name in a._fields],
}


@given(st.sampled_from(sorted(KINDS)), GIVEN, GIVEN, st.permutations(sorted(QUESTIONS)))
def test_whatever_is_asked_in_whatever_order(name: str, given: Any, other: Any, questions: list[str]) -> None:
    told = []
    for kind in KINDS[name]:
        a, b = (outcome(lambda kind=kind, args=args, more=more: kind(*args, **more)) for args, more in (given, other))  # type: ignore[misc]
        if type(a) is type(b) is kind:
            told.append([(q, outcome(lambda a=a, b=b, q=q: QUESTIONS[q](a, b))) for q in questions])  # type: ignore[misc]
        else:
            told.append([("made", [type(made) is kind for made in (a, b)])])
    assert repr(told[0]) == repr(told[1]).replace("typing.", "")


def test_what_a_class_does_first_decides_nothing() -> None:
    for first in sorted(QUESTIONS):
        kind = pair(ours)
        outcome(lambda kind=kind, first=first: QUESTIONS[first](kind._make((1, "b")), kind._make((1, "c"))))  # type: ignore[misc]
        assert kind(1) == (1, "left out")
        assert kind(second="x", first=2) == kind(2, "x") == (2, "x")


def test_a_fault_names_the_class() -> None:
    with pytest.raises(TypeError, match=r"Pair\.__new__\(\) missing 1 required positional argument: 'first'"):
        pair(ours)()


def test_a_class_below_another_is_made_like_it() -> None:
    below = type("Below", (pair(ours),), {"more": lambda self: self.first + 1})
    assert (below(1).more(), below(1), type(below(1))) == (2, (1, "left out"), below)


class Kept(named.NamedTuple):
    """A value that is packed."""

    name: str
    inner: object = None


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_value_comes_back_from_a_pickle(protocol: int) -> None:
    value = (Kept("a", Kept("shared")), Kept("b"))
    again = pickle.loads(pickle.dumps(value, protocol))
    assert again == value
    assert type(again[0].inner) is Kept


def test_all_named_tuples_of_ours_are_made_so() -> None:
    found = [vars(importlib.import_module(f"briefgen.{name}")) for name, _ in modules() if name not in ("__init__", "__main__")]
    kinds = {one for names in found for one in names.values() if isinstance(one, type) and issubclass(one, tuple)}
    kinds = {one for one in kinds if one.__module__.startswith("briefgen") and hasattr(one, "_fields")}
    assert [one.__qualname__ for one in kinds if not issubclass(one, named.Named)] == []
    assert len(kinds) > 150
