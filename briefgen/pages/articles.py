"""The index of articles (articles.html)."""

from __future__ import annotations

from dataclasses import dataclass

from briefgen.pages.views import (
    Frame,
    OriginGroup,
)


@dataclass(frozen=True, slots=True)
class ArticlesView:
    """Template articles.html: articles grouped by what they rest on."""

    site: Frame
    groups: tuple[OriginGroup, ...]
    total: int
    origins: int
