"""`python -m tests.bench`: makes briefings, measures ours and Hugo's side by side, prints figures; `--help` says more."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench import figures, measure, tables
from tests.bench.aims import verdicts
from tests.bench.duel import ALONE_COLD, duel
from tests.bench.figures import Figure, Machine
from tests.bench.profiles import profile
from tests.bench.sides import DEMONSTRATION, project_of, sides

WHAT = ("commands", "rebuilds", "preview")
EDITS = ("article", "name", "template")
_FEWER = 10_000  # from so many pages on, three runs do


def main(words: list[str] | None = None) -> None:
    """Read the command line and do it."""
    wish = _reader().parse_args(words)
    runs: list[tuple[Machine, list[Figure]]] = [figures.kept(file) for file in wish.read]
    of = figures.machine()
    held: list[Figure] = []
    if wish.sites:
        runs.append((of, held))
        print("; ".join(f"{name} {value}" for name, value in of.items()), flush=True)
    for site in wish.sites:
        with tempfile.TemporaryDirectory(dir=_memory(), prefix="bench-") as folder:
            for figure in _measured(site, Path(folder), wish):
                print(tables.line(figure), flush=True)
                held.append(figure)
                if wish.json:  # at once: a run that is broken off keeps what it has
                    figures.keep(wish.json, of, held)
    everything = [one for _, some in runs for one in some]
    if any(verdicts(everything)):
        print("", *tables.plain(tables.aims(everything)), sep="\n")
    if wish.markdown:
        tables.put(wish.markdown, tables.markdown(runs))


def _reader() -> argparse.ArgumentParser:
    reader = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    reader.add_argument("sites", nargs="*", help=f"numbers of pages, or `{DEMONSTRATION}`; from {ALONE_COLD:,} on, cold only")
    reader.add_argument("--runs", type=int, help="runs of each measurement: else 5, 3 from 10,000 pages on, 1 of the largest")
    reader.add_argument("--only", choices=WHAT, action="append", help="leave out the others")
    reader.add_argument("--edit", choices=EDITS, action="append", help="leave out the others")
    reader.add_argument("--jobs", type=int, help="for our builds; else as many as they like")
    reader.add_argument("--json", type=Path, metavar="FILE", help="write every run to this file")
    reader.add_argument("--read", type=Path, metavar="FILE", action="append", default=[], help="add what an earlier run wrote")
    reader.add_argument("--markdown", type=Path, metavar="FILE", help="put tables between the marks of this file")
    reader.add_argument("--profile", action="store_true", help="show where our time goes instead")
    return reader


def _measured(site: str, folder: Path, wish: argparse.Namespace) -> Iterator[Figure]:
    which, kinds = wish.only or WHAT, tuple(wish.edit or EDITS)
    times = wish.runs or _runs(site)
    if wish.profile:
        profile(next(sides(site, folder, wish.jobs or 1)))  # what other processes do is not seen
        return
    if "commands" in which:
        yield from duel(site, list(sides(site, folder, wish.jobs)), times, kinds)
    if "rebuilds" in which and not _alone_cold(site):
        yield from measure.rebuilds(site, project_of(site, folder / "rebuilds"), times, kinds)
    if "preview" in which and not _alone_cold(site):
        yield from measure.preview(site, project_of(site, folder / "preview"), max(times, measure.PREVIEW_RUNS), kinds)


def _alone_cold(site: str) -> bool:
    return site.isdigit() and int(site) >= ALONE_COLD


def _runs(site: str) -> int:
    if not site.isdigit() or int(site) < _FEWER:
        return 5
    return 1 if _alone_cold(site) else 3


def _memory() -> str | None:
    """A folder in memory where there is one: creating files on a disk drifts tenfold."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # meant


if __name__ == "__main__":
    main()
