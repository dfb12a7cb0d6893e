"""What the look asks of the pages: cards that stay cards, tables in a frame, a front page that says where sources differ."""

from __future__ import annotations

import re

from briefgen.pages.markers import NEAR
from tests.pagekit import views_of

NAMES = ", ".join(f"Delegate{n} Person{n}" for n in range(200))
LONG = f"""
//- content/articles/roll.md
---
title: A roll
rights: us-gov
format: plain
---
Present were {NAMES} and others besides. Short is this one of the guild.
//- content/actors/a.yaml
middle: {{name: Delegate100 Person100, roles: {{listed: {{roll: "Delegate100 Person100, Delegate101"}}}}}}
first: {{name: Delegate0 Person0, roles: {{listed: {{roll: Present were Delegate0 Person0}}}}}}
guild: {{name: Guild, aka: [guild], kind: group, roles: {{short: {{roll: Short is this one}}}}}}
"""


def card(url: str) -> str:
    return str(views_of(LONG)[url].facts[0].facts[0].evidence.marks[0].says.card)


def plain(markup: str) -> str:
    return re.sub(r"<[^>]+>", "", markup).strip()


def test_a_card_shows_of_an_endless_sentence_what_is_near_the_words() -> None:
    shown = card("actors/middle.html")
    assert "<b>Delegate100 Person100, Delegate101</b>" in shown
    assert plain(shown).startswith("… ")
    assert plain(shown).endswith(" …")
    assert len(plain(shown)) <= 2 * NEAR + 50
    assert plain(card("actors/first.html")).startswith("Present were Delegate0 Person0, Delegate1")


def test_a_card_cuts_between_words() -> None:
    inner = plain(card("actors/middle.html")).strip("… ")
    assert f" {inner} " in f" Present were {NAMES} and others"


def test_a_sentence_of_usual_length_is_shown_whole() -> None:
    assert card("actors/guild.html") == "<b>Short is this one</b> of the guild."


TABLE = """
//- content/articles/t.md
---
title: T
rights: us-gov
---
| a | b |
|---|---|
| c | d |
//- content/pages/p.md
---
title: P
---
| e | f |
|---|---|
| g | h |
"""


def test_a_table_in_a_text_scrolls_in_a_frame_that_the_keyboard_reaches() -> None:
    views = views_of(TABLE)
    (block,) = views["articles/t.html"].blocks
    for html in (block.html, views["pages/p.html"].prose):
        assert html.startswith('<div class="frame" tabindex="0"><table>')
        assert html.rstrip().endswith("</table>\n</div>")


MANY = "\n".join(
    ["//- content/articles/s.md", "---", "title: S", "rights: us-gov", "---"]
    + [f"On day {n} the council of the coast met envoys number {n}.\n" for n in range(30)]
    + ["The council of the coast was represented by Clerk Ann Able.", "//- content/actors/a.yaml", "ann: Ann Able"]
    + ["council: {name: Council of the coast, aka: [council of the coast], kind: council}"]
    + [f"//- content/meetings/m{n}.yaml\nname: M{n}\ndelegations:\n  council: {{s: envoys number {n}}}" for n in range(30)]
    + ["//- content/meetings/named.yaml\nname: Named\nfrom: s\ndelegations:\n  council: {ann: Clerk}"]
)


def test_a_party_with_many_meetings_has_columns_only_for_those_with_names() -> None:
    (table,) = views_of(MANY)["delegations.html"].tables
    assert [c.meeting.text for c in table.columns] == ["Named"]
    assert [r.person.text for r in table.parties[0].rows] == ["Ann Able"]
    assert [one.column.meeting.text for one in table.unnamed] == [f"M{n}" for n in sorted(range(30), key=lambda n: f"m{n}")]
    assert [str(f.value) for f in table.unnamed[0].words] == ["envoys number 0"]


def comparison(name: str, kind: str) -> str:
    return f"{name}: {{name: {name.upper()}, kind: {kind}, says: [{{s: envoys number 1}}]}}"


def test_the_front_page_names_a_comparison_of_each_kind_in_the_order_of_their_page() -> None:
    kinds = ["artefact", "conflict", "naming", "naming", "framing", "translation", "attribution", "omission"]
    text = "\n".join([MANY, "//- content/comparisons/c.yaml", *(comparison(f"c{n}", kind) for n, kind in enumerate(kinds))])
    assert [link.text for link in views_of(text)["index.html"].contrasts] == ["C1", "C4", "C2", "C5", "C6"]
    assert views_of(MANY)["index.html"].contrasts == ()
