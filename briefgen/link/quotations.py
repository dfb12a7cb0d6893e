"""Finding cited words in an article, exactly, on the folded view (rules 1 and 3).

Nothing fuzzy is ever accepted here; what is near is only looked for when a message needs it (checks/words.py).
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from operator import itemgetter
from typing import NamedTuple

from briefgen.finding import APART, Haystack
from briefgen.model import Article, Passage, Unit
from briefgen.text import Folded, fold, folded, sentence_around, sentence_at, word_count

_SKIP = re.compile(r"\s*(?:\.{3,}|…)\s*")
_ROLES = ("body", "headline", "furniture")
_SKIPS = 50  # of one citation


class Memory:
    """What was found in an article so far. Two of them are never told apart: they say nothing that the text does not."""

    __slots__ = ("counting", "lowered", "places")

    def __init__(self) -> None:
        self.places: dict[str, tuple[Place, ...]] = {}
        self.counting: dict[str, tuple[Place, ...]] = {}
        self.lowered: Haystack | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Memory)

    def __hash__(self) -> int:
        return 0

    def __reduce__(self) -> tuple[type[Memory], tuple[()]]:
        return Memory, ()  # a state kept on the disk leaves it out


class Sheet(NamedTuple):
    """An article's units beside their folded views, ready to be searched."""

    article: str
    units: tuple[Unit, ...]
    folds: tuple[Folded, ...]
    text: Haystack
    memory: Memory


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
    folds = tuple(fold(u.text) for u in units)
    return Sheet(article.id, units, folds, Haystack([view.text for view in folds]), Memory())


def cut(words: str) -> tuple[str, ...]:
    """Cited words without their skips: the folded parts around `...`."""
    return tuple(_SKIP.split(folded(words)))


def skip_fault(words: str) -> str:
    """A plain sentence where `...` stands with fewer than two words on a side, or too often, else ""."""
    parts = cut(words)
    if len(parts) > 1 and any(word_count(p) < 2 for p in parts):
        return "On each side of `...` stand at least two words of the article."
    if len(parts) > _SKIPS + 1:
        return f"`...` stands {len(parts) - 1} times in these words, and at most {_SKIPS} times it may. Cite them as several."
    return ""


def places(sheet: Sheet, words: str) -> tuple[Place, ...]:
    """Every place where the words stand, in the order of the text, headline and furniture included."""
    held = sheet.memory.places.get(words)
    if held is None:
        held = sheet.memory.places[words] = tuple(_places(sheet, cut(words)))
    return held


def places_in(sheet: Sheet, words: str, unit: int) -> tuple[Place, ...]:
    """Those of one paragraph."""
    held = places(sheet, words)
    return held[bisect_left(held, unit, key=_UNIT) : bisect_right(held, unit, key=_UNIT)]


_UNIT = itemgetter(0)


def _places(sheet: Sheet, parts: tuple[str, ...]) -> Iterator[Place]:
    for unit, start in sheet.text.find(parts[0]) if len(parts) <= _SKIPS + 1 else ():
        stretches = _follow(sheet, unit, start, parts)
        if stretches:
            yield Place(unit, stretches)


def _follow(sheet: Sheet, unit: int, start: int, parts: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """The first part at `start`, each further part at its nearest place behind, all within one sentence.

    Where the first part reaches over the end of its sentence, nothing is left behind it to look in.
    """
    stretches = [(start, start + len(parts[0]))]
    if len(parts) > 1:
        limit = sentence_around(sheet.folds[unit].text, start)[1]
        for part in parts[1:]:
            at = sheet.text.next(part, unit, stretches[-1][1], limit)
            if at < 0:
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


def cited_places(sheet: Sheet, words: str) -> tuple[Place, ...]:
    """The places of words that count."""
    held = sheet.memory.counting.get(words)
    if held is None:
        held = sheet.memory.counting[words] = citable(sheet, places(sheet, words))
    return held


def passage(sheet: Sheet, place: Place, times: int) -> Passage:
    """A place as the source's own stretches, with its sentence and its anchor."""
    view = sheet.folds[place.unit]
    parts = tuple(view.source(start, end) for start, end in place.parts)
    text = sheet.units[place.unit].text
    sentence = sentence_at(text, parts[0][0], parts[-1][1])
    return Passage(sheet.article, place.unit, parts, sentence, times, _anchor(sheet, place), _recurs(sheet, text[slice(*parts[0])]))


def _recurs(sheet: Sheet, words: str) -> bool:
    """Whether a browser that looks for the words as they are, as it does for a text fragment, may find others first."""
    held = sheet.memory.lowered
    if held is None:
        # As one paragraph: of several, the text in one piece would be kept beside them.
        held = sheet.memory.lowered = Haystack([APART.join([unit.text.casefold() for unit in sheet.units])])
    return held.twice(words.casefold())


def _anchor(sheet: Sheet, place: Place) -> str:
    """Made from the words and how often they stood before, so that it outlives edits elsewhere in the article."""
    texts = [sheet.folds[place.unit].text[start:end] for start, end in place.parts]
    words = " ... ".join(texts)
    before = bisect_left(places(sheet, words), (place.unit, place.start), key=lambda p: (p.unit, p.start))
    return "q-" + hashlib.sha256(f"{words}\0{before}".encode()).hexdigest()[:8]
