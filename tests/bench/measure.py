"""The preview: from save to screen, and the rebuild within one process. (Whole commands are measured in duel.py.)

Wall time throughout, because that is what is felt; the machine's noise is in the figures, so medians are given, with the
lowest and highest beside them.
"""

from __future__ import annotations

import os
import re
import select
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from briefgen.publish.disk import packaged_theme
from briefgen.serve.studio import Studio
from tests.bench.edits import Edit, edits
from tests.bench.figures import Figure
from tests.bench.processes import environment
from tests.kit import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

PREVIEW_RUNS = 15


# ---------------------------------------------------------------- within one process


def rebuilds(site: str, project: Path, runs: int, kinds: tuple[str, ...]) -> Iterator[Figure]:
    """What the preview does at a save, without the watching and the browser: milliseconds, pages rendered, views made."""
    studio = Studio(project, packaged_theme())
    started = time.perf_counter()
    studio.step()
    if studio.state.failing:
        raise SystemExit(f"{project} has errors: {studio.state.findings[0]}")
    yield Figure(site, "first build in one process", "s", (time.perf_counter() - started,), f"{len(studio.state.outputs):,} files")
    studio.tidy()
    for edit in edits(project):
        if edit.name in kinds:
            yield _rebuilt(site, studio, edit, runs)
            edit.undo()
            studio.step()
            studio.tidy()


def _rebuilt(site: str, studio: Studio, edit: Edit, runs: int) -> Figure:
    held: list[float] = []
    busy: list[float] = []
    counts: list[int] = []
    for n in range(runs + 1):
        edit.apply(n)
        started, thread = time.perf_counter(), time.thread_time()
        rebuilt = studio.step()
        held.append(1000 * (time.perf_counter() - started))
        busy.append(1000 * (time.thread_time() - thread))
        if rebuilt is None or studio.state.failing:
            raise SystemExit(f"the edit “{edit.name}” did not lead to a good build")
        counts.append(rebuilt.rendered)
        studio.tidy()
    note = f"{statistics.median(busy[1:]):.0f} ms of it on the processor, {counts[-1]} rendered"
    return Figure(site, f"rebuild: {edit.name}", "ms", tuple(held[1:]), note)  # the first one is another edit


# ---------------------------------------------------------------- from save to screen


def preview(site: str, project: Path, runs: int, kinds: tuple[str, ...]) -> Iterator[Figure]:
    """From the moment a file is saved to the moment the open page has changed, in Chromium."""
    from playwright.sync_api import sync_playwright

    from tests.lookkit import CHROMIUM

    with sync_playwright() as play, _served(project) as server:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        for edit in (one for one in edits(project) if one.name in kinds):
            tab = browser.new_page()
            tab.set_default_timeout(60_000)
            tab.goto(f"{server.address}{edit.page}")
            tab.wait_for_selector("briefgen-preview .bar .findings")
            held = [_seen(tab, edit, n) for n in range(runs + 1)][1:]
            yield Figure(site, f"save to screen: {edit.name}", "ms", tuple(held))
            tab.close()
            edit.undo()
            while server.said(2):
                pass
        browser.close()


# The site's policy forbids eval, and with it Playwright's wait_for_function: the page waits by itself.
_WATCH = """words => {
  window.watched = new Promise(done => new MutationObserver(() => {
    if (document.querySelector('main').textContent.includes(words)) done(performance.timeOrigin + performance.now());
  }).observe(document, {childList: true, subtree: true, characterData: true}));
}"""


def _seen(tab: Page, edit: Edit, n: int) -> float:
    """Milliseconds from the save to the first moment at which the page holds the new words."""
    tab.evaluate(_WATCH, edit.words(n))
    started = time.time()
    edit.apply(n)
    return float(tab.evaluate("() => window.watched")) - 1000 * started


class Server(NamedTuple):
    """`briefgen serve`, and where it serves."""

    process: subprocess.Popen[bytes]
    address: str

    def said(self, seconds: float) -> str:
        """What it says next, "" if that takes longer."""
        out = self.process.stdout
        assert out
        ready, _, _ = select.select([out], [], [], seconds)
        return os.read(out.fileno(), 65536).decode() if ready else ""


@contextmanager
def _served(project: Path) -> Iterator[Server]:
    """`briefgen serve` for a while."""
    command = [sys.executable, "-m", "briefgen", "-C", str(project), "serve", "--port", "0"]
    where = environment({"PYTHONPATH": str(ROOT)})
    process = subprocess.Popen(command, cwd=ROOT, env=where, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = ""
    while not (found := re.search(r"http://127\.0\.0\.1:\d+/\S*", said)):
        more = Server(process, "").said(600)
        if not more:
            raise SystemExit(f"the preview of {project} did not start: {said}")
        said += more
    try:
        yield Server(process, found[0])
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)  # closes the pipe too
