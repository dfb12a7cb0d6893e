"""Bad input (issue 6, points 8, 9 and 11): whatever is in the files, findings with a place, soon, and never an exception."""

from __future__ import annotations

import itertools
import random
import resource
import time
from collections.abc import Callable
from functools import lru_cache

import pytest

from briefgen.compile import compile_site
from briefgen.diagnostic import Diagnostic
from briefgen.source import Snapshot
from tests.kit import ROOT, theme
from tests.reliability import tries

SLOWEST = 2.0  # seconds
MOST = 512 * 1024  # KiB


@lru_cache(maxsize=1)
def sound() -> dict[str, bytes]:
    """A small site with every kind of record and no finding."""
    folder = ROOT / "tests/golden/small"
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted((folder / "content").rglob("*")) if p.is_file()}


def found_in(content: dict[str, bytes]) -> tuple[Diagnostic, ...]:
    return compile_site(Snapshot(content, *theme())).diagnostics


def assert_placed(findings: tuple[Diagnostic, ...], content: dict[str, bytes]) -> None:
    """Each finding has a file, a line and a column that are there, and a sentence of one line."""
    for one in findings:
        assert one.span.file, one
        assert one.span.line >= 1, one
        assert one.span.col >= 1, one
        assert (one.span.end_line, one.span.end_col) >= (one.span.line, one.span.col), one
        assert one.message.strip(), one
        assert "\n" not in one.message, one
        if one.span.file in content:
            lines = content[one.span.file].replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
            assert one.span.line <= lines + 1, one


# ---------------------------------------------------------------- fuzzing

SPLINTERS = (
    b"\x00", b"\xff", b"\xfe\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\r", b"\r\n", b"\t", b"\x1b[31m", b"\x7f", b"\xc2\x85", b"\xe2\x80\xa8",
    b": ", b" #", b"- ", b"? ", b"* ", b"*x", b"&x ", b"!!python/object:os.system ", b"%YAML 1.2\n", b"---\n", b"...\n", b"|\n", b">-\n", b"'", b'"',
    b"[", b"]", b"{", b"}", b"[" * 300, b"{a: " * 100, b"<<: *x", b"@", b"`", b", ", b"[[gna]]", b"[[", b"]]", b"[@wire: x]", b"[@", b"<script>",
    b"../../x", b"2024-02-30", b"9" * 5000, b"~", b"null", b"NO", b"12:30", b"x" * 20000, b"\xd8\xa7\xd9\x84", b"\xe2\x80\xae", b"\xf3\xa0\x81\x81",
    b"\xf0\x9f\x98\x80", b"a\xcc\x81", b"...", b" ... ", "…".encode(), b"all", b"from: nobody\n", b"draft: true\n", b"name:\n", b"\n\n\n", b"> " * 200, b"* " * 200,
)  # fmt: skip


def _mangled(chance: random.Random, data: bytes) -> bytes:
    """A file after something went wrong with it."""
    at = chance.randrange(len(data) + 1)
    end = min(len(data), at + chance.choice((1, 1, 3, 20, 200)))
    lines = data.split(b"\n")
    match chance.randrange(9):
        case 0:
            return data[:at] + chance.choice(SPLINTERS) + data[at:]
        case 1:
            return data[:at] + data[end:]
        case 2:
            return data[:at] + bytes(chance.randrange(256) for _ in range(3)) + data[end:]
        case 3:
            return data[:at]
        case 4:
            n = chance.randrange(len(lines))
            return b"\n".join([*lines[:n], *lines[n + 1 :]])
        case 5:
            n = chance.randrange(len(lines))
            return b"\n".join([*lines[: n + 1], *lines[n:]])
        case 6:
            n = chance.randrange(len(lines))
            return b"\n".join([*lines[:n], b" " * chance.randrange(1, 5) + lines[n], *lines[n + 1 :]])
        case 7:
            n = chance.randrange(len(lines))
            return b"\n".join([*lines[:n], lines[n].lstrip(), *lines[n + 1 :]])
        case _:
            one, other = sorted(chance.randrange(len(data) + 1) for _ in range(2))
            return data[:at] + data[one : min(other, one + 500)] + data[at:]


@tries(150, 100_000)
def test_mangled_files_are_findings(times: int) -> None:
    chance = random.Random(5)
    worst, count = 0.0, 0
    for n in range(times):
        content = dict(sound())
        for _ in range(chance.choice((1, 1, 1, 2, 4))):
            path = chance.choice(sorted(content))
            content[path] = _mangled(chance, content[path])
        begun = time.perf_counter()
        try:
            findings = found_in(content)
        except Exception as fault:
            raise AssertionError(f"input {n}: {[p for p in content if content[p] != sound()[p]]}") from fault
        took = time.perf_counter() - begun
        worst, count = max(worst, took), count + len(findings)
        assert took < SLOWEST, (n, took)
        assert_placed(findings, content)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{times} inputs, {count} findings, slowest {worst * 1000:.0f} ms, {held / 1024:.0f} MB")
    assert held < MOST


# ---------------------------------------------------------------- file names

NAMES = (
    "content/actors/../../x.yaml", "content/actors/CON.yaml", "content/actors/aux.yaml", "content/articles/Über.md", "content/articles/a b.md",
    "content/articles/UPPER.md", "content/articles/all.md", "content/articles/.hidden.md", "content/articles/x.MD", "content/articles/a.b.md",
    "content/meetings/-.yaml", "content/meetings/--.yaml", "content/meetings/" + "x" * 240 + ".yaml", "content/events/а.yaml", "content/pages/index.md",
    "content/pages/people.md", "content/pages/404.md", "content/pages/print.md", "content/pages/search.md", "content/nothing/x.yaml", "content/x.yaml",
    "content/articles/x/y.md", "content/static/index.html", "content/static/style.css", "content/static/actors/gna.html", "content/static/robots.txt",
    "content/static/INDEX.HTML", "content/static/.nojekyll", "content/static/search/x.js", "content/articles/con.md", "content/articles/com1.md",
    "content/articles/" + "é" + ".md", "content/articles/e\u0301.md", "content/articles/\u202egpj.md", "content/articles/x\u200b.md",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_strange_names_are_findings_or_harmless(name: str) -> None:
    data = b"---\ntitle: X\n---\nText.\n" if name.endswith(".md") else b"x: X\n" if name.endswith(".yaml") else b"mine"
    content = sound() | {name: data}
    checked = compile_site(Snapshot(content, *theme()))
    assert_placed(checked.diagnostics, content)
    assert not any(".." in path or path.startswith("/") for path in checked.outputs)
    folded = [path.casefold() for path in checked.outputs]
    assert len(set(folded)) == len(folded)


@tries(60, 5000)
def test_hostile_ids_read_and_write_nothing_outside(times: int) -> None:
    chance = random.Random(7)
    pieces = (
        "..",
        "/",
        "\\",
        "a",
        "con",
        "NUL",
        ".",
        "-",
        "%2e",
        "\u0430",
        "é",
        "e\u0301",
        "\u202e",
        "\u200b",
        " ",
        "~",
        "$",
        ":",
        "*",
        "x" * 250,
        "A",
        "_",
    )
    for _ in range(times):
        id_ = "".join(chance.choice(pieces) for _ in range(chance.randrange(1, 5)))
        text = f'"{id_}": {{name: Strange, was: ["{id_}x"]}}\n'.replace("\\", "\\\\")
        content = sound() | {"content/actors/strange.yaml": text.encode()}
        checked = compile_site(Snapshot(content, *theme()))
        assert_placed(checked.diagnostics, content)
        for path in checked.outputs:
            assert not path.startswith("/"), (id_, path)
            assert ".." not in path.split("/"), (id_, path)
            assert path.isascii() or path.startswith("search/"), (id_, path)
            assert all(len(part) <= 255 for part in path.split("/")), (id_, path)


# ---------------------------------------------------------------- growth

Family = Callable[[int], dict[str, bytes]]


def _article(text: str) -> dict[str, bytes]:
    return {"content/articles/big.md": f"---\ntitle: Big\nrights: us-gov\n---\n{text}\n".encode()}


def _actors(text: str) -> dict[str, bytes]:
    return {"content/actors/big.yaml": text.encode()}


def _cited(words: str, text: str) -> dict[str, bytes]:
    return _article(text) | {"content/events/big.yaml": f"big:\n  name: Big\n  from: big\n  outcome: {{x: {words}}}\n".encode()}


FAMILIES: dict[str, Family] = {
    "words": lambda n: _article("word " * n),
    "one word": lambda n: _article("w" * n),
    "paragraphs": lambda n: _article("A short one.\n\n" * (n // 13)),
    "sentences": lambda n: _article("It is so. " * (n // 10)),
    "names": lambda n: _article("General Salma Example met Omar. " * (n // 31)),
    "emphasis": lambda n: _article("*a **b " * (n // 7)),
    "brackets": lambda n: _article("[a" * (n // 2)),
    "links": lambda n: _article("[a](b) " * (n // 7)),
    "quotes": lambda n: _article("> " * min(n // 2, 200) + "a"),
    "backticks": lambda n: _article(" ".join("`" * (k % 90 + 1) for k in range(n // 45))),
    "entities": lambda n: _article("&amp;" * (n // 5)),
    "tables": lambda n: _article("|a|b|\n|-|-|\n" + "|c|d|\n" * (n // 6)),
    "list": lambda n: _article("- a\n" * (n // 4)),
    "citation not there": lambda n: _cited("nobody ever said this", "Somebody said that. " * (n // 20)),
    "citation almost there": lambda n: _cited("a a a a a a a a a b", "a " * (n // 2)),
    "skips": lambda n: _cited("it is ... was so ... never there", "It is it is was so was so. " * (n // 27)),
    "repeated": lambda n: _cited("it is so", "it is so " * (n // 9)),
    "records": lambda n: _actors("".join(f"person-{k}: Person Number {k}\n" for k in range(n // 30))),
    "aliases of a name": lambda n: _actors(
        "big:\n  name: Big\n  aka:\n" + "".join(f"    - Name Number {k}\n" for k in range(n // 24))
    ),
    "long name": lambda n: _actors(f"big: {'Name ' * (n // 5)}\n"),
    "nested brackets": lambda n: _actors("big: " + "[" * n),
    "nested maps": lambda n: _actors("a: {" * (n // 4)),
    "quotation marks": lambda n: _actors('big: "' + 'a" ' * (n // 3) + "\n"),
    "duplicate keys": lambda n: _actors("big: Big\n" * (n // 9)),
    "unknown fields": lambda n: _actors("big:\n" + "".join(f"  field-{k}: x\n" for k in range(n // 16))),
    "tabs": lambda n: _actors("\tbig: Big\n" * (n // 10)),
    "colons": lambda n: _actors("big: a: " + "b: " * (n // 3) + "\n"),
    "comments": lambda n: _actors("# nothing\n" * (n // 10) + "big: Big\n"),
    "blank lines": lambda n: _actors("\n" * n + "big: Big\n"),
    "prose": lambda n: {"content/index.md": ("---\ntitle: T\n---\n" + "[[salma]] said. " * (n // 16)).encode()},
}


def _cost(family: Family, size: int) -> float:
    content = sound() | family(size)
    snapshot = Snapshot(content, *theme())
    best = 9.0
    for _ in range(2):
        begun = time.process_time()
        compile_site(snapshot)
        best = min(best, time.process_time() - begun)
    return best


@pytest.mark.long
@pytest.mark.parametrize("name", FAMILIES)
def test_time_grows_with_the_size(name: str) -> None:
    """Twice the text takes at most 2.3 times as long, up to 1 MB (what is constant taken off)."""
    base = _cost(lambda n: {}, 0)
    sizes = [125_000, 250_000, 500_000, 1_000_000]
    costs = [max(_cost(FAMILIES[name], size) - base, 0.004) for size in sizes]
    ratios = [b / a for a, b in itertools.pairwise(costs)]
    print(f"{name}: {[round(c * 1000) for c in costs]} ms, {[round(r, 2) for r in ratios]}")
    assert max(ratios) <= 2.3 or costs[-1] < 0.1, (name, costs, ratios)


@pytest.mark.parametrize("name", FAMILIES)
def test_a_big_file_takes_no_longer_than_its_size(name: str) -> None:
    """The quick form: a tenth of the size, and a bound that only what grows faster breaks."""
    content = sound() | FAMILIES[name](100_000)
    begun = time.process_time()
    checked = compile_site(Snapshot(content, *theme()))
    assert time.process_time() - begun < 3 * SLOWEST
    assert_placed(checked.diagnostics, content)
