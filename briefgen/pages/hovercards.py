"""What site.js shows of a record where its name is pointed at: cards/00.js to cards/3f.js, each a classic script.

Nothing stands here that the record's own page does not state: values with the outlets that print them and the same words of
caution, all of them where the sources differ. No text around the words of a source is in here (I9). A shard holds the
records of one hash, so that an edit changes one small file, and a page asks for one only when a name is pointed at.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import NamedTuple

from markupsafe import Markup

from briefgen import urls
from briefgen.frozen import dataclass
from briefgen.model import Record
from briefgen.pages import dates, html, wording
from briefgen.pages.entries import Sitting
from briefgen.pages.facts import field_view
from briefgen.pages.kinds import each
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site, by_date, date_of, is_person
from briefgen.pages.talks import part, parties
from briefgen.pages.views import Fact

# Of an actor, `kind` and `part_of` are the editors' labels, and marked so.
_FIELDS = {
    "actor": ("kind", "rank", "roles", "org", "part_of", "leader"),
    "meeting": ("date", "place"),
    "event": ("kind", "date", "by", "place"),
    "place": ("kind", "part_of"),
    "topic": ("part_of",),
}


@dataclass(frozen=True, slots=True)
class ShardView:
    """Template hovercards.html (JavaScript).

    cards  JSON, id -> {name, lines: [[label, text], …], last: [label, url, text, date]}; `last` only where there is a meeting,
           url as from the top of the site
    """

    cards: Markup


class Line(NamedTuple):
    """One line of a card: what is stated, and how."""

    label: str
    text: str


@each(lambda site: site.carded)
def hovercards(site: Site, shard: str) -> Page:
    """The cards of the records of one shard."""
    url = urls.cards_url(shard)
    cards = {i: _card(Sheet(site, url), site.records[i]) for i in sorted(site.carded[shard])}
    text = json.dumps(cards, ensure_ascii=False, separators=(",", ":"))
    # Nobody looks for markup in a script file; should one ever stand in a page, there is none to find.
    return Page(url, "hovercards.html", ShardView(html.safe(text.replace("<", "\\u003c"))))


def _card(sheet: Sheet, record: Record) -> dict[str, object]:
    card: dict[str, object] = {"name": record.name, "lines": list(_lines(sheet, record))}
    last = _last_meeting(sheet.site, record)
    if last:
        card["last"] = [sheet.site.say("peek-last"), sheet.site.url(last.id), last.name, _dated(sheet.site, last, "peek-on")]
    return card


def _lines(sheet: Sheet, record: Record) -> Iterator[Line]:
    site, say = sheet.site, sheet.site.say
    said: set[str] = set()  # what the post of that day says need not be read again as rank, role and organisation
    if sitting := _last_sitting(site, record):
        yield from _seat(sheet, sitting, said)
    for name in _FIELDS[record.kind]:
        view = field_view(sheet, record, name)
        if view and view.differs:
            yield Line(view.label, say("semicolon").join((*_values(sheet, view.facts), say("sources-differ"))))
        elif view and (fresh := [f for f in view.facts if f.value.striptags() not in said]):
            yield Line(view.label, say("semicolon").join(_values(sheet, fresh)))
    if record.kind == "meeting" and (met := parties(record)):
        yield Line(say("peek-parties"), wording.listed(say, map(site.name, met)))


def _seat(sheet: Sheet, sitting: Sitting, said: set[str]) -> Iterator[Line]:
    """The post as printed that day, the organisation where it stands apart, and the party sat for."""
    site, say = sheet.site, sheet.site.say
    post = (*part(sheet, sitting.member, "post"), *part(sheet, sitting.member, "rank"))
    org = part(sheet, sitting.member, "org")
    said |= {fact.value.striptags() for fact in (*post, *org)}
    if post:
        yield Line(
            _dated(site, sitting.meeting, "peek-post") or say("peek-post-undated"), wording.listed(say, _values(sheet, post))
        )
    if org:
        yield Line(wording.field_label(say, "org"), wording.listed(say, _values(sheet, org)))
    if (party := site.name(sitting.delegation.party)) not in said:
        yield Line(say("peek-for"), party)


def _values(sheet: Sheet, facts: Collection[Fact]) -> Iterator[str]:
    """Values, each with who prints it and what is to be said of it in brackets; once, where that is the same for all."""
    say = sheet.site.say
    behind = [_behind(sheet, fact) for fact in facts]
    for n, fact in enumerate(facts):
        value, by = fact.value.striptags(), behind[n]
        last = n + 1 == len(behind) or behind[n + 1] != by
        yield say("peek-said", value=value, by=by) if by and last else value


def _behind(sheet: Sheet, fact: Fact) -> str:
    outlets = dict.fromkeys(mark.says.outlet for mark in fact.evidence.marks)
    return wording.listed(sheet.site.say, (*outlets, *(label.text for label in fact.labels)))


def _last_sitting(site: Site, record: Record) -> Sitting | None:
    """Where a person sat last, by date; without dates, as the pages list them."""
    seats = site.seats.get(record.id, ()) if record.kind == "actor" and is_person(record) else ()
    dated = [s for s in seats if date_of(s.meeting)]
    return next(reversed(dated or seats), None)


def _last_meeting(site: Site, record: Record) -> Record | None:
    """The last meeting at which an actor sat or had a delegation, that was held in a place, or that had a topic."""
    if sitting := _last_sitting(site, record):
        return sitting.meeting
    found = [d.meeting for d in site.delegated.get(record.id, ())] if record.kind == "actor" else _met(site, record)
    return next(reversed([m for m in found if date_of(m)] or found), None)


def _met(site: Site, record: Record) -> list[Record]:
    field = {"place": "place", "topic": "topics"}.get(record.kind, "")
    found = [back.record for back in site.naming(field, record.id) if back.record.kind == "meeting"]
    return sorted(found, key=by_date)


def _dated(site: Site, record: Record, id_: str) -> str:
    """A text about its date, or nothing where it has none."""
    date = date_of(record)
    return site.say(id_, date=dates.shown(site.say, date)) if date else ""
