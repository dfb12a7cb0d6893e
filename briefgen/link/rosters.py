"""Where a roster line's words stand beside the member's name (rule 5).

Between post and name only punctuation, "the", "a", "an" and the same line's other words; a list reads one way:
a sentence that ends in a member's name reads post before name, else name before post. Nothing is judged here;
checks/rosters.py reports the lines that are not seated.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence

from briefgen.link.quotations import Place, Sheet, places_in
from briefgen.model import Cite, Member
from briefgen.text import is_whole, is_word_char, sentence_around

_BETWEEN = ("the", "a", "an")


def member_cites(member: Member) -> dict[str, tuple[Cite, ...]]:
    """The citations of a roster line by article."""
    cites: dict[str, list[Cite]] = {}
    for values in member.parts.values():
        for value in values:
            for cite in value.cites:
                cites.setdefault(cite.article, []).append(cite)
    return {article: tuple(held) for article, held in cites.items()}


def seat(sheet: Sheet, cites: Iterable[Cite], names: Iterable[str], everyone: Container[str]) -> Mapping[Cite, Place] | None:
    """Each citation's place beside one of the member's names, or None where no such place is.

    `names` are the folded names of the member, `everyone` those of all persons on record.
    """
    return _seat(sheet, tuple(cites), tuple(names), lambda text, at: _post_before_name(text, at, everyone))


def stands_behind(sheet: Sheet, cites: Iterable[Cite], names: Iterable[str], everyone: Container[str]) -> bool:
    """Whether the words stand beside the name, but on the side where the list has those of the neighbour (for messages)."""
    return _seat(sheet, tuple(cites), tuple(names), lambda text, at: not _post_before_name(text, at, everyone)) is not None


def _seat(
    sheet: Sheet, cites: tuple[Cite, ...], names: tuple[str, ...], before: Callable[[str, int], bool]
) -> Mapping[Cite, Place] | None:
    spots = {(unit, at, -len(n)) for n in names for unit, at in sheet.text.find(n)}
    for unit, start, length in sorted(spots):
        here = {c: places_in(sheet, c.words, unit) for c in cites}
        text, end = sheet.folds[unit].text, start - length
        chosen = _consume_left(text, start, here) if before(text, start) else _consume_right(text, end, here)
        if chosen is not None:
            return chosen
    return None


def _post_before_name(text: str, at: int, everyone: Container[str]) -> bool:
    """Whether the sentence around `at` ends in the name of a person."""
    begin, end = sentence_around(text, at)
    return ends_in_name(text[begin:end], everyone)


def ends_in_name(sentence: str, everyone: Container[str]) -> bool:
    """Whether the last words of a sentence are one of the names."""
    words = sentence[: _without_marks(sentence, len(sentence))].split(" ")
    return any(" ".join(words[-n:]) in everyone for n in range(1, min(len(words), 8) + 1))


def _consume_left(text: str, at: int, here: Mapping[Cite, Sequence[Place]]) -> Mapping[Cite, Place] | None:
    """Take the line's words one by one as they stand before `at`."""
    chosen: dict[Cite, Place] = {}
    edge = at
    while True:
        edge = _skip_left(text, edge)
        steps = [(p.start, c, p) for c, ps in here.items() if c not in chosen for p in ps if edge in (p.end, _trimmed(text, p))]
        if not steps:
            break
        _, cite, place = min(steps)  # the longest
        chosen[cite] = place
        edge = place.start
    return _rest(chosen, here, edge, at)


def _consume_right(text: str, at: int, here: Mapping[Cite, Sequence[Place]]) -> Mapping[Cite, Place] | None:
    """Take the line's words one by one as they stand behind `at`."""
    chosen: dict[Cite, Place] = {}
    edge = at
    while True:
        edge = _skip_right(text, edge)
        steps = [(p.end, c, p) for c, ps in here.items() if c not in chosen for p in ps if at <= p.start <= edge < p.end]
        if not steps:
            break
        _, cite, place = max(steps)  # the longest
        chosen[cite] = place
        edge = place.end
    return _rest(chosen, here, at, edge)


def _without_marks(text: str, end: int) -> int:
    """The end of the last word before `end`."""
    while end > 0 and not is_word_char(text[end - 1]):
        end -= 1
    return end


def _skip_left(text: str, edge: int) -> int:
    """Leftwards from `edge` over punctuation and the words that may stand between post and name."""
    while True:
        edge = _without_marks(text, edge)
        word = next(
            (w for w in _BETWEEN if text[max(0, edge - 3) : edge].lower().endswith(w) and is_whole(text, edge - len(w), edge)), ""
        )
        if not word:
            return edge
        edge -= len(word)


def _skip_right(text: str, edge: int) -> int:
    """Rightwards from `edge`, likewise."""
    while True:
        while edge < len(text) and not is_word_char(text[edge]):
            edge += 1
        word = next(
            (w for w in _BETWEEN if text[edge : edge + 3].lower().startswith(w) and is_whole(text, edge, edge + len(w))), ""
        )
        if not word:
            return edge
        edge += len(word)


def _trimmed(text: str, place: Place) -> int:
    """The end of a place without the punctuation that its own words end in."""
    return max(place.start, _without_marks(text, place.end))


def _rest(chosen: dict[Cite, Place], here: Mapping[Cite, Sequence[Place]], start: int, end: int) -> Mapping[Cite, Place] | None:
    """Words that lie inside the stretch taken (an organisation inside its post) are seated too; all must be."""
    if not chosen:
        return None
    for cite, ps in here.items():
        inside = next((p for p in ps if start <= p.start and p.end <= end), None)
        if cite not in chosen:
            if inside is None:
                return None
            chosen[cite] = inside
    return chosen
