"""Rule 10 over the finished site.

Nothing outside the site is looked at: http, https and mailto are left alone. Each page is read once, by the standard
library's HTML parser. Every internal link, `src` and `#anchor` leads somewhere; no id stands twice in a page; no two files
claim one address, also on a file system that ignores case. Absolute paths are for 404.html alone: elsewhere they would
fail from file:// and under a sub-path.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from briefgen.diagnostic import Diagnostic, Note, error
from briefgen.source import Span, whole_file

_LINKS = {("a", "href"), ("link", "href"), ("area", "href"), ("img", "src"), ("script", "src"), ("source", "src")}
_REFRESH = "url="
_NOT_FOUND = "404.html"


class Target(NamedTuple):
    """An address as written, and the line it stands on."""

    address: str
    line: int


@dataclass(slots=True)
class Outline:
    """What matters of a page: its ids with their first lines, ids that came again, and where it links."""

    ids: dict[str, int] = field(default_factory=dict)
    again: list[Target] = field(default_factory=list)
    links: list[Target] = field(default_factory=list)


Outlines = dict[bytes, Outline]


def check_finished(
    pages: Mapping[str, bytes], copied: Mapping[str, bytes] | None = None, kept: Outlines | None = None
) -> Iterator[Diagnostic]:
    """All findings over the files of a site: pages that were made and files that are copied, bytes by path.

    `kept` are the outlines of the last run by SHA-256 of their pages; it is brought up to date. Reading a page again costs
    more than all the rest of this rule.
    """
    copied = copied or {}
    for url in sorted(pages.keys() & copied.keys()):
        message = f"“{url}” is a page that briefgen makes. Give the file in content/static/ another name."
        yield error("url-collision", message, whole_file(f"content/static/{url}"))
    outputs = {**pages, **copied}
    outlines = _outlines(outputs, {} if kept is None else kept)
    yield from _collisions(outputs)
    for url, page in outlines.items():
        yield from _duplicates(url, page)
        for link in page.links:
            finding = _broken(url, link, outputs, outlines)
            if finding:
                yield finding


def _outlines(outputs: Mapping[str, bytes], kept: Outlines) -> dict[str, Outline]:
    digests = {url: hashlib.sha256(data).digest() for url, data in outputs.items() if url.endswith(".html")}
    found = {d: kept.get(d) or outline(outputs[url].decode("utf-8", "replace")) for url, d in digests.items()}
    kept.clear()
    kept.update(found)
    return {url: found[d] for url, d in digests.items()}


def outline(text: str) -> Outline:
    """Read one page."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Outline()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        for name, value in attrs:
            if value is None:
                continue
            if name == "id":
                self._id(value, line)
            elif (tag, name) in _LINKS:
                self.found.links.append(Target(value, line))
            elif tag == "meta" and name == "content" and _REFRESH in value and ("http-equiv", "refresh") in attrs:
                self.found.links.append(Target(value.partition(_REFRESH)[2], line))

    def _id(self, value: str, line: int) -> None:
        if value in self.found.ids:
            self.found.again.append(Target(value, line))
        else:
            self.found.ids[value] = line


def _collisions(outputs: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    """Files that differ in case only, and files where a folder of the same name is needed."""
    first: dict[str, str] = {}
    for url in sorted(outputs):
        other = first.setdefault(url.casefold(), url)
        if other != url:
            message = f"“{url}” and “{other}” differ only in upper and lower case: on many computers they are one file."
            yield error("url-collision", message, whole_file(f"site/{url}"))
    folders = {"/".join(parts[:n]) for url in first for parts in [url.split("/")] for n in range(1, len(parts))}
    for name in sorted(folders & first.keys()):
        message = f"“{first[name]}” is a file, and other files need a folder of that name."
        yield error("url-collision", message, whole_file(f"site/{first[name]}"))


def _duplicates(url: str, page: Outline) -> Iterator[Diagnostic]:
    for target in page.again:
        first = Note("It stands here first.", _at(url, page.ids[target.address]))
        yield error("duplicate-anchor", f"The id “{target.address}” stands twice in this page.", _at(url, target.line), first)


def _broken(url: str, link: Target, outputs: Mapping[str, bytes], outlines: Mapping[str, Outline]) -> Diagnostic | None:
    address = urlsplit(link.address)
    if address.scheme or address.netloc:
        return None
    path = unquote(address.path)
    target = url if not path else _from_root(path, outputs) if path.startswith("/") and url == _NOT_FOUND else _resolve(url, path)
    if target not in outputs:
        return error("broken-link", f"The link “{link.address}” leads to no page or file of the site.", _at(url, link.line))
    anchor = unquote(address.fragment)
    if anchor and target in outlines and anchor not in outlines[target].ids:
        message = f"The link “{link.address}” leads to a place that “{target}” does not have."
        return error("broken-anchor", message, _at(url, link.line))
    return None


def _resolve(url: str, path: str) -> str:
    """The file a relative path leads to from a page; "" where it leaves the site."""
    here = url.split("/")[:-1]
    for part in path.split("/"):
        if part == ".." and not here:
            return ""
        if part == "..":
            here.pop()
        elif part != ".":
            here.append(part)
    return _index("/".join(here))


def _from_root(path: str, outputs: Mapping[str, bytes]) -> str:
    """The file an absolute path leads to, whatever sub-path the site stands under; "" for none."""
    tails = path.split("/")[1:]
    found = ("/".join(tails[n:]) for n in range(len(tails)))
    return next((name for tail in found if (name := _index(tail)) in outputs), "")


def _index(path: str) -> str:
    """A folder means its index.html."""
    return f"{path}index.html" if not path or path.endswith("/") else path


def _at(url: str, line: int) -> Span:
    return Span(f"site/{url}", line, 1, line, 1)
