"""What was measured, on what, and how it is kept: every run, as JSON."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from tests.bench import hugo
from tests.bench.sides import BRIEFGEN
from tests.kit import ROOT


class Figure(NamedTuple):
    """One line of the table: what was measured at which number of pages, every run, in which unit; `note` holds counts.

    `cpu` are the seconds on the processors of the same runs, where they were whole processes.
    """

    site: str
    what: str
    unit: str
    runs: tuple[float, ...]
    note: str = ""
    side: str = BRIEFGEN
    cpu: tuple[float, ...] = ()

    @property
    def median(self) -> float:
        """The median of the runs."""
        return statistics.median(self.runs)


Machine = dict[str, str]


def machine() -> Machine:
    """What the figures are taken on, and how busy it was before."""
    program = hugo.binary()
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "cores": f"{os.cpu_count()} ({_line_of('/proc/cpuinfo', 'model name') or platform.machine()})",
        "memory": _line_of("/proc/meminfo", "MemTotal") or "unknown",
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "Hugo": hugo.version(program) if program else "not installed",
        "briefgen": _commit(),
        "load before": " ".join(f"{load:.2f}" for load in os.getloadavg()),
    }


def _line_of(path: str, name: str) -> str:
    try:
        lines = Path(path).read_text(encoding="utf-8").split("\n")
    except OSError:
        return ""
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(name)), "")


def _commit() -> str:
    """The commit of this checkout, and whether anything was changed since."""
    said = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False)
    return said.stdout.strip() or "not a checkout"


def keep(file: Path, of: Machine, figures: Iterable[Figure]) -> None:
    """Write a file of measurements."""
    file.write_text(json.dumps({"machine": of, "figures": [one._asdict() for one in figures]}, indent=1) + "\n")


def kept(file: Path) -> tuple[Machine, list[Figure]]:
    """Read one."""
    held: dict[str, Any] = json.loads(file.read_text())
    return held["machine"], [Figure(**{**one, "runs": tuple(one["runs"]), "cpu": tuple(one["cpu"])}) for one in held["figures"]]
