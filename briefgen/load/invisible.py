"""Characters that nobody sees and that change what a text says or how it reads (after Unicode TR 36 and CVE-2021-42574).

What honest text needs passes: isolates and embeddings that are closed on their line, marks of direction on a line with
right-to-left letters, joiners behind a letter that is not ASCII. In names none of these passes: a page isolates every name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from briefgen.diagnostic import Diagnostic, error, warning
from briefgen.source import Span

_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\U000e0000-\U000e007f]"
)
# U+061C, the Arabic mark of direction, stands among the letters and is none: it must not excuse itself.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_MARKS = "\u200e\u200f\u061c"
_JOINERS = "\u200c\u200d"
_OPENERS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_LONGEST = 2000  # characters of a line that is printed again
_MOST = 20  # findings in one file; who has more has one cause


def invisible(path: str, text: str) -> tuple[Diagnostic, ...]:
    """A finding for each hidden character that nothing excuses: an error in facts, a warning in the prose of an .md file."""
    if not _HIDDEN.search(text):
        return ()
    facts = len(text) if path.endswith(".yaml") else _front_ends(text)
    return tuple(islice(_found(path, text, facts), _MOST))


def shown(char: str) -> str:
    """A hidden character in words: U+200B (zero width space)."""
    return f"U+{ord(char):04X} ({unicodedata.name(char, 'a control character').lower()})"


def turning(name: str) -> str:
    """The first character of a name that turns its direction, excused in prose and not here; "" for none."""
    return next((char for char in name if char in _MARKS or char in _OPENERS or char in _OPENERS.values()), "")


def hidden_in(url: str) -> bool:
    """Whether an address holds anything hidden."""
    return bool(_HIDDEN.search(url))


def _front_ends(text: str) -> int:
    return max(text.find("\n---", 3), 0) if text.startswith("---") else 0


def _found(path: str, text: str, facts: int) -> Iterator[Diagnostic]:
    begin = 0
    for number, line in enumerate(text.split("\n"), 1):
        found = frozenset(_unexcused(line))
        better = "".join(char for at, char in enumerate(line) if at not in found).rstrip() if len(line) <= _LONGEST else ""
        for at in sorted(found):
            make = error if begin + at < facts else warning
            message = f"Here stands {shown(line[at])}, which nobody sees. Delete it{_HELPED if better else '.'}"
            yield make("invisible-character", message, Span(path, number, at + 1, number, at + 2), help=better)
        begin += len(line) + 1


_HELPED = "; the line under “help” is without it."


def _unexcused(line: str) -> Iterator[int]:
    closed = _closed(line)
    rtl = bool(_RIGHT_TO_LEFT.search(line))
    for found in _HIDDEN.finditer(line):
        at, char = found.start(), found.group()
        joined = char in _JOINERS and at > 0 and not line[at - 1].isascii()
        if not (at in closed or joined or (rtl and char in _MARKS)):
            yield at


def _closed(line: str) -> set[int]:
    """Where isolates and embeddings begin and end that are closed on the line, in the right order."""
    opened: list[tuple[int, str]] = []
    closed: set[int] = set()
    for at, char in enumerate(line):
        if char in _OPENERS:
            opened.append((at, _OPENERS[char]))
        elif opened and char == opened[-1][1]:
            closed |= {opened.pop()[0], at}
    return closed
