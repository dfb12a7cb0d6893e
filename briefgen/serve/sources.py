"""Which files a page is made from, and which page a saved file belongs to.

Only what an editor would open to change the page is named: the record's own file, not everything that it quotes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from briefgen import urls
from briefgen.link.briefing import Briefing
from briefgen.model import Record
from briefgen.serve.where import Where
from briefgen.source import Snapshot, Span, whole_file
from briefgen.tables import changes

_KINDS = {
    urls.PEOPLE: ("actor",),
    urls.ORGANISATIONS: ("actor",),
    urls.MEETINGS: ("meeting",),
    urls.DELEGATIONS: ("meeting",),
    urls.EVENTS: ("event",),
    urls.TIMELINE: ("meeting", "event"),
    urls.TOPICS: ("topic",),
    urls.PLACES: ("place",),
    urls.DIFFERENCES: ("comparison",),
    urls.ARTICLES: ("article",),
}


class Source(NamedTuple):
    """A file, and the line in it where the page's record begins."""

    file: str
    line: int


def sources_of(briefing: Briefing, url: str) -> tuple[Source, ...]:
    """The files of a page, the first the one to edit; empty for pages that have none, such as 404.html."""
    first: dict[str, Source] = {}
    for span in _spans(briefing, url):
        first.setdefault(span.file, Source(span.file, span.line))
    return tuple(first.values())


def _spans(briefing: Briefing, url: str) -> Iterator[Span]:
    name = url.rpartition("/")[2].removesuffix(".html")
    article = briefing.articles.get(name)
    record = article.record if article else briefing.records.get(name)
    if record and urls.record_url(record.kind, record.id) == url:
        yield record.span
        yield from (d.span for d in record.delegations)
        yield from (r.span for r in briefing.relations if record.id in (r.subject, r.object))
    yield from (page.span for page in briefing.pages if urls.editors_url(page.id) == url)
    if url == urls.HOME:
        yield briefing.site.span
    if url in _KINDS:
        yield from (whole_file(r.span.file) for r in _records(briefing) if r.kind in _KINDS[url])


def _records(briefing: Briefing) -> Iterable[Record]:
    return (*briefing.records.values(), *(a.record for a in briefing.articles.values()))


def changed_files(before: Snapshot | None, after: Snapshot) -> tuple[str, ...]:
    """The files whose bytes differ, that came or that went, by their path in the project; all of them the first time."""
    old, new = before.content if before else {}, after.content
    looks = (_looks(before) if before else {}, _looks(after))
    content = (path for path in changes(old, new) if old.get(path) != new.get(path))
    return tuple(sorted((*content, *(path for path in {*looks[0], *looks[1]} if looks[0].get(path) != looks[1].get(path)))))


def _looks(snapshot: Snapshot) -> dict[str, str | bytes]:
    looks: dict[str, str | bytes] = {**snapshot.templates, **snapshot.assets}
    return {f"templates/{name}": data for name, data in looks.items()}


def page_saved(before: Snapshot | None, after: Snapshot, briefing: Briefing, outputs: Mapping[str, bytes], where: Where) -> str:
    """The page of the record that was saved: the one at the first line that differs; "" where several files changed."""
    changed = changed_files(before, after) if before else ()
    if len(changed) != 1 or changed[0] not in after.content:
        return ""
    file = changed[0]
    line = _first_difference(before.content.get(file, b"") if before else b"", after.content[file])
    spots = [(s.line, url) for url, s in _spots(briefing, file, where) if s.line <= line and url in outputs]
    return max(spots, default=(0, ""))[1]


def _first_difference(before: bytes, after: bytes) -> int:
    """The line (from 1) at which two versions of a file part."""
    old, new = before.splitlines(), after.splitlines()
    same = next((n for n, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new)))
    return same + 1


def _spots(briefing: Briefing, file: str, where: Where) -> Iterator[tuple[str, Span]]:
    """Every page with a place of its own in a file, and that place."""
    for one in where.within(file):
        for record in _called(briefing, one):
            for span in (record.span, *(d.span for d in record.delegations)):
                if span.file == file:
                    yield urls.record_url(record.kind, record.id), span
    for page in briefing.pages:
        if page.span.file == file:
            yield urls.editors_url(page.id), page.span


def _called(briefing: Briefing, id_: str) -> Iterator[Record]:
    if id_ in briefing.records:
        yield briefing.records[id_]
    if id_ in briefing.articles:
        yield briefing.articles[id_].record
