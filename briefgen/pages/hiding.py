"""Records, relations, pages, statements and mentions without what names a draft or rests on draft articles alone (I9).

Nothing is looked up here: `hidden` are the ids of everything that is a draft.
"""

from __future__ import annotations

from dataclasses import replace

from briefgen.link.parts import Rest
from briefgen.load.fields import BY_KIND
from briefgen.model import Cite, Claim, Delegation, EditorsPage, Member, Mention, Position, Record, Relation, Value
from briefgen.pages.entries import Resting
from briefgen.tables import Pairs

Hidden = frozenset[str]


def is_claim_hidden(claim: Claim, hidden: Hidden) -> bool:
    """Whether a claim is about something hidden."""
    if claim.relation and (claim.relation.draft or names_hidden(claim.relation, hidden)):
        return True
    return not hidden.isdisjoint((claim.owner, claim.value, claim.person, claim.party))


def names_hidden(relation: Relation, hidden: Hidden) -> bool:
    """Whether a relation names something hidden."""
    by = relation.by.text if relation.by else ""
    return not hidden.isdisjoint((relation.subject, relation.object, by))


def is_id(kind: str, field: str) -> bool:
    """Whether the values of a field are ids."""
    row = BY_KIND[kind].get(field)
    return row is not None and row.type == "id"


def opened(record: Record, hidden: Hidden) -> Record:
    """A record without what names a draft or rests on drafts alone; where there are no drafts, as it is."""
    if not hidden:
        return record
    fields = {name: _open_values(values, hidden, is_id(record.kind, name)) for name, values in record.fields.items()}
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


def open_rests(held: tuple[Rest, ...], hidden: Hidden) -> Pairs[str, Resting]:
    """What rests on passages, each under its article, but for drafts."""
    return tuple(
        (passage.article, Resting(passage, claim))
        for claim, passage in held
        if not claim.draft and not is_claim_hidden(claim, hidden) and passage.article not in hidden
    )


def open_mentions(found: tuple[Mention, ...], hidden: Hidden) -> tuple[Mention, ...]:
    """Mentions, but of drafts and in drafts."""
    return tuple(m for m in found if m.article not in hidden and m.record not in hidden)


def open_pages(pages: tuple[EditorsPage, ...]) -> tuple[EditorsPage, ...]:
    """The editors' pages in their order, but for drafts."""
    return tuple(sorted((p for p in pages if not p.draft), key=lambda p: (p.order, p.id)))


def open_relations(relations: tuple[Relation, ...], hidden: Hidden) -> tuple[Relation, ...]:
    """Relations, but drafts and those that name one."""
    return tuple(r for r in relations if not r.draft and not names_hidden(r, hidden))
