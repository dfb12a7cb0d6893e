"""How much a check sees when the citations are true and what they are said to prove is not. The figures stand in MUTATIONS.md.

What MODEL.md promises to catch is caught every time. For ids and positions the share is measured on the demonstration
content, every value by every plausible other one; a floor keeps it from falling.
"""

from __future__ import annotations

import re

import pytest

from tests import figures, meaning
from tests.kit import mismatches, site
from tests.meaning import Change, Kind
from tests.mutate import demo

ALWAYS: dict[str, Kind] = {
    "two lines of a roster exchanged": meaning.swapped_lines,
    "two posts, ranks or organisations of a roster exchanged": meaning.swapped_parts,
    "a roster shifted by one": meaning.shifted_lists,
    "a roster with one name fallen out": meaning.shortened_lists,
    "the seat of a member given to a person who has none": meaning.strangers_in_seats,
    "a member moved under the other party": meaning.other_party,
    "an exact date moved by a day": meaning.moved_days(days=1),
    "an exact date moved by a week": meaning.moved_days(days=7),
    "an exact date moved by a month": meaning.moved_days(months=1),
    "a month or year moved by one": meaning.moved_partial,
}

FLOORS: dict[str, tuple[Kind, int]] = {
    "host": (meaning.given("host"), 80),
    "leader": (meaning.given("leader"), 80),
    "place": (meaning.given("place"), 80),
    "org": (meaning.given("org"), 80),
    "org in a roster": (meaning.given("org", roster=True), 80),
    "by": (meaning.given("by"), 75),
    "participants": (meaning.given("participants"), 80),
    "part_of with a citation": (meaning.given("part_of"), 0),
    "subject of a relation": (meaning.relation_ends("subject"), 70),
    "object of a relation": (meaning.relation_ends("object"), 65),
    "by of a relation": (meaning.relation_by, 40),
    "a position given to another party": (meaning.position_of_another, 70),
    "all replaced by one party": (meaning.one_for_all, 80),
    "one party replaced by all": (meaning.all_for_one, 50),
    "the parties of two delegations exchanged": (meaning.exchanged_parties, 60),
    "an exact date moved by a year": (meaning.moved_days(years=1), 20),
    "a relation reversed": (meaning.reversed_relations, 0),
    "a member left out": (meaning.missing_members, 0),
}


@pytest.mark.parametrize("title", ALWAYS)
def test_caught_every_time(title: str) -> None:
    measured = figures.measure(c for c in ALWAYS[title]() if not weekday_alone(c, title))
    assert [(c.where, c.new) for c in measured.slipped] == []
    assert measured.caught
    figures.compare(title, figures.row(title, measured))


def weekday_alone(change: Change, title: str) -> bool:
    """Whether a date that the words give by its weekday alone was moved to the same day of another week.

    "Thursday" is as true of 9 July as of 2 July; rule 6 compares what the words print, and they print no more.
    """
    if not title.endswith("by a week"):
        return False
    where = change.where.split(", ")[0]
    held = [c for c in demo().briefing.claims if (c.owner, c.field) == (where, "date")]
    return all(re.search(r"\w+day\b", cite.words) and not re.search(r"\d", cite.words) for c in held for cite in c.cites)


def test_a_weekday_alone_is_true_of_every_week() -> None:
    title = "an exact date moved by a week, known by its weekday alone"
    measured = figures.measure(c for c in meaning.moved_days(days=7)() if weekday_alone(c, "by a week"))
    figures.compare(title, figures.row(title, measured), figures.slips(measured))


@pytest.mark.parametrize("title", FLOORS)
def test_the_share_caught(title: str) -> None:
    kind, floor = FLOORS[title]
    measured = figures.measure(kind())
    assert measured.share >= floor
    figures.compare(title, figures.row(title, measured), figures.slips(measured))


_TALKS = """
//- content/articles/release.md
---
title: Talks
rights: us-gov
---
The chair Ana Ferro led the talks at the North Hall of Gate Town in Lake Land, with Bela Kos beside her.

The North said that it came in peace. It said that it would stay. Peace was dear to all, the South said.
//- content/actors/actors.yaml
ana-ferro: Ana Ferro
bela-kos: Bela Kos
north: {name: North, kind: government}
south: {name: South, kind: government}
south-army: {name: Army of the South, kind: armed-force, part_of: south}
"""


def test_words_that_name_another_in_the_same_sentence() -> None:
    """The words name one person, or place; that their sentence names the other as well is not enough."""
    mini = site(
        _TALKS
        + """
//- content/places/places.yaml
gate-town: Gate Town
lake-land: {name: Lake Land, kind: country}
//- content/events/events.yaml
talks:
  name: The talks
  from: release
  by:
    bela-kos: The chair Ana Ferro led the talks
//            ^ id-not-named "name Ana Ferro, not Bela Kos"
  place:
    lake-land: the North Hall of Gate Town
//             ^ id-not-named "name Gate Town, not Lake Land"
  host:
    north: led the talks at
"""
    )
    assert mismatches(mini) == []


def test_a_position_in_a_sentence_that_names_no_party() -> None:
    """Where several take part, the sentence names who spoke, before the words or behind them; a note answers it."""
    mini = site(
        _TALKS
        + """
//- content/meetings/talks.yaml
name: Meeting
from: release
participants:
  north: The North said
  south: the South said
positions:
  - north: that it came in peace
  - north: It said that it would stay
//         ^ party-not-named "North"
  - south-army: Peace was dear to all
  - north: that it would stay
    notes: The sentence before this one names the North.
//- content/events/events.yaml
speech:
  name: Speech
  from: release
  by: {north: The North said that it came}
  positions:
    - north: It said that it would stay
"""
    )
    assert mismatches(mini) == []
