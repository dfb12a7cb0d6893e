"""Findings are values.

Nothing here prints and nothing raises: a stage returns its findings beside its value, `report` shows them.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import Literal, NamedTuple

from briefgen.frozen import dataclass
from briefgen.source import Span

Severity = Literal["error", "warning", "info"]


class Note(NamedTuple):
    """A further line under a finding; with a span it points to a second place."""

    text: str
    span: Span | None = None


class Fix(NamedTuple):
    """What stands in the place of a span when its line is corrected, so that the rest of the line is kept.

    With `old`, only that part of the span is replaced. An empty span stands for the name of a file, not for a line of it.
    """

    span: Span
    new: str
    old: str = ""


class Words(NamedTuple):
    """Words for the place of a YAML value, written as that place needs: plain, in quotation marks or under `>-`.

    `under` are the keys that come to stand between the place and the words, from without.
    """

    span: Span
    words: str
    under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    `code` names the fault (not the cure) in kebab-case; `message` is one plain sentence for an editor, on one line;
    `help` is the corrected line or lines, ready to paste, or empty; where a line is known by its place alone, `fix` says what
    to replace in it, and `corrected` makes the line of it. An example is a note: whoever pasted it would say something else.
    """

    code: str
    severity: Severity
    message: str
    span: Span
    notes: tuple[Note, ...] = ()
    help: str = ""
    fix: Fix | Words | None = None


def error(code: str, message: str, span: Span, *notes: Note, help: str = "", fix: Fix | Words | None = None) -> Diagnostic:
    """A finding that stops publication."""
    return Diagnostic(code, "error", _one_line(message), span, notes, help, fix)


def warning(code: str, message: str, span: Span, *notes: Note, help: str = "", fix: Fix | Words | None = None) -> Diagnostic:
    """A finding that stops publication only under `--strict`."""
    return Diagnostic(code, "warning", _one_line(message), span, notes, help, fix)


def info(code: str, message: str, span: Span, *notes: Note, help: str = "") -> Diagnostic:
    """Something worth knowing that never stops anything."""
    return Diagnostic(code, "info", _one_line(message), span, notes, help)


def instead(span: Span, new: str) -> Fix | None:
    """What to put in place of a span, where that is known (not "")."""
    return Fix(span, new) if new else None


def as_in(example: str) -> Note:
    """An example of the form that a field takes, as a note."""
    return Note(f"for example:\n{example}")


def _one_line(message: str) -> str:
    """Messages quote what editors wrote, and keys and values of YAML may hold line ends and be of any length."""
    plain = message if message.isprintable() else " ".join(message.splitlines())
    return plain if len(plain) <= _LONGEST else f"{plain[:_HEAD]} … {plain[-_TAIL:]}"


_LONGEST, _HEAD, _TAIL = 600, 400, 150  # characters


_SEVERITY = attrgetter("severity")
_RANK: dict[str, int] = {"error": 0, "warning": 1, "info": 2}


def place_of(finding: Diagnostic) -> tuple[object, ...]:
    """What findings are sorted by: the place first. Two that have all of it in common are equal."""
    notes = tuple((note.text, note.span or ()) for note in finding.notes)
    return finding.span, _RANK[finding.severity], finding.code, finding.message, finding.help, finding.fix or (), notes


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether anything in there stops publication."""
    return "error" in map(_SEVERITY, diagnostics)
