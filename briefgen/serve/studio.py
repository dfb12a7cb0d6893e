"""snapshot -> compile_site -> state, over and over, with what is kept in between.

No edit ends it: what cannot be read, and what briefgen itself gets wrong, becomes a finding over the last good pages.
What is kept is bounded by the size of the briefing, however long the preview runs.
"""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from briefgen.checks.finished import Outlines
from briefgen.compile import Checked, compile_site
from briefgen.load.files import Result
from briefgen.publish.disk import take
from briefgen.publish.refusal import Refusal
from briefgen.serve.state import State, built, refused
from briefgen.source import Snapshot

_TRIES = 3  # to take a snapshot while somebody is still writing


class LastMemo:
    """What each file gave the last time (a `load.Memo`); one entry a file, all of them for one set of articles."""

    def __init__(self) -> None:
        self._articles: frozenset[str] = frozenset()
        self._held: dict[str, tuple[bytes, Result]] = {}

    def get(self, path: str, data: bytes, articles: frozenset[str]) -> Result | None:
        """What this file gave before, or None."""
        if articles is not self._articles:  # which files' keys are articles decides how all the others are read
            if articles != self._articles:
                self._held.clear()
            self._articles = articles
        held = self._held.get(path)
        return held[1] if held and held[0] == data else None

    def put(self, path: str, data: bytes, articles: frozenset[str], result: Result) -> None:
        """Keep it."""
        self._held[path] = (data, result)

    def keep(self, snapshot: Snapshot) -> None:
        """Forget the files that are gone."""
        self._held = {path: held for path, held in self._held.items() if path in snapshot.content}


class RecentStore:
    """The pages that the last two builds asked for (a `render.Store`), so that memory does not grow with every edit."""

    def __init__(self) -> None:
        self.rendered = 0
        self._now: dict[str, bytes] = {}
        self._before: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """The bytes under a key, or None."""
        data = self._now.get(key) or self._before.get(key)
        if data is not None:
            self._now[key] = data
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key."""
        self.rendered += 1
        self._now[key] = data

    def turn(self) -> None:
        """A build is done: what only the one before it asked for goes. A build that never got to its pages does not count."""
        if self._now:
            self._before, self._now = self._now, {}


class Rebuilt(NamedTuple):
    """A step that led somewhere: the states before and after, pages rendered, seconds from the first look to the state."""

    before: State
    after: State
    rendered: int
    seconds: float


class Studio:
    """A project under preview. One thread steps; `state` may be read from anywhere, and is whole at any moment."""

    def __init__(self, project: Path, theme: Path, base_url: str = "") -> None:
        self.state = State()
        self._where = (project, theme, base_url)
        self._memo = LastMemo()
        self._store = RecentStore()
        self._outlines: Outlines = {}

    def step(self, unsettled: Callable[[], bool] = lambda: False) -> Rebuilt | None:
        """Look at the disk and build if anything is other than last time; None where nothing came of it.

        `unsettled` says that files are being written right now: then the look is taken again, a few times at most.
        """
        started, before, rendered = time.perf_counter(), self.state, self._store.rendered
        try:
            snapshot = self._look(unsettled)
            if snapshot == before.snapshot:
                return None
            self.state = built(before, snapshot, self._compile(snapshot))
        except Refusal as refusal:
            self.state = refused(before, "cannot-be-read", str(refusal))
        except Exception as fault:  # a bug of ours must not take the preview down in the middle of an editor's work
            self.state = refused(before, "fault-in-briefgen", _sentence(fault), _place(fault))
        if self.state is before:
            return None
        return Rebuilt(before, self.state, self._store.rendered - rendered, time.perf_counter() - started)

    def _look(self, unsettled: Callable[[], bool]) -> Snapshot:
        """A snapshot during which nothing was written, if there is one to be had."""
        for _ in range(_TRIES):
            try:
                snapshot = take(*self._where)
            except Refusal:  # a file may be gone between listing and reading, as in the middle of a rename
                time.sleep(0.02)
                continue
            if not unsettled():
                return snapshot
        return take(*self._where)

    def _compile(self, snapshot: Snapshot) -> Checked:
        checked = compile_site(snapshot, self._store, self._memo, self._outlines)
        self._memo.keep(snapshot)
        self._store.turn()
        return checked


def _sentence(fault: Exception) -> str:
    return (
        f"briefgen itself failed on what was saved last: {type(fault).__name__}: {fault}. "
        "This is a fault of the program, not yours. Undo the last edit, and report it with the lines in the terminal."
    )


def _place(fault: Exception) -> str:
    """Print the traceback for the report; the file where it happened."""
    traceback.print_exception(fault, file=sys.stderr)
    frames = traceback.extract_tb(fault.__traceback__)
    return Path(frames[-1].filename).name if frames else "briefgen"
