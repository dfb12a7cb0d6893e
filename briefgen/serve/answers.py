"""An address in, an answer out: what production would serve, and the two tags of the preview.

An address leads to a key of the outputs or to nothing: no path is ever joined, so none can lead out. The outputs
themselves are never changed. A page's policy for its content (a meta tag) is loosened by exactly what the preview needs:
connections to this server, for the news of a build.
"""

from __future__ import annotations

import hashlib
import html
import json
import mimetypes
import posixpath
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote

from briefgen import urls
from briefgen.serve.state import State

OWN = "/__briefgen__/"  # what belongs to the preview itself; no site has a folder of that name

# By hand, because the tables of operating systems differ, and with nosniff a wrong type is a dead file.
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".ico": "image/x-icon",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
# 'self' means ws: too, but not in every browser yet. Where a page names connect-src itself, the first one counts: ours.
LOOSENED = "connect-src 'self' ws:; "
_POLICY = b'<meta http-equiv="Content-Security-Policy" content="'
_REMEMBERED = 64  # pages and files, bytes and all: enough for what the open tabs show, and a page may have megabytes
_LINKED = re.compile(r"""\b(?:href|src)=["']([^"'#?:]+)["']""")

_NOTHING_YET = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>The briefing cannot be shown yet</title>
</head>
<body>
<h1>The briefing cannot be shown yet</h1>
<p>There are errors in it. They are listed below, and the page appears by itself once they are mended.</p>
</body>
</html>
"""


class Answer(NamedTuple):
    """What is sent: a status, a media type, the bytes, and for redirects where to."""

    status: int
    media: str
    body: bytes
    location: str = ""


class Found(NamedTuple):
    """The page at an address: its path in the outputs (or the one asked for), and whether there is none."""

    path: str
    missing: bool


def answer(state: State, address: str) -> Answer:
    """The answer to a request for `address`, a decoded path that begins with a slash."""
    if address != state.base and address in ("/", state.base.rstrip("/")):
        return Answer(307, "text/plain", b"", quote(state.base))
    found = find(state, address)
    if not state.outputs:
        return Answer(503, _TYPES[".html"], _injected(state, found, _NOTHING_YET.encode()))
    if found.missing:
        return Answer(404, _TYPES[".html"], _injected(state, found, shown(state, found.path)))
    body = state.outputs[found.path]
    media = media_type(found.path)
    return Answer(200, media, _injected(state, found, body) if media == _TYPES[".html"] else body)


def find(state: State, address: str) -> Found:
    """Where an address leads: as it is, the index of a folder, or without its .html, which GitHub Pages allows."""
    if not address.startswith(state.base):
        return Found(address, missing=True)  # with its slash, so that it is no key
    path = address.removeprefix(state.base)
    wanted = f"{path}{urls.HOME}" if not path or path.endswith("/") else path
    for candidate in (wanted, f"{wanted}.html"):
        if candidate in state.outputs:
            return Found(candidate, missing=False)
    return Found(wanted, missing=True)


def shown(state: State, path: str) -> bytes:
    """The bytes a tab at `path` shows: the page, or 404.html."""
    return state.outputs.get(path) or state.outputs.get(urls.NOT_FOUND, b"")


def media_type(path: str) -> str:
    """The media type of a file by its ending."""
    ending = posixpath.splitext(path)[1].lower()
    return _TYPES.get(ending) or mimetypes.guess_type(path)[0] or "application/octet-stream"


@lru_cache(maxsize=_REMEMBERED)
def digest(data: bytes) -> str:
    """A short name for bytes: the same name, the same bytes."""
    return hashlib.sha256(data).hexdigest()[:16]


def links(outputs: Mapping[str, bytes], path: str) -> dict[str, str]:
    """The stylesheets, scripts and images that a page shows, with their digests."""
    data = outputs.get(path) or outputs.get(urls.NOT_FOUND, b"")
    return {one: digest(outputs[one]) for one in _linked(path, data) if one in outputs}


@lru_cache(maxsize=_REMEMBERED)
def _linked(path: str, data: bytes) -> tuple[str, ...]:
    targets = dict.fromkeys(_LINKED.findall(data.decode("utf-8", "replace")))
    folder = posixpath.dirname(path)
    joined = (posixpath.normpath(posixpath.join(folder, unquote(html.unescape(t)))) for t in targets if not t.startswith("/"))
    return tuple(one for one in joined if not one.endswith(".html"))


def _injected(state: State, found: Found, page: bytes) -> bytes:
    """A page with the preview's stylesheet and script before its </body>, and a policy that lets them work."""
    facts = {
        "page": found.path,
        "missing": found.missing,
        "digest": digest(shown(state, found.path)),
        "links": links(state.outputs, found.path),
        "base": state.base,
    }
    value = html.escape(json.dumps(facts, ensure_ascii=False))
    tags = (
        f'<link rel="stylesheet" href="{OWN}preview.css" data-briefgen>'
        f'<script src="{OWN}preview.js" data-briefgen="{value}"></script>'
    ).encode()
    page = page.replace(_POLICY, _POLICY + LOOSENED.encode(), 1)
    at = page.rfind(b"</body>")
    return page[:at] + tags + page[at:] if at >= 0 else page + tags
