"""From a briefing to what may be published of it: the one place where drafts are left out (I9).

Nothing that names a draft record or rests on draft articles alone gets past here; the words of excerpted articles are the
matter of `briefing.published`. Nothing here is looked up twice: each mapping is filled in one pass.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from briefgen.link.briefing import Briefing
from briefgen.load.fields import BY_KIND
from briefgen.model import Article, Cite, Claim, Delegation, Member, Passage, Position, Record, Relation, Value
from briefgen.pages.sections import sections
from briefgen.pages.site import Backref, Delegated, Posted, Resting, Said, Site, Sitting, by_date, date_of
from briefgen.source import Span
from briefgen.words import Words

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
Hidden = frozenset[str]


def site_of(briefing: Briefing, words: Words, base_url: str, answering: frozenset[Span] = frozenset()) -> Site:
    """Everything that may be published, in the order of display."""
    articles = {a.id: a for a in briefing.articles.values() if not a.record.draft}
    hidden = _hidden(briefing)
    records = {r.id: _open(r, hidden) for r in briefing.records.values() if not r.draft}
    happenings = tuple(sorted((r for r in records.values() if r.kind in ("meeting", "event")), key=by_date))
    relations = tuple(r for r in briefing.relations if not r.draft and not _names_hidden(r, hidden))
    resting = _resting(briefing, hidden, articles)
    sittings = tuple(Sitting(m, d, one) for m in happenings for d in m.delegations for one in d.members)
    said = tuple(Said(where, p) for where in happenings for p in where.positions)
    others = tuple(r for r in records.values() if r.kind not in ("meeting", "event"))
    mentions = tuple(m for m in briefing.mentions if m.article in articles and m.record not in hidden)
    return Site(
        briefing=briefing,
        say=words,
        base_url=base_url,
        answering=answering,
        records=records,
        articles=articles,
        relations=relations,
        pages=tuple(sorted((p for p in briefing.pages if not p.draft), key=lambda p: (p.order, p.id))),
        happenings=happenings,
        sittings=sittings,
        seats=_grouped((s.member.person, s) for s in sittings),
        posted=_grouped((v.text, Posted(s, v)) for s in sittings for v in s.member.parts.get("org", ())),
        sat_for=_grouped((s.delegation.party, s) for s in sittings),
        said=said,
        backrefs=_backrefs((*happenings, *others, *(a.record for a in articles.values()))),
        resting=resting,
        mentions=_grouped((m.record, m) for m in mentions),
        spotted=_grouped(((m.article, m.unit), m) for m in mentions),
        states=_grouped((r.text("country"), r.id) for r in records.values() if r.text("kind") == "state"),
        sections=sections(records.values()),
        delegated=_grouped((d.party, Delegated(m, d)) for m in happenings for d in m.delegations),
        order={r.id: n for n, r in enumerate(happenings)},
        neighbours=dict(_neighbours(happenings)),
        origins=_grouped((a.origin, a) for a in sorted(articles.values(), key=lambda a: by_date(a.record))),
        related=_grouped((one, r) for r in relations for one in _ends(r)),
        said_by=_grouped((party, s) for s in said for party in _speakers(s)),
        said_about=_grouped((v.text, s) for s in said for v in s.position.about),
        cited=_cited(resting),
        claims_on=_grouped((r.passage, r.claim) for held in resting.values() for r in held),
    )


def _hidden(briefing: Briefing) -> Hidden:
    drafts = {r.id for r in briefing.records.values() if r.draft}
    drafts |= {a.id for a in briefing.articles.values() if a.record.draft}
    return frozenset(drafts | {f"pages/{p.id}" for p in briefing.pages if p.draft})


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    found: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}


def _backrefs(records: Iterable[Record]) -> dict[tuple[str, str], tuple[Backref, ...]]:
    return _grouped(
        ((name, value.text), Backref(record, value))
        for record in records
        for name, values in record.fields.items()
        if _is_id(record.kind, name)
        for value in values
    )


def _neighbours(happenings: tuple[Record, ...]) -> Iterator[tuple[str, tuple[str, str]]]:
    for kind in ("meeting", "event"):
        line = ["", *(r.id for r in happenings if r.kind == kind and date_of(r)), ""]
        yield from ((one, (before, after)) for before, one, after in zip(line, line[1:], line[2:], strict=False))


def _is_id(kind: str, field: str) -> bool:
    row = BY_KIND[kind].get(field)
    return row is not None and row.type == "id"


def _resting(briefing: Briefing, hidden: Hidden, articles: Mapping[str, Article]) -> dict[str, tuple[Resting, ...]]:
    return _grouped(
        (passage.article, Resting(passage, claim))
        for claim in briefing.claims
        if not claim.draft and not _claims_hidden(claim, hidden)
        for cite in claim.cites
        if cite.article in articles and (passage := briefing.passages.get(cite))
    )


def _cited(resting: Mapping[str, tuple[Resting, ...]]) -> dict[tuple[str, int], tuple[Passage, ...]]:
    passages = {r.passage for held in resting.values() for r in held}
    in_order = sorted(passages, key=lambda p: (p.article, p.unit, p.start, -p.end, p.anchor))
    return _grouped(((p.article, p.unit), p) for p in in_order)


def _speakers(said: Said) -> tuple[str, ...]:
    """Who said it: the party, or for "all" every delegation or, where there is none, participant."""
    where, position = said
    if position.party != "all":
        return (position.party,)
    sat = tuple(d.party for d in where.delegations) or tuple(v.text for v in where.all("participants"))
    return tuple(dict.fromkeys(sat))


def _ends(relation: Relation) -> tuple[str, ...]:
    by = relation.by.text if relation.by else relation.subject
    return tuple(dict.fromkeys((relation.subject, relation.object, by)))


def _claims_hidden(claim: Claim, hidden: Hidden) -> bool:
    if claim.relation and (claim.relation.draft or _names_hidden(claim.relation, hidden)):
        return True
    return not hidden.isdisjoint((claim.owner, claim.value, claim.person, claim.party))


def _names_hidden(relation: Relation, hidden: Hidden) -> bool:
    by = relation.by.text if relation.by else ""
    return not hidden.isdisjoint((relation.subject, relation.object, by))


def _open(record: Record, hidden: Hidden) -> Record:
    """A record without what names a draft or rests on drafts alone; where there are no drafts, as it is."""
    if not hidden:
        return record
    fields = {name: _open_values(values, hidden, _is_id(record.kind, name)) for name, values in record.fields.items()}
    return replace(
        record,
        fields={name: values for name, values in fields.items() if values},
        positions=tuple(_open_position(p, hidden) for p in record.positions if p.party not in hidden and _rests(p.cites, hidden)),
        delegations=tuple(_open_delegation(d, hidden) for d in record.delegations if d.party not in hidden),
        says=_open_cites(record.says, hidden),
    )


def _rests(cites: tuple[Cite, ...], hidden: Hidden) -> bool:
    """Whether there is no citation to begin with, or one at least that may be shown."""
    return not cites or any(c.article not in hidden for c in cites)


def _open_cites(cites: tuple[Cite, ...], hidden: Hidden) -> tuple[Cite, ...]:
    return tuple(c for c in cites if c.article not in hidden)


def _open_values(values: tuple[Value, ...], hidden: Hidden, is_id: bool) -> tuple[Value, ...]:
    kept = (v for v in values if _rests(v.cites, hidden) and not (is_id and v.text in hidden))
    return tuple(v._replace(cites=_open_cites(v.cites, hidden)) for v in kept)


def _open_position(position: Position, hidden: Hidden) -> Position:
    about = tuple(v for v in position.about if v.text not in hidden)
    return replace(position, cites=_open_cites(position.cites, hidden), about=about)


def _open_delegation(delegation: Delegation, hidden: Hidden) -> Delegation:
    members = tuple(_open_member(m, hidden) for m in delegation.members if m.person not in hidden)
    return replace(delegation, members=members, cites=_open_cites(delegation.cites, hidden))


def _open_member(member: Member, hidden: Hidden) -> Member:
    return replace(member, parts={name: _open_values(values, hidden, name == "org") for name, values in member.parts.items()})
