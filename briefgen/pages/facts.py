"""Facts as they are shown: the value, its markers, and every word of caution that belongs to it.

Nothing is preferred and nothing left out: several values of a field that takes one are all shown, as disputed.
"""

from __future__ import annotations

from collections.abc import Iterable

from iso3166 import countries_by_alpha2
from markupsafe import Markup, escape

from briefgen import datewords, edtf
from briefgen.load.fields import BY_KIND, Field
from briefgen.model import Cite, Record, Value
from briefgen.pages import html, wording
from briefgen.pages.sheet import Sheet, language_of
from briefgen.pages.site import disputed
from briefgen.pages.views import Evidence, Fact, FieldView, Label, Link
from briefgen.text import find_whole, folded

# Labels that a page shows as a statement, and so marks as the editors'.
STATEMENTS = ("kind", "country", "part_of")


def field_view(sheet: Sheet, record: Record, name: str) -> FieldView | None:
    """All values of a field of a record; None where it has none."""
    values = record.all(name)
    if not values:
        return None
    row = BY_KIND[record.kind][name]
    note = record.notes.get(name)
    facts = tuple(fact(sheet, row, v, note) for v in values)
    return FieldView(name, wording.field_label(name), facts, disputed(record.kind, name, values), sheet.note(note))


def field_views(sheet: Sheet, record: Record, names: Iterable[str]) -> tuple[FieldView, ...]:
    """Those of these fields that have a value, in this order."""
    return tuple(view for name in names if name in BY_KIND[record.kind] and (view := field_view(sheet, record, name)))


def fact(sheet: Sheet, row: Field, value: Value, note: Value | None = None) -> Fact:
    """One value with its evidence and labels. The note itself is shown by the caller, once; here it makes the label."""
    shown = _shown(sheet, row, value)
    evidence = sheet.evidence(value.cites)
    return Fact(shown, evidence, tuple(_labels(sheet, row, value, evidence, note)), html.EMPTY)


def statement(sheet: Sheet, value: Markup, cites: Iterable[Cite], note: Value | None, missing: Label = wording.UNCITED) -> Fact:
    """A fact that is no field of this record: a value with its markers and note; `missing` labels it where nothing is cited."""
    evidence = sheet.evidence(cites)
    labels = (wording.READING,) if sheet.site.is_reading(note) else ()
    return Fact(value, evidence, labels if evidence.marks else (*labels, missing), sheet.note(note))


def _shown(sheet: Sheet, row: Field, value: Value) -> Markup:
    match row.type:
        case "id":
            return sheet.anchor(value.text)
        case "edtf":
            return date_html(value.text)
        case "country":
            country = country_link(sheet, value.text)
            return html.anchor(country.href, country.text)
        case "kind" | "word":
            return escape(wording.in_words(value.text))
        case _:
            return _as_printed(sheet, value)


def _as_printed(sheet: Sheet, value: Value) -> Markup:
    """A text; in the source's own characters, names linked, where the words cited are the value itself."""
    for passage in sheet.site.passages(value.cites):
        words = " … ".join(sheet.site.briefing.words_of(passage))
        if folded(words) == folded(value.text):
            return sheet.words(passage) or escape(value.text)
    return escape(value.text)


def date_html(text: str) -> Markup:
    """A date as displayed, in <time> where HTML can say it; as written where it is no date."""
    date = edtf.parse(text)
    if isinstance(date, str):
        return escape(text)
    iso = edtf.iso(date)
    shown = edtf.display(date)
    return html.safe(f'<time datetime="{escape(iso)}">{escape(shown)}</time>') if iso else escape(shown)


def country_link(sheet: Sheet, code: str) -> Link:
    """A country: the state actor of that code where there is one, else its name by ISO 3166."""
    for state in sheet.site.states.get(code, ()):
        return sheet.link(state)
    found = countries_by_alpha2.get(code)
    return Link("", found.name if found else code)


def _labels(sheet: Sheet, row: Field, value: Value, evidence: Evidence, note: Value | None) -> Iterable[Label]:
    cited = bool(evidence.marks)
    if row.cls == "label" and not cited:
        yield wording.EDITORS
    if row.cls == "fact" and not cited:
        yield wording.UNCITED
    if row.type == "text" and row.cls == "fact" and cited and not stands_in(value):
        yield wording.WORDING
    if row.type == "edtf" and row.cls == "fact" and cited:
        yield from _date_labels(sheet, value)
    if sheet.site.is_reading(note):
        yield wording.READING


def stands_in(value: Value) -> bool:
    """Whether a text stands, as whole words, in the words of one of its citations (folded, case aside)."""
    text = folded(value.text).casefold()
    return any(next(find_whole(folded(c.words).casefold(), text), None) is not None for c in value.cites)


def _date_labels(sheet: Sheet, value: Value) -> Iterable[Label]:
    date = edtf.parse(value.text)
    if isinstance(date, str):
        return
    passages = sheet.site.passages(value.cites)
    if date.form == "one-day":
        yield wording.INFERRED
    elif not any(datewords.prints_year(words) for p in passages for words in sheet.site.briefing.words_of(p)):
        yield wording.YEAR
    if date.form != "one-day" and any(not _english(sheet, p.article) for p in passages):
        yield wording.UNCHECKED


def _english(sheet: Sheet, article: str) -> bool:
    return language_of(sheet.site, sheet.site.articles[article]).lower().split("-")[0] == "en"
