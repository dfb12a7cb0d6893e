"""Kinds and pictures: the words of the list, the files that are there.

A kind that is neither in MODEL's list nor in `kinds:` of site.yaml is a warning, for it is usually a slip of the pen.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.diagnostic import Diagnostic, error, instead, warning
from briefgen.link import Briefing
from briefgen.load.fields import KINDS
from briefgen.load.values import did_you_mean, nearest


def check(briefing: Briefing) -> Iterator[Diagnostic]:
    """unknown-kind, no-picture."""
    extra = [(v.key, v.text) for v in briefing.site.all("kinds")]
    for record in briefing.subjects:
        known = (*KINDS.get(record.kind, ()), *(word for kind, word in extra if kind == record.kind))
        for value in record.all("kind"):
            if value.text not in known:
                guess = nearest(value.text, known)
                message = f"“{value.text}” is no kind of {record.kind}.{did_you_mean(value.text, known)}"
                yield warning("unknown-kind", message, value.span, fix=instead(value.span, guess))
        for value in record.all("image"):
            if value.key == "file" and value.text not in briefing.static:
                message = f"There is no picture content/static/{value.text}.{did_you_mean(value.text, briefing.static)}"
                yield error("no-picture", message, value.span)
