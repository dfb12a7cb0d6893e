"""Every statement of a briefing in one flat form, so that checks and pages walk one list. Nothing is resolved here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefgen.load.fields import BY_KIND
from briefgen.model import Claim, Member, Prose, Quote, Record, Relation, Value


def claims_of(record: Record) -> Iterator[Claim]:
    """The statements of a record, in the order of its fields; its notes aside."""
    yield from _of_fields(record)
    yield from _of_talks(record)


def claims_in(owner: str, texts: Iterable[Prose], draft: bool) -> Iterator[Claim]:
    """The citations in editors' prose; `owner` is what it belongs to."""
    for prose in texts:
        for piece in prose.pieces:
            if isinstance(piece, Quote):
                yield Claim(owner, "prose", "", (piece.cite,), piece.cite.span, draft=draft)


def claim_of(relation: Relation) -> Claim:
    """A relation as a statement."""
    value = f"{relation.subject} {relation.verb} {relation.object}"
    return Claim("", "relations", value, relation.cites, relation.span, relation.note, relation=relation, draft=relation.draft)


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
