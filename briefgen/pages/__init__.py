"""From the briefing to pages: one page kind per file, each with its view types and a function site -> pages.

Nothing here reads a file, knows a template's text or lets a draft or unpublished words through (I9). A page is a URL, the
name of a template and a view; the view alone decides what the page shows (I1).
Templates: home actors actor meetings meeting delegations events event articles article topics topic places place timeline
differences comparison relations prose corrections data feed search search-shard hovercards 404 redirect
sitemap robots, each `.html`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from briefgen.checks.whole import LIMIT
from briefgen.link.briefing import Briefing
from briefgen.outputs import Outputs
from briefgen.pages import chapters
from briefgen.pages.actor import actor_pages
from briefgen.pages.actors import organisation_index, people_index
from briefgen.pages.article import article_pages
from briefgen.pages.articles import article_index
from briefgen.pages.corrections import corrections
from briefgen.pages.delegations import delegation_pages, delegations
from briefgen.pages.differences import comparison_pages, differences
from briefgen.pages.downloads import FilesPast, Source, downloads
from briefgen.pages.event import event_pages
from briefgen.pages.events import event_index
from briefgen.pages.fragments import fragments, others
from briefgen.pages.groups import Group, Pages, same_addresses
from briefgen.pages.home import home
from briefgen.pages.hovercards import hovercards
from briefgen.pages.kinds import Each, Plain
from briefgen.pages.leaves import entries
from briefgen.pages.machines import for_machines
from briefgen.pages.meeting import meeting_pages
from briefgen.pages.meetings import meeting_index
from briefgen.pages.other import not_found, redirects
from briefgen.pages.places import place_index, place_pages
from briefgen.pages.prose import editors_pages
from briefgen.pages.published import SitePast, site_of
from briefgen.pages.relations import relations
from briefgen.pages.search import SearchPast, findings, search
from briefgen.pages.search.entry import Found
from briefgen.pages.site import Document, Page, Site
from briefgen.pages.styles import published
from briefgen.pages.timeline import timeline
from briefgen.pages.topics import topic_index, topic_pages
from briefgen.pages.whole import Bindery, bound, whole
from briefgen.patched import patched
from briefgen.remaking import Crew, Trace, alone, remake
from briefgen.source import Snapshot, Span
from briefgen.tables import Revised, changes
from briefgen.words import Words

__all__ = ["KINDS", "Page", "assets", "view_pages"]

KINDS: tuple[Plain | Each, ...] = (
    home,
    meeting_index,
    meeting_pages,
    delegations,
    delegation_pages,
    people_index,
    organisation_index,
    actor_pages,
    relations,
    event_index,
    event_pages,
    timeline,
    topic_index,
    topic_pages,
    place_index,
    place_pages,
    differences,
    comparison_pages,
    article_index,
    article_pages,
    editors_pages,
    whole,
    entries,
    corrections,
    fragments,
    not_found,
    redirects,
    hovercards,
    findings,
    others,
)
_FRAGMENTS, _OTHERS, _FOUND = KINDS.index(fragments), KINDS.index(others), KINDS.index(findings)
_WHOLE, _ENTRIES = KINDS.index(whole), KINDS.index(entries)


Part = tuple[int, str]  # the number of a kind, and the id where it has a page for each


class LastPages:
    """What the last build knew of its site and pages."""

    def __init__(self) -> None:
        self.site = SitePast()
        self.document: Trace[str, Document] = Trace()
        self.ids: Trace[int, tuple[str, ...]] = Trace()
        self.parts: tuple[Mapping[int, tuple[str, ...]], tuple[Part, ...]] | None = None
        self.trace: Trace[Part, tuple[Page, ...]] = Trace()
        self.groups: tuple[Group, ...] = ()
        self.found: Revised[str, Found] = Revised({})
        self.machines: tuple[tuple[str, tuple[str, ...]], tuple[Page, ...]] | None = None
        self.copied: tuple[Snapshot, Outputs] | None = None
        self.files = FilesPast()
        self.search = SearchPast()
        self.binding: Bindery | None = None

    def __getstate__(self) -> dict[str, object]:
        """All but the files that are copied, which whoever writes this down has anyway."""
        return {**self.__dict__, "copied": None}


def view_pages(
    briefing: Briefing,
    words: Words,
    base_url: str = "",
    answering: frozenset[Span] = frozenset(),
    last: LastPages | None = None,
    paper: int = LIMIT,
) -> tuple[Page, ...]:
    """Every page of the site; print.html with at most `paper` records in it.

    `words` are those of the interface; `base_url` overrides the `url` of site.yaml where it is not empty; `answering` are the
    notes that answered a warning. Pages that `last` still holds true are those of the last build, the very same objects.
    """
    return tuple(site_pages(published_site(briefing, words, base_url, answering, last, paper), last))


def published_site(
    briefing: Briefing,
    words: Words,
    base_url: str = "",
    answering: frozenset[Span] = frozenset(),
    last: LastPages | None = None,
    paper: int = LIMIT,
) -> Site:
    """What page kinds read; as for `view_pages`."""
    site = site_of(briefing, words, base_url or briefing.site.text("url"), answering, last.site if last else None).but(paper=paper)
    made = remake(last.document if last else None, site, ("",), lambda site, _: chapters.document(site))
    return site.but(document=made[""])


def site_pages(site: Site, last: LastPages | None = None, crew: Crew = alone) -> Pages:
    """Every page of a site; as for `view_pages`. The index of the search is what a `crew` shares."""
    past = last or LastPages()
    made = remake(last.trace if last else None, site, _same_parts(site, last) if last else parts_of(site), make_part)
    files = tuple(downloads(site, Source(made, _FRAGMENTS, _OTHERS), past.files))
    found = _found(made, past)
    searching = search(site, found, past.search, crew)
    past.binding = bound(past.binding, made[_WHOLE, ""][0], lambda one: made[_ENTRIES, one])
    groups: tuple[Group, ...] = (made, {"": (past.binding.document, *files, *searching.shown)}, searching.files)
    given = (site.base_url, site.briefing.static)
    if past.machines is None or past.machines[0] != given or not same_addresses(past.groups, groups):
        past.machines = given, tuple(for_machines(site, Pages(groups)))
    past.groups, past.found = groups, found
    return Pages((*groups, {"": past.machines[1]}))


def _found(made: Mapping[Part, tuple[Page, ...]], past: LastPages) -> Revised[str, Found]:
    """What can be found of each page."""
    if past.groups and list(past.groups[0]) == list(made):
        other = (part for part in changes(past.groups[0], made) if part[0] == _FOUND)
        return patched(past.found, {part[1]: _view(made[part]) for part in other})
    return Revised({part[1]: _view(pages) for part, pages in made.items() if part[0] == _FOUND})


def _view(pages: tuple[Page, ...]) -> Found:
    return cast("Found", pages[0].view)


def _same_parts(site: Site, last: LastPages) -> tuple[Part, ...]:
    """What can be made by itself: the very same tuple as long as nothing comes or goes."""
    ids = remake(last.ids, site, range(len(KINDS)), _ids_of)
    if last.parts is None or (last.parts[0] is not ids and list(last.parts[0].values()) != list(ids.values())):
        last.parts = ids, tuple((n, one) for n, held in ids.items() for one in held)
    last.parts = ids, last.parts[1]
    return last.parts[1]


def _ids_of(site: Site, n: int) -> tuple[str, ...]:
    kind = KINDS[n]
    return tuple(kind.ids(site)) if isinstance(kind, Each) else ("",)


def parts_of(site: Site) -> Iterator[Part]:
    """What can be made by itself."""
    return ((n, one) for n in range(len(KINDS)) for one in _ids_of(site, n))


def make_part(site: Site, part: Part) -> tuple[Page, ...]:
    """The pages of a part; those without a template are what files are put together of."""
    kind = KINDS[part[0]]
    return kind.pages(site, part[1]) if isinstance(kind, Each) else tuple(kind(site))


def copied(snapshot: Snapshot, last: LastPages | None = None) -> Outputs:
    """The same as `assets`; the very same value as long as none of them is another file."""
    held = last.copied if last else None
    if not held or held[0].assets != snapshot.assets or _are_others(held[0].content, snapshot.content):
        held = snapshot, Outputs.of(assets(snapshot))
    if last:
        last.copied = snapshot, held[1]
    return held[1]


def _are_others(before: Mapping[str, bytes], now: Mapping[str, bytes]) -> bool:
    return list(before) != list(now) or any(path.startswith(_STATIC) for path in changes(before, now))


_STATIC = "content/static/"


def assets(snapshot: Snapshot) -> dict[str, bytes]:
    """The files that no template makes: the theme's (style sheets without comments), over them those of content/static/.

    With them an empty .nojekyll, so that GitHub Pages serves every file untouched where it is given a branch.
    """
    own = {path.removeprefix(_STATIC): data for path, data in snapshot.content.items() if path.startswith(_STATIC)}
    theme = {path: published(path, data) for path, data in snapshot.assets.items()}
    return {".nojekyll": b"", **theme, **own}
