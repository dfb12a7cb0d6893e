"""Which addresses may be linked: http, https, mailto, and paths in the site. One list, for Markdown, for fields and for pages.

An address is judged as a browser reads it (https://url.spec.whatwg.org/#url-parsing): tabs and ends of lines in it are nothing,
and neither are spaces and control characters before it; a backslash is a slash, and two slashes lead to another host.
"""

from __future__ import annotations

import re

_DROPPED = re.compile(r"^[\x00-\x20]+|[\t\n\r]")
_ELSEWHERE = re.compile(r"https?://|mailto:", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]{2}|\\", re.IGNORECASE)


def safe_address(url: str) -> bool:
    """Whether an address may be linked."""
    read = _DROPPED.sub("", url)
    return bool(_ELSEWHERE.match(read)) or not _SCHEME.match(read)


def is_elsewhere(url: str) -> bool:
    """Whether an address is a whole one that may be linked, and no path in the site."""
    return bool(_ELSEWHERE.match(url))
