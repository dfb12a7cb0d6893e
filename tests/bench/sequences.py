"""`python -m tests.bench.sequences`: incremental == clean (I3) over as many random edits as wished, in many sequences.

    nice -n 19 python -m tests.bench.sequences --steps 10000                     # in memory, as the preview builds
    nice -n 19 python -m tests.bench.sequences --steps 10000 --way disk          # the command, with .briefgen/, in one process
    nice -n 19 python -m tests.bench.sequences --steps 300 --way processes --damage state --damage site --damage kills

The edits are those of tests/test_incremental.py. A sequence begins with a sound briefing and a seed of its own; the same seed
gives the same edits, so that `--seed N --steps M` comes back to what went wrong.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.bench.ways import InMemory, OnDisk, Outcome, Way, apart, here
from tests.test_incremental import Desk, step

DAMAGES = ("state", "site", "kills")
_EVERY = 20.0  # s between two lines of progress


class Fault(Exception):  # noqa: N818  # no error of the program
    """An incremental build gave something else."""


class Step(NamedTuple):
    """What came of one step: whether the briefing was good, whether it was compared."""

    good: bool
    compared: bool


def main(words: list[str] | None = None) -> int:
    """Read the command line, run, say how it went; 1 where a build differed."""
    wish = _reader().parse_args(words)
    seen: Counter[str] = Counter()
    befell: Counter[str] = Counter()
    started, said = time.monotonic(), time.monotonic()
    try:
        for done in _steps(wish, befell):
            seen.update({"steps": 1, "good": done.good, "compared": done.compared})
            if time.monotonic() - said > _EVERY:
                said = time.monotonic()
                print(_progress(seen, wish.steps, said - started), flush=True)
    except Fault as fault:
        print(f"{_progress(seen, wish.steps, time.monotonic() - started)}\n{fault}")
        return 1
    print(_progress(seen, wish.steps, time.monotonic() - started))
    print(f"{time.process_time():.0f} s of the processor in this process. All compared builds were the same, byte for byte.")
    print(*(f"{count:6} {what}" for what, count in befell.most_common()), sep="\n", end="\n" if befell else "")
    return 0


def _reader() -> argparse.ArgumentParser:
    reader = argparse.ArgumentParser(
        prog="python -m tests.bench.sequences", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("--steps", type=int, default=1000, help="edits in all (1000)")
    reader.add_argument("--length", type=int, default=100, help="edits of one sequence (100)")
    reader.add_argument("--every", type=int, default=1, help="compare with a clean build at every k-th step (1)")
    reader.add_argument("--seed", type=int, default=0, help="of the first sequence (0)")
    reader.add_argument("--way", choices=("memory", "disk", "processes"), default="memory")
    reader.add_argument("--processes", dest="way", action="store_const", const="processes", help="the same as --way processes")
    reader.add_argument("--damage", choices=DAMAGES, action="append", default=[], help="what may befall state, site and builds")
    reader.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()), help="where the files of a fault are put")
    return reader


def _steps(wish: argparse.Namespace, befell: Counter[str]) -> Iterator[Step]:
    left, seed = wish.steps, wish.seed
    while left > 0:
        with tempfile.TemporaryDirectory(prefix="sequence-") as folder:
            way = _way(wish, Path(folder))
            yield from _sequence(seed, min(left, wish.length), wish, way)
            befell.update(what.split(": ")[0] for what in getattr(way, "befell", ()))
        left, seed = left - wish.length, seed + 1


def _way(wish: argparse.Namespace, folder: Path) -> Way:
    if wish.way == "memory":
        return InMemory()
    return OnDisk(folder, here if wish.way == "disk" else apart, tuple(wish.damage))


def _sequence(seed: int, steps: int, wish: argparse.Namespace, way: Way) -> Iterator[Step]:
    desk, chance = Desk(), random.Random(seed)
    fate = random.Random(-seed - 1)  # what else happens, so that the edits are the same whichever way they are built
    for n in range(steps):
        step(desk, chance)
        try:
            built = way.build(desk, fate)
            compared = (n + 1) % wish.every == 0
            if compared:
                _must_equal(built, way.clean(desk))
        except Exception as fault:
            raise Fault(_told(wish, desk, way, seed, n, fault)) from fault
        desk.failed = not built.site
        yield Step(not desk.failed, compared)


def _must_equal(built: Outcome, clean: Outcome) -> None:
    if built.findings != clean.findings:
        raise AssertionError(f"other findings:\n  {built.findings}\nclean:\n  {clean.findings}")
    others = sorted(p for p in {*built.site, *clean.site} if built.site.get(p) != clean.site.get(p))
    if others or list(built.site) != list(clean.site):
        raise AssertionError(f"other files: {others}" if others else "another order of files")


def _told(wish: argparse.Namespace, desk: Desk, way: Way, seed: int, n: int, fault: Exception) -> str:
    """What went wrong, how to come back to it, and where the files lie."""
    folder = wish.keep / f"sequence-{wish.way}-{seed}-{n}"
    for path, text in desk.files.items():
        if path.startswith("content/") or text != desk.good.get(path):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(text.encode())
    again = f"--way {wish.way} --seed {seed} --steps {n + 1} --length {wish.length}"
    last = "".join(f"\n  {what}" for what in getattr(way, "befell", ())[-3:])
    return f"Seed {seed}, step {n}: {fault!r}\nAgain: {again}\nThe files: {folder}\nWhat befell last:{last or ' nothing'}"


def _progress(seen: Counter[str], steps: int, seconds: float) -> str:
    done = seen["steps"]
    left = (steps - done) * seconds / done if done else 0
    share = f"{seen['good'] / done:.0%} good" if done else ""
    return f"{done:,} of {steps:,} steps, {seen['compared']:,} compared, {share}, {seconds:.0f} s, {left:.0f} s left"


if __name__ == "__main__":
    sys.exit(main())
