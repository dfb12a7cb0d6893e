"""What stands around a record on its page: comparisons about it, its relations, where the articles name it.

Words of an excerpted article are shown only inside its published stretches; the other mentions are counted (I9).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from operator import itemgetter
from typing import NamedTuple

from markupsafe import Markup

from briefgen.model import Mention, Record, Relation
from briefgen.pages import html, wording
from briefgen.pages.anchors import passage_place, relation_place
from briefgen.pages.entries import Imprint
from briefgen.pages.facts import cautions
from briefgen.pages.html import Spot
from briefgen.pages.sheet import Sheet
from briefgen.pages.sources import site_language
from briefgen.pages.views import ComparisonView, MentionGroup, MentionView, Quoted, RelationView
from briefgen.text import sentence_at
from briefgen.urls import record_url


def comparison_view(sheet: Sheet, record: Record) -> ComparisonView:
    """Passages set side by side."""
    return ComparisonView(
        link=sheet.link(record.id),
        kind=wording.word(sheet.site.say, "kind", record.text("kind")),
        quotes=_beside(sheet, record),
        about=tuple(sheet.link(v.text) for v in record.all("about")),
        note=sheet.notes(record, record.notes),
    )


def _beside(sheet: Sheet, record: Record) -> tuple[Quoted, ...]:
    """The passages of a comparison, on its own page with ids."""
    if record.id != sheet.own:
        return sheet.quotes(record.says)
    return tuple(sheet.quoted(p, sheet.place(passage_place(p))) for p in sheet.site.passages(record.says))


def comparisons_about(sheet: Sheet, record_id: str) -> tuple[ComparisonView, ...]:
    """The comparisons that name a record in `about`."""
    return tuple(comparison_view(sheet, b.record) for b in sheet.site.naming("about", record_id))


# ---------------------------------------------------------------- relations


def relation_view(sheet: Sheet, relation: Relation) -> RelationView:
    """`subject verb object`, and who says so."""
    evidence = sheet.evidence(relation.cites)
    return RelationView(
        subject=sheet.link(relation.subject),
        verb=wording.word(sheet.site.say, "verb", relation.verb),
        object=sheet.link(relation.object),
        by=sheet.link(relation.by.text) if relation.by else None,
        evidence=evidence,
        labels=cautions(sheet, relation.note, "" if evidence.marks else "uncited"),
        note=sheet.note(relation.note),
        id=sheet.place(relation_place(relation)),
    )


class Relations(NamedTuple):
    """A record's relations: it as subject, it as object, and what it asserts of others."""

    outgoing: tuple[RelationView, ...]
    incoming: tuple[RelationView, ...]
    asserted: tuple[RelationView, ...]


def relations_of(sheet: Sheet, record_id: str) -> Relations:
    """Every relation a record stands in or asserts, once."""
    related = sheet.site.related.get(record_id, ())
    outgoing = [r for r in related if r.subject == record_id]
    incoming = [r for r in related if r.object == record_id and r.subject != record_id]
    asserted = [r for r in related if record_id not in (r.subject, r.object)]
    return Relations(_views(sheet, outgoing), _views(sheet, incoming), _views(sheet, asserted))


def _views(sheet: Sheet, relations: Iterable[Relation]) -> tuple[RelationView, ...]:
    return tuple(relation_view(sheet, r) for r in relations)


# ---------------------------------------------------------------- mentions


def mentions_of(sheet: Sheet, record_id: str) -> tuple[MentionGroup, ...]:
    """Where the articles name a record, article by article, by date."""
    held: dict[str, list[Mention]] = {}
    for mention in sheet.site.mentions.get(record_id, ()):
        held.setdefault(mention.article, []).append(mention)
    imprints = {i: sheet.site.imprints[i] for i in held}
    return tuple([_group(sheet, i, imprints[i], held[i]) for i in sorted(held, key=lambda i: imprints[i].order)])


def _group(sheet: Sheet, article: str, imprint: Imprint, mentions: list[Mention]) -> MentionGroup:
    stretches: dict[tuple[int, int, int], list[Mention]] = {}
    hidden = 0
    for mention in mentions:
        stretch = _shown(sheet, imprint.show, mention)
        if stretch:
            stretches.setdefault((mention.unit, *stretch), []).append(mention)
        else:
            hidden += 1
    views = tuple([_view(sheet, imprint, place, found) for place, found in stretches.items()])
    return MentionGroup(sheet.link(article), imprint.publisher, views, hidden)


def _shown(sheet: Sheet, show: str, mention: Mention) -> tuple[int, int] | None:
    """What of the text may be shown around a mention: its sentence in full, the published stretch in excerpts."""
    if show == "link":
        return None
    if show == "full":
        return sentence_at(sheet.unit(mention.article, mention.unit).text, mention.start, mention.end)
    published = sheet.site.briefing.published.get(mention.article)
    stretches = published.stretches.get(mention.unit, ()) if published else ()
    at = bisect_right(stretches, mention.start, key=itemgetter(0)) - 1
    return stretches[at] if at >= 0 and mention.end <= stretches[at][1] else None


def _view(sheet: Sheet, imprint: Imprint, place: tuple[int, int, int], mentions: list[Mention]) -> MentionView:
    (unit, start, end), article = place, mentions[0].article
    others = html.once(sheet.spots_in(article, unit, ((start, end),)))
    spots = sorted((*others, *(Spot(m.start, m.end, "") for m in mentions)))
    words: Markup = html.linked(sheet.unit(article, unit).text, start, end, spots)
    lang = imprint.lang or site_language(sheet.site)
    return MentionView(words, lang, html.direction(lang), _place(sheet, imprint.show, mentions[0]))


def _place(sheet: Sheet, show: str, mention: Mention) -> str:
    """Where to read it: the paragraph of a full text, the passage of an excerpt."""
    if show == "full":
        return sheet.inside(mention.article, paragraph_id(mention.unit))
    for passage in sheet.site.cited.get((mention.article, mention.unit), ()):
        if any(a <= mention.start and mention.end <= b for a, b in passage.parts):
            return sheet.inside(mention.article, passage.anchor)
    return sheet.href(record_url("article", mention.article))


def paragraph_id(unit: int) -> str:
    """The id of a paragraph on the page of its article."""
    return f"p{unit + 1}"
