"""From the words to the facts: what rests on a passage, each with the page that states it."""

from __future__ import annotations

from briefgen import edtf
from briefgen.load.fields import BY_KIND
from briefgen.model import Claim, Passage
from briefgen.pages import wording
from briefgen.pages.sheet import Sheet
from briefgen.pages.views import Link, RestingFact
from briefgen.urls import editors_url

_LAST = {"says": 1, "prose": 2}


def facts_on(sheet: Sheet, passage: Passage) -> tuple[RestingFact, ...]:
    """The facts that rest on a passage, each once; then comparisons, then where the editors quote it."""
    claims = sorted(sheet.site.claims_on.get(passage, ()), key=lambda c: _LAST.get(c.field, 0))
    return tuple(dict.fromkeys(resting_fact(sheet, c) for c in claims))


def resting_fact(sheet: Sheet, claim: Claim) -> RestingFact:
    """A claim as it is listed beside the words."""
    if claim.relation:
        relation = claim.relation
        text = f"{sheet.site.name(relation.subject)} {wording.in_words(relation.verb)} {sheet.site.name(relation.object)}"
        return RestingFact(sheet.link(relation.subject), wording.field_label("relations"), text)
    if claim.field == "prose":
        return RestingFact(_page(sheet, claim.owner), wording.field_label("prose"), "")
    if claim.person:
        return RestingFact(sheet.link(claim.person), wording.field_label(claim.field), _value(sheet, claim))
    return RestingFact(_page(sheet, claim.owner), wording.field_label(claim.field), _value(sheet, claim))


def _page(sheet: Sheet, owner: str) -> Link:
    """A record, or a page of the editors ("index", "pages/ID")."""
    if sheet.site.url(owner):
        return sheet.link(owner)
    page_id = owner.removeprefix("pages/")
    page = next((p for p in sheet.site.pages if p.id == page_id), None)
    return Link(sheet.href(editors_url(page_id)), page.title) if page else Link("", owner)


def _value(sheet: Sheet, claim: Claim) -> str:
    """The value as plain text: a name for an id, a date as displayed."""
    if claim.field in ("positions", "delegations", "org"):
        return "All delegations" if claim.value == "all" else sheet.site.name(claim.value)
    record = sheet.site.records.get(claim.owner)
    row = BY_KIND[record.kind].get(claim.field) if record else None
    if row and row.type == "edtf":
        date = edtf.parse(claim.value)
        return claim.value if isinstance(date, str) else edtf.display(date)
    if row and row.type == "id":
        return sheet.site.name(claim.value)
    return wording.in_words(claim.value) if row and row.type in ("kind", "word") else claim.value
