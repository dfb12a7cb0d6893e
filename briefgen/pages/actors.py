"""The indexes of people and of organisations (people.html, organisations.html)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from briefgen import urls
from briefgen.load.fields import BY_KIND
from briefgen.model import Record
from briefgen.pages import wording
from briefgen.pages.facts import country_link, fact
from briefgen.pages.frame import frame
from briefgen.pages.heads import foreign_name
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site, is_person
from briefgen.pages.talks import part
from briefgen.pages.views import (
    Fact,
    Frame,
    Link,
    Source,
)


class ActorEntry(NamedTuple):
    """One actor in an index.

    link      its page
    short     short form, may be empty
    script    the name in another script (first of `names`) with its language and direction; empty strings where none
    says      the kind of organisation, plain text, the editors' label; empty for people
    posts     people: rank and post held last, else their roles, as facts with evidence
    meetings  how many meetings it sat in; mentions  how often the articles name it
    """

    link: Link
    short: str
    script: str
    lang: str
    dir: str
    says: str
    posts: tuple[Fact, ...]
    meetings: int
    mentions: int


class ActorGroup(NamedTuple):
    """A heading and its actors, sorted: people by the delegation or organisation they belong to, organisations by country.

    heading is plain text; link is its page or None; id is for the heading's anchor.
    """

    id: str
    heading: str
    link: Link | None
    actors: tuple[ActorEntry, ...]


class ActorsView(NamedTuple):
    """Template actors.html; people: true on people.html, false on organisations.html. `title` is the h1, `total` the count.

    relations  href of the page of all relations, "" where there are none
    """

    site: Frame
    title: str
    people: bool
    relations: str
    groups: tuple[ActorGroup, ...]
    total: int
    sources: tuple[Source, ...]


def people_index(site: Site) -> Iterator[Page]:
    """People, by the party they last sat for, else the organisation they belong to or lead."""
    people = [r for r in site.of_kind("actor") if is_person(r)]
    if people:
        sheet = Sheet(site, urls.PEOPLE)
        groups = _groups(sheet, people, _belongs, site.say("group-others"))
        yield Page(sheet.url, "actors.html", _view(sheet, site.say("title-people"), site.say("about-people"), groups))


def organisation_index(site: Site) -> Iterator[Page]:
    """States and organisations, by country."""
    organisations = [r for r in site.of_kind("actor") if not is_person(r)]
    if organisations:
        sheet = Sheet(site, urls.ORGANISATIONS)
        groups = _groups(sheet, organisations, _country, site.say("group-international"))
        yield Page(sheet.url, "actors.html", _view(sheet, site.say("title-organisations"), site.say("about-organisations"), groups))


def _view(sheet: Sheet, title: str, about: str, groups: tuple[ActorGroup, ...]) -> ActorsView:
    return ActorsView(
        site=frame(sheet, title, about=about),
        title=title,
        people=sheet.url == urls.PEOPLE,
        relations=sheet.href(urls.RELATIONS) if urls.RELATIONS in sheet.site.sections else "",
        groups=groups,
        total=sum(len(g.actors) for g in groups),
        sources=sheet.sources(),
    )


def _groups(sheet: Sheet, records: Iterable[Record], key: Callable[[Sheet, Record], Link], rest: str) -> tuple[ActorGroup, ...]:
    """Groups by heading; those without one come last."""
    held: dict[Link, list[Record]] = {}
    for record in records:
        held.setdefault(key(sheet, record), []).append(record)
    in_order = sorted(held, key=lambda link: (not link.text, link.text.casefold()))
    return tuple(_group(sheet, f"group-{n}", link, held[link], rest) for n, link in enumerate(in_order, 1))


def _group(sheet: Sheet, anchor: str, link: Link, records: list[Record], rest: str) -> ActorGroup:
    return ActorGroup(anchor, link.text or rest, link if link.href else None, tuple(_entry(sheet, r) for r in records))


def _belongs(sheet: Sheet, person: Record) -> Link:
    sat = sheet.site.seats.get(person.id, ())
    party = sat[-1].delegation.party if sat else person.text("org")
    leads = sheet.site.naming("leader", person.id)
    party = party or (leads[0].record.id if leads else "")
    return sheet.link(party) if party else Link("", "")


def _country(sheet: Sheet, record: Record) -> Link:
    code = record.text("country")
    return country_link(sheet, code) if code else Link("", "")


def _entry(sheet: Sheet, record: Record) -> ActorEntry:
    site = sheet.site
    names = [foreign_name(site.say, v) for v in record.all("names")]
    sat = {s.meeting.id for s in site.seats.get(record.id, ())}
    sat |= {d.meeting.id for d in site.delegated.get(record.id, ())}
    return ActorEntry(
        link=sheet.link(record.id),
        short=record.text("short"),
        script=names[0].text if names else "",
        lang=names[0].lang if names else "",
        dir=names[0].dir if names else "",
        says=wording.word(site.say, "kind", record.text("kind")),
        posts=_posts(sheet, record),
        meetings=len(sat),
        mentions=len(site.mentions.get(record.id, ())),
    )


def _posts(sheet: Sheet, record: Record) -> tuple[Fact, ...]:
    """The post and rank held last, else the roles; of organisations none."""
    if not is_person(record):
        return ()
    sat = sheet.site.seats.get(record.id, ())
    if sat:
        return (*part(sheet, sat[-1].member, "rank"), *part(sheet, sat[-1].member, "post"))
    rows = BY_KIND["actor"]
    return tuple(fact(sheet, rows[name], v, record.notes.get(name)) for name in ("rank", "roles") for v in record.all(name))
