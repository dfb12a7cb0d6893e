"""Time grows with the size of the input, not with its square (issue 6, point 11); the families are in growth.py."""

from __future__ import annotations

import itertools

import pytest

from briefgen.compile import compile_site
from briefgen.source import Snapshot
from tests.badinput import assert_placed, sound, theme
from tests.growth import FAMILIES, SMALL, Family, cost

RATIO = 2.3
# Seconds of the largest size below which a family is too quick to be measured, and above which it is measured once.
QUICK, SLOW = 0.15, 4.0
LONG = (250_000, 500_000, 1_000_000)
SHORT = (15_000, 60_000)
FOUR_TIMES = 7.5  # quadratic would be 16, linear is 4; small sizes are noisy


def costs(family: Family, sizes: tuple[int, ...]) -> list[float]:
    """What the sizes cost, without what a small one costs."""
    base, found = cost(family, SMALL, 3), []
    for size in sizes:
        once = cost(family, size, 1)
        found.append((once if once > SLOW else min(once, cost(family, size, 2))) - base)
    return found


@pytest.mark.long
@pytest.mark.parametrize("name", FAMILIES)
def test_twice_the_size_takes_at_most_2_3_times_as_long(name: str) -> None:
    worst: list[float] = []
    for _ in range(3):  # others use the machine too: what is measured too high once is measured again
        taken = costs(FAMILIES[name], LONG)
        ratios = [round(b / max(a, 0.001), 2) for a, b in itertools.pairwise(taken)]
        print(f"{name}: {[round(c, 3) for c in taken]} s, {ratios}")
        worst = ratios if not worst or max(ratios) < max(worst) else worst
        if taken[-1] < QUICK or max(ratios) <= RATIO:
            return
    assert max(worst) <= RATIO, (name, worst)


@pytest.mark.parametrize("name", FAMILIES)
def test_four_times_the_size_takes_not_much_more_than_four_times_as_long(name: str) -> None:
    """The quick form; what has no time to grow at these sizes passes."""
    ratio = 0.0
    for _ in range(3):
        small, big = costs(FAMILIES[name], SHORT)
        ratio = big / max(small, 0.012)
        if big < QUICK or ratio < FOUR_TIMES:
            return
    assert ratio < FOUR_TIMES, (name, ratio)


@pytest.mark.parametrize("name", FAMILIES)
def test_what_is_found_in_a_big_file_has_its_place(name: str) -> None:
    content = sound() | FAMILIES[name](10_000)
    assert_placed(compile_site(Snapshot(content, *theme())).diagnostics, content)
