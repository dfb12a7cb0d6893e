"""A long file in pieces: joined when somebody asks for its bytes, and known by the digests of its pieces until then.

No piece knows its place, so a change makes one piece again and not the file: data/briefing.json has 24 MB at 10,000 pages.
Where the pieces of two files differ, the files may still be equal; where they are the same, the files are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from zlib import crc32

from briefgen.outputs import Content

_MANY = 64  # texts that a block has on average


class Piece(NamedTuple):
    """A stretch of a file: its bytes and their SHA-256."""

    data: bytes
    digest: bytes


def piece(text: str) -> Piece:
    """A text as UTF-8."""
    data = text.encode()
    return Piece(data, hashlib.sha256(data).digest())


class Pieces(NamedTuple):
    """All of a file, in order."""

    pieces: tuple[Piece, ...]

    @property
    def key(self) -> str:
        """A digest of all that is in it (SHA-256, hex); files that are divided otherwise have another one."""
        return hashlib.sha256(b"".join((b"briefgen pieces\0", *(one.digest for one in self.pieces)))).hexdigest()


class Joined(Content):
    """The bytes of a file in pieces, put together whenever they are read."""

    __slots__ = ("_pieces",)

    def __init__(self, pieces: Pieces, digest: str = "") -> None:
        super().__init__(None, sum(len(one.data) for one in pieces.pieces), digest)
        self._pieces = pieces

    def __reduce__(self) -> tuple[object, ...]:
        return Joined, (self._pieces, self._digest)

    @property
    def digest(self) -> str:
        """SHA-256 in hex."""
        if not self._digest:
            found = hashlib.sha256()
            for one in self._pieces.pieces:
                found.update(one.data)
            self._digest = found.hexdigest()
        return self._digest

    def read(self) -> bytes:
        """The bytes."""
        return b"".join([one.data for one in self._pieces.pieces])

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Joined) and self.size == other.size:
            mine, theirs = self._pieces.pieces, other._pieces.pieces
            if [len(one.data) for one in mine] == [len(one.data) for one in theirs]:
                return [one.digest for one in mine] == [one.digest for one in theirs]
        return super().__eq__(other)

    __hash__ = Content.__hash__


# ---------------------------------------------------------------- blocks of many texts


class Block(NamedTuple):
    """Texts that stand one after the other: what they are of, how many lines they are, and what they are together."""

    ids: tuple[str, ...]
    lines: int
    piece: Piece


class Blocks(NamedTuple):
    """A stretch of a file that has many texts: the order of what they are of, the blocks, which block holds what.

    `between` is what stands between two lines.
    """

    order: Sequence[str]
    blocks: tuple[Block, ...]
    place: Mapping[str, int]
    between: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What the stretch consists of."""
        if not self.between:
            return tuple(block.piece for block in self.blocks)
        mark = piece(self.between)
        return tuple(one for n, block in enumerate(self.blocks) for one in ((mark, block.piece) if n else (block.piece,)))

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return sum(block.lines for block in self.blocks)


Texts = Callable[[str], Sequence[str]]  # the lines that one of them has, one or more


def blocks_of(
    before: Blocks | None, order: Sequence[str], touched: Collection[str] | None, texts: Texts, between: str = ""
) -> Blocks:
    """The lines of these, in this order, in blocks; blocks that hold nothing of what was `touched` (None: anything) stay.

    Where a block ends follows from the last id in it, so that what comes or goes changes one or two blocks.
    """
    if before and touched is not None and before.order == order:
        made = list(before.blocks)
        for n in {before.place[one] for one in touched if one in before.place}:
            made[n] = _block(made[n].ids, texts, between)
        return before._replace(blocks=tuple(made))
    stay = _untouched(before, touched) if before and touched is not None else {}
    cut = [tuple(ids) for ids in _cut(order)]
    blocks = tuple(stay.get(ids) or _block(ids, texts, between) for ids in cut)
    return Blocks(order, blocks, {one: n for n, ids in enumerate(cut) for one in ids}, between)


def _untouched(before: Blocks, touched: Collection[str]) -> dict[tuple[str, ...], Block]:
    return {block.ids: block for block in before.blocks if not any(one in touched for one in block.ids)}


def _cut(order: Iterable[str]) -> Iterator[list[str]]:
    held: list[str] = []
    for one in order:
        held.append(one)
        if crc32(one.encode("utf-8", "surrogatepass")) % _MANY == 0:
            yield held
            held = []
    if held:
        yield held


def _block(ids: tuple[str, ...], texts: Texts, between: str) -> Block:
    lines = [line for one in ids for line in texts(one)]
    return Block(ids, len(lines), piece(between.join(lines)))
