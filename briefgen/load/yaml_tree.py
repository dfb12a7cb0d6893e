"""YAML to a tree of text (rule 11): every scalar is the characters the editor wrote, `NO` and `12:30` and `2024-02-30` too.

No exception leaves this module, whatever the text. What YAML cannot read is explained by the slip behind it where one is known;
a slip counts only if its corrected lines let the reading get further, so that no sound line is ever blamed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from briefgen.diagnostic import Diagnostic, error
from briefgen.load.slips import UNREADABLE, Slip, find
from briefgen.load.yaml_reader import BREAK, Failure, Map, Node, Reading, Scalar, Seq, bad_character, read
from briefgen.source import Span

__all__ = ["Map", "Node", "Scalar", "Seq", "is_empty", "parse"]

MAX_BYTES = 2_000_000
_REPAIRS = 20  # findings in one broken file; each costs one more reading or a few
_REREAD = 1_000_000  # characters of all those readings: the larger the file, the fewer, so that no input costs many seconds

# YAML 1.1 breaks lines at these three too; editors' programs do not, and lines would count differently.
_NOT_BREAK = re.compile("[\x85\u2028\u2029]")


def is_empty(node: Node | None) -> bool:
    """Whether there is nothing: no document, `key:` with nothing behind it, or quotation marks around nothing."""
    return node is None or (type(node) is Scalar and not node.text.strip())


def parse(file: str, text: str, first_line: int = 1) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Read one document.

    `text` is decoded; `first_line` is the file's line on which it begins (2 in front matter). Any finding but `duplicate-key`
    means that the tree is None; an empty document is None without a finding. Columns count code points, a byte order mark
    at the beginning not.
    """
    text = text.removeprefix("\ufeff")
    unreadable = _unreadable(file, text, first_line)
    if unreadable:
        return None, (unreadable,)
    if _NOT_BREAK.search(text):  # translating each text would cost as much as a fifth of reading it
        text = _NOT_BREAK.sub(" ", text)
    reading = read(file, text, first_line)
    faults = reading.faults
    if reading.failure:
        explained = _explained(file, text, first_line, reading.failure)
        told = {finding.span.line for finding in explained}
        faults = (*(fault for fault in faults if fault.span.line not in told), *explained)
    sound = all(fault.code == "duplicate-key" for fault in faults)
    return (reading.root if sound else None), faults


def _unreadable(file: str, text: str, first_line: int) -> Diagnostic | None:
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        message = "This file is larger than 2 MB. Split it; records may be grouped into files in any way."
        return error("too-large", message, Span(file, first_line, 1, first_line, 1))
    bad = UNREADABLE.search(text)
    if not bad:
        return _odd_indentation(file, text, first_line)
    breaks = list(BREAK.finditer(text, 0, bad.start()))
    line, col = first_line + len(breaks), bad.start() - (breaks[-1].end() if breaks else 0) + 1
    return bad_character(bad.group(), Span(file, line, col, line, col + 1))


_ODD = re.compile(r"^ *([\u00a0\u2000-\u200a\u202f\u205f\u3000])[^\S\n]*(?=\S)", re.MULTILINE)


def _odd_indentation(file: str, text: str, first_line: int) -> Diagnostic | None:
    """Spaces pasted from a web page or a word processor: YAML takes them for words, so the line is no field any more."""
    odd = _ODD.search(text)
    if not odd:
        return None
    line = first_line + len(BREAK.findall(text, 0, odd.start()))
    col = odd.start(1) - odd.start() + 1
    message = "This line is set in by a space that is none to YAML (a no-break space). Type the spaces anew."
    return error("odd-indentation", message, Span(file, line, col, line, col + 1))


# ------------------------------------------------------------ explaining what broke


class _Broken(NamedTuple):
    """A text that cannot be read: its lines, the file's number of each, and where the reading failed."""

    lines: Sequence[str]
    numbers: Sequence[int]
    failure: Failure


def _explained(file: str, text: str, first_line: int, failure: Failure) -> list[Diagnostic]:
    """The slip behind a failure, and those further down: each is mended in memory and the text read again."""
    lines = BREAK.split(text)
    broken = _Broken(lines, range(first_line, first_line + len(lines)), failure)
    found: list[Diagnostic] = []
    repairs = min(_REPAIRS, _REREAD // max(len(text), 1))
    while len(found) < max(repairs, 1):
        slip, rest = _mended(file, broken) if repairs else (None, None)
        found.append(slip or _generic(file, broken))
        if slip is None or rest is None:
            break
        broken = rest
    return found


def _mended(file: str, broken: _Broken) -> tuple[Diagnostic | None, _Broken | None]:
    """The slip whose corrected lines let the reading get further than it got, and what is broken then."""
    lines, numbers, failure = broken
    for index in _suspects(failure, len(lines)):
        slip = find(lines, file, index + 1)
        if slip is None:
            continue
        rest = _without(file, broken, slip)
        grown = len(slip.corrected) - (slip.end - slip.first)
        reached = max(failure.line + grown, slip.first + len(slip.corrected) - 1)
        if slip.diagnostic.code == "tab-indentation":  # all are gone now, but how wide they were meant is a guess
            guessed = rest is not None and "\t" in "".join(lines[rest.failure.line : rest.failure.line + 1])
            return _on_line(slip.diagnostic, numbers), None if guessed else rest
        if rest is None or rest.failure.line > reached:
            return _on_line(slip.diagnostic, numbers), rest
    return None, None


def _suspects(failure: Failure, count: int) -> list[int]:
    near = (failure.line, failure.context_line, *range(failure.line - 1, failure.line - 6, -1))
    return list(dict.fromkeys(i for i in near if 0 <= i < count))


def _without(file: str, broken: _Broken, slip: Slip) -> _Broken | None:
    """What is broken once a slip is corrected; None where nothing is, or nothing that more mending would show."""
    lines, numbers, _ = broken
    first, end = slip.first, slip.end
    repaired = [*lines[:first], *slip.corrected, *lines[end:]]
    same = end - first == len(slip.corrected)
    own = list(numbers[first:end]) if same else [numbers[first]] * len(slip.corrected)
    reading: Reading = read(file, "\n".join(repaired), 1)
    return _Broken(repaired, [*numbers[:first], *own, *numbers[end:]], reading.failure) if reading.failure else None


def _on_line(slip: Diagnostic, numbers: Sequence[int]) -> Diagnostic:
    line = numbers[slip.span.line - 1]
    return replace(slip, span=slip.span._replace(line=line, end_line=line))


_UNDER = "Is this line set in too far? Else put words that contain a colon under >-."
_PLAIN: tuple[tuple[str, str], ...] = (
    ("unknown alias", "A value may not begin with an asterisk: YAML takes it for a repetition of something above."),
    ("mapping values are not allowed", f"A colon stands where none can: the value has begun already. {_UNDER}"),
    ("block sequence entries are not allowed", "A dash stands where no list can begin. Put the list on the lines below."),
    ("did not find expected ',' or ']'", "This bracket [ is not closed."),
    ("did not find expected ',' or '}'", "This bracket { is not closed."),
    ("unexpected end of stream", "This quotation mark is never closed."),
    ("escape character", "Inside straight quotation marks a backslash means something else. Put the words under >-."),
    (
        "could not find expected ':'",
        "This line is neither “name: value” nor a list entry with a dash. Check colon and indentation.",
    ),
    ("tab character", "A tab stands in the indentation, and YAML takes spaces only. Use two spaces for each step."),
    ("expected '-' indicator", "This line stands in a list and does not begin with a dash. Check its indentation."),
    (
        "did not find expected key",
        "This line does not fit the lines above it. Check the indentation, and that it has a name and a colon.",
    ),
    ("Unicode character", "The number behind this backslash stands for no character. Put the words under >-."),
    ("directive", "A line may not begin with %. Put the words under >-."),
)
# These are noticed further down than they were made.
_AT_OPENING = ("',' or ']'", "',' or '}'", "unexpected end of stream", "could not find expected ':'")


# What libyaml says where it stops looking for the colon behind a key.
_AT_KEY = ("',' or ']'", "',' or '}'", "could not find expected ':'", "mapping values are not allowed")
_LONGEST_KEY = 1024  # YAML 1.1, 9.3.2: "limited to a single line and 1024 characters"
_LONG_KEY = f"What stands in front of a colon has at most {_LONGEST_KEY:,} characters in YAML, and in this line it has more."
_PART = re.compile(r"[^,\[\]{}:]+")  # without the colon: looking for it from each character on takes time by the square


def _long_key(lines: Sequence[str], failure: Failure) -> int:
    """The number (from 1) of the line with a key that is too long, 0 for none."""
    near = [n for n in (failure.line, failure.context_line) if n < len(lines)]
    return next((n + 1 for n in near for part in _PART.finditer(lines[n]) if _too_long(part)), 0)


def _too_long(part: re.Match[str]) -> bool:
    return part.end() - part.start() > _LONGEST_KEY and part.string.startswith(":", part.end())


def _generic(file: str, broken: _Broken) -> Diagnostic:
    lines, numbers, failure = broken
    line, col = failure.line, failure.col
    if any(words in failure.problem for words in _AT_OPENING):
        line, col = failure.context_line, failure.context_col
    while line > 0 and (line >= len(lines) or not lines[line].strip()):  # the end of the file: the last words say more
        line, col = line - 1, len(lines[line - 1].rstrip())
    said = next((plain for words, plain in _PLAIN if words in failure.problem), "")
    if said and any(words in failure.problem for words in _AT_KEY) and (long := _long_key(lines, failure)):
        return error("key-too-long", _LONG_KEY, Span(file, numbers[long - 1], 1, numbers[long - 1], 2))
    message = said or "This cannot be read as YAML. Check this line and the one above it: dashes, colons, indentation."
    return error("yaml-syntax", message, Span(file, numbers[line], col + 1, numbers[line], col + 1))
