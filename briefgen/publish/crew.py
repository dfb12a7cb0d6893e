"""Work shared by several processes: forked, so that nothing has to be handed over but what comes of it.

No process decides anything: each does every n-th share of the list, and a share that is not brought back, for whatever reason,
is done again here. Where a system cannot fork safely (Windows; macOS, whose libraries do not like it), one process does all.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import IO, Generic, NoReturn, TypeVar

P = TypeVar("P")
R = TypeVar("R")

_SHARE = 16  # what is done in one go: small, so that all processes are done at about the same time
_WORTH = 150  # below that many parts a second process costs more than it saves


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def can_share() -> bool:
    """Whether processes can be forked here."""
    return hasattr(os, "fork") and sys.platform != "darwin"


def shared(jobs: int, make: Callable[[P], R], parts: Sequence[P]) -> Iterator[tuple[P, R]]:
    """`make` of every part, done by as many as `jobs` processes, in no particular order."""
    count = jobs if can_share() and len(parts) >= _WORTH else 1
    shares = [parts[at : at + _SHARE] for at in range(0, len(parts), _SHARE)]
    gc.freeze()  # what is there already is not looked through, which in a fork would mean to copy it
    helpers = [_Helper(make, shares[n::count]) for n in range(1, count)]
    try:
        for share in shares[0::count]:
            yield from ((part, make(part)) for part in share)
            gc.collect(0)  # faces and templates are waste that only the collector finds: a third of all memory
        for helper in helpers:
            yield from helper.results(make)
    finally:
        gc.unfreeze()
        for helper in helpers:
            helper.end()


@contextmanager
def meanwhile(jobs: int, size: int, do: Callable[[], object]) -> Iterator[None]:
    """`do` is done by another process while the block runs, or after it, where one process does all or so `size` small is the work.

    What it raises is raised here, at the end of the block.
    """
    helper = _Helper(lambda _: do() and None, [[None]]) if jobs > 1 and can_share() and size >= _WORTH else None
    try:
        yield
        if helper is None:
            do()
        else:
            list(helper.results(lambda _: do()))
    finally:
        if helper:
            helper.end()


class _Helper(Generic[P, R]):
    """A forked process that does shares and leaves what comes of them in a file without a name."""

    def __init__(self, make: Callable[[P], R], shares: Sequence[Sequence[P]]) -> None:
        self._shares = shares
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  # closed by `end`
        self._process = 0
        parent = os.getpid()
        with suppress(OSError):  # no process to be had: then the work is done here
            self._process = os.fork()
            if self._process == 0:
                _work(self._file, make, shares, parent)

    def results(self, make: Callable[[P], R]) -> Iterator[tuple[P, R]]:
        """What came of the parts; those that did not come back are made here."""
        done = self._waited() == 0
        self._file.seek(0)
        for share in self._shares:
            yield from pickle.load(self._file) if done else ((part, make(part)) for part in share)  # noqa: S301  # written by _work

    def end(self) -> None:
        """Whatever happened, nothing is left of it."""
        if self._process:
            with suppress(OSError):
                os.kill(self._process, signal.SIGKILL)
            self._waited()
        self._file.close()

    def _waited(self) -> int:
        process, self._process = self._process, 0
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) if process else -1


def _work(file: IO[bytes], make: Callable[[P], R], shares: Sequence[Sequence[P]], parent: int) -> NoReturn:
    """What a forked process does. It ends here, and runs nothing of what its parent had yet to do."""
    status = 1
    with suppress(BaseException):
        gc.disable()
        for share in shares:
            if os.getppid() != parent:  # killed: its lock must not be held any longer
                break
            pickle.dump([(part, make(part)) for part in share], file, 5)
            gc.collect(0)
        else:
            file.flush()
            status = 0
    os._exit(status)
