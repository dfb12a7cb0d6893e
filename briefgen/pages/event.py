"""The page of an event (events/ID.html)."""

from __future__ import annotations

from typing import NamedTuple

from briefgen import urls
from briefgen.model import Record
from briefgen.pages.around import comparisons_about, mentions_of
from briefgen.pages.cards import article_card, origin_groups
from briefgen.pages.facts import field_view, field_views
from briefgen.pages.frame import frame
from briefgen.pages.heads import head
from briefgen.pages.kinds import each
from briefgen.pages.meeting import articles_on
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site
from briefgen.pages.sources import origins_label
from briefgen.pages.steps import steps_after, steps_before
from briefgen.pages.talks import by_party, precision
from briefgen.pages.views import (
    ArticleCard,
    ComparisonView,
    FieldView,
    Frame,
    Head,
    MentionGroup,
    OriginGroup,
    PartyPositions,
    Source,
    Step,
)


class EventView(NamedTuple):
    """Template event.html, in this order.

    head         names, kind, the editors' note
    statements   the kind, marked as the editors'
    date         as in MeetingView; precision in words
    facts        by, format, host, place, participants, topics, outcome
    before, after   what came before and after
    positions    what was said, by party
    based        articles that rest on this statement
    reports      other articles that report it, grouped by origin; origins: the label over all
    comparisons  where the sources differ about it
    mentions     where the articles name it
    sources      numbered list at the foot
    """

    site: Frame
    head: Head
    statements: tuple[FieldView, ...]
    date: FieldView | None
    precision: str
    facts: tuple[FieldView, ...]
    before: tuple[Step, ...]
    after: tuple[Step, ...]
    positions: tuple[PartyPositions, ...]
    based: tuple[ArticleCard, ...]
    reports: tuple[OriginGroup, ...]
    origins: str
    comparisons: tuple[ComparisonView, ...]
    mentions: tuple[MentionGroup, ...]
    sources: tuple[Source, ...]


FACTS = ("by", "format", "host", "place", "participants", "topics", "outcome")


@each(lambda site: (record.id for record in site.happenings if record.kind == "event"))
def event_pages(site: Site, event: str) -> Page:
    """A page for each event."""
    sheet = Sheet(site, site.url(event), event)
    return Page(sheet.url, "event.html", event_view(sheet, site.records[event]))


def event_view(sheet: Sheet, record: Record) -> EventView:
    """One event, on a sheet of any document."""
    resting = sheet.site.origins.get(record.id, ())
    reporting = articles_on(sheet.site, record)
    others = tuple(a for a in reporting if a not in resting)
    return EventView(
        site=frame(sheet, record.name, about=sheet.site.say("about-event", name=record.name), section=urls.EVENTS),
        head=head(sheet, record),
        statements=field_views(sheet, record, ("kind",)),
        date=field_view(sheet, record, "date"),
        precision=precision(sheet.site.say, record),
        facts=field_views(sheet, record, FACTS),
        before=steps_before(sheet, record),
        after=steps_after(sheet, record),
        positions=by_party(sheet, record),
        based=tuple(article_card(sheet, a) for a in resting),
        reports=origin_groups(sheet, others, record.id) if sheet.repeats else (),
        origins=origins_label(sheet.site, (a.id for a in reporting)),
        comparisons=comparisons_about(sheet, record.id),
        mentions=mentions_of(sheet, record.id),
        sources=sheet.sources(),
    )
