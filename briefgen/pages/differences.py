"""Where the sources differ (differences.html), and a page for each comparison (comparisons/ID.html)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from briefgen import urls
from briefgen.model import Record
from briefgen.pages import wording
from briefgen.pages.around import comparison_view
from briefgen.pages.facts import field_view
from briefgen.pages.frame import frame
from briefgen.pages.heads import head
from briefgen.pages.html import EMPTY
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site, disputes
from briefgen.pages.views import (
    ComparisonView,
    FieldView,
    Frame,
    Head,
    Link,
    Source,
)


@dataclass(frozen=True, slots=True)
class ComparisonGroup:
    """The comparisons of one kind; `heading` in words ("Translation"), `id` for its anchor."""

    id: str
    heading: str
    comparisons: tuple[ComparisonView, ...]


@dataclass(frozen=True, slots=True)
class Disputed:
    """A field in which the sources differ, of the record it belongs to."""

    record: Link
    field: FieldView


@dataclass(frozen=True, slots=True)
class DifferencesView:
    """Template differences.html: first the disputed fields, then the comparisons by kind."""

    site: Frame
    disputed: tuple[Disputed, ...]
    groups: tuple[ComparisonGroup, ...]
    total: int
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """Template comparison.html: one comparison on a page of its own."""

    site: Frame
    head: Head
    comparison: ComparisonView
    sources: tuple[Source, ...]


def difference_pages(site: Site) -> Iterator[Page]:
    """The page of all differences, if there are any, and a page for each comparison."""
    comparisons = site.of_kind("comparison")
    if urls.DIFFERENCES in site.sections:
        yield _index(Sheet(site, urls.DIFFERENCES), comparisons)
    for record in comparisons:
        sheet = Sheet(site, site.url(record.id), record.id)
        yield Page(sheet.url, "comparison.html", _page(sheet, record))


def _index(sheet: Sheet, comparisons: tuple[Record, ...]) -> Page:
    disputed = tuple(_disputed(sheet))
    order = tuple(wording.COMPARISONS)
    kinds = sorted({r.text("kind") for r in comparisons}, key=lambda k: (order.index(k) if k in order else len(order), k))
    groups = tuple(_group(sheet, kind, (r for r in comparisons if r.text("kind") == kind)) for kind in kinds)
    view = DifferencesView(
        site=frame(sheet, "Where the sources differ", about="Passages set side by side; no source is preferred."),
        disputed=disputed,
        groups=groups,
        total=len(comparisons),
        sources=sheet.sources(),
    )
    return Page(sheet.url, "differences.html", view)


def _disputed(sheet: Sheet) -> Iterator[Disputed]:
    for record in sorted(sheet.site.records.values(), key=lambda r: r.sort_key):
        for name in disputes(record):
            view = field_view(sheet, record, name)
            if view:
                yield Disputed(sheet.link(record.id), view)


def _group(sheet: Sheet, kind: str, comparisons: Iterable[Record]) -> ComparisonGroup:
    heading = wording.COMPARISONS.get(kind) or (wording.heading(kind) if kind else "Other differences")
    return ComparisonGroup(f"kind-{kind or 'other'}", heading, tuple(comparison_view(sheet, r) for r in comparisons))


def _page(sheet: Sheet, record: Record) -> ComparisonPage:
    comparison = comparison_view(sheet, record)
    return ComparisonPage(
        site=frame(sheet, record.name, about="Passages set side by side; no source is preferred.", section=urls.DIFFERENCES),
        head=replace(head(sheet, record), note=EMPTY),  # it stands with the passages
        comparison=comparison,
        sources=sheet.sources(),
    )
