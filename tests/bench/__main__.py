"""`python -m tests.bench`: makes briefings, measures, prints a table; `--help` says more."""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import platform
import pstats
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench import make, measure
from tests.bench.edits import edits
from tests.bench.measure import Figure
from tests.kit import ROOT

DEMONSTRATION = "demonstration"


def main() -> None:
    """Read the command line and do it."""
    reader = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    reader.add_argument("sites", nargs="*", default=[DEMONSTRATION, "100", "1000"], help="numbers of pages, or `demonstration`")
    reader.add_argument("--runs", type=int, default=5, help="runs of each measurement (the preview takes 15 at least)")
    reader.add_argument("--only", choices=("commands", "rebuilds", "preview"), action="append", help="leave out the others")
    reader.add_argument("--json", type=Path, help="write every run to this file")
    reader.add_argument("--profile", action="store_true", help="show where the time of one rebuild goes instead")
    wish = reader.parse_args()
    figures: list[Figure] = []
    print(machine(), flush=True)
    for site in wish.sites:
        with tempfile.TemporaryDirectory(dir=_memory(), prefix="bench-") as folder:
            project = project_of(site, Path(folder))
            if wish.profile:
                profile(project)
                continue
            for figure in _figures(site, project, wish.runs, wish.only or ["commands", "rebuilds", "preview"]):
                figures.append(figure)
                print(row(figure), flush=True)
    if wish.json:
        wish.json.write_text(json.dumps({"machine": machine(), "figures": [f._asdict() for f in figures]}, indent=1) + "\n")


def project_of(site: str, folder: Path) -> Path:
    """A project with the content of a site, and a copy of it (`kept`) to come back to."""
    project = folder / "project"
    if site == DEMONSTRATION:
        shutil.copytree(ROOT / "content", project / "content")
    else:
        make.write(project, int(site))
    shutil.copytree(project / "content", project / "kept")
    return project


def _figures(site: str, project: Path, runs: int, which: list[str]) -> Iterator[Figure]:
    if "commands" in which:
        yield from measure.commands(site, project, runs)
    if "rebuilds" in which:
        yield from measure.rebuilds(site, project, runs)
    if "preview" in which:
        yield from measure.preview(site, project, max(runs, measure.PREVIEW_RUNS))


def row(figure: Figure) -> str:
    """A line of the table."""
    low, high = min(figure.runs), max(figure.runs)
    note = f"  {figure.note}" if figure.note else ""
    return f"{figure.site:>14}  {figure.what:<28}{figure.median:>9.2f} {figure.unit:<4}({low:.2f} to {high:.2f}){note}"


def machine() -> str:
    """What the figures were taken on."""
    load = os.getloadavg()[0]
    return f"Python {platform.python_version()}, {os.cpu_count()} cores ({platform.machine()}), load {load:.1f} at the start"


def _memory() -> str | None:
    """A folder in memory where there is one: creating files on a disk drifts tenfold."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # meant


def profile(project: Path) -> None:
    """Where one rebuild after an edited article spends its time."""
    from briefgen.publish.disk import packaged_theme
    from briefgen.serve.studio import Studio

    studio = Studio(project, packaged_theme())
    studio.step()
    studio.tidy()
    edit = next(edits(project))
    edit.apply(1)
    studio.step()
    edit.apply(2)
    with cProfile.Profile() as watched:
        studio.step()
    pstats.Stats(watched).sort_stats("cumulative").print_stats(40)


if __name__ == "__main__":
    main()
