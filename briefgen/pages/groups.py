"""All pages of a site, in groups that may say which of them are others than in the last build."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from briefgen.binding import APART
from briefgen.frozen import dataclass
from briefgen.pages.site import Page
from briefgen.pieces import Pieces
from briefgen.tables import changes

Group = Mapping[Any, tuple[Page, ...]]


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a site in their order, table by table; those that are never printed among them (see `printable`)."""

    groups: tuple[Group, ...]

    def __iter__(self) -> Iterator[Page]:
        return (page for group in self.groups for pages in group.values() for page in printable(pages))


def printable(pages: tuple[Page, ...]) -> list[Page]:
    """Those that become files: by a template, or laid together of pieces. A part of a file becomes none by itself."""
    return [page for page in pages if (page.template and APART not in page.url) or isinstance(page.view, Pieces)]


def same_addresses(before: tuple[Group, ...], after: tuple[Group, ...]) -> bool:
    """Whether there are the same pages, by address and template, in the same order."""
    return len(before) == len(after) and all(map(_same, before, after))


def _same(before: Group, after: Group) -> bool:
    return list(before) == list(after) and all(_named(before[part]) == _named(after[part]) for part in changes(before, after))


def _named(pages: tuple[Page, ...]) -> list[tuple[str, str]]:
    return [(page.url, page.template) for page in printable(pages)]
