"""Rendered pages on the disk, by key (a `render.Store`): one file that is only ever appended to.

Nothing in it is trusted. Each entry says how long it is, and carries a check of its head and the SHA-256 of its bytes, which are
verified whenever they are read. What comes after the first entry that makes no sense is cut off by the next entry written.

The file is a line that names the form, then entries: key (32 bytes), SHA-256 of the page (32), its length (8, little-endian),
the first 16 bytes of the SHA-256 of these three, the page.
"""

from __future__ import annotations

import hashlib
import os
import struct
import sys
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple, NoReturn

from briefgen.outputs import Content

FORM = b"briefgen pages 1\n"
_HEAD = struct.Struct("<32s32sQ16s")
_CHECKED = 72  # bytes of the head that the check is made of
_WASTE = 8 << 20  # bytes that may lie about unused before the file is written anew


class DamageError(Exception):
    """What was kept is not what was written. Whoever reads it throws all of it away and builds without."""


class Kept(NamedTuple):
    """Where the bytes of an entry stand, their number, and their SHA-256 in hex."""

    start: int
    size: int
    digest: str


# By key, as they stand in the file: of 17,000 a build asks for a few, and making them readable is a third of the time of all.
_Entries = dict[bytes, tuple[int, int, bytes]]


class Packed(Content):
    """A page in the store."""

    __slots__ = ("_key", "_store")

    def __init__(self, store: PageStore, key: str, size: int, digest: str) -> None:
        super().__init__(None, size, digest)
        self._store, self._key = store, key

    def read(self) -> bytes:
        """The bytes; DamageError where they are not those that were kept."""
        return self._store.read(self._key, self._digest)

    def __reduce__(self) -> tuple[object, ...]:
        return packed, (self._key, self.size, self._digest)


def packed(key: str, size: int, digest: str) -> NoReturn:
    """Stands in a written state for `PageStore.content`; whoever reads the state puts that in its place."""
    raise LookupError(f"{key} is a page of no store")


class PageStore:
    """The store of a project; one process at a time has it."""

    def __init__(self, path: Path) -> None:
        """The file is made with the first entry."""
        self._path = path
        self.is_whole = True  # false once the disk would not take a page
        self._file: int | None = None
        self._entries: _Entries | None = None
        self._end = 0

    def get(self, key: str) -> Content | None:
        """What is under a key, or None."""
        held = self._find(key)
        return self.content(key, held.size, held.digest) if held else None

    def content(self, key: str, size: int, digest: str) -> Content:
        """A page that is said to be here; that it is shows when it is read."""
        return Packed(self, key, size, digest)

    def put(self, key: str, content: Content) -> Content:
        """Keep bytes under a key. Where the disk does not take them, they stay in memory."""
        held, digest = self._find(key), content.digest
        if held is None or held.digest != digest:
            data = content.read()
            try:
                self._append(_head(key, digest, len(data)) + data)
            except OSError:
                self.is_whole = False
                return content
            self._known()[bytes.fromhex(key)] = (self._end - len(data), len(data), bytes.fromhex(digest))
        return self.content(key, content.size, digest)

    def read(self, key: str, digest: str) -> bytes:
        """The bytes under a key. Raises DamageError where they have another digest, or are not there."""
        held = self._find(key)
        if held is None or self._file is None or held.digest != digest:
            raise DamageError(key)
        data = _read(self._file, held.size, held.start)
        if hashlib.sha256(data).hexdigest() != digest:
            raise DamageError(key)
        return data

    def tidy(self, wanted: Collection[str]) -> None:
        """Write the file anew with these keys alone, where much of it is not wanted any more."""
        entries = {key: held for key in wanted if (held := self._find(key))}
        used = sum(held.size for held in entries.values())
        if self._end - used < used + _WASTE:
            return
        other = PageStore(self._path.with_name(f"{self._path.name}.new"))
        other.discard()
        for key, held in entries.items():
            other.put(key, self.content(key, held.size, held.digest))
        other.close()
        self.close()
        os.replace(other._path, self._path)

    def open(self) -> None:
        """Look what is there. Raises OSError where the file cannot be opened."""
        self._known()

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            os.close(self._file)
        self._file = self._entries = None

    def discard(self) -> None:
        """Throw everything away."""
        self.close()
        self._path.unlink(missing_ok=True)

    def _find(self, key: str) -> Kept | None:
        try:
            held = self._known().get(bytes.fromhex(key))
        except ValueError:  # no key of ours: a stranger's state may name anything
            return None
        return Kept(held[0], held[1], held[2].hex()) if held else None

    def _known(self) -> _Entries:
        if self._entries is None:
            self._file = os.open(
                self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0), 0o666
            )
            self._entries, self._end = _entries(self._file)
        return self._entries

    def _append(self, data: bytes) -> None:
        assert self._file is not None  # noqa: S101  # _known has opened it
        if self._end == 0:
            data = FORM + data
        if os.fstat(self._file).st_size != self._end:
            os.ftruncate(self._file, self._end)
        os.lseek(self._file, self._end, os.SEEK_SET)
        written = 0
        while written < len(data):
            written += os.write(self._file, memoryview(data)[written:])
        self._end += len(data)


def _read(file: int, size: int, start: int) -> bytes:
    # Processes that were forked share the place where a file is read, so it is not used where there is a choice.
    if sys.platform != "win32":
        return os.pread(file, size, start)
    os.lseek(file, start, os.SEEK_SET)
    return os.read(file, size)


def _head(key: str, digest: str, size: int) -> bytes:
    head = bytes.fromhex(key) + bytes.fromhex(digest) + size.to_bytes(8, "little")
    return head + hashlib.sha256(head).digest()[:16]


def _entries(file: int) -> tuple[_Entries, int]:
    """All entries up to the first that makes no sense, and where that is; the last of one key counts."""
    whole, at = os.fstat(file).st_size, len(FORM)
    if _read(file, len(FORM), 0) != FORM:
        return {}, 0
    found: _Entries = {}
    while at + _HEAD.size <= whole:
        head = _read(file, _HEAD.size, at)
        key, digest, size, check = _HEAD.unpack(head)
        start = at + _HEAD.size
        if hashlib.sha256(head[:_CHECKED]).digest()[:16] != check or start + size > whole:
            break
        found[key] = (start, size, digest)
        at = start + size
    return found, at
