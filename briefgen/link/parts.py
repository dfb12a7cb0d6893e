"""What can be linked by itself: a record, an article, all relations, one page of the editors.

A part reads from `Texts` and from nowhere else, so that it is linked again only where something that it read has changed.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from briefgen.frozen import dataclass
from briefgen.link.claims import claim_of, claims_in, claims_of
from briefgen.link.names import NameIndex
from briefgen.link.quotations import Place, Sheet, cited_places, passage
from briefgen.link.rosters import member_cites, seat
from briefgen.link.strings import Strings
from briefgen.model import Article, Cite, Claim, EditorsPage, Member, Mention, Passage, Prose, Record, Ref, Relation, Run, notes_of
from briefgen.source import Span
from briefgen.text import folded, without_the
from briefgen.trace import World

Part = tuple[Literal["record", "article", "relations", "page", "all"], str]
Found = dict[Cite, Passage]
Rest = tuple[Claim, Passage]  # a statement, and one of the passages it rests on


@dataclass(frozen=True, slots=True)
class Texts(World):
    """What a part is linked by.

    `sheets` are the articles folded; `strings` what names a record, by its id; `people` has an entry for each (article, string)
    that names a person, article "" for everywhere. The rest is as in `Documents` and `Briefing`.
    """

    records: Mapping[str, Record]
    articles: Mapping[str, Article]
    relations: tuple[Relation, ...]
    pages: Mapping[str, EditorsPage]
    note_prose: Mapping[Span, Prose]
    sheets: Mapping[str, Sheet]
    strings: Mapping[str, Strings]
    people: Mapping[tuple[str, str], tuple[str, ...]]
    names: NameIndex


class Linked(NamedTuple):
    """A part, linked: its statements, the citations in its notes, where the words stand, the seats found, the names found.

    `points` are the ids that it names in any way (and texts that are none).
    """

    claims: tuple[Claim, ...] = ()
    prose: tuple[Claim, ...] = ()
    passages: Found = {}  # noqa: RUF012  # never changed
    seated: tuple[tuple[Span, str], ...] = ()
    mentions: tuple[Mention, ...] = ()
    points: frozenset[str] = frozenset()


def linked(texts: Texts, part: Part) -> Linked:
    """Resolve everything in one part that can be resolved."""
    kind, id_ = part
    match kind:
        case "record":
            return _record(texts, texts.records[id_])
        case "article":
            return _article(texts, texts.articles[id_])
        case "relations":
            return _relations(texts)
        case "page":
            return _page(texts, texts.pages[id_])
        case _:
            raise KeyError(kind)


def _record(texts: Texts, record: Record) -> Linked:
    claims, prose = tuple(claims_of(record)), _note_claims(texts, record)
    seated, beside = _rosters(texts, record)
    points = {v.text for name in ("part_of", "about") for v in record.all(name)} | _refs(_notes(texts, record)) | _stated(claims)
    return Linked(claims, prose, _passages(texts, (*claims, *prose)) | beside, seated, (), frozenset(points))


def _article(texts: Texts, article: Article) -> Linked:
    prose = _note_claims(texts, article.record)
    mentions = () if article.record.draft else tuple(_mentions(article, texts.names))
    points = {article.record.text("based_on"), *(m.record for m in mentions)} | _refs(_notes(texts, article.record))
    return Linked((), prose, _passages(texts, prose), (), mentions, frozenset(points))


def _relations(texts: Texts) -> Linked:
    claims = tuple(claim_of(r) for r in texts.relations)
    noted = tuple((texts.note_prose[r.note.span], r.draft) for r in texts.relations if r.note)
    prose = tuple(claim for note, draft in noted for claim in claims_in("", (note,), draft))
    points = {x for r in texts.relations for x in (r.subject, r.object, r.by.text if r.by else "")}
    points |= _refs(note for note, _ in noted)
    return Linked(claims, prose, _passages(texts, (*claims, *prose)), points=frozenset(points))


def _page(texts: Texts, page: EditorsPage) -> Linked:
    owner = page.id if page.id == "index" else f"pages/{page.id}"
    claims = tuple(claims_in(owner, (page.prose,), page.draft))
    return Linked(claims, (), _passages(texts, claims), points=frozenset(_refs((page.prose,))))


def _notes(texts: Texts, record: Record) -> Iterator[Prose]:
    return (texts.note_prose[note.span] for note in notes_of(record))


def _note_claims(texts: Texts, record: Record) -> tuple[Claim, ...]:
    return tuple(claims_in(record.id, _notes(texts, record), record.draft))


def _stated(claims: Iterable[Claim]) -> set[str]:
    return {x for c in claims for x in (c.value, c.person, c.party, *(a.text for a in c.about))}


def _refs(texts: Iterable[Prose]) -> set[str]:
    return {piece.id for text in texts for piece in text.pieces if isinstance(piece, Ref)}


# ---------------------------------------------------------------- quotations


def _passages(texts: Texts, claims: Iterable[Claim]) -> Found:
    found: Found = {}
    for claim in claims:
        if not claim.person:
            for cite in claim.cites:
                text = texts.sheets.get(cite.article)
                if text and (held := cited_places(text, _sought(claim, cite))):
                    found[cite] = passage(text, held[0], len(held))
    return found


def _sought(claim: Claim, cite: Cite) -> str:
    return without_the(folded(cite.words)) if claim.field == "named" else cite.words


# ---------------------------------------------------------------- rosters


class _Everyone(Container[str]):
    """What names any person, everywhere or in one article."""

    def __init__(self, texts: Texts, article: str) -> None:
        self._people, self._article = texts.people, article

    def __contains__(self, string: object) -> bool:
        return ("", string) in self._people or (self._article, string) in self._people


def _rosters(texts: Texts, record: Record) -> tuple[tuple[tuple[Span, str], ...], Found]:
    seated: list[tuple[Span, str]] = []
    found: Found = {}
    for member in (m for d in record.delegations for m in d.members):
        for article, cites in member_cites(member).items():
            text = texts.sheets.get(article)
            if text is None:
                continue
            chosen = seat(text, cites, _names_of(texts, member, article), _Everyone(texts, article))
            if chosen is not None:
                seated.append((member.span, article))
            found |= _placed(text, cites, chosen)
    return tuple(seated), found


def _names_of(texts: Texts, member: Member, article: str) -> tuple[str, ...]:
    held = texts.strings.get(member.person)
    return held.within(article) if held else ()


def _placed(text: Sheet, cites: Iterable[Cite], chosen: Mapping[Cite, Place] | None) -> Found:
    """The passages of a roster line; a line that is not seated takes the first places, for the message about it.

    They are counted like any other words. Were they not, the same words cited for another fact would be two passages at one
    place, with one anchor.
    """
    found: Found = {}
    for cite in cites:
        held = cited_places(text, cite.words)
        if chosen or held:
            found[cite] = passage(text, chosen[cite] if chosen else held[0], len(held))
    return found


# ---------------------------------------------------------------- names in texts


def _mentions(article: Article, names: NameIndex) -> Iterator[Mention]:
    for piece in article.prose.pieces:
        if isinstance(piece, Run) and piece.linkable and article.prose.units[piece.unit].role == "body":
            for hit in names.find(piece.text, article.id):
                yield Mention(article.id, piece.unit, piece.start + hit.start, piece.start + hit.end, hit.record)
