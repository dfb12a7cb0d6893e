"""One build at a time for one output.

The lock is the operating system's, so a killed build leaves none behind; the file stays, in the project's `.briefgen/`,
which git does not see.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from briefgen.publish.links import own
from briefgen.publish.tree import STATE


def state_folder(project: Path) -> Path:
    """The folder for what briefgen keeps between runs, made if need be; git ignores it whatever the project's own rules.

    Raises Refusal where a link stands in its place, or in that of anything in it.
    """
    folder = own(project / STATE, project)
    folder.mkdir(exist_ok=True)
    for entry in folder.iterdir():
        own(entry, project)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_bytes(b"*\n")
    return folder


def beside(state: Path, output: Path, ending: str) -> Path:
    """A file of the state folder that belongs to an output."""
    tag = hashlib.sha256(os.fsencode(output)).hexdigest()[:8]
    return state / f"{output.name}-{tag}.{ending}"


def try_lock(file: IO[bytes]) -> bool:
    """Take the lock of an open file, if nobody has it; it goes with the file."""
    return _lock(file, wait=False)


@contextmanager
def locked(project: Path, output: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of an output; `on_wait` is called once if another build holds it now."""
    with beside(state_folder(project), output, "lock").open("a+b") as file:
        if not _lock(file, wait=False):
            on_wait()
            _lock(file, wait=True)
        yield


if sys.platform == "win32":
    import msvcrt
    import time

    def _lock(file: IO[bytes], *, wait: bool) -> bool:
        while True:
            try:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:
                    return False
                time.sleep(0.1)
            else:
                return True

else:
    import fcntl

    def _lock(file: IO[bytes], *, wait: bool) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
