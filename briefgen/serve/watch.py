"""Hints that files changed, and the moment at which they have settled.

An event says nothing but "look again": which file, what happened to it and in which order is never relied on, since text
editors, git and file systems all differ. Reading a file raises events of its own (opened, closed without writing): those
are no hints, or the preview would build for ever. No folder is trusted to be watched: every few seconds the folders are
compared by time and size too, which also finds folders that were deleted and made again, linked folders and network disks.
"""

from __future__ import annotations

import os
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent, FileSystemEventHandler
    from watchdog.observers.api import BaseObserver

QUIET = 0.05  # seconds without a hint: a save is over
DONE = 0.015  # the same, where the system has said that the one file written is closed or in its place
_FEW = 2  # files of one save: a temporary one and the one that it becomes; with more, more may be on the way
LONGEST = 0.3  # seconds after which nobody waits for quiet any more
_WRITES = frozenset(("created", "modified", "moved", "deleted", "closed"))

Signature = dict[str, tuple[int, int, int]]


class Hint(Protocol):
    """Takes a hint."""

    def __call__(self, path: str, *, done: bool) -> None:
        """As `Settling.hint`."""


class Settling:
    """When to look: `QUIET` after the last hint, `LONGEST` after the first at the latest. Times are handed in, in seconds.

    A single save that is known to be done is waited for no longer than `DONE`.
    """

    def __init__(self) -> None:
        self._first: float | None = None
        self._last = 0.0
        self._done = False
        self._paths: set[str] = set()

    def hint(self, now: float, path: str = "", *, done: bool = False) -> None:
        """Something changed: the file at `path` if that is known; `done` says that whoever wrote it has let go of it."""
        self._first = now if self._first is None else self._first
        self._last = now
        self._done = done
        self._paths.add(path)

    def wait(self, now: float) -> float | None:
        """Seconds until it is time to look, 0 if it is now, None if nothing was hinted at."""
        if self._first is None:
            return None
        quiet = DONE if self._done and len(self._paths) <= _FEW else QUIET
        return max(0.0, min(self._last + quiet, self._first + LONGEST) - now)

    def clear(self) -> frozenset[str]:
        """The look is being taken; the paths that were hinted at, "" among them where one is not known."""
        self._first, paths = None, frozenset(self._paths)
        self._paths.clear()
        return paths


class Hints:
    """The hints of all threads, for the one that builds.

    `paths` are the files that the hints which have settled were about; empty where one of them is not known.
    """

    def __init__(self) -> None:
        self.paths: frozenset[str] = frozenset()
        self._changed = threading.Condition()
        self._settling = Settling()
        self._over = False

    def hint(self, path: str = "", *, done: bool = False) -> None:
        """Something changed, as for `Settling.hint`; callable from any thread."""
        with self._changed:
            self._settling.hint(time.monotonic(), path, done=done)
            self._changed.notify()

    def pending(self) -> bool:
        """Whether something changed since `settled` returned."""
        with self._changed:
            return self._settling.wait(time.monotonic()) is not None

    def settled(self) -> bool:
        """Block until it is time to look; False once it is all over."""
        with self._changed:
            while not self._over:
                rest = self._settling.wait(time.monotonic())
                if rest == 0:
                    paths = self._settling.clear()
                    self.paths = frozenset() if "" in paths else paths
                    return True
                self._changed.wait(rest)
            return False

    def busy(self, seconds: float) -> bool:
        """Whether something changes within this time, or it is all over."""
        with self._changed:
            return self._changed.wait_for(lambda: self._over or self._settling.wait(time.monotonic()) is not None, seconds)

    def end(self) -> None:
        """Let go of the thread that waits."""
        with self._changed:
            self._over = True
            self._changed.notify()


# ---------------------------------------------------------------- folders


def signature(folders: tuple[Path, ...]) -> Signature:
    """Every file below the folders with its time of change, size and number; empty for folders that are not there."""
    return {path: mark for folder in folders for path, mark in _marks(str(folder), frozenset())}


def _marks(folder: str, above: frozenset[str]) -> Iterator[tuple[str, tuple[int, int, int]]]:
    real = os.path.realpath(folder)
    if real in above:
        return
    try:
        entries = list(os.scandir(folder))
        yield folder, (0, 0, os.stat(folder).st_ino)
    except OSError:
        return
    for entry in entries:
        try:
            if entry.is_dir():
                yield from _marks(entry.path, above | {real})
            else:
                stat = entry.stat()
                yield entry.path, (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        except OSError:  # gone meanwhile, or a link that leads nowhere
            yield entry.path, (0, 0, 0)


class Watcher:
    """Calls `hint` when something changes below the folders, by events and by comparing; or by comparing alone (`poll`)."""

    def __init__(self, folders: tuple[Path, ...], hint: Hint, *, poll: bool = False) -> None:
        self.polling = poll
        self._folders = folders
        self._hint = hint
        self._observer: BaseObserver | None = None
        self._over = threading.Event()
        self._told = 0
        self._seen: Signature = {}
        self._watched: tuple[int, ...] = ()
        self._thread = threading.Thread(target=self._compare, name="compare", daemon=True)

    def start(self) -> None:
        """Begin; where the system gives no events, `polling` is set and comparing must do."""
        self._arm()
        self._seen, self._watched = signature(self._folders), self._tops()  # here, so that nothing after this is missed
        self._thread.start()

    def stop(self) -> None:
        """End it, and wait for its threads."""
        self._over.set()
        self._thread.join()
        self._disarm()

    def _arm(self) -> None:
        if self.polling:
            return
        from watchdog.observers import Observer  # 58 ms, for the preview alone

        # It warns of a folder that it comes to watch twice, which is no matter of an editor's.
        warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"watchdog\.")
        observer = Observer()
        try:
            for folder in self._folders:
                if folder.is_dir():
                    observer.schedule(_handler(self._event), str(folder), recursive=True)
            observer.start()
            self._observer = observer
        except OSError as fault:  # such as the limit of watches, reached
            observer.stop()
            # A folder that went this very moment says nothing of the system; it is watched when it is there again.
            self.polling = not isinstance(fault, FileNotFoundError)

    def _event(self, path: str, done: bool) -> None:
        self._told += 1
        self._hint(path, done=done)

    def _disarm(self) -> None:
        if self._observer:
            self._observer.stop()
            self._observer.join()
            self._observer = None

    def _compare(self) -> None:
        pause, told = self._pause(0, 0), self._told
        while not self._over.wait(pause):
            started, spent = time.monotonic(), time.thread_time()
            anew = self._deaf()
            if anew:
                self._watched = self._tops()
                self._disarm()
                self._arm()
            now = signature(self._folders)
            if now != self._seen:
                # Linked folders and some disks raise no events, and the library may fail: then comparing has to be quick.
                # Of a folder that went and came nothing was heard either, but from now on it will be.
                self.polling = self.polling or (self._told == told and not anew)
                self._seen = now
                self._hint("", done=False)
            told = self._told
            pause = self._pause(time.monotonic() - started, time.thread_time() - spent)

    def _pause(self, took: float, spent: float) -> float:
        # Comparing never takes more than a twentieth of a core, nor more than half of the time of a slow disk. What it took while
        # pages were made is no measure: a new templates/ was not seen for minutes at 10,000 pages.
        return max(0.25 if self.polling else 1.5, 20 * spent, took)

    def _deaf(self) -> bool:
        """Whether a folder is not watched any more: made again, or deleted (a new one may have got the number of the old one)."""
        if self.polling:
            return False
        heard = self._observer is not None and all(one.is_alive() for one in self._observer.emitters)
        return not heard or self._tops() != self._watched

    def _tops(self) -> tuple[int, ...]:
        return tuple(folder.stat().st_ino if folder.is_dir() else 0 for folder in self._folders)


def _handler(told: Callable[[str, bool], None]) -> FileSystemEventHandler:
    from watchdog.events import FileSystemEventHandler

    class Handler(FileSystemEventHandler):
        def dispatch(self, event: FileSystemEvent) -> None:
            # That a folder changed is said of every file that comes to it or goes, beside what is said of the file.
            if event.event_type in _WRITES and not (event.is_directory and event.event_type == "modified"):
                paths = (event.src_path, event.dest_path) if event.event_type == "moved" else (event.src_path,)
                for path in paths:
                    # Of what is in a folder that came or went nothing need be said.
                    told("" if event.is_directory else os.fsdecode(path), event.event_type in ("closed", "moved"))

    return Handler()
