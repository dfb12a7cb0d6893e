"""snapshot -> compile_site -> state, over and over, with what is kept in between.

No edit ends it: what cannot be read, and what briefgen itself gets wrong, becomes a finding over what can be shown.
What is kept is bounded by the size of the briefing, however long the preview runs.
"""

from __future__ import annotations

import gc
import sys
import time
import traceback
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from briefgen.build import hosted, refresh_schemas
from briefgen.checks.hosting import Target
from briefgen.compile import Checked, compile_site
from briefgen.diagnostic import has_errors
from briefgen.publish.codes import UserCodes, cache_folder
from briefgen.publish.disk import take, take_some
from briefgen.publish.kept import Kept, borrowed, salt
from briefgen.publish.refusal import Refusal
from briefgen.publish.tree import STATE
from briefgen.serve.paper import AT_A_SAVE
from briefgen.serve.shown import Shown, showable
from briefgen.serve.state import State, built, refused
from briefgen.source import Snapshot

_LONG = 0.02  # seconds that a collection may take
_TRIES = 3  # to take a snapshot while somebody is still writing


class Rebuilt(NamedTuple):
    """A step that led somewhere: the states before and after, pages rendered, seconds from the first look to the state."""

    before: State
    after: State
    rendered: int
    seconds: float


class Studio:
    """A project under preview. One thread steps; `state` may be read from anywhere, and is whole at any moment.

    The first step goes on from what the last `briefgen build` left, if there is that.
    """

    def __init__(self, project: Path, theme: Path, target: Target = Target()) -> None:  # noqa: B008  # frozen
        self.state = State()
        self._where = (project, theme, target.base_url)
        self._target = target
        self._ids: frozenset[str] = frozenset()
        self._kept: Kept | None = None
        self._codes = UserCodes(cache_folder(project), salt().hex())  # 90 ms before the first page is shown
        self._rendered = 0
        self.partly = False

    def step(self, unsettled: Callable[[], bool] = lambda: False, paths: Collection[str] = ()) -> Rebuilt | None:
        """Look at the disk and build if anything is other than last time; None where nothing came of it.

        `unsettled` says that files are being written right now: then the look is taken again, a few times at most. `paths` are
        the files that are said to have changed: if no other may have, only they are looked at, and `partly` is set, because a
        look at all files is still to be taken (30 ms at 10,000 pages, for which nobody who saves should wait).
        After a step that led somewhere Python's collector stays off until `tidy`.
        """
        started, before, rendered = time.perf_counter(), self.state, self._rendered
        gc.disable()  # a collection in the middle of a build costs 0.1 s at 1,000 pages; `tidy` sees to it
        try:
            if self._kept is None:
                self._kept = borrowed(self._where[0] / STATE) or Kept()
            snapshot = self._glance(unsettled, paths) or self._look(unsettled)
            if snapshot == before.snapshot:
                return None
            self.state = self._built(snapshot)
        except Refusal as refusal:
            self.state = refused(before, "cannot-be-read", str(refusal))
        except Exception as fault:  # a bug of ours must not take the preview down in the middle of an editor's work
            self.state = refused(before, "fault-in-briefgen", _sentence(fault), _place(fault))
        finally:
            # All that a build made is new to the collector: the first thing after it would pay for that (20 ms at 10,000 pages).
            if self.state is before:
                gc.enable()
        if self.state is before:
            return None
        return Rebuilt(before, self.state, self._rendered - rendered, time.perf_counter() - started)

    def _glance(self, unsettled: Callable[[], bool], paths: Collection[str]) -> Snapshot | None:
        """A look at these files alone, where that will do."""
        self.partly = False
        try:
            found = take_some(self._where[0], self._held.taken, paths) if paths else None
        except Refusal:  # perhaps gone this very moment
            return None
        self.partly = found is not None and not unsettled()
        return found if self.partly else None

    def _look(self, unsettled: Callable[[], bool]) -> Snapshot:
        """A snapshot during which nothing was written, if there is one to be had."""
        for _ in range(_TRIES):
            try:
                snapshot = take(*self._where, self._held.taken)
            except Refusal:  # a file may be gone between listing and reading, as in the middle of a rename
                time.sleep(0.02)
                continue
            if not unsettled():
                return snapshot
        return take(*self._where, self._held.taken)

    def _built(self, snapshot: Snapshot) -> State:
        before, checked = self.state, hosted(self._compile(snapshot), self._target)
        if has_errors(checked.diagnostics):
            shown = showable(snapshot, checked, before.shown, before.snapshot, self._compile)
        else:
            shown = Shown(snapshot, checked)
        self._held.memo.keep(snapshot.content)
        return built(before, snapshot, checked.diagnostics, shown)

    def _compile(self, snapshot: Snapshot) -> Checked:
        try:
            return compile_site(snapshot, None, self._held.memo, self._held.known, AT_A_SAVE, codes=self._codes)
        finally:
            self._rendered += self._held.known.printed.rendered

    @property
    def _held(self) -> Kept:
        """What is known from build to build."""
        return self._kept or Kept()

    def progress(self) -> tuple[int, int]:
        """Files read and pages rendered so far, while the first build runs in another thread."""
        return self._held.memo.read, self._held.known.printed.rendered

    def tidy(self) -> None:
        """What can wait until the tabs have been told: waste, and the schemas of a text editor, which know the ids there are.

        What outlives a good build and takes long to walk through is put aside, so that no collection walks through a whole
        briefing again.
        """
        started = time.perf_counter()
        gc.collect()
        if self.state.outputs and time.perf_counter() - started > _LONG:
            gc.freeze()
        gc.enable()
        briefing = self.state.briefing
        if briefing and briefing.records.keys() | briefing.articles.keys() != self._ids:
            self._ids = frozenset(briefing.records.keys() | briefing.articles.keys())
            with suppress(OSError):  # a convenience; the next build tries again
                refresh_schemas(self._where[0], briefing)


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
