"""A meeting or event seen from those who were there: who sat where, for whom, and who said what.

Nothing here looks beyond one record, so that a record that has changed is all that is looked at again.
"""

from __future__ import annotations

from typing import NamedTuple

from briefgen.model import Record
from briefgen.pages.entries import Delegated, Posted, Said, Sitting
from briefgen.tables import Pairs


class Facets(NamedTuple):
    """What a meeting or event has to say of others, each under the id of the other."""

    seats: Pairs[str, Sitting] = ()
    posted: Pairs[str, Posted] = ()
    sat_for: Pairs[str, Sitting] = ()
    delegated: Pairs[str, Delegated] = ()
    said: Pairs[str, Said] = ()
    said_by: Pairs[str, Said] = ()
    said_about: Pairs[str, Said] = ()


def facets(record: Record) -> Facets:
    """What a record has to say of others; of anything but a meeting or event, nothing."""
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
