"""Finding cited words in an article, exactly, on the folded view (rules 1 and 3).

Nothing fuzzy is ever accepted here; what is near is only looked for when a message needs it (checks/words.py).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from briefgen.model import Article, Passage, Unit
from briefgen.text import Folded, find_whole, fold, folded, sentence_at, sentences, word_count

_SKIP = re.compile(r"\s*(?:\.{3,}|…)\s*")
_ROLES = ("body", "headline", "furniture")


class Sheet(NamedTuple):
    """An article's units beside their folded views."""

    article: str
    units: tuple[Unit, ...]
    folds: tuple[Folded, ...]


class Place(NamedTuple):
    """One place where words stand: unit and the stretches of its parts, in folded offsets."""

    unit: int
    parts: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        """Where the first part begins."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """Where the last part ends."""
        return self.parts[-1][1]


def sheet(article: Article) -> Sheet:
    """Fold an article once for all its quotations."""
    units = article.prose.units
    return Sheet(article.id, units, tuple(fold(u.text) for u in units))


def cut(words: str) -> tuple[str, ...]:
    """Cited words without their skips: the folded parts around `...`."""
    return tuple(_SKIP.split(folded(words)))


def skip_fault(words: str) -> str:
    """A plain sentence where `...` stands with fewer than two words on a side, else ""."""
    parts = cut(words)
    if len(parts) > 1 and any(word_count(p) < 2 for p in parts):
        return "On each side of `...` stand at least two words of the article."
    return ""


def places(sheet: Sheet, words: str) -> tuple[Place, ...]:
    """Every place where the words stand, in the order of the text, headline and furniture included."""
    parts = cut(words)
    first = parts[0]  # in most paragraphs not a single time
    return tuple(place for n, view in enumerate(sheet.folds) if first in view.text for place in _in_unit(n, view.text, parts))


def _in_unit(unit: int, text: str, parts: tuple[str, ...]) -> Iterator[Place]:
    for start in find_whole(text, parts[0]):
        stretches = _follow(text, start, parts)
        if stretches:
            yield Place(unit, stretches)


def _follow(text: str, start: int, parts: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """The first part at `start`, each further part at its nearest place behind, all within one sentence.

    Where the first part reaches over the end of its sentence, nothing is left behind it to look in.
    """
    stretches = [(start, start + len(parts[0]))]
    if len(parts) > 1:
        limit = next((end for begin, end in sentences(text) if begin <= start < end), len(text))
        for part in parts[1:]:
            at = next(find_whole(text, part, stretches[-1][1], limit), None)
            if at is None:
                return ()
            stretches.append((at, at + len(part)))
    return tuple(stretches)


def citable(sheet: Sheet, found: tuple[Place, ...]) -> tuple[Place, ...]:
    """The places that count: those in the body; else the headline; else furniture (an error elsewhere)."""
    for role in _ROLES:
        held = tuple(p for p in found if sheet.units[p.unit].role == role)
        if held:
            return held
    return ()


def passage(sheet: Sheet, place: Place, times: int) -> Passage:
    """A place as the source's own stretches, with its sentence and its anchor."""
    view = sheet.folds[place.unit]
    parts = tuple(view.source(start, end) for start, end in place.parts)
    text = sheet.units[place.unit].text
    sentence = sentence_at(text, parts[0][0], parts[-1][1])
    return Passage(sheet.article, place.unit, parts, sentence, times, _anchor(sheet, place), _recurs(sheet, text[slice(*parts[0])]))


def _recurs(sheet: Sheet, words: str) -> bool:
    """Whether a browser that looks for the words as they are, as it does for a text fragment, may find others first."""
    sought = words.casefold()
    return sum(text.count(sought) for text in _lowered(sheet.units)) > 1


@lru_cache(maxsize=64)  # asked for passage by passage, and the passages of a record are of few articles
def _lowered(units: tuple[Unit, ...]) -> tuple[str, ...]:
    return tuple(unit.text.casefold() for unit in units)


def _anchor(sheet: Sheet, place: Place) -> str:
    """Made from the words and how often they stood before, so that it outlives edits elsewhere in the article."""
    texts = [sheet.folds[place.unit].text[start:end] for start, end in place.parts]
    words = " ... ".join(texts)
    before = sum(1 for p in places(sheet, words) if (p.unit, p.start) < (place.unit, place.start))
    return "q-" + hashlib.sha256(f"{words}\0{before}".encode()).hexdigest()[:8]
