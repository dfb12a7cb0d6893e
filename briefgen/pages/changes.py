"""How each party's delegation changed since its last meeting: computed from the rosters, nothing is asserted by a source.

"Its last meeting" is the latest earlier one with the same party; where there is none, that with the nearest party above or
below it by `part_of`, and the page says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from briefgen.model import Delegation, Record
from briefgen.pages import dates
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Site, date_of, parts, wholes
from briefgen.pages.talks import seat, side_of
from briefgen.pages.views import Link, PartyChange


class Earlier(NamedTuple):
    """A delegation at an earlier meeting; `steps` up (positive) or down (negative) the `part_of` lead to its party."""

    meeting: Record
    delegation: Delegation
    steps: int


def changes_of(sheet: Sheet, meeting: Record) -> tuple[PartyChange, ...]:
    """One change for each party that sat at an earlier meeting."""
    if date_of(meeting) is None:
        return ()
    return tuple(
        _change(sheet, delegation, earlier, side_of(sheet.site, meeting, delegation.party))
        for delegation in meeting.delegations
        if (earlier := _last(sheet.site, meeting, delegation.party))
    )


def _last(site: Site, meeting: Record, party: str) -> Earlier | None:
    """The latest of the nearest: same party first, then by distance."""
    found = _earlier(site, meeting, party)
    return min(found, key=lambda e: (abs(e.steps), -site.order[e.meeting.id]), default=None)


def _earlier(site: Site, meeting: Record, party: str) -> Iterator[Earlier]:
    """Delegations of the party, or of one above or below it, at earlier meetings."""
    before = site.order[meeting.id]
    family = {p: -n for p, n in parts(site, party).items()} | wholes(site, party)
    for one, steps in family.items():
        for record, delegation in site.delegated.get(one, ()):
            if site.order[record.id] < before and date_of(record):
                yield Earlier(record, delegation, steps)


def _change(sheet: Sheet, now: Delegation, earlier: Earlier, side: int) -> PartyChange:
    before = earlier.delegation
    here, there = {m.person for m in now.members}, {m.person for m in before.members}
    unnamed = not here or not there
    gone = [] if unnamed else [m for m in before.members if m.person not in here]
    date = date_of(earlier.meeting)
    return PartyChange(
        party=sheet.link(now.party),
        side=side,
        since=sheet.link(earlier.meeting.id),
        date=dates.shown(sheet.site.say, date),
        as_part=sheet.link(before.party) if earlier.steps else None,
        relation=_relation(sheet.site, now.party, earlier),
        joined=() if unnamed else _people(sheet, (m.person for m in now.members if m.person not in there)),
        left=_people(sheet, (m.person for m in gone)),
        stayed=() if unnamed else _people(sheet, (m.person for m in now.members if m.person in there)),
        vacated=tuple(seat(sheet, m, None) for m in gone),
        unnamed=unnamed,
    )


def _people(sheet: Sheet, people: Iterator[str]) -> tuple[Link, ...]:
    return tuple(sheet.link(p) for p in people)


def _relation(site: Site, party: str, earlier: Earlier) -> str:
    if not earlier.steps:
        return site.say("change-same")
    id_ = "change-part" if earlier.steps > 0 else "change-whole"
    return site.say(id_, party=site.name(party))
