"""The editors' pages (pages/ID.html)."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from briefgen.pages.views import (
    Frame,
    Source,
)


@dataclass(frozen=True, slots=True)
class ProseView:
    """Template prose.html: title plain text (print as h1), prose safe HTML in the editors' voice, with markers and cards."""

    site: Frame
    title: str
    prose: Markup
    sources: tuple[Source, ...]
