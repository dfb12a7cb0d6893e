"""Whole processes side by side: ours, Hugo's, ours, … in the same folder in memory, so that both meet the same machine.

A run that failed, or did not write what it should have, is no figure: the benchmark ends there. Nothing of the checking lies
within a measured time. Our search index, verified citations and linked names are in all of our figures; Hugo has none of them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from tests.bench.edits import Edit, appearing, some_person
from tests.bench.figures import Figure
from tests.bench.processes import Command, Run, peak, run
from tests.bench.sides import DEMONSTRATION, Side, clear, must_be_whole, must_show, pages_with, written
from tests.bench.world import Person, world

ALONE_COLD = 50_000  # from so many pages on, only the cold build is measured
_SETTLED = 2.5  # s: a build may distrust a file that was saved shortly before it; editors' content is older than that

_Hook = Callable[[int, int], None]


def duel(site: str, sides: list[Side], runs: int, kinds: tuple[str, ...]) -> Iterator[Figure]:
    """Cold, peak memory, nothing changed, one edit of each of these kinds; and `check`, which is ours alone."""
    yield from _cold(site, sides, runs)
    yield from _sizes(site, sides)
    yield from _memory(site, sides, min(runs, 3))
    if site != DEMONSTRATION and int(site) >= ALONE_COLD:
        return
    yield from _unchanged(site, sides, runs)
    person = _person(site, sides[0])
    for pair in zip(*(side.edits(person) for side in sides), strict=True):
        if pair[0].name in kinds:
            yield from _edited(site, sides, pair, runs)
    for side in sides:
        if side.check:
            held = [_checked(side, side.check) for _ in range(runs)]
            yield _figure(site, "check", side, held)


def _checked(side: Side, check: Command) -> Run:
    """A check that finds out for itself: without the record of the last one, which would be said again."""
    for record in (side.project / ".briefgen").glob("fresh-*"):
        record.unlink()
    return run(check)


def _in_turns(
    sides: list[Side], runs: int, before: Callable[[int, int], None], after: Callable[[int, int], None]
) -> list[list[Run]]:
    """The runs of each side; `before` and `after` get the number of the side and of the run."""
    held: list[list[Run]] = [[] for _ in sides]
    for n in range(runs):
        for which, side in enumerate(sides):
            before(which, n)
            held[which].append(run(side.build))
            after(which, n)
    return held


def _figure(site: str, what: str, side: Side, held: list[Run], note: str = "") -> Figure:
    return Figure(site, what, "s", tuple(one.seconds for one in held), note, side.name, tuple(one.cpu for one in held))


def _cold(site: str, sides: list[Side], runs: int) -> Iterator[Figure]:
    held = _in_turns(sides, runs, lambda which, _: clear(sides[which]), lambda which, _: must_be_whole(sides[which]))
    for side, its in zip(sides, held, strict=True):
        yield _figure(site, "cold build", side, its)


def _sizes(site: str, sides: list[Side]) -> Iterator[Figure]:
    for side in sides:
        seen = written(side.output)
        yield Figure(site, "files written", "", (seen.files,), "", side.name)
        yield Figure(site, "bytes written", "MB", (seen.size / 1e6,), "", side.name)


def _memory(site: str, sides: list[Side], runs: int) -> Iterator[Figure]:
    for side in sides:
        held = []
        for _ in range(runs):
            clear(side)
            held.append(peak(side.build))
        must_be_whole(side)
        yield Figure(site, "peak memory, cold", "MiB", tuple(held), "all processes together", side.name)


def _unchanged(site: str, sides: list[Side], runs: int) -> Iterator[Figure]:
    before = _settle(sides)
    held = _in_turns(sides, runs, lambda *_: None, lambda *_: None)
    _must_be(sides, before, "with nothing changed")
    for side, its in zip(sides, held, strict=True):
        yield _figure(site, "nothing changed", side, its)


def _settle(sides: list[Side]) -> list[str]:
    """Build once more what has not changed for a while; the digests of the sites."""
    time.sleep(_SETTLED)
    for side in sides:
        run(side.build)
    return [written(side.output).digest for side in sides]


def _must_be(sides: list[Side], digests: list[str], when: str) -> None:
    for side, digest in zip(sides, digests, strict=True):
        if written(side.output).digest != digest:
            raise SystemExit(f"{side.name}: the site is another one {when}")


def _person(site: str, ours: Side) -> Person:
    return some_person(ours.project) if site == DEMONSTRATION else appearing(ours.output, world(int(site)).people)


def _edited(site: str, sides: list[Side], pair: tuple[Edit, ...], runs: int) -> Iterator[Figure]:
    before = _settle(sides)
    held = _in_turns(sides, runs, lambda which, n: pair[which].apply(n), lambda which, n: must_show(sides[which], pair[which], n))
    for side, edit, its in zip(sides, pair, held, strict=True):
        edit.apply(runs)
        memory = peak(side.build)
        must_show(side, edit, runs)
        yield _figure(site, f"one edit: {edit.name}", side, its, f"{pages_with(side, edit.words(runs))} pages show it")
        yield Figure(site, f"peak memory, one edit: {edit.name}", "MiB", (memory,), "all processes together", side.name)
        edit.undo()
        run(side.build)
    _must_be(sides, before, f"when the edit “{pair[0].name}” was taken back")
