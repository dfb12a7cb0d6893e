"""Rule 7: one string, one scope, one record.

`name`, `short`, `aka` and `names` link everywhere, `named` in one article. The same string for two records in one
scope would link to the wrong one, so it is an error that names both lines. Topics match with a small or a capital
first letter. A leading "the" is no part of a name.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.diagnostic import Diagnostic, Note, error
from briefgen.link import Briefing
from briefgen.model import Record, Value
from briefgen.text import folded, without_the


def check(briefing: Briefing) -> Iterator[Diagnostic]:
    """name-clash."""
    first: dict[tuple[str, str], tuple[Record, Value]] = {}
    for record in briefing.records.values():
        for scope, string, value in _strings(record):
            owner, where = first.setdefault((scope, string), (record, value))
            if owner is not record:
                place = f"in “{scope}” " if scope else ""
                message = f"“{value.text}” {place}names two records, “{owner.id}” and “{record.id}”. A name belongs to one."
                yield error("name-clash", message, value.span, Note(f"“{owner.id}” has it here", where.span))


def _strings(record: Record) -> Iterator[tuple[str, str, Value]]:
    for field in ("name", "short", "aka", "names", "named"):
        for value in record.all(field):
            string = without_the(folded(value.text))
            if string:
                yield value.key if field == "named" else "", string, value
                if record.kind == "topic" and field != "named" and string[0].swapcase() != string[0]:
                    yield "", string[0].swapcase() + string[1:], value
