"""Our frozen classes are those of the standard library, in everything that can be asked of them."""

from __future__ import annotations

import copy
import dataclasses
import importlib
import itertools
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field, fields, is_dataclass, replace
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen import frozen
from tests.kit import ROOT
from tests.test_architecture import modules

T = TypeVar("T")
ours: Any = frozen.dataclass  # without what a type checker knows of it


def pair(one: Any) -> type:
    @one(frozen=True, slots=True)
    class Pair(Generic[T]):
        """Two values, one of which may be left out, and what belongs to the class."""

        first: T
        second: object = "left out"
        rest: list[object] = field(default_factory=list)
        kind: ClassVar[str] = "pair"

        def both(self) -> tuple[object, ...]:
            return self.first, self.second

        @property
        def size(self) -> int:
            return len(self.rest)

    return Pair


def nothing(one: Any) -> type:
    @one(frozen=True, slots=True)
    class Nothing:
        pass

    return Nothing


def alone(one: Any) -> type:
    @one(frozen=True, slots=True)
    class Alone:
        only: object

    return Alone


def itself(one: Any) -> type:
    @one(frozen=True, slots=True, eq=False)
    class Itself:
        only: object
        other: object = None

    return Itself


def own(one: Any) -> type:
    @one(frozen=True, slots=True)
    class Own:
        only: object

        def __repr__(self) -> str:
            return "own"

        def __hash__(self) -> int:
            return 7

        def __eq__(self, other: object) -> bool:
            return True

    return Own


KINDS = {make.__name__: (make(ours), make(dataclasses.dataclass)) for make in (pair, nothing, alone, itself, own)}


def outcome(do: Callable[[], Any]) -> Any:
    """What comes of it, or which fault."""
    try:
        return do()
    except Exception as fault:
        return type(fault), str(fault)


def do(name: str, value: Any, *given: object) -> Any:
    return getattr(value, name)(*given)


VALUES = st.one_of(st.integers(0, 3), st.text(max_size=1), st.just(float("nan")), st.tuples(st.integers(0, 2)))
GIVEN = st.tuples(
    st.lists(VALUES, max_size=4), st.dictionaries(st.sampled_from(("first", "second", "rest", "only", "none")), VALUES, max_size=2)
)
QUESTIONS: dict[str, Callable[[Any, Any], Any]] = {
    "text": lambda a, _: repr(a),
    "equal": lambda a, b: (a == b, a != b, a == a, a == 1, a == (1,)),  # a value against itself, too
    "hash": lambda a, b: isinstance(hash(a), int) and (hash(a) == hash(b)) >= (a == b),
    "fields": lambda a, _: [(f.name, f.type, getattr(a, f.name)) for f in fields(a)],
    "set": lambda a, _: [do("__setattr__", a, f.name, 1) for f in fields(a)],
    "delete": lambda a, _: [do("__delattr__", a, f.name) for f in fields(a)],
    "room": lambda a, _: hasattr(a, "__dict__"),
    "replaced": lambda a, _: repr(replace(a, **{fields(a)[0].name: 5} if fields(a) else {})),
    "as a dict": lambda a, _: dataclasses.asdict(a),
    "matching": lambda a, _: type(a).__match_args__,
    "copied": lambda a, _: (repr(copy.copy(a)), repr(copy.deepcopy(a))),
    "described": lambda a, _: (type(a).__name__, type(a).__qualname__.split(".")[-1], type(a).__module__, is_dataclass(a)),
}


@given(st.sampled_from(sorted(KINDS)), GIVEN, GIVEN, st.permutations(sorted(QUESTIONS)))
def test_whatever_is_asked_in_whatever_order(name: str, given: Any, other: Any, questions: list[str]) -> None:
    told = []
    for kind in KINDS[name]:
        a, b = (outcome(lambda kind=kind, args=args, more=more: kind(*args, **more)) for args, more in (given, other))  # type: ignore[misc]  # a lambda with defaults
        if isinstance(a, kind) and isinstance(b, kind):
            told.append([(q, outcome(lambda a=a, b=b, q=q: QUESTIONS[q](a, b))) for q in questions])  # type: ignore[misc]  # as above
        else:
            told.append([("made", [made if isinstance(made, tuple) else repr(made) for made in (a, b)])])
    assert repr(told[0]) == repr(told[1])


def test_each_method_may_be_the_first_that_is_used() -> None:
    """Each is written when it is first used, on a class of which nothing was used before."""
    for order in itertools.permutations(("text", "equal", "hash", "copied")):
        kind = pair(ours)
        a, b = kind(1, rest=()), kind(1, second=2, rest=())
        assert [repr(QUESTIONS[q](a, b)) for q in order]
        assert kind(1, 2, ()) == b != a
        assert {a, b, kind(1, "left out", ())} == {a, b}


@pytest.mark.parametrize("value", [nothing(ours)(), alone(ours)(1)])
def test_nor_can_what_is_no_field_be_set(value: object) -> None:
    """The standard library of Python 3.11 stumbles here over the class that it made anew, and raises TypeError."""
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'unknown'"):
        value.unknown = 1  # type: ignore[attr-defined]  # is what is tried
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'unknown'"):
        del value.unknown  # type: ignore[attr-defined]  # as above


def test_what_is_made_for_each_value_is_made_anew() -> None:
    kind = pair(ours)
    assert kind(1).rest == []
    assert kind(1).rest is not kind(1).rest


def test_a_value_that_must_be_given_may_not_be_left_out() -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'only'"):
        alone(ours)()


@pytest.mark.parametrize("wish", [{"frozen": False, "slots": True}, {"frozen": True, "slots": False}])
def test_it_is_for_frozen_classes_with_slots_only(wish: dict[str, bool]) -> None:
    with pytest.raises(TypeError, match="frozen classes with slots"):
        ours(**wish)


@frozen.dataclass(frozen=True, slots=True)
class Kept:
    """A value that is packed."""

    name: str
    inner: object = None


class Named(NamedTuple):
    """One inside of it."""

    value: Kept


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_value_comes_back_from_a_pickle(protocol: int) -> None:
    shared = Kept("shared")
    value = (Kept("a", shared), Kept("b", Named(shared)), [shared], {shared: 1})
    again = pickle.loads(pickle.dumps(value, protocol))
    assert again == value
    assert again[0].inner is again[1].inner.value is again[2][0], "what was one object is one again"
    with pytest.raises(FrozenInstanceError):
        again[0].name = "other"


def values() -> list[type]:
    """Every dataclass of ours."""
    found = [vars(importlib.import_module(f"briefgen.{name}")) for name, _ in modules() if name not in ("__init__", "__main__")]
    kinds = {one for names in found for one in names.values() if isinstance(one, type) and is_dataclass(one)}
    return [one for one in kinds if one.__module__.startswith("briefgen")]


def test_all_values_of_ours_are_made_so() -> None:
    late = [one.__qualname__ for one in values() if one.__dataclass_params__.frozen and "__setstate__" in vars(one)]  # type: ignore[attr-defined]  # of every dataclass
    assert late == []
    assert len(values()) > 40


def test_importing_a_build_writes_no_method_of_a_value() -> None:
    probe = (
        "from briefgen import frozen\nwrite = frozen._written\n"
        "frozen._written = lambda name, *more: print(name) or write(name, *more)\nimport briefgen.build"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True, cwd=ROOT)
    assert 0 < len(done.stdout.split()) < 10, done.stdout  # of the field table and the like
