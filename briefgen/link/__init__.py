"""Documents into a briefing: names, quotations, mentions, what may be shown.

Nothing is judged here: what is not found is simply absent, and checks/ says so. What the last build knew (`LinkTrace`)
changes what is linked again, never what comes of it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import field
from itertools import chain

from briefgen.frozen import dataclass
from briefgen.link.briefing import Briefing, Known, paragraphs_of
from briefgen.link.ids import Ids, ids_of
from briefgen.link.names import Name, NameIndex
from briefgen.link.parts import Linked, Part, Rest, Texts, linked
from briefgen.link.published import published
from briefgen.link.quotations import Sheet, sheet
from briefgen.link.strings import Strings, forms, is_person, people, strings, strings_of
from briefgen.model import Article, Cite, Claim, Documents, Mention, Passage, Published, Record, Unit
from briefgen.patched import Overlaid, Patches, Sparse, overlaid, sparse
from briefgen.remaking import Crew, Trace, alone, remake
from briefgen.source import Span
from briefgen.tables import Derived, Gathered, Merged, Pairs, derived, gathered, joined, merged
from briefgen.trace import World

__all__ = ["Briefing", "LinkTrace", "forms", "is_person", "link", "people", "strings"]


@dataclass(frozen=True, slots=True)
class Quoting(World):
    """What decides how much of an article may be shown: the article, and the passages that published claims quote from it."""

    articles: Mapping[str, Article]
    quoted: Mapping[str, tuple[Passage, ...]]


@dataclasses.dataclass(slots=True)
class LinkTrace:
    """What the last build knew of linking."""

    parts: Trace[Part, Linked] = field(default_factory=Trace)
    published: Trace[str, Published] = field(default_factory=Trace)
    records: Derived[str, Record, Record] | None = None
    articles: Derived[str, Article, Article] | None = None
    units: Derived[str, Article, Mapping[tuple[str, int], Unit]] | None = None
    paragraphs: Merged[str, tuple[str, int], Unit] | None = None
    sheets: Derived[str, Article, Sheet] | None = None
    strings: Derived[str, Record, Strings] | None = None
    naming: Derived[str, Strings, Pairs[tuple[str, str], str]] | None = None
    people: Gathered[str, tuple[str, str], str] | None = None
    forms: Derived[str, Strings, Pairs[tuple[str, str], str]] | None = None
    namesakes: Gathered[str, tuple[str, str], str] | None = None
    known: Derived[str, Record, Known] | None = None
    kinds: Derived[str, Known, Pairs[str, str]] | None = None
    by_kind: Gathered[str, str, str] | None = None
    ids: Derived[str, tuple[str, ...], Ids] | None = None
    index: tuple[tuple[Name, ...], NameIndex] | None = None
    claims: Derived[Part, Linked, tuple[Claim, ...]] | None = None
    found: Derived[Part, Linked, Mapping[Cite, Passage]] | None = None
    passages: Merged[Part, Cite, Passage] | None = None
    seats: Derived[Part, Linked, Mapping[tuple[Span, str], bool]] | None = None
    seated: Merged[Part, tuple[Span, str], bool] | None = None
    mentions: Derived[Part, Linked, tuple[Mention, ...]] | None = None
    quoted: Derived[Part, Linked, Pairs[str, Passage]] | None = None
    by_article: Gathered[Part, str, Passage] | None = None
    rests: Derived[Part, Linked, tuple[Rest, ...]] | None = None
    note_rests: Derived[Part, Linked, tuple[Rest, ...]] | None = None
    cited: Derived[Part, Linked, Pairs[str, Passage]] | None = None
    all_by_article: Gathered[Part, str, Passage] | None = None
    pointing: Derived[Part, Linked, Pairs[str, str]] | None = None
    pointed: Gathered[Part, str, str] | None = None
    own: Derived[str, Article, Record] | None = None
    owners: Overlaid[str, Record] | None = None
    found_by: Sparse[str, Strings, tuple[tuple[str, str], ...]] | None = None
    past: Patches = field(default_factory=Patches)


def link(documents: Documents, trace: LinkTrace | None = None, crew: Crew = alone) -> Briefing:
    """Resolve everything that can be resolved."""
    last = trace or LinkTrace()
    texts = _texts(documents, last)
    parts = remake(trace.parts if trace else None, texts, _parts(texts, last.past), linked, crew, "Linking")
    last.claims = derived(last.claims, parts, lambda one: (*one.claims, *one.prose))
    last.found = derived(last.found, parts, lambda one: one.passages)
    last.passages = merged(last.passages, last.found.table)
    last.seats = derived(last.seats, parts, lambda one: dict.fromkeys(one.seated, True))
    last.seated = merged(last.seated, last.seats.table)
    last.mentions = derived(last.mentions, parts, lambda one: one.mentions)
    last.quoted = derived(last.quoted, parts, _quoted)
    last.by_article = gathered(last.by_article, last.quoted.table)
    last.rests = derived(last.rests, parts, lambda one: _rests(one, one.claims))
    last.note_rests = derived(last.note_rests, parts, lambda one: _rests(one, one.prose))
    last.cited = derived(last.cited, parts, _cited)
    last.all_by_article = gathered(last.all_by_article, last.cited.table)
    last.pointing = derived(last.pointing, parts, lambda one: tuple((i, "") for i in one.points))
    last.pointed = gathered(last.pointed, last.pointing.table)
    last.units = derived(last.units, texts.articles, paragraphs_of)
    last.paragraphs = joined(last.paragraphs, last.units.table)
    quoting = Quoting(texts.articles, last.by_article.table)
    shown = remake(trace.published if trace else None, quoting, _open(texts.articles, last.past), _shown)
    return Briefing(
        site=documents.site,
        records=texts.records,
        articles=texts.articles,
        paragraphs=last.paragraphs.table,
        sheets=texts.sheets,
        relations=documents.relations,
        pages=documents.pages,
        note_prose=documents.note_prose,
        static=documents.static,
        lost=documents.lost,
        subjects=documents.records,
        texts=documents.articles,
        known=_known(texts, last),
        ids=_ids(last),
        namesakes=_namesakes(last),
        stated=last.claims.table,
        claims=_claims(parts, last.past),
        passages=last.passages.table,
        cited=last.all_by_article.table,
        rests=last.rests.table,
        note_rests=last.note_rests.table,
        names=texts.names,
        mentions=last.mentions.table,
        pointed=last.pointed.table,
        published=shown,
        seated=last.seated.table,
    )


def _known(texts: Texts, last: LinkTrace) -> Mapping[str, Known]:
    last.own = derived(last.own, texts.articles, lambda article: article.record)
    last.owners = overlaid(last.owners, texts.records, last.own.table)
    last.known = derived(last.known, last.owners.table, lambda record: Known(record.kind, record.draft, is_person(record)))
    return last.known.table


def _ids(last: LinkTrace) -> Mapping[str, Ids]:
    table = last.known.table if last.known else {}
    last.kinds = derived(last.kinds, table, lambda known: ((known.kind, ""),))
    last.by_kind = gathered(last.by_kind, last.kinds.table)
    last.ids = derived(last.ids, last.by_kind.holders, ids_of)
    return last.ids.table


def _namesakes(last: LinkTrace) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Who is called so, in the order of the files."""
    table = last.strings.table if last.strings else {}
    last.forms = derived(last.forms, table, lambda one: tuple((form, "") for form in dict.fromkeys(one.forms)))
    last.namesakes = gathered(last.namesakes, last.forms.table)
    return last.namesakes.holders


def _texts(documents: Documents, last: LinkTrace) -> Texts:
    given = last.past.same("records", (documents.records,), lambda: {r.id: r for r in documents.records})
    last.records = derived(last.records, given, lambda record: record)
    written = last.past.same("articles", (documents.articles,), lambda: {a.id: a for a in documents.articles})
    last.articles = derived(last.articles, written, lambda article: article)
    records, articles = last.records.table, last.articles.table
    last.sheets = derived(last.sheets, articles, sheet)
    last.strings = derived(last.strings, records, strings_of)
    last.naming = derived(last.naming, last.strings.table, _people)
    last.people = gathered(last.people, last.naming.table)
    return Texts(
        records, articles, documents.relations, {p.id: p for p in documents.pages}, documents.note_prose, last.sheets.table,
        last.strings.table, last.people.table, _index(last),
    )  # fmt: skip


def _people(one: Strings) -> Pairs[tuple[str, str], str]:
    held = (*(("", s) for s in one.everywhere), *one.only) if one.person else ()
    return tuple((key, "") for key in held)


def _index(last: LinkTrace) -> NameIndex:
    """The index of names; made anew only where a string came, went, or changed hands."""
    table = last.strings.table if last.strings else {}
    last.found_by = sparse(last.found_by, table, _found_by)
    held = last.found_by.table
    names = last.past.same("names", (held,), lambda: tuple(Name(string, at, i) for i, one in held.items() for at, string in one))
    if last.index is None or last.index[0] != names:
        last.index = names, NameIndex(names)
    return last.index[1]


def _found_by(one: Strings) -> tuple[tuple[str, str], ...]:
    """What a record is found by in articles."""
    return () if one.draft else one.forms


def _parts(texts: Texts, past: Patches) -> tuple[Part, ...]:
    records, articles = past.names("ids of records", texts.records), past.names("ids of articles", texts.articles)
    pages = past.names("ids of pages", texts.pages)
    return past.same("parts", (records, articles, pages), lambda: _all_parts(records, articles, pages))


def _all_parts(records: Iterable[str], articles: Iterable[str], pages: Iterable[str]) -> tuple[Part, ...]:
    first: list[Part] = [("record", i) for i in records]
    first += [("article", i) for i in articles]
    return (*first, ("relations", ""), *(("page", i) for i in pages))


def _claims(parts: Mapping[Part, Linked], past: Patches) -> tuple[Claim, ...]:
    """All statements: those of records, relations and pages, then those in notes."""
    own, noted = past.derived("own claims", parts, lambda one: one.claims), past.derived("noted", parts, lambda one: one.prose)
    return past.same("claims", (own, noted), lambda: tuple(chain(*own.values(), *noted.values())))


def _quoted(one: Linked) -> Pairs[str, Passage]:
    """What published statements quote of which article."""
    cites = (cite for claim in (*one.claims, *one.prose) if not claim.draft for cite in claim.cites)
    return tuple((cite.article, one.passages[cite]) for cite in cites if cite in one.passages)


def _rests(one: Linked, claims: Iterable[Claim]) -> tuple[Rest, ...]:
    return tuple((claim, one.passages[cite]) for claim in claims for cite in claim.cites if cite in one.passages)


def _cited(one: Linked) -> Pairs[str, Passage]:
    """All words found, by their article."""
    return tuple((cite.article, passage) for cite, passage in one.passages.items())


def _open(articles: Mapping[str, Article], past: Patches) -> tuple[str, ...]:
    return past.names("ids that are open", past.sparse("open", articles, lambda article: not article.record.draft))


def _shown(quoting: Quoting, article: str) -> Published:
    return published(quoting.articles[article], quoting.quoted.get(article, ()))
