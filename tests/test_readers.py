"""Who asked for what: whatever is packed, opened, swept away or written down, the answers are those of a plain table."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen import readers
from briefgen.packing import pack, unpack
from briefgen.readers import Readers

NAMES, KEYS, PARTS = ("people", "people/name"), tuple((letter, n) for letter in "abc" for n in range(2)), tuple(range(6))

ASKED = st.dictionaries(st.sampled_from(NAMES), st.sets(st.sampled_from(KEYS), min_size=1), max_size=2)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(("take", "take from elsewhere")), st.dictionaries(st.sampled_from(PARTS), ASKED, min_size=1)),
        st.tuples(st.just("forget"), st.sampled_from(PARTS)),
        st.tuples(st.just("write"), st.none()),
        st.tuples(st.just("open"), st.sampled_from(NAMES)),
    ),
    max_size=20,
)


def told(held: Readers[int], name: str, keys: Iterable[tuple[Hashable, ...]] = KEYS) -> dict[tuple[Hashable, ...], set[int]]:
    """Who asked for what in a table, without what nobody asked for."""
    found = {key: list(held.of(name, key)) for key in keys} if name in held else {}
    assert all(len(parts) == len(set(parts)) for parts in found.values())
    return {key: set(parts) for key, parts in found.items() if parts}


@pytest.mark.parametrize("many", [1, 200_000], ids=["packed at once", "packed late"])
@given(steps=STEPS)
def test_the_readers_are_those_who_asked_last(many: int, steps: list[tuple[str, object]]) -> None:
    held: Readers[int] = Readers()  # Readers[int]() would carry its type along
    model: dict[int, dict[str, set[tuple[str, int]]]] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(readers, "_MANY", many)
        for what, given_ in steps:
            if what.startswith("take"):
                new: Readers[int] = Readers()
                for part, asked in given_.items():  # type: ignore[attr-defined]  # of the strategy
                    new.note(part, asked)
                    model[part] = asked
                held.take(new if what == "take" else unpack(pack(new)))
            elif what == "forget":
                held.forget(given_)  # type: ignore[arg-type]  # of the strategy
                model.pop(given_, None)  # type: ignore[call-overload]  # of the strategy
            elif what == "write":
                held = unpack(pack(held))
            elif given_ in held:
                held.inside(given_, "ab")  # type: ignore[arg-type]  # of the strategy
    for name in NAMES:
        asked_for = {key: {p for p, asked in model.items() if key in asked.get(name, ())} for key in KEYS}
        assert told(held, name) == {key: parts for key, parts in asked_for.items() if parts}
        if name in held:
            for _ in range(2):  # looked through, then grouped
                led = {key for key in held.inside(name, "ab") if told(held, name, [key])}
                assert led == {key for key, parts in asked_for.items() if parts and key[0] in "ab"}


def test_what_counts_no_more_does_not_gather() -> None:
    held: Readers[int] = Readers()
    for n in range(1_000):
        new: Readers[int] = Readers()
        new.note(n % 3, {"people": set(KEYS)})
        held.take(new)
    assert sum(len(numbers) for _, sheaf in held._sheaves("people") for numbers in sheaf.values()) <= 2 * 3 * len(KEYS) + len(KEYS)
    assert told(held, "people") == {key: {0, 1, 2} for key in KEYS}


def test_a_table_that_is_not_asked_about_stays_packed() -> None:
    new: Readers[int] = Readers()
    held: Readers[int] = Readers()
    new.note(1, {name: set(KEYS) for name in NAMES})
    held.take(new)
    assert set(held) == set(NAMES)
    assert list(held.of("people", KEYS[0])) == [1]
    assert held._packed.keys() == {"people/name"}
