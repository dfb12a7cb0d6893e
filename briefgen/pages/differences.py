"""Where the sources differ (differences.html), and a page for each comparison (comparisons/ID.html)."""

from __future__ import annotations

from dataclasses import dataclass

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
