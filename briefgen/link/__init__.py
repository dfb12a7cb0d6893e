"""Documents into a briefing: names, quotations, mentions, what may be shown.

Nothing is judged here: what is not found is simply absent, and checks/ says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from briefgen.link.briefing import Briefing
from briefgen.link.claims import claims
from briefgen.link.names import Name, NameIndex
from briefgen.link.published import published
from briefgen.link.quotations import Place, Sheet, citable, passage, places, sheet
from briefgen.link.rosters import member_cites, seat
from briefgen.model import Article, Cite, Claim, Documents, Member, Mention, Passage, Published, Record, Run, Value
from briefgen.source import Span
from briefgen.text import folded, without_the

__all__ = ["Briefing", "forms", "is_person", "link", "people", "strings"]


def link(documents: Documents) -> Briefing:
    """Resolve everything that can be resolved."""
    articles = {a.id: a for a in documents.articles}
    records = {r.id: r for r in documents.records}
    all_claims = tuple(claims(documents))
    sheets = {a.id: sheet(a) for a in documents.articles}
    passages, seated = _passages(all_claims, records, sheets)
    names = NameIndex(Name(string, scope, r.id) for r in documents.records if not r.draft for scope, string, _ in forms(r))
    return Briefing(
        documents.site, records, articles, documents.relations, documents.pages, documents.note_prose, documents.static,
        documents.lost, all_claims, passages, names, tuple(_mentions(documents.articles, names)),
        _published(articles, all_claims, passages), seated,
    )  # fmt: skip


def strings(record: Record, article: str = "") -> tuple[str, ...]:
    """Every string that names a record, everywhere or in one article: folded, without a leading "the"."""
    found = [v.text for f in ("name", "short", "aka", "names") for v in record.all(f)]
    found += [v.text for v in record.all("named") if v.key == article]
    return tuple(dict.fromkeys(s for text in found if (s := without_the(folded(text)))))


def forms(record: Record) -> Iterator[tuple[str, str, Value]]:
    """Scope ("" for everywhere, else an article), folded string and value of everything that names a record in matching."""
    for field in ("name", "short", "aka", "names", "named"):
        for value in record.all(field):
            string = without_the(folded(value.text))
            if string:
                yield value.key if field == "named" else "", string, value
                if record.kind == "topic" and field != "named" and string[0].swapcase() != string[0]:
                    yield "", string[0].swapcase() + string[1:], value


def people(records: Iterable[Record], article: str) -> frozenset[str]:
    """What names any person, everywhere or in one article."""
    return frozenset(s for r in records if is_person(r) for s in strings(r, article))


Found = dict[Cite, Passage]


def _passages(
    all_claims: Iterable[Claim], records: Mapping[str, Record], sheets: Mapping[str, Sheet]
) -> tuple[Found, frozenset[tuple[Span, str]]]:
    found: Found = {}
    for claim in all_claims:
        if not claim.person:
            for cite in claim.cites:
                text = sheets.get(cite.article)
                if text and (held := citable(text, places(text, _sought(claim, cite)))):
                    found[cite] = passage(text, held[0], len(held))
    seated, beside = _rosters(records, sheets)
    return found | beside, seated


def _sought(claim: Claim, cite: Cite) -> str:
    return without_the(folded(cite.words)) if claim.field == "named" else cite.words


def _rosters(records: Mapping[str, Record], sheets: Mapping[str, Sheet]) -> tuple[frozenset[tuple[Span, str]], Found]:
    seated: set[tuple[Span, str]] = set()
    found: Found = {}
    everyone = {a: people(records.values(), a) for a in sheets}
    for record in records.values():
        for member in (m for d in record.delegations for m in d.members):
            for article, cites in member_cites(member).items():
                text = sheets.get(article)
                if text is None:
                    continue
                chosen = seat(text, cites, _names_of(member, records, article), everyone[article])
                if chosen is not None:
                    seated.add((member.span, article))
                found |= _placed(text, cites, chosen)
    return frozenset(seated), found


def _names_of(member: Member, records: Mapping[str, Record], article: str) -> tuple[str, ...]:
    person = records.get(member.person)
    return strings(person, article) if person else ()


def _placed(text: Sheet, cites: Iterable[Cite], chosen: Mapping[Cite, Place] | None) -> Found:
    """The passages of a roster line; a line that is not seated takes the first places, for the message about it."""
    found: Found = {}
    for cite in cites:
        if chosen:
            found[cite] = passage(text, chosen[cite], 1)
        elif held := citable(text, places(text, cite.words)):
            found[cite] = passage(text, held[0], len(held))
    return found


def is_person(record: Record) -> bool:
    """Whether an actor is a person: the default kind."""
    return record.kind == "actor" and record.text("kind", "person") == "person"


def _mentions(articles: Iterable[Article], names: NameIndex) -> Iterator[Mention]:
    for article in articles:
        if article.record.draft:
            continue
        for piece in article.prose.pieces:
            if isinstance(piece, Run) and piece.linkable and article.prose.units[piece.unit].role == "body":
                for hit in names.find(piece.text, article.id):
                    yield Mention(article.id, piece.unit, piece.start + hit.start, piece.start + hit.end, hit.record)


def _published(articles: Mapping[str, Article], all_claims: Iterable[Claim], passages: Found) -> dict[str, Published]:
    held: dict[str, list[Passage]] = {}
    for claim in all_claims:
        if not claim.draft:
            for cite in claim.cites:
                if cite in passages:
                    held.setdefault(cite.article, []).append(passages[cite])
    return {i: published(a, held.get(i, ())) for i, a in articles.items() if not a.record.draft}
