"""Markdown and plain text into `Prose`: own markup, text runs with offsets, references and citations.

Raw HTML never passes; a link to anything but http, https, mailto or a relative address stays text; no picture is
taken from another host. Syntax: CommonMark with tables, by markdown-it-py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from briefgen.addresses import safe_address
from briefgen.diagnostic import Diagnostic, error
from briefgen.load.dropped import dropped, number_lists
from briefgen.load.walk import DEEPEST, walked
from briefgen.model import Html, Piece, Prose, Run, Unit
from briefgen.source import Span, whole_file

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_REF = re.compile(r"\[\[([^\[\]|\n]+?)(?:\|([^\[\]\n]+?))?\]\]")
_CITE = re.compile(r"\[@([^\s:\[\]]+):\s+((?:[^\[\]]|\[[^\[\]]*\])+?)\s*\]")


def plain(text: str, first_line: int = 1) -> Prose:
    """Plain paragraphs, ended by blank lines."""
    pieces: list[Piece] = []
    units: list[Unit] = []
    line, seen = first_line, 0
    for block in re.finditer(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*", text):
        paragraph = block.group().rstrip()
        pieces += [Html("<p>"), Run(len(units), 0, paragraph), Html("</p>\n")]
        line, seen = line + text.count("\n", seen, block.start()), block.start()
        units.append(Unit(paragraph, "body", line))
    return Prose(tuple(pieces), tuple(units))


def article(text: str, file: str, first_line: int = 1) -> tuple[Prose, tuple[Diagnostic, ...]]:
    """The text of a source in Markdown: `[[` and `[@` are the source's own characters there."""
    return _read(text, file, first_line, editors=False)


def prose(text: str, file: str, first_line: int = 1) -> tuple[Prose, tuple[Diagnostic, ...]]:
    """Editors' prose: `[[id]]`, `[[id|label]]` and `[@article: words]` are read too."""
    return _read(text, file, first_line, editors=True)


def _read(text: str, file: str, first_line: int, *, editors: bool) -> tuple[Prose, tuple[Diagnostic, ...]]:
    overloaded = _overloaded(text, file, first_line)
    if overloaded:
        return plain(text, first_line), (overloaded,)
    env: dict[str, Any] = {}
    tokens = _parser(editors).parse(text, env)
    number_lists(tokens)
    found, findings = walked(tokens, file, text, first_line, editors=editors)
    return found, (*findings, *_lost(tokens, env, text, whole_file(file)._replace(line=first_line)))


def _lost(tokens: Sequence[Token], env: Mapping[str, Any], text: str, start: Span) -> Iterator[Diagnostic]:
    """Errors about words that Markdown would leave out; `start` is the text's first line."""
    lines = text.split("\n")
    for one in dropped(tokens, env, lines):
        line, held = start.line + one.line, lines[one.line]
        col = len(held) - len(held.lstrip()) + 1
        yield error("dropped-words", one.message, Span(start.file, line, col, line, len(held) + 1), help=one.corrected)


def inline(text: str, span: Span) -> tuple[Prose, tuple[Diagnostic, ...]]:
    """A note: inline Markdown only. Findings in it are placed at the note's own span."""
    overloaded = _overloaded(text, span.file, span.line)
    if overloaded:
        return plain(text, span.line), (replace(overloaded, span=span),)
    return walked(_parser(True).parseInline(text), span.file, text, span.line, editors=True, note=span)


_OPEN = 100  # brackets open at once in a paragraph; what Markdown takes to read them grows with the square of their number
_BRACKETS = re.compile(r"\[|\]|\n[^\S\n]*\n")


def _overloaded(text: str, file: str, first_line: int) -> Diagnostic | None:
    """The finding about a paragraph that no editor wrote, and that would take minutes to read."""
    depth = 0
    for found in _BRACKETS.finditer(text):
        depth = depth + 1 if found.group() == "[" else max(depth - 1, 0) if found.group() == "]" else 0
        if depth > _OPEN:
            line = first_line + text.count("\n", 0, found.start())
            at = whole_file(file)._replace(line=line, end_line=line)
            return error("too-deep", f"More than {_OPEN} square brackets are open here at once. Close or remove them.", at)
    return None


@lru_cache(maxsize=2)
def _parser(editors: bool) -> MarkdownIt:
    # markdown-it costs 50 ms to import; a build that changes nothing never gets here.
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST, "store_labels": True}).enable("table")
    parser.disable("text_join")  # escaped characters stay tokens of their own, else \[[ would be taken for [[
    parser.validateLink = safe_address  # type: ignore[method-assign]  # the documented way to set one's own
    if editors:
        parser.inline.ruler.before("link", "record", _record_rule)
        parser.inline.ruler.before("link", "citation", _citation_rule)
    return parser


def _record_rule(state: StateInline, silent: bool) -> bool:
    return _take(state, silent, _REF, "record", "[[")


def _citation_rule(state: StateInline, silent: bool) -> bool:
    return _take(state, silent, _CITE, "citation", "[@")


def _take(state: StateInline, silent: bool, pattern: re.Pattern[str], kind: str, opener: str) -> bool:
    if not state.src.startswith(opener, state.pos):
        return False
    found = pattern.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push(kind, "", 0)
        token.content = found.group(1).strip()
        token.info = " ".join((found.group(2) or "").split())
        token.meta = {"raw": found.group(0)}
    state.pos = found.end()
    return True
