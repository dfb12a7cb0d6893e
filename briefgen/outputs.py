"""The files of a site: paths with what stands in them, which need not be in memory.

Nothing here knows where bytes lie that are not in memory: whoever keeps them (`publish/store.py`) hands out a `Content` of its
own. Two contents are equal if their SHA-256 is; bytes that are at hand are compared themselves, which is cheaper.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping


class Content:
    """The bytes of one file. `size` is their number; the digest is made when it is first asked for, if it is not given."""

    __slots__ = ("_data", "_digest", "size")

    def __init__(self, data: bytes | None, size: int = 0, digest: str = "") -> None:
        """With `data`, all else follows; without, size and digest must be given."""
        self._data = data
        self._digest = digest
        self.size = size if data is None else len(data)

    @property
    def digest(self) -> str:
        """SHA-256 in hex."""
        if not self._digest:
            self._digest = hashlib.sha256(self.read()).hexdigest()
        return self._digest

    def read(self) -> bytes:
        """The bytes."""
        if self._data is None:
            raise LookupError("bytes that nobody kept")
        return self._data

    def __reduce__(self) -> tuple[object, ...]:
        return Content, (None, self.size, self.digest)  # what is in memory is not written down

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Content) or self.size != other.size:
            return False
        if self._data is not None and other._data is not None:
            return self._data == other._data
        return self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


class Outputs(Mapping[str, bytes]):
    """Path -> bytes, in the order of the build; the bytes are read when they are asked for."""

    __slots__ = ("contents",)

    def __init__(self, contents: Mapping[str, Content]) -> None:
        self.contents = contents

    @staticmethod
    def of(files: Mapping[str, bytes]) -> Outputs:
        """The same files, whoever holds them."""
        return files if isinstance(files, Outputs) else Outputs({path: Content(data) for path, data in files.items()})

    def __getitem__(self, path: str) -> bytes:
        return self.contents[path].read()

    def __contains__(self, path: object) -> bool:
        return path in self.contents

    def __iter__(self) -> Iterator[str]:
        return iter(self.contents)

    def __len__(self) -> int:
        return len(self.contents)
