"""No citation of the demonstration content can be altered by a word, a letter or an exchange without a finding on its lines.

Every citation is mutated in three ways, one at a time; the whole check runs for each. The figures stand in MUTATIONS.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import zip_longest

import pytest

from briefgen.diagnostic import Diagnostic
from briefgen.model import Cite
from briefgen.text import folded
from tests import figures
from tests.mutate import (
    TYPING,
    Edit,
    Edits,
    Mutant,
    citations,
    cites_of,
    demo,
    everything,
    exchanging,
    findings,
    in_file,
    recasing,
    replaced,
    replacing,
    stretch,
    typed,
    word_mutant,
    word_mutants,
)

WAYS: dict[str, Edits] = {"a word replaced": replacing, "case changed": recasing, "neighbours exchanged": exchanging}
FILES = sorted({c.span.file for c in citations()})


def faults(mutant: Mutant) -> list[str]:
    """The codes of the findings on the lines of the mutant."""
    found = findings({mutant.path: mutant.text})
    return [d.code for d in found if d.span.file == mutant.path and mutant.first <= d.span.line <= mutant.last]


def first(cite: Cite, way: str) -> Mutant | None:
    """The first mutant of a citation; None where it has none of this kind."""
    return next(word_mutants(cite, WAYS[way]), None)


def test_every_citation_of_the_content_is_mutated() -> None:
    held = {cite for claim in demo().briefing.claims for cite in claim.cites}
    assert set(citations()) == held | set(cites_of(demo().documents))
    assert len(citations()) > 400
    assert all(cite in demo().briefing.passages for cite in held)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("path", FILES)
def test_a_changed_citation_is_found_on_its_lines(path: str, way: str) -> None:
    mutants = (m for c in citations() if c.span.file == path and (m := first(c, way)))
    assert [m.says for m in mutants if not faults(m)] == []


@pytest.mark.parametrize("way", WAYS)
def test_a_citation_changed_at_any_word_is_found_on_its_lines(way: str) -> None:
    """Every word of every citation: one word of each citation at a time, all citations together; what is then not missed alone."""
    survivors = []
    for turn in zip_longest(*(WAYS[way](c) for c in citations())):
        edits = {c: e for c, e in zip(citations(), turn, strict=True) if e}
        missed = missed_words(edits)
        alone = (m for c, e in edits.items() if c not in missed and (m := word_mutant(c, e)))
        survivors += [m.says for m in alone if not faults(m)]
    assert survivors == []


def missed_words(edits: dict[Cite, list[Edit]]) -> set[Cite]:
    """The citations that are not found in their articles when all these edits are made."""
    files = {path: replaced(path, [e for c, held in edits.items() if c.span.file == path for e in held]) for path in FILES}
    places = {(d.span.file, d.span.line, d.span.col) for d in findings(files) if d.code == "words-not-found"}
    return {c for c in edits if (c.span.file, c.span.line, _column(c, edits)) in places}


def _column(cite: Cite, edits: dict[Cite, list[Edit]]) -> int:
    """Where a citation begins in its line after the edits of citations before it in the same line."""
    line = [e for c, held in edits.items() if (c.span.file, c.span.line) == (cite.span.file, cite.span.line) for e in held]
    start, _ = stretch(cite.span)
    return cite.span.col + sum(len(new) - (end - begin) for (begin, end), new in line if end <= start)


def test_which_citations_have_no_mutant() -> None:
    """Words without a neighbour cannot be exchanged; "the government" with a capital stands in that article too."""
    without = {way: [c for c in citations() if first(c, way) is None] for way in WAYS}
    assert without["a word replaced"] == []
    assert [(c.article, c.words) for c in without["case changed"]] == [("mem-monitor", "the government")]
    assert all(len(c.words.split()) == 1 for c in without["neighbours exchanged"])
    assert len(without["neighbours exchanged"]) == sum(len(c.words.split()) == 1 for c in citations())
    for way, left in without.items():
        figures.compare(way, f"| {way} | {len(citations())} | {len(left)} | {len(citations()) - len(left)} |")


@pytest.mark.parametrize("how", TYPING)
def test_harmless_typing_differences_pass(how: str) -> None:
    files = typed(how)
    for path, text in files.items():
        before, after = in_file(path, demo().files[path]), in_file(path, text)
        assert before is not None
        assert after is not None
        assert [folded(c.words) for c in before] == [folded(c.words) for c in after], path
    assert sum(text != demo().files[path] for path, text in files.items()) > 5
    assert _places(everything(files)) == _places(everything({}))


def _places(found: Iterable[Diagnostic]) -> Counter[tuple[str, str, str, int]]:
    return Counter((d.severity, d.code, d.span.file, d.span.line) for d in found)
