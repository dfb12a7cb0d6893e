"""MUTATIONS.md and the figures measured: a table row and a list of slips per kind, compared as text.

`UPDATE_MUTATIONS=1 python -m pytest tests/test_mutations_words.py tests/test_mutations_meaning.py -n 0` writes the figures anew.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tests.kit import ROOT
from tests.meaning import Change
from tests.mutate import findings, replaced

FILE = ROOT / "tests" / "MUTATIONS.md"


_LISTED = 8  # replacements named one by one; more are counted


class Measured(NamedTuple):
    """What became of the mutants of one kind."""

    caught: tuple[Change, ...]
    slipped: tuple[Change, ...]

    @property
    def share(self) -> float:
        """The share caught in per cent."""
        return percent(self.caught, self.slipped)


def percent(caught: Sequence[Change], slipped: Sequence[Change]) -> float:
    """A share in per cent; 100 of nothing."""
    count = len(caught) + len(slipped)
    return 100 * len(caught) / count if count else 100.0


def measure(changes: Iterable[Change]) -> Measured:
    """Check every mutant: those whose findings cannot be taken for one another's in one run, all others one by one."""
    found = dict.fromkeys(changes, False)
    for batch in _batches(found):
        found |= _together(batch) if len(batch) > 1 else _alone(batch)
    return Measured(tuple(c for c, hit in found.items() if hit), tuple(c for c, hit in found.items() if not hit))


def _alone(batch: Iterable[Change]) -> dict[Change, bool]:
    return {change: bool(findings({change.path: change.text})) for change in batch}


def _together(batch: Sequence[Change]) -> dict[Change, bool]:
    files = {c.path: replaced(c.path, (e for other in batch if other.path == c.path for e in other.edits)) for c in batch}
    hit = dict.fromkeys(batch, False)
    for finding in findings(files):
        owner = [c for c in batch if c.path == finding.span.file and c.scope[0] <= finding.span.line <= c.scope[1]]
        if not owner:  # a finding that is nobody's own: who knows whose it is
            return _alone(batch)
        hit[owner[0]] = True
    return hit


def _batches(changes: Iterable[Change]) -> list[list[Change]]:
    batches: list[list[Change]] = []
    for change in changes:
        free = (b for b in batches if all(_apart(change, other) for other in b))
        batch = next(free, None)
        if batch is None:
            batches.append([change])
        else:
            batch.append(change)
    return batches


def _apart(one: Change, other: Change) -> bool:
    if not one.edits or not other.edits:
        return False
    return one.path != other.path or one.scope[1] < other.scope[0] or other.scope[1] < one.scope[0]


def row(title: str, measured: Measured) -> str:
    """The line of a table: mutants, caught, share; the share without noted facts; the share of the names that the article has."""
    near = [tuple(c for c in part if c.near) for part in measured]
    free = [tuple(c for c in part if not c.noted) for part in measured]
    cells = [
        title,
        str(len(measured.caught) + len(measured.slipped)),
        str(len(measured.caught)),
        f"{measured.share:.1f} %",
        f"{percent(*free):.1f} %" if any(c.noted for part in measured for c in part) else "",
        f"{percent(*near):.1f} %" if any(near) else "",
    ]
    return f"| {' | '.join(cells)} |"


def slips(measured: Measured) -> str:
    """A list of what slipped, place by place, and why."""
    if measured.slipped and not measured.caught:
        return f"- none of the {len(measured.slipped)} is caught"
    places = dict.fromkeys(c.where for c in measured.slipped)
    return "\n".join(f"- {_at(where, measured)}" for where in places)


def _at(where: str, measured: Measured) -> str:
    here = [c for c in measured.slipped if c.where == where]
    reasons: dict[str, list[str]] = {}
    for change in here:
        why = "a note stands there" if change.noted else "named in the same sentence" if change.beside else ""
        reasons.setdefault(why, []).append(change.new)
    return f"{where} → " + "; ".join(_few(news) + (f" ({why})" if why else "") for why, news in reasons.items())


def _few(news: list[str]) -> str:
    return ", ".join(news) if len(news) <= _LISTED else f"{len(news)} others"


def compare(title: str, line: str, listed: str | None = None) -> None:
    """Compare a row, and the list under the heading of the same name, with the file; or write them."""
    text = FILE.read_text(encoding="utf-8")
    if os.environ.get("UPDATE_MUTATIONS"):
        listing = listed or "- nothing"
        text = re.sub(rf"^\| {re.escape(title)} \|.*$", lambda _: line, text, flags=re.MULTILINE)
        if listed is not None:
            text = _section(title).sub(lambda m: f"{m['head']}\n{listing}\n\n", text).rstrip() + "\n"
        FILE.write_text(text, encoding="utf-8")
    assert line in text.split("\n"), f"MUTATIONS.md has other figures: {line}"
    if listed is not None:
        found = _section(title).search(text)
        assert found, f"MUTATIONS.md has no heading {title}"
        assert found["body"].strip() == (listed or "- nothing"), f"MUTATIONS.md lists other slips of {title}"


def _section(title: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<head>^### {re.escape(title)}\n)(?P<body>(?:(?!#).*(?:\n|\Z))*)", re.MULTILINE)
