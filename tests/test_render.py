"""Rendering: pure in view and templates, keyed by value, faults as findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined, TemplateError
from markupsafe import Markup

from briefgen.canonical import alike, key
from briefgen.outputs import Content
from briefgen.pages import Page
from briefgen.render import MemoryStore, render_pages
from briefgen.theme import template_closure
from tests.kit import english


@dataclass(frozen=True)
class One:
    """A view for tests."""

    text: str
    more: tuple[object, ...] = ()


@dataclass(frozen=True)
class Two:
    """The same fields under another name."""

    text: str
    more: tuple[object, ...] = ()


class Pair(NamedTuple):
    """A part of a view as a named tuple."""

    one: object
    other: object


@dataclass(frozen=True, slots=True)
class Couple:
    """A part of a view as a dataclass."""

    one: object
    other: object


@dataclass
class Loose:
    """Not frozen, so no view."""

    text: str


TEMPLATES = {
    "base.html": "<main>{% block main %}{% endblock %}</main>\n",
    "one.html": '{% extends "base.html" %}{% import "parts.html" as parts %}{% block main %}{{ parts.b(view.text) }}{% endblock %}',
    "parts.html": "{% macro b(x) %}<b>{{ x }}</b>{% endmacro %}",
}


def render(template: str, view: object, **more: str) -> tuple[dict[str, bytes], tuple[tuple[str, str, int], ...]]:
    outputs, findings = render_pages([Page("a.html", template, view)], TEMPLATES | more, english())
    return dict(outputs), tuple((d.code, d.span.file, d.span.line) for d in findings)


def test_a_page_is_its_template_with_its_view() -> None:
    assert render("one.html", One("a & b")) == ({"a.html": b"<main><b>a &amp; b</b></main>\n"}, ())
    assert render("one.html", One(Markup("a &amp; b")))[0] == {"a.html": b"<main><b>a &amp; b</b></main>\n"}


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("\n{{ view.nothing }}", 2),
        ("\n\n{{ range(3) }}", 3),
        ("{{ view.text + 1 }}", 1),
        ("\n{% if %}", 2),
        ("{{ view.text | random }}", 1),
        ("\n{% include view.text %}", 2),
        ('{% import ["parts.html"] as x %}', 1),
        ("{{ 1 // 0 }}", 1),
    ],
)
def test_a_fault_of_a_template_is_a_finding_on_its_line(source: str, line: int) -> None:
    assert render("bad.html", One("x"), **{"bad.html": source}) == ({}, (("template-error", "templates/bad.html", line),))


def test_a_fault_in_a_part_is_found_in_the_part() -> None:
    more = {
        "bad.html": '{% import "worse.html" as w %}\n\n{{ w.m(view) }}',
        "worse.html": "{% macro m(v) %}\n{{ v.none }}{% endmacro %}",
    }
    assert render("bad.html", One("x"), **more)[1] == (("template-error", "templates/worse.html", 2),)


def test_a_missing_template_is_a_finding() -> None:
    assert render("none.html", One("x"))[1] == (("template-error", "templates/none.html", 1),)
    assert render("bad.html", One("x"), **{"bad.html": '{% extends "gone.html" %}'})[1] == (
        ("template-error", "templates/gone.html", 1),
    )


def test_one_fault_in_a_template_of_many_pages_is_said_once() -> None:
    pages = [Page(f"{n}.html", "bad.html", One("x")) for n in range(5)]
    assert len(render_pages(pages, {"bad.html": "{{ view.nothing }}"}, english())[1]) == 1


def test_two_pages_at_one_address_are_a_finding() -> None:
    outputs, findings = render_pages(
        [Page("a.html", "one.html", One("x")), Page("a.html", "one.html", One("y"))], TEMPLATES, english()
    )
    assert [d.code for d in findings] == ["url-collision"]
    assert b"<b>x</b>" in outputs["a.html"]


@pytest.mark.parametrize(
    "source",
    [
        "{{ view.text }}{{ view.more }}{{ 1 < 2 }}{{ 1.5 }}{{ none }}",
        "{% macro m(x, y='<') %}{{ x }}{{ y }}{% endmacro %}{{ m(view.text) }}{{ m(1, 2) }}{{ m(y=3, x=4) }}{{ m('&') ~ '&' }}",
        "{% macro m(x) %}{{ x is defined }}{% endmacro %}{{ m() }}{{ m(1) }}{% for n in (1, 2) %}{{ m(n) }}{% endfor %}",
        "{% macro m() %}{{ varargs }}{{ kwargs }}{{ m.name }}{% endmacro %}{{ m(1, '<', a='&') }}",
        "{% macro m(x) %}[{{ caller(x) }}]{% endmacro %}{% call(y) m('<') %}{{ y }}{% endcall %}",
        "{% macro m(caller=none) %}[{{ caller() }}]{% endmacro %}{% call m() %}&amp;{% endcall %}",
        "{% macro m(x) %}<{{ x }}>{% endmacro %}{% autoescape false %}{{ m(view.text) ~ '&' }}{{ view.text }}{% endautoescape %}",
        "{% macro m(x) %}<{{ x }}>{% endmacro %}{% set a %}{{ m(view.text) }}{{ '&' }}{% endset %}{{ a }}{{ m(a) | upper }}",
        "{% for n in (1, 2) recursive %}{{ n }}{{ loop(()) }}{{ loop.cycle('<', '>') }}{% endfor %}{{ 'a-b'.split('-') }}",
        "{% block a %}<{{ view.text }}>{% endblock %}{{ self.a() }}",
    ],
)
def test_templates_say_what_jinja_says(source: str) -> None:
    view = One("a & <b>", (Markup("&amp;"), "'"))
    plain = Environment(autoescape=True, undefined=StrictUndefined).from_string(source).render(view=view)
    assert render("a.html", view, **{"a.html": source}) == ({"a.html": plain.encode()}, ())


@pytest.mark.parametrize(
    "source",
    [
        "{% macro m(x) %}{{ x }}{% endmacro %}{{ m() }}",
        "{% macro m(x) %}{% endmacro %}{{ m(1, 2) }}",
        "{% macro m(x) %}{% endmacro %}{{ m(y=1) }}",
        "{% macro m(x) %}{% endmacro %}{{ m(1, x=1) }}",
        "{{ nobody() }}",
        "{{ view.text() }}",
        "{{ view.text.nothing }}",
        "{% macro m() %}{{ caller() }}{% endmacro %}{{ m() }}",
    ],
)
def test_what_jinja_does_not_take_is_a_finding(source: str) -> None:
    with pytest.raises((TemplateError, TypeError)):
        Environment(autoescape=True, undefined=StrictUndefined).from_string(source).render(view=One("a"))
    assert render("a.html", One("a"), **{"a.html": f"{source}"}) == ({}, (("template-error", "templates/a.html", 1),))


def test_what_is_in_the_store_is_not_rendered_again() -> None:
    store = MemoryStore()
    first = render_pages([Page("a.html", "one.html", One("x"))], TEMPLATES, english(), store)
    (held,) = store.held
    store.held[held] = Content(b"from the store")
    assert render_pages([Page("a.html", "one.html", One("x"))], TEMPLATES, english(), store)[0] == {"a.html": b"from the store"}
    assert render_pages([Page("a.html", "one.html", One("x"))], TEMPLATES, english(), store, "other salt")[0] == first[0]
    changed = TEMPLATES | {"parts.html": "{% macro b(x) %}{{ x }}{% endmacro %}"}
    assert render_pages([Page("a.html", "one.html", One("x"))], changed, english(), store)[0] == {"a.html": b"<main>x</main>\n"}


def test_the_closure_holds_what_a_template_names_and_nothing_else() -> None:
    closure = template_closure(TEMPLATES | {"other.html": "x"}, "one.html")
    assert [s.split("\0")[0] for s in closure.sources] == ["one.html", "base.html", "parts.html"]


def test_views_that_differ_have_keys_that_differ() -> None:
    views = [
        One("ab", ("c",)),
        One("a", ("bc",)),
        One("ab", ("c", "")),
        One("ab", (("c",),)),
        One(Markup("ab"), ("c",)),
        Two("ab", ("c",)),
        One("1"),
        One("", (1,)),
        One("", ("1",)),
        One("", (True,)),
        One("", (None,)),
        One("", ("None",)),
        One("", (One(""),)),
        One("", ()),
        One("", ((),)),
        One("", (Pair("a", "b"),)),
        One("", (Pair(Markup("a"), "b"),)),
        One("", (("a", "b"),)),
        One("", ("a", "b")),
        One("", ("a\0s\0b",)),
        One("a\0", ("b",)),
        One("a", ("\0b",)),
        One("\ud800"),
    ]
    assert len({key("", ("t",), v) for v in views}) == len(views)
    assert key("", ("a", "b"), One("")) != key("", ("ab",), One(""))
    assert key("a", ("b",), One("")) != key("", ("ab",), One(""))


# Few different ones, so that two are often alike.
LEAVES = st.text("ab\0", max_size=2) | st.text("ab\0", max_size=2).map(Markup) | st.integers(0, 1) | st.booleans() | st.none()
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=2).map(tuple) | st.builds(Pair, inner, inner) | st.builds(Couple, inner, inner),
    max_leaves=4,
)


def typed(value: object) -> object:
    """A value with its types beside it: 1 and True, and strings that are and are not safe, are equal in Python."""
    if isinstance(value, Couple):
        return Couple, typed(value.one), typed(value.other)
    return type(value), tuple(map(typed, value)) if isinstance(value, tuple) else value


@given(st.recursive(st.text() | st.integers() | st.booleans() | st.none(), lambda inner: st.lists(inner).map(tuple), max_leaves=8))
def test_equal_views_have_equal_keys(value: object) -> None:
    assert key("", (), One("x", (value,))) == key("", (), One("x", (value,)))


@given(VALUES, VALUES)
def test_values_have_one_key_if_and_only_if_they_are_alike(one: object, other: object) -> None:
    assert (key("", (), One("x", (one,))) == key("", (), One("x", (other,)))) == alike(one, other) == (typed(one) == typed(other))


@pytest.mark.parametrize("value", [{}, [], 1.5, len, Loose("x"), object(), b"x"])
def test_a_view_holds_nothing_else(value: object) -> None:
    with pytest.raises(TypeError, match="a view holds a"):
        key("", (), One("x", (value,)))
