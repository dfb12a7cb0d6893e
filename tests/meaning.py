"""Mutations of meaning: the citations stay as they are, what they are said to prove changes.

Each function gives the mutants of one kind. Plausible replacements: of an actor every other actor, of a leader every other
person, of an organisation every other organisation, of a place every other place and state; never one that the same field
gives already, for that would be true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import NamedTuple

from briefgen.link import is_person, strings
from briefgen.model import Claim, Delegation, Member, Record, Relation, Value
from briefgen.source import Span
from briefgen.text import find_whole, folded
from tests.mutate import Edit, demo, exchange, replaced, stretch


class Change(NamedTuple):
    """One mutant: `where` and `new` say what became what; `noted` where the editors' note answers warnings there.

    `near` where what was put in is named in an article that the fact cites; `beside` where in the very sentence.
    `edits` are what was replaced where all findings can only lie on the lines of `scope`: mutants whose scopes do not
    touch are checked in one run.
    """

    where: str
    new: str
    path: str
    text: str
    noted: bool = False
    near: bool = False
    beside: bool = False
    edits: tuple[Edit, ...] = ()
    scope: tuple[int, int] = (0, 0)


Kind = Callable[[], Iterator[Change]]


# ---------------------------------------------------------------- rosters


def _rosters() -> Iterator[tuple[Record, Delegation]]:
    for record in demo().briefing.records.values():
        for delegation in record.delegations:
            if delegation.members:
                yield record, delegation


def _seats(record: Record, delegation: Delegation) -> str:
    return f"{record.id}, {delegation.party}"


def _persons(where: str, new: str, edits: Iterable[tuple[Member, str]]) -> Change:
    """A roster with other persons before its lines."""
    seats = list(edits)
    path = seats[0][0].span.file
    return Change(where, new, path, replaced(path, [(stretch(m.span), person) for m, person in seats]))


def swapped_lines() -> Iterator[Change]:
    """Two members of a delegation exchange all that their lines say."""
    for record, delegation in _rosters():
        for one, other in combinations(delegation.members, 2):
            new = f"{one.person} and {other.person} exchanged"
            yield _persons(_seats(record, delegation), new, [(one, other.person), (other, one.person)])


def swapped_parts() -> Iterator[Change]:
    """Two members exchange the words of their posts alone, of their ranks alone, of their organisations alone."""
    for record, delegation in _rosters():
        for one, other in combinations(delegation.members, 2):
            for part in ("post", "rank", "org"):
                mine, theirs = one.parts.get(part, ()), other.parts.get(part, ())
                if mine and theirs and mine[0].text != theirs[0].text:
                    yield _parts_exchanged(f"{_seats(record, delegation)}, {part}", one, other, mine[0], theirs[0])


def _parts_exchanged(where: str, one: Member, other: Member, mine: Value, theirs: Value) -> Change:
    path = one.span.file
    new = f"{one.person} and {other.person} exchanged"
    whole = [Span(path, v.span.line, v.span.col, *_end(v)) for v in (mine, theirs)]
    return Change(where, new, path, exchange(path, stretch(whole[0]), stretch(whole[1])))


def _end(value: Value) -> tuple[int, int]:
    """Where a value and its words end."""
    return max((s.end_line, s.end_col) for s in (value.span, *(c.span for c in value.cites)))


def shifted_lists() -> Iterator[Change]:
    """A roster whose names are all shifted by one line, up or down."""
    for record, delegation in _rosters():
        people = [m.person for m in delegation.members]
        for new, turned in (("up", people[1:] + people[:1]), ("down", people[-1:] + people[:-1])):
            yield _persons(_seats(record, delegation), new, zip(delegation.members, turned, strict=True))


def shortened_lists() -> Iterator[Change]:
    """A roster from which one name fell out, so that the names below it move up and the last line is lost."""
    for record, delegation in _rosters():
        members = delegation.members
        for n in range(len(members) - 1):
            people = [m.person for m in (*members[:n], *members[n + 1 :])]
            turned = _persons(_seats(record, delegation), f"without {members[n].person}", zip(members[:-1], people, strict=True))
            first, last = _lines(members[-1])
            lines = turned.text.split("\n")
            yield turned._replace(text="\n".join(lines[: first - 1] + lines[last:]))


def strangers_in_seats() -> Iterator[Change]:
    """A person on record who has no seat there is given the post of one who has."""
    for record, delegation in _rosters():
        listed = {m.person for d in record.delegations for m in d.members}
        for member in delegation.members:
            for other in _actors(person=True):
                if other not in listed:
                    yield _persons(f"{_seats(record, delegation)}: {member.person}", other, [(member, other)])


def other_party() -> Iterator[Change]:
    """A member sits with the other party."""
    for record, delegation in _rosters():
        for to in record.delegations:
            if to is not delegation and to.members:
                for member in delegation.members:
                    yield _moved(f"{_seats(record, delegation)}: {member.person}", member, to)


def _lines(member: Member) -> tuple[int, int]:
    """The first and last line of a roster line in its file."""
    values = [v for held in member.parts.values() for v in held]
    return member.span.line, max(_end(v)[0] for v in values)


def _moved(where: str, member: Member, to: Delegation) -> Change:
    path = member.span.file
    lines = demo().files[path].split("\n")
    first, last = _lines(member)
    block = lines[first - 1 : last]
    behind = _lines(to.members[-1])[1]
    if behind < first:
        new = lines[:behind] + block + lines[behind : first - 1] + lines[last:]
    else:
        new = lines[: first - 1] + lines[last:behind] + block + lines[behind:]
    return Change(where, f"among {to.party}", path, "\n".join(new))


def missing_members() -> Iterator[Change]:
    """A member is left out of a roster."""
    for record, delegation in _rosters():
        for member in delegation.members:
            first, last = _lines(member)
            lines = demo().files[member.span.file].split("\n")
            text = "\n".join(lines[: first - 1] + lines[last:])
            yield Change(f"{_seats(record, delegation)}: {member.person}", "(left out)", member.span.file, text)


def exchanged_parties() -> Iterator[Change]:
    """Two delegations exchange their parties."""
    for record in demo().briefing.records.values():
        for one, other in combinations(record.delegations, 2):
            path = one.span.file
            text = exchange(path, stretch(one.span), stretch(other.span))
            yield Change(record.id, f"{one.party} and {other.party} exchanged", path, text)


# ---------------------------------------------------------------- dates


def moved_days(days: int = 0, months: int = 0, years: int = 0) -> Kind:
    """Every date that is exact to the day, or lasts from a day on, moved both ways."""

    def moved() -> Iterator[Change]:
        for claim in _dates():
            head, slash, tail = claim.value.partition("/")
            if len(head) == 10 and tail in ("", ".."):
                for sign in (1, -1):
                    new = _moved_day(date.fromisoformat(head), sign * days, sign * (months + 12 * years))
                    yield _given(claim, f"{new.isoformat()}{slash}{tail}")

    return moved


def moved_partial() -> Iterator[Change]:
    """Every date that is exact to the month or year moved by one month or year, both ways."""
    for claim in _dates():
        if len(claim.value) == 4:
            yield from (_given(claim, f"{int(claim.value) + step:04}") for step in (1, -1))
        elif len(claim.value) == 7:
            day = date.fromisoformat(f"{claim.value}-01")
            yield from (_given(claim, _moved_day(day, 0, step).isoformat()[:7]) for step in (1, -1))


def _moved_day(day: date, days: int, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    for last in (day.day, 30, 29, 28):
        try:
            return date(number // 12, number % 12 + 1, last) + timedelta(days)
        except ValueError:
            continue
    raise AssertionError(day)


def _dates() -> Iterator[Claim]:
    return (c for c in demo().briefing.claims if c.field == "date")


# ---------------------------------------------------------------- ids


def _actors(person: bool | None = None) -> list[str]:
    records = demo().briefing.records.values()
    return [r.id for r in records if r.kind == "actor" and person in (None, is_person(r))]


def _places() -> list[str]:
    records = demo().briefing.records.values()
    return [r.id for r in records if r.kind == "place" or r.text("kind") == "state"]


def plausible(field: str, id_: str) -> list[str]:
    """What might stand there by mistake."""
    if field == "leader":
        return _actors(True)
    if field in ("org", "part_of"):
        return _actors(False)
    return _places() if demo().briefing.records[id_].kind == "place" or field == "place" else _actors()


def given(field: str, *, roster: bool = False) -> Kind:
    """Every id of a field with a citation, replaced by every other plausible one."""

    def replacements() -> Iterator[Change]:
        for claim in demo().briefing.claims:
            if claim.field == field and bool(claim.person) == roster and claim.cites:
                same = (claim.owner, field, claim.person)
                held = {c.value for c in demo().briefing.claims if (c.owner, c.field, c.person) == same}
                for new in plausible(field, claim.value):
                    if new not in held | {claim.owner}:
                        yield _given(claim, new)

    return replacements


def _given(claim: Claim, new: str) -> Change:
    """A fact whose value is another. Under a date a disagreement is an error, which no note answers."""
    where = ", ".join(w for w in (claim.owner, claim.party, claim.person, claim.field) if w)
    start, end = stretch(claim.span)
    assert demo().files[claim.span.file][start:end] == claim.value, claim
    edit = ((start, end), new)
    text = replaced(claim.span.file, [edit])
    noted = claim.note is not None and claim.field != "date"
    return Change(f"{where}: {claim.value}", new, claim.span.file, text, noted, *_near(claim, new), (edit,), _scope(claim))


def _scope(claim: Claim) -> tuple[int, int]:
    """The lines of a fact whose value nothing else leans on; else those of the whole record."""
    if claim.field in ("leader", "org", "relations"):
        return claim.span.line, max(c.span.end_line for c in claim.cites)
    record = demo().briefing.records[claim.owner]
    if record.kind == "meeting":
        return 1, demo().files[record.span.file].count("\n") + 1
    later = [
        r.span.line for r in demo().briefing.records.values() if r.span.file == record.span.file and r.span.line > record.span.line
    ]
    return record.span.line, min(later, default=10**6) - 1


def _near(claim: Claim, new: str) -> tuple[bool, bool]:
    """Whether what was put in is named in an article cited, and whether in the very sentence."""
    record = demo().briefing.records.get(new)
    if record is None:
        return False, False
    near = beside = False
    for cite in claim.cites:
        names = strings(record, cite.article)
        units = demo().briefing.articles[cite.article].prose.units
        passage = demo().briefing.passages[cite]
        near |= any(_says(u.text, names) for u in units)
        beside |= _says(units[passage.unit].text[slice(*passage.sentence)], names)
    return near, beside


def _says(text: str, names: tuple[str, ...]) -> bool:
    view = folded(text)
    return any(next(find_whole(view, name), None) is not None for name in names)


# ---------------------------------------------------------------- relations


def _relations() -> Iterator[tuple[Claim, Relation]]:
    return ((c, c.relation) for c in demo().briefing.claims if c.relation)


def relation_ends(which: str) -> Kind:
    """The subject or the object of every relation replaced."""

    def replacements() -> Iterator[Change]:
        for claim, relation in _relations():
            old = relation.subject if which == "subject" else relation.object
            for new in plausible("relations", old):
                if new not in (relation.subject, relation.object):
                    ends = (new, relation.object) if which == "subject" else (relation.subject, new)
                    yield _relation(claim, relation, *ends, new)

    return replacements


def _relation(claim: Claim, relation: Relation, subject: str, object_: str, new: str) -> Change:
    edit = (stretch(claim.span), f"{subject} {relation.verb} {object_}")
    text = replaced(claim.span.file, [edit])
    return Change(claim.value, new, claim.span.file, text, claim.note is not None, *_near(claim, new), (edit,), _scope(claim))


def relation_by() -> Iterator[Change]:
    """The asserter of a relation replaced."""
    for claim, relation in _relations():
        if relation.by:
            for new in plausible("by", relation.by.text):
                if new != relation.by.text:
                    edit = (stretch(relation.by.span), new)
                    text = replaced(claim.span.file, [edit])
                    where = f"{claim.value}, by: {relation.by.text}"
                    yield Change(
                        where, new, claim.span.file, text, claim.note is not None, *_near(claim, new), (edit,), _scope(claim)
                    )


def reversed_relations() -> Iterator[Change]:
    """Subject and object of a relation exchanged."""
    for claim, relation in _relations():
        yield _relation(claim, relation, relation.object, relation.subject, "(reversed)")


# ---------------------------------------------------------------- positions


def _positions() -> Iterator[tuple[Claim, list[str]]]:
    """Every position with all who might have spoken there: delegations, participants, host, `by`, and holders of positions."""
    for claim in demo().briefing.claims:
        if claim.field == "positions":
            record = demo().briefing.records[claim.owner]
            parties = [d.party for d in record.delegations]
            parties += [v.text for f in ("participants", "host", "by") for v in record.all(f)]
            parties += [p.party for p in record.positions if p.party != "all"]
            yield claim, list(dict.fromkeys(parties))


def position_of_another() -> Iterator[Change]:
    """A position given to another party of the same meeting or event."""
    for claim, parties in _positions():
        yield from (_position(claim, p) for p in parties if claim.value not in ("all", p))


def one_for_all() -> Iterator[Change]:
    """What all said given to one party."""
    for claim, parties in _positions():
        yield from (_position(claim, p) for p in parties if claim.value == "all")


def all_for_one() -> Iterator[Change]:
    """What one party said given to all, where there is more than one."""
    for claim, parties in _positions():
        if claim.value != "all" and len(parties) > 1:
            yield _position(claim, "all")


def _position(claim: Claim, new: str) -> Change:
    words = " ".join(claim.cites[0].words.split()[:6])
    change = _given(claim, new)
    return change._replace(where=f"{claim.owner}: {claim.value}: {words} …")
