"""From a briefing to what may be published of it: the one place where drafts are left out (I9).

Nothing that names a draft record or rests on draft articles alone gets past here; the words of excerpted articles are the
matter of `briefing.published`. Nothing here is looked up twice: each mapping is filled in one pass, and of a site that was
made before only those entries are made again that other records, articles or statements lead to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from itertools import accumulate
from typing import TypeVar

from briefgen import urls
from briefgen.link.briefing import Briefing, paragraphs_of
from briefgen.link.parts import Part
from briefgen.model import Article, Cite, Claim, Mention, Passage, Record, Relation, Unit
from briefgen.pages.entries import BETWEEN, Backref, Called, Imprint, Listed, Resting, Text
from briefgen.pages.facets import Facets, facets
from briefgen.pages.hiding import Hidden, is_id, open_mentions, open_pages, open_relations, open_rests, opened
from briefgen.pages.html import safe_url
from briefgen.pages.sections import filled
from briefgen.pages.site import Document, Site, by_date, date_of, disputes, is_person, title_of
from briefgen.patched import Patches
from briefgen.source import Span
from briefgen.tables import Pairs
from briefgen.urls import record_url
from briefgen.words import Words

Rests = Pairs[str, Resting]

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class SitePast:
    """The tables of the last site; good for the same drafts only."""

    def __init__(self) -> None:
        self.drafts = Patches()
        self.hidden: Hidden = frozenset()
        self.past = Patches()


def site_of(
    briefing: Briefing, words: Words, base_url: str, answering: frozenset[Span] = frozenset(), last: SitePast | None = None
) -> Site:
    """Everything that may be published, in the order of display."""
    hidden, past = _past(last, briefing)
    articles, records = _published(past, briefing, hidden)
    owners = past.overlaid("owners", records, past.derived("article records", articles, lambda article: article.record))
    dates = past.derived("dates", owners, by_date)
    kinds = past.derived("kinds", records, lambda record: Listed(record.kind, record.sort_key, is_person(record)))
    order = past.same("order", (dates, kinds), lambda: _order(records, dates))
    happenings = past.picked("happenings", records, order)
    relations = past.same("relations", (briefing.relations, hidden), lambda: open_relations(briefing.relations, hidden))
    aspects = past.derived("facets", happenings, facets)
    resting = _resting(past, briefing, hidden)
    mentions = past.derived("mentions", briefing.mentions, lambda found: open_mentions(found, hidden))
    ranks = past.same("ranks", (kinds,), lambda: _ranks(kinds))

    def gathered(name: str, each: Callable[[Facets], Pairs[str, V]]) -> Mapping[str, tuple[V, ...]]:
        return past.gathered(name, past.derived(f"{name} of each", aspects, each))

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
        kinds=past.same("records of kinds", (records, ranks), lambda: _kinds(records, ranks)),
        relations=relations,
        pages=past.same("pages", (briefing.pages,), lambda: open_pages(briefing.pages)),
        happenings=past.same("all happenings", (happenings,), lambda: tuple(happenings.values())),
        sittings=past.same("sittings", (aspects,), lambda: tuple(s for one in aspects.values() for _, s in one.seats)),
        seats=gathered("seats", lambda one: one.seats),
        posted=gathered("posted", lambda one: one.posted),
        sat_for=gathered("sat_for", lambda one: one.sat_for),
        said=past.same("said", (aspects,), lambda: tuple(s for one in aspects.values() for _, s in one.said)),
        backrefs=_backrefs(past, owners, order),
        resting=resting,
        tallies=past.derived("tallies", resting, lambda held: (len({id(r.claim) for r in held}), len({r.passage for r in held}))),
        changed=past.sparse("changed", owners, lambda record: record.all("changed")),
        was=past.sparse("was", owners, lambda record: record.all("was")),
        disputed=past.sparse("disputed", records, disputes),
        mentions=past.gathered("mentioned", past.derived("mentioned by", mentions, _by_record)),
        spotted=past.joined("spotted", past.derived("spotted in", mentions, _by_unit)),
        states=past.gathered("states", past.derived("state", records, _state)),
        sections=_sections(past, owners) | ({urls.RELATIONS} if relations else set()),
        delegated=gathered("delegated", lambda one: one.delegated),
        order=past.same("places", (order,), lambda: {i: n for n, i in enumerate(order)}),
        neighbours=past.same("neighbours", (dates, kinds), lambda: dict(_neighbours(order, records, dates))),
        origins=_origins(past, articles, dates),
        related=past.same("related", (relations,), lambda: _grouped((one, r) for r in relations for one in _ends(r))),
        said_by=gathered("said_by", lambda one: one.said_by),
        said_about=gathered("said_about", lambda one: one.said_about),
        cited=past.joined("cited", past.derived("cited in", resting, _cited)),
        claims_on=past.joined("claims_on", past.derived("claims in", resting, _claims_on)),
        document=Document({}),  # see `published_site`
    )


def _past(last: SitePast | None, briefing: Briefing) -> tuple[Hidden, Patches]:
    """The tables of the last site, if it left out the same drafts, and the very same set of them."""
    held = last or SitePast()
    drafts = held.drafts.sparse("drafts", briefing.known, lambda known: known.draft)
    pages = held.drafts.same("pages", (briefing.pages,), lambda: tuple(f"pages/{p.id}" for p in briefing.pages if p.draft))
    hidden = held.drafts.same("hidden", (drafts, pages), lambda: frozenset((*drafts, *pages)))
    if held.hidden != hidden:
        held.hidden, held.past = hidden, Patches()
    return held.hidden, held.past


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


# ---------------------------------------------------------------- records


def _order(records: Mapping[str, Record], dates: Mapping[str, tuple[int, object, str]]) -> tuple[str, ...]:
    """Meetings and events by date."""
    return tuple(sorted((i for i, r in records.items() if r.kind in ("meeting", "event")), key=dates.__getitem__))


def _published(past: Patches, briefing: Briefing, hidden: Hidden) -> tuple[Mapping[str, Article], Mapping[str, Record]]:
    """Articles and records without drafts; where there are none, the very same tables."""
    if not hidden:
        return briefing.articles, briefing.records
    return (
        past.sparse("articles", briefing.articles, lambda article: None if article.record.draft else article),
        past.sparse("records", briefing.records, lambda record: None if record.draft else opened(record, hidden)),
    )


def _found(past: Patches, briefing: Briefing, hidden: Hidden) -> Mapping[Cite, Passage | None]:
    """Where the words of citations stand; where there are no drafts, the very same table."""
    if not hidden:
        return briefing.passages
    return past.derived("found", briefing.passages, lambda passage: None if passage.article in hidden else passage)


def _paragraphs(
    past: Patches, briefing: Briefing, articles: Mapping[str, Article], hidden: Hidden
) -> Mapping[tuple[str, int], Unit]:
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


def _sections(past: Patches, owners: Mapping[str, Record]) -> frozenset[str]:
    each = past.derived("filled", owners, filled)
    return past.same("sections", (each,), lambda: frozenset((urls.HOME, urls.ARTICLES)).union(*each.values()))


def _state(record: Record) -> Pairs[str, str]:
    return ((record.text("country"), record.id),) if record.text("kind") == "state" else ()


def _backrefs(past: Patches, owners: Mapping[str, Record], order: tuple[str, ...]) -> Mapping[tuple[str, str], tuple[Backref, ...]]:
    """Who names whom: meetings and events by date, then all else."""
    naming, names = past.derived("naming", owners, _naming), past.names("names", owners)
    dated = past.same("dated first", (order, names), lambda: tuple(dict.fromkeys((*order, *names))))
    return past.gathered("backrefs", past.picked("naming in order", naming, dated))


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


# ---------------------------------------------------------------- articles, and what rests on them


def _origins(
    past: Patches, articles: Mapping[str, Article], dates: Mapping[str, tuple[int, object, str]]
) -> Mapping[str, tuple[Article, ...]]:
    """By what articles rest on, each group by date."""
    each = past.derived("origin", articles, lambda article: ((article.origin, article),))
    order = past.same("article order", (dates,), lambda: tuple(sorted(articles, key=dates.__getitem__)))
    return past.gathered("origins", past.picked("origin in order", each, order))


def _resting(past: Patches, briefing: Briefing, hidden: Hidden) -> Mapping[str, tuple[Resting, ...]]:
    """What statements rest on passages, in their order: those of the records and pages, then those in notes."""
    own = past.sparse("rests", briefing.rests, lambda held: open_rests(held, hidden))
    noted = past.sparse("noted", briefing.note_rests, lambda held: open_rests(held, hidden))
    return past.gathered("resting", past.same("rests and noted", (own, noted), lambda: _one_after_the_other(own, noted)))


def _one_after_the_other(own: Mapping[Part, Rests], noted: Mapping[Part, Rests]) -> dict[tuple[str, Part], Rests]:
    sources = {("own", part): pairs for part, pairs in own.items()}
    return sources | {("noted", part): pairs for part, pairs in noted.items()}


def _cited(resting: tuple[Resting, ...]) -> dict[tuple[str, int], tuple[Passage, ...]]:
    in_order = sorted({r.passage for r in resting}, key=lambda p: (p.article, p.unit, p.start, -p.end, p.anchor))
    return _grouped(((p.article, p.unit), p) for p in in_order)


def _claims_on(resting: tuple[Resting, ...]) -> dict[Passage, tuple[Claim, ...]]:
    return _grouped((r.passage, r.claim) for r in resting)


def _by_record(found: tuple[Mention, ...]) -> Pairs[str, Mention]:
    return tuple((m.record, m) for m in found)


def _by_unit(found: tuple[Mention, ...]) -> dict[tuple[str, int], tuple[Mention, ...]]:
    return _grouped(((m.article, m.unit), m) for m in found)


def _ends(relation: Relation) -> tuple[str, ...]:
    by = relation.by.text if relation.by else relation.subject
    return tuple(dict.fromkeys((relation.subject, relation.object, by)))
