"""The published briefing as tables: what data/*.csv are made of (RFC 4180, UTF-8).

Every file begins with a byte order mark: without it Excel reads UTF-8 as the computer's old code page and spoils every name in
Arabic; programs that do not skip it see it before the first heading, which data.html says. No cell is a formula: one that begins
as a formula does gets an apostrophe in front, which data.html says too, and data/briefing.json has all texts unaltered.
Absences: nothing that `Site` does not hold, and of an article no words but those that a page shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from briefgen.load.fields import BY_KIND
from briefgen.model import Article, Claim, Delegation, Passage, Record, Relation, Value
from briefgen.pages.data import OMITTED, Data, parts, when
from briefgen.pages.plain import note_text
from briefgen.pages.site import Site, disputes, is_person
from briefgen.pages.sources import passage_url

BETWEEN = " | "
MARK = "\ufeff"
Row = Mapping[str, str]

# https://owasp.org/www-community/attacks/CSV_Injection; an apostrophe before such a sign is doubled, so that it can be undone.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_BEGINS = frozenset("'=+-@\t\r\n")  # what such a text, or one that looks like it, begins with
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_QUOTED = re.compile(r'[",\r\n]')


def heading(columns: Iterable[str]) -> str:
    """The first line of a file."""
    return MARK + ",".join(columns) + "\r\n"


def line(columns: Iterable[str], row: Row) -> str:
    """A line of a file; what a row does not have is an empty cell."""
    return ",".join(_cell(row.get(name, "")) for name in columns) + "\r\n"


def _cell(text: str) -> str:
    if not text:  # most are
        return ""
    guarded = guard(text) if text[0] in _BEGINS else text
    return '"' + guarded.replace('"', '""') + '"' if _QUOTED.search(guarded) else guarded


def guard(text: str) -> str:
    """A text that no spreadsheet takes for a formula. To undo it, take one apostrophe from before `= + - @`."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


# ---------------------------------------------------------------- records


def _joined(values: Iterable[str]) -> str:
    return BETWEEN.join(v for v in values if v)


def _field(record: Record, name: str) -> str:
    return _joined(_keyed(v) for v in record.all(name))


def _keyed(value: Value) -> str:
    return f"{value.key}: {value.text}" if value.key else value.text


def _dates(record: Record, name: str) -> dict[str, str]:
    """The dates as written, and in calendar days."""
    held = [when(v.text) for v in record.all(name)]
    return {name: _field(record, name)} | {key: BETWEEN.join(str(one[key] or "") for one in held) for key in _CALENDAR}


_CALENDAR = ("form", "earliest", "latest")
_WHERE = ("latitude", "longitude")


def _columns(kind: str, leave_out: Iterable[str] = ()) -> tuple[str, ...]:
    """The columns of a type of record: its fields, a date followed by its days, coordinates as two numbers."""
    own = {"at": _WHERE, "date": ("date", *_CALENDAR), "image": ()}
    skipped = {*OMITTED, *leave_out, "notes", "positions", "delegations", "says"}
    fields = (name for name in BY_KIND[kind] if name not in skipped)
    return ("id", "name", *(column for name in fields for column in own.get(name, (name,))), "differs", "editors_notes", "page")


def record_row(site: Site, record: Record) -> Row:
    """A record in one row; several values in a cell stand side by side."""
    latitude, _, longitude = record.text("at").partition(",")
    return {
        **{name: _field(record, name) for name in record.fields},
        **(_dates(record, "date") if record.all("date") else {}),
        "latitude": latitude.strip(),
        "longitude": longitude.strip(),
        "id": record.id,
        "name": record.name,
        "differs": _joined(disputes(record)),
        "editors_notes": _joined(_note(site, note, on) for on, note in record.notes.items()),
        "page": site.url(record.id),
    }


def _note(site: Site, note: Value | None, on: str = "") -> str:
    text = note_text(site, note) if note else ""
    return f"{on}: {text}" if on else text


def rows_of(site: Site, record: Record) -> Iterator[tuple[str, Row]]:
    """Every row that a record has in a table, with the table's name."""
    yield _table_of(record), record_row(site, record)
    for delegation in record.delegations:
        yield from (("delegations", row) for row in _seats(site, record, delegation))
    yield from (("positions", row) for row in _positions(site, record))
    yield from (("corrections", row) for row in _corrections(site, record))


def _table_of(record: Record) -> str:
    return f"{record.kind}s" if record.kind != "actor" else "people" if is_person(record) else "organisations"


def rows_of_article(site: Site, article: Article, data: Data) -> Iterator[tuple[str, Row]]:
    """The same for an article, given its data; what rests on its words stands here."""
    plain = {name: str(value) for name, value in data.items() if isinstance(value, (str, int)) and name != "text"}
    notes = _joined(_note(site, note, on) for on, note in article.record.notes.items())
    yield "articles", plain | _dates(article.record, "published") | {"editors_notes": notes}
    for resting in site.resting.get(article.id, ()):
        yield from (("citations", row) for row in _cited(site, resting.passage, resting.claim))
    yield from (("corrections", row) for row in _corrections(site, article.record))


# ---------------------------------------------------------------- what stands in records


def _seats(site: Site, meeting: Record, delegation: Delegation) -> Iterator[Row]:
    party = {"party": delegation.party, "party_name": site.name(delegation.party)}
    shared = {"meeting": meeting.id, **party, "editors_notes": _note(site, delegation.note)}
    if not delegation.members:
        found = site.passages(delegation.cites)
        yield shared | {"words": _joined(_words(site, p) for p in found), "articles": _names(p.article for p in found)}
    for member in delegation.members:
        held = {name: _joined(v.text for v in member.parts.get(name, ())) for name in ("post", "rank", "org")}
        cites = site.passages(c for values in member.parts.values() for v in values for c in v.cites)
        who = {"person": member.person, "person_name": site.name(member.person)}
        words = {"words": _joined(_words(site, p) for p in cites), "articles": _names(p.article for p in cites)}
        notes = _joined((_note(site, member.note), shared["editors_notes"]))
        yield shared | who | held | words | {"editors_notes": notes}


def _names(ids: Iterable[str]) -> str:
    return _joined(dict.fromkeys(ids))


def _words(site: Site, passage: Passage) -> str:
    """The words of a passage as pages show them."""
    return " … ".join(site.words_of(passage)) if site.imprints[passage.article].show != "link" else ""


def _positions(site: Site, where: Record) -> Iterator[Row]:
    for number, position in enumerate(where.positions, 1):
        for passage in site.passages(position.cites):
            yield {
                "where": where.id,
                "position": str(number),
                "party": position.party,
                "about": _joined(v.text for v in position.about),
                "article": passage.article,
                "words": _words(site, passage),
                "editors_notes": _note(site, position.note),
                "page": passage_url(passage, site.imprints[passage.article].show),
            }


def relation_row(site: Site, relation: Relation) -> Row:
    """A relation in one row."""
    found = site.passages(relation.cites)
    return {
        "subject": relation.subject,
        "verb": relation.verb,
        "object": relation.object,
        "by": relation.by.text if relation.by else "",
        "words": _joined(_words(site, p) for p in found),
        "articles": _names(p.article for p in found),
        "editors_notes": _note(site, relation.note),
    }


def _cited(site: Site, passage: Passage, claim: Claim) -> Iterator[Row]:
    """A row for each part of the words that a statement rests on."""
    shared = {
        "record": claim.owner,
        "field": claim.field,
        "value": claim.value,
        "person": claim.person,
        "party": claim.party,
        "article": passage.article,
        "sha256": site.texts[passage.article].digest,
        "page": passage_url(passage, site.imprints[passage.article].show),
    }
    for number, part in enumerate(parts(site, passage), 1):
        yield shared | {"part": str(number)} | {name: str(value) for name, value in part.items()}


def _corrections(site: Site, record: Record) -> Iterator[Row]:
    for value in record.all("changed"):
        yield {"record": record.id, "date": value.key, "text": note_text(site, value), "page": site.url(record.id)}


# Table -> its columns, in the order of the page that documents them.
TABLES: Mapping[str, tuple[str, ...]] = {
    "people": _columns("actor", ("leader",)),
    "organisations": _columns("actor", ("rank", "org")),
    "meetings": _columns("meeting"),
    "delegations": (
        "meeting", "party", "party_name", "person", "person_name", "post", "rank", "org", "words", "articles", "editors_notes",
    ),
    "events": _columns("event"),
    "positions": ("where", "position", "party", "about", "article", "words", "editors_notes", "page"),
    "relations": ("subject", "verb", "object", "by", "words", "articles", "editors_notes"),
    "places": _columns("place"),
    "topics": _columns("topic"),
    "comparisons": _columns("comparison"),
    "articles": (
        "id", "title", "publisher", "published", *_CALENDAR, "language", "translated_from", "based_on", "rights", "show",
        "body_words", "body_words_shown", "sha256", "text_sha256", "original", "archive", "editors_notes", "page",
    ),
    "citations": (
        "record", "field", "value", "person", "party", "article", "part", "prefix", "exact", "suffix", "start", "end", "sha256",
        "page",
    ),
    "corrections": ("record", "date", "text", "page"),
}  # fmt: skip
