"""The known slips of rule 11: what editors type and YAML takes for something else, seen in the raw line.

Nothing here reads YAML or knows a field. `find` says which slip a line would be; its callers say that something is wrong
there: YAML fails, or a value is empty or of another type than its field takes. The corrected lines, in block form, give
back the words the editor meant. A line that is well-formed and could be meant as it stands is no slip.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from briefgen.diagnostic import Diagnostic, error
from briefgen.load.braces import MAX_DEPTH, balanced, pieces, spread
from briefgen.load.lines import CUT, UNREADABLE, Line, apart, behind, block, closing_quote, opener, opens_block, owner, width
from briefgen.source import Span

__all__ = ["UNREADABLE", "Found", "Slip", "block", "explain", "find"]

# What a caller found where it expected words; "" where it does not say.
Found = Literal["", "map", "list"]

_LONGEST = 4000  # characters of words that are looked at

_MESSAGES = {
    "tab-indentation": "A tab stands in the indentation, and YAML takes spaces only. Use two spaces for each step.",
    "value-begins-with-quote": (
        "For YAML a value that begins with a quotation mark ends at the next one, but words follow. Put them all under >-."
    ),
    "unclosed-quote": (
        "A quotation mark begins this value and is not closed. Put the words under >-, and delete the mark if it is none of them."
    ),
    "value-begins-with-symbol": "A value may not begin with {symbol}, which means something else to YAML. Put the words under >-.",
    "colon-in-words": "A colon and a space inside words look like “name: value” to YAML. Put the words under >-.",
    "comma-in-braces": "A comma inside {{ }} cuts these words in two. Give each entry a line of its own.",
    "hash-cuts-line": "A space and a # cut these words: YAML takes the rest for a comment. Put the words under >-.",
}


class Slip(NamedTuple):
    """A slip: its finding, and what to put in place of the lines `first:end` (indices)."""

    diagnostic: Diagnostic
    first: int
    end: int
    corrected: tuple[str, ...]


class _Fault(NamedTuple):
    """A slip in a value: `at` is an offset into the value's text, its lines joined by line feeds."""

    code: str
    at: int


def explain(lines: Sequence[str], file: str, line: int, first_line: int = 1, found: Found = "") -> Diagnostic | None:
    """The slip in a line that is known to be wrong, as an error with the corrected lines, or None.

    `lines` are raw lines without their ends, `lines[0]` is the file's line `first_line`, `line` is the file's line. Say
    `found` where a map or list stands in place of words: `name: [DDR]` or `said: we` may be right in another place.
    """
    slip = find(lines, file, line, first_line, found)
    return slip.diagnostic if slip else None


def find(lines: Sequence[str], file: str, line: int, first_line: int = 1, found: Found = "") -> Slip | None:
    """Like `explain`, with what to put in place of which lines."""
    index = line - first_line
    if not 0 <= index < len(lines) or not lines[index].strip():
        return None
    if "\t" in lines[index][: width(lines[index])]:
        return _tabs(lines, file, index, first_line)
    if len(lines[index]) > _LONGEST:
        return None
    above = owner(lines, index)
    for start in (index,) if above is None else (above, index):
        slip = _in_value(lines, file, start, first_line, found)
        if slip:
            return slip
    return None


def _tabs(lines: Sequence[str], file: str, index: int, first_line: int) -> Slip:
    """All tabs in the file's indentations at once: they come together, and one finding says it."""
    corrected = tuple(line[: width(line)].expandtabs(2) + line[width(line) :] for line in lines)
    line, col, shown = index + first_line, lines[index].index("\t") + 1, corrected[index]
    span = Span(file, line, col, line, col + 1)
    finding = error("tab-indentation", _MESSAGES["tab-indentation"], span, help=shown if len(shown) <= _LONGEST else "")
    return Slip(finding, 0, len(lines), corrected)


def _in_value(lines: Sequence[str], file: str, start: int, first_line: int, found: Found) -> Slip | None:
    raw = lines[start]
    line = apart(raw)
    if _is_words(line, found):
        line = line.as_words(raw)
    if not line.value:
        return None
    end = behind(lines, start)
    text = "\n".join([line.value, *(more.strip() for more in lines[start + 1 : end])])
    fault = _fault(text, found, bool(line.key or line.dashes)) if len(text) <= _LONGEST else None
    if fault is None:
        return None
    first = start if line.key or line.dashes else opener(lines, start)
    if first is None:
        return None  # nothing stands in front of these words: they are no value
    corrected = _corrected(line if first == start else apart(lines[first]), text, fault)
    span = _span(file, lines, start, first_line, line, text, fault.at)
    message = _MESSAGES[fault.code].format(symbol=text[fault.at])
    return Slip(error(fault.code, message, span, help="\n".join(corrected)), first, end, corrected)


def _is_words(line: Line, found: Found) -> bool:
    """Whether `key: value` is words with a colon in them: said by the caller, or a list's entry that begins like a sentence."""
    if not line.key or not line.value or line.value[0] in "[{>|\"'#":
        return False
    return found == "map" or (not found and bool(line.dashes) and " " in line.key and line.key[0] not in "\"'")


def _span(file: str, lines: Sequence[str], start: int, first_line: int, line: Line, text: str, at: int) -> Span:
    below = text.count("\n", 0, at)
    begin = width(lines[start + below]) if below else line.at
    number, col = start + below + first_line, begin + at - text.rfind("\n", 0, at)
    return Span(file, number, col, number, col + 1)


def _corrected(head: Line, text: str, fault: _Fault) -> tuple[str, ...]:
    if text[0] in "[{" and fault.at:
        flat = text.replace("\n", " ")
        return tuple(spread(head.indent, head.prefix, flat[: balanced(flat, 0)]))
    # `#5` belongs to the words, a `# 5` at their end does not
    words = text if fault.code == "hash-cuts-line" else re.sub(r"\s#\s[^\n]*$", "", text)
    return tuple(block(head.indent, head.prefix, words).split("\n"))


# ------------------------------------------------------------ which slip


def _fault(text: str, found: Found, in_front: bool) -> _Fault | None:
    """Which slip a value would be; `in_front`: a key or a dash stands before it on its line."""
    first, second = text[0], text[1:2]
    if first == "#":
        return _Fault("hash-cuts-line", 0) if in_front else None
    if first in "\"'":
        return _quote(text)
    if first in "[{":
        return _bracket(text, found)
    if first in ">|":
        return None if opens_block(text.split("\n")[0]) else _Fault("value-begins-with-symbol", 0)
    if first in "-?" and not second.strip():
        return _Fault("value-begins-with-symbol", 0) if in_front else None
    if first in "@%`*&!]},":
        return _Fault("value-begins-with-symbol", 0)
    return _cut(text)


def _quote(text: str) -> _Fault | None:
    end = closing_quote(text, 0)
    if end < 0:
        return _Fault("unclosed-quote", 0)
    return _Fault("value-begins-with-quote", 0) if text[end:].strip() and not re.match(r"\s+#", text[end:]) else None


def _cut(text: str) -> _Fault | None:
    cut = CUT.search(text)
    if cut is None:
        return None
    if cut[0] == ":":
        return _Fault("colon-in-words", cut.start())
    # A comment behind the last words is in nobody's way; words on the line below it are cut off.
    return _Fault("hash-cuts-line", cut.end()) if "\n" in text[cut.end() :] else None


def _bracket(text: str, found: Found) -> _Fault | None:
    end = balanced(text, 0)
    if end < 0:
        return None  # not closed: which words were meant, nobody knows
    if _rest(text):
        return _Fault("value-begins-with-symbol", 0)
    fault = _in_bracket(text[:end], 0)
    return fault or (_Fault("value-begins-with-symbol", 0) if found else None)


def _rest(text: str) -> str:
    """What stands behind a bracket, comments aside."""
    rest = text[balanced(text, 0) :]
    return "" if re.match(r"\s+#", rest) else rest.strip()


def _in_bracket(text: str, depth: int) -> _Fault | None:
    for number, piece in enumerate(pieces(text)):
        if piece.key is None and text[0] == "{":
            return _Fault("comma-in-braces", piece.start - 1) if number else None
        value = text[piece.value : piece.end].rstrip()
        fault = _of_piece(value, depth)
        if fault:
            return fault._replace(at=fault.at + piece.value)
    return None


def _of_piece(value: str, depth: int) -> _Fault | None:
    if value[:1] in ("[", "{"):
        whole = balanced(value, 0) == len(value)
        return _in_bracket(value, depth + 1) if whole and depth < MAX_DEPTH else None
    return _fault(value, "", True) if value else None
