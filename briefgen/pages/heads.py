"""What a record's page begins with: its names, the editors' note, picture, addresses elsewhere, corrections."""

from __future__ import annotations

from markupsafe import escape

from briefgen import edtf, urls
from briefgen.addresses import is_elsewhere
from briefgen.model import Record, Value
from briefgen.pages import dates, html, wording
from briefgen.pages.facts import country_link
from briefgen.pages.sheet import Sheet
from briefgen.pages.views import Change, ForeignName, Head, Image, Link
from briefgen.words import Words

# Notes on fields that are no facts of their own on the page stand with the record's own.
_NOTED = ("", "name", "short", "sort", "names", "aka", "named", "at", "geonames", "image", "see", "was", "changed")
_AUTHORITIES = {
    "wikidata": "https://www.wikidata.org/wiki/",
    "viaf": "https://viaf.org/viaf/",
    "isni": "https://isni.org/isni/",
    "orcid": "https://orcid.org/",
    "gnd": "https://d-nb.info/gnd/",
    "geonames": "https://www.geonames.org/",
}


def head(sheet: Sheet, record: Record) -> Head:
    """The head of a record's page. Its note is the first thing on the page that may carry markers."""
    return Head(
        id=record.id,
        name=record.name,
        short=record.text("short"),
        names=tuple(foreign_name(sheet.site.say, v) for v in record.all("names")),
        aka=tuple(v.text for v in record.all("aka")),
        kind=wording.word(sheet.site.say, "kind", record.text("kind")),
        country=country_link(sheet, record.text("country")) if record.text("country") else None,
        at=record.text("at"),
        note=sheet.notes(record, _NOTED),
        image=_image(sheet, record),
        see=tuple(see_link(sheet.site.say, v) for v in (*record.all("see"), *_geonames(record))),
        changed=changes(sheet, record),
    )


def foreign_name(say: Words, value: Value) -> ForeignName:
    """A name in another language; `key` of the value is the tag."""
    return ForeignName(value.text, value.key, html.direction(value.key), wording.language(say, value.key))


def changes(sheet: Sheet, record: Record) -> tuple[Change, ...]:
    """Corrections, latest first."""
    latest_first = sorted(record.all("changed"), key=lambda v: v.key, reverse=True)
    return tuple(change(sheet, v) for v in latest_first)


def correction_id(value: Value) -> str:
    """The id of a correction on its record's page: `corrected-2020-07-05`; what an address cannot hold as it is, by its code."""
    return "corrected-" + "".join(c if c.isascii() and (c.isalnum() or c == "-") else f"_{ord(c):x}" for c in value.key)


def change(sheet: Sheet, value: Value) -> Change:
    """One correction; `key` of the value is its date."""
    date = edtf.parse(value.key)
    text = sheet.note(value) or escape(value.text)
    if isinstance(date, str):
        return Change(correction_id(value), value.key, "", text)
    return Change(correction_id(value), dates.shown(sheet.site.say, date), edtf.iso(date), text)


def _image(sheet: Sheet, record: Record) -> Image | None:
    given = {v.key: v.text for v in record.all("image")}
    if "file" not in given:
        return None
    src = sheet.href(urls.static_url(given["file"]))
    return Image(src, record.name, given.get("credit", ""), given.get("licence", ""))


def see_link(say: Words, value: Value) -> Link:
    """An address, or an authority and its id: linked where we know how."""
    if not value.key:
        return Link(html.safe_url(value.text), value.text)
    base = _AUTHORITIES.get(value.key.lower(), "")
    full = f"{base}{value.text}" if base else value.text if is_elsewhere(value.text) else ""
    return Link(html.safe_url(full), say("see", authority=value.key, id=value.text))


def _geonames(record: Record) -> tuple[Value, ...]:
    return tuple(v._replace(key="geonames") for v in record.all("geonames"))
