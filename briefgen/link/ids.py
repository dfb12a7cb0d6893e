"""The ids of one kind, ready for the question which of them was meant.

Of many ids only those are compared that begin or end like the word: a slip of the pen leaves one of the two as it was. So a file
full of unknown ids takes time that grows with the file, not with its square.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from briefgen.load.values import nearest

_MANY = 1_000  # ids; up to there all are compared
_BESIDE = 200  # compared on either side of where the word would stand in the order of the alphabet


class Ids(NamedTuple):
    """Ids as given; where they are many, in the order of the alphabet too, and turned round in the order of their ends."""

    given: tuple[str, ...]
    forwards: tuple[str, ...] = ()
    backwards: tuple[str, ...] = ()


def ids_of(given: tuple[str, ...]) -> Ids:
    """Make ids ready."""
    if len(given) <= _MANY:
        return Ids(given)
    return Ids(given, tuple(sorted(given)), tuple(sorted(one[::-1] for one in given)))


def meant(word: str, ids: Ids) -> str:
    """The one of the ids that an editor probably meant, or ""."""
    if not ids.forwards:
        return nearest(word, ids.given)
    likely = (*_beside(ids.forwards, word), *(one[::-1] for one in _beside(ids.backwards, word[::-1])))
    return nearest(word, dict.fromkeys(likely))


def _beside(words: Sequence[str], word: str) -> Sequence[str]:
    at = bisect_left(words, word)
    return words[max(0, at - _BESIDE) : at + _BESIDE]
