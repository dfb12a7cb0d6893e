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
    # In UTF-16 and 32 what matters here stands with zeros between. Twice unescaped, because what an entity of the document's own
    # stands for is read once more.
    written = data.replace(b"\0", b"").decode("utf-8", "replace")
    text = unescape(unescape(written))
    found = _RUNS.search(text)
    if not found:
        return ()
    line = min(text.count("\n", 0, found.start()), written.count("\n")) + 1
    message = f"This picture would run a program when it is opened: “{found.group().strip()}”. Save it again as a plain picture."
    return (error("active-picture", message, Span(path, line, 1, line, 1)),)
