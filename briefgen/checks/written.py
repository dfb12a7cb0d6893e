"""Where an editor wrote a link: a link that leads nowhere is found on finished pages, and mended on a line of content/.

Links of the editors' own pages (content/index.md, content/pages/) are found; those in notes and articles are told by their page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from briefgen.source import Span
from briefgen.urls import editors_url

_LINK = re.compile(r"\]\(\s*<?([^\s)>]+)")
_LINE_END = re.compile(r"\r\n|\r|\n")
_INDEX, _PAGES, _ENDING = "content/index.md", "content/pages/", ".md"


def links_of(content: Mapping[str, bytes]) -> Iterator[tuple[str, str, Span]]:
    """The URL of an editors' page, a link in it as it is written, and where."""
    for path, data in content.items():
        if path == _INDEX or (path.startswith(_PAGES) and path.endswith(_ENDING)):
            url = editors_url("index" if path == _INDEX else path[len(_PAGES) : -len(_ENDING)])
            for number, line in enumerate(_LINE_END.split(data.decode("utf-8-sig", "replace")), 1):
                for link in _LINK.finditer(line):
                    yield url, link[1], Span(path, number, link.start(1) + 1, number, link.end(1) + 1)
