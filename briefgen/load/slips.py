"""The known slips of rule 11: what editors type and YAML takes for something else, read from the raw line.

Nothing here reads YAML or knows a field: `find` says which slip a line would be, its callers say that something is wrong
there (YAML fails, or a value is empty or of another type than its field takes). The corrected lines always give back the
words the editor meant, in block form. A line that is well-formed and could be meant as it stands is no slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from briefgen.diagnostic import Diagnostic, error
from briefgen.source import Span

# What a caller found where it expected something else; "" where it does not say.
Found = Literal["", "map", "list", "empty"]

# What no YAML text may contain (YAML 1.1, 5.1, "c-printable").
UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_PLAIN_KEY = r"""(?:[^\s,\[\]{}#&*!|>'"%@`?:-]|[?:-](?=\S))(?:(?!:\s|:$|\s\#).)*"""
_KEY = rf"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|{_PLAIN_KEY})"""
_LINE = re.compile(rf"(?P<indent>\ *)(?P<dashes>(?:-(?:\ +|$))*)(?:(?P<key>{_KEY})\ *:(?:\s+|$))?(?P<value>.*)", re.VERBOSE)
_PLAIN_VALUE = re.compile(r"""[^\s\-?:,\[\]{}#&*!|>'"%@`]""")
_BLOCK_HEADER = re.compile(r"[>|][+-]?[1-9]?[+-]?\s*(?:\s#.*)?")
_CUT = re.compile(r":(?=\s|$)|\s(?=#)")
_IDS = re.compile(r"[a-z0-9_-]+(?: [^:A-Z]+ [a-z0-9_-]+)?")
_WORD = re.compile(r"[a-z0-9_-]+")
_LONGEST = 4000  # characters of a line that are looked at


class Slip(NamedTuple):
    """A slip: its finding, and `corrected` in place of the `count` lines from index `first` on."""

    diagnostic: Diagnostic
    first: int
    count: int
    corrected: tuple[str, ...]


class _Line(NamedTuple):
    """A raw line taken apart; `at` is the offset of the value."""

    indent: int
    dashes: str
    key: str
    value: str
    at: int

    @property
    def column(self) -> int:
        """Whatever belongs to this line's value is indented deeper than this."""
        return self.indent + (len(self.dashes) if self.key else max(0, len(self.dashes.rstrip()) - 1))

    @property
    def prefix(self) -> str:
        return f"{self.dashes}{self.key}:" if self.key else self.dashes.rstrip()


class _Fault(NamedTuple):
    """A slip inside a value: `at` is an offset into the value's text (its lines joined by line feeds)."""

    code: str
    at: int


def explain(lines: Sequence[str], file: str, line: int, first_line: int = 1, found: Found = "") -> Diagnostic | None:
    """The slip in a line that is known to be wrong, as an error with the corrected lines, or None.

    `lines` are raw lines without their ends, `lines[0]` is the file's line `first_line`, `line` is the file's line. `found`
    helps where the line alone does not tell: "map" or "list" for a map or list where text was expected.
    """
    slip = find(lines, file, line, first_line, found)
    return slip.diagnostic if slip else None


def find(lines: Sequence[str], file: str, line: int, first_line: int = 1, found: Found = "") -> Slip | None:
    """Like `explain`, with what to put in place of which lines."""
    index = line - first_line
    if not 0 <= index < len(lines) or not lines[index].strip() or len(lines[index]) > _LONGEST:
        return None
    if "\t" in lines[index][: _width(lines[index])]:
        return _tab(lines, file, index, first_line)
    owner = _owner(lines, index)
    for start in (index,) if owner is None else (owner, index):
        slip = _in_value(lines, file, start, first_line, found)
        if slip:
            return slip
    return None


def block(indent: int, prefix: str, words: str) -> str:
    """One corrected line for words: behind `prefix` where they can stand as they are, else under `>-`.

    `prefix` is what stands in front ("- palpress:", "rank:", "-"), `indent` counts the spaces before it. Reading the result
    gives back the words, white space folded and without control characters, whatever they are.
    """
    plain = " ".join(UNREADABLE.sub("", words).split())
    start = " " * indent + prefix
    if not plain:
        return f'{start} ""'
    if prefix and _PLAIN_VALUE.match(plain) and not _CUT.search(plain):
        return f"{start} {plain}"
    deeper = " " * (indent + 2 + _dash_width(prefix))
    return f"{start} >-\n{deeper}{plain}".lstrip() if not prefix else f"{start} >-\n{deeper}{plain}"


def _dash_width(prefix: str) -> int:
    """How far a key stands behind the dashes of its own line."""
    dashes = re.match(r"(?:- +)*", prefix)
    return dashes.end() if dashes else 0


def _width(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


# ------------------------------------------------------------ lines


def _apart(line: str) -> _Line:
    match = _LINE.match(line)
    indent, dashes, key, value = match.group("indent", "dashes", "key", "value")  # type: ignore[union-attr]  # it matches any line
    return _Line(len(indent), dashes or "", key or "", value.rstrip(), match.start("value"))  # type: ignore[union-attr]


def _owner(lines: Sequence[str], index: int) -> int | None:
    """The line whose words this line goes on with."""
    width = _width(lines[index])
    for above in range(index - 1, max(index - 40, -1), -1):
        if lines[above].strip() and _width(lines[above]) < width:
            line = _apart(lines[above])
            goes_on = line.value and not _BLOCK_HEADER.fullmatch(line.value) and line.column < width
            return above if goes_on and not _starts_anew(lines[index]) else None
    return None


def _starts_anew(line: str) -> bool:
    """Whether a line looks like one of its own (`id: …`, `- …`, a comment) rather than like the words of the line above."""
    parts = _apart(line)
    return bool(parts.dashes) or bool(_WORD.fullmatch(parts.key)) or parts.value.startswith("#")


def _going_on(lines: Sequence[str], start: int) -> int:
    """The index behind the last line that goes on with the words of `lines[start]`."""
    column = _apart(lines[start]).column
    end = start + 1
    while (
        end < min(len(lines), start + 200) and lines[end].strip() and _width(lines[end]) > column and not _starts_anew(lines[end])
    ):
        end += 1
    return end


def _opener(lines: Sequence[str], index: int) -> int | None:
    """The line `key:` above, for words that begin on a line of their own."""
    for above in range(index - 1, max(index - 5, -1), -1):
        if lines[above].strip():
            line = _apart(lines[above])
            return above if line.key and not line.value and line.column < _width(lines[index]) else None
    return None


# ------------------------------------------------------------ slips


def _tab(lines: Sequence[str], file: str, index: int, first_line: int) -> Slip:
    """All tabs in indentations of the file at once: they come together, and one finding says it."""
    corrected = tuple(line[: _width(line)].replace("\t", "  ") + line[_width(line) :] for line in lines)
    span = Span(file, index + first_line, lines[index].index("\t") + 1, index + first_line, lines[index].index("\t") + 2)
    found = error("tab-indentation", _MESSAGES["tab-indentation"], span, help=corrected[index])
    return Slip(found, 0, len(lines), corrected)


def _in_value(lines: Sequence[str], file: str, start: int, first_line: int, found: Found) -> Slip | None:
    line = _apart(lines[start])
    if (
        line.key
        and found in ("map", "")
        and not _IDS.fullmatch(line.key)
        and line.dashes
        or (line.key and found == "map" and not line.value.startswith(("{", "[")))
    ):
        # `- On July 1: they met`: a map for YAML, words for the editor
        return _slip(
            lines,
            file,
            start,
            first_line,
            line._replace(key="", value=lines[start][line.indent + len(line.dashes) :].rstrip(), at=line.indent + len(line.dashes)),
            found,
        )
    return _slip(lines, file, start, first_line, line, found)


def _slip(lines: Sequence[str], file: str, start: int, first_line: int, line: _Line, found: Found) -> Slip | None:
    if not line.value:
        return None
    end = _going_on(lines, start)
    text = "\n".join([line.value, *(more.strip() for more in lines[start + 1 : end])])
    fault = _fault(text, found, bool(line.key or line.dashes))
    if fault is None:
        return None
    first, head = start, line
    if not line.key and not line.dashes:
        above = _opener(lines, start)
        first, head = (start, line) if above is None else (above, _apart(lines[above]))
    corrected = _corrected(head, text, fault.code)
    if corrected is None:
        return None
    span = _span(file, lines, start, first_line, line, text, fault.at)
    message = _MESSAGES[fault.code].format(symbol=text[fault.at])
    return Slip(error(fault.code, message, span, help="\n".join(corrected)), first, end - first, corrected)


def _span(file: str, lines: Sequence[str], start: int, first_line: int, line: _Line, text: str, at: int) -> Span:
    below = text.count("\n", 0, at)
    into = at - (text.rfind("\n", 0, at) + 1)
    col = (line.at if below == 0 else _width(lines[start + below])) + into + 1
    return Span(file, start + below + first_line, col, start + below + first_line, col + 1)


def _corrected(head: _Line, text: str, code: str) -> tuple[str, ...] | None:
    if text[0] in "[{" and code != "value-begins-with-symbol":
        spread = tuple(_spread(head.indent, head.prefix, text.replace("\n", " "), 0))
        return spread or None
    words = text if code == "hash-cuts-line" else _without_comment(text)
    return tuple(block(head.indent, head.prefix, words).split("\n"))


def _without_comment(text: str) -> str:
    """Without a comment at the end; `#5` directly behind a space is part of the words."""
    return re.sub(r"\s#\s[^\n]*$", "", text)


_MESSAGES = {
    "tab-indentation": "A tab stands in the indentation, and YAML takes spaces only. Use two spaces for each step.",
    "value-begins-with-quote": "A value that begins with a quotation mark ends at the next one, and words follow behind it. Put the words under >-.",
    "unclosed-quote": "A quotation mark begins this value and is not closed. Put the words under >- if the mark belongs to them, else delete it.",
    "value-begins-with-symbol": "A value may not begin with {symbol}, which means something else to YAML. Put the words under >-.",
    "colon-in-words": "A colon and a space inside the words look like “name: value” to YAML. Put the words under >-.",
    "comma-in-braces": "A comma inside {{ }} cuts these words in two. Give each article a line of its own.",
    "hash-cuts-line": "A space and a # cut the line: YAML takes the rest for a comment. Put the words under >-.",
}


def _fault(text: str, found: Found, inside: bool) -> _Fault | None:
    """Which slip a value would be; `inside` says that something stands in front of it on its line."""
    first, second = text[0], text[1:2]
    if first == "#":
        return _Fault("hash-cuts-line", 0) if inside else None
    if first in "\"'":
        return _quote_fault(text, 0)
    if first in "[{":
        return _flow_fault(text, found)
    if first in ">|":
        return None if _BLOCK_HEADER.fullmatch(text.split("\n")[0]) else _Fault("value-begins-with-symbol", 0)
    if first in "-?" and (not second or second.isspace()):
        return _Fault("value-begins-with-symbol", 0) if inside else None
    if first in "@%`*&!]},":
        return _Fault("value-begins-with-symbol", 0)
    return _cut_fault(text)


def _quote_fault(text: str, at: int) -> _Fault | None:
    end = _closing(text, at)
    if end < 0:
        return _Fault("unclosed-quote", at)
    rest = text[end:]
    return _Fault("value-begins-with-quote", at) if rest.strip() and not re.match(r"\s+#", rest) else None


def _closing(text: str, at: int) -> int:
    """The offset behind the quotation mark that closes the one at `at`, or -1."""
    pattern = r'"(?:[^"\\]|\\.)*"' if text[at] == '"' else r"'(?:[^']|'')*'"
    match = re.compile(pattern, re.DOTALL).match(text, at)
    return match.end() if match else -1


def _cut_fault(text: str) -> _Fault | None:
    cut = _CUT.search(text)
    if cut is None:
        return None
    if cut.group() == ":":
        return _Fault("colon-in-words", cut.start())
    # A comment that ends the words is none of our business; one with more words on the next line cuts them.
    return _Fault("hash-cuts-line", cut.end()) if "\n" in text[cut.end() :] else None


# ------------------------------------------------------------ braces


def _flow_fault(text: str, found: Found) -> _Fault | None:
    end = _balanced(text, 0)
    rest = text[end:].strip() if end > 0 else ""
    if end <= 0:
        return None  # a bracket that is not closed: which words were meant, nobody knows
    if rest and not rest.startswith("#"):
        return _Fault("value-begins-with-symbol", 0)
    inner = _inner_fault(text[:end], 0)
    if inner is None and found in ("map", "list"):
        return _Fault("value-begins-with-symbol", 0)
    return inner


def _inner_fault(text: str, depth: int) -> _Fault | None:
    for piece in _pieces(text):
        if piece.key is None and text[0] == "{":
            return _Fault("comma-in-braces", piece.start - 1) if piece.start > 1 and text[piece.start - 1] == "," else None
        value = text[piece.value : piece.end].rstrip()
        fault = _piece_fault(value, depth)
        if fault:
            return _Fault(fault.code, fault.at + piece.value)
    return None


def _piece_fault(value: str, depth: int) -> _Fault | None:
    if not value:
        return None
    if value[0] in "[{":
        return _inner_fault(value, depth + 1) if depth < 6 else None
    fault = _fault(value, "", True)
    return fault


class _Piece(NamedTuple):
    """What stands between two commas: offsets of the piece, of its value, and its key (None: no `key: `)."""

    start: int
    value: int
    end: int
    key: str | None


_PIECE_KEY = re.compile(rf"\s*({_KEY.replace('.)*', '[^,{}])*')})\s*:(?:\s+|$)", re.VERBOSE)


def _pieces(text: str) -> Iterator[_Piece]:
    """The pieces of `{…}` or `[…]`, cut at its own commas."""
    start, at = 1, 1
    last = len(text) - 1
    while at <= last:
        if at == last or text[at] == ",":
            if text[start:at].strip():
                yield _piece(text, start, at)
            start = at = at + 1
        else:
            at = _skip(text, at, start)


def _skip(text: str, at: int, start: int) -> int:
    """Over one character, or over a bracket or a quoted text that begins a value."""
    if text[at] in "[{":
        return max(_balanced(text, at), at + 1)
    if text[at] in "\"'" and (not text[start:at].strip() or re.search(r":\s+$", text[start:at])):
        return max(_closing(text, at), at + 1)
    return at + 1


def _piece(text: str, start: int, end: int) -> _Piece:
    lead = start + len(text[start:end]) - len(text[start:end].lstrip())
    key = _PIECE_KEY.match(text[start:end]) if text[0] == "{" else None
    return _Piece(start, start + key.end(), end, key.group(1)) if key else _Piece(start, lead, end, None)


def _balanced(text: str, at: int) -> int:
    """The offset behind the bracket that closes the one at `at`, or -1."""
    depth = 0
    for i in range(at, len(text)):
        depth += (text[i] in "[{") - (text[i] in "]}")
        if depth == 0:
            return i + 1
    return -1


def _spread(indent: int, prefix: str, text: str, depth: int) -> Iterator[str]:
    """A flow collection in block form, words that commas had cut put together again."""
    text = text[: _balanced(text, 0)]
    inner = indent + 2 + _dash_width(prefix)
    keyless = prefix.endswith("-") or not prefix
    if not keyless:
        yield " " * indent + prefix
    for number, (key, value) in enumerate(_joined(text)):
        own = f"{key}:" if key else "-"
        if keyless:
            lead, here = (f"{prefix} " if prefix and number == 0 else ""), indent if number == 0 or not prefix else indent + 2
            yield from _entry(here, lead + own, value, depth)
        else:
            yield from _entry(inner, own, value, depth)


def _entry(indent: int, prefix: str, value: str, depth: int) -> Iterator[str]:
    if value[:1] in ("[", "{") and depth < 6 and _balanced(value, 0) == len(value):
        yield from _spread(indent, prefix, value, depth + 1)
    elif value[:1] in ('"', "'") and _closing(value, 0) == len(value):
        yield f"{' ' * indent}{prefix} {value}"
    else:
        yield from block(indent, prefix, value).split("\n")


def _joined(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for piece in _pieces(text):
        value = text[piece.value : piece.end].strip()
        if piece.key is None and found and text[0] == "{":
            key, before = found[-1]
            found[-1] = key, f"{before},{text[piece.start : piece.end].rstrip()}"
        else:
            found.append((piece.key or "", value))
    return found
