"""`briefgen quote`: what it prints, a build finds; what is only near is never passed off as found."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
import yaml

from briefgen.link.quotations import citable, places, sheet
from briefgen.load import load
from briefgen.model import Article
from briefgen.quote import quote, show
from briefgen.source import Snapshot
from tests.kit import demo, site

ARTICLES = """
//- content/articles/release.md
---
title: Talks on militias
format: plain
furniture: ["Share this"]
---
Talks on militias

The LNA met (virtually) on July 1. “The LNA’s proposals: they matter”, said the U.S. delegation.

The delegations met the LNA. The delegations met the LNA. It was #1 news.

Armed groups that attempt to spoil the process must not be tolerated, and risk sanctions.

Share this page with friends
//- content/articles/press.md
---
title: Other talks
format: plain
---
Militias that spoil the process should not be tolerated.
"""


def articles(text: str = ARTICLES) -> Mapping[str, Article]:
    return {a.id: a for a in load(Snapshot({p: t.encode() for p, t in site(text).files.items()}))[0].articles}


def words(asked: str, text: str = ARTICLES) -> list[tuple[str, str]]:
    return [(found.article, found.words) for found in quote(articles(text), asked).exact]


def test_words_that_stand_once_are_printed_as_they_are() -> None:
    assert words("met (virtually)") == [("release", "met (virtually)")]
    assert words("not be tolerated") == [("press", "not be tolerated"), ("release", "not be tolerated")]


def test_typing_differences_are_harmless_and_the_source_keeps_its_characters() -> None:
    assert words("the \"LNA's  proposals") == []
    assert words("\"The LNA's  proposals") == [("release", "“The LNA’s proposals")]


def test_short_words_are_widened_until_they_mean_one_place() -> None:
    assert words("LNA") == [("release", "LNA met"), ("release", "LNA’s"), ("release", "delegations met the LNA")]


def test_words_are_widened_within_their_sentence_without_closing_marks() -> None:
    assert words("The LNA") == [("release", "The LNA met"), ("release", "The LNA’s")]
    assert words("delegation") == [("release", "delegation")]


def test_skips_are_taken_as_the_build_takes_them() -> None:
    assert words("Armed groups ... not be tolerated") == [("release", "Armed groups ... not be tolerated")]
    assert words("Armed groups … risk sanctions") == [("release", "Armed groups ... risk sanctions")]
    assert words("The LNA ... attempt to spoil") == []
    assert "two words" in quote(articles(), "Armed ... be tolerated").fault
    assert quote(articles(), " ").fault


def test_headline_and_furniture_are_named() -> None:
    headline, furniture = quote(articles(), "Talks on militias").exact, quote(articles(), "with friends").exact
    assert [f.role for f in (*headline, *furniture)] == ["headline", "furniture"]
    assert "in the headline" in show(quote(articles(), "Talks on militias"))
    assert "never a source" in show(quote(articles(), "with friends"))


def test_the_place_is_given_with_line_and_sentence() -> None:
    (found,) = quote(articles(), "risk sanctions").exact
    assert (found.line, found.sentence[:12], found.sentence[-6:]) == (12, "Armed groups", "tions.")


def test_nearest_passages_are_said_to_be_only_near() -> None:
    answer = quote(articles(), "Armed groups that try to spoil the process")
    assert answer.exact == ()
    assert answer.near[0].article == "release"
    assert answer.near[0].words.startswith("groups that attempt to spoil the process") or "attempt to spoil" in answer.near[0].words
    assert 60 < answer.near[0].likeness < 99
    assert "stand in no article as they are" in show(answer)
    assert "% alike" in show(answer)


def test_capitals_count_but_are_no_riddle() -> None:
    answer = quote(articles(), "armed groups")
    assert [f.words for f in answer.near if f.likeness == 99] == ["Armed groups"]
    assert "only capitals differ" in show(answer)


def test_nothing_alike_is_nothing() -> None:
    assert show(quote(articles(), "xylophone quartz")) == "These words stand in no article, nor anything like them.\n"


def test_many_places_are_cut_short() -> None:
    text = "//- content/articles/a.md\n---\ntitle: T\nformat: plain\n---\n" + " ".join(f"The army took town{n}." for n in range(9))
    answer = quote(articles(text), "army")
    assert (len(answer.exact), answer.more) == (5, 4)
    assert "4 more places" in show(answer)


@pytest.mark.parametrize("asked", ["LNA’s proposals: they matter", "“The LNA’s", "was #1 news", "delegation", "met (virtually)"])
@pytest.mark.parametrize("indent", [0, 6])
def test_what_is_printed_is_yaml_that_gives_back_the_words(asked: str, indent: int) -> None:
    answer = quote(articles(), asked)
    (found,) = answer.exact
    assert yaml.safe_load(show(answer, indent)) == {found.article: found.words}


def test_every_name_of_the_demonstration_is_answered_with_words_of_one_place() -> None:
    texts = {a.id: a for a in load(demo())[0].articles}
    for asked in ("LNA", "Libya", "militias", "Haftar", "the United States", "Wagner group", "Tripoli"):
        for found in quote(texts, asked).exact:
            view = sheet(texts[found.article])
            held = citable(view, places(view, found.words))
            assert len(held) == 1 or (len(found.words.split()) >= 4 and found.times == len(held))
