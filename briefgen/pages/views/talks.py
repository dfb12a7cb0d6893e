"""Meetings and events: who sat there, what was said, what came before and after."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from briefgen.pages.views.evidence import Fact, FieldView, Label, Quoted
from briefgen.pages.views.frame import Link


class Seat(NamedTuple):
    """One roster line.

    person  link to the profile
    post    the post held that day, one fact a value (a plain line is all post)
    rank    rank where it stands apart
    org     organisation where it stands apart, as links
    labels  words of caution
    note    safe HTML, the editors' voice on this line, may be empty
    id      its id on the page of the meeting, made from party and person; empty elsewhere
    """

    person: Link
    post: tuple[Fact, ...]
    rank: tuple[Fact, ...]
    org: tuple[Fact, ...]
    labels: tuple[Label, ...]
    note: Markup
    id: str = ""


class DelegationView(NamedTuple):
    """One party at the table.

    party   link to the party
    side    which side of the table: 1, 2, 3 … in the order of the delegations of the page
    seats   its members; empty where the sources name none
    quotes  the sources' words for a delegation (always shown where `seats` is empty)
    note    safe HTML, the editors' voice, may be empty
    labels  words of caution
    """

    party: Link
    side: int
    seats: tuple[Seat, ...]
    quotes: tuple[Quoted, ...]
    labels: tuple[Label, ...]
    note: Markup


class PositionView(NamedTuple):
    """What a party said, in the sources' own words.

    party    link to the party; text "All delegations" with an empty href where `joint`
    joint    true: said by all
    where    link to the meeting or event; date: its date as displayed
    quotes   the words, one per cited passage
    origins  "3 articles, 1 origin" or ""
    topics   links to the topics it is about
    labels   words of caution
    note     safe HTML, the editors' voice, may be empty
             (its id on the page is that of the first of `quotes`, made from party and words)
    """

    party: Link
    joint: bool
    where: Link
    date: str
    quotes: tuple[Quoted, ...]
    origins: str
    topics: tuple[Link, ...]
    labels: tuple[Label, ...]
    note: Markup


class PartyPositions(NamedTuple):
    """What one party said; `joint`: all of them together (party.href is then empty, party.text "All delegations").

    side  the side of the table, as in DelegationView; 0 for all and for those who sat on none (a part counts as its whole)
    """

    party: Link
    side: int
    joint: bool
    positions: tuple[PositionView, ...]


class Happening(NamedTuple):
    """A meeting or event in a list.

    link     its page
    kind     in words ("meeting", "conference")
    date     as displayed; iso: for <time datetime>, may be empty (several dates or a span)
    dates    the date as facts, with evidence and labels (several: the sources differ); empty in plain lists
    parties  links to delegations, participants, host or speaker
    note     why it stands in this list, plain text, may be empty
    """

    link: Link
    kind: str
    date: str
    iso: str
    dates: tuple[Fact, ...]
    parties: tuple[Link, ...]
    note: str


class Step(NamedTuple):
    """A meeting or event before or after this one.

    happening  link, date; its `note` says why it is here ("follows it", "the meeting before" …), plain text
    evidenced  the `follows` fact where a source says so, else empty
    """

    happening: Happening
    evidenced: FieldView | None


class PartyChange(NamedTuple):
    """How one party's delegation changed since its last meeting.

    party      this meeting's party; side as in DelegationView
    since      link to the earlier meeting; date as displayed
    as_part    None where the party is the same; else a link to the earlier party ("compared with …, of which it is part")
    relation   "the same party", or "as part of the …" in words, plain text
    joined, left, stayed   links to people
    vacated    the roster lines, at the earlier meeting, of those who left (who held which seat that is now empty), with evidence
    unnamed    true where one of the two delegations has no named members: then nothing can be compared
    """

    party: Link
    side: int
    since: Link
    date: str
    as_part: Link | None
    relation: str
    joined: tuple[Link, ...]
    left: tuple[Link, ...]
    stayed: tuple[Link, ...]
    vacated: tuple[Seat, ...]
    unnamed: bool
