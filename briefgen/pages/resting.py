"""From the words to the facts: what rests on a passage, each with the page that states it."""

from __future__ import annotations

from briefgen import edtf
from briefgen.load.fields import BY_KIND
from briefgen.model import Claim, Passage
from briefgen.pages import dates, wording
from briefgen.pages.sheet import Sheet
from briefgen.pages.views import Link, RestingFact
from briefgen.text import folded
from briefgen.urls import editors_url

_LAST = {"says": 1, "prose": 2}


def facts_on(sheet: Sheet, passage: Passage) -> tuple[RestingFact, ...]:
    """The facts that rest on a passage, each once; then comparisons, then where the editors quote it."""
    claims = sorted(sheet.site.claims_on.get(passage, ()), key=lambda c: _LAST.get(c.field, 0))
    return tuple(dict.fromkeys(_in_its_language(sheet, passage, resting_fact(sheet, c)) for c in claims))


def _in_its_language(sheet: Sheet, passage: Passage, fact: RestingFact) -> RestingFact:
    """A value that stands in foreign words is in their language."""
    lang, direction = sheet.tongue(passage.article)
    if not lang or not fact.value or folded(fact.value) not in folded(" … ".join(sheet.site.words_of(passage))):
        return fact
    return fact._replace(lang=lang, dir=direction)


def resting_fact(sheet: Sheet, claim: Claim) -> RestingFact:
    """A claim as it is listed beside the words."""
    say = sheet.site.say
    if claim.relation:
        relation = claim.relation
        return RestingFact(
            sheet.link(relation.subject), wording.field_label(say, "relations"), wording.relation(sheet.site, relation)
        )
    if claim.field == "prose":
        return RestingFact(_page(sheet, claim.owner), wording.field_label(say, "prose"), "")
    if claim.person:
        return RestingFact(sheet.link(claim.person), wording.field_label(say, claim.field), _value(sheet, claim))
    return RestingFact(_page(sheet, claim.owner), wording.field_label(say, claim.field), _value(sheet, claim))


def _page(sheet: Sheet, owner: str) -> Link:
    """A record, or a page of the editors ("index", "pages/ID")."""
    if sheet.site.url(owner):
        return sheet.link(owner)
    page_id = owner.removeprefix("pages/")
    title = dict(sheet.site.menu).get(page_id)
    return Link(sheet.href(editors_url(page_id)), title) if title is not None else Link("", owner)


def _value(sheet: Sheet, claim: Claim) -> str:
    """The value as plain text: a name for an id, a date as displayed."""
    if claim.field in ("positions", "delegations", "org"):
        return sheet.site.say("all-delegations") if claim.value == "all" else sheet.site.name(claim.value)
    record = sheet.site.records.get(claim.owner)
    row = BY_KIND[record.kind].get(claim.field) if record else None
    if row and row.type == "edtf":
        date = edtf.parse(claim.value)
        return claim.value if isinstance(date, str) else dates.shown(sheet.site.say, date)
    if row and row.type == "id":
        return sheet.site.name(claim.value)
    return wording.word(sheet.site.say, claim.field, claim.value) if row and row.type in ("kind", "word") else claim.value
