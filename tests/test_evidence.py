"""Markers and their cards, cards of names, ids of statements, citations, and the policy in every page: without a browser."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from briefgen.pages import view_pages
from briefgen.render import render_pages
from briefgen.urls import SHARDS, cards_shard
from tests.kit import build, demo, english, theme
from tests.pagekit import SMALL, briefing_of, view, views_of

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')


def built(text: str) -> dict[str, str]:
    """The HTML of a mini-site's pages, whatever its rules say."""
    outputs, findings = render_pages(view_pages(briefing_of(text), english()), theme()[0], english())
    assert findings == ()
    return {url: data.decode() for url, data in outputs.items() if url.endswith((".html", ".js"))}


def cards(made: dict[str, str]) -> dict[str, Any]:
    """All cards of names, by id."""
    found: dict[str, Any] = {}
    for url, text in made.items():
        if url.startswith("cards/"):
            held = re.fullmatch(r'document\.dispatchEvent\(new CustomEvent\("briefgen:cards", \{ detail: (.*) \}\)\);\n?', text)
            assert held, text
            new = json.loads(held[1])
            assert all(url == f"cards/{cards_shard(i)}.js" for i in new)
            found |= new
    return found


# ---------------------------------------------------------------- markers


def test_a_marker_knows_the_original_where_there_is_one_and_whether_its_words_stand_there_twice() -> None:
    text = SMALL.replace("topics: {peace: The LNA's aim is peace}", "topics: {peace: the LNA}")
    made = views_of(text)
    topic = next(f for f in made["meetings/july.html"].facts if f.name == "topics").facts[0]
    marker = topic.evidence.marks[0].html
    assert 'data-original="https://example.org/wire" data-twice>' in marker
    once = view("meetings/july.html").date.facts[0].evidence.marks[0].html
    assert 'data-original="https://example.org/wire">' in once
    assert "data-original" not in view("events/statement.html").date.facts[0].evidence.marks[0].html


def test_an_address_that_is_none_of_the_web_is_no_original() -> None:
    made = built(SMALL.replace("https://example.org/wire", "javascript:alert(1)"))
    assert not any("javascript:" in text for text in made.values())


def test_what_is_no_word_of_the_source_stands_apart_in_a_card() -> None:
    text = SMALL.replace("- all: {paper: met the Americans}", "- all: {paper: The forces of Marshal Farj ... met the Americans}")
    made = views_of(text)
    everyone = next(g for g in made["meetings/july.html"].positions if g.joint)
    assert everyone.positions[0].quotes[0].mark.says.card == "The forces of Marshal Farj<i> … </i>met the Americans"


def test_a_card_has_the_sentence_from_the_beginning_of_a_paragraph_on() -> None:
    mark = view("meetings/july.html").facts[0].facts[0].evidence.marks[0]
    assert mark.says.card == "On July 1, the LNA and the United States <b>met virtually</b>."


def test_of_a_very_long_sentence_a_card_has_the_neighbourhood() -> None:
    many = "; ".join(f"guest number {n}" for n in range(80))
    text = SMALL.replace(
        "On July 1, the LNA and the United States met virtually.", f"Present were {many} when they met virtually; {many}."
    )
    made = views_of(text)
    card = next(f for f in made["meetings/july.html"].facts if f.name == "format").facts[0].evidence.marks[0].says.card
    assert card.startswith("<i> … </i>")
    assert card.endswith("<i> … </i>")
    assert "when they <b>met virtually</b>; guest number 0" in card
    assert len(card) < 800


# ---------------------------------------------------------------- cards of names


def test_a_card_says_the_post_of_the_last_meeting_with_who_prints_it() -> None:
    card = cards(built(SMALL))["ann-able"]
    assert card["name"] == "Ann Able"
    assert card["lines"] == [["Post, 1 July 2020", "Ambassador (The Wire)"], ["For", "United States"]]
    assert card["last"] == ["Last meeting", "meetings/july.html", "The July talks", ", 1 July 2020"]


def test_a_card_prefers_no_source() -> None:
    lines = dict(cards(built(SMALL))["aoun-farj"]["lines"])
    assert lines["Rank"] == "General (The Wire); Marshal (The Post); The sources differ"


def test_a_card_marks_what_is_the_editors_own() -> None:
    lines = dict(cards(built(SMALL))["moi"]["lines"])
    assert lines["Kind"] == "ministry (the editors’)"
    assert lines["Part of"] == "Government (the editors’)"


def test_a_card_of_a_meeting_has_its_day_and_who_met() -> None:
    lines = dict(cards(built(SMALL))["july"]["lines"])
    assert lines["Date"].startswith("1 July 2020 (The Wire, The Post")
    assert lines["Parties"] == "United States, National Army"


def test_nothing_unpublished_is_in_a_card() -> None:
    made = built(SMALL)
    assert "shadow" not in cards(made)
    text = "".join(t for url, t in made.items() if url.startswith("cards/"))
    assert not re.search("Shadow|ghost|Secret words|unquoted paragraph|Quiet words", text)


def test_a_name_is_only_text_in_a_card() -> None:
    made = built(SMALL.replace("bo-best: Bo Best", 'bo-best: "</script><b>Bo"'))
    assert cards(made)["bo-best"]["name"] == "</script><b>Bo"
    assert "<b>Bo" not in "".join(t for url, t in made.items() if url.endswith(".html"))


def test_a_new_record_changes_one_shard() -> None:
    before = built(SMALL)
    after = built(SMALL.replace("dee-dunn: Dee Dunn", "dee-dunn: Dee Dunn\nnew-one: New One"))
    differing = {u for u in after if u.startswith("cards/") and before.get(u) != after[u]}
    assert differing == {f"cards/{cards_shard('new-one')}.js"}


def test_shards_are_filled_evenly() -> None:
    counts: dict[str, int] = {}
    for n in range(6400):
        counts[cards_shard(f"person-{n}")] = counts.get(cards_shard(f"person-{n}"), 0) + 1
    assert len(counts) == SHARDS
    assert max(counts.values()) < 200


# ---------------------------------------------------------------- ids of statements

LATER = {  # something added before what was there, in each kind of list
    "topics: {peace: The LNA's aim is peace}": "topics: {war: the LNA, peace: The LNA's aim is peace}",
    "peace: Peace": "peace: Peace\nwar: War",
    "positions:\n": "positions:\n  - lna: the LNA and the United States met virtually\n  - us: met virtually\n",
    "us: {ann-able: Ambassador, bo-best: Colonel}": "us: {cy-cole: Envoy, ann-able: Ambassador, bo-best: Colonel}",
    "- us meets-with lna:": "- gna watches us: {wire: the GNA met the United States}\n- us meets-with lna:",
    "says:\n": "says:\n    - wire: General Aoun Farj of the LNA\n",
    "General: {wire: General Aoun Farj}": "Brigadier: {paper: Marshal Farj}\n    General: {wire: General Aoun Farj}",
    "The LNA [met the other side]": "A paragraph before.\n\n- a list\n- of two\n\nThe LNA [met the other side]",
    "named: {paper:": "named: {wire: the GNA aside, paper:",
}


class Places(HTMLParser):
    """The text of each element that has an id."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, str] = {}
        self.again: list[str] = []
        self._open: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("br", "img", "input", "link", "meta", "wbr", "hr"):
            return
        name = dict(attrs).get("id") or ""
        if name in self.found:
            self.again.append(name)
        if name:
            self.found[name] = ""
        self._open.append((tag, name))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for _, name in self._open:
            if name:
                self.found[name] += data


def own(url: str, made: dict[str, str]) -> dict[str, str]:
    """The places of a page that a link is offered to, with their text; source numbers aside, which do run."""
    linked = set(re.findall(r'class="here" href="#([^"]+)"', made[url]))
    places = Places(made[url])
    assert places.again == []
    assert linked <= places.found.keys()
    return {name: " ".join(re.sub(r"\d+", "", places.found[name]).split()) for name in linked}


def test_a_link_to_a_statement_outlives_what_is_added_before_it() -> None:
    text = SMALL
    for old, new in LATER.items():
        assert old in text, old
        text = text.replace(old, new, 1)
    before, after = built(SMALL), built(text)
    checked = 0
    for url in (
        "meetings/july.html",
        "actors/aoun-farj.html",
        "actors/lna.html",
        "actors/us.html",
        "comparisons/ranks.html",
        "index.html",
    ):
        first, then = own(url, before), own(url, after)
        assert first, url
        assert {name: then.get(name) for name in first} == first, url
        assert len(then) > len(first), url
        checked += len(first)
    assert checked > 20


def test_each_kind_of_statement_has_a_link() -> None:
    made = built(SMALL)
    kinds = {name.partition("-")[0] for url in made if url.endswith(".html") and url != "print.html" for name in own(url, made)}
    assert {"date", "format", "topics", "seat", "said", "tie", "rank", "roles", "leader", "named", "t", "wire", "paper"} <= kinds


def test_two_statements_alike_in_everything_have_two_places() -> None:
    text = SMALL.replace("- us meets-with lna:", "- us meets-with lna: {wire: met virtually}\n- us meets-with lna:")
    made = built(text)
    assert {"tie-us-meets-with-lna", "tie-us-meets-with-lna-2"} <= own("actors/us.html", made).keys()


def test_paragraphs_that_begin_alike_have_two_places_and_a_correction_further_on_moves_none() -> None:
    words = "One two three four five six seven eight"
    text = SMALL.replace("How it is done.", f"{words} nine.\n\n{words} ten.\n\n## A heading [[gna]]\n\n- [[gna]] alone\n- `code`")
    places = own("pages/method.html", built(text))
    assert len(places) == 5
    corrected = own("pages/method.html", built(text.replace("nine.", "and nine, corrected.")))
    assert places.keys() == corrected.keys()


# ---------------------------------------------------------------- citations


def test_how_a_page_is_cited() -> None:
    assert view("actors/aoun-farj.html").site.citation == "Talks, “Aoun Farj”"
    assert view("index.html").site.citation == "Talks"
    assert view("404.html").site.citation == ""
    made = built(SMALL)
    assert "citing" not in made["actors/old-lna.html"]
    line = "<p><span>Talks, “Aoun Farj”</span>, https://example.org/talks/actors/aoun-farj.html.</p>"
    assert line in made["actors/aoun-farj.html"]


def test_a_citation_has_the_day_of_the_last_correction() -> None:
    changed = "  aka: [Farj]\n  changed: {2020-07-03: A comma., 2020-07-05: 'A post. [@wire: met virtually]'}"
    text = SMALL.replace("  aka: [Farj]", changed)
    found = views_of(text)["actors/aoun-farj.html"]
    assert found.site.citation == "Talks, “Aoun Farj”, corrected 5 July 2020"


# ---------------------------------------------------------------- the policy


@pytest.fixture(scope="module")
def everything() -> dict[str, str]:
    outputs = build(demo()).outputs
    assert outputs
    small = {f"small/{url}": text for url, text in built(SMALL).items()}
    return small | {url: data.decode() for url, data in outputs.items() if url.endswith(".html")}


def test_every_page_has_the_policy_before_all_that_it_is_about(everything: dict[str, str]) -> None:
    for url, text in everything.items():
        if url.endswith(".html"):
            head = text.partition("</head>")[0]
            policy = POLICY.search(head)
            assert policy, url
            assert len(POLICY.findall(text)) == 1, url
            assert not re.search("<(?:link|script|style)", head[: policy.start()]), url
            rules = dict(rule.split(" ", 1) for rule in policy[1].split("; "))
            assert rules["default-src"] == "'none'"
            assert rules["base-uri"] == "'none'"
            assert {"script-src", "style-src", "img-src", "form-action"} <= rules.keys()
            assert set(rules.values()) <= {"'none'", "'self'"}, rules  # nobody else, and nothing that stands in the page
    assert "small/actors/old-lna.html" in everything
    assert "404.html" in everything


def test_nothing_in_a_page_needs_more_than_the_policy_allows(everything: dict[str, str]) -> None:
    for url, text in everything.items():
        if not url.endswith(".html"):
            continue
        assert not re.search(r"<[^>]+\s(?:style|on[a-z]+)\s*=", text), url
        assert not re.search(r"<(?:style|iframe|object|embed|base)\b", text), url
        for tag in re.findall(r"<script\b[^>]*>", text):
            assert "src=" in tag or 'type="application/ld+json"' in tag, (url, tag)


def test_the_script_makes_no_markup_from_text() -> None:
    script = theme()[1]["site.js"].decode()
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|localStorage|cookie|fetch\(", script
    )


TWO_RANKS = """
//- content/site.yaml
name: Ranks
//- content/articles/wire.md
---
title: Wire
url: https://example.org/wire
rights: us-gov
furniture: [Share this]
translated_from: ar
---
Major General Ann Able met General Bo Best in Tripoli.

Share this page
//- content/actors/people.yaml
bo:
  name: Bo Best
  rank: {General: {wire: General Bo Best}}
ann:
  name: Ann Able
  rank: {General: {wire: General}}
//- content/comparisons/all.yaml
footer:
  name: What stands below
  kind: artefact
  says: [{wire: Share this page}]
"""


def test_words_that_recur_take_their_neighbours_to_the_original() -> None:
    pages = built(TWO_RANKS)
    assert "data-twice" not in pages["actors/bo.html"]
    assert "data-twice" in pages["actors/ann.html"]  # a browser would stop at "Major General"


def test_what_surrounds_a_text_was_not_translated_with_it() -> None:
    page = built(TWO_RANKS)["comparisons/footer.html"]
    assert "Share this page" in page
    assert "ranslated from" not in page
    assert "ranslated from Arabic" in built(TWO_RANKS)["actors/bo.html"]
