"""From the site to pictures: what each picture is drawn from. Every mark stands for something that the page also says in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from briefgen import edtf, urls
from briefgen.edtf import Edtf
from briefgen.model import Record, Relation
from briefgen.pages import dates, wording
from briefgen.pages.anchors import relation_place
from briefgen.pages.pictures import matrix, stand, table, timeline, trace
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Site, date_of, disputed
from briefgen.pages.talks import parties
from briefgen.words import Words

EGO = 3  # relations that make a picture worth while


# ---------------------------------------------------------------- when


def timelines(sheet: Sheet) -> tuple[timeline.TimelinePicture, ...]:
    """Every dated meeting and event, in the order of the timeline."""
    return timeline.timeline_pictures([_happened(sheet, r) for r in sheet.site.happenings], months(sheet.site.say))


def latest_timeline(sheet: Sheet) -> tuple[timeline.TimelinePicture | None, int]:
    """The same for the home page: the latest that can be shown with their names, and how many are earlier.

    None for fewer than two.
    """
    every = [r for r in sheet.site.happenings if dates_of(r)]
    dated = every[-timeline.ROWS :]
    if len(dated) < 2:
        return None, 0
    (picture,) = timeline.timeline_pictures([_happened(sheet, r) for r in dated], months(sheet.site.say))
    return picture, len(every) - len(dated)


def months(say: Words) -> tuple[str, ...]:
    """The short names of the months."""
    return tuple(say(f"month-short.{n}") for n in range(1, 13))


def _happened(sheet: Sheet, record: Record) -> timeline.Happened:
    values = dates_of(record)
    date = sheet.site.say("semicolon").join(dates.shown(sheet.site.say, v) for v in values)
    where = f"#{year_place(year_of(record))}"
    return timeline.Happened(sheet.link(record.id).href, where, record.name, date, values, record.kind == "meeting")


def year_of(record: Record) -> int:
    """The year it stands under in a timeline: that of its first day, or where its start is open, of its last; 0 for no date."""
    date = date_of(record)
    day = (edtf.first_day(date) or edtf.last_day(date)) if date else None
    return day[0] if day else 0


def year_place(year: int) -> str:
    """The id of a year in the timeline."""
    return f"y{year}" if year else "undated"


def dates_of(record: Record) -> tuple[Edtf, ...]:
    """Every value of a date that can be read, each once."""
    found = (edtf.parse(v.text) for v in record.all("date"))
    return tuple(dict.fromkeys(d for d in found if isinstance(d, Edtf)))


# ---------------------------------------------------------------- who met whom


def traces(sheet: Sheet) -> trace.TracePicture | None:
    """Who met whom over the meetings, of very many the latest; None where there is only one."""
    every = [r for r in sheet.site.happenings if r.kind == "meeting"]
    meetings = every[-trace.MEETINGS :]
    if len(meetings) < 2:
        return None
    columns = [trace.Meeting(sheet.link(r.id).href, r.name, _date(sheet.site, r)) for r in meetings]
    panels = trace.trace_panels(columns, tuple(_came(meetings)), lambda actor: _named(sheet, actor))
    return trace.TracePicture(panels, len(every) - len(meetings))


def _date(site: Site, record: Record) -> str:
    date = date_of(record)
    return dates.shown(site.say, date)


def _came(meetings: Iterable[Record]) -> Iterator[trace.Came]:
    """Each party, and behind it those who came more than once, first for it."""
    held: dict[str, dict[int, int]] = {}
    people: dict[str, dict[str, dict[int, int]]] = {}
    sat: dict[str, dict[int, int]] = {}
    for n, record in enumerate(meetings):
        for party in parties(record):
            held.setdefault(party, {})[n] = 0
        for delegation in record.delegations:
            held[delegation.party][n] = len(delegation.members)
            for member in delegation.members:
                if member.person not in sat:
                    sat[member.person] = people.setdefault(delegation.party, {})[member.person] = {}
                sat[member.person][n] = 1
    for party, at in held.items():
        yield trace.Came(party, party=True, at=tuple(at.items()))
        yield from (trace.Came(p, party=False, at=tuple(met.items())) for p, met in people.get(party, {}).items() if len(met) > 1)


def _named(sheet: Sheet, actor: str) -> trace.Named:
    return trace.Named(sheet.link(actor).href, sheet.site.name(actor))


def table_of(sheet: Sheet, record: Record) -> table.TablePicture | None:
    """The delegations of one meeting, facing each other."""
    return table.table_picture([_delegation(sheet, record, n) for n in range(len(record.delegations))])


def _delegation(sheet: Sheet, record: Record, n: int) -> table.Delegation:
    say, one = sheet.site.say, record.delegations[n]
    members = tuple(
        table.Member(sheet.link(m.person).href, sheet.site.name(m.person), _sat_elsewhere(sheet.site, m.person, record.id))
        for m in one.members
    )
    left = len(members) - len(table.shown(members))
    rest = say("picture-and-more", n=left) if left else "" if members else say("picture-nobody")
    return table.Delegation(sheet.link(one.party).href, sheet.site.name(one.party), f"#party-{n + 1}", members, rest)


def _sat_elsewhere(site: Site, person: str, meeting: str) -> bool:
    return any(s.meeting.id != meeting for s in site.seats.get(person, ()))


# ---------------------------------------------------------------- who stands with whom


class Bond(NamedTuple):
    """A relation, and the field it is read from: "" where it is written as a relation; `differs` where the sources do."""

    relation: Relation
    field: str
    differs: bool


def bonds(site: Site) -> tuple[Bond, ...]:
    """Every relation: those that are written, then who leads and what is part of what among the actors."""
    written = (Bond(r, "", False) for r in site.relations)
    return (*written, *(bond for r in site.of_kind("actor") for bond in _own_bonds(r)))


def bonds_of(site: Site, actor: str) -> tuple[Bond, ...]:
    """The relations that an actor stands in: those in which it does something first."""
    found = [Bond(r, "", False) for r in site.related.get(actor, ()) if actor in (r.subject, r.object)]
    found += _own_bonds(site.records[actor])
    for name in ("leader", "part_of"):
        others = {b.record.id: b.record for b in site.naming(name, actor) if b.record.kind == "actor" and b.record.id != actor}
        found += (
            bond
            for r in others.values()
            for bond in _own_bonds(r)
            if bond.field == name and actor in (bond.relation.subject, bond.relation.object)
        )
    return tuple(sorted(found, key=lambda b: b.relation.subject != actor))


def _own_bonds(record: Record) -> Iterator[Bond]:
    """What an actor's record says of its leader and of what it is part of."""
    leaders = record.all("leader")
    differs = disputed(record.kind, "leader", leaders)
    for value in leaders:
        relation = Relation(value.text, "leads", record.id, value.span, value.cites, None, record.notes.get("leader"))
        yield Bond(relation, "leader", differs)
    for value in record.all("part_of"):
        relation = Relation(record.id, "part-of", value.text, value.span, value.cites, None, record.notes.get("part_of"))
        yield Bond(relation, "part_of", False)


def _places(held: Iterable[Bond]) -> Iterator[str]:
    """The id of each relation on a page that lists them in this order (`Sheet.place`)."""
    seen: Counter[str] = Counter()
    for bond in held:
        name = relation_place(bond.relation)
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}-{seen[name]}"


def stands(sheet: Sheet, held: Sequence[Bond], *, numbered: bool, panels: int) -> stand.StandPicture:
    """The picture of these relations; each line leads to its evidence, on an actor's page where that is told there."""
    ties = [_tie(sheet, bond, n if numbered else 0, at) for n, (bond, at) in enumerate(zip(held, _places(held), strict=True), 1)]
    ends = dict.fromkeys(end for tie in ties for end in (tie.subject, tie.object))
    return stand.stand_picture(ties, {end: _actor(sheet, end) for end in ends}, panels)


def _actor(sheet: Sheet, end: str) -> stand.Actor:
    return stand.Actor(sheet.link(end).href, sheet.site.name(end), end == sheet.own)


def _tie(sheet: Sheet, bond: Bond, number: int, at: str) -> stand.Tie:
    say, site, relation = sheet.site.say, sheet.site, bond.relation
    verb = wording.word(say, "verb", relation.verb)
    subject, object_ = site.name(relation.subject), site.name(relation.object)
    by = site.name(relation.by.text) if relation.by else ""
    said = "relation-said" if by else "relation"
    title = say(said, subject=subject, verb=verb, object=object_, by=by)
    says = say("picture-says", by=by) if by else ""
    href = f"#{at}" if sheet.own and not bond.field else sheet.href(f"{urls.RELATIONS}#{at}")
    return stand.Tie(number, relation.subject, verb, relation.object, href, says, voice_of(site, relation), title)


def ego(sheet: Sheet, actor: str) -> stand.StandPicture | None:
    """The relations of one actor, where there are enough for a picture; of very many as many as a page of paper holds."""
    held = bonds_of(sheet.site, actor)
    return stands(sheet, held, numbered=False, panels=1) if len(held) >= EGO else None


def voice_of(site: Site, relation: Relation) -> str:
    """Whose voice a relation is: "said" by somebody, an article's "own", or the "editors" where nothing is cited."""
    return "said" if relation.by else "own" if site.passages(relation.cites) else "editors"


def matrix_of(sheet: Sheet, held: Sequence[Bond]) -> matrix.MatrixPicture:
    """The matrix of very many relations; a row leads to the list of what its actor does."""
    pairs = [matrix.Pair(b.relation.subject, b.relation.object, voice_of(sheet.site, b.relation)) for b in held]
    ends = {end: matrix.End(sheet.site.name(end), sheet.link(end).href, f"#of-{end}") for pair in pairs for end in pair[:2]}
    return matrix.matrix_picture(pairs, ends)
