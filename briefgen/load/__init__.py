"""Files into documents: every file on its own, then laid side by side.

No reference is resolved here; what two files claim at once (an id, delegations) is a finding here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import chain
from operator import attrgetter
from typing import Protocol, TypeVar, cast

from briefgen.diagnostic import Diagnostic, error
from briefgen.load import markdown
from briefgen.load.files import Loaded, Result, load_file, twice
from briefgen.model import Article, Delegation, Documents, EditorsPage, Prose, Record, Relation, Value, notes_of
from briefgen.patched import Sparse, patched, sparse
from briefgen.remaking import Crew, alone
from briefgen.source import Snapshot, Span, whole_file
from briefgen.tables import Past, Revised, changes

__all__ = ["LoadPast", "Memo", "load"]

T = TypeVar("T")
_ID, _RECORD = attrgetter("id"), attrgetter("record")
Seats = tuple[str, Span, tuple[Delegation, ...]]


class Memo(Protocol):
    """Remembers what a file gave, by path, bytes and the ids of the articles."""

    def get(self, path: str, data: bytes, articles: frozenset[str]) -> Result | None:
        """What this file gave before, or None."""

    def put(self, path: str, data: bytes, articles: frozenset[str], result: Result) -> None:
        """Keep it."""


class LoadPast(Past):
    """What the last build read, and what it laid side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.files: Mapping[str, bytes] = {}
        self.articles: frozenset[str] = frozenset()
        self.static: tuple[str, ...] = ()
        self.results: Revised[str, Result] = Revised({})
        self.findings: Sparse[str, Result, tuple[Diagnostic, ...]] | None = None


def load(
    snapshot: Snapshot, memo: Memo | None = None, past: LoadPast | None = None, crew: Crew = alone
) -> tuple[Documents, tuple[Diagnostic, ...]]:
    """Read every file of the snapshot; `past` has what the last build laid side by side."""
    last, content = past or LoadPast(), snapshot.content
    if last.results and list(last.files) == list(content):
        fresh = _read(changes(last.files, content), content, last.articles, memo, crew)
        results = patched(last.results, {path: one for path, one in fresh.items() if last.results[path] is not one})
    else:
        last.articles = frozenset(
            path[len("content/articles/") : -3] for path in content if path.startswith("content/articles/") and path.endswith(".md")
        )
        results = Revised(_read(sorted(content), content, last.articles, memo, crew))
        last.static = tuple(sorted(_static(content)))
    last.files, last.results = content, results
    last.findings = sparse(last.findings, results, lambda one: one[1])
    documents, found = _together(results, last.static, last)
    return documents, (*(one for held in last.findings.table.values() for one in held), *found)


def _static(content: Iterable[str]) -> Iterator[str]:
    return (path[len("content/static/") :] for path in content if path.startswith("content/static/"))


def _read(
    paths: Iterable[str], content: Mapping[str, bytes], articles: frozenset[str], memo: Memo | None, crew: Crew
) -> dict[str, Result]:
    """What these files give, in their order."""
    read = {path: memo.get(path, content[path], articles) if memo else None for path in paths}
    todo = [path for path, held in read.items() if held is None]
    for path, result in crew(lambda path: load_file(path, content[path], articles), todo, "Reading files"):
        read[path] = result
        if memo:
            memo.put(path, content[path], articles, result)
    return cast("dict[str, Result]", read)  # none is missing any more


def _together(results: Revised[str, Result], static: tuple[str, ...], past: Past) -> tuple[Documents, tuple[Diagnostic, ...]]:
    """All files side by side; what is laid together of files of which none is another one is the very same object."""

    def of(name: str, held: Callable[[Loaded], tuple[T, ...]]) -> Revised[str, tuple[T, ...]]:
        return past.derived(name, results, lambda result: held(result[0]))

    def all_of(name: str, held: Callable[[Loaded], tuple[T, ...]]) -> tuple[T, ...]:
        each = of(name, held)
        return past.same(f"all {name}", (each,), lambda: tuple(chain.from_iterable(each.values())))

    lost = past.same("lost", (all_lost := all_of("lost ids", lambda one: tuple(one.lost)),), lambda: frozenset(all_lost))
    sites, sites_lost = all_of("sites", lambda one: (one.site,) if one.site else ()), all_of("lost sites", _site_lost)
    site, no_site = past.same("site", (sites, sites_lost), lambda: _site(sites, lost=bool(sites_lost)))
    given, seats = of("records", lambda one: one.records), of("seats", lambda one: (one.seats,) if one.seats else ())
    records, unseated = past.same("seated", (given, seats, lost), lambda: _seated(given, seats, lost, past))
    articles = all_of("articles", lambda one: one.articles)
    ids = of("ids", lambda one: (*(r.id for r in one.records), *(a.id for a in one.articles)))
    unique = past.same("unique", (ids,), lambda: _all_differ(i for held in ids.values() for i in held))
    twice_given = () if unique else tuple(_one_id_space((*records, *(a.record for a in articles))))
    relations = all_of("relations", lambda one: one.relations)
    written = all_of("pages", lambda one: one.pages)
    pages, pages_twice = past.same("pages in order", (written,), lambda: _pages(written))
    owners = past.same("owners", (records, articles, unique), lambda: _owners(records, articles, unique=unique))
    prose, found = _notes(owners, relations, past)
    firsts = records if unique else tuple(reversed({r.id: r for r in reversed(records)}.values()))
    documents = Documents(site, firsts, articles, relations, pages, prose, static, lost)
    return documents, (*no_site, *unseated, *twice_given, *pages_twice, *found)


def _site_lost(one: Loaded) -> tuple[bool, ...]:
    return (True,) if one.site_lost else ()


def _site(sites: tuple[Record, ...], *, lost: bool) -> tuple[Record, tuple[Diagnostic, ...]]:
    if sites:
        return sites[0], ()
    start = whole_file("content/site.yaml")
    message = "There is no content/site.yaml. It gives the briefing its name."
    return Record("site", "site", start, {}), () if lost else (error("no-site", message, start, help="name: My briefing"),)


def _all_differ(ids: Iterable[str]) -> bool:
    held = list(ids)
    return len(set(held)) == len(held)


def _owners(records: tuple[Record, ...], articles: tuple[Article, ...], *, unique: bool) -> dict[str, Record]:
    """Whoever may have notes, under names of their own."""
    if unique:
        held = (*records, *map(_RECORD, articles))
        return dict(zip(map(_ID, held), held, strict=True))
    owners = {}
    for record in (*records, *(a.record for a in articles)):
        owners[f"{record.id} {record.span}" if record.id in owners else record.id] = record  # an id given twice is a finding
    return owners


def _seated(
    given: Mapping[str, tuple[Record, ...]], seats: Mapping[str, tuple[Seats, ...]], lost: frozenset[str], past: Past
) -> tuple[tuple[Record, ...], tuple[Diagnostic, ...]]:
    """The records, delegations of the file of the same name put into their meetings."""
    records = [r for held in given.values() for r in held]
    findings: list[Diagnostic] = []
    meetings = {r.id: n for n, r in enumerate(records) if r.kind == "meeting"}
    for meeting, span, delegations in (one for held in seats.values() for one in held):
        if meeting in meetings:
            at = meetings[meeting]
            found: tuple[Record, tuple[Diagnostic, ...]] = past.same(
                f"seats of {meeting}", (records[at], delegations), partial(_seat, records[at], span, delegations)
            )
            records[at] = found[0]
            findings += found[1]
        elif meeting not in lost:
            message = f"There is no meeting “{meeting}” (content/meetings/{meeting}.yaml) for these delegations."
            findings.append(error("unknown-meeting", message, span))
    return tuple(records), tuple(findings)


def _seat(meeting: Record, span: Span, delegations: tuple[Delegation, ...]) -> tuple[Record, tuple[Diagnostic, ...]]:
    if meeting.delegations:
        message = f"The delegations to “{meeting.id}” stand in the meeting's own file too. Keep one of the two."
        return meeting, (twice("delegations-twice", message, span, meeting.delegations[0].span),)
    return replace(meeting, delegations=delegations), ()


def _one_id_space(records: Iterable[Record]) -> Iterator[Diagnostic]:
    first: dict[str, Record] = {}
    for record in records:
        other = first.setdefault(record.id, record)
        if other is not record:
            message = f"The id “{record.id}” is given twice. Records of all kinds and articles share one id space."
            yield twice("duplicate-id", message, record.span, other.span)


def _pages(written: Iterable[EditorsPage]) -> tuple[tuple[EditorsPage, ...], tuple[Diagnostic, ...]]:
    """The editors' pages as a menu shows them; of two with one id the first, and what is wrong."""
    first: dict[str, EditorsPage] = {}
    again = tuple(page for page in written if first.setdefault(page.id, page) is not page)
    message = "This file and {} both make the page “{}”. Rename this one."
    findings = (
        twice("duplicate-id", message.format(first[page.id].span.file, page.id), page.span, first[page.id].span) for page in again
    )
    return tuple(sorted(first.values(), key=lambda p: (p.order, p.title, p.id))), tuple(findings)


Read = tuple[Span, Prose, tuple[Diagnostic, ...]]


def _notes(
    owners: Mapping[str, Record], relations: tuple[Relation, ...], past: Past
) -> tuple[Mapping[Span, Prose], tuple[Diagnostic, ...]]:
    """Every note of the editors as inline prose, by its span."""
    each: Mapping[str, tuple[Read, ...]] = past.derived("notes", owners, lambda record: tuple(map(_note, notes_of(record))))
    read = past.same("notes of relations", (relations,), lambda: tuple(_note(r.note) for r in relations if r.note))
    every = past.same("every note", (each, read), lambda: {**each, "": read})
    held = past.derived("note prose", every, lambda notes: {span: prose for span, prose, _ in notes})
    found = past.same("findings of notes", (every,), lambda: tuple(d for notes in every.values() for one in notes for d in one[2]))
    return past.merged("all notes", held), found


def _note(note: Value) -> Read:
    prose, found = markdown.inline(note.text, note.span)
    return note.span, prose, tuple(found)
