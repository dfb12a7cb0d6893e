"""Marks of files as bytes, and names judged many at once."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as some

from briefgen.publish import manifest, marks
from briefgen.publish.site import Published, write_site
from briefgen.publish.tree import NO_MARK, Mark, has_control, mark
from tests.test_publish import put

TIMES, NUMBERS = some.integers(-(2**63), 2**63 - 1), some.integers(0, 2**64 - 1)
MARKS = some.tuples(TIMES, TIMES, NUMBERS, NUMBERS, NUMBERS)
NAMES = some.binary(min_size=1).map(lambda name: os.fsdecode(name.replace(b"\0", b"x")))


@given(some.dictionaries(NAMES, MARKS, max_size=8))
def test_marks_come_back_from_their_bytes(found: dict[str, Mark]) -> None:
    assert marks.unpacked(marks.packed(found)) == found


@given(some.dictionaries(NAMES, MARKS, max_size=3), some.integers(0, 200))
def test_what_was_cut_off_is_no_list(found: dict[str, Mark], at: int) -> None:
    data = marks.packed(found)
    if at < len(data):
        with pytest.raises(ValueError, match=r"[a-z]"):
            marks.unpacked(data[:at])


@given(some.binary(max_size=120))
def test_what_makes_no_sense_is_no_list(data: bytes) -> None:
    try:
        found = marks.unpacked(data)
    except ValueError:
        return
    assert marks.unpacked(marks.packed(found)) == found


@given(some.lists(some.binary(max_size=5), min_size=1))
def test_pieces_come_back_from_one_piece(parts: list[bytes]) -> None:
    assert marks.frames(marks.framed(parts)) == parts


@given(some.dictionaries(NAMES, MARKS, max_size=3))
def test_a_list_in_a_file(found: dict[str, Mark]) -> None:
    with TemporaryDirectory() as folder:
        marks.write_list(f"{folder}/list", found)
        assert marks.read_list(f"{folder}/list") == found
        assert os.listdir(folder) == ["list"]


EIGHT = bytes(8)


@pytest.mark.parametrize(
    "pieces",
    [
        (),
        (b"a",),
        (EIGHT,) * 4 + (b"a",),
        (EIGHT,) * 6 + (b"a",),
        (EIGHT * 2, *(EIGHT,) * 4, b"a"),
        (EIGHT,) * 5 + (b"a\0b",),
        (EIGHT[1:],) * 5 + (b"a",),
        (b"",) * 5,
    ],
)
def test_pieces_that_are_no_list(pieces: tuple[bytes, ...]) -> None:
    with pytest.raises(ValueError, match=r"[a-z]"):
        marks.unpacked(marks.framed(pieces))


def test_numbers_that_no_file_system_should_give_make_a_list_that_nothing_equals(tmp_path: Path) -> None:
    marks.write_list(str(tmp_path / "list"), {"a": (2**70, 0, 0, 0, 0)})
    assert marks.read_list(str(tmp_path / "list")) == {}
    assert marks.read_list(str(tmp_path / "none")) == {}


# ---------------------------------------------------------------- names, many at once

PARTS = some.sampled_from(["", ".", "..", "a", "b.html", "...", "a..", "é", "a\\b", "\n", "\u2028", "\udcff", "\u200e", " "])
PATHS = some.lists(PARTS, max_size=4).map("/".join)


def safe_by_its_parts(path: str) -> bool:
    """What `is_safe` means, said with a library."""
    parts = PurePosixPath(path)
    below = bool(parts.parts) and not parts.is_absolute() and ".." not in parts.parts and str(parts) == path
    return below and "\\" not in path and not has_control(path)


@given(PATHS)
def test_a_safe_path_stays_below_and_is_plain(path: str) -> None:
    assert manifest.is_safe(path) == safe_by_its_parts(path)


@given(some.lists(PATHS, max_size=4))
def test_many_paths_are_safe_if_each_is(paths: list[str]) -> None:
    assert manifest.are_safe(paths) == all(map(safe_by_its_parts, paths))


# ---------------------------------------------------------------- handed on


def publish(output: Path, files: dict[str, bytes], known: dict[str, Mark] | None = None) -> Published:
    return write_site(output, files, output.parent / ".briefgen/replaced", known)


def test_the_marks_that_a_publication_gives_are_those_of_the_site(tmp_path: Path) -> None:
    output = tmp_path / "site"
    known: dict[str, Mark] = {}
    for n, files in enumerate([{"a": b"1", "b/c": b"2"}, {"a": b"1", "b/c": b"3"}, {"a": b"1", "d": b""}, {"a": b"1", "d": b""}]):
        given_, known = known, dict(publish(output, files, known).marks)
        assert known == marks.marks(str(output)), n
    assert given_ == known
    (output / ".DS_Store").touch()
    assert publish(output, files, known).marks == known == marks.marks(str(output))


def test_a_file_that_was_changed_while_the_site_was_exchanged_has_no_mark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the change would be hidden from the next build by the very mark that should show it."""
    output = tmp_path / "site"
    publish(output, {"a": b"1", "b": b"1"})
    monkeypatch.setattr("briefgen.publish.site.sync", lambda folder: (output / "b").write_bytes(b"22"))
    found = publish(output, {"a": b"2", "b": b"1"}).marks
    assert (output / "b").read_bytes() == b"22"
    assert set(found) == {".gitignore", "a", manifest.NAME}
    monkeypatch.undo()
    assert publish(output, {"a": b"2", "b": b"1"}, dict(found)).written.edited == ("b",)


def test_copies_have_the_marks_of_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "site"
    publish(output, {"a": b"1", "b": b"1"})
    monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError(1, "")))
    assert publish(output, {"a": b"2", "b": b"1"}).marks == marks.marks(str(output))


def test_what_is_no_file_has_a_mark_that_nothing_has(tmp_path: Path) -> None:
    """So a link in a site that was published without is seen, and so is one in the place of a file with the very same mark."""
    put(tmp_path, {"site/a": "1", "site/b/c": "2", "site/b/Thumbs.db": "", "else": "3"})
    (tmp_path / "site/link").symlink_to(tmp_path / "else")
    os.mkfifo(tmp_path / "site/b/pipe")
    found = marks.marks(str(tmp_path / "site"))
    assert {path: mark == NO_MARK for path, mark in found.items()} == {"a": False, "b/c": False, "link": True, "b/pipe": True}
    assert found["a"] == mark((tmp_path / "site/a").stat())
    assert marks.marks(str(tmp_path / "none")) == {}
