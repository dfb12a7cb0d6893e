"""The rules of MODEL.md, one per file. A rule reads the briefing, yields findings and changes nothing.

A rule walks through `claims`, `subjects`, `texts`, `relations` and `pages`, which are those of one part at a time, and looks up
everything else; so each part is judged again only where something that was looked up has changed. `ON_ALL` are those that
need the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from briefgen.checks import (
    citations,
    dates,
    excerpts,
    furniture,
    given,
    labels,
    names,
    positions,
    posts,
    references,
    repeated,
    reported,
    rosters,
    values,
    whole,
    words,
)
from briefgen.checks.common import found
from briefgen.diagnostic import Diagnostic
from briefgen.link import Briefing
from briefgen.link.parts import Part
from briefgen.remaking import Crew, Trace, alone, remake

CHECKS: tuple[Callable[[Briefing], Iterator[Diagnostic]], ...] = (
    words.check,
    repeated.check,
    furniture.check,
    rosters.check,
    dates.check,
    names.check,
    values.check,
    given.check,
    posts.check,
    positions.check,
    citations.check,
    references.check,
    labels.check,
    excerpts.check,
    reported.check,
)
ON_ALL: tuple[Callable[[Briefing], Iterator[Diagnostic]], ...] = (whole.check,)

CheckTrace = Trace[Part, tuple[Diagnostic, ...]]
_ALL: Part = ("all", "")


def judged(briefing: Briefing, trace: CheckTrace | None = None, crew: Crew = alone) -> Mapping[Part, tuple[Diagnostic, ...]]:
    """What every rule finds, by part; parts of which the trace still holds true are not judged again."""
    return remake(trace, briefing, (*briefing.stated, _ALL), _judged, crew, "Checking")


def _judged(briefing: Briefing, part: Part) -> tuple[Diagnostic, ...]:
    """What the rules find in one part: one record, one article, the relations, or one page of the editors."""
    if part == _ALL:
        return tuple(finding for check in ON_ALL for finding in check(briefing))
    kind, id_ = part
    claims = briefing.stated[part]
    scope = briefing.but(
        claims=claims,
        verified=found(briefing, claims),  # seven rules ask for them
        subjects=(briefing.records[id_],) if kind == "record" else (),
        texts=(briefing.articles[id_],) if kind == "article" else (),
        relations=briefing.relations if kind == "relations" else (),
        pages=tuple(p for p in briefing.pages if p.id == id_) if kind == "page" else (),
    )
    return tuple(finding for check in CHECKS for finding in check(scope))
