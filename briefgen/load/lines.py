"""Raw lines of YAML taken apart and put together, without reading YAML.

`block` prints what an editor can paste; `Line` is what stands on one line. Nothing here judges.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import NamedTuple

# What no YAML text may contain: all but YAML 1.1, 5.1, "c-printable". (What it may contain takes Python 3 ms to compile.)
UNREADABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

_PLAIN_KEY = r"""(?:[^\s,\[\]{}#&*!|>'"%@`?:-]|[?:-](?=\S))(?:(?!:\s|:$|\s\#).)*"""
KEY = rf"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|{_PLAIN_KEY})"""
_LINE = re.compile(rf"(?P<indent>\ *)(?P<dashes>(?:-(?:\ +|$))*)(?:(?P<key>{KEY})\ *:(?:\s+|$))?(?P<value>.*)", re.VERBOSE)
_PLAIN_START = re.compile(r"""[^\s\-?:,\[\]{}#&*!|>'"%@`]""")
_BLOCK_HEADER = re.compile(r"[>|][+-]?[1-9]?[+-]?(?:\s+#.*|\s*)")
_WORD = re.compile(r"[a-z0-9_-]+")
# Where YAML cuts plain words: at a colon before white space, and at white space before a #.
CUT = re.compile(r":(?=\s|$)|\s(?=#)")
_CUTTING = re.compile(CUT.pattern + r"|[,\[\]{}]")  # inside of brackets these, too


class Line(NamedTuple):
    """A raw line taken apart; `at` is the offset of the value. Without a key the value stands behind dashes or alone."""

    indent: int
    dashes: str
    key: str
    value: str
    at: int

    @property
    def column(self) -> int:
        """Whatever belongs to this line's value stands deeper than this many spaces."""
        return self.indent + (len(self.dashes) if self.key else len(self.dashes.rstrip()) - 1)

    @property
    def prefix(self) -> str:
        """What stands in front of the value, as `block` takes it."""
        return f"{self.dashes}{self.key}:" if self.key else self.dashes.rstrip()

    def as_words(self, raw: str) -> Line:
        """The same line where `key: value` is words, as in `- On July 1: they met`."""
        at = self.indent + len(self.dashes)
        return self._replace(key="", value=raw[at:].rstrip(), at=at)


def apart(line: str) -> Line:
    """Take a raw line apart."""
    match = _LINE.match(line)
    assert match, "the pattern matches any line"  # noqa: S101  # said for the type checker; it decides nothing
    return Line(len(match["indent"]), match["dashes"], match["key"] or "", match["value"].rstrip(), match.start("value"))


def width(line: str) -> int:
    """How many spaces and tabs a line begins with."""
    return len(line) - len(line.lstrip(" \t"))


def opens_block(value: str) -> bool:
    """Whether a value is `>-`, `|` or the like, alone on its line."""
    return bool(_BLOCK_HEADER.fullmatch(value))


def closing_quote(text: str, at: int) -> int:
    """The offset behind the quotation mark that closes the one at `at`, as YAML reads it, or -1."""
    pattern = r'"(?:[^"\\]|\\.)*"' if text[at] == '"' else r"'(?:[^']|'')*'"
    match = re.compile(pattern, re.DOTALL).match(text, at)
    return match.end() if match else -1


def owner(lines: Sequence[str], index: int) -> int | None:
    """The line whose words go on in this one."""
    own = width(lines[index])
    for above in range(index - 1, max(index - 40, -1), -1):
        if lines[above].strip() and width(lines[above]) < own:
            first = above if apart(lines[above]).value else _first_below(lines, above)
            line = apart(lines[first])
            goes_on = first < index and line.value and not opens_block(line.value) and line.column < own
            return first if goes_on and not _starts_anew(lines[index]) else None
    return None


def _first_below(lines: Sequence[str], above: int) -> int:
    """Words may begin on the line below their key."""
    return next((i for i in range(above + 1, len(lines)) if lines[i].strip()), above)


def behind(lines: Sequence[str], start: int) -> int:
    """The index behind the last line that goes on with the words of `lines[start]`."""
    column = apart(lines[start]).column
    end = start + 1
    while end < min(len(lines), start + 200) and _goes_on(lines[end], column):
        end += 1
    return end


def _goes_on(line: str, column: int) -> bool:
    return bool(line.strip()) and width(line) > column and not _starts_anew(line)


def _starts_anew(line: str) -> bool:
    """Whether a line looks like one of its own (`id: …`, `- …`, a comment) rather than like the words of the line above."""
    parts = apart(line)
    return bool(parts.dashes) or bool(_WORD.fullmatch(parts.key)) or parts.value.startswith("#")


def opener(lines: Sequence[str], index: int) -> int | None:
    """The line `key:` above, for words that begin on a line of their own."""
    for above in range(index - 1, max(index - 5, -1), -1):
        if lines[above].strip():
            line = apart(lines[above])
            return above if line.key and not line.value and line.column < width(lines[index]) else None
    return None


# ------------------------------------------------------------ putting together


def block(indent: int, prefix: str, words: str) -> str:
    """One corrected line for words: behind `prefix` where they can stand as they are, else under `>-`.

    `prefix` is what stands in front ("- palpress:", "rank:", "-"; "" for a whole document), `indent` counts the spaces before
    it. Reading the result gives back the words, whatever they are: with white space folded, without control characters.
    """
    plain = " ".join(UNREADABLE.sub("", words).split())
    start = f"{' ' * indent}{prefix} " if prefix else " " * indent
    if not plain:
        return f'{start}""'
    if prefix and _PLAIN_START.match(plain) and not CUT.search(plain):
        return start + plain
    return f"{start}>-\n{' ' * (inside(indent, prefix))}{plain}"


def flowing(words: str) -> str:
    """Words as a value inside of `{ }`: as they are where nothing in them cuts there, else in quotation marks."""
    plain = " ".join(UNREADABLE.sub("", words).split())
    return plain if plain_anywhere(plain) else json.dumps(plain, ensure_ascii=False)


def plain_anywhere(words: str) -> bool:
    """Whether words can stand wherever YAML takes a value or a key, as they are."""
    return bool(_PLAIN_START.match(words)) and words == " ".join(words.split()) and not _CUTTING.search(words)


def inside(indent: int, prefix: str) -> int:
    """Where the lines under `prefix` begin: two spaces behind its key, wherever its dashes put that."""
    dashes = re.match(r"(?:- +)*", prefix)
    return indent + 2 + (dashes.end() if dashes else 0)
