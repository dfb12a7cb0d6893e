"""A page bound of parts that were rendered by themselves, so that a change in one of them leaves the others as they are.

A part does not know its place in the whole, so it has slots where numbers stand that run through the whole (`slot`). Behind its
own text it has notes; which of them are printed, and what of them is said elsewhere already, is found out when all parts are there.
The shell has a place for each part and one for all the notes.

The marks of all this begin with `<`, which is escaped in every text, and go on with what no tag begins with: so nothing that
anybody writes can look like one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

PLACE = "<>"  # in the shell: here comes the next part, or at last the notes, if there are any; templates/print.html writes it
NOTE = "<|"  # in a part: here begins a note; templates/base.html writes it
ONCE = "<+"  # in a note: here begins or ends what is said only where an article is cited for the first time; as above
APART = "#"  # what follows in an address is no file, but a part of one
# Whoever has templates of their own reads this.
_NO_NOTES = (
    "A page inside of it cites {} passages and prints {} notes. Every page's template must extend base.html, and an own base.html"
    " must have the part about `site.inside` as it is in the packaged one."
)
_NO_PLACES = f"It has {{}} places marked “{PLACE}” for the {{}} parts of the document. Keep both “{PLACE}” of the packaged one."
_SLOT = re.compile(r"<(\d+)<")


class Bundle(NamedTuple):
    """What a part has to know of the whole: the number for each of its slots, and which of its notes are in full.

    `numbers` has a space between two; `first` a letter for each number that stood in no part before, "y" where the note is in full
    and "n" where it is not. Two strings: a state with ten thousand numbers takes 2 ms longer to read.
    """

    numbers: str
    first: str


class Bound(NamedTuple):
    """All of a page that is bound: the shell and the parts in their order (all of them `pages.site.Page`), a bundle for each."""

    shell: object
    parts: tuple[object, ...]
    bundles: tuple[Bundle, ...]


def slot(number: int) -> str:
    """Stands for the number in the whole that a part knows by this number, from 1 on."""
    return f"<{number}<"


def bundles(cited: Iterable[str]) -> Iterator[Bundle]:
    """The numbers of what each part cites ("article#passage article#passage"), by first appearance in the whole.

    A note stands where its passage appears first, and is in full if it is the first one of an article.
    """
    known: dict[str, int] = {}
    articles: set[str] = set()
    for passages in map(str.split, cited):
        first = ""
        for passage in passages:
            if passage not in known:
                known[passage] = len(known) + 1
                article = passage.partition("#")[0]
                first += "n" if article in articles else "y"
                articles.add(article)
        yield Bundle(" ".join([str(known[passage]) for passage in passages]), first)


def bind(shell: str, parts: Iterable[str], given: Iterable[Bundle]) -> str:
    """The whole from the rendered texts of its shell and parts.

    Raises ValueError, with a sentence, for a shell without a place for each, and for a part without a note for each number.
    """
    texts, notes = list[str](), list[str]()
    for part, bundle in zip(parts, given, strict=True):
        (own, *its), numbers = part.split(NOTE), bundle.numbers.split()
        if len(its) != len(numbers):
            raise ValueError(_NO_NOTES.format(len(numbers), len(its)))
        texts.append(_filled(own, numbers))
        new = [note for note, number in zip(its, numbers, strict=True) if int(number) > len(notes)]
        notes += [_filled(_told(note, first == "y"), numbers) for note, first in zip(new, bundle.first, strict=True)]
    return _laid(shell, (*texts, "".join(notes)) if notes else texts)


def _laid(shell: str, texts: Sequence[str]) -> str:
    first, *after = shell.split(PLACE)
    if len(after) != len(texts):
        raise ValueError(_NO_PLACES.format(len(after), len(texts)))
    return "".join((first, *(one for pair in zip(texts, after, strict=True) for one in pair)))


def _told(note: str, first: bool) -> str:
    pieces = note.split(ONCE)
    return "".join(pieces if first else pieces[::2])


def _filled(text: str, numbers: Sequence[str]) -> str:
    pieces = _SLOT.split(text)
    pieces[1::2] = [numbers[int(n) - 1] for n in pieces[1::2]]
    return "".join(pieces)
