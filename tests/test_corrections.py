"""`changed:` entries: on the page of whatever they correct, on the page of all corrections, and nowhere where there are none."""

from __future__ import annotations

import re

import pytest

from tests.machinekit import demonstration, rendered

SITE = """
//- content/site.yaml
name: Talks
url: https://example.org/talks/
//- content/index.md
The talks.
//- content/articles/wire.md
---
title: Wire
rights: us-gov
format: plain
changed: {2020-07-05: The address of the wire was corrected.}
---
On July 1 the Army met.
//- content/actors/all.yaml
army: {name: Army, kind: armed-force, changed: {2020-07-05: The army was corrected.}}
ann:
  name: Ann
  changed:
    2020-07-05: 'The rank of ann was corrected. [@wire: the Army met]'
    2020-06: The name said <b>An</b>.
    2020-07-09: "Of [[army]]: *again*."
ghost: {name: Ghost, draft: true, changed: {2020-07-05: The ghost was corrected.}}
//- content/places/all.yaml
lake: {name: Lake, changed: {2020-07-05: The lake was corrected.}}
//- content/topics/all.yaml
peace: {name: Peace, changed: {2020-07-05: The topic was corrected.}}
//- content/meetings/july.yaml
name: July talks
date: {2020-07-01: {wire: On July 1}}
changed: {2020-07-05: The meeting was corrected.}
//- content/events/all.yaml
word: {name: Word, changed: {2020-07-05: The event was corrected.}}
//- content/comparisons/all.yaml
sides: {name: Sides, says: [{wire: the Army met}], changed: {2020-07-05: The comparison was corrected.}}
"""
ON_THE_DAY = {
    "articles/wire.html": "The address of the wire was corrected.",
    "actors/army.html": "The army was corrected.",
    "places/lake.html": "The lake was corrected.",
    "topics/peace.html": "The topic was corrected.",
    "meetings/july.html": "The meeting was corrected.",
    "events/word.html": "The event was corrected.",
    "comparisons/sides.html": "The comparison was corrected.",
}


def page(url: str) -> str:
    return rendered(SITE)[url].decode()


def text(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", markup).split())


@pytest.mark.parametrize(("url", "says"), ON_THE_DAY.items())
def test_every_kind_of_page_shows_its_correction(url: str, says: str) -> None:
    shown = text(page(url).partition('id="corrections"')[2])
    assert "Corrected 5 July 2020" in shown
    assert says.split(" was ")[1] in shown
    assert 'id="corrected-2020-07-05"' in page(url)


def test_a_page_shows_the_latest_first_at_the_precision_known() -> None:
    shown = page("actors/ann.html").partition('id="corrections"')[2]
    assert re.findall(r"Corrected <time datetime=\"([^\"]*)\">([^<]*)<", shown) == [
        ("2020-07-09", "9 July 2020"),
        ("2020-07-05", "5 July 2020"),
        ("2020-06", "June 2020"),
    ]
    assert "&lt;b&gt;An&lt;/b&gt;" in shown


def test_all_of_them_stand_on_one_page_newest_first() -> None:
    main = page("corrections.html").partition("<main")[2]
    days = re.findall(r'<h2 id="([^"]*)"><time datetime="([^"]*)">', main)
    assert days == [(f"corrected-{d}", d) for d in ("2020-07-09", "2020-07-05", "2020-06")]
    assert main.count('<a href="actors/ann.html#corrected-') == 3
    for url in ON_THE_DAY:
        assert f'<a href="{url}#corrected-2020-07-05">' in main


def test_a_correction_may_quote_and_its_source_is_listed() -> None:
    main = page("corrections.html")
    assert 'class="cite"' in main
    assert 'id="source-1"' in main


def test_the_correction_of_a_draft_is_nowhere() -> None:
    assert not [u for u, data in rendered(SITE).items() if b"ghost" in data.lower()]


def test_every_page_leads_to_the_corrections() -> None:
    assert all(b'corrections.html"' in data for url, data in rendered(SITE).items() if url.endswith(".html"))


def test_without_corrections_there_is_no_page_and_no_link() -> None:
    none = rendered(re.sub(r"(?m)^changed: .*\n|, changed: \{[^}]*\}|  changed:\n(?:    .*\n)+", "", SITE))
    assert "actors/ann.html" in none
    assert "corrections.html" not in none
    assert not any(b"corrections.html" in data for data in none.values())


def test_an_article_alone_makes_the_page() -> None:
    only = rendered(
        "//- content/site.yaml\nname: A\n//- content/articles/w.md\n---\ntitle: W\nchanged: {2020: Once.}\n---\nWords.\n"
    )
    assert '<a href="articles/w.html#corrected-2020">W</a>' in only["corrections.html"].decode()


def test_a_date_that_is_no_plain_day_has_a_place_too() -> None:
    made = rendered("//- content/site.yaml\nname: A\n//- content/actors/a.yaml\nx: {name: X, changed: {2020-07~: About then.}}\n")
    assert 'id="corrected-2020-07_7e"' in made["actors/x.html"].decode()
    assert 'href="actors/x.html#corrected-2020-07_7e"' in made["corrections.html"].decode()
    assert "<time" not in made["corrections.html"].decode().partition("<main")[2].partition("</main>")[0]


def test_the_demonstration_site_invents_none() -> None:
    assert "corrections.html" not in demonstration()
