"""Text as rule 1 sees it: the folded view, word edges, sentences, counts.

Nothing here knows of articles or facts; all offsets are code points of the string handed in.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

# One character each, so that the common case keeps all offsets.
_FOLD = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛´`ʼʹ′＇", "'"),
        **dict.fromkeys("“”„‟«»″＂", '"'),
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    }
)
_SPACES = re.compile(r"\s+")
_LONG_SPACE = re.compile(r"\s{2,}|[^\S ]")


class Folded(NamedTuple):
    """A folded string; `origin[i]` is the offset in the source of its i-th character (plus one for the end).

    `origin` is empty where every offset is its own.
    """

    text: str
    origin: tuple[int, ...]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The source offsets of the folded stretch `start:end`."""
        if not self.origin:
            return start, end
        return self.origin[start], self.origin[end]

    def folded(self, offset: int) -> int:
        """The folded offset at or after a source offset."""
        if not self.origin:
            return offset
        return bisect_left(self.origin, offset)


def fold(text: str) -> Folded:
    """Quote marks, dashes and white space made one, NFC (Unicode UAX #15), with the way back to the source's own characters."""
    return Folded(text, ()) if _is_folded(text) else _fold(text)


def _is_folded(text: str) -> bool:
    # Nine texts of ten in English: seen in a moment, and the folded text is no copy.
    return text.isascii() and text.isprintable() and "`" not in text and "  " not in text


@lru_cache(maxsize=4096)
def _fold(text: str) -> Folded:
    if unicodedata.is_normalized("NFC", text):
        same = text.translate(_FOLD)
        if not _LONG_SPACE.search(same):
            return Folded(same, ())
        return _collapse(same, tuple(range(len(same) + 1)))
    pieces: list[str] = []
    origin: list[int] = []
    for start, cluster in _clusters(text):
        composed = unicodedata.normalize("NFC", cluster).translate(_FOLD)
        pieces.append(composed)
        origin.extend([start] * len(composed))
    origin.append(len(text))
    return _collapse("".join(pieces), tuple(origin))


def folded(text: str) -> str:
    """The folded view of a text, without the way back and without white space at its ends."""
    return text.strip(" ") if _is_folded(text) else _fold(text).text.strip()


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Runs that NFC may compose: a starter and the marks after it (and following jamo)."""
    start = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or not _joins(text[i]):
            yield start, text[start:i]
            start = i


def _joins(char: str) -> bool:
    return "ᅠ" <= char <= "ᇿ" or unicodedata.category(char) in ("Mn", "Mc")


def _collapse(text: str, origin: tuple[int, ...]) -> Folded:
    out: list[str] = []
    kept: list[int] = []
    last = 0
    for space in _SPACES.finditer(text):
        out.append(text[last : space.start()])
        kept.extend(origin[last : space.start()])
        out.append(" ")
        kept.append(origin[space.start()])
        last = space.end()
    out.append(text[last:])
    kept.extend(origin[last:])
    return Folded("".join(out), tuple(kept))


def is_word_char(char: str) -> bool:
    """A letter, a digit or a mark: what a word is made of (Unicode categories L, N, M)."""
    return char.isalnum() or unicodedata.category(char)[0] in "LNM"


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` begins and ends at word edges, as far as its own ends are word characters."""
    if start > 0 and is_word_char(text[start]) and is_word_char(text[start - 1]):
        return False
    return not (end < len(text) and is_word_char(text[end - 1]) and is_word_char(text[end]))


def find_whole(text: str, words: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Every offset in `text` where `words` stand as whole words."""
    at = text.find(words, start, end) if words else -1
    while at >= 0:
        if is_whole(text, at, at + len(words)):
            yield at
        at = text.find(words, at + 1, end)


_CLOSERS = "\"'”’»)]}›"
_OPENERS = "\"'“‘«„‚([{‹"
_STOP = re.compile(r"[.!?؟。]+[" + re.escape(_CLOSERS) + r"]*(?=\s+(\S))")
_ABBREVIATION = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.)+$")


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The sentences of one unit as `(start, end)`, end behind the closing marks.

    A sentence ends at . ! ? plus closing quotes or brackets, before white space and a capital, digit or
    opening quote, never after single letters with points (MODEL.md, "Units").
    """
    found: list[tuple[int, int]] = []
    start = 0
    for stop in _STOP.finditer(text):
        if not _begins_sentence(stop.group(1)) or _is_abbreviation(text, start, _dot_end(stop)):
            continue
        found.append((start, stop.end()))
        start = stop.end() + len(_SPACES.match(text, stop.end()).group())  # type: ignore[union-attr]  # the look-ahead saw it
    if start < len(text):
        found.append((start, len(text)))
    return tuple(found)


def _dot_end(stop: re.Match[str]) -> int:
    return stop.end() - (len(stop.group(0)) - len(stop.group(0).rstrip(_CLOSERS)))


def _is_abbreviation(text: str, start: int, end: int) -> bool:
    """Whether single letters with points stand at the end; behind two letters or figures none do, which is the rule."""
    if end - 3 >= start and text[end - 3].isalnum():
        return False
    return _ABBREVIATION.search(text, start, end) is not None


def _begins_sentence(char: str) -> bool:
    # A capital by itself is a title. Letters without case (Arabic, Hebrew, CJK) may begin a sentence as they are.
    return char.istitle() or char.isdigit() or char in _OPENERS or unicodedata.category(char) == "Lo"


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch from the beginning of the sentence that holds `start` to the end of the one that holds `end`."""
    all_of_them = sentences(text)
    first = bisect_right(all_of_them, start, key=itemgetter(1))
    behind = bisect_left(all_of_them, max(end, start + 1), key=itemgetter(0))
    return (all_of_them[first][0], all_of_them[behind - 1][1]) if first < behind else (start, end)


def sentence_around(text: str, at: int) -> tuple[int, int]:
    """The sentence that an offset stands in; the whole text where it stands in none."""
    all_of_them = sentences(text)
    n = bisect_right(all_of_them, at, key=itemgetter(0)) - 1
    return all_of_them[n] if n >= 0 and at < all_of_them[n][1] else (0, len(text))


def word_count(text: str) -> int:
    """Words by white space."""
    return len(text.split())


def without_the(name: str) -> str:
    """A name without a leading "the", which is no part of it."""
    return name[4:].lstrip() if name[:4].lower() == "the " else name
