"""Rule 10, references: every id stands for a record of the right kind.

References to records in files that could not be read are not reported: that file is its own finding. A published
record may not lean on a draft. Internal links and anchors of the finished pages are checked in checks/finished.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from briefgen.checks.common import ancestors, is_misplaced
from briefgen.diagnostic import Diagnostic, Fix, Note, error, warning
from briefgen.link import Briefing
from briefgen.link.ids import meant
from briefgen.load.fields import BY_KIND, RECORD_KINDS
from briefgen.load.values import is_id, nearest
from briefgen.model import EditorsPage, Prose, Record, Ref, notes_of
from briefgen.source import Span


class Reference(NamedTuple):
    """An id somewhere in the content: what may stand there, and whether the place itself is a draft.

    `form` is what the span covers, with {} for the id, so that the corrected line can take its place.
    """

    id: str
    span: Span
    to: tuple[str, ...]
    where: str
    draft: bool = False
    person: bool = False
    form: str = "{}"


_ANYTHING = (*RECORD_KINDS, "article")
_ENDS = ("actor", "place", "topic", "event", "meeting")


def check(briefing: Briefing) -> Iterator[Diagnostic]:
    """unknown-id, unknown-article, wrong-record, refers-to-draft, part-of-circle, was-taken, misplaced-field."""
    for reference in _references(briefing):
        if reference.id not in briefing.lost:
            yield from _resolve(briefing, reference)
    for record in briefing.subjects:
        yield from _circle(briefing, record)
        yield from _was(briefing, record)
        yield from _misplaced(record)


def _references(briefing: Briefing) -> Iterator[Reference]:
    for record in (*briefing.subjects, *(a.record for a in briefing.texts)):
        yield from _of_fields(record)
        yield from _of_talks(record)
        for note in notes_of(record):
            yield from _of_prose(briefing.note_prose[note.span], record.draft)
    for relation in briefing.relations:
        line = (f"{{}} {relation.verb} {relation.object}", f"{relation.subject} {relation.verb} {{}}")
        for end, form in zip((relation.subject, relation.object), line, strict=True):
            yield Reference(end, relation.span, _ENDS, "a relation", relation.draft, form=form)
        if relation.by:
            yield Reference(relation.by.text, relation.by.span, ("actor",), "by", relation.draft)
        if relation.note:
            yield from _of_prose(briefing.note_prose[relation.note.span], relation.draft)
    for page in briefing.pages:
        yield from _of_page(page)
    for claim in briefing.claims:
        for cite in claim.cites:
            form = f"[@{{}}: {cite.words}]" if cite.named == cite.span else "{}"
            yield Reference(cite.article, cite.named, ("article",), "a citation", claim.draft, form=form)


def _of_fields(record: Record) -> Iterator[Reference]:
    for name, values in record.fields.items():
        row = BY_KIND[record.kind][name]
        if row.type == "id":
            yield from (Reference(v.text, v.span, row.to, name, record.draft) for v in values)


def _of_talks(record: Record) -> Iterator[Reference]:
    for position in record.positions:
        if position.party != "all":
            yield Reference(position.party, position.span, ("actor",), "a position", record.draft)
        yield from (Reference(v.text, v.span, ("topic",), "about", record.draft) for v in position.about)
    for delegation in record.delegations:
        yield Reference(delegation.party, delegation.span, ("actor",), "a delegation", record.draft)
        for member in delegation.members:
            yield Reference(member.person, member.span, ("actor",), "a roster", record.draft, person=True)
            yield from (Reference(v.text, v.span, ("actor",), "org", record.draft) for v in member.parts.get("org", ()))


def _of_page(page: EditorsPage) -> Iterator[Reference]:
    return _of_prose(page.prose, page.draft)


def _of_prose(prose: Prose, draft: bool) -> Iterator[Reference]:
    refs = (p for p in prose.pieces if isinstance(p, Ref))
    return (Reference(p.id, p.span, _ANYTHING, "[[…]]", draft, form=f"[[{{}}{'|' if p.label else ''}{p.label}]]") for p in refs)


def _resolve(briefing: Briefing, ref: Reference) -> Iterator[Diagnostic]:
    held = briefing.known.get(ref.id)
    if held is None:
        guess = _meant(briefing, ref)
        what = "article" if ref.to == ("article",) else "record"
        message = f"There is no {what} “{ref.id}”.{f' Did you mean “{guess}”?' if guess else ''}"
        code = "unknown-article" if ref.to == ("article",) else "unknown-id"
        yield error(code, message, ref.span, fix=_fix(ref, guess) if guess else None)
    elif held.kind not in ref.to:
        *most, last = (_AN[k] for k in ref.to)
        wanted = f"{', '.join(most)} or {last}" if most else last
        yield error("wrong-record", f"“{ref.id}” is {_AN[held.kind]}; {ref.where} takes {wanted}.", ref.span)
    elif ref.person and not held.person:
        kind = briefing.records[ref.id].text("kind")
        yield error("wrong-record", f"“{ref.id}” is not a person (kind: {kind}); a roster lists persons.", ref.span)
    elif ref.where == "a delegation" and held.person:
        message = f"“{ref.id}” is a person, but a party sends its delegation. Has it lost its `kind:`?"
        yield warning("person-as-party", message, ref.span, help="kind: government")
    elif held.draft and not ref.draft:
        message = f"“{ref.id}” is a draft, so nothing published may refer to it. Publish it, or take this reference out."
        yield error("refers-to-draft", message, ref.span)


def _fix(ref: Reference, guess: str) -> Fix:
    # The span of a reference in a note is the note.
    return Fix(ref.span, ref.form.replace("{}", guess, 1), ref.form.replace("{}", ref.id, 1) if ref.form.startswith("[") else "")


def _meant(briefing: Briefing, ref: Reference) -> str:
    found = [meant(ref.id, briefing.ids[kind]) for kind in ref.to if kind in briefing.ids]
    return nearest(ref.id, [one for one in found if one])


_AN = {
    "actor": "an actor", "meeting": "a meeting", "event": "an event", "place": "a place", "topic": "a topic",
    "comparison": "a comparison", "article": "an article",
}  # fmt: skip


def _circle(briefing: Briefing, record: Record) -> Iterator[Diagnostic]:
    for value in record.all("part_of"):
        if record.id in ancestors(briefing, value.text):
            yield error("part-of-circle", f"“{record.id}” would be a part of itself.", value.span)


def _was(briefing: Briefing, record: Record) -> Iterator[Diagnostic]:
    for value in record.all("was"):
        if not is_id(value.text):
            message = f"“{value.text}” cannot be an old id: ids are small letters a-z, digits and hyphens, at most 100 of them."
            yield error("bad-id", message, value.span)
        elif (held := briefing.known.get(value.text)) and held.kind == record.kind:
            other = briefing.records[value.text]
            message = f"“{value.text}” is the id of a record today, so it cannot redirect to “{record.id}”."
            yield error("was-taken", message, value.span, Note("it stands here", other.span))


def _misplaced(record: Record) -> Iterator[Diagnostic]:
    kind = record.text("kind", "person")
    for name, values in record.fields.items():
        if values and is_misplaced(record, name):
            whom = "a person" if BY_KIND[record.kind][name].only == "person" else "an organisation"
            message = f"“{name}:” belongs to {whom}; “{record.id}” is of the kind {kind}."
            yield error("misplaced-field", message, values[0].span)
