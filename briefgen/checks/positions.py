"""Rule 8, positions: who said it.

The parties of a meeting or event are its delegations, participants, host and `by`; whatever is `part_of` one counts as
it. If the first party named in the sentence, up to the end of the words, is another than the one the position is given
to, that is a warning; so is `all` when exactly one party is named before the words, and a position given to one of
several parties in a sentence that does not name it. A `notes:` answers it.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.checks.common import ancestors, answered, cited, name_of, sentence_text, unit_text
from briefgen.diagnostic import Diagnostic, Note, warning
from briefgen.link import Briefing
from briefgen.link.names import Hit
from briefgen.model import Cite, Claim, Passage, Record


def check(briefing: Briefing) -> Iterator[Diagnostic]:
    """position-of-another, all-but-one-named, party-not-named."""
    for claim, cite, passage in cited(briefing):
        owner = briefing.records.get(claim.owner)
        known = claim.value == "all" or claim.value in briefing.records  # else a finding of its own
        if claim.field == "positions" and owner and known:
            finding = _judge(briefing, owner, claim, cite, passage)
            if finding:
                yield answered(claim, finding)


def parties(record: Record) -> tuple[str, ...]:
    """The parties of a meeting or event."""
    given = [v.text for f in ("participants", "host", "by") for v in record.all(f)]
    return tuple(dict.fromkeys([d.party for d in record.delegations] + given))


def _judge(briefing: Briefing, owner: Record, claim: Claim, cite: Cite, passage: Passage) -> Diagnostic | None:
    taking_part = parties(owner)
    named = tuple(_named(briefing, taking_part, cite, passage))
    sentence = Note(f"the sentence: “{sentence_text(briefing, passage)}”")
    if claim.value == "all":
        before = {party for hit, party in named if hit.end <= passage.start}
        if len(before) == 1:
            message = f"The sentence names only {name_of(briefing, before.pop())} before these words, not all."
            return warning("all-but-one-named", message, cite.span, sentence)
        return None
    own = next((a for a in ancestors(briefing, claim.value) if a in taking_part), claim.value)
    if named and named[0][1] != own:
        message = (
            f"The first party that the sentence names is {name_of(briefing, named[0][1])}, not {name_of(briefing, claim.value)}."
        )
        return warning("position-of-another", message, cite.span, sentence)
    # With one party the whole text speaks for it, and its sentences need not say so.
    if not named and len(taking_part) > 1 and not _anywhere(briefing, own, cite, passage):
        message = f"The sentence around these words in “{cite.article}” does not name the party {name_of(briefing, claim.value)}."
        return warning("party-not-named", message, cite.span, sentence)
    return None


def _anywhere(briefing: Briefing, party: str, cite: Cite, passage: Passage) -> bool:
    """Whether the sentence names a party, or what is part of it, be it behind the words."""
    hits = briefing.names.all(sentence_text(briefing, passage), cite.article)
    return any(party in ancestors(briefing, hit.record) for hit in hits)


def _named(briefing: Briefing, taking_part: tuple[str, ...], cite: Cite, passage: Passage) -> Iterator[tuple[Hit, str]]:
    """The parties named from the beginning of the sentence to the end of the words, in order."""
    for hit in briefing.names.find(unit_text(briefing, passage), cite.article):
        if passage.sentence[0] <= hit.start and hit.end <= passage.end:
            party = next((a for a in ancestors(briefing, hit.record) if a in taking_part), "")
            if party:
                yield hit, party
