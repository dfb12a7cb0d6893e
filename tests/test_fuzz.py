"""Whatever stands in a file (issue 6, point 8): findings with a file, a line and a column, soon, and never an exception.

Hypothesis makes the inputs here; tests/fuzz.py gives the same target to atheris. tests/examples has the examples of the YAML
test suite and of CommonMark, which know every corner of both languages.
"""

from __future__ import annotations

import resource
import time

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from briefgen.load.yaml_tree import Map, Node, Scalar, parse
from tests.badinput import MOST, SLOWEST, assert_placed, built, examples, found, little, sound
from tests.fuzz import PLACES, content_of, target
from tests.kit import helped

YAMLS = examples("yaml-test-suite")
MARKDOWNS = examples("commonmark")
YAML_PLACES = tuple(place for place in PLACES if place.endswith(".yaml"))

# ---------------------------------------------------------------- the examples of others


@pytest.mark.parametrize("place", [*YAML_PLACES, "front matter"])
def test_every_example_of_the_yaml_test_suite_is_read_or_found_wrong(place: str) -> None:
    for name, text in YAMLS:
        data = text.encode("utf-8", "surrogatepass")
        content = little() | (
            {"content/articles/x.md": b"---\n" + data + b"\n---\nText.\n"} if place == "front matter" else {place: data}
        )
        before = time.process_time()
        findings = found(content)
        assert time.process_time() - before < SLOWEST, name
        assert_placed(findings, content)


def test_what_is_read_of_the_yaml_test_suite_is_what_pyyaml_reads() -> None:
    """Text for text, where both take it; and nothing is passed over in silence."""
    read = refused = 0
    for name, text in YAMLS:
        node, findings = parse("f.yaml", text)
        if node is None or findings:
            refused += bool(findings)
            assert findings or not _by_pyyaml(text), name
            continue
        read += 1
        theirs = _by_pyyaml(text)  # which takes no anchor twice
        assert theirs is None or _plain(node) == theirs, name
    assert (read, refused) == (READ, REFUSED)


READ, REFUSED = (
    203,
    196,
)  # of 402, 3 are empty; what is refused: tags, several documents, maps as keys, merge keys, and what is no YAML


def _by_pyyaml(text: str) -> object:
    """As PyYAML's own loader for text only reads it; None where it does not."""
    try:
        return yaml.load(text, Loader=yaml.BaseLoader)  # the loader that makes nothing but text, lists and maps
    except (yaml.YAMLError, ValueError, TypeError):
        return None


def _plain(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text
    return (
        {key.text: _plain(value) for key, value in node.pairs} if isinstance(node, Map) else [_plain(item) for item in node.items]
    )


@pytest.mark.parametrize("place", ["content/articles", "content/pages", "notes"])
def test_every_example_of_commonmark_is_a_page_or_a_finding(place: str) -> None:
    for n in range(0, len(MARKDOWNS), 40):
        held = MARKDOWNS[n : n + 40]
        if place == "notes":
            lines = "".join(f"r-{i}:\n  name: R {i}\n  notes: |2\n{_indented(text)}" for i, text in held)
            content = little() | {"content/topics/notes.yaml": lines.encode()}
        else:
            content = little() | {f"{place}/e-{i}.md": f"---\ntitle: E {i}\n---\n\n{text}".encode() for i, text in held}
        before = time.process_time()
        findings = built(content)
        assert time.process_time() - before < SLOWEST, n
        assert_placed(findings, content)


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.split("\n"))


def test_all_examples_of_commonmark_in_one_article_keep_their_words() -> None:
    """No example takes the line down when it stands behind another one."""
    text = "\n\n".join(text for _, text in MARKDOWNS)
    content = sound() | {"content/articles/all-of-it.md": f"---\ntitle: All of it\n---\n{text}".encode()}
    assert_placed(built(content), content)


# ---------------------------------------------------------------- single inputs

_ACTOR, _EVENT, _ARTICLE = "content/actors/x.yaml", "content/events/x.yaml", "content/articles/x.md"
_LAUGHS = "a: &a [x, x]\n" + "".join(
    f"b{n}: &b{n} [*{'a' if n == 0 else f'b{n - 1}'}, *{'a' if n == 0 else f'b{n - 1}'}]\n" for n in range(17)
)
_MERGES = "a: &a {x: y}\n" + "".join(
    f"b{n}: &b{n} {{<<: [*{'a' if n == 0 else f'b{n - 1}'}, *{'a' if n == 0 else f'b{n - 1}'}]}}\n" for n in range(12)
)
SINGLE: dict[str, tuple[str, bytes, str]] = {
    "100,000 brackets": (_ACTOR, b"r: " + b"[" * 100_000, "too-deep"),
    "100,000 braces": (_ACTOR, b"{" * 100_000, "too-deep"),
    "100,000 brackets in Markdown": (_ARTICLE, b"---\ntitle: T\n---\n" + b"[" * 100_000, "too-deep"),
    "100,000 quotations in Markdown": (_ARTICLE, b"---\ntitle: T\n---\n" + b"> " * 100_000, "too-deep"),
    "100,000 brackets in front matter": (_ARTICLE, b"---\ntitle: " + b"[" * 100_000 + b"\n---\nText.\n", "too-deep"),
    "a bomb of aliases": (_ACTOR, _LAUGHS.encode(), "exploding-aliases"),
    "a bomb of merge keys": (_ACTOR, _MERGES.encode(), "merge-key"),
    "too many aliases": (_ACTOR, b"r: &a x\nb: [" + b"*a, " * 40 + b"]\n", "too-many-aliases"),
    "an anchor in itself": (_ACTOR, b"r: &a [*a]\n", "value-begins-with-symbol"),
    "half of a surrogate pair": (_ACTOR, b"r: \xed\xa0\x80\n", "bad-encoding"),
    "half of a surrogate pair, escaped": (_ACTOR, b'r: "\\ud800"\n', "yaml-syntax"),
    "a control character": (_ACTOR, b"r: x\x07y\n", "bad-character"),
    "an escaped control character": (_ACTOR, b'r: "x\\ay"\n', "bad-character"),
    "a sign of deletion": (_ACTOR, b"r: x\x7fy\n", "bad-character"),
    "a day that is none": (_EVENT, b"r: {name: A, date: {2024-02-30: {a: 4 March}}}\n", "bad-date"),
    "a month that is none": (_EVENT, b"r: {name: A, date: {2024-13: {a: 4 March}}}\n", "bad-date"),
    "a year of 900 digits": (_EVENT, b"r: {name: A, date: {" + b"9" * 900 + b": {a: 4 March}}}\n", "bad-date"),
    "a year of 5,000 digits": (_EVENT, b"r: {name: A, date: " + b"9" * 5000 + b"}\n", "bad-date"),
    "a year of 5,000 digits as a key": (_EVENT, b"r: {name: A, date: {" + b"9" * 5000 + b": {a: 4 March}}}\n", "key-too-long"),
    "a key of 100,000 letters": (_ACTOR, b"x" * 100_000 + b": A\n", "key-too-long"),
    "an order of 5,000 digits": ("content/pages/x.md", b"---\ntitle: T\norder: " + b"9" * 5000 + b"\n---\nText.\n", "bad-number"),
    "a limit of 5,000 digits": ("content/site.yaml", b"name: N\nexcerpt_limit: " + b"9" * 5000 + b"\n", "bad-number"),
    "a place of 5,000 digits": (_ACTOR, b'r: {name: A, at: "' + b"9" * 5000 + b', 1"}\n', "bad-coordinates"),
    "NUL": (_ACTOR, b"r: \x00\n", "bad-character"),
    "nothing but NUL": (_ACTOR, b"\x00" * 100_000, "bad-character"),
    "UTF-16": (_ACTOR, "r: Ana\n".encode("utf-16"), "bad-encoding"),
    "UTF-16 without a mark": (_ACTOR, "r: Ana\n".encode("utf-16-le"), "bad-character"),
    "UTF-32": (_ACTOR, "r: Ana\n".encode("utf-32"), "bad-encoding"),
    "Latin-1": (_ACTOR, "r: Sánchez\n".encode("latin-1"), "bad-encoding"),
    "a tab": (_ACTOR, b"r:\n\tname: A\n", "tab-indentation"),
    "100,000 tabs": (_ACTOR, b"\t" * 100_000 + b"r: b\n", "tab-indentation"),
    "a tag that makes objects": (_ACTOR, b"r: !!python/object/apply:os.system [ls]\n", "yaml-tag"),
    "two documents": (_ACTOR, b"r: A\n---\nb: B\n", "many-documents"),
    "more than 2 MB": (_ACTOR, b"r: " + b"x" * 2_000_000, "too-large"),
    "a map as a key": (_ACTOR, b"{a: b}: c\n", "bad-key"),
    "the same key twice": (_ACTOR, b"r: A\nr: B\n", "duplicate-key"),
    "tags that nobody sees": (_ACTOR, "r: Ana\U000e0041\n".encode(), "invisible-character"),
    "a turned direction": (_ACTOR, "r: Ana \u202egpj\n".encode(), "invisible-character"),
}  # fmt: skip


@pytest.mark.parametrize("name", SINGLE)
def test_a_hostile_input_is_one_clear_finding_in_under_50_ms(name: str) -> None:
    path, data, code = SINGLE[name]
    content = little() | {path: data}
    found(little())  # whatever is loaded or compiled once
    took = min(_took(content) for _ in range(3))
    errors = [d for d in found(content) if d.severity == "error"]
    assert [d.code for d in errors] == [code] * (12 if "merge keys" in name else 1), errors  # twelve lines, each with a merge key
    assert {d.span.file for d in errors} == {path}
    assert all(len(d.message) < 700 and len(helped(d, content)) < 6000 for d in errors)
    assert_placed(tuple(errors), content)
    assert took < 0.05, took


def _took(content: dict[str, bytes]) -> float:
    before = time.process_time()
    found(content)
    return time.process_time() - before


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_marks_are_fine(end: str, mark: bytes) -> None:
    content = {
        path: mark + data.replace(b"\n", end.encode()) for path, data in sound().items() if not path.startswith("content/static/")
    }
    assert [d for d in built(content) if d.severity != "info"] == []


# ---------------------------------------------------------------- fuzzing

_SNIPPETS = st.sampled_from(
    (
        "a: ", "name: ", "- ", "from: a\n", "kind: person\n", "date: ", "2024-02-30", "{a: met}", "{", "}", "[", "]", '"', "'", "|\n ", ">-\n  ", "#", " #", ": ", "\n",
        "\n  ", "\n    ", "\t", "---\n", "...", "…", "title: ", "rights: press\n", "[[ana]]", "[@a: met]", "[x](y)", "**", "_", "`", "> ", "* ", "1. ", "|a|b|\n|-|-|\n",
        "Ana Ferro", "Bela Kos", "met", "ana", "bela", "positions:\n", "delegations:\n", "notes: ", "was: ", "outcome: ", "leader: ", "members: ", "all", "draft: true\n", "~",
        "&x ", "*x", "<<: ", "!!str ", "%", "@", "\u202e", "\u200b", "\ufeff", "\u2028", "\x85", "\r", "\x00", "e\u0301", "ليبيا", "😀", "9" * 40, "x" * 120, "/..", "https://",
    )
)  # fmt: skip
_TEXT = st.lists(st.one_of(_SNIPPETS, _SNIPPETS, _SNIPPETS, st.text(max_size=6)), max_size=30).map("".join)
_WHOLE = st.sampled_from([text for _, text in (*YAMLS, *MARKDOWNS)])
_BODY = st.one_of(_TEXT, st.tuples(_TEXT, _WHOLE, _TEXT).map("".join), _TEXT.map(lambda t: f"---\ntitle: T\n---\n{t}")).map(
    lambda text: text.encode("utf-8", "surrogatepass")
)
INPUTS = st.tuples(st.integers(0, len(PLACES) - 1), st.one_of(_BODY, _BODY, _BODY, st.binary(max_size=80))).map(
    lambda made: bytes([made[0]]) + made[1]
)
_ALL = list(HealthCheck)


def _put_through(data: bytes) -> None:
    before = time.process_time()
    target(data)
    assert time.process_time() - before < SLOWEST, content_of(data)


@settings(max_examples=800, deadline=None, database=None, suppress_health_check=_ALL)
@given(INPUTS)
def test_any_file_is_read_or_found_wrong(data: bytes) -> None:
    _put_through(data)


@pytest.mark.long
def test_100_000_files_are_read_or_found_wrong() -> None:
    """In twenty runs, each with seeds of its own."""
    slowest = count = tried = 0.0
    begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # this process may have run other tests

    def once(data: bytes) -> None:
        nonlocal slowest, count, tried
        before = time.process_time()
        count += target(data)
        slowest, tried = max(slowest, time.process_time() - before), tried + 1

    for _ in range(20):
        settings(max_examples=5000, phases=[Phase.generate], deadline=None, database=None, suppress_health_check=_ALL)(
            given(INPUTS)(once)
        )()
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{tried:.0f} inputs, {count:.0f} findings, slowest {slowest * 1000:.0f} ms, {held / 1024:.0f} MB")
    assert tried >= 100_000
    assert slowest < SLOWEST
    assert held - begun < MOST
