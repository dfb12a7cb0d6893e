"""What of each article may be shown: computed once, here (I9), with the figures of the excerpt rules.

Drafts and unquoted text of excerpted articles are in no stretch, so no page can show them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from briefgen.model import Article, Passage, Published, Unit

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
        parts = stretches.get(n, ())
        for word in re.finditer(r"\S+", unit.text):
            words += 1
            if not any(start < word.end() and word.start() < end for start, end in parts):
                run = 0
                continue
            shown += 1
            begins = begins if run else (n, word.start())
            run += 1
            if run > longest:
                longest, longest_at = run, begins
    return words, shown, longest, longest_at
