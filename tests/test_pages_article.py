"""The page of an article: by its rights the whole text, the quoted words, or nothing; marks, anchors and the facts beside them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from briefgen.checks.outlines import outline
from briefgen.model import Passage
from briefgen.pages.html import Spot
from briefgen.pages.marking import Numbered, Window, mark_up
from tests.kit import build, english, site
from tests.pagekit import pages, texts, view, views_of


def test_a_full_text_is_shown_whole_with_its_paragraphs_named() -> None:
    blocks = view("articles/wire.html").blocks
    assert [(b.id, b.role) for b in blocks] == [
        ("p1", "headline"),
        ("p2", "body"),
        ("p3", "body"),
        ("p4", "body"),
        ("p5", "furniture"),
    ]
    assert str(blocks[0].html).strip() == "<p>Talks held</p>"
    assert str(blocks[4].html).strip() == "<p>Share this page</p>"
    assert (
        '<mark class="cited" id="q-5bc5746e" data-passages="1">On July 1</mark><a class="rests" href="#facts-1"' in blocks[1].html
    )


def test_the_first_mention_in_each_paragraph_is_a_link() -> None:
    second, third = (str(b.html) for b in view("articles/wire.html").blocks[1:3])
    assert second.count('href="../actors/lna.html"') == third.count('href="../actors/lna.html"') == 1


def test_the_same_words_cited_in_a_roster_and_for_a_field_are_one_passage() -> None:
    mini = site("""
//- content/articles/a.md
---
title: A
rights: us-gov
---
Fathi Bashagha, the Minister of the Interior, came for the GNA. The Minister of the Interior spoke.
//- content/actors/b.yaml
bashagha:
  name: Fathi Bashagha
  roles: {Minister of the Interior: {a: Minister of the Interior}}
gna: {name: GNA, kind: government}
//- content/meetings/m.yaml
from: a
delegations:
  gna:
    bashagha: Minister of the Interior
""")
    checked = build(mini.snapshot())
    assert [d for d in checked.diagnostics if d.severity != "info"] == []
    (passage,) = set(checked.briefing.passages.values())
    assert passage.times == 2  # its place is the one beside the name, and the words stand elsewhere too
    assert checked.outputs["articles/a.html"].count(f'id="{passage.anchor}"'.encode()) == 1


def test_overlapping_passages_are_cut_into_segments_that_know_them() -> None:
    html = str(view("articles/wire.html").blocks[1].html)
    assert 'data-passages="5 6 7">Aoun Farj</mark></a>' in html
    assert '<mark class="cited deep" data-passages="5 7"> of the LNA</mark>' in html


def test_each_passage_leads_to_its_facts_and_back() -> None:
    facts = [f for b in view("articles/wire.html").blocks for f in b.facts]
    assert [f.number for f in facts] == list(range(1, len(facts) + 1))
    said = {(r.record.text, r.field, r.value) for f in facts for r in f.facts}
    assert ("The July talks", "Date", "1 July 2020") in said
    assert ("The July talks", "Format", "virtual") in said
    assert ("Two talks", "Quoted in", "") in said
    assert ("United States", "Relation", "United States meets with National Army") in said
    assert ("Bo Best", "Post", "Colonel") in said
    assert ("General or marshal", "Comparison", "") in said
    assert ("The July talks", "Position", "National Army") in said


def test_an_excerpt_shows_the_quoted_words_and_the_gaps() -> None:
    page = view("articles/paper.html")
    (block,) = page.blocks
    shown = re.sub(r"<a class=\"rests\".*?</a>|<[^>]+>", "", str(block.html))
    assert shown == " … forces of Marshal Farj, called the LNA … met the Americans … on Wednesday … "
    assert (page.words, page.shown, page.show) == (33, 12, "excerpts")
    assert page.digest in texts(page)


def test_a_link_shows_nothing_but_the_facts() -> None:
    page = view("articles/linked.html")
    (block,) = page.blocks
    assert (str(block.html), page.anchors, [f.href for f in block.facts]) == ("", (), ["#"])


def test_origin_siblings_and_what_it_reports() -> None:
    page = view("articles/wire.html")
    assert (page.origin.text, page.origins, [s.link.text for s in page.siblings]) == (
        "The statement",
        "2 articles, 1 origin",
        ["Talks, it is said"],
    )
    assert [r.text for r in page.reports] == ["The June talks", "The July talks", "The statement"]
    assert [p.text for p in page.people] == ["Ann Able", "Aoun Farj", "Bo Best", "Cy Cole", "Dee Dunn"]
    assert [o.text for o in page.organisations] == ["Government", "National Army", "United States"]
    assert page.rights == "A work of the United States government. Shown in full."


def test_every_marker_of_every_page_leads_to_an_anchor_that_stands_once() -> None:
    anchors = {}
    for url in pages():
        if url.startswith("articles/"):
            html = "".join(str(b.html) for b in view(url).blocks)
            anchors[url] = outline(html)
            assert not anchors[url].again, url
    for url, page in pages().items():
        for source in getattr(page.view, "sources", ()):
            path, _, name = source.href.rpartition("articles/")[2].partition("#")
            assert not name or name in anchors[f"articles/{path}"].ids, (url, source.href)


MARKDOWN = """
//- content/articles/a.md
---
title: Markdown
rights: us-gov
---
# A heading with LNA

- Point one of the LNA
- Point **two of** the LNA

The [LNA in a link](https://example.org/) and the `LNA` in code, then LNA.

> A quotation
> over two lines.
//- content/actors/a.yaml
lna:
  name: LNA
  kind: armed-force
  roles:
    - {one: {a: Point one of}}
    - {two: {a: two of the LNA}}
    - {link: {a: the LNA in code}}
    - {head: {a: A heading with LNA}}
"""


def test_lists_stay_whole_and_links_headings_and_code_hold_no_link() -> None:
    page = views_of(MARKDOWN)["articles/a.html"]
    assert [b.id for b in page.blocks] == ["p1", "p2", "p4", "p5"]
    heading, points, paragraph, quotation = (str(b.html) for b in page.blocks)
    assert "<a class" not in heading
    assert '<span class="rests">1</span>' in heading
    assert points.count("<ul>") == points.count("</ul>") == 1
    assert '<span class="anchor" id="p3"></span>' in points
    assert points.count('<a class="name" href="../actors/lna.html">') == 2  # the first in each paragraph
    assert "<strong><mark" in points
    assert points.count('id="q-') == 2
    assert paragraph.count('<a class="name"') == 1
    assert '<a href="https://example.org/">LNA in a link</a>' in paragraph
    assert quotation.count("<blockquote>") == quotation.count("</blockquote>") == 1


def test_a_figure_of_the_excerpt_rules_never_shows_the_text() -> None:
    assert all("unquoted paragraph" not in t for t in texts(view("articles/paper.html")))


TEXT = "alpha beta <gamma> delta & epsilon zeta eta theta"


@st.composite
def passages(draw: st.DrawFn) -> list[Numbered]:
    found = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        edges = sorted(draw(st.lists(st.integers(0, len(TEXT)), min_size=2, max_size=4, unique=True)))
        parts = tuple(zip(edges[::2], edges[1::2], strict=False))
        found.append(Passage("a", 0, parts, (0, len(TEXT)), 1, f"q-{number}"))
    found.sort(key=lambda p: (p.start, -p.end))
    return [Numbered(n, p) for n, p in enumerate(found, 1)]


@st.composite
def spots(draw: st.DrawFn) -> list[Spot]:
    edges = sorted(draw(st.lists(st.integers(0, len(TEXT)), max_size=6, unique=True)))
    return [Spot(a, b, f"x{a}.html") for a, b in zip(edges[::2], edges[1::2], strict=False)]


@given(passages(), spots())
def test_marking_keeps_the_text_and_anchors_every_passage_once(found: list[Numbered], names: list[Spot]) -> None:
    (html,) = mark_up(english(), TEXT, found, names, [Window(0, len(TEXT))])
    bare = re.sub(r'<a class="rests".*?</a>|</?(?:a|mark|span)\b[^>]*>', "", html)
    assert bare == str(escape(TEXT))
    read = outline(str(html))
    assert not read.again
    assert set(read.ids) == {n.passage.anchor for n in found}
    links = re.findall(r' href="([^"]*)"', html)
    assert sorted(t for t in links if t.startswith("#")) == sorted(f"#facts-{n.number}" for n in found)
    assert [t for t in links if not t.startswith("#")] == [s.href for s in names]
    depth = 0
    for close in re.findall(r"<(/?)a\b", html):
        depth += -1 if close else 1
        assert depth in (0, 1), "a link in a link"


@given(passages(), st.integers(0, len(TEXT)))
def test_marking_does_the_same_over_two_runs(found: list[Numbered], cut: int) -> None:
    pieces = mark_up(english(), TEXT, found, (), [Window(0, cut, linkable=False), Window(cut, len(TEXT))])
    read = outline("".join(pieces))
    assert not read.again
    assert set(read.ids) == {n.passage.anchor for n in found}
    assert re.sub(r'<(a|span) class="rests".*?</\1>|</?(?:a|mark|span)\b[^>]*>', "", "".join(pieces)) == str(escape(TEXT))


# ---------------------------------------------------------------- marks, against a plain account of them


def _plain_account(text: str, passages: list[Numbered], window: Window) -> list[tuple[str, str]]:
    """Every character of a window with the numbers of the passages over it."""
    over = [
        " ".join(str(n.number) for n in passages if any(a <= at < b for a, b in n.passage.parts))
        for at in range(window.start, window.end)
    ]
    return list(zip(text[window.start : window.end], over, strict=True))


def _read_account(markup: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    over = ""
    bare = re.sub(r'<a class="rests".*?</a>|<span class="rests">.*?</span>', "", markup)
    for tag, words in re.findall(r"(<[^>]*>)|([^<]+)", bare):
        if tag.startswith("<mark"):
            over = tag.partition('data-passages="')[2].partition('"')[0]
        elif tag == "</mark>":
            over = ""
        found += [(char, over) for char in words]
    return found


_CUTS = st.lists(st.integers(0, 24), max_size=6, unique=True).map(sorted)


def _pairs(cuts: list[int]) -> tuple[tuple[int, int], ...]:
    return tuple(zip(cuts[::2], cuts[1::2], strict=False))


@given(st.lists(_CUTS, max_size=6), _CUTS, _CUTS)
def test_each_character_is_marked_with_the_passages_over_it(parts: list[list[int]], names: list[int], shown: list[int]) -> None:
    text = "abcdefghijklmnopqrstuvwx"
    made = {Passage("a", 0, _pairs(cuts), (0, 24), 1, f"q-{n}") for n, cuts in enumerate(parts) if _pairs(cuts)}
    passages = [Numbered(n, p) for n, p in enumerate(sorted(made, key=lambda p: (p.start, -p.end, p.anchor)), 1)]
    spots = [Spot(a, b, f"{a}.html") for a, b in _pairs(names)]
    windows = [Window(a, b) for a, b in _pairs(shown)] or [Window(0, 24)]
    pieces = mark_up(english(), text, passages, spots, windows)
    for window, piece in zip(windows, pieces, strict=True):
        assert _read_account(piece) == _plain_account(text, passages, window)
    everything = "".join(pieces)
    if windows == [Window(0, 24)]:
        assert [everything.count(f'id="{n.passage.anchor}"') for n in passages] == [1] * len(passages)
        assert re.findall(r'#facts-(\d+)"', everything) == [
            str(n.number) for n in sorted(passages, key=lambda n: (n.passage.end, n.number))
        ]
