"""Rule 8, ids: who is meant is named.

An actor or place that is given by its id (host, by, place, participants, org, leader, part_of, both ends and `by` of a
relation) is named in the cited words or in their sentence, by any of its names. Where a field means one (host, by, place,
org, leader) and the words themselves name another person, body or place in its stead, it is not enough that the rest of
the sentence names it. Where the source says "the embassy" or "he", add that name under `named:`, widen the words, or
answer the warning with a `notes:` on the field.
`follows` and `topics`, and the direction and verb of a relation, are not checked: no program can read them off the words.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.checks.common import ancestors, answered, cited, says, sentence_text
from briefgen.diagnostic import Diagnostic, Note, warning
from briefgen.link import Briefing, is_person, strings
from briefgen.model import Cite, Claim, Passage, Record

_ONE = frozenset(("org", "leader", "host", "by", "place"))
_FIELDS = _ONE | {"participants", "part_of"}


def check(briefing: Briefing) -> Iterator[Diagnostic]:
    """id-not-named."""
    for claim, cite, passage in cited(briefing):
        for given in _ids(claim):
            record = briefing.records.get(given)
            if record is None or record.kind not in ("actor", "place"):
                continue  # topics and events, which a relation may name, go by words of many kinds
            if message := _fault(briefing, claim, cite, passage, record):
                note = Note(f"the sentence: “{sentence_text(briefing, passage)}”")
                yield answered(claim, warning("id-not-named", message, cite.span, note))


def _ids(claim: Claim) -> tuple[str, ...]:
    if claim.relation:
        by = claim.relation.by
        return (claim.relation.subject, claim.relation.object, *((by.text,) if by else ()))
    return (claim.value,) if claim.field in _FIELDS else ()


def _fault(briefing: Briefing, claim: Claim, cite: Cite, passage: Passage, record: Record) -> str:
    sentence = sentence_text(briefing, passage)
    own = strings(record, cite.article)
    if not says(sentence, own):
        return f"Neither these words nor their sentence in “{cite.article}” name {record.name} ({record.id})."
    if claim.field in _ONE and not says(" ".join(briefing.words_of(passage)), own):
        other = _in_its_stead(briefing, claim, cite, passage, record)
        if other:
            return f"These words of “{cite.article}” name {other.name}, not {record.name} ({record.id})."
    return ""


def _in_its_stead(briefing: Briefing, claim: Claim, cite: Cite, passage: Passage, record: Record) -> Record | None:
    """What of the same sort the words themselves name, unless one is part of the other."""
    for words in briefing.words_of(passage):
        for hit in briefing.names.all(words, cite.article):
            other = briefing.records[hit.record]
            related = record.id in ancestors(briefing, other.id) or other.id in ancestors(briefing, record.id)
            if not related and _sort(claim, other) == _sort(claim, record):
                return other
    return None


def _sort(claim: Claim, record: Record) -> str:
    if record.kind != "actor":
        return record.kind
    if is_person(record):
        return "person"
    return "place" if claim.field == "place" and record.text("kind") == "state" else "body"
