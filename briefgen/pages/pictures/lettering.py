"""Lettering: real text in a picture, cut where the room for it ends.

No font is asked: widths are upper estimates over the fonts of the theme (the widest, DejaVu Sans and Verdana, decide), so
that a label that fits here fits on the page. The whole text is always in the title of the mark.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

# The columns that labels are made for: a phone of 390 px less its margins; a page of paper or a wide screen.
NARROW = 340
WIDE = 620
SIZE = 12  # in the narrow column; one pixel more in a wide one
LINE = 14  # pixels from line to line
LEAST = 30  # pixels; what has less room is left out
_NARROW_LETTERS = frozenset("fijlrtI.,;:'’‘|!()[]/- ·")
_WIDE_LETTERS = frozenset("mwMW@%—…")
_FIRST_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}


class Label(NamedTuple):
    """A text in a picture.

    x          where it is held, in thousandths of the width, and `dx` pixels from there; y: its base line, in pixels
    anchor     "start", "middle" or "end" of its own direction
    direction  "ltr" or "rtl", by its first letter with a direction
    narrow     as much of the text as fits in a narrow column, where it may be empty
    wide       as much as fits in a wide one
    """

    x: int
    dx: int
    y: int
    anchor: str
    direction: str
    narrow: str
    wide: str


def label(text: str, x: int, y: int, side: str, room: tuple[int, int], size: int = SIZE, dx: int = 0) -> Label:
    """A text that runs from x to the "left", to the "right", or lies "centred" over it; `room` in pixels, narrow and wide."""
    towards = direction(text)
    begins = (side == "right") == (towards == "ltr")
    anchor = "middle" if side == "centred" else "start" if begins else "end"
    narrow = fit(text, room[0], size) if room[0] >= LEAST else ""
    return Label(x, dx, y, anchor, towards, narrow, fit(text, room[1], size + 1))


def beside(text: str, left: int, right: int, y: int, size: int = SIZE) -> tuple[Label, ...]:
    """A text over what lies from left to right, on the side with more room; as far beyond as it must to be whole."""
    rightwards = 1000 - left >= right
    x, side = (left, "right") if rightwards else (right, "left")
    room = rooms(1000 - left if rightwards else right)
    near = label(text, x, y, side, room, size)
    far = label(text, 0 if rightwards else 1000, y, side, rooms(1000), size)
    if near.narrow == near.wide == text:
        return (near,)
    narrow, wide = (near if kept == text else far for kept in (near.narrow, near.wide))
    return narrow._replace(wide=""), wide._replace(narrow="")


def lines(
    text: str, x: int, middle: int, room: tuple[int, int], size: int = SIZE, side: str = "right", dx: int = 0
) -> tuple[Label, ...]:
    """A text in one line or two, their middle at this height; else as `label`."""
    narrow, wide = _broken(text, room[0], size), _broken(text, room[1], size + 1)

    def lettered(texts: tuple[str, ...]) -> Iterator[Label]:
        for n, one in enumerate(texts):
            yield label(one, x, middle + size // 3 + (2 * n + 1 - len(texts)) * LINE // 2, side, room, size, dx)

    if narrow == wide:
        return tuple(lettered(narrow))
    return (*(one._replace(wide="") for one in lettered(narrow)), *(one._replace(narrow="") for one in lettered(wide)))


@lru_cache(maxsize=1 << 14)
def _broken(text: str, room: int, size: int) -> tuple[str, ...]:
    """A text broken after the last word that fits, else anywhere; a long rest is cut later."""
    if width(text, size) <= room:
        return (text,)
    words = text.split()
    held = next((n for n in range(len(words), 0, -1) if width(" ".join(words[:n]), size) <= room), 0)
    if held:
        return " ".join(words[:held]), " ".join(words[held:])
    end = next(n for n in range(len(text), 0, -1) if width(text[:n], size) <= room or n == 1)
    return text[:end], text[end:]


def rooms(thousandths: int, less: int = 0) -> tuple[int, int]:
    """The room that a share of the width gives to a text, narrow and wide, less some pixels."""
    return NARROW * thousandths // 1000 - less, WIDE * thousandths // 1000 - less


@lru_cache(maxsize=1 << 14)
def direction(text: str) -> str:
    """The direction of a text: that of its first letter which has one (Unicode Standard Annex 9, rule P2)."""
    return next((_FIRST_STRONG[b] for b in map(unicodedata.bidirectional, text) if b in _FIRST_STRONG), "ltr")


def width(text: str, size: int = SIZE) -> int:
    """How wide a text is at most, in pixels, at a font size in pixels."""
    return (sum(map(_hundredths, text)) * size + 99) // 100


@lru_cache(maxsize=4096)
def _hundredths(letter: str) -> int:
    """The width of one letter in hundredths of the font size."""
    if letter in _NARROW_LETTERS:
        return 38
    if letter in _WIDE_LETTERS:
        return 100
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return 105
    return 72 if letter.isupper() else 61


@lru_cache(maxsize=1 << 14)  # the same people and posts at every table
def fit(text: str, room: int, size: int = SIZE) -> str:
    """The text, or as much of it as fits in `room` pixels with an ellipsis behind; never less than one letter."""
    if width(text, size) <= room:
        return text
    end = len(text) - 1
    while end > 1 and width(text[:end].rstrip() + "…", size) > room:
        end -= 1
    while end > 1 and unicodedata.combining(text[end]):
        end -= 1
    return text[:end].rstrip() + "…"
