"""Where things stand, as the preview asks for it after every build: kept from build to build, record by record.

A value: what it knows of one briefing is never changed, and gives what it would give if it were made anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from briefgen import urls
from briefgen.link.briefing import Briefing
from briefgen.model import Article, Record
from briefgen.patched import Sparse, sparse
from briefgen.tables import Derived, Gathered, Pairs, derived, gathered

Moves = tuple[tuple[str, str], ...]


class Where(NamedTuple):
    """Of records and of articles each: the files in which they stand, and where pages have moved to."""

    files_of_records: Derived[str, Record, Pairs[str, str]] | None = None
    files_of_articles: Derived[str, Article, Pairs[str, str]] | None = None
    records: Gathered[str, str, str] | None = None
    articles: Gathered[str, str, str] | None = None
    moved_records: Sparse[str, Record, Moves] | None = None
    moved_articles: Sparse[str, Article, Moves] | None = None

    @property
    def moved(self) -> dict[str, str]:
        """Old addresses (`was`) -> the new ones."""
        tables = (held.table for held in (self.moved_records, self.moved_articles) if held)
        return {old: new for table in tables for moves in table.values() for old, new in moves}

    def within(self, file: str) -> tuple[str, ...]:
        """The ids of the records and articles of which anything stands in a file."""
        return tuple(one for held in (self.records, self.articles) if held for one in held.table.get(file, ()))


def where_in(briefing: Briefing, last: Where) -> Where:
    """Where things stand in a briefing."""
    records = derived(last.files_of_records, briefing.records, _files)
    articles = derived(last.files_of_articles, briefing.articles, lambda article: _files(article.record))
    return Where(
        records,
        articles,
        gathered(last.records, records.table),
        gathered(last.articles, articles.table),
        sparse(last.moved_records, briefing.records, _moves),
        sparse(last.moved_articles, briefing.articles, lambda article: _moves(article.record)),
    )


def _files(record: Record) -> Pairs[str, str]:
    files: Mapping[str, None] = dict.fromkeys((record.span.file, *(d.span.file for d in record.delegations)))
    return tuple((file, record.id) for file in files)


def _moves(record: Record) -> Moves:
    if record.draft:
        return ()
    now = urls.record_url(record.kind, record.id)
    return tuple((urls.record_url(record.kind, old.text), now) for old in record.all("was"))
