"""The measurements: commands as an editor runs them, the preview from save to screen, the rebuild within one process.

Wall time throughout, because that is what is felt; the machine's noise is in the figures, so medians are given, with the
lowest and highest beside them.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from briefgen.publish.disk import packaged_theme
from briefgen.serve.studio import Studio
from tests.bench.edits import Edit, edits
from tests.kit import ROOT

PREVIEW_RUNS = 15


class Figure(NamedTuple):
    """One line of the table: what was measured at which number of files, every run, in which unit; `note` holds counts."""

    site: str
    what: str
    unit: str
    runs: tuple[float, ...]
    note: str = ""

    @property
    def median(self) -> float:
        """The median of the runs."""
        return statistics.median(self.runs)


# ---------------------------------------------------------------- commands


def commands(site: str, project: Path, runs: int) -> Iterator[Figure]:
    """Whole processes: cold, nothing changed, one edit of each kind, check; and the peak memory of the cold ones."""
    output = project.parent / f"{project.name}-site"
    cold = [_briefgen(project, "build", "--output", str(output), before=lambda: _clear(project, output)) for _ in range(runs)]
    yield Figure(site, "cold build", "s", tuple(c.seconds for c in cold))
    yield Figure(site, "peak memory", "MiB", tuple(c.mebibytes for c in cold), "of the one process")
    again = [_briefgen(project, "build", "--output", str(output)) for _ in range(runs)]
    yield Figure(site, "nothing changed", "s", tuple(c.seconds for c in again))
    for edit in edits(project):
        held = [_briefgen(project, "build", "--output", str(output), before=_applying(edit, n)) for n in range(runs)]
        yield Figure(site, f"one edit: {edit.name}", "s", tuple(c.seconds for c in held))
        _undo(project)
    checks = [_briefgen(project, "check") for _ in range(runs)]
    yield Figure(site, "check", "s", tuple(c.seconds for c in checks))


class _Run(NamedTuple):
    seconds: float
    mebibytes: float


def _briefgen(project: Path, *command: str, before: Callable[[], None] = lambda: None) -> _Run:
    before()
    started = time.perf_counter()
    to = os.open(os.devnull, os.O_WRONLY)
    child = os.posix_spawn(
        sys.executable,
        [sys.executable, "-m", "briefgen", "-C", str(project), *command],
        {**os.environ, "PYTHONPATH": str(ROOT)},
        file_actions=[(os.POSIX_SPAWN_DUP2, to, 1), (os.POSIX_SPAWN_DUP2, to, 2)],
    )
    _, status, used = os.wait4(child, 0)
    seconds = time.perf_counter() - started
    os.close(to)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"briefgen {' '.join(command)} failed on {project}")
    return _Run(seconds, used.ru_maxrss / 1024)


def _applying(edit: Edit, n: int) -> Callable[[], None]:
    return lambda: edit.apply(n)


def _clear(project: Path, output: Path) -> None:
    import shutil

    for folder in (output, project / ".briefgen"):
        shutil.rmtree(folder, ignore_errors=True)


def _undo(project: Path) -> None:
    import shutil

    shutil.rmtree(project / "content")
    shutil.copytree(project / "kept", project / "content")
    shutil.rmtree(project / "templates", ignore_errors=True)


# ---------------------------------------------------------------- within one process


def rebuilds(site: str, project: Path, runs: int) -> Iterator[Figure]:
    """What the preview does at a save, without the watching and the browser: milliseconds, pages rendered, views made."""
    studio = Studio(project, packaged_theme())
    started = time.perf_counter()
    studio.step()
    if studio.state.failing:
        raise SystemExit(f"{project} has errors: {studio.state.findings[0]}")
    yield Figure(site, "first build in one process", "s", (time.perf_counter() - started,), f"{len(studio.state.outputs):,} files")
    studio.tidy()
    for edit in edits(project):
        yield _rebuilt(site, studio, edit, runs)
        _undo(project)
        studio.step()
        studio.tidy()


def _rebuilt(site: str, studio: Studio, edit: Edit, runs: int) -> Figure:
    held: list[float] = []
    counts: list[str] = []
    for n in range(runs + 1):
        edit.apply(n)
        started = time.perf_counter()
        rebuilt = studio.step()
        held.append(1000 * (time.perf_counter() - started))
        if rebuilt is None or studio.state.failing:
            raise SystemExit(f"the edit “{edit.name}” did not lead to a good build")
        counts.append(f"{rebuilt.rendered} rendered")
        studio.tidy()
    return Figure(site, f"rebuild: {edit.name}", "ms", tuple(held[1:]), counts[-1])  # the first one is another edit


# ---------------------------------------------------------------- from save to screen


def preview(site: str, project: Path, runs: int = PREVIEW_RUNS) -> Iterator[Figure]:
    """From the moment a file is saved to the moment the open page has changed, in Chromium."""
    from playwright.sync_api import sync_playwright

    from tests.test_browser import CHROMIUM

    with sync_playwright() as play, _served(project) as server:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        for edit in edits(project):
            tab = browser.new_page()
            tab.set_default_timeout(60_000)
            tab.goto(f"http://127.0.0.1:{server.port}{server.base}{edit.page}")
            tab.wait_for_selector("briefgen-preview .bar .findings")
            held = [_seen(tab, edit, n) for n in range(runs + 1)][1:]
            yield Figure(site, f"save to screen: {edit.name}", "ms", tuple(held))
            tab.close()
            _undo(project)
            while server.line(2):
                pass
        browser.close()


_WATCH = """words => {
  window.seen = 0;
  const look = () => {
    if (!window.seen && document.querySelector('main').textContent.includes(words))
      window.seen = performance.timeOrigin + performance.now();
  };
  new MutationObserver(look).observe(document, {childList: true, subtree: true, characterData: true});
}"""


def _seen(tab: object, edit: Edit, n: int) -> float:
    """Milliseconds from the save to the first moment at which the page holds the new words."""
    from playwright.sync_api import Page

    assert isinstance(tab, Page)
    tab.evaluate(_WATCH, edit.words(n))
    started = time.time()
    edit.apply(n)
    tab.wait_for_function("window.seen > 0")
    return float(tab.evaluate("window.seen")) - 1000 * started


class _served:  # noqa: N801  # used as a statement
    """`briefgen serve` for a while."""

    def __init__(self, project: Path) -> None:
        self.project = project

    def __enter__(self) -> object:
        from tests.test_serve import Server

        self.server = Server(self.project)
        return self.server

    def __exit__(self, *_: object) -> None:
        self.server.stop()
