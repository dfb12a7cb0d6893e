"""Findings for people, programs and GitHub: one value, three renderings.

Nothing is printed here and nothing is looked up on the disk: the file texts come with the snapshot. Colours are the
caller's choice. Control characters of a source never reach a terminal.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from briefgen.corrected import Corrected, corrected
from briefgen.diagnostic import Diagnostic, Note
from briefgen.source import Span

Sources = Mapping[str, bytes]
Place = Callable[[str], str]  # a path of the project -> how it is shown

_RED, _YELLOW, _BLUE, _BOLD, _PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[34m", "\x1b[1m", "\x1b[0m"
_HUES = {"error": _RED, "warning": _YELLOW, "info": _BLUE}
_TAB = 4
_LINE_END = re.compile(r"\r\n|\r|\n")
# Embeddings, overrides and isolates (UAX #9) would turn the rest of the terminal's line around.
_BIDI = frozenset(chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))


class Style(NamedTuple):
    """How the text form looks: with colours or without, and how many columns a source line may take."""

    colour: bool = False
    width: int = 110


def counts(diagnostics: Iterable[Diagnostic]) -> Counter[str]:
    """How many findings of each severity."""
    return Counter(d.severity for d in diagnostics)


def count(number: int, thing: str) -> str:
    """A number of things: "1 error", "2 errors"."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def score(diagnostics: Sequence[Diagnostic], *, strict: bool, verbose: bool) -> str:
    """The line under the findings: how many there are, what is not shown, and where more is said."""
    number = counts(diagnostics)
    fatal = " (--strict: warnings fail)" if strict and number["warning"] and not number["error"] else ""
    hidden = f" {count(number['info'], 'remark')} with -v." if number["info"] and not verbose else ""
    first = next((d.code for d in diagnostics if d.severity != "info"), "")
    more = f" `briefgen explain {first}` says more." if first else ""
    return f"{count(number['error'], 'error')}, {count(number['warning'], 'warning')}{fatal}.{more}{hidden}"


# ------------------------------------------------------------------------ text


def text(diagnostics: Sequence[Diagnostic], sources: Sources, place: Place = str, style: Style = Style()) -> str:  # noqa: B008  # frozen
    """Findings as a compiler shows them: place, sentence, the line with the span marked, notes, the corrected line."""
    lines = Lines(sources)
    return "\n".join(_one(d, lines, place, style) for d in diagnostics)


class Lines:
    """The files' lines, each file split once."""

    def __init__(self, sources: Sources) -> None:
        """Take the bytes by path, as in a snapshot."""
        self._sources = sources
        self._split: dict[str, list[str]] = {}

    def get(self, path: str, number: int) -> str | None:
        """Line `number` (from 1) of a file, without its end; None where there is no such line."""
        if path not in self._split:
            data = self._sources.get(path, b"")
            self._split[path] = _LINE_END.split(data.decode("utf-8-sig", errors="replace"))
        lines = self._split[path]
        return lines[number - 1] if 0 < number <= len(lines) else None


def _one(finding: Diagnostic, lines: Lines, place: Place, style: Style) -> str:
    hue = _HUES[finding.severity]
    label = _paint(f"{finding.severity}[{finding.code}]", hue + _BOLD, style)
    gutter = " " * _gutter(finding, lines)
    out = [f"{_paint(_at(finding.span, place), _BOLD, style)}: {label}: {clean(finding.message)}"]
    out += _excerpt(finding.span, lines, gutter, hue, style)
    for note in finding.notes:
        out += _note(note, lines, place, gutter, style)
    better = corrected(finding, lines.get)
    if better.text:
        # The corrected lines stand at the margin, with their own indentation: ready to be copied as they are.
        out += [f"{gutter} {_paint(f'= {_helping(better)}:', _BOLD, style)}", *clean(better.text).split("\n")]
    return "\n".join(out) + "\n"


def _helping(better: Corrected) -> str:
    return f"help, in place of {better.place}" if better.place else "help"


def _note(note: Note, lines: Lines, place: Place, gutter: str, style: Style) -> list[str]:
    where = f" ({_at(note.span, place)})" if note.span else ""
    head, *more = clean(note.text).split("\n")
    out = [f"{gutter} {_paint('= note:', _BOLD, style)} {head}{where}", *(f"{gutter}         {line}" for line in more)]
    return out + (_excerpt(note.span, lines, gutter, _BLUE, style) if note.span else [])


def _at(span: Span, place: Place) -> str:
    return f"{clean(place(span.file))}:{span.line}:{span.col}"


def _gutter(finding: Diagnostic, lines: Lines) -> int:
    spans = [finding.span, *(n.span for n in finding.notes if n.span)]
    return max([len(str(s.line)) for s in spans if lines.get(s.file, s.line) is not None], default=1)


def _excerpt(span: Span, lines: Lines, gutter: str, hue: str, style: Style) -> list[str]:
    line = lines.get(span.file, span.line)
    if line is None or not line.strip():
        return []
    end = span.end_col if span.end_line == span.line else len(line.rstrip()) + 1
    shown, before, marked = _window(line, span.col - 1, max(end - 1, span.col), style.width)
    carets = _paint("^" * max(marked, 1), hue + _BOLD, style)
    number = str(span.line).rjust(len(gutter))
    return [f"{gutter} |", f"{number} | {shown}".rstrip(), f"{gutter} | {' ' * before}{carets}"]


def _window(line: str, start: int, end: int, width: int) -> tuple[str, int, int]:
    """The part of a line around a span that fits, the columns before the span in it, and the columns of the span."""
    start, end = min(start, len(line)), min(end, len(line))
    first, last = 0, len(line)
    if columns(line) > width:
        first = max(0, min(start - width // 3, len(line) - width))
        last = first + width
    head, tail = "…" if first else "", "…" if last < len(line) else ""
    before = columns(head + line[first:start])
    return head + clean(line[first:last]) + tail, before, columns(line[start : min(end, last)])


def columns(text: str) -> int:
    """How many columns a terminal needs: wide characters two (UAX #11), combining and invisible ones none, tabs four."""
    return sum(_columns_of(char) for char in text)


def _columns_of(char: str) -> int:
    if char == "\t":
        return _TAB
    if char in _BIDI:  # shown as a replacement character
        return 1
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def clean(text: str) -> str:
    """Text that does nothing to a terminal but be shown: tabs as blanks, control characters as replacement characters."""
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    if char == "\t":
        return " " * _TAB
    return "\ufffd" if char in _BIDI or (char != "\n" and unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")) else char


def _paint(text: str, codes: str, style: Style) -> str:
    return f"{codes}{text}{_PLAIN}" if style.colour else text


# ------------------------------------------------------------------------ json


def as_json(diagnostics: Sequence[Diagnostic], sources: Sources, summary: Mapping[str, object]) -> str:
    """One JSON object, stable from version to version.

    `version`: 1, raised when a key changes its meaning. `findings`: each `code`, `severity` (error, warning, info),
    `message`, `file` (from the project on), `line`, `column`, `end_line`, `end_column` (from 1, in code points, end
    excluded), `notes` (each `text`, and where it points to a place the same five), `help` (corrected lines or ""), `help_place`
    (in place of what they come, where that is not the line alone: "lines 3 to 4", or "").
    `summary`: `errors`, `warnings`, `infos`, and what the caller adds.
    """
    lines = Lines(sources)
    number = counts(diagnostics)
    total = {"errors": number["error"], "warnings": number["warning"], "infos": number["info"], **summary}
    report = {"version": 1, "findings": [as_dict(d, lines) for d in diagnostics], "summary": total}
    return json.dumps(report, ensure_ascii=False, indent=2)


def as_dict(finding: Diagnostic, lines: Lines) -> dict[str, object]:
    """One finding in the form of `as_json`."""
    better = corrected(finding, lines.get)
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        **_span_dict(finding.span),
        "notes": [{"text": n.text, **(_span_dict(n.span) if n.span else {})} for n in finding.notes],
        "help": better.text,
        "help_place": better.place,
    }


def _span_dict(span: Span) -> dict[str, object]:
    return {"file": span.file, "line": span.line, "column": span.col, "end_line": span.end_line, "end_column": span.end_col}


# ---------------------------------------------------------------------- github

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def github(diagnostics: Sequence[Diagnostic], sources: Sources, place: Place = str) -> str:
    """Workflow commands, one line a finding, which GitHub shows beside the lines of a pull request.

    Source of the form and its escapes: "Workflow commands for GitHub Actions" and actions/toolkit, core/src/command.ts.
    """
    lines = Lines(sources)
    return "".join(_command(d, lines, place) + "\n" for d in diagnostics)


def _command(finding: Diagnostic, lines: Lines, place: Place) -> str:
    span = finding.span
    fields = {"file": place(span.file), "line": span.line, "endLine": span.end_line}
    if span.line == span.end_line:  # GitHub takes columns within one line only; its end column is the last marked one
        fields |= {"col": span.col, "endColumn": max(span.col, span.end_col - 1)}
    fields["title"] = finding.code
    properties = ",".join(f"{key}={_escape(str(value), properties=True)}" for key, value in fields.items())
    return f"::{_COMMANDS[finding.severity]} {properties}::{_escape(_message(finding, lines, place), properties=False)}"


def _message(finding: Diagnostic, lines: Lines, place: Place) -> str:
    notes = [f"note: {n.text}" + (f" ({_at(n.span, place)})" if n.span else "") for n in finding.notes]
    better = corrected(finding, lines.get)
    return "\n".join([finding.message, *notes, *([f"{_helping(better)}:\n{better.text}"] if better.text else [])])


def _escape(text: str, *, properties: bool) -> str:
    pairs = [("%", "%25"), ("\r", "%0D"), ("\n", "%0A")] + ([(":", "%3A"), (",", "%2C")] if properties else [])
    for char, code in pairs:
        text = text.replace(char, code)
    return text
