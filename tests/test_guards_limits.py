"""Limits on what is read, piece by piece: what `tests/mutants.py` breaks in yaml_reader, invisible and markdown fails here."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

import pytest

from briefgen.addresses import safe_address
from briefgen.diagnostic import Diagnostic, as_in
from briefgen.load import markdown, yaml_reader
from briefgen.load.invisible import hidden_in, invisible, shown, turning
from briefgen.load.yaml_reader import Failure, Map, Node, Reading, Scalar, Seq, read
from briefgen.model import Html, Piece, Prose, Quote, Ref, Run, Unit
from briefgen.source import Span

# ---------------------------------------------------------------- YAML: every node and its place


def nodes(node: Node | None) -> Iterator[str]:
    """A tree as lines: where each node begins and ends, what it is, and its text."""
    if node is None:
        return
    s = node.span
    here = f"{s.line}:{s.col}-{s.end_line}:{s.end_col}"
    match node:
        case Scalar(text, _, style):
            yield f"{here} {style} {text!r}"
        case Seq(items):
            yield f"{here} list"
            for item in items:
                yield from nodes(item)
        case Map(pairs):
            yield f"{here} map"
            for key, value in pairs:
                yield from nodes(key)
                yield from nodes(value)


TREES = [
    ("", []),
    ("--- a\n", ["1:5-1:6 plain 'a'"]),
    ("{}", ["1:1-1:3 map"]),
    ("[]", ["1:1-1:3 list"]),
    ("a:\nb:\n", ["1:1-2:3 map", "1:1-1:2 plain 'a'", "1:3-1:3 plain ''", "2:1-2:2 plain 'b'", "2:3-2:3 plain ''"]),
    (
        "a: one\n  two\nb: 'one\n  two'\nc: \"one\n  two\"\n",
        [
            "1:1-6:7 map",
            "1:1-1:2 plain 'a'",
            "1:4-2:6 plain 'one two'",
            "3:1-3:2 plain 'b'",
            "3:4-4:7 single 'one two'",
            "5:1-5:2 plain 'c'",
            "5:4-6:7 double 'one two'",
        ],
    ),
    (
        "a: |\n  one\n  two  \n\nb: x\n",
        ["1:1-5:5 map", "1:1-1:2 plain 'a'", r"2:3-3:6 literal 'one\ntwo  \n'", "5:1-5:2 plain 'b'", "5:4-5:5 plain 'x'"],
    ),
    ("a: >-\n\n \n  one\n  two\n", ["1:1-5:6 map", "1:1-1:2 plain 'a'", r"4:3-5:6 folded '\n\none two'"]),
    ("a: |\n", ["1:1-2:1 map", "1:1-1:2 plain 'a'", "1:4-2:1 literal ''"]),
    ("a: |\n\n\n", ["1:1-4:1 map", "1:1-1:2 plain 'a'", "1:4-4:1 literal ''"]),
    ("a: |\n  one", ["1:1-2:6 map", "1:1-1:2 plain 'a'", "2:3-2:6 literal 'one'"]),
    ("a: |\n  one\n\n  \n", ["1:1-2:6 map", "1:1-1:2 plain 'a'", r"2:3-2:6 literal 'one\n'"]),
    ("a: >\n   one\n\n   two\n# c\n", ["1:1-4:7 map", "1:1-1:2 plain 'a'", r"2:4-4:7 folded 'one\ntwo\n'"]),
    ("a: |2\n   one\n", ["1:1-2:7 map", "1:1-1:2 plain 'a'", r"2:4-2:7 literal ' one\n'"]),
    ("a: |+\n  x\n\n", ["1:1-2:4 map", "1:1-1:2 plain 'a'", r"2:3-2:4 literal 'x\n\n'"]),
    ("- |\n one\n- |\n two", ["1:1-4:5 list", r"2:2-2:5 literal 'one\n'", "4:2-4:5 literal 'two'"]),
    (
        "- a\n- [b, c]\n-\n  d: {e: f}\n\n\n\n- g\n",
        [
            "1:1-8:4 list",
            "1:3-1:4 plain 'a'",
            "2:3-2:9 list",
            "2:4-2:5 plain 'b'",
            "2:7-2:8 plain 'c'",
            "4:3-4:12 map",
            "4:3-4:4 plain 'd'",
            "4:6-4:12 map",
            "4:7-4:8 plain 'e'",
            "4:10-4:11 plain 'f'",
            "8:3-8:4 plain 'g'",
        ],
    ),
    (
        "x: &a [1, 2]\ny: *a\n",
        [
            "1:1-1:13 map",
            "1:1-1:2 plain 'x'",
            "1:4-1:13 list",
            "1:8-1:9 plain '1'",
            "1:11-1:12 plain '2'",
            "2:1-2:2 plain 'y'",
            "1:4-1:13 list",
            "1:8-1:9 plain '1'",
            "1:11-1:12 plain '2'",
        ],
    ),
    ("- &a b\n\n- *a\n", ["1:1-1:7 list", "1:3-1:7 plain 'b'", "1:3-1:7 plain 'b'"]),
    ("? a\n: b\n", ["1:1-2:4 map", "1:3-1:4 plain 'a'", "2:3-2:4 plain 'b'"]),
    ("'<<': a", ["1:1-1:8 map", "1:1-1:5 single '<<'", "1:7-1:8 plain 'a'"]),
]


@pytest.mark.parametrize(("text", "wanted"), TREES)
def test_every_node_and_its_place(text: str, wanted: list[str]) -> None:
    reading = read("f.yaml", text, 1)
    assert list(nodes(reading.root)) == wanted
    assert reading[1:] == ((), None)


@pytest.mark.parametrize(("text", "wanted"), [(t, w) for t, w in TREES if w])
def test_the_first_line_is_where_the_text_begins_in_its_file(text: str, wanted: list[str]) -> None:
    from_one, from_ten = (read("f.yaml", text, first).root for first in (1, 10))
    assert from_ten
    assert from_ten.span.file == "f.yaml"
    for one, ten in zip(nodes(from_one), nodes(from_ten), strict=True):
        (start, end), rest = one.split(" ")[0].split("-"), one.partition(" ")[2]
        places = [f"{int(place.split(':')[0]) + 9}:{place.split(':')[1]}" for place in (start, end)]
        assert ten == f"{'-'.join(places)} {rest}"


# ---------------------------------------------------------------- YAML: findings


def finding(text: str) -> Diagnostic:
    """The one finding of a text that begins on line 5."""
    reading = read("f.yaml", text, 5)
    assert reading.failure is None
    (found,) = reading.faults
    assert found.severity == "error"
    assert found.span.file == "f.yaml"
    return found


@pytest.mark.parametrize(
    ("text", "code", "place", "tree"),
    [
        ("--- a\n--- b\n", "many-documents", (6, 1, 6, 4), []),
        ("a: !t b", "value-begins-with-symbol", (5, 4, 5, 5), ["5:1-5:8 map", "5:1-5:2 plain 'a'", "5:4-5:8 plain 'b'"]),
        ("a: !!str [x]", "yaml-tag", (5, 4, 5, 11), ["5:1-5:13 map", "5:1-5:2 plain 'a'", "5:4-5:13 list", "5:11-5:12 plain 'x'"]),
        ("a: '!' \nb: ! c", "value-begins-with-symbol", (6, 4, 6, 5), None),
        ("<<: a", "merge-key", (5, 1, 5, 3), ["5:1-5:6 map"]),
        ("a: 1\na: 2", "duplicate-key", (6, 1, 6, 2), ["5:1-6:5 map", "5:1-5:2 plain 'a'", "5:4-5:5 plain '1'"]),
        ("'': x", "bad-key", (5, 1, 5, 3), ["5:1-5:6 map"]),
        ("[a]: b", "bad-key", (5, 1, 5, 4), ["5:1-5:7 map"]),
        ("? [a,\n b]\n: c", "bad-key", (5, 3, 6, 4), ["5:1-7:4 map"]),
        ('"a\\u0001": 1', "bad-character", (5, 1, 5, 10), ["5:1-5:13 map", r"5:1-5:10 double 'a\x01'", "5:12-5:13 plain '1'"]),
        ('a: "b\\x07c"', "bad-character", (5, 4, 5, 12), ["5:1-5:12 map", "5:1-5:2 plain 'a'", r"5:4-5:12 double 'b\x07c'"]),
    ],
)
def test_each_fault_has_its_code_and_place_and_the_rest_is_read(
    text: str, code: str, place: tuple[int, int, int, int], tree: list[str] | None
) -> None:
    found = finding(text)
    assert (found.code, tuple(found.span[1:])) == (code, place)
    if tree is not None:
        assert list(nodes(read("f.yaml", text, 5).root)) == tree


def test_a_key_in_brackets_is_given_in_quotation_marks() -> None:
    assert finding("[a: b]: c").help == '"[a: b]": c'
    assert finding("x: {[a]: b}").help == 'x: {"[a]": b}'
    assert finding("x:\n  {a: b}: c").help == '  "{a: b}": c'
    for unhelped in ("'': x", '["a"]: b', "? [a,\n b]\n: c", "[a\\]: b"):
        assert finding(unhelped).help == ""
    assert "begins with {" in finding("{a: b}: c").message


def test_a_key_that_stands_twice_names_the_first() -> None:
    (note,) = finding("a: 1\nb: 2\na: 3").notes
    assert note.span
    assert tuple(note.span) == ("f.yaml", 5, 1, 5, 2)
    assert note.text == "“a” stands first in line 5."
    assert "in line 5 and in line 7" in finding("a: 1\nb: 2\na: 3").message


def test_every_fault_is_told_not_the_first_alone() -> None:
    faults = read("f", "<<: a\n'': b\na: 1\na: 2\na: 3\nc: !!x [d]", 1).faults
    assert sorted(f.code for f in faults) == ["bad-key", "duplicate-key", "duplicate-key", "merge-key", "yaml-tag"]


@pytest.mark.parametrize(
    ("text", "failure"),
    [
        ("a: *x", Failure("unknown alias", 0, 3, 0, 3)),
        ("x: y\n@a: b", Failure("found character that cannot start any token", 1, 0, 1, 0)),
        ("a: 'b", Failure("found unexpected end of stream", 0, 5, 0, 3)),
        ("a:\n - b\n c: d", Failure("did not find expected '-' indicator", 2, 1, 1, 1)),
    ],
)
def test_where_libyaml_gives_up(text: str, failure: Failure) -> None:
    assert read("f", text, 5) == Reading(None, (), failure)


# ---------------------------------------------------------------- YAML: limits


def deep(levels: int, opening: str = "[", closing: str = "]") -> str:
    return opening * levels + closing * levels


def codes(text: str) -> list[str]:
    return [fault.code for fault in read("f", text, 1).faults]


def test_thirty_two_levels_and_no_more() -> None:
    assert yaml_reader.MAX_DEPTH == 32
    assert codes(deep(32)) == []
    assert codes(deep(33)) == ["too-deep"]
    assert codes("".join(f"{' ' * n}a:\n" for n in range(32))) == []
    assert codes("".join(f"{' ' * n}a:\n" for n in range(33))) == ["too-deep"]
    assert tuple(finding("a: " + "[" * 40).span[1:]) == (5, 35, 5, 36)
    assert read("f", deep(33), 1).root is None


def test_thirty_two_levels_with_what_aliases_bring() -> None:
    assert codes(f"- &a {deep(31)}\n- *a") == []
    assert codes(f"- &a {deep(20)}\n- {deep(11).replace('[]', '[*a]')}") == []
    assert codes(f"- &a {deep(20)}\n- {deep(12).replace('[]', '[*a]')}") == ["too-deep"]
    assert codes(f"- &a {deep(20, '{a: ', '}')}\n- {deep(12).replace('[]', '[*a]')}") == ["too-deep"]
    assert codes(f"- &a {deep(10)}\n- &b {deep(10).replace('[]', '[*a]')}\n- {deep(11).replace('[]', '[*b]')}") == []
    assert codes(f"- &a {deep(10)}\n- &b {deep(10).replace('[]', '[*a]')}\n- {deep(12).replace('[]', '[*b]')}") == ["too-deep"]
    assert codes(f"- &a x\n- {deep(31).replace('[]', '[*a]')}") == []
    assert codes(f"- &a []\n- {deep(30).replace('[]', '[*a]')}") == []
    assert codes(f"- &a []\n- {deep(31).replace('[]', '[*a]')}") == ["too-deep"]


def test_thirty_two_aliases_and_no_more() -> None:
    assert yaml_reader.MAX_ALIASES == 32
    assert codes("- &a x\n" + "- *a\n" * 32) == []
    assert codes("- &a x\n" + "- *a\n" * 33) == ["too-many-aliases"]
    found = finding("- &abc x\n" + "- *abc\n" * 33)
    assert tuple(found.span[1:]) == (38, 3, 38, 7)
    assert "(*abc) more than 32 times" in found.message


@pytest.mark.parametrize(
    ("anchored", "size"),
    [
        ("x", 2),
        ("xyz", 4),
        ("[]", 1),
        ("[x]", 3),
        ("[x, yz]", 6),
        ("{x: yz}", 6),
        ("{x: [yz]}", 7),
    ],
)
def test_what_is_repeated_is_measured(monkeypatch: pytest.MonkeyPatch, anchored: str, size: int) -> None:
    text = f"- &a {anchored}\n" + "- *a\n" * 3
    monkeypatch.setattr(yaml_reader, "MAX_ALIASED_CHARACTERS", 3 * size)
    assert codes(text) == []
    monkeypatch.setattr(yaml_reader, "MAX_ALIASED_CHARACTERS", 3 * size - 1)
    assert codes(text) == ["exploding-aliases"]


def test_a_repetition_of_repetitions_counts_as_it_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "- &a xyz\n- &b [*a, *a]\n- [*b, *b]"  # 4 + 4 + 9 + 9
    monkeypatch.setattr(yaml_reader, "MAX_ALIASED_CHARACTERS", 26)
    assert codes(text) == []
    monkeypatch.setattr(yaml_reader, "MAX_ALIASED_CHARACTERS", 25)
    assert codes(text) == ["exploding-aliases"]
    assert tuple(finding(text).span[1:]) == (7, 8, 7, 10)


def test_a_hundred_thousand_repeated_characters_and_no_more() -> None:
    assert yaml_reader.MAX_ALIASED_CHARACTERS == 100_000
    assert codes(f"- &a {'x' * 49_999}\n- *a\n- *a") == []
    assert codes(f"- &a {'x' * 50_000}\n- *a\n- *a") == ["exploding-aliases"]


# ---------------------------------------------------------------- characters that nobody sees

HIDDEN = [
    *"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e",
    *"\u2060\u2064\u2066\u2067\u2068\u2069\u206f\u3164\ufeff\uffa0\U000e0000\U000e0041\U000e007f",
]


def places(path: str, text: str) -> list[tuple[str, int, int, int]]:
    found = invisible(path, text)
    assert all(d.code == "invisible-character" and d.span.end_line == d.span.line for d in found)
    return [(d.severity, d.span.line, d.span.col, d.span.end_col) for d in found]


@pytest.mark.parametrize("char", HIDDEN)
def test_every_hidden_character_is_found(char: str) -> None:
    assert places("f.yaml", f"a: b\nc: d{char}e\n") == [("error", 2, 5, 6)]
    assert hidden_in(f"https://example.org/{char}") is True
    (found,) = invisible("f.yaml", f"  a{char}b  ")
    assert found.help == "  ab"
    assert f"U+{ord(char):04X} (" in found.message


@pytest.mark.parametrize(
    "char", [" ", "\t", "a", "é", "ي", "\u00ac", "\u00ae", "\u200a", "\u2010", "\u2029", "\u202f", "\u205f", "\u2070"]
)
def test_what_can_be_seen_or_is_a_space_is_none_of_them(char: str) -> None:
    assert places("f.yaml", f"a: b{char}c\n") == []
    assert hidden_in(char) is False


def test_the_name_of_a_hidden_character() -> None:
    assert shown("\u200b") == "U+200B (zero width space)"
    assert shown("\u00ad") == "U+00AD (soft hyphen)"
    assert shown("\U000e0000") == "U+E0000 (a control character)"


def test_in_facts_an_error_in_prose_a_warning() -> None:
    front = "---\ntitle: A\u200b\n---\nText\u200b\n"
    assert places("a.md", front) == [("error", 2, 9, 10), ("warning", 4, 5, 6)]
    assert places("a.yaml", front) == [("error", 2, 9, 10), ("error", 4, 5, 6)]
    assert places("a.md", "Text\u200b\n---\nx: y\u200b\n") == [("warning", 1, 5, 6), ("warning", 3, 5, 6)]
    assert places("a.md", "---\ntitle: A\u200b\n") == [("warning", 2, 9, 10)]  # it has no end, which is told elsewhere
    assert places("a.md", "\u200b") == [("warning", 1, 1, 2)]
    assert places("a.md", "---\n---\n\u200b") == [("warning", 3, 1, 2)]
    assert places("a.md", "---\nx\u200b\n\u200b---\n---\n") == [("error", 2, 2, 3), ("error", 3, 1, 2)]
    assert places("a.md", "---\na: b\u200b\n---") == [("error", 2, 5, 6)]
    assert places("a.md", "--\u200b\n---\nx\n") == [("warning", 1, 3, 4)]


@pytest.mark.parametrize(
    ("opener", "closer"), [("\u202a", "\u202c"), ("\u202b", "\u202c"), *((o, "\u2069") for o in "\u2066\u2067\u2068")]
)
def test_isolates_and_embeddings_pass_where_they_are_closed_on_their_line(opener: str, closer: str) -> None:
    other = "\u2069" if closer == "\u202c" else "\u202c"
    for passing in (f"a {opener}b{closer} c", f"{opener}{opener}a{closer}b{closer}", f"{opener}{closer}{opener}{closer}"):
        assert places("f.yaml", passing) == []
    assert places("f.yaml", f"{opener}a") == [("error", 1, 1, 2)]
    assert places("f.yaml", f"a{closer}") == [("error", 1, 2, 3)]
    assert places("f.yaml", f"{opener}a\nb{closer}") == [("error", 1, 1, 2), ("error", 2, 2, 3)]
    assert places("f.yaml", f"{opener}a{other}") == [("error", 1, 1, 2), ("error", 1, 3, 4)]
    assert places("f.yaml", f"{closer}{opener}") == [("error", 1, 1, 2), ("error", 1, 2, 3)]
    assert places("f.yaml", f"{opener}{opener}a{closer}") == [("error", 1, 1, 2)]


def test_they_close_in_the_right_order() -> None:
    assert places("f", "\u202a\u2066a\u2069b\u202c") == []
    assert places("f", "\u202a\u2066a\u202cb\u2069") == [("warning", 1, 1, 2), ("warning", 1, 4, 5)]


@pytest.mark.parametrize("mark", "\u200e\u200f\u061c")
def test_marks_of_direction_pass_beside_letters_that_run_right_to_left(mark: str) -> None:
    for letter in "\u0590\u05d0\u064a\u08ff\ufb1d\ufdff\ufe70\ufefc":
        assert places("f.yaml", f"{letter} a{mark}") == []
    for other in "a\u058f\u0900\ufb1c\ufe00\ufe6f\ufefd":
        assert places("f.yaml", f"{other} a{mark}") == [("error", 1, 4, 5)]
    assert places("f.yaml", f"ي\na{mark}") == [("error", 2, 2, 3)]
    assert places("f.yaml", "ي\u200b") == [("error", 1, 2, 3)]


@pytest.mark.parametrize("joiner", "\u200c\u200d")
def test_joiners_pass_behind_letters_that_are_not_ascii(joiner: str) -> None:
    for passing in (f"ی{joiner}ا", f"é{joiner}", f"ab é{joiner}c"):
        assert places("f.yaml", passing) == []
    assert places("f.yaml", f"a{joiner}é") == [("error", 1, 2, 3)]
    assert places("f.yaml", f"{joiner}é") == [("error", 1, 1, 2)]
    assert places("f.yaml", f"éa{joiner}") == [("error", 1, 3, 4)]
    assert places("f.yaml", f"{joiner}aé") == [("error", 1, 1, 2)]  # what stands at the end is not before it
    assert places("f.yaml", "é\u200b") == [("error", 1, 2, 3)]


def test_no_more_than_twenty_in_a_file_and_a_help_is_a_whole_line_or_none() -> None:
    assert len(places("f.yaml", "\u200b" * 20)) == 20
    assert len(places("f.yaml", "\u200b" * 21)) == 20
    assert [len(d.help) for d in invisible("f.yaml", "x" * 1999 + "\u200b")] == [1999]
    assert [(d.help, "help" in d.message) for d in invisible("f.yaml", "x" * 2000 + "\u200b")] == [("", False)]
    # What honest text needs is no part of what is deleted.
    assert [d.help for d in invisible("f.yaml", "می\u200cخواهم\u200b")] == ["می\u200cخواهم"]
    assert invisible("f.yaml", "nothing") == ()
    assert isinstance(invisible("f.yaml", "\u200b"), tuple)


def test_in_names_nothing_turns_the_direction() -> None:
    for char in "\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069":
        assert turning(f"a{char}b") == char
    for name in ("", "Ann", "خليفة", "نی\u200cا", "a\u200bb"):
        assert turning(name) == ""


def test_the_table_of_hidden_characters_covers_what_unicode_ignores() -> None:
    # Default_Ignorable_Code_Point, but for variation selectors, which choose how a letter looks.
    for code in (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xE0000, 0xE0080)):
        assert hidden_in(chr(code)), f"U+{code:04X}"
    assert all(unicodedata.category(c) in ("Cf", "Mn", "Lo", "Cn") for c in HIDDEN)


# ---------------------------------------------------------------- Markdown


@pytest.mark.parametrize(
    "url",
    [
        "http://x",
        "https://x",
        "HTTPS://x",
        "mailto:a@b",
        "a.html",
        "../a",
        "/a",
        "#a",
        "?a:b",
        "",
        "a b:c",
        "x/y:z",
        "1a:b",
        "-a:b",
        "é:a",
    ],
)
def test_addresses_that_may_be_shown(url: str) -> None:
    assert safe_address(url) is True


@pytest.mark.parametrize(
    "url",
    [
        "javascript:x",
        "JavaScript:x",
        "data:x",
        "blob:x",
        "view-source:x",
        "a1+.-b:x",
        "ftp://x",
        "//host",
        "\\\\host",
        "\\x",
        "file:x",
        "httpsx:a",
        "x-mailto:a",
        "mailtos:a",
        "a:",
    ],
)
def test_addresses_that_may_not(url: str) -> None:
    assert safe_address(url) is False


def brackets(opened: int) -> str:
    return "[" * opened


READERS: dict[str, Callable[[str], tuple[Prose, tuple[Diagnostic, ...]]]] = {
    "article": lambda text: markdown.article(text, "f.md", 3),
    "prose": lambda text: markdown.prose(text, "f.md", 3),
    "inline": lambda text: markdown.inline(text, Span("f.md", 9, 2, 9, 8)),
}
NOTE = (9, 2, 9, 8)


@pytest.mark.parametrize("how", READERS)
def test_a_hundred_open_brackets_and_no_more(how: str) -> None:
    reader = READERS[how]
    assert "too-deep" not in [d.code for d in reader(brackets(100))[1]]
    prose, (found,) = reader(f"a\n\nb\n{brackets(101)}")
    assert (found.code, found.severity) == ("too-deep", "error")
    assert tuple(found.span) == ("f.md", *(NOTE if how == "inline" else (6, 1, 6, 1)))
    assert "More than 100 square brackets" in found.message
    _, (found,) = reader(f"\n\n{brackets(101)}")
    assert found.span.line == (9 if how == "inline" else 5)
    # The text is kept as it is, so that what cites it is judged.
    first = 9 if how == "inline" else 3
    assert prose.units == (Unit("a", "body", first), Unit(f"b\n{brackets(101)}", "body", first + 2))


def test_what_is_closed_or_in_another_paragraph_does_not_count() -> None:
    def too_deep(text: str) -> bool:
        return [d.code for d in markdown.article(text, "f", 1)[1]] == ["too-deep"]

    assert not too_deep(brackets(100) + "]" + "[")
    assert too_deep(brackets(100) + "]" + "[[")
    assert too_deep("]" * 50 + brackets(101))
    assert not too_deep("]" * 50 + brackets(100))
    assert not too_deep(brackets(60) + "\n \t\n" + brackets(60))
    assert not too_deep(brackets(60) + "\n\n" + brackets(60))
    assert too_deep(brackets(60) + "\n" + brackets(60))
    assert too_deep(brackets(60) + "\nx\n" + brackets(60))


@pytest.mark.parametrize("how", ["article", "prose"])
def test_blocks_are_nested_no_deeper_than_nothing_is_lost(how: str) -> None:
    reader = READERS[how]
    assert reader("> " * 97 + "x")[1] == ()
    for levels in (98, 99, 100, 150):
        found = reader("a\n\n" + "> " * levels + "x\n\n> b\n")[1]
        assert [(d.code, tuple(d.span)) for d in found] == [("too-deep", ("f.md", 5, 1, 5, 1))]
        assert "nested more than 100 deep" in found[0].message
    lists = "\n".join(f"{'  ' * n}- {n}" for n in range(40))
    prose, found = reader(lists)
    assert found == ()
    assert [unit.text for unit in prose.units] == [str(n) for n in range(40)]


def shape(pieces: tuple[Piece, ...]) -> str:
    """What is shown, in one line: HTML as it is, text in guillemets with + where names may become links."""
    out = []
    for piece in pieces:
        match piece:
            case Html():
                out.append(str(piece.markup))
            case Run():
                out.append(f"{'+' if piece.linkable else ''}«{piece.text}»")
            case Ref():
                out.append(f"ref({piece.id}|{piece.label})")
            case Quote():
                out.append(f"cite({piece.cite.article}|{piece.cite.words})")
    return "".join(out)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<b onclick=x>a</b>", "<p>+«<b onclick=x>a</b>»</p>\n"),
        ("<script>\nx\n</script>", "<p>+«<script>\nx\n</script>»</p>\n"),
        ("[a](javascript:x)", "<p>+«[a](javascript:x)»</p>\n"),
        ("[a](//host)", "<p>+«[a](//host)»</p>\n"),
        ('[a](http://x "t\\"<\'")', '<p><a href="http://x" title="t&quot;&lt;&#x27;">«a»</a></p>\n'),
        ("[a](b.html) Ann", '<p><a href="b.html">«a»</a>+« Ann»</p>\n'),
        ('[a](<x"y>)', '<p><a href="x%22y">«a»</a></p>\n'),
        ("<http://x?a&b>", '<p><a href="http://x?a&amp;b">«http://x?a&b»</a></p>\n'),
        ("![alt](http://x)", "<p>+«alt»</p>\n"),
        ("# A", "<h2>«A»</h2>\n"),
        ("### A *b*", "<h3>«A »<em>«b»</em></h3>\n"),
        ("# A\n\nAnn", "<h2>«A»</h2>\n<p>+«Ann»</p>\n"),
        ("7. x", '<ol start="7"><li>+«x»</li>\n</ol>\n'),
        ("- x", "<ul><li>+«x»</li>\n</ul>\n"),
        ("> q", "<blockquote><p>+«q»</p>\n</blockquote>\n"),
        ("---", "<hr>\n"),
        ("```\n<x>\n```", "<pre><code>«<x>\n»</code></pre>\n"),
        ("    <x>", "<pre><code>«<x>\n»</code></pre>\n"),
        ("a `<x>` b", "<p>+«a »<code>«<x>»</code>+« b»</p>\n"),
        ("a\\\nb", "<p>+«a»<br>+«b»</p>\n"),
        ("a\nb &amp; c", "<p>+«a\nb & c»</p>\n"),
        (
            "|a|\n|:-:|\n|<b>|",
            '<div class="frame" tabindex="0"><table><thead><tr><th>+«a»</th>\n</tr>\n</thead>\n'
            "<tbody><tr><td>+«<b>»</td>\n</tr>\n</tbody>\n</table>\n</div>\n",
        ),
    ],
)
def test_only_our_own_markup_passes(text: str, wanted: str) -> None:
    for reader in (READERS["article"], READERS["prose"]):
        prose, found = reader(text)
        assert shape(prose.pieces) == wanted
        assert found == ()


def test_lines_of_units_are_those_of_the_file() -> None:
    text = "# A\n\nb\n\n```\nc\n```\n\n    d\n\n|e|\n|-|\n|f|"
    assert [(u.text, u.line) for u in READERS["article"](text)[0].units] == [
        ("A", 3),
        ("b", 5),
        ("c\n", 7),
        ("d\n", 11),
        ("e", 13),
        ("f", 15),
    ]
    runs = [(piece.unit, piece.start) for piece in READERS["article"](text)[0].pieces if isinstance(piece, Run)]
    assert runs == [(unit, 0) for unit in range(6)]


def test_references_and_citations_are_the_editors_own() -> None:
    text = "w [[a|b  c]], [@x: y z] and [[ d ]]"
    assert shape(READERS["article"](text)[0].pieces) == f"<p>+«{text}»</p>\n"
    assert shape(READERS["prose"](text)[0].pieces) == "<p>+«w »ref(a|b c)+«,»cite(x|y z)+« and »ref(d|)</p>\n"
    assert shape(READERS["inline"](text)[0].pieces) == "+«w »ref(a|b c)+«,»cite(x|y z)+« and »ref(d|)"


def test_places_of_references() -> None:
    prose, found = READERS["prose"]("x\n\ny [[a]] [@b: c\nd] [[e [@f")
    spans = [
        tuple(p.span[1:]) if isinstance(p, Ref) else tuple(p.cite.span[1:]) for p in prose.pieces if isinstance(p, (Ref, Quote))
    ]
    assert spans == [(5, 3, 5, 8), (5, 9, 5, 15)]
    assert [(d.code, tuple(d.span[1:]), d.notes) for d in found] == [
        ("unread-brackets", (6, 4, 6, 6), (as_in("[[ID]]"),)),
        ("unread-brackets", (6, 8, 6, 10), (as_in("[@ARTICLE: words of that article]"),)),
    ]
    prose, found = READERS["inline"]("y [[a]] [[e")
    assert [tuple(p.span[1:]) for p in prose.pieces if isinstance(p, Ref)] == [NOTE]
    assert [tuple(d.span[1:]) for d in found] == [NOTE]


@pytest.mark.parametrize("text", ["\\[[a", "\\[[a and `[[b`", "[\\[a", "\\[@a `[@b`", "a `[[b`", "&#91;[a", "    [[code"])
def test_an_escaped_bracket_is_a_bracket(text: str) -> None:
    assert READERS["prose"](text)[1] == ()


def test_one_that_is_not_escaped_is_found_behind_one_that_is() -> None:
    (found,) = READERS["prose"]("\\[[a `[[b` [[c")[1]
    assert tuple(found.span[1:]) == (3, 12, 3, 14)


def test_plain_paragraphs() -> None:
    prose = markdown.plain("  a b \n c\n\n \t\nd <e>\n\n", 4)
    assert shape(prose.pieces) == "<p>+«a b \n c»</p>\n<p>+«d <e>»</p>\n"
    assert [(u.text, u.line, u.role) for u in prose.units] == [("a b \n c", 4, "body"), ("d <e>", 8, "body")]
    assert markdown.plain("") == markdown.plain(" \n \n")
    assert markdown.plain("a").units == (Unit("a", "body", 1),)
    assert [piece.start for piece in prose.pieces if isinstance(piece, Run)] == [0, 0]
