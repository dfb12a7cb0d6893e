"""From the briefing to pages: one page kind per file, each with its view types and a function site -> pages.

Nothing here reads a file, knows a template's text or lets a draft or unpublished words through (I9). A page is a URL, the
name of a template and a view; the view alone decides what the page shows (I1).
Templates: home actors actor meetings meeting delegations events event articles article topics topic places place timeline
differences comparison prose 404 redirect sitemap robots, each `.html`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from briefgen.link.briefing import Briefing
from briefgen.pages.actor import actor_pages
from briefgen.pages.actors import organisation_index, people_index
from briefgen.pages.article import article_pages
from briefgen.pages.articles import article_index
from briefgen.pages.delegations import delegations
from briefgen.pages.differences import difference_pages
from briefgen.pages.event import event_pages
from briefgen.pages.events import event_index
from briefgen.pages.home import home
from briefgen.pages.machines import for_machines
from briefgen.pages.meeting import meeting_pages
from briefgen.pages.meetings import meeting_index
from briefgen.pages.other import not_found, redirects
from briefgen.pages.places import place_pages
from briefgen.pages.prose import editors_pages
from briefgen.pages.published import site_of
from briefgen.pages.site import Page, Site
from briefgen.pages.timeline import timeline
from briefgen.pages.topics import topic_pages
from briefgen.source import Snapshot, Span
from briefgen.words import Words

__all__ = ["KINDS", "Page", "assets", "view_pages"]

KINDS: tuple[Callable[[Site], Iterable[Page]], ...] = (
    home,
    meeting_index,
    meeting_pages,
    delegations,
    people_index,
    organisation_index,
    actor_pages,
    event_index,
    event_pages,
    timeline,
    topic_pages,
    place_pages,
    difference_pages,
    article_index,
    article_pages,
    editors_pages,
    not_found,
    redirects,
)


def view_pages(briefing: Briefing, words: Words, base_url: str = "", answering: frozenset[Span] = frozenset()) -> tuple[Page, ...]:
    """Every page of the site.

    `words` are those of the interface; `base_url` overrides the `url` of site.yaml where it is not empty; `answering` are the
    notes that answered a warning.
    """
    site = site_of(briefing, words, base_url or briefing.site.text("url"), answering)
    pages = tuple(page for kind in KINDS for page in kind(site))
    return (*pages, *for_machines(site, pages))


def assets(snapshot: Snapshot) -> dict[str, bytes]:
    """The files that are copied as they are: the theme's, and over them those of content/static/.

    With them an empty .nojekyll, so that GitHub Pages serves every file untouched where it is given a branch.
    """
    prefix = "content/static/"
    own = {path.removeprefix(prefix): data for path, data in snapshot.content.items() if path.startswith(prefix)}
    return {".nojekyll": b"", **snapshot.assets, **own}
