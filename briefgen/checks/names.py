"""Rule 7: one string, one scope, one record.

`name`, `short`, `aka` and `names` link everywhere, `named` in one article. The same string for two records in one
scope would link to the wrong one, so it is an error that names both lines. Topics match with a small or a capital
first letter. A leading "the" is no part of a name.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.diagnostic import Diagnostic, Note, error
from briefgen.link import Briefing, forms
from briefgen.model import Record, Value


def check(briefing: Briefing) -> Iterator[Diagnostic]:
    """name-clash."""
    for record in briefing.subjects:
        for scope, string, value in forms(record):
            owner = briefing.namesakes[scope, string][0]
            if owner != record.id:
                place = f"in “{scope}” " if scope else ""
                message = f"“{value.text}” {place}names two records, “{owner}” and “{record.id}”. A name belongs to one."
                where = _first(briefing.records[owner], scope, string)
                yield error("name-clash", message, value.span, Note(f"“{owner}” has it here", where.span))


def _first(record: Record, scope: str, string: str) -> Value:
    """Where a record first has a string."""
    return next(value for a, b, value in forms(record) if (a, b) == (scope, string))
