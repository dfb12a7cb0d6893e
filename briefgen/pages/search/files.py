"""The index as files: terms in shards (`branches.py`), the texts of results in blocks (`blocks.py`), and a manifest of both.

The files can be made from the last ones. They are the same as those made anew; what no changed term or text belongs to is not
looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from briefgen.folding import LETTERS, LONGEST, PATTERN, SIGNS
from briefgen.pages.search.blocks import Texts, texts_of
from briefgen.pages.search.branches import BARE, Branch, branch_after
from briefgen.pages.search.index import EMPTY, Index
from briefgen.pages.search.keys import APART, DIGITS, HASHED
from briefgen.pages.search.shards import Shard, shard
from briefgen.tables import changes

_NAME = attrgetter("name")


class Files(NamedTuple):
    """The files of an index, and what they were made of."""

    of: Index
    root: Branch
    texts: Texts
    manifest: Shard

    def all(self) -> Iterator[Shard]:
        """Every file."""
        return chain(self.root.shards, (block.shard for block in self.texts.blocks.values()), (self.manifest,))

    @property
    def named(self) -> dict[str, Shard]:
        """Every file by name."""
        shards = tuple(self.all())
        return dict(zip(map(_NAME, shards), shards, strict=True))


NONE = Files(EMPTY, BARE, Texts({}, 0, 0), shard("manifest", {}))


def files_of(index: Index, last: Files = NONE) -> Files:
    """All files of an index."""
    root = branch_after(last.root, {text: index.postings.get(text) for text in changes(last.of.postings, index.postings)})
    texts = texts_of(index.parts, last.of.parts, last.texts)
    data = {
        "bits": texts.bits,
        "digits": DIGITS,
        "apart": APART,
        "hashed": HASHED,
        "folding": {"letters": LETTERS, "signs": SIGNS, "pattern": PATTERN, "longest": LONGEST},
        "terms": root.prefixes,
    }
    return Files(index, root, texts, shard("manifest", data))
