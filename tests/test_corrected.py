"""Corrected lines: what stands around the wrong words is in them, too, and YAML reads them as they were meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefgen.corrected import Corrected, corrected
from briefgen.diagnostic import Diagnostic, Fix, Words, error
from briefgen.load.yaml_tree import parse
from briefgen.report import Lines
from briefgen.source import Span, whole_file
from tests.kit import ROOT, Case, cases, find, helped

BOOKS = (*sorted((ROOT / "tests" / "cases").glob("*.md")), ROOT / "briefgen" / "guide" / "messages.md")
# What they offer is a line to add, or the name of a file, and no line to put in the place of another.
ADDED = {"no-from", "bad-from", "empty-value", "missing-citation", "person-as-party", "open-front-matter", "missing-field"}
WORD = re.compile(r"\w+")


def helps(book: Path) -> Iterator[tuple[Case, Diagnostic, str, str]]:
    """Findings with corrected lines: the case, the finding, what stands around the words to replace, the corrected lines."""
    for case in cases(book):
        snapshot = case.mini.snapshot()
        lines = Lines(snapshot.content)
        for one in find(snapshot):
            span, better = one.fix.span if one.fix else one.span, helped(one, snapshot.content)
            if better and (one.code not in ADDED or one.fix) and span != whole_file(span.file) and not _over_lines(one, better):
                yield case, one, _around(span, lines), better


def _over_lines(one: Diagnostic, better: str) -> bool:
    """Whether a citation in prose, or a note with it, goes over several lines: then its form alone is shown."""
    return isinstance(one.fix, Fix) and better == one.fix.new and better.startswith("[")


def _around(span: Span, lines: Lines) -> str:
    """The words around a span on its lines, without the remarks behind."""
    first, last = lines.get(span.file, span.line) or "", lines.get(span.file, span.end_line) or ""
    return f"{first[: span.col - 1]} {last[span.end_col - 1 :].split(' #')[0]}"


@pytest.mark.parametrize("book", BOOKS, ids=lambda p: p.stem)
def test_no_corrected_line_loses_what_stands_around_the_words(book: Path) -> None:
    for case, one, around, better in helps(book):
        lost = set(WORD.findall(around)) - set(WORD.findall(better))
        assert not lost, (case.name, one, better)


def test_the_cases_have_corrected_lines_of_every_sort() -> None:
    found = [one for book in BOOKS for _, one, _, _ in helps(book)]
    assert {type(one.fix) for one in found} == {Fix, Words, type(None)}
    assert len({one.code for one in found}) > 20


LINES = {
    "f.yaml": "format: virtuel  # a remark\n"
    "rank: {x: {a: met virtualy}}\n"
    "- lna: met virtualy\n"
    "deep:\n"
    "  - us: >-\n"
    "\n"
    "      they met virtualy\n"
    "place:\n"
    "    met virtualy\n"
    "see [[gan]] and [[gan]]\n"
}


def made(fix: Fix | Words) -> str:
    return corrected(error("c", "m", fix.span, fix=fix), Lines({f: t.encode() for f, t in LINES.items()}).get).text


def at(words: str, nth: int = 0) -> Span:
    """The span of words in f.yaml."""
    places = [
        Span("f.yaml", n, m.start() + 1, n, m.end() + 1)
        for n, line in enumerate(LINES["f.yaml"].split("\n"), 1)
        for m in re.finditer(re.escape(words), line)
    ]
    return places[nth]


PLAIN, COLON, COMMA = "met virtually", "met: virtually", "met, virtually"


@pytest.mark.parametrize(
    ("fix", "better"),
    [
        (Fix(at("virtuel"), "virtual"), "format: virtual  # a remark"),
        (Fix(at("see [[gan]] and [[gan]]"), "[[gna]]", "[[gan]]"), "see [[gna]] and [[gan]]"),
        (Fix(at("see [[gan]]"), "[[gna]]", "[[gna|G]]"), "[[gna]]"),
        (Fix(whole_file("f.yaml"), "a-name"), "a-name"),
        (Fix(Span("none.yaml", 1, 1, 1, 2), "word"), "word"),
        (Words(at("met virtualy", 0), PLAIN), "rank: {x: {a: met virtually}}"),
        (Words(at("met virtualy", 0), COMMA), 'rank: {x: {a: "met, virtually"}}'),
        (Words(at("met virtualy", 0), PLAIN, ("b",)), "rank: {x: {a: {b: met virtually}}}"),
        (Words(at("met virtualy", 1), PLAIN), "- lna: met virtually"),
        (Words(at("met virtualy", 1), COMMA), "- lna: met, virtually"),
        (Words(at("met virtualy", 1), COLON), "- lna: >-\n    met: virtually"),
        (Words(at("met virtualy", 1), PLAIN, ("b",)), "- lna:\n    b: met virtually"),
        (Words(at("met virtualy", 1), COLON, ("b: c", "d")), '- lna:\n    "b: c":\n      d: "met: virtually"'),
        (Words(at("they met virtualy"), COLON), "      met: virtually"),
        (Words(at("met virtualy", 3), PLAIN), "    met virtually"),
        (Words(at("met virtualy", 3), COLON), "    >-\n      met: virtually"),
        (Words(at("virtuel"), COLON), "format: >-\n  met: virtually"),
    ],
)
def test_words_are_written_as_their_place_needs(fix: Fix | Words, better: str) -> None:
    assert made(fix) == better


@pytest.mark.parametrize(
    "words", [PLAIN, COLON, COMMA, "a #5", "“x”", '"x" y', "it's", "{a}", "- a", "a\\b", "[x]: y", "@a", "# a"]
)
@pytest.mark.parametrize("nth", [0, 1, 3])
def test_yaml_reads_corrected_words_as_they_were_meant(words: str, nth: int) -> None:
    better = made(Words(at("met virtualy", nth), words))
    tree, found = parse("f.yaml", f"place:\n{better}" if nth == 3 else better)
    assert found == ()
    assert f"text={words!r}" in repr(tree)


def test_a_line_too_long_to_print_again_is_left_out() -> None:
    long = "x" * 4000
    found = error("c", "m", Span("f", 1, 1, 1, 2), fix=Fix(Span("f", 1, 1, 1, 2), "y"))
    assert corrected(found, Lines({"f": long.encode()}).get).text == f"y{long[1:]}"
    assert corrected(found, Lines({"f": f"{long}x".encode()}).get).text == "y"


TWO = Lines({"f.md": b"See [@a: met\n  virtualy] of the [[gna]].\n"})


@pytest.mark.parametrize(
    ("span", "fix", "better"),
    [
        (at("virtuel"), Fix(at("virtuel"), "virtual"), Corrected("format: virtual  # a remark")),
        (at("met virtualy"), Fix(at("virtuel"), "virtual"), Corrected("format: virtual  # a remark", "line 1")),
        (
            Span("f.md", 1, 5, 2, 12),
            Fix(Span("f.md", 1, 5, 2, 12), "[@a: met virtually]", "[@a: met virtualy]"),
            Corrected("See [@a: met virtually] of the [[gna]].", "lines 1 to 2"),
        ),
        (Span("f.md", 1, 5, 2, 12), Fix(Span("f.md", 1, 5, 2, 12), "[[gna]]", "[[lna]]"), Corrected("[[gna]]", "what is marked")),
    ],
)
def test_it_is_said_what_corrected_lines_take_the_place_of(span: Span, fix: Fix, better: Corrected) -> None:
    lines = TWO if span.file == "f.md" else Lines({f: t.encode() for f, t in LINES.items()})
    assert corrected(error("c", "m", span, fix=fix), lines.get) == better
