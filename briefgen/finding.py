"""Where words stand in the paragraphs of one text, as whole words: what `text.find_whole` gives paragraph by paragraph.

Nothing is folded or judged here. What was looked for is remembered, and a long text is looked through by the rarest of the
words, so that as many questions as a text has sentences cost no more than reading it (20,000 citations of an article of 1 MB
took minutes).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from briefgen.text import find_whole, is_whole

At = tuple[int, int]  # the number of a paragraph, and an offset in it

LONG = 20_000  # characters; below that, searching costs less than an index
# Sets paragraphs apart. Words that hold it are never found; no facts do, and Markdown has another sign in its place. Of texts in
# Latin letters a sign beyond ASCII would double the size.
APART = "\0"
_RAREST = 3  # words by which a likely place is found
# Letters and digits that touch one another. Whatever stands as whole words in a text has its runs as runs of the text.
_RUN = re.compile(r"[^\W_]+")


class Haystack:
    """Folded paragraphs to find words in. Equal if the paragraphs are: what it remembers changes no answer."""

    __slots__ = ("_found", "_joined", "_ordered", "_runs", "_spaced", "_starts", "paragraphs")

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self.paragraphs = tuple(paragraphs)
        self._found: dict[str, tuple[At, ...]] = {}
        self._runs: dict[str, list[int]] | None = None
        self._ordered: tuple[list[str], list[str]] | None = None
        # One text, the paragraphs apart by a sign that no text has; and one without paragraphs. Made when asked for.
        self._joined = self._spaced = ""
        self._starts: tuple[int, ...] = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Haystack) and self.paragraphs == other.paragraphs

    def __hash__(self) -> int:
        return hash(self.paragraphs)

    def __reduce__(self) -> tuple[type[Haystack], tuple[tuple[str, ...]]]:
        return Haystack, (self.paragraphs,)  # a state kept on the disk has no index

    @property
    def _text(self) -> str:
        self._joined = self._joined or APART.join(self.paragraphs)
        return self._joined

    def find(self, words: str) -> tuple[At, ...]:
        """Every place where the (folded) words stand, in the order of the text."""
        found = self._found.get(words)
        if found is None:
            found = self._found[words] = tuple(self._find(words)) if APART not in words else ()
        return found

    def next(self, words: str, paragraph: int, start: int, end: int) -> int:
        """The first offset of a paragraph, from `start` on, where the words stand and end no later than `end`; -1 for none."""
        found = self.find(words)
        n = bisect_left(found, (paragraph, start))
        at = found[n][1] if n < len(found) and found[n][0] == paragraph else -1
        return at if at + len(words) <= end else -1

    def runs_on(self, words: str) -> bool:
        """Whether the words stand somewhere if the ends of paragraphs are taken for spaces."""
        self._spaced = self._spaced or self._text.replace(APART, " ")
        return next(self._offsets(self._spaced, words), None) is not None

    def twice(self, words: str) -> bool:
        """Whether the words stand more than once, apart from one another, be it inside of words."""
        at = self._inside(words, 0) if APART not in words else -1
        return at >= 0 and self._inside(words, at + len(words)) >= 0

    def around(self, words: str, most: int = 20) -> Iterator[tuple[int, int, int]] | None:
        """Stretches (paragraph, start, end) near the rarest of the words, at most so many; None where the text is short.

        There it costs no more to look everywhere.
        """
        return self._around(words, most) if len(self._text) > LONG else None

    def _around(self, words: str, most: int) -> Iterator[tuple[int, int, int]]:
        held = self._index()
        known = sorted({run for run in _RUN.findall(words) if run in held}, key=lambda run: (len(held[run]), run))
        for at in sorted({at for run in known[:_RAREST] for at in held[run][:most]}):
            n, start = self._place(at)
            text, begin, end = self.paragraphs[n], max(0, start - len(words)), min(len(self.paragraphs[n]), start + 2 * len(words))
            # From the beginning of a word to the end of one, unless it is longer than any.
            behind = text.find(" ", end, end + 100)
            yield n, text.rfind(" ", max(0, begin - 100), begin) + 1 or begin, behind if behind >= 0 else end

    def _find(self, words: str) -> Iterator[At]:
        return map(self._place, self._offsets(self._text, words))

    def _place(self, at: int) -> At:
        self._starts = self._starts or (0, *accumulate(len(p) + 1 for p in self.paragraphs))
        n = bisect_right(self._starts, at) - 1
        return n, at - self._starts[n]

    def _offsets(self, text: str, words: str) -> Iterator[int]:
        runs = list(_RUN.finditer(words)) if len(text) > LONG else []
        if not runs:
            yield from find_whole(text, words)
            return
        held = self._index()
        rarest = min(runs, key=lambda run: len(held.get(run.group(), ())))
        for at in held.get(rarest.group(), ()):
            start = at - rarest.start()
            if start >= 0 and text.startswith(words, start) and is_whole(text, start, start + len(words)):
                yield start

    def _inside(self, words: str, start: int) -> int:
        """The first offset from `start` on where the words stand, be it inside of words; -1 for none."""
        likely = self._likely(words) if len(self._text) > LONG else None
        if likely is None:
            return self._text.find(words, start)
        return next((at for at in likely[bisect_left(likely, start) :] if self._text.startswith(words, at)), -1)

    def _likely(self, words: str) -> list[int] | None:
        """The offsets where the words can stand, by the rarest of their runs; None where they have but one.

        Runs between the ends of the words are what they are. The first may be the end of a longer one, the last the beginning.
        """
        runs = list(_RUN.finditer(words))
        if len(runs) < 2:
            return None
        held = self._index()
        found: list[tuple[re.Match[str], tuple[str, ...]]] = [
            (run, (run.group(),)) for run in runs if run.start() > 0 and run.end() < len(words)
        ]
        if runs[-1].end() == len(words):
            found.append((runs[-1], self._beginning(runs[-1].group())))
        if runs[0].start() == 0:
            found.append((runs[0], self._ending(runs[0].group())))
        run, longer = min(found, key=lambda f: sum(len(held.get(one, ())) for one in f[1]))
        first = run is runs[0] and run.start() == 0
        return sorted(at + (len(one) - len(run.group()) if first else -run.start()) for one in longer for at in held.get(one, ()))

    def _beginning(self, start: str) -> tuple[str, ...]:
        """The runs of the text that begin so."""
        return tuple(_prefixed(self._orders()[0], start))

    def _ending(self, end: str) -> tuple[str, ...]:
        """The runs of the text that end so."""
        return tuple(one[::-1] for one in _prefixed(self._orders()[1], end[::-1]))

    def _orders(self) -> tuple[list[str], list[str]]:
        if self._ordered is None:
            self._ordered = sorted(self._index()), sorted(run[::-1] for run in self._index())
        return self._ordered

    def _index(self) -> dict[str, list[int]]:
        if self._runs is None:
            self._runs = {}
            for run in _RUN.finditer(self._text):
                self._runs.setdefault(run.group(), []).append(run.start())
        return self._runs


def _prefixed(ordered: Sequence[str], start: str) -> Iterator[str]:
    for n in range(bisect_left(ordered, start), len(ordered)):
        if not ordered[n].startswith(start):
            return
        yield ordered[n]
