"""What the filters go by: the parties a thing concerns, and its years.

A party is a state or organisation that sent a delegation, took part, hosted, spoke or acted at a meeting or event; whatever is
part of it counts as it. A meeting concerns those who met and spoke; a person those it sat for, belongs to or leads; words of a
source those that stand in them or are said to speak in them. A year is that of the meeting or event, of an article that of its
publication and of what rests on it; people and organisations have the years of their meetings and events.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from briefgen import edtf
from briefgen.model import Claim, Mention, Passage, Position, Record
from briefgen.pages.site import Site, wholes
from briefgen.pages.talks import parties as met

_ACTING = ("host", "by", "participants")
_SPAN = 50  # years of what lasted longer are its first and last


class Concern:
    """What things on the pages of one site concern. Each answer reads only what it needs; the parties asked for are kept."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._above: dict[str, frozenset[str]] = {}

    def of(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The parties that these actors count as; others are left out."""
        return in_order({party for i in ids for party in self._parties(i)})

    def _parties(self, one: str) -> frozenset[str]:
        held = self._above.get(one)
        if held is None:
            held = self._above[one] = frozenset(i for i in wholes(self.site, one) if self.is_party(i)) if one else frozenset()
        return held

    def is_party(self, one: str) -> bool:
        """Whether this is a state or organisation that took part in anything."""
        site = self.site
        listed = site.listing.get(one)
        if listed is None or listed.kind != "actor" or listed.is_person:
            return False
        return bool(site.delegated.get(one) or site.said_by.get(one) or any(site.naming(name, one) for name in _ACTING))

    def of_record(self, record: Record) -> tuple[str, ...]:
        """The parties that a record concerns."""
        if record.kind in ("meeting", "event"):
            return self.of((*met(record), *(p.party for p in record.positions)))
        if record.kind == "comparison":
            about = (self.site.records[v.text] for v in record.all("about") if v.text in self.site.records)
            return in_order({party for one in about if one.kind != "comparison" for party in self.of_record(one)})
        if record.kind != "actor":
            return ()
        sat = (s.delegation.party for s in self.site.seats.get(record.id, ()))
        leads = (b.record.id for b in self.site.naming("leader", record.id))
        return self.of((record.id, *sat, *leads, *(v.text for v in record.all("org"))))

    def of_position(self, record: Record, position: Position) -> tuple[str, ...]:
        """Who said it; "all" are those who met."""
        return self.of(met(record) if position.party == "all" else (position.party,))

    def of_words(self, mentions: Iterable[Mention], passages: Iterable[Passage]) -> tuple[str, ...]:
        """The parties named in words, and those of whom the words are cited as theirs."""
        claims = (c for p in passages for c in self.site.claims_on.get(p, ()))
        return self.of((*(m.record for m in mentions), *(i for c in claims for i in self._spoke(c))))

    def _spoke(self, claim: Claim) -> tuple[str, ...]:
        if claim.field != "positions" or claim.owner not in self.site.records:
            return (claim.party,)
        return met(self.site.records[claim.owner]) if claim.value == "all" else (claim.value,)

    def years_of_record(self, record: Record) -> tuple[str, ...]:
        """The years of a record."""
        if record.kind != "actor":
            return years(record)
        site, own = self.site, record.id
        took_part = [s.meeting for s in site.seats.get(own, ())] + [d.meeting for d in site.delegated.get(own, ())]
        took_part += [b.record for name in _ACTING for b in site.naming(name, own)]
        return in_order({year for one in took_part for year in years(one)})

    def years_of_words(self, article: Record, passages: Iterable[Passage]) -> tuple[str, ...]:
        """The years of words: when they were published, and of the meetings and events that rest on them."""
        owners = {c.owner for p in passages for c in self.site.claims_on.get(p, ())} & self.site.order.keys()
        return in_order({*years(article), *(y for i in owners for y in years(self.site.records[i]))})


def in_order(found: Iterable[str]) -> tuple[str, ...]:
    """Parties or years in their order; of the same ones the very same tuple, as few are many times in all that is kept."""
    return _only(tuple(sorted(found)))


@lru_cache(maxsize=10_000)
def _only(found: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(_text, found))


@lru_cache(maxsize=10_000)
def _text(found: str) -> str:
    return found


def years(record: Record) -> tuple[str, ...]:
    """The years in the dates of a meeting, event or article."""
    given = (*record.all("date"), *record.all("published"))
    return in_order({year for value in given for year in _years(value.text)})


@lru_cache(maxsize=10_000)  # a day has many articles, and each is asked for by all that rests on it
def _years(text: str) -> tuple[str, ...]:
    date = edtf.parse(text)
    ends = [] if isinstance(date, str) else [p.year for p in (date.start, date.end) if p and not p.unknown]
    found = range(min(ends), max(ends) + 1) if ends and max(ends) - min(ends) <= _SPAN else ends
    return tuple(f"{year:04}" for year in found)
