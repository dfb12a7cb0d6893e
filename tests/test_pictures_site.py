"""What pictures are drawn from: every mark stands for something that the page says in words, and nothing hidden gets in."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from briefgen.checks.finished import check_finished
from briefgen.checks.outlines import outline
from briefgen.compile import Checked
from tests.kit import build, demo
from tests.pagekit import SMALL, texts, view, views_of


@lru_cache
def whole() -> Checked:
    """The demonstration, built."""
    return build(demo())


@lru_cache
def views() -> dict[str, Any]:
    """The views of the demonstration by URL."""
    from briefgen.pages import view_pages
    from tests.kit import english

    return {p.url: p.view for p in view_pages(whole().briefing, english())}


BESIDE = """
//- content/articles/wire.md
---
title: Talks
rights: us-gov
format: plain
---
On July 1 the north met the south. On July 3, says the south. The north supports the east. The south opposes the east.
The east is led by Ann Able.
//- content/actors/all.yaml
north: {name: North, kind: group}
south: {name: South, kind: group}
east:
  name: East
  kind: group
  part_of: [north]
  leader: {ann: {wire: led by Ann Able}, bob: {wire: The east is led}}
ann: Ann Able
bob: Bob Best
shadow: {name: Shadow Body, kind: group, draft: true, part_of: [north]}
//- content/meetings/talks.yaml
name: The talks
from: wire
date: {2020-07-01: On July 1, 2020-07-03: On July 3}
delegations:
  north: {ann: Ann Able}
  south: {bob: Bob}
//- content/meetings/more.yaml
name: More talks
date: {2020-07: On July 1}
from: wire
delegations:
  north: {ann: Ann Able}
  shadow: {bob: Bob}
//- content/events/all.yaml
someday: {name: Some day}
//- content/relations.yaml
- north supports east: {wire: The north supports the east}
- south opposes east:
    by: north
    cite: [{wire: The south opposes the east}]
- south opposes east: {wire: The south opposes the east}
- shadow supports east: {wire: The north supports the east}
"""


def test_where_sources_differ_on_a_date_both_have_a_mark() -> None:
    (picture,) = views_of(BESIDE)["timeline.html"].pictures
    rows = {row.title.partition(",")[0]: row for row in picture.rows}
    assert set(rows) == {"The talks", "More talks"}, "what has no date has no mark"
    assert [m.kind for m in rows["The talks"].marks] == ["day", "day"]
    assert rows["The talks"].marks[0].x1 < rows["The talks"].marks[1].x1
    assert [m.kind for m in rows["More talks"].marks] == ["band"]
    assert "1 July 2020" in rows["The talks"].title
    assert "3 July 2020" in rows["The talks"].title


def test_a_person_in_two_meetings_is_traced_through_and_a_draft_is_not() -> None:
    (panel,) = views_of(BESIDE)["meetings.html"].picture.panels
    found = {(line.title, line.party): len(line.dots) for line in panel.lines}
    # Bob sat at the second meeting for a draft only.
    assert found == {("North", True): 2, ("Ann Able", False): 2, ("South", True): 1}
    assert {c.title for c in panel.columns} == {"More talks, July 2020", "The talks, 1 July 2020"}
    assert sum(c.bottom > c.top for c in panel.columns) == 1


def test_of_very_many_meetings_the_latest_are_shown() -> None:
    rest = "from: wire\ndelegations: {north: {ann: Ann}}\n"
    files = "".join(f"//- content/meetings/m{n}.yaml\nname: Round {n}\ndate: {{{1950 + n}: On July 1}}\n{rest}" for n in range(60))
    picture = views_of(BESIDE + files)["meetings.html"].picture
    assert picture.earlier == 14
    assert [len(p.columns) for p in picture.panels] == [12, 12, 12, 12]
    assert picture.panels[0].columns[0].title == "Round 14, 1964"
    assert picture.panels[-1].columns[-1].title == "The talks, 1 July 2020"
    assert all(p.lines[0].right == 1000 for p in picture.panels[:-1]), "a line runs on into the next panel"


def test_delegations_face_each_other_on_the_page_of_their_meeting() -> None:
    picture = views_of(BESIDE)["meetings/talks.html"].picture
    assert [(b.title, [(s.title, s.again) for s in b.seats]) for b in picture.blocks] == [
        ("North", [("Ann Able", True)]),
        ("South", [("Bob Best", False)]),
    ]
    assert views_of(BESIDE)["meetings/more.html"].picture is None


def test_a_line_says_whose_voice_it_is_and_leads_to_its_evidence() -> None:
    page = views_of(BESIDE)["relations.html"]
    wires = [w for p in page.picture.panels for w in p.wires]
    told = {(w.title, w.voice) for w in wires}
    assert told == {
        ("North supports East", "own"),
        ("South opposes East, says North", "said"),
        ("South opposes East", "own"),
        ("Ann Able leads East", "own"),
        ("Bob Best leads East", "own"),
        ("East is part of North", "editors"),
    }
    listed = {f"#{e.relation.id}": e.number for s in page.subjects for e in s.entries}
    assert {w.href: w.number for w in wires} == listed
    assert page.total == len(wires) == 6
    labels = {e.relation.subject.text: {x.code for x in e.relation.labels} for s in page.subjects for e in s.entries}
    assert labels["Ann Able"] == labels["Bob Best"] == {"differ"}
    assert labels["East"] == {"editors"}


def test_an_actor_with_three_relations_has_them_as_a_picture() -> None:
    pages = views_of(BESIDE)
    east = pages["actors/east.html"].ego
    assert sum(len(p.wires) for p in east.panels) == 6
    assert east.panels[0].subjects[0].title == "East", "what it does comes first"
    assert east.panels[0].subjects[0].own
    hrefs = {w.href for w in east.panels[0].wires}
    assert "#tie-north-supports-east" in hrefs
    assert "../relations.html#tie-ann-leads-east" in hrefs
    assert pages["actors/bob.html"].ego is None


def test_the_demonstration_draws_all_that_its_pages_say() -> None:
    page = views()["timeline.html"]
    listed = [e.happening for year in page.years for e in year.entries]
    dated = [h.link.text for h in listed if h.dates]
    drawn = [row.title for p in page.pictures for row in p.rows]
    assert len(drawn) == len(dated) > 10
    assert all(any(title.startswith(name) for title in drawn) for name in dated)
    relations = views()["relations.html"]
    drawn_relations = [w.title for p in relations.picture.panels for w in p.wires]
    assert len(drawn_relations) == relations.total == sum(len(s.entries) for s in relations.subjects)
    people = {row.person.text for t in views()["delegations.html"].tables for party in t.parties for row in party.rows}
    traced = {line.title for p in views()["meetings.html"].picture.panels for line in p.lines if not line.party}
    assert traced
    assert traced <= people


def test_the_links_of_pictures_are_checked_like_all_others() -> None:
    outputs = dict(whole().outputs)
    assert outputs
    drawn = [row.href for row in views()["index.html"].timeline.rows]
    page = outputs["index.html"].decode()
    assert set(outline(page).links) >= set(drawn)
    outputs["index.html"] = page.replace(
        f'<a class="row" href="{drawn[0]}">', '<a class="row" href="events/nowhere.html">'
    ).encode()
    assert [(d.code, d.span.file) for d in check_finished(outputs)] == [("broken-link", "site/index.html")]


def test_a_draft_is_in_no_picture() -> None:
    everything = [t for page in views_of(BESIDE).values() for t in texts(page)]
    assert not [t for t in everything if "Shadow" in t]
    assert "Shadow" in BESIDE
    assert "- us knows shadow" in SMALL
    wires = [w.title for p in view("relations.html").picture.panels for w in p.wires]
    assert wires
    assert not [t for t in wires if "Shadow" in t]


def test_home_shows_the_latest_that_can_have_names() -> None:
    events = "\n".join(f"e{n}: {{name: Event {n}, date: {{{1950 + n}: On July 1}}, from: wire}}" for n in range(30))
    pages = views_of(f"{BESIDE}//- content/events/many.yaml\n{events}")
    home, line = pages["index.html"].timeline, pages["timeline.html"]
    assert not home.numbered
    assert len(home.rows) == 20
    assert pages["index.html"].earlier == 12
    assert home.rows[0].title == "Event 12, 1962"
    assert all(p.numbered for p in line.pictures)
    numbers = {e.happening.link.text: e.number for y in line.years for e in y.entries}
    assert numbers["Event 0"] == 1
    assert {r.title.partition(",")[0]: r.number for p in line.pictures for r in p.rows}.items() <= numbers.items()
