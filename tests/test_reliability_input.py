"""Bad input (issue 6, points 8 and 9): whatever happened to the files of a sound site, findings with a place, soon, never an exception.

Generated files are in test_fuzz.py, names and links in test_reliability_paths.py, growth in test_growth.py.
"""

from __future__ import annotations

import random
import resource
import time

import pytest

from briefgen.compile import compile_site
from briefgen.source import Snapshot
from tests.badinput import MOST, SLOWEST, assert_placed, sound, theme
from tests.badinput import built as found_in
from tests.reliability import tries

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
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # this process may have run other tests
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
    assert held - before < MOST


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
