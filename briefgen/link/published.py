"""What of each article may be shown: computed once, here (I9), with the figures of the excerpt rules.

Drafts and unquoted text of excerpted articles are in no stretch, so no page can show them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from briefgen.model import Article, Passage, Published, Unit

_WORD = re.compile(r"\S+")

Stretches = dict[int, tuple[tuple[int, int], ...]]


def published(article: Article, passages: Iterable[Passage]) -> Published:
    """What is shown of one article, given the passages that published claims quote from it."""
    units = article.prose.units
    if article.show == "full":
        whole = {n: ((0, len(u.text)),) for n, u in enumerate(units)}
        return Published(whole, *_figures(units, whole))
    return quoted(article, passages)


def quoted(article: Article, passages: Iterable[Passage]) -> Published:
    """The stretches of an article that passages quote, with their figures, whatever its rights."""
    stretches = _merged(passages)
    return Published(stretches, *_figures(article.prose.units, stretches))


def _merged(passages: Iterable[Passage]) -> Stretches:
    held: dict[int, list[tuple[int, int]]] = {}
    for passage in passages:
        held.setdefault(passage.unit, []).extend(passage.parts)
    return {unit: merge(parts) for unit, parts in sorted(held.items())}


def merge(parts: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Stretches in order, those that touch or overlap made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(parts):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _figures(
    units: tuple[Unit, ...], stretches: Mapping[int, tuple[tuple[int, int], ...]]
) -> tuple[int, int, int, tuple[int, int]]:
    """Words of the body, those shown, the longest unbroken run in words (over paragraph ends too), and where it begins."""
    words = shown = run = longest = 0
    longest_at = begins = (0, 0)
    for n, unit in enumerate(units):
        if unit.role != "body":
            continue
        for start, count, is_shown in _runs(unit.text, stretches.get(n, ())):
            words += count
            if not is_shown:
                run = 0
                continue
            shown += count
            begins = begins if run else (n, start)
            run += count
            if run > longest:
                longest, longest_at = run, begins
    return words, shown, longest, longest_at


def _runs(text: str, parts: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int, bool]]:
    """The words of a paragraph, run by run: where it begins, how many words, whether they are shown; `parts` as of `merge`.

    Most paragraphs are shown as a whole or not at all: their words are only counted.
    """
    if not parts or parts == ((0, len(text)),):
        if count := len(text.split()):
            yield len(text) - len(text.lstrip()), count, bool(parts)
        return
    at = 0
    for word in _WORD.finditer(text):
        start, end = word.span()
        while at < len(parts) and parts[at][1] <= start:
            at += 1
        yield start, 1, at < len(parts) and parts[at][0] < end
