"""Words in long texts: the index finds what a plain search finds, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen import finding
from briefgen.finding import Haystack
from briefgen.text import find_whole

LETTERS = st.text(alphabet="aab é\u0301'-._\0", min_size=1, max_size=8)
TEXTS = st.lists(st.text(alphabet="aab é\u0301'-._", max_size=40), max_size=6)


@pytest.fixture(autouse=True, params=[0, 1_000_000], ids=["by the index", "by searching"])
def long(request: pytest.FixtureRequest) -> Iterator[int]:
    """From how many characters on a text is long: every one, or none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finding, "LONG", request.param)
        yield request.param


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, LETTERS)
def test_words_are_found_where_a_plain_search_finds_them(texts: list[str], words: str) -> None:
    held = Haystack(texts)
    plain = [(n, at) for n, text in enumerate(texts) for at in find_whole(text, words)]
    assert list(held.find(words)) == plain
    assert held.find(words) is held.find(words)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, LETTERS, st.integers(0, 5), st.integers(0, 40), st.integers(0, 40))
def test_the_next_place_is_the_first_behind(texts: list[str], words: str, paragraph: int, start: int, end: int) -> None:
    text = texts[paragraph] if paragraph < len(texts) else ""
    plain = next((at for at in find_whole(text, words, start, end)), -1)
    assert Haystack(texts).next(words, paragraph, start, end) == plain


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, LETTERS)
def test_twice_counts_what_stands_inside_of_words_too(texts: list[str], words: str) -> None:
    assert Haystack(texts).twice(words) == (sum(text.count(words) for text in texts) > 1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, LETTERS)
def test_words_may_run_on_over_the_end_of_a_paragraph(texts: list[str], words: str) -> None:
    assert Haystack(texts).runs_on(words) == (next(find_whole(" ".join(texts), words), None) is not None)


def test_haystacks_are_equal_if_their_texts_are() -> None:
    one, other = Haystack(("a b", "c")), Haystack(["a b", "c"])
    one.find("b")
    assert one == other
    assert hash(one) == hash(other)
    assert one != Haystack(("a b",))


def test_near_places_are_those_of_the_rarest_words(long: int) -> None:
    held = Haystack(("it is so " * 50, "and once it is otherwise so far", ""))
    near = held.around("it is otherwise and so")
    if long:
        assert near is None
    else:
        assert near is not None
        assert any(n == 1 for n, _, _ in near)
