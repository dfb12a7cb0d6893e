"""Work shared by several processes: forked, so that nothing has to be handed over but what comes of it.

No process decides anything: each takes the next share of the list, and a share that is not brought back, for whatever reason,
is done again here. Where a system cannot fork safely (Windows; macOS, whose libraries do not like it), one process does all.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from typing import IO, Generic, NoReturn, TypeVar

from briefgen.remaking import Tally

P = TypeVar("P")
R = TypeVar("R")

_SHARE = 16  # what is done in one go: small, so that all processes are done at about the same time
_MOST, _TURN = 1_000, 4  # shares, and bytes in which one of them is told: the smallest of pipes holds them all (4 KiB)
_WORTH = 150  # below that many parts a second process costs more than it saves


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def can_share() -> bool:
    """Whether processes can be forked here."""
    return hasattr(os, "fork") and sys.platform != "darwin"


def shared(jobs: int, make: Callable[[P], R], parts: Sequence[P], tally: Tally | None = None) -> Iterator[tuple[P, R]]:
    """`make` of every part, done by as many as `jobs` processes, in no particular order; `tally` as of any crew."""
    count = jobs if can_share() and len(parts) >= _WORTH else 1
    size = max(_SHARE, len(parts) // _MOST + 1)
    left = {n: parts[at : at + size] for n, at in enumerate(range(0, len(parts), size))}
    with _turns(len(left), count) as turns, ExitStack() as ending:
        helpers = [_Helper(lambda n: [(part, make(part)) for part in left[n]], turns, tally, ending) for _ in range(1, count)]
        for n in turns:
            yield from ((part, make(part)) for part in left.pop(n))
        for helper in helpers:
            for n, made in helper.results():
                del left[n]
                yield from made
        yield from ((part, make(part)) for share in left.values() for part in share)


@contextmanager
def _turns(count: int, processes: int) -> Iterator[Iterator[int]]:
    """The numbers below `count`, each for one alone of all processes that ask: they lie in a pipe, which nobody fills any more.

    Were they allotted beforehand, whoever has the largest page (print.html) would be waited for: 0.15 s of 2.9 at 1,000 pages.
    """
    if processes == 1:
        yield iter(range(count))
        return
    out, into = os.pipe()
    os.write(into, b"".join(n.to_bytes(_TURN, "big") for n in range(count)))
    os.close(into)
    with os.fdopen(out, "rb", buffering=0) as pipe:
        yield (int.from_bytes(turn, "big") for turn in iter(partial(pipe.read, _TURN), b""))


class _Helper(Generic[R]):
    """A forked process that takes its turns and leaves what comes of them in a file without a name."""

    def __init__(self, make: Callable[[int], R], turns: Iterator[int], tally: Tally | None, ending: ExitStack) -> None:
        """Whatever happens, nothing is left of it once `ending` is closed."""
        import tempfile  # 1.5 ms that no small edit needs

        self._file = tempfile.TemporaryFile()  # noqa: SIM115  # closed by `_end`
        self._process = 0
        ending.callback(self._end)
        parent = os.getpid()
        with suppress(OSError):  # no process to be had: then the work is done here
            self._process = os.fork()
            if self._process == 0:
                _work(self._file, make, turns, tally, parent)
        self._tally = tally

    def results(self) -> Iterator[tuple[int, R]]:
        """What came of its turns; nothing where it did not come to its end."""
        if self._waited() == 0:
            self._file.seek(0)
            while (found := pickle.load(self._file)) is not None:  # noqa: S301  # written by _work
                yield found
            if self._tally is not None:
                self._tally.take(pickle.load(self._file))  # noqa: S301  # as above

    def _end(self) -> None:
        if self._process:
            with suppress(OSError):
                os.kill(self._process, signal.SIGKILL)
            self._waited()
        self._file.close()

    def _waited(self) -> int:
        process, self._process = self._process, 0
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) if process else -1


def _work(file: IO[bytes], make: Callable[[int], R], turns: Iterator[int], tally: Tally | None, parent: int) -> NoReturn:
    """What a forked process does. It ends here, and runs nothing of what its parent had yet to do."""
    status = 1
    with suppress(BaseException):
        gc.disable()
        for n in turns:
            if os.getppid() != parent:  # killed: its lock must not be held any longer
                break
            pickle.dump((n, make(n)), file, 5)
        else:
            pickle.dump(None, file, 5)
            pickle.dump(tally, file, 5)
            file.flush()
            status = 0
    os._exit(status)
