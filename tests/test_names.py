"""Names link by themselves, safely, and in time that grows with the text alone."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.link.names import Name, NameIndex
from tests.kit import demo, look

INDEX = NameIndex(
    [
        Name("Libyan National Army", "", "lna"),
        Name("LNA", "", "lna"),
        Name("Haftar", "", "haftar"),
        Name("Khalifa Haftar", "", "haftar"),
        Name("GNA", "", "gna"),
        Name("the Libyan army", "mem", "gna-army"),
        Name("The Foreign Ministry", "mem", "state"),
        Name("Libyan Foreign Ministry", "", "libya-mfa"),
        Name("Government", "", "any"),
        Name("Government", "mem", "gna"),
    ]
)


def found(text: str, scope: str = "") -> list[tuple[str, str]]:
    return [(text[h.start : h.end], h.record) for h in INDEX.find(text, scope)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the LNA's men", [("LNA", "lna")]),
        ("Haftar’s militia", [("Haftar", "haftar")]),
        ("(GNA)", [("GNA", "gna")]),
        ("Khalifa  Haftar", [("Khalifa  Haftar", "haftar")]),
        ("LNAs and a lna", []),
        ("Haftarism", []),
    ],
)
def test_punctuation_and_possessives(text: str, names: list[tuple[str, str]]) -> None:
    assert found(text) == names


def test_a_name_of_one_article_links_there_only() -> None:
    assert found("The Libyan army advanced", "mem") == [("Libyan army", "gna-army")]
    assert found("The Libyan army advanced") == []
    assert found("the Government said", "mem") == [("Government", "gna")]
    assert found("the Government said", "other") == [("Government", "any")]


def test_the_longer_name_wins_over_the_article_s_own_shorter_one() -> None:
    assert found("The Libyan Foreign Ministry confirmed", "mem") == [("Libyan Foreign Ministry", "libya-mfa")]
    assert found("The Foreign Ministry announced", "mem") == [("Foreign Ministry", "state")]


def test_overlaps_go_to_the_longest_first() -> None:
    index = NameIndex([Name("a b", "", "1"), Name("b c d", "", "2"), Name("d e", "", "3")])
    assert [h.record for h in index.find("a b c d e")] == ["2"]


@given(st.lists(st.text("ab ", min_size=1, max_size=5), max_size=6), st.text("ab ", max_size=40))
def test_hits_never_overlap_and_are_names(strings: list[str], text: str) -> None:
    hits = NameIndex(Name(s, "", s) for s in strings).find(text)
    assert all(one.end <= other.start for one, other in pairwise(hits))
    known = {" ".join(s.split()) for s in strings}
    assert all(" ".join(text[h.start : h.end].split()) in known for h in hits)


def test_enemies_are_never_joined_in_the_demonstration() -> None:
    briefing, _ = look(demo())

    def names(article: str, words: str) -> set[str]:
        units = briefing.articles[article].prose.units
        return {
            m.record
            for m in briefing.mentions["article", article]
            if m.article == article and units[m.unit].text[m.start : m.end] == words
        }

    assert names("mem-monitor", "Libyan army") == {"gna-army"}
    assert names("freenews", "Libyan national army") == {"lna"}
    assert names("freenews", "Ministry") == {"us-state-department"}
    assert names("mem-monitor", "Foreign Ministry") == {"us-state-department"}
    assert names("mem-monitor", "Libyan Foreign Ministry") == {"libya-mfa"}


def test_time_grows_with_the_text_not_with_the_names() -> None:
    """50,000 names: twice the text costs about twice the time, and a name costs nothing where it does not stand."""
    many = NameIndex(Name(f"Person Number {n}", "", f"p{n}") for n in range(50_000))
    few = NameIndex(Name(f"Person Number {n}", "", f"p{n}") for n in range(50))
    text = "On Monday Person Number 7 met the delegation of Person Number 41 in the capital for talks. " * 400

    def seconds(index: NameIndex, copies: int) -> float:
        best = 9.0
        for attempt in range(5):
            begun = time.process_time()
            index.find(f"{attempt} " + text * copies)
            best = min(best, time.process_time() - begun)
        return best

    assert seconds(many, 4) < 4 * seconds(many, 1) * 1.6 + 0.01
    assert seconds(many, 4) < seconds(few, 4) * 4 + 0.01
