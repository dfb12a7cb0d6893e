"""Findings as text, JSON and workflow commands."""

from __future__ import annotations

import json
import re

import pytest

from briefgen.diagnostic import Diagnostic, Fix, Note, error, info, warning
from briefgen.report import Style, as_json, clean, columns, github, score, text
from briefgen.source import Span, whole_file

PEOPLE = "content/actors/people.yaml"
YAML = "khalifa-haftar:\n  rank:\n    Field Marshal: {palpress: Marshal Haftar}\n"
FINDING = error(
    "words-not-found",
    "These words do not stand in “palpress”.",
    Span(PEOPLE, 3, 31, 3, 45),
    Note("nearest there (94 % alike): “Field Marshal Khalifa Haftar”", Span("content/articles/palpress.md", 2, 7, 2, 35)),
    Note("a note\nof two lines"),
    help="    Field Marshal:\n      palpress: Field Marshal Khalifa Haftar",
)
SOURCES = {PEOPLE: YAML.encode(), "content/articles/palpress.md": b"\xef\xbb\xbf---\r\nArmy, Field Marshal Khalifa Haftar said\r\n"}


def test_a_finding_reads_like_that_of_a_compiler() -> None:
    assert text([FINDING], SOURCES) == (
        "content/actors/people.yaml:3:31: error[words-not-found]: These words do not stand in “palpress”.\n"
        "  |\n"
        "3 |     Field Marshal: {palpress: Marshal Haftar}\n"
        "  |                               ^^^^^^^^^^^^^^\n"
        "  = note: nearest there (94 % alike): “Field Marshal Khalifa Haftar” (content/articles/palpress.md:2:7)\n"
        "  |\n"
        "2 | Army, Field Marshal Khalifa Haftar said\n"
        "  |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "  = note: a note\n"
        "          of two lines\n"
        "  = help:\n"
        "    Field Marshal:\n"
        "      palpress: Field Marshal Khalifa Haftar\n"
    )


def test_corrected_lines_of_another_place_say_of_which() -> None:
    path = "content/meetings/m.yaml"
    found = error("c", "No.", Span(path, 2, 3, 2, 7), fix=Fix(Span(path, 1, 1, 1, 5), "2021"))
    assert text([found], {path: b"2020:\n  June\n"}).endswith("  = help, in place of line 1:\n2021:\n")


def test_colours_change_nothing_but_the_colours() -> None:
    plain, coloured = text([FINDING], SOURCES), text([FINDING], SOURCES, style=Style(colour=True))
    assert plain != coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == plain


def _marked(line: str, words: str, width: int = 110) -> tuple[str, str]:
    """The source line and the caret line, behind the gutter."""
    start = line.index(words) + 1
    shown = text(
        [error("c", "m", Span("f", 1, start, 1, start + len(words)))], {"f": line.encode()}, style=Style(width=width)
    ).split("\n")
    return shown[2][4:], shown[3][4:]


@pytest.mark.parametrize(
    "line",
    [
        "a: WORDS here",
        "名前: 東京 WORDS",
        "اسم: حُكُومَة WORDS",
        "e\u0301te\u0301 \U0001f600 WORDS",
        "\ta:\tWORDS",
        "zero\u200bwidth\u200f WORDS",
        "bell\a and override\u202e WORDS",
    ],
)
def test_carets_stand_under_the_words_whatever_stands_before(line: str) -> None:
    shown, carets = _marked(line, "WORDS")
    assert columns(shown[: shown.index("WORDS")]) == carets.index("^")
    assert carets.strip() == "^^^^^"


def test_wide_words_have_wide_carets() -> None:
    assert _marked("名前: 東京", "東京") == ("名前: 東京", "      ^^^^")
    assert _marked("a: حُكُومَة", "حُكُومَة")[1].strip() == "^^^^^"


def test_long_lines_are_cut_around_the_words() -> None:
    shown, carets = _marked("start " + "x " * 400 + "WORDS" + " y" * 400, "WORDS", 80)
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) <= 82
    assert shown[carets.index("^") : carets.rindex("^") + 1] == "WORDS"
    shown, carets = _marked("WORDS" + " y" * 400, "WORDS", 80)
    assert shown.startswith("WORDS")
    assert carets == "^^^^^"
    shown, carets = _marked("x " * 400 + "WORDS", "WORDS", 80)
    assert shown.endswith("WORDS")
    assert shown[carets.index("^") :] == "WORDS"


def test_spans_without_a_line_show_no_line() -> None:
    for span in (whole_file("content/none.yaml"), Span("f", 9, 1, 9, 2), Span("blank", 1, 1, 1, 1)):
        assert text([error("c", "m", span)], {"f": b"a", "blank": b"  \n"}).count("\n") == 1
    point, over = Span("f", 1, 2, 1, 2), Span("f", 1, 3, 2, 2)
    assert text([error("c", "m", point)], {"f": b"abcd\nef"}).split("\n")[3] == "  |  ^"
    assert text([error("c", "m", over)], {"f": b"abcd\nef"}).split("\n")[3] == "  |   ^^"


def test_sources_that_are_not_utf8_are_shown_as_far_as_they_go() -> None:
    assert "\ufffd" in text([error("bad-encoding", "m", Span("f", 1, 1, 1, 2))], {"f": b"\xff\xfe"})


def test_no_control_character_reaches_a_terminal() -> None:
    evil = "\x1b]0;owned\x07\x9b31m\u202e\udcff"
    shown = text(
        [error("c", evil, Span(f"f{evil}", 1, 1, 1, 3), Note(evil), help=evil)], {f"f{evil}": evil.encode(errors="replace")}
    )
    assert clean(shown) == shown
    assert "\x1b" not in shown
    shown.encode()


def test_paths_are_shown_as_the_caller_wants() -> None:
    assert text([FINDING], SOURCES, lambda p: f"briefing/{p}").startswith(f"briefing/{PEOPLE}:3:31: ")
    assert f"file=briefing/{PEOPLE}," in github([FINDING], SOURCES, lambda p: f"briefing/{p}")


def test_json_is_complete_and_stable() -> None:
    report = json.loads(
        as_json([FINDING, warning("w", "m", Span("f", 1, 1, 1, 2)), info("i", "m", Span("f", 1, 1, 1, 2))], SOURCES, {"pages": 3})
    )
    assert list(report) == ["version", "findings", "summary"]
    assert report["version"] == 1
    assert report["summary"] == {"errors": 1, "warnings": 1, "infos": 1, "pages": 3}
    place = {"file": PEOPLE, "line": 3, "column": 31, "end_line": 3, "end_column": 45}
    noted = {"file": "content/articles/palpress.md", "line": 2, "column": 7, "end_line": 2, "end_column": 35}
    assert report["findings"][0] == {
        "code": "words-not-found",
        "severity": "error",
        "message": FINDING.message,
        **place,
        "notes": [{"text": FINDING.notes[0].text, **noted}, {"text": FINDING.notes[1].text}],
        "help": FINDING.help,
        "help_place": "",
    }


def test_workflow_commands_are_escaped() -> None:
    finding = error("c", "50 %,\r\na: b", Span("a,b:c%.yaml", 2, 3, 2, 7), Note("n"), help="x: y")
    assert github([finding], {}) == (
        "::error file=a%2Cb%3Ac%25.yaml,line=2,endLine=2,col=3,endColumn=6,title=c::"
        "50 %25, a: b%0Anote: n%0Ahelp:%0Ax: y\n"
    )  # fmt: skip
    kinds = [error("c", "m", whole_file("f")), warning("c", "m", whole_file("f")), info("c", "m", Span("f", 1, 5, 3, 1))]
    assert [line.split(" ")[0] for line in github(kinds, {}).splitlines()] == ["::error", "::warning", "::notice"]
    assert "endColumn" not in github(kinds[2:], {})
    assert github([], {}) == ""


@pytest.mark.parametrize(
    ("found", "strict", "line"),
    [
        ([], False, "0 errors, 0 warnings."),
        ([FINDING], False, "1 error, 0 warnings. `briefgen explain words-not-found` says more."),
        (
            [warning("w", "m", whole_file("f"))],
            True,
            "0 errors, 1 warning (--strict: warnings fail). `briefgen explain w` says more.",
        ),
        ([info("i", "m", whole_file("f"))] * 2, False, "0 errors, 0 warnings. 2 remarks with -v."),
    ],
)
def test_the_line_below(found: list[Diagnostic], strict: bool, line: str) -> None:
    assert score(found, strict=strict, verbose=False) == line
