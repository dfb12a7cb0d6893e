"""404.html and the redirects from old ids."""

from __future__ import annotations

from dataclasses import dataclass

from briefgen.pages.views import (
    Frame,
    Link,
)


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """Template 404.html; all addresses in `site` are absolute paths, because the page is shown at any depth."""

    site: Frame
    indexes: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class RedirectView:
    """Template redirect.html: a <meta http-equiv=refresh> and a link to `to`, the new page; site.canonical is the new page's."""

    site: Frame
    to: Link
