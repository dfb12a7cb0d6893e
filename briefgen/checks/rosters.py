"""Rule 5: a roster line stands beside its member's name.

Between post and name only punctuation, "the", "a", "an" and the same line's other words may stand. A list reads one
way: a sentence that ends in a person's name reads post before name, else name before post. So swapped posts, a list
shifted by one and the post of somebody who is not listed are errors. The sentence also names the party (a warning,
which a `notes:` on the line answers).
"""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.checks.common import ancestors, answered, name_of, says, sentence_text
from briefgen.diagnostic import Diagnostic, Note, error, warning
from briefgen.link import Briefing, is_person, people, strings
from briefgen.link.rosters import member_cites, stands_behind
from briefgen.model import Cite, Claim, Member, Record
from briefgen.text import find_whole, fold


def check(briefing: Briefing) -> Iterator[Diagnostic]:
    """not-beside-name, member-twice, party-not-named."""
    for record in briefing.subjects:
        first: dict[str, Member] = {}
        for member in (m for d in record.delegations for m in d.members):
            yield from _seat(briefing, member)
            other = first.setdefault(member.person, member)
            if other is not member:
                message = f"{name_of(briefing, member.person)} sits in this meeting twice."
                yield error("member-twice", message, member.span, Note("the first seat stands here", other.span))
    yield from _parties(briefing)


def _seat(briefing: Briefing, member: Member) -> Iterator[Diagnostic]:
    person = briefing.records.get(member.person)
    if person is None or not is_person(person):  # a finding of its own
        return
    for article, cites in member_cites(member).items():
        known = article in briefing.articles and all(c in briefing.passages for c in cites)
        if known and (member.span, article) not in briefing.seated:
            yield _apart(briefing, person, article, cites)


def _apart(briefing: Briefing, person: Record, article: str, cites: tuple[Cite, ...]) -> Diagnostic:
    names = strings(person, article)
    for unit in briefing.articles[article].prose.units:
        view = fold(unit.text).text
        for name in names:
            at = next(find_whole(view, name), None)
            if at is not None:
                around = view[max(0, at - 90) : at + len(name) + 60].strip()
                message = f"In “{article}” these words do not stand beside the name {person.name}."
                note = Note(f"around the name there: … {around} …")
                return error("not-beside-name", message, cites[0].span, note, *_other_side(briefing, names, article, cites))
    return error("not-beside-name", f"“{article}” does not name {person.name}, so it cannot give a post.", cites[0].span)


def _other_side(briefing: Briefing, names: tuple[str, ...], article: str, cites: tuple[Cite, ...]) -> Iterator[Note]:
    everyone = people(briefing.records.values(), article)
    if stands_behind(briefing.sheets[article], cites, names, everyone):
        yield Note(
            "they stand on the other side of the name: a sentence that ends in a person's name reads post before name, any other "
            "name before post (if the list ends in a person without a record, add the record)"
        )


def _unseated(briefing: Briefing) -> set[tuple[str, str, str]]:
    """Meeting, person and article of the lines whose words do not stand beside the name: their places mean nothing."""
    seats = ((r.id, m) for r in briefing.subjects for d in r.delegations for m in d.members)
    return {(i, m.person, a) for i, m in seats for a in member_cites(m) if (m.span, a) not in briefing.seated}


def _parties(briefing: Briefing) -> Iterator[Diagnostic]:
    told: set[tuple[str, str, str]] = set()
    unseated = _unseated(briefing)
    for claim in briefing.claims:
        key = (claim.owner, claim.party, claim.person)
        if not claim.party or claim.party not in briefing.records or key in told:
            continue
        for cite in claim.cites:
            astray = (claim.owner, claim.person, cite.article) in unseated  # a finding of its own
            if cite in briefing.passages and not astray and not _names_party(briefing, claim, cite):
                told.add(key)
                yield answered(claim, _unnamed(briefing, claim, cite))
                break


def _names_party(briefing: Briefing, claim: Claim, cite: Cite) -> bool:
    sentence = sentence_text(briefing, briefing.passages[cite])
    own = strings(briefing.records[claim.party], cite.article)
    if says(sentence, own):
        return True
    return any(claim.party in ancestors(briefing, hit.record) for hit in briefing.names.all(sentence, cite.article))


def _unnamed(briefing: Briefing, claim: Claim, cite: Cite) -> Diagnostic:
    party = name_of(briefing, claim.party)
    who = f"the seat of {name_of(briefing, claim.person)}" if claim.person else "these words"
    message = f"The sentence around {who} in “{cite.article}” does not name the party {party}."
    return warning(
        "party-not-named", message, cite.span, Note(f"the sentence: “{sentence_text(briefing, briefing.passages[cite])}”")
    )
