"""Facts as shown: evidence, numbers, labels of caution, the words of the sources and no more of them than may be shown."""

from __future__ import annotations

from typing import Any

import pytest

from briefgen.pages import html, view_pages
from tests.kit import english
from tests.pagekit import labels, pages, small, texts, view, views_of


def field(url: str, name: str) -> Any:
    return next(f for f in view(url).facts if f.name == name)


def test_every_page_numbers_its_sources_from_one_in_order() -> None:
    for page in pages().values():
        sources = getattr(page.view, "sources", ())
        assert [s.number for s in sources] == list(range(1, len(sources) + 1)), page.url
        assert [s.id for s in sources] == [f"source-{n}" for n in range(1, len(sources) + 1)]


def test_two_values_are_both_shown_and_none_is_preferred() -> None:
    rank = field("actors/aoun-farj.html", "rank")
    assert [str(f.value) for f in rank.facts] == ["General", "Marshal"]
    assert rank.differs
    assert str(rank.note) == "The ranks differ."
    assert not any("reading" in labels(f) for f in rank.facts)  # the note answers no warning


def test_a_note_that_answers_a_warning_marks_the_editors_reading() -> None:
    briefing = small()
    answering = frozenset({briefing.records["aoun-farj"].notes["rank"].span})
    views: dict[str, Any] = {p.url: p.view for p in view_pages(briefing, english(), "", answering)}
    rank = next(f for f in views["actors/aoun-farj.html"].facts if f.name == "rank")
    assert all("reading" in labels(f) for f in rank.facts)


def test_a_value_that_does_not_stand_in_its_words_is_the_editors_wording() -> None:
    (role,) = field("actors/aoun-farj.html", "roles").facts
    assert "wording" in labels(role)
    assert not any("wording" in labels(f) for f in field("actors/aoun-farj.html", "rank").facts)


def test_a_label_shown_as_a_statement_is_marked_as_the_editors() -> None:
    statements = {f.name: f.facts[0] for f in view("actors/moi.html").statements}
    assert labels(statements["kind"]) == labels(statements["part_of"]) == {"editors"}
    assert str(statements["part_of"].value) == '<a href="gna.html">Government</a>'


def test_a_year_that_no_words_print_is_the_editors() -> None:
    assert labels(view("meetings/june.html").date.facts[0]) == {"year"}
    assert str(view("meetings/june.html").date.facts[0].value) == '<time datetime="2020-06-24">24 June 2020</time>'


def test_one_day_in_a_span_is_inferred() -> None:
    date = view("events/statement.html").date.facts[0]
    assert str(date.value) == "by 2 July 2020"
    assert labels(date) == {"inferred"}
    assert view("events/statement.html").precision == "one day in this span, inferred by the editors"


def test_date_words_in_another_language_are_not_checked() -> None:
    text = """
//- content/articles/a.md
---
title: اجتماع
language: ar
rights: us-gov
---
اجتمعوا في 1 يوليو 2020 في طرابلس.
//- content/meetings/m.yaml
date: {2020-07-01: {a: 1 يوليو 2020}}
"""
    mark = views_of(text)["meetings/m.html"].date.facts[0]
    assert "unchecked" in labels(mark)
    assert (mark.evidence.marks[0].says.lang, mark.evidence.marks[0].says.dir) == ("ar", "rtl")


def test_articles_that_rest_on_one_origin_say_so_at_the_fact() -> None:
    assert view("meetings/july.html").date.facts[0].evidence.origins == "2 articles, 1 origin"
    assert field("actors/lna.html", "leader").facts[0].evidence.origins == "2 articles, 1 origin"
    assert view("meetings/june.html").date.facts[0].evidence.origins == ""


def test_a_marker_leads_to_the_passage_and_shows_the_words() -> None:
    wire, paper = view("meetings/july.html").date.facts[0].evidence.marks
    assert wire.href.startswith("../articles/wire.html#q-")
    assert str(wire.says.card) == "<b>On July 1</b>, the LNA and the United States met virtually."
    assert str(paper.says.card) == "on Wednesday"
    assert (wire.says.outlet, wire.says.date, wire.says.origin) == ("The Wire", "2 July 2020", "The statement")
    assert paper.says.translated_from == "Arabic"
    assert "The article is based on: The statement." in wire.html
    assert f'<a class="mark" href="{wire.href}"' in wire.html


def test_words_that_stand_more_than_once_say_so() -> None:
    (quote, _) = view("comparisons/ranks.html").comparison.quotes
    assert quote.mark.says.times == 2
    assert "Stands twice in the article." in quote.mark.html


def test_an_article_that_is_a_link_shows_no_words_and_has_no_passage() -> None:
    (mark,) = view("events/statement.html").date.facts[0].evidence.marks
    assert (mark.href, str(mark.says.card)) == ("../articles/linked.html", "")
    assert "<q" not in mark.html
    assert next(str(s.words) for s in view("events/statement.html").sources) == ""


def test_names_in_quoted_words_are_links_and_the_possessive_stays_outside() -> None:
    quotes = [q for g in view("meetings/july.html").positions for p in g.positions for q in p.quotes]
    army, peace = '<a class="name" href="../actors/lna.html">LNA</a>', '<a class="name" href="../topics/peace.html">peace</a>'
    assert f"The {army}&#39;s aim is {peace}" in [str(q.words) for q in quotes]


def test_no_page_links_to_itself_by_name() -> None:
    words = [str(q.words) for n in view("actors/lna.html").said for q in n.quotes]
    assert words == ["forces of Marshal Farj"]
    assert all('href="lna.html"' not in t for t in texts(view("actors/lna.html")) if "name" in t)


def test_prose_links_each_record_once_a_paragraph_and_not_inside_links() -> None:
    prose = str(view("index.html").prose)
    assert prose.count('href="actors/lna.html"') == 1
    assert prose.count('href="actors/gna.html"') == 2  # the name, and what the editors linked themselves
    assert '<a class="name" href="actors/gna.html">GNA</a>&#39;s' in prose
    assert '<a href="actors/gna.html">its page</a>' in prose
    assert '<span class="cite"><a class="mark" href="articles/wire.html#' in prose
    assert "[@wire" not in prose


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", " javascript:x", "//evil.example", "vbscript:x", "\\\\x"]
)
def test_no_other_scheme_is_ever_linked(url: str) -> None:
    assert html.safe_url(url) == ""


@pytest.mark.parametrize("url", ["https://x.org/a?b=c:d", "http://x.org", "mailto:a@b.org", "a/b.html", "#x", "HTTPS://X.ORG"])
def test_these_schemes_are_linked(url: str) -> None:
    assert html.safe_url(url) == url


@pytest.mark.parametrize(
    ("tag", "way"), [("ar", "rtl"), ("ar-LY", "rtl"), ("he", "rtl"), ("fa", "rtl"), ("en", "ltr"), ("ru", "ltr")]
)
def test_directions(tag: str, way: str) -> None:
    assert html.direction(tag) == way


def test_what_editors_and_sources_write_is_escaped() -> None:
    text = """
//- content/articles/a.md
---
title: <b>Bold</b> & "quoted"
publisher: <i>P</i>
rights: us-gov
format: plain
---
Tom said <script>alert(1)</script> & left "<x>".
//- content/actors/all.yaml
tom:
  name: Tom
  aka: ['<img src=x>']
  named: {a: Tom}
  roles: {'<b>boss</b>': {a: 'Tom said <script>alert(1)</script> & left'}}
  notes: <script>x</script> & Tom
"""
    views = views_of(text)
    for one in views.values():
        for string in texts(one):
            if type(string) is not str:
                assert "<script" not in string
                assert "<img" not in string
                assert "<i>P" not in string
                assert "<b>boss" not in string
    assert "&lt;script&gt;x&lt;/script&gt; &amp; Tom" in str(views["actors/tom.html"].head.note)


NOTED = """
//- content/articles/a.md
---
title: A
rights: us-gov
notes: {published: No day is printed.}
---
Tom Tall said yes. Tom Tall said no. Tom Tall said so.
//- content/actors/all.yaml
tom:
  name: Tom Tall
  named: {a: Tom Tall}
  notes: {named: On his name., aka: On others.}
//- content/events/all.yaml
e:
  name: E
  positions:
    - tom: {a: Tom Tall said yes}
    - tom: {a: Tom Tall said no}
    - tom: {a: Tom Tall said so}
      notes: Just this one.
  notes: {positions: On all of them.}
"""


def test_no_note_of_the_editors_is_lost_and_none_is_repeated() -> None:
    views = views_of(NOTED)
    assert str(views["actors/tom.html"].head.note) == "On others. On his name."
    assert str(views["articles/a.html"].note) == "No day is printed."
    (group,) = views["events/e.html"].positions
    assert [str(p.note) for p in group.positions] == ["On all of them.", "", "Just this one."]
    assert not any("reading" in labels(p) for p in group.positions)  # no warning is answered there
