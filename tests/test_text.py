"""The folded view, word edges and sentences (MODEL.md, "Units" and rule 1)."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.text import find_whole, fold, folded, is_word_char, sentence_at, sentences, without_the

TEXT = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from(" \n\t\u00a0'’´\"“”-–—\u0301\u0327é")), max_size=60)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Haftar’s", "Haftar's"),
        ("Haftar´s", "Haftar's"),
        ("“threat”", '"threat"'),
        ("tolerated – and", "tolerated - and"),
        ("5\u00a0km  east\nof", "5 km east of"),
        ("cafe\u0301", "café"),
    ],
)
def test_typing_differences_are_none(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("July", "july"), ("must", "must,"), ("'x'", '"x"'), ("US", "U.S."), ("a--b", "a-b")])
def test_everything_else_counts(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@given(TEXT)
def test_offsets_lead_back_to_the_source(text: str) -> None:
    view = fold(text)
    for start in range(len(view.text)):
        real_start, real_end = view.source(start, start + 1)
        assert 0 <= real_start <= real_end <= len(text)
        if view.text[start] == " ":
            assert not text[real_start:real_end].strip()
    assert view.source(0, len(view.text)) == (0, len(text)) or not text


@given(TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    if unicodedata.is_normalized("NFC", once):
        assert fold(once).text == once


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("the LNA's affiliation", "LNA", [4]),
        ("UN-facilitated talks", "UN", [0]),
        ("United", "Unit", []),
        ("(GNA)", "GNA", [1]),
        ("5+5 talks", "5+5", [0]),
        ("15+5", "5+5", []),
        ("a\u0301b", "a", []),
        ("x", "", []),
    ],
)
def test_words_stand_at_word_edges(text: str, words: str, found: list[int]) -> None:
    assert list(find_whole(text, words)) == found


@given(TEXT)
def test_sentences_cover_the_text_in_order(text: str) -> None:
    parts = sentences(text)
    assert all(a < b for a, b in parts)
    assert all(first[1] <= second[0] for first, second in pairwise(parts))
    covered = "".join(text[a:b] for a, b in parts)
    assert "".join(covered.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The U.S. Government met. It left.", 2),
        ('He said "stop." Then he left.', 2),
        ("Is it so? Yes! (Really.) Good", 4),
        ("See Mirage.News does not", 1),
        ("a value of 3.5 percent", 1),
        ("one. two", 1),
        ("It ended in 2011. 12 men left.", 2),
        ("انتهى. بدأ", 2),
        ("to Richard B. Norland", 1),
    ],
)
def test_sentences_end_where_the_model_says(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_the_sentence_of_words_that_span_two() -> None:
    text = "One is here. Two is there. Three."
    assert text[slice(*sentence_at(text, 5, 16))] == "One is here. Two is there."


def test_a_leading_the_is_no_part_of_a_name() -> None:
    assert [without_the(n) for n in ("the Ministry", "The Libyan army", "Thebes")] == ["Ministry", "Libyan army", "Thebes"]


def test_marks_belong_to_words() -> None:
    assert is_word_char("é")
    assert is_word_char("\u0301")
    assert is_word_char("ي")
    assert not any(map(is_word_char, "'-’_ +"))
