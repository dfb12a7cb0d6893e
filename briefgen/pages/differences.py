"""Where the sources differ (differences.html), and a page for each comparison (comparisons/ID.html)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from briefgen import urls
from briefgen.model import Record
from briefgen.pages import wording
from briefgen.pages.around import comparison_view
from briefgen.pages.facts import field_view
from briefgen.pages.frame import frame
from briefgen.pages.heads import head
from briefgen.pages.html import EMPTY
from briefgen.pages.kinds import each_of
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site
from briefgen.pages.views import (
    ComparisonView,
    FieldView,
    Frame,
    Head,
    Link,
    Source,
)


class ComparisonGroup(NamedTuple):
    """The comparisons of one kind; `heading` in words ("Translation"), `id` for its anchor."""

    id: str
    heading: str
    comparisons: tuple[ComparisonView, ...]


class Disputed(NamedTuple):
    """A field in which the sources differ, of the record it belongs to."""

    record: Link
    field: FieldView


class DifferencesView(NamedTuple):
    """Template differences.html: first the disputed fields, then the comparisons by kind."""

    site: Frame
    disputed: tuple[Disputed, ...]
    groups: tuple[ComparisonGroup, ...]
    total: int
    sources: tuple[Source, ...]


class ComparisonPage(NamedTuple):
    """Template comparison.html: one comparison on a page of its own."""

    site: Frame
    head: Head
    comparison: ComparisonView
    sources: tuple[Source, ...]


# In the order a reader needs them: what is disputed first, the state of the texts last.
_ORDER = (
    "conflict",
    "framing",
    "naming",
    "translation",
    "attribution",
    "omission",
    "ambiguity",
    "between-meetings",
    "undated",
    "internal",
    "arithmetic",
    "independence",
    "artefact",
)


def differences(site: Site) -> Iterator[Page]:
    """The page of all differences, if there are any."""
    if urls.DIFFERENCES in site.sections:
        sheet = Sheet(site, urls.DIFFERENCES)
        yield Page(sheet.url, "differences.html", difference_index(sheet, site.of_kind("comparison")))


@each_of("comparison")
def comparison_pages(site: Site, comparison: str) -> Page:
    """A page for each comparison."""
    sheet = Sheet(site, site.url(comparison), comparison)
    return Page(sheet.url, "comparison.html", comparison_page(sheet, site.records[comparison]))


def difference_index(sheet: Sheet, comparisons: tuple[Record, ...]) -> DifferencesView:
    """The disputed facts and these comparisons by kind, on a sheet of any document."""
    disputed = tuple(_disputed(sheet))
    kinds = sorted({r.text("kind") for r in comparisons}, key=kind_order)
    groups = tuple(_group(sheet, kind, (r for r in comparisons if r.text("kind") == kind)) for kind in kinds)
    return DifferencesView(
        site=frame(sheet, sheet.site.say("title-differences"), about=sheet.site.say("about-differences")),
        disputed=disputed,
        groups=groups,
        total=len(comparisons),
        sources=sheet.sources(),
    )


def kind_order(kind: str) -> tuple[int, str]:
    """The order in which kinds of comparisons are shown: as listed above, then the others by name."""
    return (_ORDER.index(kind) if kind in _ORDER else len(_ORDER), kind)


def _disputed(sheet: Sheet) -> Iterator[Disputed]:
    site = sheet.site
    for record in sorted((site.records[one] for one in site.disputed), key=lambda r: r.sort_key):
        for name in site.disputed[record.id]:
            view = field_view(sheet, record, name)
            if view:
                yield Disputed(sheet.link(record.id), view)


def _group(sheet: Sheet, kind: str, comparisons: Iterable[Record]) -> ComparisonGroup:
    say = sheet.site.say
    heading = wording.heading(say, kind) if kind else say("differences-other")
    return ComparisonGroup(f"kind-{kind or 'other'}", heading, tuple(comparison_view(sheet, r) for r in comparisons))


def comparison_page(sheet: Sheet, record: Record) -> ComparisonPage:
    """One comparison on a page of its own, on a sheet of any document."""
    comparison = comparison_view(sheet, record)
    return ComparisonPage(
        site=frame(sheet, record.name, about=sheet.site.say("about-differences"), section=urls.DIFFERENCES),
        head=head(sheet, record)._replace(note=EMPTY),  # it stands with the passages
        comparison=comparison,
        sources=sheet.sources(),
    )
