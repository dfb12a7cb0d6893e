"""Facts as they are shown: the value, its markers, and every word of caution that belongs to it.

Nothing is preferred and nothing left out: several values of a field that takes one are all shown, as disputed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from iso3166 import countries_by_alpha2
from markupsafe import Markup, escape

from briefgen import datewords, edtf
from briefgen.load.fields import BY_KIND, Field
from briefgen.model import Cite, Passage, Record, Value
from briefgen.pages import dates, html, wording
from briefgen.pages.anchors import value_place
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Site, disputed
from briefgen.pages.sources import site_language
from briefgen.pages.views import Fact, FieldView, Label, Link
from briefgen.text import find_whole, folded
from briefgen.words import Words

# Labels that a page shows as a statement, and so marks as the editors'.
STATEMENTS = ("kind", "country", "part_of")


def field_view(sheet: Sheet, record: Record, name: str) -> FieldView | None:
    """All values of a field of a record; None where it has none."""
    values = record.all(name)
    if not values:
        return None
    row = BY_KIND[record.kind][name]
    note = record.notes.get(name)
    facts = tuple(fact(sheet, row, v, note, sheet.place(value_place(row, v))) for v in values)
    return FieldView(name, wording.field_label(sheet.site.say, name), facts, disputed(record.kind, name, values), sheet.note(note))


def field_views(sheet: Sheet, record: Record, names: Iterable[str]) -> tuple[FieldView, ...]:
    """Those of these fields that have a value, in this order."""
    return tuple(view for name in names if name in BY_KIND[record.kind] and (view := field_view(sheet, record, name)))


def fact(sheet: Sheet, row: Field, value: Value, note: Value | None = None, place: str = "") -> Fact:
    """One value with its evidence and labels. The note itself is shown by the caller, once; here it makes the label.

    `place` is its id on the page.
    """
    passages = sheet.site.passages(value.cites)
    shown = _shown(sheet, row, value, passages)
    labels = tuple(wording.label(sheet.site.say, code) for code in _codes(sheet.site, row, value, note, passages))
    return Fact(shown, sheet.rests_on(passages), labels, html.EMPTY, place)


def statement(sheet: Sheet, value: Markup, cites: Iterable[Cite], note: Value | None, missing: str = "uncited") -> Fact:
    """A fact that is no field of this record: a value with its markers and note; `missing` labels it where nothing is cited."""
    evidence = sheet.evidence(cites)
    return Fact(value, evidence, cautions(sheet, note, "" if evidence.marks else missing), sheet.note(note))


def cautions(sheet: Sheet, note: Value | None, missing: str = "") -> tuple[Label, ...]:
    """The labels of what is no field: that a note says how it is read, and the one for what is `missing`, if anything is."""
    codes = ("reading" if sheet.site.is_reading(note) else "", missing)
    return tuple(wording.label(sheet.site.say, code) for code in codes if code)


def _shown(sheet: Sheet, row: Field, value: Value, passages: tuple[Passage, ...]) -> Markup:
    match row.type:
        case "id":
            return sheet.anchor(value.text)
        case "edtf":
            return date_html(sheet.site.say, value.text)
        case "country":
            country = country_link(sheet, value.text)
            return html.anchor(country.href, country.text)
        case "kind" | "word":
            return escape(wording.word(sheet.site.say, row.name, value.text))
        case _:
            return _as_printed(sheet, value.text, passages)


def _as_printed(sheet: Sheet, value: str, passages: tuple[Passage, ...]) -> Markup:
    """A text; in the source's own characters, names linked, where the words cited are the value itself."""
    for passage in passages:
        text = sheet.unit(passage.article, passage.unit).text
        words = " … ".join(text[start:end] for start, end in passage.parts)
        if words == value or folded(words) == folded(value):
            return sheet.tongued(passage) or escape(value)
    return escape(value)


@lru_cache(maxsize=4096)
def date_html(say: Words, text: str) -> Markup:
    """A date as displayed, in <time> where HTML can say it; as written where it is no date."""
    date = edtf.parse(text)
    if isinstance(date, str):
        return escape(text)
    iso = edtf.iso(date)
    shown = dates.shown(say, date)
    return html.safe(f'<time datetime="{escape(iso)}">{escape(shown)}</time>') if iso else escape(shown)


def country_link(sheet: Sheet, code: str) -> Link:
    """A country: the state actor of that code where there is one, else its name by ISO 3166."""
    for state in sheet.site.states.get(code, ()):
        return sheet.link(state)
    say, id_ = sheet.site.say, f"country.{code}"
    if say.has(id_):
        return Link("", say(id_))
    found = countries_by_alpha2.get(code)
    return Link("", found.name if found else code)


def caution_codes(site: Site, row: Field, value: Value, note: Value | None) -> Iterable[str]:
    """The codes of the labels that a value is shown with, in their order."""
    return _codes(site, row, value, note, site.passages(value.cites))


def _codes(site: Site, row: Field, value: Value, note: Value | None, passages: tuple[Passage, ...]) -> Iterator[str]:
    cited = bool(passages)
    if row.cls == "label" and not cited:
        yield "editors"
    if row.cls == "fact" and not cited:
        yield "uncited"
    if row.type == "text" and row.cls == "fact" and cited and not stands_in(value):
        yield "wording"
    if row.type == "edtf" and row.cls == "fact" and cited:
        yield from _date_codes(site, value, passages)
    if site.is_reading(note):
        yield "reading"


def stands_in(value: Value) -> bool:
    """Whether a text stands, as whole words, in the words of one of its citations (folded, case aside)."""
    return any(_stands_in(value.text, cite.words) for cite in value.cites)


@lru_cache(maxsize=1 << 14)  # a post is shown with the meeting, with the person and in the lists of both
def _stands_in(text: str, words: str) -> bool:
    return next(find_whole(folded(words).casefold(), folded(text).casefold()), None) is not None


def _date_codes(site: Site, value: Value, passages: tuple[Passage, ...]) -> Iterable[str]:
    date = edtf.parse(value.text)
    if isinstance(date, str):
        return
    if date.form == "one-day":
        yield "inferred"
    elif not any(datewords.prints_year(words) for p in passages for words in site.words_of(p)):
        yield "year"
    if date.form != "one-day" and any(not _english(site, p.article) for p in passages):
        yield "unchecked"


def _english(site: Site, article: str) -> bool:
    return (site.imprints[article].lang or site_language(site)).lower().split("-")[0] == "en"
