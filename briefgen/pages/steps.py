"""Meetings and events in relation to something: what came before and after one, and those with a given topic or place."""

from __future__ import annotations

from typing import NamedTuple

from briefgen.load.fields import BY_KIND
from briefgen.model import Record, Value
from briefgen.pages import wording
from briefgen.pages.facts import fact
from briefgen.pages.sheet import Sheet
from briefgen.pages.talks import dated, happening
from briefgen.pages.views import FieldView, Happening, Step


def steps_before(sheet: Sheet, record: Record) -> tuple[Step, ...]:
    """What it follows, as sources say; then the neighbour before it by date, unless a source named that already."""
    follows = [v for v in record.all("follows") if v.text in sheet.site.order]
    said = tuple(_said(sheet, record, v, v.text, sheet.site.say(f"followed-by.{record.kind}")) for v in follows)
    named = {v.text for v in follows}
    return (*said, *_neighbour(sheet, record, -1, named))


def steps_after(sheet: Sheet, record: Record) -> tuple[Step, ...]:
    """What followed it, as sources say; then the neighbour after it by date, unless a source named that already."""
    back = sheet.site.naming("follows", record.id)
    said = tuple(_said(sheet, b.record, b.value, b.record.id, sheet.site.say(f"follows-it.{record.kind}")) for b in back)
    return (*said, *_neighbour(sheet, record, 1, {b.record.id for b in back}))


def _said(sheet: Sheet, record: Record, value: Value, shown: str, label: str) -> Step:
    """`record` says that it follows `value`; `shown` is the one of the two that is listed."""
    note = record.notes.get("follows")
    said = fact(sheet, BY_KIND[record.kind]["follows"], value, note)
    field = FieldView("follows", label, (said,), differs=False, note=sheet.note(note))
    return Step(happening(sheet, sheet.site.records[shown]), field)


def _neighbour(sheet: Sheet, record: Record, way: int, named: set[str]) -> tuple[Step, ...]:
    """The next record of the same kind by date; `way` is -1 for before, 1 for after."""
    found = sheet.site.neighbours.get(record.id, ("", ""))[0 if way < 0 else 1]
    if not found or found in named:
        return ()
    note = sheet.site.say(f"before-by-date.{record.kind}" if way < 0 else f"next-by-date.{record.kind}")
    return (Step(happening(sheet, sheet.site.records[found], note), None),)


class Where(NamedTuple):
    """A meeting or event with the one value of a field for which it is listed."""

    happening: Happening
    field: FieldView


def held_where(sheet: Sheet, name: str, record_id: str) -> tuple[Where, ...]:
    """The meetings and events that name a record in a field, by date, each with the fact that says so."""
    return tuple(_where(sheet, b.record, name, b.value) for b in sheet.site.naming(name, record_id))


def _where(sheet: Sheet, record: Record, name: str, value: Value) -> Where:
    shown = dated(sheet, record)  # first, as its markers stand first
    note = record.notes.get(name)
    said = fact(sheet, BY_KIND[record.kind][name], value, note)
    return Where(shown, FieldView(name, wording.field_label(sheet.site.say, name), (said,), differs=False, note=sheet.note(note)))
