"""YAML to a tree of text (rule 11): every scalar is the characters the editor wrote, `NO` and `12:30` and `2024-02-30` too.

No types, no tags, no merge keys, no constructors, no recursion and no exception leaves this module. The limits are kept
on the stream of libyaml's events, before anything is built, because composing crashes the process on deep brackets.
An alias shares its node, so a node may stand in the tree several times, always with the span of its anchor.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import yaml
from yaml.cyaml import CParser

from briefgen.diagnostic import Diagnostic, Note, error
from briefgen.load import slips
from briefgen.source import Span

MAX_BYTES = 2_000_000
MAX_DEPTH = 32
MAX_ALIASES = 32
MAX_ALIASED_CHARACTERS = 100_000
_REPAIRS = 20  # findings of one broken file; each costs one more reading
_REPAIRABLE = 50_000  # characters; beyond, a broken file gets one finding, so that no input costs seconds


class Scalar(NamedTuple):
    """Text as written; `style` is "plain", "single", "double", "literal" or "folded"."""

    text: str
    span: Span
    style: str


class Seq(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    span: Span


class Map(NamedTuple):
    """Keys and values in the order written; no key stands twice."""

    pairs: tuple[tuple[Scalar, Node], ...]
    span: Span


Node = Scalar | Seq | Map


def is_empty(node: Node | None) -> bool:
    """Whether there is nothing: no document, `key:` with nothing behind it, or quotation marks around nothing."""
    return node is None or (type(node) is Scalar and not node.text)


def parse(file: str, text: str, first_line: int = 1) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Read one document.

    `text` is decoded, `first_line` the file's line on which it begins (2 in front matter). Any finding but `duplicate-key` means that
    the tree is None; so does an empty document, without a finding. Spans count code points, a leading byte order mark not.
    """
    text = text.removeprefix("\ufeff")
    unreadable = _unreadable(file, text, first_line)
    if unreadable:
        return None, (unreadable,)
    # libyaml breaks lines at these three too; editors' programs do not, so lines would count differently.
    text = text.translate(_NOT_BREAKS)
    builder = _Builder(file, text, first_line)
    failure = builder.run()
    if failure is not None:
        return None, (*builder.faults, *_explained(file, text, first_line, failure))
    readable = all(f.code == "duplicate-key" for f in builder.faults)
    return (builder.root if readable else None), tuple(builder.faults)


# ------------------------------------------------------------ characters and size

_NOT_BREAKS = {0x85: " ", 0x2028: " ", 0x2029: " "}
_BAD = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAK = re.compile(r"\r\n|\r|\n")


def _unreadable(file: str, text: str, first_line: int) -> Diagnostic | None:
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        message = "This file is larger than 2 MB. Split it into several files; any grouping of records into files is allowed."
        return error("too-large", message, Span(file, first_line, 1, first_line, 1))
    bad = _BAD.search(text)
    if not bad:
        return None
    breaks = list(_BREAK.finditer(text, 0, bad.start()))
    line, col = first_line + len(breaks), bad.start() - (breaks[-1].end() if breaks else 0) + 1
    return error("bad-character", _bad_character(bad.group()), Span(file, line, col, line, col + 1))


def _bad_character(char: str) -> str:
    return f"There is an invisible control character here (U+{ord(char):04X}) that no text may contain. Delete it and type the words around it again."


# ------------------------------------------------------------ events to tuples

_STYLES = {"": "plain", None: "plain", "'": "single", '"': "double", "|": "literal", ">": "folded"}
_ScalarEvent, _AliasEvent, _DocumentStart, _StreamEnd = (
    yaml.ScalarEvent,
    yaml.AliasEvent,
    yaml.DocumentStartEvent,
    yaml.StreamEndEvent,
)
_Starts = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_Ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


class _Frame(NamedTuple):
    """A collection being read: for a map the children are keys and values in turn."""

    start: yaml.Event
    children: list[Node]
    size: int


class _Failure(NamedTuple):
    """Where libyaml gave up (lines from 0), in its words; with `fault` a limit was met and the finding is ready."""

    problem: str
    line: int
    col: int
    context_line: int
    fault: Diagnostic | None = None


class _Builder:
    """One reading of one text. A class only because the loop needs its state in several small functions."""

    def __init__(self, file: str, text: str, first_line: int) -> None:
        self.file, self.text, self.first_line = file, text, first_line
        self.root: Node | None = None
        self.faults: list[Diagnostic] = []
        self._lines: list[str] = []
        self._stack: list[_Frame] = []
        self._anchors: dict[str, tuple[Node, int]] = {}
        self._size = self._aliases = self._aliased = self._documents = 0

    def run(self) -> _Failure | None:
        """Read all events; None when the text was read to its end."""
        try:
            parser = CParser(self.text)
            while True:
                event = parser.get_event()
                kind = type(event)
                if kind is _ScalarEvent:
                    self._scalar(event)
                elif kind in _Starts:
                    self._open(event)
                elif kind in _Ends:
                    self._close(event)
                elif kind is _AliasEvent:
                    self._alias(event)
                elif kind is _DocumentStart:
                    self._document(event)
                elif kind is _StreamEnd:
                    return None
        except yaml.MarkedYAMLError as broken:
            return _failure(broken)
        except _LimitError as limit:
            return _Failure("", 0, 0, 0, limit.fault)

    def _span(self, event: yaml.Event) -> Span:
        start, end = event.start_mark, event.end_mark
        first = self.first_line
        return Span(self.file, start.line + first, start.column + 1, end.line + first, end.column + 1)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        style = event.style
        span = self._words_span(event) if style and style in "|>" else self._span(event)
        text = event.value
        if style == '"' and _BAD.search(text):
            self.faults.append(error("bad-character", _bad_character(_BAD.search(text).group()), span))  # type: ignore[union-attr]  # found above
        before = self._size
        self._size += len(text) + 1
        self._add(Scalar(text, span, _STYLES[style]), event, before)

    def _words_span(self, event: yaml.ScalarEvent) -> Span:
        """From the first word of a block scalar to the end of its last line."""
        lines = self._lines = self._lines or _BREAK.split(self.text)
        first, last = event.start_mark.line + 1, min(event.end_mark.line, len(lines) - 1)
        while last > first and (event.end_mark.column == 0 or not lines[last].strip()):
            last -= 1
            if lines[last].strip():
                break
        while first < last and not lines[first].strip():
            first += 1
        if first > last or not lines[first].strip():
            return self._span(event)
        col = len(lines[first]) - len(lines[first].lstrip(" ")) + 1
        return Span(self.file, first + self.first_line, col, last + self.first_line, len(lines[last].rstrip()) + 1)

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        if len(self._stack) == MAX_DEPTH:
            self._stop(
                "too-deep",
                f"Lists and maps are nested more than {MAX_DEPTH} deep here. No record needs that; look for brackets too many.",
                event,
            )
        self._stack.append(_Frame(event, [], self._size))

    def _close(self, event: yaml.CollectionEndEvent) -> None:
        start, children, before = self._stack.pop()
        span = self._extent(start, event, children)
        node: Node
        if type(start) is yaml.SequenceStartEvent:
            node = Seq(tuple(children), span)
        else:
            node = Map(self._pairs(children), span)
        self._size += 1
        self._add(node, start, before)

    def _extent(self, start: yaml.CollectionStartEvent, end: yaml.Event, children: list[Node]) -> Span:
        # A block collection "ends" for libyaml where the next token begins, which may be many lines below.
        first = self._span(start)
        if start.flow_style or not children:
            return first._replace(end_line=end.end_mark.line + self.first_line, end_col=end.end_mark.column + 1)
        last = children[-1].span
        if (last.end_line, last.end_col) < (first.line, first.col):  # an alias, whose span is its anchor's
            return first
        return first._replace(end_line=last.end_line, end_col=last.end_col)

    def _pairs(self, children: list[Node]) -> tuple[tuple[Scalar, Node], ...]:
        pairs: dict[str, tuple[Scalar, Node]] = {}
        for key, value in zip(children[::2], children[1::2], strict=True):
            if type(key) is not Scalar or (key.text == "" and key.style == "plain"):
                self.faults.append(self._bad_key(key))
            elif key.text == "<<" and key.style == "plain":
                message = "Merge keys (<<) are not read. Write the fields out; each fact carries words of its own."
                self.faults.append(error("merge-key", message, key.span))
            elif key.text in pairs:
                self.faults.append(_duplicate(key, pairs[key.text][0]))
            else:
                pairs[key.text] = (key, value)
        return tuple(pairs.values())

    def _bad_key(self, key: Node) -> Diagnostic:
        line = _BREAK.split(self.text)[key.span.line - self.first_line]
        raw = line[key.span.col - 1 : key.span.end_col - 1]
        if type(key) is Scalar or key.span.line != key.span.end_line or '"' in raw or "\\" in raw:
            return error(
                "bad-key", "What stands in front of the colon is not a plain word. Write a name, an id or a date there.", key.span
            )
        quoted = f'{line[: key.span.col - 1]}"{raw}"{line[key.span.end_col - 1 :]}'
        return error(
            "bad-key",
            f"What stands in front of the colon begins with {raw[:1]}, so it needs quotation marks.",
            key.span,
            help=quoted,
        )

    def _alias(self, event: yaml.AliasEvent) -> None:
        self._aliases += 1
        if self._aliases > MAX_ALIASES:
            self._stop(
                "too-many-aliases",
                f"This file repeats parts of itself (*{event.anchor}) more than {MAX_ALIASES} times. Write the facts out.",
                event,
            )
        known = self._anchors.get(event.anchor)
        if known is None:
            mark = event.start_mark
            raise yaml.MarkedYAMLError(None, None, "unknown alias", mark)
        node, size = known
        self._aliased += size
        if self._aliased > MAX_ALIASED_CHARACTERS:
            self._stop(
                "exploding-aliases", "The repetitions (*…) in this file grow beyond all measure. Write the facts out.", event
            )
        self._size += size
        self._attach(node)

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            self._stop(
                "many-documents", "A second document begins here (---). Keep one document per file, or delete this line.", event
            )

    def _add(self, node: Node, event: yaml.NodeEvent, before: int) -> None:
        if event.tag is not None:
            self.faults.append(self._tagged(event))
        if event.anchor is not None:
            self._anchors[event.anchor] = (node, self._size - before)
        self._attach(node)

    def _attach(self, node: Node) -> None:
        if self._stack:
            self._stack[-1].children.append(node)
        else:
            self.root = node

    def _tagged(self, event: yaml.NodeEvent) -> Diagnostic:
        span = self._span(event)
        lines = _BREAK.split(self.text)
        slip = slips.explain(lines, self.file, span.line, self.first_line)
        message = "A value may not begin with an exclamation mark: YAML takes the word behind it for a tag, and tags are not read."
        return slip if slip and slip.span.col == span.col else error("yaml-tag", message, span)

    def _stop(self, code: str, message: str, event: yaml.Event) -> None:
        raise _LimitError(error(code, message, self._span(event)))


class _LimitError(Exception):
    """Leaves the event loop; never this module."""

    def __init__(self, fault: Diagnostic) -> None:
        super().__init__(fault.message)
        self.fault = fault


def _duplicate(key: Scalar, first: Scalar) -> Diagnostic:
    message = (
        f"“{key.text}” stands twice, in line {first.span.line} and in line {key.span.line}. Put both under one, or rename one."
    )
    return error("duplicate-key", message, key.span, Note(f"It stands first in line {first.span.line}.", first.span))


# ------------------------------------------------------------ what broke

_PLAIN: tuple[tuple[str, str], ...] = (
    ("unknown alias", "A value may not begin with an asterisk: YAML takes the word behind it for a repetition of something above."),
    (
        "mapping values are not allowed",
        "There is a colon where none can stand. Words that contain a colon and a space belong under >-.",
    ),
    ("block sequence entries are not allowed", "There is a dash where no list can begin. Put the list on the lines below."),
    ("did not find expected ',' or ']'", "A bracket [ is opened and not closed."),
    ("did not find expected ',' or '}'", "A bracket { is opened and not closed."),
    ("unexpected end of stream", "A quotation mark is opened and never closed."),
    ("escape character", "Inside straight quotation marks a backslash has a meaning of its own. Put the words under >- instead."),
    (
        "could not find expected ':'",
        "This line is neither “name: value” nor a list entry with a dash. Check the colon, and the indentation.",
    ),
    ("tab character", "A tab stands in the indentation. Indent with spaces."),
    ("expected '-' indicator", "This line stands in a list and does not begin with a dash. Check its indentation."),
    (
        "did not find expected key",
        "This line does not fit the lines above it. Check the indentation, and that every line has a name and a colon.",
    ),
    ("directive", "A line that begins with % is not text for YAML. Put the words under >-."),
)


def _failure(broken: yaml.MarkedYAMLError) -> _Failure:
    mark = broken.problem_mark or broken.context_mark
    context = broken.context_mark or mark
    return _Failure(broken.problem or "", mark.line, mark.column, context.line) if mark else _Failure(broken.problem or "", 0, 0, 0)


def _explained(file: str, text: str, first_line: int, failure: _Failure) -> list[Diagnostic]:
    """The slip behind a failure, and those further down: each is mended in memory and the text read again."""
    found: list[Diagnostic] = []
    lines = _BREAK.split(text)
    numbers = list(range(first_line, first_line + len(lines)))  # the file's line of each line, mended ones included
    while failure.fault is None:
        mended = _mend(file, lines, numbers, failure) if len(text) <= _REPAIRABLE else None
        if mended is None:
            break
        slip, lines, numbers, rest = mended
        found.append(slip)
        if rest is None or len(found) == _REPAIRS:
            return found
        failure = rest
    return found or [failure.fault or _generic(file, lines, numbers, failure)]


class _Mended(NamedTuple):
    slip: Diagnostic
    lines: list[str]
    numbers: list[int]
    failure: _Failure | None


def _mend(file: str, lines: list[str], numbers: list[int], failure: _Failure) -> _Mended | None:
    """The slip whose corrected lines let the reading get further than it got."""
    for index in _suspects(failure, len(lines)):
        slip = slips.find(lines, file, index + 1)
        if slip is None:
            continue
        repaired = [*lines[: slip.first], *slip.corrected, *lines[slip.first + slip.count :]]
        kept = [*numbers[: slip.first], *[numbers[slip.first]] * len(slip.corrected), *numbers[slip.first + slip.count :]]
        rest = _Builder(file, "\n".join(repaired), 1).run()
        shift = len(slip.corrected) - slip.count
        if rest is None or rest.fault or rest.line > max(failure.line + shift, slip.first + len(slip.corrected) - 1):
            return _Mended(_on_line(slip.diagnostic, numbers), repaired, kept, rest)
    return None


def _suspects(failure: _Failure, count: int) -> list[int]:
    near = [failure.line, failure.context_line, *range(failure.line - 1, failure.line - 6, -1)]
    return list(dict.fromkeys(i for i in near if 0 <= i < count))


def _on_line(slip: Diagnostic, numbers: Sequence[int]) -> Diagnostic:
    span = slip.span
    line = numbers[span.line - 1]
    return Diagnostic(slip.code, slip.severity, slip.message, span._replace(line=line, end_line=line), slip.notes, slip.help)


def _generic(file: str, lines: Sequence[str], numbers: Sequence[int], failure: _Failure) -> Diagnostic:
    said = next((plain for words, plain in _PLAIN if words in failure.problem), "")
    index = min(failure.line, len(lines) - 1)
    while index > 0 and not lines[index].strip():  # the end of the file: the last line with words says more
        index -= 1
    col = failure.col + 1 if index == failure.line else len(lines[index]) + 1
    notes = ()
    if 0 <= failure.context_line < index:
        line = numbers[failure.context_line]
        notes = (Note(f"The part that cannot be read begins in line {line}.", Span(file, line, 1, line, 1)),)
    message = said or f"This is not readable as YAML ({failure.problem or 'unknown fault'}). Check this line and the one above it."
    return error("yaml-syntax", message, Span(file, numbers[index], col, numbers[index], col), *notes)
