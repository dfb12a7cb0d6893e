"""The table of aims (issue 5): what was asked for, against what was measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from tests.bench.figures import Figure
from tests.bench.sides import BRIEFGEN, HUGO


class Aim(NamedTuple):
    """`what` and `site` name a figure of ours; it is divided by the same of `over` (a side), or of `over` (another site)."""

    says: str
    what: str
    site: str
    aim: str
    then: str = ""
    over: str = HUGO


AIMS = (
    Aim("cold, against Hugo", "cold build", "1000", "1.2", "1.0"),
    Aim("cold, against Hugo", "cold build", "10000", "1.0", "0.7"),
    Aim("one edited article, against Hugo", "one edit: article", "1000", "1/3", "1/4"),
    Aim("one edited article, against Hugo", "one edit: article", "10000", "1/9", "1/20"),
    Aim("a renamed person on about 50 pages, against Hugo", "one edit: name", "1000", "1/2", "1/3"),
    Aim("nothing changed, against Hugo", "nothing changed", "1000", "1/8"),
    Aim("nothing changed, against Hugo", "nothing changed", "10000", "1/40"),
    Aim("peak memory of all processes, against Hugo", "peak memory, cold", "10000", "0.7", "0.5"),
    Aim("growth: cold, against 10,000 pages", "cold build", "100000", "11", "", "10000"),
    Aim("preview, save to DOM changed, ms", "save to screen: article", "1000", "100", "80", ""),
    Aim("preview, save to DOM changed, ms", "save to screen: article", "10000", "250", "150", ""),
)


class Verdict(NamedTuple):
    """An aim, the two medians (`theirs` is None where the aim is no ratio), and what came of them."""

    aim: Aim
    ours: Figure
    theirs: Figure | None

    @property
    def reached(self) -> float:
        """The ratio of the medians, or the median where the aim is no ratio."""
        return self.ours.median / self.theirs.median if self.theirs else self.ours.median

    def met(self, wish: str) -> str:
        """Whether what is wished for is reached; "" where nothing is wished for."""
        return ("met" if self.reached <= float(Fraction(wish)) else "missed") if wish else ""


def verdicts(figures: Iterable[Figure]) -> Iterator[Verdict]:
    """Every aim that can be judged from these figures."""
    held = {(one.side, one.site, one.what): one for one in figures}
    for aim in AIMS:
        ours = held.get((BRIEFGEN, aim.site, aim.what))
        theirs = held.get((HUGO, aim.site, aim.what) if aim.over == HUGO else (BRIEFGEN, aim.over, aim.what))
        if ours and (theirs or not aim.over):
            yield Verdict(aim, ours, theirs if aim.over else None)
