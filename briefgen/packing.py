"""Values packed to bytes, and back: the one form in which anything that a build knew is kept.

It is a pickle, against the letter of the plan (I2): a tenth of the time of plain tuples, at a million values. Its reader makes
values of briefgen's own types and of nothing else, so that bytes that a stranger left in a repository run no code.
"""

from __future__ import annotations

import pickle
from dataclasses import is_dataclass
from io import BytesIO
from typing import Any

_PLAIN = {("builtins", "set"), ("builtins", "frozenset"), ("markupsafe", "Markup"), ("datetime", "date")}
# Classes that are no plain values, but hold nothing else; and the two things that are no classes.
_HOLDERS = {
    "finding": ("Haystack",),
    "link.quotations": ("Memory",),
    "compile": ("Known",),
    "patched": ("Patches",),
    "tables": ("Past", "Revised", "Index"),
    "remaking": ("Trace",),
    "readers": ("Readers",),
    "trace": ("WHOLE",),
    "words": ("words_of",),
    "outputs": ("Content",),
    "pieces": ("Joined",),
    "render": ("Printed",),
    "checks.finished": ("Outlines",),
    "link.names": ("NameIndex",),
    "load": ("LoadPast",),
    "load.memo": ("LastMemo",),
    "pages": ("LastPages",),
    "pages.downloads": ("FilesPast",),
    "pages.published": ("SitePast",),
    "pages.search": ("SearchPast",),
    "pages.search.listing": ("ListingPast",),
    "publish.disk": ("Taken",),
}


class Unpacker(pickle.Unpickler):
    """Reads what was packed, and makes nothing but values of briefgen."""

    def find_class(self, module: str, name: str) -> Any:
        """What a packed value names: a type of briefgen, or one of few others. Raises pickle.UnpicklingError for all else."""
        package, _, inner = module.partition(".")
        if package != "briefgen" and (module, name) not in _PLAIN:
            raise pickle.UnpicklingError(f"{module}.{name}")
        found = super().find_class(module, name)
        if package == "briefgen" and name not in _HOLDERS.get(inner, ()) and not _is_value(found):
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found


def pack(value: object) -> bytes:
    """A value as bytes."""
    return pickle.dumps(value, 5)


def unpack(data: bytes) -> Any:
    """The value that was packed. Raises whatever pickle raises where these are no such bytes."""
    return Unpacker(BytesIO(data)).load()


def _is_value(found: object) -> bool:
    return isinstance(found, type) and (is_dataclass(found) or (issubclass(found, tuple) and hasattr(found, "_fields")))
