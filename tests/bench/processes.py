"""Whole processes: how long they take, how much of the processors, and how much memory all of them hold together.

Time and memory are never taken in the same run: looking at a process's memory holds it up.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_PAUSE = 0.005  # s between two looks at the memory
# What a shell may hold and an editor's does not: PYTHONDONTWRITEBYTECODE alone makes every run compile our 300 modules anew.
_NOT_OURS = ("PYTHON", "PAGES_BASE_URL", "GITHUB_", "HUGO", "NO_COLOR", "FORCE_COLOR")


class Command(NamedTuple):
    """A program with its arguments, what it needs in its environment, and the file that what it says goes to."""

    words: tuple[str, ...]
    said: Path
    needs: Mapping[str, str] = {}  # never changed


class Run(NamedTuple):
    """Seconds by the clock, and on the processors (its own and its children's)."""

    seconds: float
    cpu: float


def run(command: Command) -> Run:
    """Run it to its end; SystemExit with its last words where it fails."""
    started = time.perf_counter()
    child = _start(command)
    _, status, used = os.wait4(child, 0)
    seconds = time.perf_counter() - started
    _must_have_succeeded(command, status)
    return Run(seconds, used.ru_utime + used.ru_stime)


def peak(command: Command) -> float:
    """The most memory that it and all of its descendants hold at once, in MiB, looked at every 5 ms.

    Proportional set size (Pss of /proc/PID/smaps_rollup): a page that n processes share counts 1/n in each of them.
    """
    child = _start(command)
    most = 0
    while True:
        done, status, _ = os.wait4(child, os.WNOHANG)
        if done:
            break
        most = max(most, sum(_proportional(pid) for pid in _tree(child)))
        time.sleep(_PAUSE)
    _must_have_succeeded(command, status)
    return most / 1024


def environment(needs: Mapping[str, str]) -> dict[str, str]:
    """This process's, without what would falsify a figure."""
    return {key: value for key, value in os.environ.items() if not key.startswith(_NOT_OURS)} | dict(needs)


def _start(command: Command) -> int:
    out = os.open(command.said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    try:
        dup = [(os.POSIX_SPAWN_DUP2, out, 1), (os.POSIX_SPAWN_DUP2, out, 2)]
        return os.posix_spawn(command.words[0], command.words, environment(command.needs), file_actions=dup)
    finally:
        os.close(out)


def _must_have_succeeded(command: Command, status: int) -> None:
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"failed: {' '.join(command.words)}\n{command.said.read_text(errors='replace')[-2000:]}")


def _tree(top: int) -> Iterator[int]:
    """A process and all that it started, and they."""
    waiting = [top]
    while waiting:
        pid = waiting.pop()
        yield pid
        waiting += [int(child) for one in _read_all(f"/proc/{pid}/task", "children") for child in one.split()]


def _read_all(folder: str, name: str) -> Sequence[str]:
    """The file of this name in every folder within; what ends meanwhile is left out."""
    try:
        return [text for one in os.listdir(folder) if (text := _read(f"{folder}/{one}/{name}"))]
    except OSError:
        return ()


def _proportional(pid: int) -> int:
    """KiB."""
    lines = _read(f"/proc/{pid}/smaps_rollup").split("\n")
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _read(path: str) -> str:
    try:
        with open(path, encoding="ascii") as file:
            return file.read()
    except OSError:  # it has ended
        return ""
