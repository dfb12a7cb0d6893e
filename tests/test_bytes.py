"""What a file is made of on the disk: encodings, line ends, sizes. Columns are those that an editor's program shows."""

from __future__ import annotations

import pytest

from briefgen.source import Snapshot
from tests.kit import find

SITE = {"content/site.yaml": b"name: A site\n"}


def found(path: str, data: bytes) -> list[tuple[str, int, int]]:
    """Code, line and column of what is found in one file beside site.yaml."""
    return [(d.code, d.span.line, d.span.col) for d in find(Snapshot(SITE | {path: data})) if d.severity != "info"]


ACTORS = "content/actors/a.yaml"
FAULTY = "haftar:\n  name: Haftar 😀\n  akka: [Hifter]\n"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_a_fault_stands_where_it_stands_whatever_the_line_ends(mark: bytes, end: str) -> None:
    assert found(ACTORS, mark + FAULTY.replace("\n", end).encode()) == [("unknown-field", 3, 3)]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_a_sound_article_is_sound_whatever_the_line_ends(mark: bytes, end: str) -> None:
    head = "---\ntitle: A 😀\nrights: us-gov\nformat: plain\nnotes: >-\n  [@a: sides met],\n  [@a: They left]\n---\n"
    text = head + "A 😀\n\nThe two sides\nmet.\n\nThey left.\n"
    assert found("content/articles/a.md", mark + text.replace("\n", end).encode()) == []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1252", "mac-roman"])
def test_another_encoding_is_one_finding(encoding: str) -> None:
    codes = [code for code, _, _ in found(ACTORS, "haftar: Gaddafi’s Sánchez\n".encode(encoding))]
    assert codes in (["bad-encoding"], ["bad-character"])


def test_the_place_of_a_wrong_byte() -> None:
    assert found(ACTORS, b"one: One\ntwo: S\xe1nchez\n") == [("bad-encoding", 2, 7)]
    assert found(ACTORS, "one: é\ntwo: é".encode() + b" \xe1\n") == [("bad-encoding", 2, 8)]
    assert found(ACTORS, b"\xef\xbb\xbf" + "é: ".encode() + b"\xe1\r\n") == [("bad-encoding", 1, 4)]
    assert found(ACTORS, "one: é\r\ntwo: é\r".encode() + b"\xe1\n") == [("bad-encoding", 3, 1)]


def test_a_file_of_more_than_two_megabytes_is_refused() -> None:
    assert found(ACTORS, b"a: " + b"x" * 2_000_000 + b"\n") == [("too-large", 1, 1)]


def test_a_file_without_a_last_line_end_and_with_many() -> None:
    assert found(ACTORS, b"one: One") == []
    assert found(ACTORS, b"\n\n\none: One\n\n\n\n") == []


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\r\n", b"# nothing\n", b"---\n"])
def test_an_empty_file_of_records_is_no_finding(data: bytes) -> None:
    assert found(ACTORS, data) == []
