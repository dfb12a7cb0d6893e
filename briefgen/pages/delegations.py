"""Who sat where: people by meetings (delegations.html)."""

from __future__ import annotations

from dataclasses import dataclass

from briefgen.pages.views import (
    Fact,
    Frame,
    Link,
    Source,
)


@dataclass(frozen=True, slots=True)
class Column:
    """A meeting: link and date as displayed (iso for <time>, may be empty)."""

    meeting: Link
    date: str
    iso: str


@dataclass(frozen=True, slots=True)
class Cell:
    """The post held at that meeting; `present` is false for an empty seat (then nothing else is filled).

    meeting  the column's text again, for the label of the folded table on a phone
    """

    present: bool
    meeting: str
    post: tuple[Fact, ...]
    rank: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A person and one cell a column."""

    person: Link
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class PartyRows:
    """The people of one party. `unnamed`: per column the words for a delegation without named members (facts, may be empty)."""

    party: Link
    rows: tuple[Row, ...]
    unnamed: tuple[tuple[Fact, ...], ...]


@dataclass(frozen=True, slots=True)
class DelegationsView:
    """Template delegations.html: one table, a row group a party. `unnamed` of a party, where any is filled, is a row of its own."""

    site: Frame
    columns: tuple[Column, ...]
    parties: tuple[PartyRows, ...]
    people: int
    sources: tuple[Source, ...]
