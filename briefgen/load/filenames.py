"""Names of files that are copied as they are: each must be possible on every computer that may hold the site, and be what it shows.

Letters of any script pass, and so do spaces; the names of records are ids, and judged as such (`values.is_id`).
Source of what Windows refuses: "Naming Files, Paths, and Namespaces" (Microsoft); 255 bytes are what Linux file systems take.
"""

from __future__ import annotations

import unicodedata

from briefgen.load.invisible import hidden_in, shown, turning
from briefgen.load.values import DEVICES

_NEVER = '<>:"|?*\\'
_LONGEST = 255  # bytes


def fault_of(path: str) -> str:
    """What is wrong with a path below content/static/, as the end of a sentence that begins with its name; "" for nothing."""
    return next((fault for part in path.split("/") if (fault := _fault(part))), "")


def _fault(name: str) -> str:
    odd = next((char for char in name if char in _NEVER or unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")), "")
    if odd:
        return f"holds the character {odd if odd in _NEVER else f'U+{ord(odd):04X}'}, which many computers do not allow there"
    if hidden_in(name) or turning(name):
        return f"holds {shown(next(c for c in name if hidden_in(c) or turning(c)))}, which nobody sees"
    if not name or name in (".", ".."):
        return "is no name of a file"
    if name != name.rstrip(". "):
        return "ends in a full stop or a space, which Windows takes away"
    if DEVICES.fullmatch(name.partition(".")[0].rstrip(" ").casefold()):
        return "is the name of a device on Windows"
    return f"is longer than {_LONGEST} bytes" if len(name.encode()) > _LONGEST else ""
