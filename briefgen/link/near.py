"""Where an article comes nearest to words that do not stand in it: for messages and `briefgen quote`, never for matching.

The measure is the partial ratio of the Indel distance (rapidfuzz), widened to word edges.
"""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz import fuzz

from briefgen.link.quotations import Sheet, cut
from briefgen.text import is_word_char


class Near(NamedTuple):
    """A stretch of a unit (the source's own offsets) and how alike it is to the words, 0 to 100."""

    article: str
    unit: int
    start: int
    end: int
    likeness: float
    text: str


def nearest(sheet: Sheet, words: str, at_least: float = 45.0) -> Near | None:
    """The nearest passage of an article, furniture aside; None where nothing is even remotely alike."""
    wanted = " ".join(cut(words))
    best: Near | None = None
    for n, (unit, view) in enumerate(zip(sheet.units, sheet.folds, strict=True)):
        floor = best.likeness if best else at_least
        if unit.role == "furniture" or not wanted or not view.text:
            continue
        found = fuzz.partial_ratio_alignment(wanted, view.text, score_cutoff=floor)
        if found and found.score > floor:
            start, end = _widen(view.text, found.dest_start, found.dest_end)
            real = view.source(start, end)
            best = Near(sheet.article, n, *real, found.score, unit.text[real[0] : real[1]])
    return best


def _widen(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and is_word_char(text[start - 1]) and is_word_char(text[start]):
        start -= 1
    while end < len(text) and end > 0 and is_word_char(text[end]) and is_word_char(text[end - 1]):
        end += 1
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
