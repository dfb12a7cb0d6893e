"""An article's text with its cited passages marked, names linked, and a reference behind each passage to what rests on it.

Overlapping passages are cut into segments, each of which knows its passages; a mark never crosses the markup around a run.
Each anchor stands once, where its passage begins. Only what is handed in is shown: of an excerpted article the caller
hands in the published stretches and nothing else (I9).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup, escape

from briefgen.model import Passage
from briefgen.pages.html import EMPTY, Spot, safe
from briefgen.words import Words

_CLOSE = Markup("</a>")


class Numbered(NamedTuple):
    """A passage with its number on the page of its article."""

    number: int
    passage: Passage


class Window(NamedTuple):
    """A stretch of a paragraph that is shown; nothing in it is linked where `linkable` is false."""

    start: int
    end: int
    linkable: bool = True


@dataclass(slots=True)
class _Pen:
    """What was written so far of one paragraph: passages begun, and those ended whose reference is still due."""

    say: Words
    begun: set[int] = field(default_factory=set)
    due: list[int] = field(default_factory=list)
    referred: set[int] = field(default_factory=set)


def mark_up(
    say: Words, text: str, passages: Sequence[Numbered], spots: Sequence[Spot], windows: Iterable[Window]
) -> tuple[Markup, ...]:
    """The windows of one paragraph as safe HTML, one piece each. `passages` in the order of the text."""
    pen = _Pen(say)
    return tuple(EMPTY.join(_window(text, passages, spots, window, pen)) for window in windows)


def _window(text: str, passages: Sequence[Numbered], spots: Sequence[Spot], window: Window, pen: _Pen) -> Iterator[Markup]:
    open_link = ""
    for start, end in pairwise(_cuts(passages, spots, window)):
        href = next((s.href for s in spots if s.start <= start and end <= s.end), "") if window.linkable else ""
        if open_link and href != open_link:
            yield _CLOSE
        if not href or href != open_link:
            yield _references(pen, window.linkable)
        if href and href != open_link:
            yield safe(f'<a class="name" href="{escape(href)}">')
        open_link = href
        yield _segment(text[start:end], start, end, passages, pen)
    yield _CLOSE if open_link else EMPTY
    yield _references(pen, window.linkable)


def _cuts(passages: Sequence[Numbered], spots: Sequence[Spot], window: Window) -> list[int]:
    """Every place in a window where something begins or ends, its own ends included."""
    edges = {window.start, window.end}
    edges |= {edge for n in passages for part in n.passage.parts for edge in part}
    edges |= {edge for s in spots for edge in (s.start, s.end)}
    return sorted(edge for edge in edges if window.start <= edge <= window.end)


def _segment(words: str, start: int, end: int, passages: Sequence[Numbered], pen: _Pen) -> Markup:
    """Text between two cuts: in a mark where passages cover it, with the anchors of those that begin."""
    covering = [n for n in passages if any(a <= start and end <= b for a, b in n.passage.parts)]
    anchors = [n.passage.anchor for n in passages if n.passage.start < end and n.number not in pen.begun]
    pen.begun |= {n.number for n in passages if n.passage.start < end}
    ended = [n.number for n in passages if n.passage.end <= end and n.number not in pen.referred]
    pen.due += ended
    pen.referred |= set(ended)
    if not covering:
        return safe("".join(map(_anchor, anchors)) + escape(words))
    own = f' id="{escape(anchors[0])}"' if anchors else ""
    css = "cited deep" if len(covering) > 1 else "cited"
    numbers = " ".join(str(n.number) for n in covering)
    others = "".join(map(_anchor, anchors[1:]))
    return safe(f'{others}<mark class="{css}"{own} data-passages="{numbers}">{escape(words)}</mark>')


def _anchor(name: str) -> Markup:
    return safe(f'<span class="anchor" id="{escape(name)}"></span>')


def _references(pen: _Pen, linkable: bool) -> Markup:
    """The references that are due, as links to the facts beside the paragraph; where nothing may be linked, as numbers."""
    out = safe("".join(_linked(pen.say, n) if linkable else _bare(n) for n in pen.due))
    pen.due.clear()
    return out


def _linked(say: Words, number: int) -> str:
    label = escape(say("mark-rests", number=number))
    return f'<a class="rests" href="#facts-{number}" aria-label="{label}">{number}</a>'


def _bare(number: int) -> str:
    return f'<span class="rests">{number}</span>'
