"""Dates as pages show them: the grammar of `datetext.display` with the words of the interface."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from briefgen import datetext, edtf
from briefgen.words import Words


@lru_cache(maxsize=4096)
def shown(say: Words, date: edtf.Edtf | None) -> str:
    """A date in the language of the interface, at the precision written and never beyond; nothing for none."""

    def text(id_: str, **parts: Any) -> str:
        # Only languages that change the name of a month behind a day have month-day.1 to month-day.12.
        return say(id_ if say.has(id_) else id_.replace("month-day.", "month."), **parts)

    return datetext.display(date, text) if date else ""
