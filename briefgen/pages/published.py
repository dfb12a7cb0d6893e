"""From a briefing to what may be published of it: the one place where drafts are left out (I9).

Nothing that names a draft record or rests on draft articles alone gets past here; the words of excerpted articles are the
matter of `briefing.published`. Nothing here is looked up twice: each mapping is filled in one pass, and of a site that was
made before only those entries are made again that other records, articles or statements lead to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple, TypeVar

from briefgen import urls
from briefgen.link.briefing import Briefing, paragraphs_of
from briefgen.link.parts import Part, Rest
from briefgen.model import Article, Cite, Claim, Mention, Passage, Record, Relation, Unit
from briefgen.pages.hiding import Hidden, is_claim_hidden, is_id, names_hidden, opened
from briefgen.pages.html import safe_url
from briefgen.pages.sections import filled
from briefgen.pages.site import (
    BETWEEN,
    Backref,
    Called,
    Delegated,
    Imprint,
    Listed,
    Posted,
    Resting,
    Said,
    Site,
    Sitting,
    Text,
    by_date,
    date_of,
    is_person,
    title_of,
)
from briefgen.source import Span
from briefgen.tables import Pairs, Past
from briefgen.urls import record_url
from briefgen.words import Words

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class SitePast:
    """The tables of the last site; good for the same drafts only."""

    def __init__(self) -> None:
        self.hidden: Hidden = frozenset()
        self.past = Past()


def site_of(
    briefing: Briefing, words: Words, base_url: str, answering: frozenset[Span] = frozenset(), last: SitePast | None = None
) -> Site:
    """Everything that may be published, in the order of display."""
    hidden, past = _past(last, _hidden(briefing))
    articles, records = _published(past, briefing, hidden)
    owners: dict[str, Record] = {**records, **{i: a.record for i, a in articles.items()}}
    dates = past.derived("dates", owners, by_date)
    kinds = past.derived("kinds", records, lambda record: Listed(record.kind, record.sort_key, is_person(record)))
    order = past.same("order", (dates, kinds), lambda: _order(records, dates))
    happenings = tuple(records[i] for i in order)
    relations = past.same("relations", (briefing.relations, hidden), lambda: _open_relations(briefing.relations, hidden))
    facets = past.derived("facets", records, _facets)
    held = [facets[i] for i in order]
    resting = _resting(past, briefing, hidden)
    mentions = past.derived("mentions", briefing.mentions, lambda found: _open_mentions(found, hidden))
    return Site(
        briefing=briefing,
        say=words,
        base_url=base_url,
        answering=answering,
        records=records,
        articles=articles,
        called=past.derived("called", owners, _called),
        addresses=past.derived("addresses", owners, lambda record: record_url(record.kind, record.id)),
        links=past.derived("links", owners, _link),
        imprints=past.derived("imprints", articles, _imprint),
        found=_found(past, briefing, hidden),
        texts=past.derived("texts", articles, _text),
        paragraphs=_paragraphs(past, briefing, articles, hidden),
        listing=kinds,
        carded=past.gathered("carded", past.derived("card", records, _card)),
        above=past.derived("above", records, lambda record: tuple(v.text for v in record.all("part_of"))),
        types=past.derived("types", records, lambda record: (record.kind, record.text("kind"))),
        kinds=_kinds(records, past.same("ranks", (kinds,), lambda: _ranks(kinds))),
        relations=relations,
        pages=tuple(sorted((p for p in briefing.pages if not p.draft), key=lambda p: (p.order, p.id))),
        happenings=happenings,
        sittings=tuple(s for one in held for _, s in one.seats),
        seats=past.gathered("seats", {i: one.seats for i, one in zip(order, held, strict=True)}),
        posted=past.gathered("posted", {i: one.posted for i, one in zip(order, held, strict=True)}),
        sat_for=past.gathered("sat_for", {i: one.sat_for for i, one in zip(order, held, strict=True)}),
        said=tuple(s for one in held for _, s in one.said),
        backrefs=_backrefs(past, records, articles, order),
        resting=resting,
        mentions=past.gathered("mentioned", past.derived("mentioned by", mentions, _by_record)),
        spotted=past.joined("spotted", past.derived("spotted in", mentions, _by_unit)),
        states=past.gathered("states", past.derived("state", records, _state)),
        sections=_sections(past, owners) | ({urls.RELATIONS} if relations else set()),
        delegated=past.gathered("delegated", {i: one.delegated for i, one in zip(order, held, strict=True)}),
        order={i: n for n, i in enumerate(order)},
        neighbours=past.same("neighbours", (dates, kinds), lambda: dict(_neighbours(order, records, dates))),
        origins=_origins(past, articles, dates),
        related=past.same("related", (relations,), lambda: _grouped((one, r) for r in relations for one in _ends(r))),
        said_by=past.gathered("said_by", {i: one.said_by for i, one in zip(order, held, strict=True)}),
        said_about=past.gathered("said_about", {i: one.said_about for i, one in zip(order, held, strict=True)}),
        cited=past.joined("cited", past.derived("cited in", resting, _cited)),
        claims_on=past.joined("claims_on", past.derived("claims in", resting, _claims_on)),
    )


def _hidden(briefing: Briefing) -> Hidden:
    drafts = {i for i, known in briefing.known.items() if known.draft}
    return frozenset(drafts | {f"pages/{p.id}" for p in briefing.pages if p.draft})


def _past(last: SitePast | None, hidden: Hidden) -> tuple[Hidden, Past]:
    """The tables of the last site, if it left out the same drafts, and the very same set of them."""
    if last is None:
        return hidden, Past()
    if last.hidden != hidden:
        last.hidden, last.past = hidden, Past()
    return last.hidden, last.past


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


# ---------------------------------------------------------------- records


def _order(records: Mapping[str, Record], dates: Mapping[str, tuple[int, object, str]]) -> tuple[str, ...]:
    """Meetings and events by date."""
    return tuple(sorted((i for i, r in records.items() if r.kind in ("meeting", "event")), key=dates.__getitem__))


def _published(past: Past, briefing: Briefing, hidden: Hidden) -> tuple[Mapping[str, Article], Mapping[str, Record]]:
    """Articles and records without drafts; where there are none, the very same tables."""
    if not hidden:
        return briefing.articles, briefing.records
    open_ = {i: r for i, r in briefing.records.items() if not r.draft}
    return (
        past.derived("articles", {i: a for i, a in briefing.articles.items() if not a.record.draft}, lambda article: article),
        past.derived("records", open_, lambda record: opened(record, hidden)),
    )


def _found(past: Past, briefing: Briefing, hidden: Hidden) -> Mapping[Cite, Passage | None]:
    """Where the words of citations stand; where there are no drafts, the very same table."""
    if not hidden:
        return briefing.passages
    return past.derived("found", briefing.passages, lambda passage: None if passage.article in hidden else passage)


def _paragraphs(past: Past, briefing: Briefing, articles: Mapping[str, Article], hidden: Hidden) -> Mapping[tuple[str, int], Unit]:
    """The paragraphs of articles that are no drafts; where there are none, the very same table."""
    if not hidden:
        return briefing.paragraphs
    return past.joined("paragraphs", past.derived("paragraphs of", articles, paragraphs_of))


def _called(record: Record) -> str:
    return record.text("title") or record.id if record.kind == "article" else record.name


def _link(record: Record) -> Called:
    titled = record.kind == "article" and bool(record.text("title"))
    return Called(record_url(record.kind, record.id), _called(record), record.text("language") if titled else "")


def _imprint(article: Article) -> Imprint:
    text = article.record.text
    return Imprint(
        show=article.show,
        lang=text("language"),
        publisher=text("publisher"),
        outlet=text("publisher") or title_of(article),
        date=date_of(article.record),
        translated_from=text("translated_from"),
        based_on=text("based_on"),
        origin=article.origin,
        original=safe_url(text("url")),
        order=by_date(article.record),
    )


def _card(record: Record) -> Pairs[str, str]:
    return ((urls.cards_shard(record.id), record.id),) if record.kind != "comparison" else ()


def _text(article: Article) -> Text:
    units = article.prose.units
    whole = BETWEEN.join(unit.text for unit in units)
    starts = accumulate((len(unit.text) + len(BETWEEN) for unit in units), initial=0)
    return Text(article.digest, hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest(), tuple(starts)[:-1])


def _ranks(kinds: Mapping[str, Listed]) -> dict[str, tuple[str, ...]]:
    """The ids of each type, sorted as an index shows them."""
    return _grouped((kinds[i].kind, i) for i in sorted(kinds, key=lambda i: kinds[i].key))


def _kinds(records: Mapping[str, Record], ranks: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[Record, ...]]:
    return {kind: tuple(records[i] for i in ids) for kind, ids in ranks.items()}


def _sections(past: Past, owners: Mapping[str, Record]) -> frozenset[str]:
    each = past.derived("filled", owners, filled)
    return past.same("sections", (each,), lambda: frozenset((urls.HOME, urls.ARTICLES)).union(*each.values()))


def _state(record: Record) -> Pairs[str, str]:
    return ((record.text("country"), record.id),) if record.text("kind") == "state" else ()


def _backrefs(
    past: Past, records: Mapping[str, Record], articles: Mapping[str, Article], order: tuple[str, ...]
) -> Mapping[tuple[str, str], tuple[Backref, ...]]:
    naming = past.derived("naming", {**records, **{i: a.record for i, a in articles.items()}}, _naming)
    first = {i: naming[i] for i in order}
    return past.gathered("backrefs", {**first, **{i: pairs for i, pairs in naming.items() if i not in first}})


def _naming(record: Record) -> Pairs[tuple[str, str], Backref]:
    return tuple(
        ((name, value.text), Backref(record, value))
        for name, values in record.fields.items()
        if is_id(record.kind, name)
        for value in values
    )


def _neighbours(
    order: tuple[str, ...], records: Mapping[str, Record], dates: Mapping[str, tuple[int, object, str]]
) -> Iterator[tuple[str, tuple[str, str]]]:
    for kind in ("meeting", "event"):
        line = ["", *(i for i in order if records[i].kind == kind and dates[i][0] == 0), ""]
        yield from ((one, (before, after)) for before, one, after in zip(line, line[1:], line[2:], strict=False))


# ---------------------------------------------------------------- meetings and events


class Facets(NamedTuple):
    """What a meeting or event has to say of others, each under the id of the other."""

    seats: Pairs[str, Sitting] = ()
    posted: Pairs[str, Posted] = ()
    sat_for: Pairs[str, Sitting] = ()
    delegated: Pairs[str, Delegated] = ()
    said: Pairs[str, Said] = ()
    said_by: Pairs[str, Said] = ()
    said_about: Pairs[str, Said] = ()


def _facets(record: Record) -> Facets:
    if record.kind not in ("meeting", "event"):
        return Facets()
    sittings = tuple(Sitting(record, d, one) for d in record.delegations for one in d.members)
    said = tuple(Said(record, position) for position in record.positions)
    return Facets(
        seats=tuple((s.member.person, s) for s in sittings),
        posted=tuple((v.text, Posted(s, v)) for s in sittings for v in s.member.parts.get("org", ())),
        sat_for=tuple((s.delegation.party, s) for s in sittings),
        delegated=tuple((d.party, Delegated(record, d)) for d in record.delegations),
        said=tuple((s.position.party, s) for s in said),
        said_by=tuple((party, s) for s in said for party in speakers(s)),
        said_about=tuple((v.text, s) for s in said for v in s.position.about),
    )


def speakers(said: Said) -> tuple[str, ...]:
    """Who said it: the party, or for "all" every delegation or, where there is none, participant."""
    where, position = said
    if position.party != "all":
        return (position.party,)
    sat = tuple(d.party for d in where.delegations) or tuple(v.text for v in where.all("participants"))
    return tuple(dict.fromkeys(sat))


# ---------------------------------------------------------------- articles, and what rests on them


def _origins(
    past: Past, articles: Mapping[str, Article], dates: Mapping[str, tuple[int, object, str]]
) -> Mapping[str, tuple[Article, ...]]:
    """By what articles rest on, each group by date."""
    each = past.derived("origin", articles, lambda article: ((article.origin, article),))
    order = past.same("article order", (dates,), lambda: tuple(sorted(articles, key=dates.__getitem__)))
    return past.gathered("origins", {i: each[i] for i in order})


def _resting(past: Past, briefing: Briefing, hidden: Hidden) -> Mapping[str, tuple[Resting, ...]]:
    """What statements rest on passages, in their order: those of the records and pages, then those in notes."""
    own = past.derived("rests", briefing.rests, lambda held: _open_rests(held, hidden))
    noted = past.derived("noted", briefing.note_rests, lambda held: _open_rests(held, hidden))
    sources: dict[tuple[str, Part], Pairs[str, Resting]] = {("own", part): pairs for part, pairs in own.items() if pairs}
    sources |= {("noted", part): pairs for part, pairs in noted.items() if pairs}
    return past.gathered("resting", sources)


def _open_rests(held: tuple[Rest, ...], hidden: Hidden) -> Pairs[str, Resting]:
    return tuple(
        (passage.article, Resting(passage, claim))
        for claim, passage in held
        if not claim.draft and not is_claim_hidden(claim, hidden) and passage.article not in hidden
    )


def _cited(resting: tuple[Resting, ...]) -> dict[tuple[str, int], tuple[Passage, ...]]:
    in_order = sorted({r.passage for r in resting}, key=lambda p: (p.article, p.unit, p.start, -p.end, p.anchor))
    return _grouped(((p.article, p.unit), p) for p in in_order)


def _claims_on(resting: tuple[Resting, ...]) -> dict[Passage, tuple[Claim, ...]]:
    return _grouped((r.passage, r.claim) for r in resting)


def _open_mentions(found: tuple[Mention, ...], hidden: Hidden) -> tuple[Mention, ...]:
    return tuple(m for m in found if m.article not in hidden and m.record not in hidden)


def _by_record(found: tuple[Mention, ...]) -> Pairs[str, Mention]:
    return tuple((m.record, m) for m in found)


def _by_unit(found: tuple[Mention, ...]) -> dict[tuple[str, int], tuple[Mention, ...]]:
    return _grouped(((m.article, m.unit), m) for m in found)


# ---------------------------------------------------------------- relations


def _open_relations(relations: tuple[Relation, ...], hidden: Hidden) -> tuple[Relation, ...]:
    return tuple(r for r in relations if not r.draft and not names_hidden(r, hidden))


def _ends(relation: Relation) -> tuple[str, ...]:
    by = relation.by.text if relation.by else relation.subject
    return tuple(dict.fromkeys((relation.subject, relation.object, by)))
