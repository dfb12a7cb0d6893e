"""An article's text with its cited passages marked, names linked, and a reference behind each passage to what rests on it.

Overlapping passages are cut into segments, each of which knows its passages; a mark never crosses the markup around a run.
Each anchor stands once, where its passage begins. Only what is handed in is shown: of an excerpted article the caller
hands in the published stretches and nothing else (I9).
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

from briefgen.model import Passage
from briefgen.pages.html import Spot, plain, safe
from briefgen.pages.views import Number
from briefgen.words import Words


class Numbered(NamedTuple):
    """A passage with its number on the page of its article."""

    number: Number
    passage: Passage


class Window(NamedTuple):
    """A stretch of a paragraph that is shown; nothing in it is linked where `linkable` is false."""

    start: int
    end: int
    linkable: bool = True


class _Plan(NamedTuple):
    """One paragraph laid out: every place where something begins or ends, and the passages over each stretch from place to place.

    `ending` are the passages as they end, each with its place in the order of the text. With it the time grows with the number
    of passages and names, not with its square.
    """

    passages: Sequence[Numbered]
    spots: Sequence[Spot]
    begins: Sequence[int]
    edges: Sequence[int]
    covering: Sequence[tuple[Number, ...]]
    ending: Sequence[tuple[int, int]]


@dataclasses.dataclass(slots=True)
class _Pen:
    """How far one paragraph is written: how many passages have begun and ended, and those whose reference is still due."""

    say: Words
    begun: int = 0
    ended: int = 0
    due: list[Number] = field(default_factory=list)


def mark_up(
    say: Words, text: str, passages: Sequence[Numbered], spots: Sequence[Spot], windows: Iterable[Window]
) -> tuple[Markup, ...]:
    """The windows of one paragraph as safe HTML, one piece each, all in the order of the text."""
    if not passages and not spots:
        return tuple([safe(plain(text[start:end])) for start, end, _ in windows])
    pen, plan = _Pen(say), _plan(passages, spots)
    return tuple([safe("".join(_window(text, plan, window, pen))) for window in windows])


def _plan(passages: Sequence[Numbered], spots: Sequence[Spot]) -> _Plan:
    begins: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for n, (_, passage) in enumerate(passages):
        for start, end in passage.parts:
            begins.setdefault(start, []).append(n)
            ends.setdefault(end, []).append(n)
    edges = sorted({*begins, *ends, *(edge for s in spots for edge in (s.start, s.end))})
    covering: list[tuple[Number, ...]] = []
    over: set[int] = set()
    for edge in edges:
        over = (over.difference(ends.get(edge, ()))).union(begins.get(edge, ())) if edge in ends or edge in begins else over
        covering.append(tuple([passages[n].number for n in sorted(over)]))
    ending = sorted([(n.passage.end, at) for at, n in enumerate(passages)])
    return _Plan(passages, spots, [s.start for s in spots], edges, covering, ending)


def _window(text: str, plan: _Plan, window: Window, pen: _Pen) -> Iterator[str]:
    open_link = ""
    for start, end in pairwise(_cuts(plan.edges, window)):
        href = _href(plan, start, end) if window.linkable else ""
        if open_link and href != open_link:
            yield "</a>"
        if pen.due and (not href or href != open_link):
            yield _references(pen, window.linkable)
        if href and href != open_link:
            yield f'<a class="name" href="{plain(href)}">'
        open_link = href
        yield _segment(text[start:end], start, end, plan, pen) if plan.passages else plain(text[start:end])
    if open_link:
        yield "</a>"
    if pen.due:
        yield _references(pen, window.linkable)


def _href(plan: _Plan, start: int, end: int) -> str:
    at = bisect_right(plan.begins, start) - 1
    return plan.spots[at].href if at >= 0 and end <= plan.spots[at].end else ""


def _cuts(edges: Sequence[int], window: Window) -> list[int]:
    """Every place in a window where something begins or ends, its own ends included."""
    if window.start == window.end:
        return []
    return [window.start, *edges[bisect_right(edges, window.start) : bisect_left(edges, window.end)], window.end]


def _segment(words: str, start: int, end: int, plan: _Plan, pen: _Pen) -> str:
    """Text between two cuts: in a mark where passages cover it, with the anchors of those that begin."""
    at = bisect_right(plan.edges, start) - 1
    covering = plan.covering[at] if at >= 0 else ()
    anchors = _beginning(plan, end, pen)
    pen.due += _ended(plan, end, pen)
    if not covering:
        return "".join(map(_anchor, anchors)) + plain(words)
    own = f' id="{plain(anchors[0])}"' if anchors else ""
    css = "cited deep" if len(covering) > 1 else "cited"
    others = "".join(map(_anchor, anchors[1:]))
    return f'{others}<mark class="{css}"{own} data-passages="{" ".join(map(str, covering))}">{plain(words)}</mark>'


def _beginning(plan: _Plan, end: int, pen: _Pen) -> list[str]:
    """The anchors of the passages that begin before `end` and have not stood yet."""
    first = pen.begun
    while pen.begun < len(plan.passages) and plan.passages[pen.begun].passage.start < end:
        pen.begun += 1
    return [n.passage.anchor for n in plan.passages[first : pen.begun]]


def _ended(plan: _Plan, end: int, pen: _Pen) -> list[Number]:
    """The numbers of the passages that have ended at `end` and had not before."""
    first = pen.ended
    while pen.ended < len(plan.ending) and plan.ending[pen.ended][0] <= end:
        pen.ended += 1
    return [plan.passages[at].number for at in sorted([at for _, at in plan.ending[first : pen.ended]])]


def _anchor(name: str) -> str:
    return f'<span class="anchor" id="{plain(name)}"></span>'


def _references(pen: _Pen, linkable: bool) -> str:
    """The references that are due, as links to the facts beside the paragraph; where nothing may be linked, as numbers."""
    out = "".join(_linked(pen.say, n) if linkable else _bare(n) for n in pen.due)
    pen.due.clear()
    return out


@lru_cache(maxsize=1024)
def _linked(say: Words, number: Number) -> str:
    label = plain(say("mark-rests", number=number))
    return f'<a class="rests" href="#facts-{number}" aria-label="{label}">{number}</a>'


def _bare(number: Number) -> str:
    return f'<span class="rests">{number}</span>'
