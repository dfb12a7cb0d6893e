"""An article's text with its cited passages marked, names linked, and a reference behind each passage to what rests on it.

Overlapping passages are cut into segments, each of which knows its passages; a mark never crosses the markup around a run.
Each anchor stands once, where its passage begins. Only what is handed in is shown: of an excerpted article the caller
hands in the published stretches and nothing else (I9).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

from briefgen.model import Passage
from briefgen.pages.html import Spot, plain, safe
from briefgen.words import Words


class Numbered(NamedTuple):
    """A passage with its number on the page of its article."""

    number: int
    passage: Passage


class Window(NamedTuple):
    """A stretch of a paragraph that is shown; nothing in it is linked where `linkable` is false."""

    start: int
    end: int
    linkable: bool = True


class _Held(NamedTuple):
    """A passage as it is asked for at every cut."""

    number: int
    anchor: str
    start: int
    end: int
    parts: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class _Pen:
    """What was written so far of one paragraph: passages not yet begun, those not yet ended, those whose reference is due."""

    say: Words
    passages: list[_Held]
    unbegun: list[_Held]
    unended: list[_Held]
    due: list[int] = field(default_factory=list)


def mark_up(
    say: Words, text: str, passages: Sequence[Numbered], spots: Sequence[Spot], windows: Iterable[Window]
) -> tuple[Markup, ...]:
    """The windows of one paragraph as safe HTML, one piece each. `passages` in the order of the text."""
    if not passages and not spots:
        return tuple([safe(plain(text[start:end])) for start, end, _ in windows])
    held = [_Held(number, p.anchor, p.start, p.end, p.parts) for number, p in passages]
    pen = _Pen(say, held, list(held), list(held))
    edges = {edge for p in held for part in p.parts for edge in part} | {edge for s in spots for edge in (s.start, s.end)}
    return tuple([safe("".join(_window(text, spots, window, _cuts(edges, window), pen))) for window in windows])


def _cuts(edges: set[int], window: Window) -> list[int]:
    """Every place in a window where something begins or ends, its own ends included."""
    return sorted({window.start, window.end, *(edge for edge in edges if window.start < edge < window.end)})


def _window(text: str, spots: Sequence[Spot], window: Window, cuts: list[int], pen: _Pen) -> Iterator[str]:
    open_link = ""
    for start, end in pairwise(cuts):
        href = _href(spots, start, end) if window.linkable else ""
        if open_link and href != open_link:
            yield "</a>"
        if pen.due and (not href or href != open_link):
            yield _references(pen, window.linkable)
        if href and href != open_link:
            yield f'<a class="name" href="{plain(href)}">'
        open_link = href
        yield _segment(text[start:end], start, end, pen) if pen.passages else plain(text[start:end])
    if open_link:
        yield "</a>"
    if pen.due:
        yield _references(pen, window.linkable)


def _href(spots: Sequence[Spot], start: int, end: int) -> str:
    for spot in spots:
        if spot.start <= start and end <= spot.end:
            return spot.href
    return ""


def _segment(words: str, start: int, end: int, pen: _Pen) -> str:
    """Text between two cuts: in a mark where passages cover it, with the anchors of those that begin."""
    anchors: list[str] = []
    if pen.unbegun:
        anchors = [p.anchor for p in pen.unbegun if p.start < end]
        pen.unbegun = [p for p in pen.unbegun if p.start >= end]
    if pen.unended:
        pen.due += [p.number for p in pen.unended if p.end <= end]
        pen.unended = [p for p in pen.unended if p.end > end]
    covering = [p.number for p in pen.passages if p.start < end and start < p.end and _covers(p.parts, start, end)]
    if not covering:
        return "".join(map(_anchor, anchors)) + plain(words)
    own = f' id="{plain(anchors[0])}"' if anchors else ""
    css = "cited deep" if len(covering) > 1 else "cited"
    others = "".join(map(_anchor, anchors[1:]))
    return f'{others}<mark class="{css}"{own} data-passages="{" ".join(map(str, covering))}">{plain(words)}</mark>'


def _covers(parts: tuple[tuple[int, int], ...], start: int, end: int) -> bool:
    return any(a <= start and end <= b for a, b in parts)


def _anchor(name: str) -> str:
    return f'<span class="anchor" id="{plain(name)}"></span>'


def _references(pen: _Pen, linkable: bool) -> str:
    """The references that are due, as links to the facts beside the paragraph; where nothing may be linked, as numbers."""
    out = "".join(_linked(pen.say, n) if linkable else _bare(n) for n in pen.due)
    pen.due.clear()
    return out


@lru_cache(maxsize=1024)
def _linked(say: Words, number: int) -> str:
    label = plain(say("mark-rests", number=number))
    return f'<a class="rests" href="#facts-{number}" aria-label="{label}">{number}</a>'


def _bare(number: int) -> str:
    return f'<span class="rests">{number}</span>'
