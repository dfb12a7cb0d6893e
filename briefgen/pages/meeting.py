"""The page of a meeting (meetings/ID.html)."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from briefgen import urls
from briefgen.model import Article, Record
from briefgen.pages import wording
from briefgen.pages.around import comparisons_about
from briefgen.pages.cards import in_order, origin_groups
from briefgen.pages.changes import changes_of
from briefgen.pages.drawn import table_of
from briefgen.pages.facts import field_view, field_views
from briefgen.pages.frame import frame
from briefgen.pages.heads import head
from briefgen.pages.kinds import each
from briefgen.pages.pictures.table import TablePicture
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site
from briefgen.pages.sources import origins_label
from briefgen.pages.steps import steps_after, steps_before
from briefgen.pages.talks import by_party, cites_of, delegation_view, precision
from briefgen.pages.views import (
    ComparisonView,
    DelegationView,
    FieldView,
    Frame,
    Head,
    OriginGroup,
    PartyChange,
    PartyPositions,
    Source,
    Step,
)


class MeetingView(NamedTuple):
    """Template meeting.html, in this order.

    head         names and the editors' note
    date         the date with precision and evidence (None where not given)
    precision    the precision in words ("one day in this span, inferred by the editors"), plain text, may be empty
    facts        format, host, place, participants, topics, outcome
    before, after   what came before and after
    delegations  side by side; delegations_note is the editors' note on all of them (safe HTML, may be empty)
    picture      them facing each other, None where fewer than two sat there
    changes      how each party's delegation changed
    positions    by party
    comparisons  where the sources differ about it
    reports      which articles report it, grouped by origin; origins: "3 articles, 1 origin" over all of them, or ""
    sources      numbered list at the foot
    """

    site: Frame
    head: Head
    date: FieldView | None
    precision: str
    facts: tuple[FieldView, ...]
    before: tuple[Step, ...]
    after: tuple[Step, ...]
    delegations_note: Markup
    delegations: tuple[DelegationView, ...]
    picture: TablePicture | None
    changes: tuple[PartyChange, ...]
    positions: tuple[PartyPositions, ...]
    comparisons: tuple[ComparisonView, ...]
    reports: tuple[OriginGroup, ...]
    origins: str
    sources: tuple[Source, ...]


FACTS = ("format", "host", "place", "participants", "topics", "outcome")


@each(lambda site: (record.id for record in site.happenings if record.kind == "meeting"))
def meeting_pages(site: Site, meeting: str) -> Page:
    """A page for each meeting."""
    sheet = Sheet(site, site.url(meeting), meeting)
    return Page(sheet.url, "meeting.html", meeting_view(sheet, site.records[meeting]))


def meeting_view(sheet: Sheet, record: Record) -> MeetingView:
    """One meeting, on a sheet of any document."""
    reporting = articles_on(sheet.site, record)
    # Fields stand in the order of display: so the sources are numbered.
    return MeetingView(
        site=frame(sheet, record.name, about=_about(sheet, record), section=urls.MEETINGS),
        head=head(sheet, record),
        date=field_view(sheet, record, "date"),
        precision=precision(sheet.site.say, record),
        facts=field_views(sheet, record, FACTS),
        before=steps_before(sheet, record),
        after=steps_after(sheet, record),
        delegations_note=sheet.note(record.notes.get("delegations")),
        delegations=tuple(delegation_view(sheet, record, d) for d in record.delegations),
        picture=table_of(sheet, record),
        changes=changes_of(sheet, record),
        positions=by_party(sheet, record),
        comparisons=comparisons_about(sheet, record.id),
        reports=origin_groups(sheet, reporting, record.id),
        origins=origins_label(sheet.site, (a.id for a in reporting)),
        sources=sheet.sources(),
    )


def articles_on(site: Site, record: Record) -> tuple[Article, ...]:
    """The articles that a meeting's or event's facts cite."""
    cited = dict.fromkeys(c.article for c in cites_of(record))
    return in_order(site.articles[a] for a in cited if a in site.articles)


def _about(sheet: Sheet, record: Record) -> str:
    say = sheet.site.say
    parties = wording.listed(say, (sheet.site.name(d.party) for d in record.delegations))
    if parties:
        return say("about-meeting-parties", name=record.name, parties=parties)
    return say("about-meeting", name=record.name)
