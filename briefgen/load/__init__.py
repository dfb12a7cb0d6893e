"""Files into documents: every file on its own, then laid side by side.

No reference is resolved here; what two files claim at once (an id, delegations) is a finding here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Protocol

from briefgen.diagnostic import Diagnostic, error
from briefgen.load import markdown
from briefgen.load.files import Loaded, Result, load_file, twice
from briefgen.model import Delegation, Documents, Prose, Record, Relation, Value, notes_of
from briefgen.source import Snapshot, Span, whole_file
from briefgen.tables import Past

__all__ = ["Memo", "load"]


class Memo(Protocol):
    """Remembers what a file gave, by path, bytes and the ids of the articles."""

    def get(self, path: str, data: bytes, articles: frozenset[str]) -> Result | None:
        """What this file gave before, or None."""

    def put(self, path: str, data: bytes, articles: frozenset[str], result: Result) -> None:
        """Keep it."""


def load(snapshot: Snapshot, memo: Memo | None = None, past: Past | None = None) -> tuple[Documents, tuple[Diagnostic, ...]]:
    """Read every file of the snapshot; `past` has what the last build laid side by side."""
    articles = frozenset(
        path[len("content/articles/") : -3]
        for path in snapshot.content
        if path.startswith("content/articles/") and path.endswith(".md")
    )
    loaded: list[Loaded] = []
    findings: list[Diagnostic] = []
    for path in sorted(snapshot.content):
        result, found = _one(path, snapshot.content[path], articles, memo)
        loaded.append(result)
        findings += found
    static = tuple(sorted(p[len("content/static/") :] for p in snapshot.content if p.startswith("content/static/")))
    documents, found = _together(loaded, static, past or Past())
    return documents, (*findings, *found)


def _one(path: str, data: bytes, articles: frozenset[str], memo: Memo | None) -> Result:
    if memo is None:
        return load_file(path, data, articles)
    result = memo.get(path, data, articles)
    if result is None:
        result = load_file(path, data, articles)
        memo.put(path, data, articles, result)
    return result


def _together(loaded: list[Loaded], static: tuple[str, ...], past: Past) -> tuple[Documents, tuple[Diagnostic, ...]]:
    findings: list[Diagnostic] = []
    lost = frozenset(i for one in loaded for i in one.lost)
    site = next((one.site for one in loaded if one.site), None)
    if site is None:
        start = whole_file("content/site.yaml")
        site = Record("site", "site", start, {})
        if not any(one.site_lost for one in loaded):
            findings.append(
                error("no-site", "There is no content/site.yaml. It gives the briefing its name.", start, help="name: My briefing")
            )
    records = _seated(loaded, lost, findings, past)
    articles = tuple(a for one in loaded for a in one.articles)
    findings += _one_id_space((*records, *(a.record for a in articles)))
    related = tuple(one.relations for one in loaded if one.relations)
    relations = past.same("relations", related, lambda: tuple(r for held in related for r in held))
    pages = tuple(sorted((p for one in loaded for p in one.pages), key=lambda p: (p.order, p.title, p.id)))
    unique = {r.id: r for r in reversed(records)}
    owners: dict[str, Record] = {}
    for record in (*records, *(a.record for a in articles)):
        owners[f"{record.id} {record.span}" if record.id in owners else record.id] = record  # an id given twice is a finding
    prose, found = _notes(owners, relations, past)
    findings += found
    return Documents(site, tuple(reversed(unique.values())), articles, relations, pages, prose, static, lost), tuple(findings)


def _seated(loaded: list[Loaded], lost: frozenset[str], findings: list[Diagnostic], past: Past) -> list[Record]:
    """The records, delegations of the file of the same name put into their meetings."""
    records = [r for one in loaded for r in one.records]
    meetings = {r.id: n for n, r in enumerate(records) if r.kind == "meeting"}
    for one in loaded:
        if one.seats is None:
            continue
        meeting, span, delegations = one.seats
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
    return records


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


Read = tuple[Span, Prose, tuple[Diagnostic, ...]]


def _notes(
    owners: Mapping[str, Record], relations: tuple[Relation, ...], past: Past
) -> tuple[Mapping[Span, Prose], list[Diagnostic]]:
    """Every note of the editors as inline prose, by its span."""
    each: Mapping[str, tuple[Read, ...]] = past.derived("notes", owners, lambda record: tuple(map(_note, notes_of(record))))
    read = past.same("notes of relations", (relations,), lambda: tuple(_note(r.note) for r in relations if r.note))
    held = past.derived("note prose", {**each, "": read}, lambda notes: {span: prose for span, prose, _ in notes})
    return past.merged("all notes", held), [d for notes in (*each.values(), read) for _, _, found in notes for d in found]


def _note(note: Value) -> Read:
    prose, found = markdown.inline(note.text, note.span)
    return note.span, prose, tuple(found)
