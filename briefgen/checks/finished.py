"""Rule 10 over the finished site.

Nothing outside the site is looked at: http, https and mailto are left alone. Every internal link, `src` and `#anchor` leads
somewhere; no id stands twice in a page; no two files claim one address, also on a file system that ignores case. Absolute
paths are for 404.html alone: elsewhere they would fail from file:// and under a sub-path.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from briefgen.diagnostic import Diagnostic, Note, error
from briefgen.outputs import Content, Outputs
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
    """What matters of a page: its ids with their first lines, ids that came again, and where it links (with first lines).

    `named` are the last parts of the paths it links to, so that pages which cannot lead to a file are told in one step.
    """

    ids: dict[str, int] = field(default_factory=dict)
    again: list[Target] = field(default_factory=list)
    links: dict[str, int] = field(default_factory=dict)
    named: frozenset[str] = frozenset()


class Outlines:
    """What the last run knew: every file, the outline of every page, what was found in it, and which collisions there were."""

    def __init__(self) -> None:
        self.files: Mapping[str, Content] = {}
        self.pages: dict[str, Outline] = {}
        self.found: dict[str, tuple[Diagnostic, ...]] = {}
        self.collisions: tuple[Diagnostic, ...] = ()


def check_finished(
    pages: Mapping[str, bytes],
    copied: Mapping[str, bytes] | None = None,
    kept: Outlines | None = None,
    outline_of: Callable[[str], Outline | None] = lambda url: None,
) -> Iterator[Diagnostic]:
    """All findings over the files of a site: pages that were made and files that are copied, bytes by path.

    `outline_of` gives the outlines of pages that have been read already. `kept` is what the last run knew; it is brought up to
    date. A page is looked at again if its bytes are others, if something was found in it, or if it links to what is gone. That
    something came mends only pages in which something was found.
    """
    copied = copied or {}
    for url in sorted(pages.keys() & copied.keys()):
        message = f"“{url}” is a page that briefgen makes. Give the file in content/static/ another name."
        yield error("url-collision", message, whole_file(f"content/static/{url}"))
    files = {**Outputs.of(pages).contents, **Outputs.of(copied).contents}
    yield from _checked(files, kept or Outlines(), lambda url: None if url in copied else outline_of(url))


def _checked(files: Mapping[str, Content], kept: Outlines, outline_of: Callable[[str], Outline | None]) -> Iterator[Diagnostic]:
    before, held = kept.files, kept.pages
    changed = [url for url, content in files.items() if before.get(url) != content]
    outlines = {url: held[url] for url in files if url in held}
    new = (url for url in changed if url.endswith(".html"))
    outlines |= {url: outline_of(url) or outline(files[url].read().decode("utf-8", "replace")) for url in new}
    again = {url for url in changed if url in outlines} | {url for url, found in kept.found.items() if found and url in outlines}
    again |= _linking(outlines, _gone(kept, files, outlines, changed)) - again
    found = {url: kept.found[url] for url in outlines if url not in again}
    found |= {url: tuple(_faults(url, outlines[url], files, outlines)) for url in again}
    if before.keys() != files.keys():
        kept.collisions = tuple(_collisions(files))
    kept.files, kept.pages, kept.found = files, outlines, found
    yield from kept.collisions
    yield from (finding for url in outlines for finding in found[url])


class Gone(NamedTuple):
    """What links may have led to and is no more: files, and anchors of pages that are still there."""

    files: frozenset[str]
    anchors: frozenset[tuple[str, str]]


def _gone(kept: Outlines, files: Mapping[str, Content], outlines: Mapping[str, Outline], changed: Iterable[str]) -> Gone:
    pairs = ((url, kept.pages[url].ids.keys() - outlines[url].ids.keys()) for url in changed if url in kept.pages)
    return Gone(frozenset(kept.files.keys() - files.keys()), frozenset((url, one) for url, ids in pairs for one in ids))


def _linking(outlines: Mapping[str, Outline], gone: Gone) -> set[str]:
    """The pages that link to something that is gone. The 404 page finds its targets in a way of its own, so it is always one."""
    named = {_last(url) for url in (*gone.files, *(url for url, _ in gone.anchors))}
    if not named:
        return set()
    places: dict[tuple[str, str], tuple[str, str]] = {}
    near = ((url, page) for url, page in outlines.items() if not named.isdisjoint(page.named))
    return {url for url, page in near if _leads(url, page, gone, places)} | ({_NOT_FOUND} & outlines.keys())


def _last(path: str) -> str:
    """The last part of a path; a folder means its index.html."""
    return path.rpartition("/")[2] or "index.html"


def _leads(url: str, page: Outline, gone: Gone, places: dict[tuple[str, str], tuple[str, str]]) -> bool:
    """Whether a page links there; `places` remembers what an address means in a folder (or, for a bare anchor, in a page)."""
    folder = url.rpartition("/")[0]
    for link in page.links:
        known = (url if link.startswith("#") else folder, link)
        place = places.get(known)
        if place is None:
            address = urlsplit(link)
            path = unquote(address.path)
            outside = address.scheme or address.netloc
            file = "" if outside else _resolve(url, path) if path else url
            place = places[known] = (file, unquote(address.fragment))
        if place[0] in gone.files or place in gone.anchors:
            return True
    return False


# ---------------------------------------------------------------- one page

# A comment; a script or style with its text, which is no markup; or a tag with its attributes.
_INSIDE = r"(\s(?>[^>\"']+|\"[^\"]*\"|'[^']*')*+)"
_TAG = re.compile(
    rf"<!--.*?(?:-->|\Z)|<(script|style)\b{_INSIDE}?>.*?(?:</\1\s*>|\Z)|<([a-z][a-z0-9-]*){_INSIDE}>", re.IGNORECASE | re.DOTALL
)
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_READ = frozenset(("id", "href", "src", "content", "http-equiv"))


def outline(text: str) -> Outline:
    """Read one page: five times as fast as the standard library's parser, which builds what nobody asks for here."""
    found = Outline()
    line, at = 1, 0
    for tag in _TAG.finditer(text):
        attributes = tag[2] or tag[4]
        if attributes and "=" in attributes:
            line, at = line + text.count("\n", at, tag.start()), tag.start()
            _take(found, (tag[1] or tag[3]).lower(), attributes, line)
    # What leads to a place in the page itself (an empty path) changes with the page.
    found.named = frozenset(_last(unquote(path)) for link in found.links if (path := link.partition("#")[0].partition("?")[0]))
    return found


def _take(found: Outline, tag: str, attributes: str, line: int) -> None:
    given = _ATTRIBUTE.findall(attributes)
    values = [(name.lower(), unescape(a or b or c)) for name, a, b, c in given if name.lower() in _READ]
    for name, value in values:
        if name == "id":
            _take_id(found, value, line)
        elif (tag, name) in _LINKS:
            found.links.setdefault(value, line)
        elif tag == "meta" and name == "content" and _REFRESH in value and ("http-equiv", "refresh") in values:
            found.links.setdefault(value.partition(_REFRESH)[2], line)


def _take_id(found: Outline, value: str, line: int) -> None:
    if value in found.ids:
        found.again.append(Target(value, line))
    else:
        found.ids[value] = line


def _faults(url: str, page: Outline, files: Mapping[str, Content], outlines: Mapping[str, Outline]) -> Iterator[Diagnostic]:
    yield from _duplicates(url, page)
    for address, line in page.links.items():
        finding = _broken(url, Target(address, line), files, outlines)
        if finding:
            yield finding


# ---------------------------------------------------------------- the whole


def _collisions(outputs: Mapping[str, Content]) -> Iterator[Diagnostic]:
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


def _broken(url: str, link: Target, outputs: Mapping[str, Content], outlines: Mapping[str, Outline]) -> Diagnostic | None:
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


def _from_root(path: str, outputs: Mapping[str, Content]) -> str:
    """The file an absolute path leads to, whatever sub-path the site stands under; "" for none."""
    tails = path.split("/")[1:]
    found = ("/".join(tails[n:]) for n in range(len(tails)))
    return next((name for tail in found if (name := _index(tail)) in outputs), "")


def _index(path: str) -> str:
    """A folder means its index.html."""
    return f"{path}index.html" if not path or path.endswith("/") else path


def _at(url: str, line: int) -> Span:
    return Span(f"site/{url}", line, 1, line, 1)
