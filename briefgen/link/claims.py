"""Every statement of a briefing in one flat form, so that checks and pages walk one list. Nothing is resolved here."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.load.fields import BY_KIND
from briefgen.model import Claim, Documents, Member, Prose, Quote, Record, Relation, Value, notes_of


def claims(documents: Documents) -> Iterator[Claim]:
    """All claims, in the order of the files."""
    for record in documents.records:
        yield from _of_fields(record)
        yield from _of_talks(record)
    for relation in documents.relations:
        yield _of_relation(relation)
    for owner, prose, draft in _all_prose(documents):
        for piece in prose.pieces:
            if isinstance(piece, Quote):
                yield Claim(owner, "prose", "", (piece.cite,), piece.cite.span, draft=draft)


def _of_fields(record: Record) -> Iterator[Claim]:
    table = BY_KIND[record.kind]
    for name, values in record.fields.items():
        if table[name].cls == "fact" or (table[name].type == "id" and any(v.cites for v in values)):
            for value in values:
                yield Claim(record.id, name, value.text, value.cites, value.span, record.notes.get(name), draft=record.draft)
    for cite in record.says:
        yield Claim(record.id, "says", "", (cite,), cite.span, record.notes.get("says"), draft=record.draft)


def _of_talks(record: Record) -> Iterator[Claim]:
    general = record.notes.get("positions")
    for p in record.positions:
        yield Claim(record.id, "positions", p.party, p.cites, p.span, p.note or general, about=p.about, draft=record.draft)
    for d in record.delegations:
        note = d.note or record.notes.get("delegations")
        if d.cites or not d.members:
            yield Claim(record.id, "delegations", d.party, d.cites, d.span, note, party=d.party, draft=record.draft)
        for member in d.members:
            yield from _of_member(record, d.party, member, member.note or note)


def _of_member(record: Record, party: str, member: Member, note: Value | None) -> Iterator[Claim]:
    for part, values in member.parts.items():
        for value in values:
            yield Claim(record.id, part, value.text, value.cites, value.span, note, member.person, party, draft=record.draft)


def _of_relation(relation: Relation) -> Claim:
    value = f"{relation.subject} {relation.verb} {relation.object}"
    return Claim("", "relations", value, relation.cites, relation.span, relation.note, relation=relation, draft=relation.draft)


def _all_prose(documents: Documents) -> Iterator[tuple[str, Prose, bool]]:
    for page in documents.pages:
        yield page.id if page.id == "index" else f"pages/{page.id}", page.prose, page.draft
    for record in (*documents.records, *(a.record for a in documents.articles)):
        for note in notes_of(record):
            yield record.id, documents.note_prose[note.span], record.draft
    for relation in documents.relations:
        if relation.note:
            yield "", documents.note_prose[relation.note.span], relation.draft
