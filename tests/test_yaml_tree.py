"""YAML as text, its limits, and the slips of rule 11 with their corrected lines."""

from __future__ import annotations

import re
import sys
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.diagnostic import Diagnostic, Note
from briefgen.load.slips import UNREADABLE, Found, block, explain
from briefgen.load.yaml_tree import Map, Node, Scalar, Seq, is_empty, parse
from briefgen.source import Span
from tests.kit import ROOT

# ---------------------------------------------------------------- text


def read(text: str, first_line: int = 1) -> Node:
    node, found = parse("f.yaml", text, first_line)
    assert found == ()
    assert node is not None
    return node


def plain(node: Node) -> object:
    """The tree as lists, pairs and strings."""
    match node:
        case Scalar(text):
            return text
        case Seq(items):
            return [plain(item) for item in items]
        case Map(pairs):
            return {key.text: plain(value) for key, value in pairs}


def at(text: str, *path: str | int, first_line: int = 1) -> tuple[int, int]:
    """Line and column of the node that a path leads to."""
    node = read(text, first_line)
    for step in path:
        match node:
            case Seq(items):
                node = items[int(step)]
            case Map(pairs):
                node = {key.text: value for key, value in pairs}[str(step)]
    return node.span.line, node.span.col


def only(text: str, first_line: int = 1) -> Diagnostic:
    """The one finding of a text that gives no tree."""
    node, found = parse("f.yaml", text, first_line)
    assert node is None
    assert len(found) == 1, found
    assert found[0].severity == "error"
    return found[0]


@pytest.mark.parametrize(
    "text",
    [
        "NO",
        "yes",
        "~",
        "null",
        "12:30",
        "1_000",
        "0x1F",
        "2020-07-01",
        "2024-02-30",
        "9" * 900,
        ".inf",
        "=",
        "1e999",
        "..2020-06-24",
        "5+5",
    ],
)
def test_everything_is_text(text: str) -> None:
    assert plain(read(f"a: {text}\n{text}: b")) == {"a": text, text: "b"}


def test_styles_and_empty_values() -> None:
    node = read("a: x\nb: 'it''s'\nc: \"\\u00e9\"\nd: |\n  l\n  m\ne: >-\n  f\n  g\nh:\ni: ''\n")
    assert isinstance(node, Map)
    values = {key.text: value for key, value in node.pairs}
    assert {k: (v.text, v.style) for k, v in values.items() if isinstance(v, Scalar)} == {
        "a": ("x", "plain"),
        "b": ("it's", "single"),
        "c": ("é", "double"),
        "d": ("l\nm\n", "literal"),
        "e": ("f g", "folded"),
        "h": ("", "plain"),
        "i": ("", "single"),
    }
    assert [k for k, v in values.items() if is_empty(v)] == ["h", "i"]
    assert is_empty(None)
    assert not is_empty(node)


@pytest.mark.parametrize("text", ["", "\n\n", "# a comment\n", "---\n", "\ufeff"])
def test_an_empty_document_is_no_finding(text: str) -> None:
    node, found = parse("f.yaml", text)
    assert (found, is_empty(node)) == ((), True)


@pytest.mark.parametrize("before", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_places_are_code_points_after_bom_and_line_ends(before: str, end: str) -> None:
    text = before + end.join(["🇱🇾 ليبيا: x", "b:", "  - 😀é: words", "  - >-", "", "      block", "      words", "c: y", ""])
    assert at(text, "🇱🇾 ليبيا") == (1, 11)
    assert at(text, "b", 0, "😀é") == (3, 9)
    assert at(text, "b", 1) == (6, 7)
    assert at(text, "c", first_line=10) == (17, 4)


def test_other_line_breaks_of_yaml_are_none() -> None:
    text = "a: one\u2028two\x85three\u2029four\nb: x"
    assert plain(read(text)) == {"a": "one two three four", "b": "x"}
    assert at(text, "b") == (2, 4)


def test_spans_end_where_the_words_end() -> None:
    node = read("a:\n  b: x\n  c: [d, e]\n\n\n# comment\nf: >-\n  g\n  h\n\nz: 1\n")
    assert isinstance(node, Map)
    values = {key.text: value.span for key, value in node.pairs}
    assert values["a"] == Span("f.yaml", 2, 3, 3, 12)
    assert values["f"] == Span("f.yaml", 8, 3, 9, 4)
    assert node.span == Span("f.yaml", 1, 1, 11, 5)


# ---------------------------------------------------------------- faults


def test_a_duplicate_key_names_both_lines_and_keeps_the_tree() -> None:
    node, found = parse("f.yaml", "a: 1\nb: 2\na: 3\n", 5)
    assert node is not None
    assert plain(node) == {"a": "1", "b": "2"}
    assert [(d.code, d.span[1:3]) for d in found] == [("duplicate-key", (7, 1))]
    assert "line 5" in found[0].message
    assert "line 7" in found[0].message
    assert found[0].notes == (Note("“a” stands first in line 5.", Span("f.yaml", 5, 1, 5, 2)),)


FAULTS = [
    ("a: 1\n---\nb: 2\n", "many-documents", 2, 1),
    ("a: &x {b: c}\nd:\n  <<: *x\n", "merge-key", 3, 3),
    ("a:\n  - !!python/object:os.system {b: c}\n", "yaml-tag", 2, 5),
    ("[2019-12-13..2020-04-04]: x\n", "bad-key", 1, 1),
    ("a:\n  {b: c}: d\n", "bad-key", 2, 3),
    ("? \n: x\n", "bad-key", 1, 2),
    ("a: x\x07y\n", "bad-character", 1, 5),
    ("b: 1\r\na: é\x00\r\n", "bad-character", 2, 5),
    ("a: \ud83d\n", "bad-character", 1, 4),
    ('a: "\\0"\n', "bad-character", 1, 4),
    ("a: \ufffe\n", "bad-character", 1, 4),
    ("x" * 2_000_001, "too-large", 1, 1),
    ("é" * 1_100_000, "too-large", 1, 1),
    ("[" * 33 + "]" * 33, "too-deep", 1, 33),
    ("a: &x y\nb: [" + "*x, " * 33 + "]", "too-many-aliases", 2, 133),
    ("a: &x " + "y" * 9_999 + "\nb: [" + "*x, " * 20 + "]", "exploding-aliases", 2, 45),
    ("a: b\n  c: d\n", "yaml-syntax", 2, 4),
    ("a: [b, c\nd: e\n", "yaml-syntax", 1, 4),
    ("a: {b: c\nd: e\n", "yaml-syntax", 1, 4),
    ("- a\nb: c\n", "yaml-syntax", 2, 1),
    ("a\nb: c\n", "yaml-syntax", 2, 2),
    ("a:\n   b: c\n  d: e\n", "yaml-syntax", 3, 3),
    ('a: "b\\qc"\n', "yaml-syntax", 1, 6),
    ("a: b\nwords alone\n", "yaml-syntax", 2, 1),
    (": x\n", "yaml-syntax", 1, 1),
]


@pytest.mark.parametrize(("text", "code", "line", "col"), FAULTS, ids=[f"{f[1]}-{i}" for i, f in enumerate(FAULTS)])
def test_a_fault_is_one_finding_on_its_place(text: str, code: str, line: int, col: int) -> None:
    found = only(text, 3)
    assert (found.code, found.span.line - 2, found.span.col) == (code, line, col)
    assert found.message.endswith(".")
    assert "!" not in found.message.replace("!!", "")


def test_a_bracketed_date_as_key_gets_its_quotation_marks() -> None:
    assert only("date:\n  [..2020-06-24]: words\n").help == '  "[..2020-06-24]": words'


NAMES = ["a", *(f"b{i}" for i in range(30))]
BILLION_LAUGHS = "a: &a [x, x]\n" + "".join(f"{n}: &{n} [*{m}, *{m}]\n" for m, n in pairwise(NAMES[:17]))
NESTING = f"a: &a {'[' * 30}{']' * 30}\n" + "".join(f"{n}: &{n} [[[*{m}]]]\n" for m, n in pairwise(NAMES))
HOSTILE = [
    "[" * 100_000,
    "{" * 100_000,
    "[a, " * 50_000,
    "{a: " * 50_000,
    "- " * 100_000,
    "? " * 100_000,
    "a: " * 100_000,
    ": " * 100_000,
    '"' * 100_000,
    "'a\n" * 50_000,
    "a: 'b\n" * 50_000,
    "*a " * 10_000,
    "&a " * 10_000,
    "!a " * 10_000,
    "%" * 100_000,
    "@\n" * 100_000,
    "\t" * 100_000,
    "a:\n" + " " * 100_000 + "b",
    "a: >-\n" + "\t\n" * 50_000,
    BILLION_LAUGHS,
    NESTING,
    "\x00" * 100_000,
    "a: [*a]",
    "a: &a [*a]",
    "a: &a {<<: *a}",
    "a: {" + "b, " * 1_300,
    "a: " + "x: " * 2_000,
    "a: " + "[x] " * 1_000,
    "a: {" + "{" * 3_000 + "}" * 3_000 + " x",
    "a: {b: " + "\"'" * 1_900 + "}",
    "- " * 2_000 + "a: b: c",
    'a: "' + "\\" * 100_000,
    "a: " + "# " * 1_900 + "\n   b",
    "\r" * 100_000,
    "a: {\n " + "\"'" * 500_000,
    "a: {" + "b: 'c\n  " * 100 + "d, " * 100_000 + "}",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_findings_soon(text: str) -> None:
    before = time.perf_counter()
    parse("f.yaml", text)
    assert time.perf_counter() - before < 1  # 50 ms each on an idle machine


@pytest.mark.parametrize("text", [BILLION_LAUGHS, NESTING])
def test_aliases_neither_explode_nor_deepen(text: str) -> None:
    assert only(text).code in ("exploding-aliases", "too-deep")


def test_an_alias_is_its_anchor() -> None:
    assert plain(read("a: &x {b: [c]}\nd: *x\n")) == {"a": {"b": ["c"]}, "d": {"b": ["c"]}}


@given(st.text(alphabet=" \n\r\tab:#-\"'[]{},&*!|>%@`?~.<\\é\u2028\ufeff\x00", max_size=40))
def test_any_text_is_a_tree_or_findings(text: str) -> None:
    node, found = parse("f.yaml", text)
    assert (
        node is not None
        or found
        or not text.strip("\ufeff \n\r\t\u2028")
        or text.lstrip("\ufeff \n\r\t\u2028").startswith(("#", "-", "..."))
    )
    lines = text.count("\n") + text.count("\r") + 1
    assert all(1 <= d.span.line <= lines and d.span.col >= 1 for d in found)


@given(st.text(max_size=60))
def test_any_characters_are_no_crash(text: str) -> None:
    parse("f.yaml", text)


# ---------------------------------------------------------------- corrected lines


def folded(words: str) -> str:
    return " ".join(words.split())


def words_of(node: Node | None) -> str:
    """The words of the first value, however deep."""
    while not isinstance(node, Scalar):
        assert node is not None
        node = node.items[0] if isinstance(node, Seq) else node.pairs[0][1]
    return folded(node.text)


NASTY = st.text(alphabet=" \n\tab:#-\"'[]{},&*!|>%@`?~.=<é\u2028\ufeff\\", max_size=14)


@given(
    st.one_of(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")), NASTY),
    st.sampled_from(["a:", "- a:", "-", "- - b c:", ""]),
    st.integers(0, 6),
)
def test_block_gives_back_all_words(words: str, prefix: str, indent: int) -> None:
    node, found = parse("f.yaml", block(indent if prefix else 0, prefix, words))
    assert found == ()
    assert words_of(node) == folded(words.replace("\ufffe", "").replace("\uffff", ""))


def test_block_leaves_out_what_yaml_forbids() -> None:
    assert block(2, "a:", "x\x00\ud800\x07 y") == "  a: x y"
    assert block(2, "- a:", "\x00") == '  - a: ""'


def test_block_is_plain_where_it_can_be() -> None:
    assert block(2, "- palpress:", "Field Marshal Khalifa Haftar") == "  - palpress: Field Marshal Khalifa Haftar"
    assert block(2, "- palpress:", '"National Army" forces') == '  - palpress: >-\n      "National Army" forces'
    assert block(4, "-", "he said: we") == "    - >-\n      he said: we"


SLIPS = [
    ('  - palpress: "National Army" forces', "value-begins-with-quote", 15, '  - palpress: >-\n      "National Army" forces'),
    ("palpress: 'Link between Haftar's forces", "value-begins-with-quote", 11, "palpress: >-\n  'Link between Haftar's forces"),
    ('a: "x": y', "value-begins-with-quote", 4, 'a: >-\n  "x": y'),
    ('a: "x" y # comment', "value-begins-with-quote", 4, 'a: >-\n  "x" y'),
    ('a: "x" y #5', "value-begins-with-quote", 4, 'a: >-\n  "x" y #5'),
    ('a: "x\n  y" z', "value-begins-with-quote", 4, 'a: >-\n  "x y" z'),
    ('a: {p: "x" y, q: r}', "value-begins-with-quote", 8, 'a:\n  p: >-\n    "x" y\n  q: r'),
    ('a: [p, "x" y]', "value-begins-with-quote", 8, 'a:\n  - p\n  - >-\n    "x" y'),
    ('palpress: "decisive battle', "unclosed-quote", 11, 'palpress: >-\n  "decisive battle'),
    ('a:\n  b: "x\n  c: "y"', "unclosed-quote", 6, '  b: >-\n    "x'),
    *((f"  a: {s} words", "value-begins-with-symbol", 6, f"  a: >-\n    {s} words") for s in "-@%*>?`&!|]},"),
    *((f"- a: {s}words", "value-begins-with-symbol", 6, f"- a: >-\n    {s}words") for s in "@%*>`!|"),
    ("a: [DDR] efforts", "value-begins-with-symbol", 4, "a: >-\n  [DDR] efforts"),
    ("a: {DDR} efforts", "value-begins-with-symbol", 4, "a: >-\n  {DDR} efforts"),
    ("a: {p: @x, q: r}", "value-begins-with-symbol", 8, "a:\n  p: >-\n    @x\n  q: r"),
    ("- a: *bold* words\n- b", "value-begins-with-symbol", 6, "- a: >-\n    *bold* words"),
    ("lna: The UN called: Initiate", "colon-in-words", 19, "lna: >-\n  The UN called: Initiate"),
    ("lna: The UN called:", "colon-in-words", 19, "lna: >-\n  The UN called:"),
    ("- The UN called: Initiate: talks", "colon-in-words", 16, "- >-\n  The UN called: Initiate: talks"),
    ("a: the words\n  They said: we go", "colon-in-words", 12, "a: >-\n  the words They said: we go"),
    ("a: {b: c, d: e: f}", "colon-in-words", 15, "a:\n  b: c\n  d: >-\n    e: f"),
    ("a: words #5\n  and more", "hash-cuts-line", 10, "a: >-\n  words #5 and more"),
    ("a:\n\tb: c", "tab-indentation", 1, "  b: c"),
    ("a:\n  b: c\n \td: e", "tab-indentation", 2, "  d: e"),
    ("a: >-\n\twords", "tab-indentation", 1, "  words"),
    ('lna:\n  "National Army" forces\n  launched', "value-begins-with-quote", 3, 'lna: >-\n  "National Army" forces launched'),
]


@pytest.mark.parametrize("before", ["", "\ufeff", "😀: x\r\n"])
@pytest.mark.parametrize(("text", "code", "col", "corrected"), SLIPS, ids=[f"{s[1]}-{i}" for i, s in enumerate(SLIPS)])
def test_a_slip_has_its_message_and_corrected_line(before: str, text: str, code: str, col: int, corrected: str) -> None:
    if before.startswith("😀") and text.startswith(("-", " ")):
        before = before.replace("😀: x", "# 😀")
    found = only(before + text.replace("\n", "\r\n" if "\r" in before else "\n"))
    line = next(i for i, raw in enumerate(text.split("\n"), 1) if len(raw) >= col and mark_at(raw, col, code)) + before.count("\n")
    assert (found.code, found.span.line, found.span.col, found.help) == (code, line, col, corrected)


def mark_at(raw: str, col: int, code: str) -> bool:
    marks = {
        "value-begins-with-quote": "\"'",
        "unclosed-quote": "\"'",
        "colon-in-words": ":",
        "hash-cuts-line": "#",
        "tab-indentation": "\t",
    }
    return raw[col - 1] in marks.get(code, "-@%*>?`&!|]},[{")


# Valid YAML that gives an empty value, or a map or list in place of words: the decoder asks.
ASKED: list[tuple[str, Found, str, int, str]] = [
    ("gna: {palpress: representatives, and others}", "", "comma-in-braces", 32, "gna:\n  palpress: representatives, and others"),
    ('- {p: w, m "x", q: "a, b"}', "", "comma-in-braces", 8, '- p: w, m "x"\n  q: "a, b"'),
    ("- a b c: {x: {p: q, 1,000 men}, s: t}", "", "comma-in-braces", 19, "- a b c:\n    x:\n      p: q, 1,000 men\n    s: t"),
    ("a: {p: it's one, or two}", "", "comma-in-braces", 16, "a:\n  p: it's one, or two"),
    ("palpress: #5 talks", "", "hash-cuts-line", 11, "palpress: >-\n  #5 talks"),
    ("- On July 1: they met", "", "colon-in-words", 12, "- >-\n  On July 1: they met"),
    ("- ? b", "", "value-begins-with-symbol", 3, "- >-\n  ? b"),
    ("name: [DDR]", "list", "value-begins-with-symbol", 7, "name: >-\n  [DDR]"),
    ("name: {DDR, SSR}", "map", "value-begins-with-symbol", 7, "name: >-\n  {DDR, SSR}"),
]


@pytest.mark.parametrize(("line", "found", "code", "col", "corrected"), ASKED)
def test_a_slip_in_valid_yaml_is_explained_on_request(line: str, found: Found, code: str, col: int, corrected: str) -> None:
    assert parse("f.yaml", line)[1] == ()
    slip = explain(["", line], "f.yaml", 7, 6, found)
    assert slip
    assert (slip.code, slip.span.line, slip.span.col, slip.help) == (code, 7, col, corrected)


def test_words_below_their_key_are_put_together_with_it() -> None:
    slip = explain(["name:", "  Libya: the state"], "f.yaml", 2, 1, "map")
    assert slip
    assert (slip.code, slip.span[1:3], slip.help) == ("colon-in-words", (2, 8), "name: >-\n  Libya: the state")


@pytest.mark.parametrize(
    "line",
    [
        "a: b",
        "a:",
        "- a",
        "-",
        "",
        "# c",
        "a: >-",
        "a: |2",
        "a: 'b' # c",
        'a: "b, c"',
        "a: [b, c]",
        "a: {b: c, d: [e, f]}",
        "a: {b: 'c, d'}",
        "- LNA: x",
        "- lna: x",
        "a: [b",
        "a: {b: c",
        "Field Marshal: {palpress: Haftar}",
        "a: it's 5#6, a:b",
        "2019-04-04/..: since",
    ],
)
def test_sound_lines_are_no_slips(line: str) -> None:
    assert explain([line], "f.yaml", 1) is None


def test_a_line_outside_the_file_is_no_slip() -> None:
    assert explain(["a: @b"], "f.yaml", 2) is None
    assert explain([], "f.yaml", 0) is None


def test_the_demonstration_content_is_read_and_holds_no_slips() -> None:
    for path in sorted((ROOT / "content").rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        assert parse(path.name, text)[1] == ()
        lines = text.split("\n")
        assert [explain(lines, path.name, n) for n in range(1, len(lines) + 1) if explain(lines, path.name, n)] == [], path


def test_several_slips_in_one_file_are_all_found() -> None:
    text = 'a: "x" y\nb:\n  - c: d: e\n  - f\n  - @g\nh: *i\nk: [l] m\n'
    node, found = parse("f.yaml", text, 2)
    assert node is None
    assert [(d.code, d.span.line) for d in found] == [
        ("value-begins-with-quote", 2),
        ("colon-in-words", 4),
        ("value-begins-with-symbol", 6),
        ("value-begins-with-symbol", 7),
        ("value-begins-with-symbol", 8),
    ]


def test_a_sound_line_near_a_fault_is_not_blamed() -> None:
    assert [(d.code, d.span.line) for d in parse("f.yaml", 'a: [b, c]\nd: "e"\nf: g\n  h: i\n')[1]] == [("yaml-syntax", 4)]


LINE = st.text(alphabet=" ab:#-\"'[]{},&*!|>%@`?~.=<é\\", max_size=12).map(folded).filter(bool)


@given(LINE)
def test_corrected_lines_give_back_the_words(words: str) -> None:
    _, found = parse("f.yaml", f"x:\n  - palpress: {words}\ny: z\n")
    if not found:
        return
    assert len(found) == 1
    if found[0].code == "yaml-syntax":  # a bracket that is not closed
        return
    node, more = parse("f.yaml", f"x:\n{found[0].help}\ny: z\n")
    assert more == ()
    if words[0] in "[{" and found[0].span.col > 15:
        return  # taken apart into its entries
    got = words_of(node)
    assert got == words or (words.startswith(got) and words[len(got) :].startswith(" # "))


@given(
    st.lists(
        st.text(alphabet="abc 1,", min_size=1, max_size=8).map(folded).filter(lambda w: bool(w) and w[0] in "abc1"),
        min_size=1,
        max_size=3,
    )
)
def test_braces_give_back_words_with_commas(words: list[str]) -> None:
    line = "a: {" + ", ".join(f"k{i}: {w}" for i, w in enumerate(words)) + "}"
    slip = explain([line], "f.yaml", 1)
    if slip is None:
        return
    node, found = parse("f.yaml", slip.help)
    assert found == ()
    assert node is not None
    entries = {f"k{i}": w for i, w in enumerate(words)}
    last = f"k{len(words) - 1}"  # a comma before the closing bracket is none of the words
    assert plain(node) in ({"a": entries}, {"a": entries | {last: entries[last].removesuffix(",").rstrip()}})


def test_what_yaml_may_not_contain_is_told_from_what_it_may() -> None:
    """The rule of YAML 1.1, 5.1, "c-printable", for every code point."""
    printable = re.compile("[\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
    assert [c for c in map(chr, range(sys.maxunicode + 1)) if bool(UNREADABLE.match(c)) == bool(printable.match(c))] == []
