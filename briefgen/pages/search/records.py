"""What can be found of a record: its names, its facts with their places on its page, what the editors note.

A fact is found where it is stated and not again wherever a page repeats it; only a seat is found on both pages, the person's and
the meeting's. Words of a source are those that `passages` hands out: none of an article that is shown as a link only (I9).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from briefgen import edtf
from briefgen.load.fields import BY_KIND, Field
from briefgen.model import Member, Record, Value
from briefgen.pages import dates, wording
from briefgen.pages.anchors import name_place, position_place, relation_place, seat_place, value_place
from briefgen.pages.entries import Sitting
from briefgen.pages.facts import STATEMENTS, country_link
from briefgen.pages.heads import correction_id
from briefgen.pages.plain import note_text
from briefgen.pages.search.concern import Concern
from briefgen.pages.search.entry import Entry, Found
from briefgen.pages.search.handfuls import handfuls
from briefgen.pages.search.keys import by_month, by_name
from briefgen.pages.search.names import Listed, listed
from briefgen.pages.search.plain import one_line, shown_words
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Site, date_of, is_person

# The fields that stand on a page under their own name.
_FIELDS = {
    "actor": (*STATEMENTS, "rank", "roles", "org", "leader"),
    "meeting": ("date", "format", "host", "place", "participants", "topics", "outcome"),
    "event": ("date", "by", "format", "host", "place", "participants", "topics", "outcome"),
    "place": STATEMENTS,
    "topic": ("part_of",),
}
_PLACES = {"follows": "steps", "delegations": "table", "positions": "positions", "named": "said"}


def found_record(site: Site, concern: Concern, record: Record) -> Found:
    """A record's page."""
    page = _OnPage(site, concern, record)
    date = date_of(record)
    kind = _kind(site, record)
    return Found(
        url=site.url(record.id),
        kind=("person" if is_person(record) else "organisation") if record.kind == "actor" else record.kind,
        title=record.name,
        lang="",
        about=wording.listed(site.say, (kind, dates.shown(site.say, date)) if date else (kind,)),
        order=by_month(date) if record.kind in ("meeting", "event") else by_name(record.sort_key[0]),
        names=tuple(dict.fromkeys(_names(record))),
        words=tuple(dict.fromkeys(_called(site, record))),
        parties=page.parties,
        years=page.years,
        handfuls=handfuls(e for part in _PARTS for e in part(page)),
        listed=tuple(_listed(record, kind)),
    )


class _OnPage:
    """What the entries of one page share."""

    def __init__(self, site: Site, concern: Concern, record: Record) -> None:
        self.site, self.concern, self.record = site, concern, record
        self.sheet = Sheet(site, site.url(record.id), record.id)
        self.parties = concern.of_record(record)
        self.years = concern.years_of_record(record)
        # A fact about a person has no year of its own; one about a meeting has the meeting's.
        self.dated = () if record.kind == "actor" else self.years


def _kind(site: Site, record: Record) -> str:
    """What it is, in words."""
    kind = wording.word(site.say, "kind", record.text("kind"))
    if kind and record.kind != "comparison":
        return kind
    one = site.say(f"search-one.{'person' if record.kind == 'actor' else record.kind}")
    return wording.listed(site.say, (one, kind)) if kind else one  # "translation" alone would say nothing


def _listed(record: Record, kind: str) -> Iterator[Listed]:
    yield listed(record.name, kind, sort=record.sort_key[0])
    others = {text: lang for text, lang in _names(record) if text != record.name}
    yield from (listed(text, kind, lang=lang, of=record.name) for text, lang in others.items())


def _names(record: Record) -> Iterator[tuple[str, str]]:
    yield from ((v.text, "") for v in record.all("short"))
    yield from ((v.text, v.key) for v in record.all("names"))
    yield from ((v.text, "") for v in record.all("aka"))


def _called(site: Site, record: Record) -> Iterator[str]:
    yield from (v.text for v in record.all("named") if shown_words(site, v.cites))


# ---------------------------------------------------------------- facts


def _fields(page: _OnPage) -> Iterator[Entry]:
    for name in _FIELDS.get(page.record.kind, ()):
        label = wording.field_label(page.site.say, name)
        for value in page.record.all(name):
            row = BY_KIND[page.record.kind][name]
            place = page.sheet.place(value_place(row, value))
            yield Entry(place, "fact", place, label, value_text(page.sheet, row, value), parties=page.parties, years=page.dated)


def value_text(sheet: Sheet, row: Field, value: Value) -> str:
    """A value as its page shows it, as plain text."""
    site = sheet.site
    match row.type:
        case "id":
            return site.name(value.text)
        case "edtf":
            date = edtf.parse(value.text)
            return value.text if isinstance(date, str) else dates.shown(site.say, date)
        case "country":
            return country_link(sheet, value.text).text
        case "kind" | "word":
            return wording.word(site.say, row.name, value.text)
        case _:
            return value.text


def _named(page: _OnPage) -> Iterator[Entry]:
    label = wording.field_label(page.site.say, "named")
    for text in dict.fromkeys(_called(page.site, page.record)) if page.record.kind == "actor" else ():
        place = page.sheet.place(name_place(text))
        yield Entry(place, "fact", place, label, text, parties=page.parties)


def _relations(page: _OnPage) -> Iterator[Entry]:
    site, own = page.site, page.record.id
    label = wording.field_label(site.say, "relations")
    for one in site.related.get(own, ()) if page.record.kind in ("actor", "place", "topic") else ():
        if one.subject == own:
            text = wording.relation(site, one)
            ends = page.concern.of((own, one.object, *((one.by.text,) if one.by else ())))
            place = page.sheet.place(relation_place(one))
            yield Entry(place, "fact", place, label, text, parties=ends)


# ---------------------------------------------------------------- the table


def _delegations(page: _OnPage) -> Iterator[Entry]:
    for n, delegation in enumerate(page.record.delegations, 1):
        label, party = page.site.name(delegation.party), f"party-{n}"
        parties = page.concern.of((delegation.party,))
        for member in delegation.members:
            place = page.sheet.place(seat_place(delegation.party, member.person))
            text = wording.listed(page.site.say, (page.site.name(member.person), *_post(page.site, member)))
            yield Entry(place, "fact", place, label, text, parties=parties, years=page.dated)
            yield from _note(page, place, place, member.note)
        for anchor, lang, text in shown_words(page.site, delegation.cites):
            yield Entry(f"{delegation.party} {anchor}", "source", party, label, text, lang, (), parties, page.dated)
        yield from _note(page, delegation.party, party, delegation.note)


def _post(site: Site, member: Member) -> Iterator[str]:
    for name in ("post", "rank", "org"):
        yield from (site.name(v.text) if name == "org" else v.text for v in member.parts.get(name, ()))


def _seats(page: _OnPage) -> Iterator[Entry]:
    for sitting in page.site.seats.get(page.record.id, ()):
        yield _seat(page, sitting)


def _seat(page: _OnPage, sitting: Sitting) -> Entry:
    site, delegation = page.site, sitting.delegation
    text = wording.listed(site.say, dict.fromkeys((*_post(site, sitting.member), site.name(delegation.party))))
    parties, years = page.concern.of((delegation.party,)), page.concern.years_of_record(sitting.meeting)
    identity = f"seat {sitting.meeting.id} {delegation.party}"
    return Entry(identity, "fact", "delegations", site.name(sitting.meeting.id), text, parties=parties, years=years)


def _positions(page: _OnPage) -> Iterator[Entry]:
    for position in page.record.positions:
        label = page.site.say("all-delegations") if position.party == "all" else page.site.name(position.party)
        parties = page.concern.of_position(page.record, position)
        words = shown_words(page.site, position.cites)
        place = page.sheet.place(position_place(position)) if words else "positions"
        for anchor, lang, text in words:
            yield Entry(f"{place} {anchor}", "source", place, label, text, lang, (), parties, page.dated)
        yield from _note(page, place, place, position.note)


# ---------------------------------------------------------------- the editors


def _notes(page: _OnPage) -> Iterator[Entry]:
    for name, note in page.record.notes.items():
        if name not in _FIELDS.get(page.record.kind, ()):
            fragment = _PLACES[name] if name in _PLACES and _has(page.record, name) else ""
        elif page.record.all(name):
            fragment = name
        else:
            continue  # a note on nothing is shown nowhere
        yield from _note(page, f"note {name}", fragment, note)


def _has(record: Record, name: str) -> bool:
    held = {"delegations": record.delegations, "positions": record.positions}.get(name, record.all(name))
    return bool(held) and record.kind in (("actor",) if name == "named" else ("meeting", "event"))


def _note(page: _OnPage, identity: str, fragment: str, note: Value | None) -> Iterator[Entry]:
    if note:
        label, text = page.site.say("search-note"), one_line(note_text(page.site, note))
        yield Entry(f"note {identity}", "editors", fragment, label, text, parties=page.parties, years=page.dated)


def _changed(page: _OnPage) -> Iterator[Entry]:
    label = page.site.say("corrections")
    for value in page.record.all("changed"):
        text = one_line(note_text(page.site, value))
        yield Entry(f"changed {value.key}", "editors", correction_id(value), label, text, parties=page.parties, years=page.dated)


_PARTS: tuple[Callable[[_OnPage], Iterator[Entry]], ...] = (
    _fields,
    _named,
    _seats,
    _delegations,
    _positions,
    _relations,
    _notes,
    _changed,
)
