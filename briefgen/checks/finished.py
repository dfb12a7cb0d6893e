"""Rule 10 over the finished site.

Nothing outside the site is looked at: http, https and mailto are left alone. Every internal link, `src` and `#anchor` leads
somewhere; no id stands twice in a page; no two files claim one address, also on a file system that ignores case. Absolute
paths are for 404.html alone: elsewhere they would fail from file:// and under a sub-path.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from briefgen.checks.outlines import DOTS, Lines, Outline, last_part, outline
from briefgen.checks.written import links_of
from briefgen.diagnostic import Diagnostic, Note, error
from briefgen.outputs import Content, Outputs
from briefgen.patched import Overlaid, overlaid
from briefgen.source import Span, whole_file
from briefgen.tables import changes

_NOT_FOUND = "404.html"
_OUTSIDE = "/"
_HERE = ("", "#", "?")  # addresses that begin so are about the page they stand in
_PLAIN = re.compile(r"(?!//)[\w./-]*(?:#[\w.-]*)?")  # an address in which nothing is escaped, and no host


class Outlines:
    """What the last run knew: every file, the outline of every page, what was found in some of them, and all collisions."""

    def __init__(self) -> None:
        self.laid: Overlaid[str, Content] | None = None
        self.pages: dict[str, Outline] = {}
        self.found: dict[str, tuple[Diagnostic, ...]] = {}
        self.collisions: tuple[Diagnostic, ...] = ()

    @property
    def files(self) -> Mapping[str, Content]:
        """Every file."""
        return self.laid.table if self.laid else {}


def check_finished(
    pages: Mapping[str, bytes],
    copied: Mapping[str, bytes] | None = None,
    kept: Outlines | None = None,
    outline_of: Callable[[str], Outline | None] = lambda url: None,
    content: Mapping[str, bytes] | None = None,
) -> Iterator[Diagnostic]:
    """All findings over the files of a site: pages that were made and files that are copied, bytes by path.

    `content` are the files of editors, so that a link of theirs is told where they wrote it.
    `outline_of` gives the outlines of pages that have been read already. `kept` is what the last run knew; it is brought up to
    date. A page is looked at again if its bytes are others, if something was found in it, or if it links to what is gone. That
    something came mends only pages in which something was found.
    """
    copied, kept = copied or {}, kept or Outlines()
    made, given = Outputs.of(pages).contents, Outputs.of(copied).contents
    for url in sorted(given.keys() & made.keys()):
        message = f"“{url}” is a page that briefgen makes. Give the file in content/static/ another name."
        yield error("url-collision", message, whole_file(f"content/static/{url}"))
    files = overlaid(kept.laid, made, given)
    written = cache(lambda: _written(content or {}))
    found = _checked(files, kept, lambda url: None if url in copied else outline_of(url), written)
    yield from dict.fromkeys(found)  # a link of an editor's stands in print.html too


# What a link leads to, file and anchor -> where an editor wrote one that leads there, and how.
Written = Mapping[tuple[str, str], tuple[Span, str]]


def _written(content: Mapping[str, bytes]) -> Written:
    placed = ((_target(url, link), (span, link)) for url, link, span in links_of(content))
    return {target: written for target, written in reversed(list(placed)) if target}


def _checked(
    laid: Overlaid[str, Content], kept: Outlines, outline_of: Callable[[str], Outline | None], written: Callable[[], Written]
) -> Iterator[Diagnostic]:
    files, before, held = laid.table, kept.files, kept.pages
    changed = [url for url in changes(before, files) if before.get(url) != files.get(url)]
    fresh = {url: outline_of(url) or _read(files[url]) for url in changed if url.endswith(".html") and url in files}
    lost = [url for url in changed if url not in files]
    outlines = {**held, **fresh}
    for url in lost:
        outlines.pop(url, None)
    again = fresh.keys() | (kept.found.keys() & outlines.keys())
    again |= _linking(outlines, _gone(held, fresh, lost)) - again
    good: dict[str, set[str]] = {}
    judged = {url: tuple(_faults(url, files, outlines, good, written)) for url in again}
    if lost or any(url not in before for url in changed):
        kept.collisions = tuple(_collisions(files))
    # All in which anything was found have been looked at again.
    kept.laid, kept.pages, kept.found = laid, outlines, {url: found for url, found in judged.items() if found}
    yield from kept.collisions
    yield from (finding for url in sorted(kept.found) for finding in kept.found[url])


def _read(content: Content) -> Outline:
    return outline(content.read().decode("utf-8", "replace"))


class Gone(NamedTuple):
    """What links may have led to and is no more: files, and anchors of pages that are still there."""

    files: frozenset[str]
    anchors: frozenset[tuple[str, str]]


def _gone(held: Mapping[str, Outline], fresh: Mapping[str, Outline], lost: Iterable[str]) -> Gone:
    pairs = ((url, {*held[url].ids}.difference(page.ids)) for url, page in fresh.items() if url in held)
    return Gone(frozenset(lost), frozenset((url, one) for url, ids in pairs for one in ids))


def _linking(outlines: Mapping[str, Outline], gone: Gone) -> set[str]:
    """The pages that link to something that is gone. The 404 page finds its targets in a way of its own, so it is always one."""
    named = {last_part(url) for url in (*gone.files, *(url for url, _ in gone.anchors))}
    if not named:
        return set()
    near = ((url, page) for url, page in outlines.items() if page.named.hold_any(named))
    return {url for url, page in near if _leads(url, page, gone)} | ({_NOT_FOUND} & outlines.keys())


def _folder(url: str) -> str:
    return url.rpartition("/")[0]


def _leads(url: str, page: Outline, gone: Gone) -> bool:
    """Whether a page links there."""
    folder = _folder(url)
    for link in page.links:
        place = _place(folder, link)
        if place and (place[0] in gone.files or (place[0] or url, place[1]) in gone.anchors):
            return True
    return False


def _faults(
    url: str,
    files: Mapping[str, Content],
    outlines: Mapping[str, Outline],
    good: dict[str, set[str]],
    written: Callable[[], Written],
) -> Iterator[Diagnostic]:
    """What is wrong in a page. `good` are the addresses found to be right, by folder: most stand in the pages beside it too."""
    page, folder, lines = outlines[url], _folder(url), Lines(files[url])
    right = good.setdefault(url if url == _NOT_FOUND else folder, set())
    yield from (finding for one in page.again for finding in _duplicates(url, one, lines))
    for link in page.links:
        if link not in right:
            wrong = _broken(url, link, files, outlines)
            if wrong:
                span, own = written().get(_target(url, link) or ("", ""), (None, link))
                yield error(wrong.code, f"The link “{own}” {wrong.says}", span or _at(url, lines.of[False, link][0]))
            elif link[:1] not in _HERE:
                right.add(link)


# ---------------------------------------------------------------- the whole


def _one_form(url: str) -> str:
    return url.casefold() if url.isascii() else unicodedata.normalize("NFC", url.casefold())


def _collisions(outputs: Mapping[str, Content]) -> Iterator[Diagnostic]:
    """Files that differ in case only, or in how a letter is put together; and files where a folder of the same name is needed."""
    first: dict[str, str] = {}
    for url in sorted(outputs):
        other = first.setdefault(_one_form(url), url)
        if other != url:
            case = other.casefold() == url.casefold()
            what = "in upper and lower case" if case else "in how their letters are put together"
            message = f"“{url}” and “{other}” differ only {what}: on many computers they are one file."
            yield error("url-collision", message, whole_file(f"site/{url}"))
    folders = {"/".join(parts[:n]) for url in first for parts in [url.split("/")] for n in range(1, len(parts))}
    for name in sorted(folders & first.keys()):
        message = f"“{first[name]}” is a file, and other files need a folder of that name."
        yield error("url-collision", message, whole_file(f"site/{first[name]}"))


def _duplicates(url: str, name: str, lines: Lines) -> Iterator[Diagnostic]:
    first, *again = lines.of[True, name]
    for line in again:
        note = Note("It stands here first.", _at(url, first))
        yield error("duplicate-anchor", f"The id “{name}” stands twice in this page.", _at(url, line), note)


class Wrong(NamedTuple):
    """A fault of a link, of which the line is not known yet: lines are looked for only where something is wrong."""

    code: str
    says: str


def _target(url: str, link: str) -> tuple[str, str] | None:
    """The file and the anchor that a link on a page means; None for one to elsewhere. One that leaves the site is like no other."""
    place = _place(_folder(url), link)
    if place and place[0] == _OUTSIDE:
        return f"{_OUTSIDE}{link}", ""
    return (place[0] or url, place[1]) if place else None


def _broken(url: str, link: str, outputs: Mapping[str, Content], outlines: Mapping[str, Outline]) -> Wrong | None:
    """What is wrong with a link."""
    place = _place(_folder(url), link)
    if place is None:
        return None
    target, anchor = place[0] or url, place[1]
    if url == _NOT_FOUND and link.startswith("/"):
        target = _from_root(unquote(urlsplit(link).path), outputs)
    if target not in outputs:
        return Wrong("broken-link", "leads to no page or file of the site.")
    if anchor and target in outlines and anchor not in outlines[target].ids:
        return Wrong("broken-anchor", f"leads to a place that “{target}” does not have.")
    return None


@lru_cache(maxsize=1 << 12)  # most links of a page stand in the pages beside it too
def _place(folder: str, link: str) -> tuple[str, str] | None:
    """The file and the anchor that an address means in a folder: "" for the page it stands in; None for one outside the site."""
    if _PLAIN.fullmatch(link):
        path, _, anchor = link.partition("#")
        return (_resolve(folder, path) if path else ""), anchor
    try:
        address = urlsplit(link)
    except ValueError:  # a host with half a bracket
        return _OUTSIDE, ""
    if address.scheme or address.netloc:
        return None
    path = unquote(address.path)
    return (_resolve(folder, path) if path else ""), unquote(address.fragment)


def _resolve(folder: str, path: str) -> str:
    """The file a relative path leads to from a folder; no file's name where it leaves the site."""
    here = folder.split("/") if folder else []
    parts = path.split("/")
    for part in parts:
        if part == ".." and not here:
            return _OUTSIDE
        if part == "..":
            here.pop()
        elif part != ".":
            here.append(part)
    # Dots at the end mean a folder, as if a slash stood behind them (https://url.spec.whatwg.org/#path-state).
    return _index("/".join((*here, "") if parts[-1] in DOTS else here))


def _from_root(path: str, outputs: Mapping[str, Content]) -> str:
    """The file an absolute path leads to, whatever sub-path the site stands under; "" for none."""
    tails = _resolve("", path[1:]).split("/")
    found = ("/".join(tails[n:]) for n in range(len(tails)))
    return next((name for tail in found if (name := _index(tail)) in outputs), "")


def _index(path: str) -> str:
    """A folder means its index.html."""
    return f"{path}index.html" if not path or path.endswith("/") else path


def _at(url: str, line: int) -> Span:
    return Span(f"site/{url}", line, 1, line, 1)
