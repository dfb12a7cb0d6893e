"""libyaml's events to a tree of text, within limits.

No types, no tags, no merge keys, no constructors and no recursion over the input: the limits are kept on the stream of events,
before anything is built, because composing crashes the process on 100,000 brackets. Nothing here explains a syntax error:
`read` hands back where libyaml gave up. An alias shares its node, which stands with the span of its anchor.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, NoReturn

import yaml
from yaml import cyaml

from briefgen.diagnostic import Diagnostic, Note, error
from briefgen.load.slips import UNREADABLE, explain
from briefgen.source import Span

MAX_DEPTH = 32
MAX_ALIASES = 32
MAX_ALIASED_CHARACTERS = 100_000

BREAK = re.compile(r"\r\n|\r|\n")
_STYLES = {"": "plain", "'": "single", '"': "double", "|": "literal", ">": "folded"}
# types-PyYAML does not know the C parser's methods; each event is told apart by its type below.
_PARSER: Callable[[str], Any] = cyaml.CParser  # type: ignore[attr-defined]  # see above


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


class Failure(NamedTuple):
    """Where libyaml gave up, in its words; lines and columns from 0. `context` is where the part began that it could not read."""

    problem: str
    line: int
    col: int
    context_line: int
    context_col: int


class Reading(NamedTuple):
    """What was read: a tree (None where nothing or not all was read), the findings, and the failure where libyaml gave up."""

    root: Node | None
    faults: tuple[Diagnostic, ...]
    failure: Failure | None = None


def bad_character(char: str, span: Span) -> Diagnostic:
    """The finding for a character that no text may contain."""
    message = f"An invisible control character (U+{ord(char):04X}) stands here, which no text may contain. Delete it."
    return error("bad-character", message, span)


def read(file: str, text: str, first_line: int) -> Reading:
    """Read one document; `text` holds nothing that YAML forbids, `first_line` is the file's line on which it begins."""
    reader = _Reader(file, text, first_line)
    try:
        root = reader.run()
    except yaml.MarkedYAMLError as broken:
        return Reading(None, tuple(reader.faults), _failure(broken))
    except _LimitError as limit:
        return Reading(None, (*reader.faults, limit.fault))
    return Reading(root, tuple(reader.faults))


def _failure(broken: yaml.MarkedYAMLError) -> Failure:
    mark: Any = broken.problem_mark or broken.context_mark
    context: Any = broken.context_mark or mark
    return Failure(broken.problem or "", mark.line, mark.column, context.line, context.column)


class _LimitError(Exception):
    """Leaves the loop over the events; never this module."""

    def __init__(self, fault: Diagnostic) -> None:
        super().__init__(fault.message)
        self.fault = fault


class _Measure(NamedTuple):
    """How large a node is with its aliases written out: in characters, and in levels."""

    size: int
    height: int


class _Reader:
    """One reading of one text: a class only because the loop shares its state with the rarer events."""

    def __init__(self, file: str, text: str, first_line: int) -> None:
        self.file, self.text, self.first_line = file, text, first_line
        self.faults: list[Diagnostic] = []
        self.lines: Sequence[str] = ()
        self.anchors: dict[str, Node] = {}
        self.measures: dict[int, _Measure] = {}
        self.aliases = self.aliased = self.documents = 0

    def run(self) -> Node | None:
        """The loop. Half a microsecond an event counts here: scalars, the many, are made in place (0.16 -> 0.09 ms per KB)."""
        get_event = _PARSER(self.text).get_event
        file, first, new = self.file, self.first_line, tuple.__new__
        stack: list[tuple[Any, list[Node]]] = []
        children: list[Node] = []
        while True:
            event = get_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                start, end, style = event.start_mark, event.end_mark, event.style
                span = new(Span, (file, start.line + first, start.column + 1, end.line + first, end.column + 1))
                node = new(Scalar, (event.value, span, _STYLES[style]))
                if style and style != "'":
                    node = self._styled(node, event)
                if event.tag is not None or event.anchor is not None:
                    self._marked(node, event)
                children.append(node)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if len(stack) == MAX_DEPTH:
                    self._too_deep(event)
                stack.append((event, children))
                children = []
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                opening, outer = stack.pop()
                outer.append(self._collection(opening, event, children))
                children = outer
            elif kind is yaml.AliasEvent:
                children.append(self._alias(event, len(stack)))
            elif kind is yaml.DocumentStartEvent:
                self._document(event)
            elif kind is yaml.StreamEndEvent:
                return children[0] if children else None

    def span(self, event: Any) -> Span:
        """Where an event stands."""
        start, end, first = event.start_mark, event.end_mark, self.first_line
        return Span(self.file, start.line + first, start.column + 1, end.line + first, end.column + 1)

    def stop(self, code: str, message: str, event: Any) -> NoReturn:
        """Leave the loop with a finding."""
        raise _LimitError(error(code, message, self.span(event)))

    def _lines(self) -> Sequence[str]:
        self.lines = self.lines or BREAK.split(self.text)
        return self.lines

    def _styled(self, node: Scalar, event: Any) -> Scalar:
        if node.style != "double":
            return node._replace(span=self._words_span(node.span, event))
        bad = UNREADABLE.search(node.text)
        if bad:
            self.faults.append(bad_character(bad.group(), node.span))
        return node

    def _words_span(self, span: Span, event: Any) -> Span:
        """From the first word of a block scalar to the end of its last line; libyaml marks the `>-` and the next token."""
        lines = self._lines()
        first, last = event.start_mark.line + 1, min(event.end_mark.line - (event.end_mark.column == 0), len(lines) - 1)
        while first < last and not lines[first].strip():
            first += 1
        while last > first and not lines[last].strip():
            last -= 1
        if first > last or not lines[first].strip():
            return span
        col = len(lines[first]) - len(lines[first].lstrip(" ")) + 1
        return Span(self.file, first + self.first_line, col, last + self.first_line, len(lines[last].rstrip()) + 1)

    def _collection(self, opening: Any, closing: Any, children: list[Node]) -> Node:
        span = self._extent(opening, closing, children)
        is_list = type(opening) is yaml.SequenceStartEvent
        node: Node = Seq(tuple(children), span) if is_list else Map(self._pairs(children), span)
        if opening.tag is not None or opening.anchor is not None:
            self._marked(node, opening)
        return node

    def _extent(self, opening: Any, closing: Any, children: list[Node]) -> Span:
        # A block collection "ends" for libyaml where the next token begins, which may be many lines below.
        start, end, first = opening.start_mark, closing.end_mark, self.first_line
        line, col = start.line + first, start.column + 1
        if opening.flow_style or not children:
            return Span(self.file, line, col, end.line + first, end.column + 1)
        last = children[-1].span
        end_line, end_col = max((line, col), (last.end_line, last.end_col))  # an alias has the span of its anchor, above
        return Span(self.file, line, col, end_line, end_col)

    def _pairs(self, children: list[Node]) -> tuple[tuple[Scalar, Node], ...]:
        pairs: dict[str, tuple[Scalar, Node]] = {}
        for at in range(0, len(children), 2):
            key = children[at]
            if type(key) is not Scalar or not key.text:
                self.faults.append(self._bad_key(key))
            elif key.text == "<<" and key.style == "plain":
                message = "Merge keys (<<) are not read. Write the fields out; each fact carries words of its own."
                self.faults.append(error("merge-key", message, key.span))
            elif key.text in pairs:
                self.faults.append(_duplicate(key, pairs[key.text][0]))
            else:
                pairs[key.text] = (key, children[at + 1])
        return tuple(pairs.values())

    def _bad_key(self, key: Node) -> Diagnostic:
        span = key.span
        line = self._lines()[span.line - self.first_line]
        before, raw, behind = line[: span.col - 1], line[span.col - 1 : span.end_col - 1], line[span.end_col - 1 :]
        if type(key) is Scalar or span.line != span.end_line or set(raw) & {'"', "\\"}:
            return error("bad-key", "What stands in front of this colon is no plain word. Write a name, an id or a date.", span)
        message = f"What stands in front of this colon begins with {raw[:1]}, so it needs quotation marks."
        return error("bad-key", message, span, help=f'{before}"{raw}"{behind}')

    def _marked(self, node: Node, event: Any) -> None:
        if event.tag is not None:
            self.faults.append(self._tagged(event))
        if event.anchor is not None:
            self.anchors[event.anchor] = node
            self.measures[id(node)] = self._measured(node)

    def _tagged(self, event: Any) -> Diagnostic:
        span = self.span(event)
        words = type(event) is yaml.ScalarEvent
        slip = explain(self._lines(), self.file, span.line, self.first_line) if words else None
        message = "A value may not begin with an exclamation mark: YAML takes the word behind it for a tag, and tags are not read."
        return slip if slip and slip.span[1:3] == span[1:3] else error("yaml-tag", message, span)

    def _alias(self, event: Any, depth: int) -> Node:
        self.aliases += 1
        node = self.anchors.get(event.anchor)
        if node is None:
            raise yaml.MarkedYAMLError(None, None, "unknown alias", event.start_mark)
        if self.aliases > MAX_ALIASES:
            message = f"This file repeats parts of itself (*{event.anchor}) more than {MAX_ALIASES} times. Write the facts out."
            self.stop("too-many-aliases", message, event)
        measure = self.measures[id(node)]
        self.aliased += measure.size
        if self.aliased > MAX_ALIASED_CHARACTERS:
            message = f"The repetitions in this file (*{event.anchor}) grow beyond all measure. Write the facts out."
            self.stop("exploding-aliases", message, event)
        if depth + measure.height > MAX_DEPTH:
            self._too_deep(event)
        return node

    def _measured(self, node: Node) -> _Measure:
        # No deeper than MAX_DEPTH: what an alias brings in was measured at its anchor.
        known = self.measures.get(id(node))
        if known:
            return known
        if type(node) is Scalar:
            return _Measure(len(node.text) + 1, 0)
        inner = node.items if type(node) is Seq else [n for pair in node.pairs for n in pair]  # type: ignore[union-attr]  # a scalar went above
        parts = [self._measured(n) for n in inner]
        return _Measure(1 + sum(p.size for p in parts), 1 + max((p.height for p in parts), default=0))

    def _too_deep(self, event: Any) -> NoReturn:
        message = f"Lists and maps stand more than {MAX_DEPTH} deep in one another here. Look for brackets too many."
        self.stop("too-deep", message, event)

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            message = "A second document begins here (---). Keep one document in a file, or delete this line."
            self.stop("many-documents", message, event)


def _duplicate(key: Scalar, first: Scalar) -> Diagnostic:
    here, there = key.span.line, first.span.line
    message = f"“{key.text}” stands twice, in line {there} and in line {here}. Put both under one, or rename one."
    return error("duplicate-key", message, key.span, Note(f"“{key.text}” stands first in line {there}.", first.span))
