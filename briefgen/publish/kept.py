"""What one build leaves for the next, in `.briefgen/`: what every stage knew, and the pages it rendered.

Nothing is trusted that is not whole: the state begins with a salt (the sources of briefgen, the versions of Python and of all
that is installed beside it) and with the SHA-256 of the rest; where one of them is another, the state counts as none. It
changes what is done again, never what comes of it, so an old state is as good as a new one, only slower.

The state is read by `packing.py`, which makes no code run.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, NamedTuple

from briefgen.compile import Known
from briefgen.load.memo import LastMemo
from briefgen.outputs import Content
from briefgen.packing import Unpacker
from briefgen.patched import overlaid
from briefgen.pieces import Joined
from briefgen.publish.disk import Taken
from briefgen.publish.fresh import installed, sources
from briefgen.publish.lock import try_lock
from briefgen.publish.store import DamageError, PageStore, packed
from briefgen.render import MemoryStore, Store, files_of
from briefgen.tables import Revised

FORM = b"briefgen state 1\n"
STATE, PAGES = "state", "pages"
_SHARE = 50  # a state is written anew once a fiftieth of its parts are others
_DIGEST = hashlib.sha256().digest_size


@dataclass(slots=True)
class Kept:
    """What is kept between builds: the files as they were taken, what each gave, what every stage knew."""

    taken: Taken = field(default_factory=Taken)
    memo: LastMemo = field(default_factory=LastMemo)
    known: Known = field(default_factory=Known)


class Project(NamedTuple):
    """What a build may go on from, and where it leaves what it did: the state of before (or an empty one), and the store.

    `salt` stands for the program, in hex; "" where nothing is kept.
    """

    kept: Kept
    store: Store
    is_new: bool
    salt: str = ""


# What was opened last stays until the process ends: freeing it would take a third of the time of an edit (`__main__`).
_at_hand: list[Project] = []


@contextmanager
def opened(folder: Path, *, fresh: bool) -> Iterator[Project]:
    """What is kept in a folder, for one process at a time.

    A second one works with nothing and keeps nothing, as does one that may not write there. `fresh` throws away what there is.
    """
    with ExitStack() as closing:
        try:
            lock = closing.enter_context((folder / "state.lock").open("a+b"))
            store = PageStore(folder / PAGES) if try_lock(lock) else None
            if store and fresh:
                discard(folder, store)
            if store:
                store.open()
        except OSError:  # a folder that may only be read
            store = None
        if store is None:
            yield Project(Kept(), MemoryStore(), is_new=True)
            return
        closing.callback(store.close)
        own = salt()
        held = read_state(folder / STATE, own, store)
        project = Project(held or Kept(), store, held is None, own.hex())
        _at_hand[:] = [project]
        yield project


def borrowed(folder: Path) -> Kept | None:
    """What the last build left, for somebody who writes nothing: with its pages in memory, if all of it is there and whole."""
    if not (folder / STATE).exists() or not (folder / PAGES).exists():
        return None
    store = PageStore(folder / PAGES)
    try:
        held = read_state(folder / STATE, salt(), store)
        if held:
            _take_along(held.known)
        return held
    except (OSError, DamageError):  # a build may be writing right now
        return None
    finally:
        store.close()


def _take_along(known: Known) -> None:
    """Have the pages of the last build in memory. Raises DamageError."""
    printed, laid = known.printed, known.outlines.laid
    for url, page in printed.now.items():
        if not isinstance(page.content, Joined):
            printed.now[url] = page._replace(content=Content(page.content.read(), digest=page.content.digest))
    printed.replaced, printed.contents = {}, Revised(files_of(printed.now))
    known.outlines.laid = laid and overlaid(None, printed.contents, laid.over)


def discard(folder: Path, store: PageStore) -> None:
    """Throw away what is kept."""
    (folder / STATE).unlink(missing_ok=True)
    store.discard()


def keep(folder: Path, project: Project, watch: Callable[[str, int, int], None]) -> None:
    """Leave for the next build what this one knew, where doing it again would cost more than writing it down.

    `watch` is told, as of a build: at 10,000 pages it takes two seconds. It is a convenience: where the disk does not take it,
    the next build does more.
    """
    known, store = project.kept.known, project.store
    parts = len(known.pages.trace.made)
    if not isinstance(store, PageStore) or not store.is_whole:
        return
    if not project.is_new and _SHARE * sum(known.counts) <= parts:
        return
    watch("Keeping it for the next build", 0, parts)
    with suppress(OSError):
        store.tidy({p.key for p in known.printed.now.values()} | known.printed.replaced.keys())
        write_state(folder / STATE, bytes.fromhex(project.salt), project.kept)


def read_state(path: Path, salt: bytes, store: PageStore) -> Kept | None:
    """The state in a file; None where there is none, or none that this very program wrote and that is whole."""
    try:
        with path.open("rb") as file, without_collector():
            head = file.read(len(FORM) + len(salt))
            digest, start = file.read(_DIGEST), file.tell()
            if head != FORM + salt or digest != hashlib.file_digest(file, "sha256").digest():
                return None
            file.seek(start)
            held = _Reader(file, store).load()
    except Exception:  # whatever is wrong with it, it is not needed
        return None
    return held if isinstance(held, Kept) else None


def write_state(path: Path, salt: bytes, kept: Kept) -> None:
    """Leave a state for the next build, in one step. Raises OSError where the disk does not take it."""
    new = path.with_name(f"{path.name}.new")
    head = FORM + salt
    with new.open("w+b") as file:
        file.write(head + bytes(_DIGEST))
        with without_collector():
            pickle.Pickler(file, 5).dump(kept)
        file.seek(len(head) + _DIGEST)
        digest = hashlib.file_digest(file, "sha256").digest()
        file.seek(len(head))
        file.write(digest)
    os.replace(new, path)


@contextmanager
def without_collector() -> Iterator[None]:
    """Python's collector stays off: a million values would be looked through for waste again and again (three times the time)."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class _Reader(Unpacker):
    def __init__(self, file: IO[bytes], store: PageStore) -> None:
        super().__init__(file)
        self._store = store

    def find_class(self, module: str, name: str) -> Any:
        """A page of the store, or a value of briefgen."""
        if (module, name) == (packed.__module__, packed.__name__):
            return self._store.content
        return super().find_class(module, name)


# ---------------------------------------------------------------- which program this is


def salt() -> bytes:
    """A digest of everything beside the project that decides what a build gives, 32 bytes.

    It is made of our own source, of the version of Python, and of the names and versions of all that is installed.
    """
    found = hashlib.sha256(f"{sys.version}\0{sys.implementation.cache_tag}\0".encode())
    for name in installed():
        found.update(f"{name}\0".encode())
    for path in sources():
        with open(path, "rb") as file:
            found.update(hashlib.sha256(file.read()).digest())
    return found.digest()
