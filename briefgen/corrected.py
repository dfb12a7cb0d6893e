"""The corrected lines of a finding: the lines as they stand, with nothing but the wrong words replaced.

No file is read here: lines are asked for. What stands around the words is kept, so that whoever pastes the lines loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from briefgen.diagnostic import Diagnostic, Fix, Words
from briefgen.source import Span

Line = Callable[[str, int], str | None]  # a path and a number (from 1) -> the line without its end; None where there is none

_MARKED = "what is marked"
_LONGEST = 4000  # characters of lines that are printed again
_MOST = 40  # of them


class Corrected(NamedTuple):
    """What to paste, or "" where nobody knows it, and in place of what: "" for the line of the finding."""

    text: str
    place: str = ""


def corrected(finding: Diagnostic, line: Line) -> Corrected:
    """The lines to paste. Where the lines are not there, or too long, what to put in the place."""
    fix = finding.fix
    if fix is None:
        return Corrected(finding.help)
    span = fix.span
    new = fix.new if isinstance(fix, Fix) else fix.words
    if span[1:3] == span[3:5]:
        return Corrected(new)
    lines = [line(span.file, n) for n in range(span.line, min(span.end_line, span.line + _MOST) + 1)]
    held = [one for one in lines if one is not None]
    if span.line + len(held) <= span.end_line or sum(map(len, held)) > _LONGEST:
        return Corrected(new, _MARKED)
    before, behind = held[0][: span.col - 1], held[-1][span.end_col - 1 :]
    text = "\n".join(held)
    marked = text[len(before) : len(text) - len(behind)]
    if isinstance(fix, Words):
        return Corrected(_placed(fix, before, marked, behind, line), _lines(finding.span, span))
    old = _found(fix.old, marked)
    if old is None:
        return Corrected(new, _MARKED)
    return Corrected(before + marked.replace(old, new, 1) + behind, _lines(finding.span, span))


def _found(words: str, text: str) -> str | None:
    """Words as they stand in a text, be it over several lines; all of it for no words."""
    if not words:
        return text
    found = re.search(r"\s+".join(map(re.escape, words.split())), text)
    return found[0] if found else None


def _lines(shown: Span, replaced: Span) -> str:
    """The lines replaced, unless that is the one which the finding shows."""
    if replaced.line != replaced.end_line:
        return f"lines {replaced.line} to {replaced.end_line}"
    return "" if replaced.line == shown.line else f"line {replaced.line}"


def _placed(fix: Words, before: str, marked: str, behind: str, line: Line) -> str:
    """Words in the place of a value, be it in a block under `>-`, inside of brackets, or behind its key."""
    # Some 20 ms with what its package loads, for those who made a slip; a build without changes never comes here.
    from briefgen.load.braces import spread
    from briefgen.load.lines import apart, block, flowing, plain_anywhere

    if not before.strip() and _in_block(fix, line):
        return before + fix.words
    flow = flowing(fix.words)
    for key in reversed(fix.under):
        flow = f"{{{flowing(key)}: {flow}}}"
    if not fix.under and plain_anywhere(fix.words):
        return before + flow + behind
    place = apart(before + marked)
    if len(before) != place.at or (behind.strip() and not behind.lstrip().startswith("#")):
        return before + flow + behind
    if fix.under:
        return "\n".join(spread(place.indent, place.prefix, flow))
    return block(place.indent, place.prefix, fix.words)


def _in_block(fix: Words, line: Line) -> bool:
    """Whether the line above the words opens a block of them."""
    from briefgen.load.lines import apart, opens_block

    above = next((held for n in range(fix.span.line - 1, max(fix.span.line - 6, 0), -1) if (held := line(fix.span.file, n))), "")
    return opens_block(apart(above).value)
