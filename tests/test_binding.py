"""Pages that are bound of parts: numbers and notes run through the whole, whatever the parts are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.binding import NOTE, ONCE, PLACE, bind, bundles, slot
from briefgen.render import render_pages
from tests.kit import english, theme
from tests.pagekit import pages


def part(passages: list[str]) -> str:
    """A part that says only what it cites, with a note for each."""
    marks = "".join(f"[{one} {slot(n)}]" for n, one in enumerate(passages, 1))
    notes = (f"{NOTE}({slot(n)} {one}{ONCE}, then{ONCE}.{ONCE} In full.{ONCE})" for n, one in enumerate(passages, 1))
    return f"{marks}{''.join(notes)}"


def plain(given: list[list[str]]) -> str:
    """The whole, written down at once."""
    order = list(dict.fromkeys(one for passages in given for one in passages))
    texts = "".join("(" + "".join(f"[{one} {order.index(one) + 1}]" for one in passages) + ")" for passages in given)
    notes: list[str] = []
    for n, one in enumerate(order, 1):
        article = one.partition("#")[0]
        again = any(other.partition("#")[0] == article for other in order[: n - 1])
        notes.append(f"({n} {one}.)" if again else f"({n} {one}, then. In full.)")
    return f"<h1>{texts}<hr>{''.join(notes)}"


passages = st.builds("{}#{}".format, st.sampled_from("abc"), st.sampled_from("123"))


@given(st.lists(st.lists(passages, unique=True, max_size=6), max_size=6))
def test_a_bound_page_is_what_it_would_be_written_at_once(cited: list[list[str]]) -> None:
    shell = "<h1>" + f"({PLACE})" * len(cited) + "<hr>" + (PLACE if any(cited) else "")
    assert bind(shell, map(part, cited), bundles(map(" ".join, cited))) == plain(cited)


def test_a_shell_must_have_a_place_for_each_part() -> None:
    with pytest.raises(ValueError, match="has 1 places marked “<>” for the 2 parts"):
        bind(f"a{PLACE}b", ["x", "y"], bundles(["", ""]))


def test_a_part_must_have_a_note_for_each_number() -> None:
    with pytest.raises(ValueError, match="cites 1 passages and prints 0 notes"):
        bind(PLACE, ["x"], bundles(["a#1"]))


@pytest.mark.parametrize(
    ("name", "old"), [("print.html", "<>\n{% endfor %}"), ("base.html", "{% for note in site.inside.notes %}<|")]
)
def test_a_template_without_its_marks_is_a_finding(name: str, old: str) -> None:
    templates = theme()[0]
    assert old in templates[name]
    spoilt = {**templates, name: templates[name].replace(old, old.replace("<>", "").replace("<|", ""))}
    outputs, (finding,) = render_pages(pages().values(), spoilt, english())
    assert finding.code == "template-error"
    assert finding.span.file == "templates/print.html"
    assert "print.html" not in outputs


def test_what_comes_first_moves_the_numbers_of_all_others() -> None:
    assert [held.numbers for held in bundles(["a#1", "b#1 a#1"])] == ["1", "2 1"]
    assert [held.numbers for held in bundles(["c#1", "a#1", "b#1 a#1"])] == ["1", "2", "3 2"]


def test_one_note_of_an_article_is_in_full() -> None:
    assert [held.first for held in bundles(["a#1 a#2", "a#1 a#3 b#1"])] == ["yn", "ny"]
