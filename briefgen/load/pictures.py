"""Pictures that would run.

An SVG is a document: in a page it is still, but opened by itself it does whatever stands in it, under the address of the site
and without a page's policy. A picture from a stranger is a file like any other, so it is looked at here.
"""

from __future__ import annotations

import re
from html import unescape

from briefgen.diagnostic import Diagnostic, error
from briefgen.source import Span

_SCHEMES = r"\s*".join("javascript:") + r"|data:(?!image/(?:png|jpe?g|gif|webp)\b|font/)"
_RUNS = re.compile(
    r"<(?:[\w.-]+:)?(?:script|foreignObject|iframe|object|embed|handler|listener)\b"
    rf"|\son\w+\s*=\s*[\"']|[\"'(=;]\s*(?:{_SCHEMES})|<\?xml-stylesheet\b",
    re.IGNORECASE,
)


def active(path: str, data: bytes) -> tuple[Diagnostic, ...]:
    """An error for the first thing in an SVG that would run when it is opened; nothing for files of other kinds."""
    if not path.lower().endswith(".svg"):
        return ()
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:4]
    text = data.decode("utf-16" if wide else "utf-8", "replace")
    # Twice, because what an entity of the document's own stands for is read once more.
    found = _RUNS.search(text) or _RUNS.search(unescape(unescape(text)))
    if not found:
        return ()
    line = text.count("\n", 0, found.start()) + 1 if found.string is text else 1
    message = f"This picture would run a program when it is opened: “{found.group().strip()}”. Save it again as a plain picture."
    return (error("active-picture", message, Span(path, line, 1, line, 1)),)
