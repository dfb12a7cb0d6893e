"""The rules of MODEL.md, one per file. A rule reads the briefing, yields findings and changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

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
    words,
)
from briefgen.diagnostic import Diagnostic
from briefgen.link import Briefing

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


def run_checks(briefing: Briefing) -> tuple[Diagnostic, ...]:
    """Every finding of every rule."""
    return tuple(finding for check in CHECKS for finding in check(briefing))
