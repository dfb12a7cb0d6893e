"""Rule 8, ids: who is meant is named.

An actor or place that is given by its id (host, by, place, participants, org, leader, part_of, both ends and `by` of a
relation) is named in the cited words or in their sentence, by any of its names. Where the source says "the embassy" or
"he", add that name under `named:`, widen the words, or answer the warning with a `notes:` on the field.
`follows` and `topics`, and the direction and verb of a relation, are not checked: no program can read them off the words.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.checks.common import answered, cited, says, sentence_text
from briefgen.diagnostic import Diagnostic, Note, warning
from briefgen.link import Briefing, strings
from briefgen.model import Claim

_FIELDS = frozenset(("org", "leader", "host", "by", "place", "participants", "part_of"))


def check(briefing: Briefing) -> Iterator[Diagnostic]:
    """id-not-named."""
    for claim, cite, passage in cited(briefing):
        for given in _ids(claim):
            record = briefing.records.get(given)
            sentence = sentence_text(briefing, passage)
            if record and record.kind in ("actor", "place") and not says(sentence, strings(record, cite.article)):
                message = f"Neither these words nor their sentence in “{cite.article}” name {record.name} ({given})."
                note = Note(f"the sentence: “{sentence}”")
                yield answered(claim, warning("id-not-named", message, cite.span, note))


def _ids(claim: Claim) -> tuple[str, ...]:
    if claim.relation:
        by = claim.relation.by
        return (claim.relation.subject, claim.relation.object, *((by.text,) if by else ()))
    return (claim.value,) if claim.field in _FIELDS else ()
