"""print.html: everything once, in one document, with one set of notes; and what the build makes for paper besides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

import pytest
from markupsafe import Markup, escape

from briefgen.checks.finished import check_finished
from briefgen.checks.whole import LIMIT, fitting
from briefgen.pages import view_pages
from briefgen.pages.embedding import within
from briefgen.pages.html import css_string
from briefgen.pages.published import site_of
from briefgen.pages.site import Site
from briefgen.pages.whole import whole
from briefgen.render import render_pages
from tests.kit import build, demo, english, find, site, theme
from tests.pagekit import SMALL, pages, small, views_of

MARK = re.compile(r'<a class="mark" href="#note\.(\d+)">(\d+)</a>')
BASE = "https://example.org/talks/"


@lru_cache
def demonstration() -> dict[str, bytes]:
    return dict(build(demo()).outputs)


def document() -> str:
    return demonstration()["print.html"].decode()


def published() -> Site:
    return site_of(small(), english(), BASE)


def cover() -> Any:
    return views_of(SMALL)["print.html"].shell.view


def entries() -> dict[str, Any]:
    """The views of all entries by their anchors."""
    return {page.view.site.inside.id: page.view for page in views_of(SMALL)["print.html"].parts}


def rendered(limit: int) -> dict[str, bytes]:
    """The small site with a document of at most so many records."""
    outputs, findings = render_pages(view_pages(small(), english(), BASE, paper=limit), theme()[0], english())
    assert not findings
    return dict(outputs)


# ---------------------------------------------------------------- what it holds


def test_every_record_article_and_page_has_one_entry() -> None:
    held = entries()
    folders = ("actors", "articles", "comparisons", "events", "meetings", "pages", "places", "topics")
    want = {u.removesuffix(".html").replace("/", ".") for u in pages() if u.partition("/")[0] in folders}
    want -= {"actors.old-lna", "places.tripoli"}  # a redirect; a place of which nothing is said
    assert want | {"pages.index", "index.timeline", "index.relations", "index.disputed"} == held.keys()


def test_every_anchor_of_the_document_has_a_point_and_no_page_has_one() -> None:
    """By that an id of a page inside is told from one of the document (`embedding.py`)."""
    assert all("." in anchor for anchor in entries())
    for url, data in demonstration().items():
        if url.endswith(".html") and url != "print.html":
            assert not re.findall(r' id="[^"]*\.[^"]*"', data.decode()), url


def test_chapters_stand_in_order_and_none_is_empty() -> None:
    chapters = cover().chapters
    names = "briefing meetings people organisations events topics differences relations articles editors"
    assert [c.id for c in chapters] == [f"chapter.{name}" for name in names.split()]
    assert all(c.entries for c in chapters)


def test_what_has_a_chapter_of_its_own_stands_nowhere_else() -> None:
    held = entries()
    lna = held["actors.lna"]
    assert not any((lna.positions, lna.outgoing, lna.incoming, lna.comparisons, lna.mentions))
    assert lna.said
    assert lna.facts
    assert not held["meetings.july"].comparisons
    assert held["meetings.july"].positions


def notes(text: str) -> dict[int, str]:
    """The notes of a document by number, as they are printed."""
    return {int(n): said for n, said in re.findall(r'<li id="note\.(\d+)"><span class="no">\1</span>(.*)</li>', text)}


def small_document() -> str:
    return render_pages(pages(BASE).values(), theme()[0], english())[0]["print.html"].decode()


def test_a_passage_has_one_note_over_the_whole_document() -> None:
    found = notes(small_document())
    assert list(found) == list(range(1, len(found) + 1))
    said = re.findall(r'<q class="said"[^>]*>(.*?)</q>.*?href="([^"]*)"', "\n".join(found.values()))
    assert len(said) == len(set(said)) > 5
    cited = {r.passage for held in published().resting.values() for r in held}
    assert len(found) == len(cited) == cover().passages


def test_an_article_is_told_in_full_where_it_is_cited_first() -> None:
    wire = [said for _, said in sorted(notes(small_document()).items()) if ">Talks held</a>" in said]
    assert "2 July 2020" in wire[0]
    assert len(wire) > 2
    assert not [said for said in wire[1:] if "2 July 2020" in said]


def test_nothing_is_left_of_what_held_the_places() -> None:
    for text in (document(), small_document()):
        assert not re.search(r"<[^a-zA-Z/!]", text)


def test_what_looks_like_a_mark_of_binding_is_text() -> None:
    marks = "I <3< you <| and <1< <> and <+ them"
    text = f"""
//- content/site.yaml
name: {marks}
//- content/articles/wire.md
---
title: "{marks}"
publisher: "{marks}"
published: 2020-07-02
rights: us-gov
---
Ann Able said {marks}.

```
{marks}
```
//- content/actors/all.yaml
ann-able:
  name: Ann Able
  aka: ["{marks}"]
  roles: {{"{marks}": {{wire: "Ann Able said {marks}"}}}}
  notes: "{marks}"
"""
    made = build(site(text).snapshot())
    assert not [d for d in made.diagnostics if d.severity == "error"]
    whole = made.outputs["print.html"].decode()
    assert escape(marks) in whole
    assert marks not in whole
    assert whole.count(str(escape(marks))) > 5
    assert not re.search(r"<[^a-zA-Z/!]", whole)
    assert notes(whole)


def test_an_id_in_an_entry_is_that_of_the_page() -> None:
    """What else the document holds has no part in it, so that links to a place on a page lead to the same place here."""
    text = document()
    for url, data in demonstration().items():
        at = url.removesuffix(".html").replace("/", ".")
        if url.startswith(("meetings/", "events/")) and f'id="{at}"' in text:
            entry = text.partition(f'<section class="entry of-{url[:-1].partition("s/")[0]}" id="{at}">')[2].partition(
                '</section>\n<section class="entry'
            )[0]
            own = set(re.findall(r' id="([^"]*)"', data.decode().partition('<main id="main"')[2].partition("</main>")[0]))
            inside = {one.removeprefix(f"{at}.") for one in re.findall(r' id="([^"]*)"', entry) if one.startswith(f"{at}.")}
            assert inside, url
            assert inside <= own, url


def test_numbers_in_the_text_lead_to_their_notes_and_come_in_order() -> None:
    seen: list[int] = []
    for target, shown in MARK.findall(document()):
        assert target == shown
        if int(shown) not in seen:
            seen.append(int(shown))
    ids = set(re.findall(r'id="note\.(\d+)"', document()))
    assert seen == sorted(seen)
    assert {str(n) for n in seen} <= ids
    assert len(ids) == len(re.findall(r'id="note\.', document()))


def test_a_passage_has_the_number_of_its_note_in_the_text_of_the_article_too() -> None:
    text, found = small_document(), notes(small_document())
    seen = 0
    for entry in re.findall(
        r'<section class="entry of-article.*?(?=<section class="entry|<div class="chapter notes)', text, re.DOTALL
    ):
        title = re.search(r"<h3[^>]*>(.*?)</h3>", entry)
        for number in re.findall(r'<li id="[^"]*\.facts-(\d+)"', entry):
            assert title
            assert f">{title[1]}</a>" in found[int(number)]
            seen += 1
        for number, label, shown in re.findall(r'facts-(\d+)" aria-label="([^"]*)">(\d+)</a>', entry):
            assert number == shown
            assert number in label.split()
    assert seen > 5


def test_links_lead_inside_where_there_is_a_place() -> None:
    main = document().partition('<main id="main"')[2].partition("</main>")[0]
    out = {h for h in re.findall(r'href="([^"#]+)[^"]*"', main) if not h.startswith("http")}
    folders = ("actors/", "articles/", "comparisons/", "events/", "meetings/", "pages/")
    assert not [h for h in out if h.startswith(folders)]


LINKS = {
    "[one](method.html)": "#pages.method",
    "[two](..)": "index.html",
    "[three](../search.html?q=x)": "search.html?q=x",
    "[four](../a.pdf)": "a.pdf",
    "[five](../actors/gna.html)": "#actors.gna",
    "[six](https://x.org/a)": "https://x.org/a",
}


def test_what_an_editor_links_to_from_a_page_is_reached_from_here_too() -> None:
    other = "//- content/static/a.pdf\nA file.\n//- content/pages/method.md\n---\ntitle: Method\n---\nText.\n"
    about = f"//- content/pages/about.md\n---\ntitle: About\n---\n{' '.join(LINKS)}\n"
    outputs = build(site(f"//- content/actors/a.yaml\ngna: Government\n{other}{about}").snapshot()).outputs
    held = outputs["print.html"].decode()
    names = [link[1 : link.index("]")] for link in LINKS]
    assert [re.findall(rf'href="([^"]*)"[^>]*>{name}<', held) for name in names] == [[wanted] for wanted in LINKS.values()]
    assert 'href="method.html">one<' in outputs["pages/about.html"].decode()


def test_nothing_in_it_opens_on_a_pointer() -> None:
    assert 'class="card"' not in document()
    assert "<button" not in document().partition('<main id="main"')[2].partition("</main>")[0]


def test_it_is_linked_from_every_page_and_listed_nowhere() -> None:
    outputs = demonstration()
    for url, data in outputs.items():
        if url.endswith(".html") and b'http-equiv="refresh"' not in data:
            assert re.search(r'href="[^"]*print\.html"', data.decode()), url
    assert b'<meta name="robots" content="noindex">' in outputs["print.html"]
    assert not [u for u, data in outputs.items() if u.startswith("sitemap") and b"print" in data]


def test_its_headings_go_down_one_step_at_a_time() -> None:
    levels = [int(n) for n in re.findall(r"<h([1-6])[ >]", document().partition("</main>")[0])]
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


# ---------------------------------------------------------------- the limit


def test_chapters_that_do_not_fit_are_left_out_whole_and_named() -> None:
    outputs = rendered(limit=12)
    assert not list(check_finished(outputs, theme()[1]))
    view = next(iter(whole(published().but(paper=12)))).view
    left = {c.text: c.number for c in view.left_out}  # type: ignore[attr-defined]  # the view of print.html has it
    assert left
    text = outputs["print.html"].decode()
    for title, number in left.items():
        assert title in text
        assert english()("print-records", n=number) in text
    chapters = view.chapters  # type: ignore[attr-defined]  # the view of print.html has it
    assert sum(len(c.entries) for c in chapters) < 12 + 3
    assert english()("print-left-out") in text
    assert english()("print-left-out") not in document()


def test_a_later_chapter_that_fits_goes_in() -> None:
    assert fitting([1, 5, 3], 4) == (True, False, True)
    assert fitting([], 4) == ()


def test_a_briefing_that_is_too_long_is_told_so() -> None:
    names = "\n".join(f"p{n}: Person {n}" for n in range(LIMIT + 1))
    found = find(site(f"//- content/actors/a.yaml\n{names}").snapshot())
    assert [d.severity for d in found if d.code == "whole-too-long"] == ["info"]
    one_less = "\n".join(names.split("\n")[1:])
    assert not [d for d in find(site(f"//- content/actors/a.yaml\n{one_less}").snapshot()) if d.code == "whole-too-long"]


# ---------------------------------------------------------------- a page inside a document


def embedded() -> Iterator[Any]:
    yield pytest.param('<h1 id="a">x</h1>', '<h3 id="at.a">x</h3>', id="heading and id")
    yield pytest.param('<h5>x</h5><h6 class="y">z</h6>', '<h6>x</h6><h6 class="y">z</h6>', id="no seventh level")
    yield pytest.param('<a href="#a">x</a>', '<a href="#at.a">x</a>', id="link within the page")
    yield pytest.param('<a href="#note.1">x</a>', '<a href="#note.1">x</a>', id="link to the document")
    yield pytest.param('<a href="x.html#a">x</a>', '<a href="x.html#a">x</a>', id="link to another page")
    yield pytest.param('<b aria-labelledby="a b.c">', '<b aria-labelledby="at.a b.c">', id="several ids")
    yield pytest.param('<path fill="url(#a)"/>', '<path fill="url(#at.a)"/>', id="svg")
    yield pytest.param('<use xlink:href="#b"/>', '<use xlink:href="#at.b"/>', id="svg, the old way")
    yield pytest.param("<p>id=&#34;a&#34; #a</p><hr>", "<p>id=&#34;a&#34; #a</p><hr>", id="text")
    yield pytest.param('<section class="p" aria-labelledby="a"><p>', '<section class="p"><p>', id="landmark")
    yield pytest.param("<header></header>", "<header></header>", id="no heading")


@pytest.mark.parametrize(("before", "after"), list(embedded()))
def test_a_page_inside_a_document(before: str, after: str) -> None:
    assert within(Markup(before), "at") == after


# ---------------------------------------------------------------- the foot of printed pages


def test_a_name_is_a_css_string_whatever_is_in_it() -> None:
    name = 'A "b" \\ } ; é ﷺ </style>'
    text = css_string(name)
    assert re.fullmatch(r'"[A-Za-z0-9\\ ]*"', text)
    assert re.sub(r"\\([0-9a-f]+) ", lambda m: chr(int(m[1], 16)), text[1:-1]) == name


def test_the_foot_stands_on_the_side_where_reading_ends() -> None:
    left = views_of(SMALL)["print-name.css"]
    right = views_of("//- content/site.yaml\nname: س\nlanguage: ar")["print-name.css"]
    assert (left.side, left.other) == ("left", "right")
    assert (right.side, right.other) == ("right", "left")


def test_an_empty_briefing_is_a_cover() -> None:
    whole = views_of("//- content/site.yaml\nname: Nothing yet")["print.html"]
    assert whole.parts == ()
    assert whole.shell.view.chapters == ()
    assert whole.shell.view.passages == 0
    assert whole.shell.view.latest == ""
