"""Where an article comes nearest to words that do not stand in it: for messages and `briefgen quote`, never for matching.

The measure is the partial ratio of the Indel distance (rapidfuzz), widened to word edges.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
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


_LONGEST = 2_000  # characters of words that are compared; nobody cites more, and the cost is that of words times text


def nearest(sheet: Sheet, words: str, at_least: float = 45.0, everywhere: bool = True) -> Near | None:
    """The nearest passage of an article, furniture aside; None where nothing is even remotely alike.

    Of a long article only the places with the rarest of the words are looked at; where it has none of the words, all of it,
    unless not `everywhere`.
    """
    wanted = " ".join(cut(words))[:_LONGEST]
    if not wanted.strip():
        return None
    likely = sheet.text.around(wanted)
    found = _best(sheet, wanted, at_least, likely) if likely is not None else None
    if found is None and (likely is None or everywhere):
        found = _best(sheet, wanted, at_least, ((n, 0, len(view.text)) for n, view in enumerate(sheet.folds)))
    return found


def _best(sheet: Sheet, wanted: str, at_least: float, stretches: Iterable[tuple[int, int, int]]) -> Near | None:
    best: Near | None = None
    for n, begin, stop in stretches:
        unit, view, floor = sheet.units[n], sheet.folds[n], best.likeness if best else at_least
        if unit.role == "furniture" or begin == stop:
            continue
        text = view.text[begin:stop]
        found = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=floor)
        if found and found.score > floor:
            start, end = _best_window(text, wanted, found.dest_start, found.dest_end)
            real = view.source(begin + start, begin + end)
            likeness = fuzz.ratio(wanted, text[start:end])
            if likeness > floor:
                best = Near(sheet.article, n, *real, likeness, unit.text[real[0] : real[1]])
    return best


def _best_window(text: str, wanted: str, start: int, end: int) -> tuple[int, int]:
    """The run of whole words around the alignment that is most like the words wanted, about as many as they are."""
    tokens = [m.span() for m in re.finditer(r"\S+", text)]
    first = max((n for n, t in enumerate(tokens) if t[0] <= start), default=0)
    last = max((n for n, t in enumerate(tokens) if t[0] < end), default=first)
    starts, ends = range(max(0, first - 1), first + 2), range(last - 1, last + 3)
    windows = [(tokens[a][0], tokens[b][1]) for a in starts for b in ends if a <= b < len(tokens)]
    trimmed = [_trim(text, wanted, *w) for w in windows] or [(start, end)]
    return max(trimmed, key=lambda w: (fuzz.ratio(text[w[0] : w[1]], wanted), w[0] - w[1]))


def _trim(text: str, wanted: str, start: int, end: int) -> tuple[int, int]:
    """Without punctuation at an end where the words wanted have none."""
    while end > start and not is_word_char(text[end - 1]) and is_word_char(wanted[-1]):
        end -= 1
    while start < end and not is_word_char(text[start]) and is_word_char(wanted[0]):
        start += 1
    return start, end
