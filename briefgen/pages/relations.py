"""Who stands with whom (relations.html): every relation with its evidence and who asserts it, and a picture of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefgen import urls
from briefgen.pages import drawn, wording
from briefgen.pages.around import relation_view
from briefgen.pages.drawn import Bond
from briefgen.pages.facts import cautions
from briefgen.pages.frame import frame
from briefgen.pages.pictures.matrix import MatrixPicture
from briefgen.pages.pictures.stand import StandPicture
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site
from briefgen.pages.views import Frame, Link, RelationView, Source

LEGIBLE = 80  # relations that a picture with all their verbs can hold; of more it is a matrix


class Entry(NamedTuple):
    """A relation: its number in the picture, and what the page says."""

    number: int
    relation: RelationView


class Subject(NamedTuple):
    """An actor and the relations in which it does something; `id` for the heading's anchor."""

    id: str
    link: Link
    entries: tuple[Entry, ...]


class RelationsView(NamedTuple):
    """Template relations.html.

    picture   of all relations; None where there are too many
    matrix    what stands for it then, else None
    subjects  the list
    total     how many relations
    """

    site: Frame
    picture: StandPicture | None
    matrix: MatrixPicture | None
    subjects: tuple[Subject, ...]
    total: int
    sources: tuple[Source, ...]


def relations(site: Site) -> Iterator[Page]:
    """The page, if there are any relations."""
    sheet = Sheet(site, urls.RELATIONS)
    view = relations_view(sheet)
    if view.total:
        yield Page(sheet.url, "relations.html", view)


def relations_view(sheet: Sheet) -> RelationsView:
    """All relations, on a sheet of any document."""
    held = _by_subject(drawn.bonds(sheet.site))
    legible = len(held) <= LEGIBLE
    say = sheet.site.say
    return RelationsView(
        site=frame(sheet, say("title-relations"), about=say("about-relations")),
        picture=drawn.stands(sheet, held, numbered=True, panels=LEGIBLE) if legible else None,
        matrix=None if legible else drawn.matrix_of(sheet, held),
        subjects=tuple(_subjects(sheet, held)),
        total=len(held),
        sources=sheet.sources(),
    )


def _by_subject(held: Sequence[Bond]) -> list[Bond]:
    """In the order of the picture: what one actor does stands together."""
    first = {bond.relation.subject: n for n, bond in reversed(list(enumerate(held)))}
    return sorted(held, key=lambda bond: first[bond.relation.subject])


def _subjects(sheet: Sheet, held: Sequence[Bond]) -> Iterator[Subject]:
    groups: dict[str, list[Entry]] = {}
    for number, bond in enumerate(held, 1):
        groups.setdefault(bond.relation.subject, []).append(Entry(number, _view(sheet, bond)))
    for actor, entries in groups.items():
        yield Subject(f"of-{actor}", sheet.link(actor), tuple(entries))


def _view(sheet: Sheet, bond: Bond) -> RelationView:
    view = relation_view(sheet, bond.relation)
    if bond.field == "part_of":  # a label: without a citation it is the editors' own
        view = view._replace(labels=cautions(sheet, bond.relation.note, "" if view.evidence.marks else "editors"))
    return view._replace(labels=(*view.labels, wording.label(sheet.site.say, "differ"))) if bond.differs else view
