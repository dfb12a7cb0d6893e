"""What a tab is told: how its page stands now, and the findings.

A message says what is, never what to do: a tab compares it with what it shows. So a message that is lost, late or sent
twice does no harm, and no loop can arise.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefgen import report
from briefgen.diagnostic import Diagnostic
from briefgen.serve.answers import digest, links, shown
from briefgen.serve.citation import coverage
from briefgen.serve.sources import sources_of
from briefgen.serve.state import State
from briefgen.source import Snapshot

LIMIT = 200  # findings that a panel lists; who has more mends the first ones first
_WIDTH = 120


def to_all(state: State, boot: str) -> dict[str, Any]:
    """What every tab is told; `boot` names the run of the server."""
    return {
        "build": f"{boot}-{state.number}",
        "base": state.base,
        "ready": bool(state.outputs),
        "failing": state.failing,
        "held": list(state.held),
        "counts": dict(report.counts(state.findings)),
        "findings": findings(state.findings, state.snapshot),
        "saved": state.saved,
    }


def to_one(state: State, page: str, *, missing: bool) -> dict[str, Any]:
    """What a tab that shows `page` is told besides; `missing` says that it showed 404.html when it was opened."""
    return {
        "digest": digest(shown(state, page)) if state.outputs else "",
        "links": links(state.outputs, page),
        "to": _elsewhere(state, page, missing=missing),
        "sources": [s._asdict() for s in sources_of(state.briefing, page)] if state.briefing and not missing else [],
        "coverage": coverage(state, page),
    }


def _elsewhere(state: State, page: str, *, missing: bool) -> dict[str, str] | None:
    """Where the reader of a page is sent that is no more, and the sentence that says so."""
    if page in state.moved:
        return {"url": state.moved[page], "says": f"{page} has moved here."}
    if page in state.left and not missing:
        return {"url": state.left[page], "says": f"{page} is no longer part of the briefing."}
    return None


def findings(diagnostics: tuple[Diagnostic, ...], snapshot: Snapshot | None) -> list[dict[str, Any]]:
    """Findings in the JSON form of `report`, errors first, each with `source`: its line and what of it is marked."""
    rank = {"error": 0, "warning": 1, "info": 2}
    first = sorted(diagnostics, key=lambda d: rank[d.severity])[:LIMIT]
    lines = report.Lines(_texts(snapshot) if snapshot else {})
    listed: list[dict[str, Any]] = [report.as_dict(one, lines) for one in first]
    for one in listed:
        one["source"] = _source(one, lines.get(one["file"], one["line"]))
    return listed


def _texts(snapshot: Snapshot) -> Mapping[str, bytes]:
    return {**snapshot.content, **{f"templates/{name}": text.encode() for name, text in snapshot.templates.items()}}


def _source(finding: Mapping[str, Any], line: str | None) -> dict[str, str] | None:
    """A source line in three parts, before, marked and after, cut to a width that a panel can show."""
    if line is None or not line.strip():
        return None
    start = min(finding["column"] - 1, len(line))
    end = finding["end_column"] - 1 if finding["end_line"] == finding["line"] else len(line)
    end = min(max(end, start + 1), len(line))
    low, high = max(0, min(start - _WIDTH // 3, len(line) - _WIDTH)), 0
    high = max(low + _WIDTH, start + 1)
    before, marked, after = line[low:start], line[start : min(end, high)], line[min(end, high) : high]
    return {
        "before": ("…" if low else "") + report.clean(before),
        "marked": report.clean(marked),
        "after": report.clean(after) + ("…" if high < len(line) else ""),
    }
