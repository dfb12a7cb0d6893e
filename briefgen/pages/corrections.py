"""All corrections of the site, newest first (corrections.html); without any there is no such page, and no link to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from briefgen import edtf, urls
from briefgen.model import Record, Value
from briefgen.pages.frame import frame
from briefgen.pages.heads import change, correction_id
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site
from briefgen.pages.views import Frame, Link, Source


class Correction(NamedTuple):
    """One correction: `link` to its place on the page it corrects, named after the record; `text` safe HTML, the editors' voice."""

    link: Link
    text: Markup


class Day(NamedTuple):
    """The corrections of one date: as displayed, as ISO for <time datetime> (may be empty), `id` for the heading."""

    id: str
    date: str
    iso: str
    corrections: tuple[Correction, ...]


class CorrectionsView(NamedTuple):
    """Template corrections.html: newest day first, never empty; sources: numbered list at the foot."""

    site: Frame
    days: tuple[Day, ...]
    sources: tuple[Source, ...]


Corrected = tuple[Record, Value]


def corrections(site: Site) -> Iterator[Page]:
    """The page, where there is a correction."""
    found = sorted(corrected(site), key=lambda c: (c[0].kind, c[0].sort_key))
    found.sort(key=_when, reverse=True)
    if not found:
        return
    sheet = Sheet(site, urls.CORRECTIONS)
    days = tuple(_day(sheet, list(held)) for _, held in groupby(found, key=_when))
    about = site.say("corrections-about")
    yield Page(sheet.url, "corrections.html", CorrectionsView(frame(sheet, site.say("corrections"), about), days, sheet.sources()))


def corrected(site: Site) -> Iterator[Corrected]:
    """Every correction with the record or article it belongs to."""
    for one, values in site.changed.items():
        record = site.records[one] if one in site.records else site.articles[one].record
        yield from ((record, value) for value in values)


def _when(one: Corrected) -> tuple[int, object]:
    """What corrections are sorted and grouped by; what is no date comes last."""
    date = edtf.parse(one[1].key)
    return (0, one[1].key) if isinstance(date, str) else (1, edtf.sort_key(date))


def _day(sheet: Sheet, held: list[Corrected]) -> Day:
    first = change(sheet, held[0][1])
    return Day(first.id, first.date, first.iso, tuple(_corrections(sheet, held)))


def _corrections(sheet: Sheet, held: Iterable[Corrected]) -> Iterator[Correction]:
    for record, value in held:
        place = f"{sheet.site.url(record.id)}#{correction_id(value)}"
        yield Correction(Link(sheet.href(place), sheet.site.name(record.id)), change(sheet, value).text)
