"""What the tests of bad input share: a sound site to spoil, the whole line or a part of it, and what every finding must have."""

from __future__ import annotations

import json
from functools import lru_cache

from briefgen.compile import compile_site
from briefgen.diagnostic import Diagnostic
from briefgen.source import Snapshot
from tests.kit import ROOT, find
from tests.kit import theme as fresh

Content = dict[str, bytes]

SLOWEST = 2.0  # seconds
MOST = 512 * 1024  # KiB


@lru_cache(maxsize=1)
def theme() -> tuple[dict[str, str], dict[str, bytes]]:
    """The packaged templates and assets, read once: reading them takes longer than a small input."""
    return fresh()


@lru_cache(maxsize=1)
def sound() -> Content:
    """A small site with every kind of record and no finding."""
    folder = ROOT / "tests/golden/small"
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted((folder / "content").rglob("*")) if p.is_file()}


@lru_cache(maxsize=1)
def little() -> Content:
    """As little as a site may be."""
    return {
        "content/site.yaml": b"name: A little site\n",
        "content/articles/a.md": b"---\ntitle: A\nrights: us-gov\n---\n\nAna Ferro met Bela Kos on 4 March.\n",
        "content/actors/all.yaml": b"ana: Ana Ferro\nbela: Bela Kos\n",
    }


@lru_cache(maxsize=2)
def examples(name: str) -> tuple[tuple[str, str], ...]:
    """The examples of others, as (name, text); see tests/examples/README.md."""
    return tuple((i, text) for i, text in json.loads((ROOT / f"tests/examples/{name}.json").read_text(encoding="utf-8")))


def built(content: Content) -> tuple[Diagnostic, ...]:
    """The findings of the whole line."""
    return compile_site(Snapshot(content, *theme())).diagnostics


def found(content: Content) -> tuple[Diagnostic, ...]:
    """The findings of the line as far as the rules; no page is made."""
    return find(Snapshot(content, *theme()))


def assert_placed(findings: tuple[Diagnostic, ...], content: Content) -> None:
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
