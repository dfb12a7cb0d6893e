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
    first: dict[tuple[str, str], tuple[Record, Value]] = {}
    for record in briefing.records.values():
        for scope, string, value in forms(record):
            owner, where = first.setdefault((scope, string), (record, value))
            if owner is not record:
                place = f"in “{scope}” " if scope else ""
                message = f"“{value.text}” {place}names two records, “{owner.id}” and “{record.id}”. A name belongs to one."
                yield error("name-clash", message, value.span, Note(f"“{owner.id}” has it here", where.span))
