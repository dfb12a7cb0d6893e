r"""The published briefing as plain data, record by record: what data/briefing.json is made of.

Every function here is pure in its arguments and makes the data of one thing, so that an edit need not make all of them again.
Absences: nothing that `Site` does not hold; of an excerpted article nothing but the quoted words, so no prefix and no suffix;
of one shown as a link not even those. Objects and keys are those of `data_schema.py`.

The text of an article, for offsets and `text_sha256`, is its paragraphs as rendered (headline, list items and table cells too),
joined by one blank line ("\n\n"); offsets count Unicode code points in it, the end excluded, as in TextPositionSelector of the
W3C Web Annotation Data Model; exact, prefix and suffix are those of its TextQuoteSelector.
"""

from __future__ import annotations

from collections.abc import Iterable

from briefgen import edtf, urls
from briefgen.load.fields import BY_KIND, Field
from briefgen.model import Article, Cite, Delegation, EditorsPage, Member, Passage, Position, Quote, Record, Relation, Value
from briefgen.pages import html
from briefgen.pages.entries import BETWEEN, Said
from briefgen.pages.facets import speakers
from briefgen.pages.facts import caution_codes
from briefgen.pages.plain import note_cites, note_text, plain_text
from briefgen.pages.site import Site, disputed, title_of
from briefgen.pages.sources import language_of, passage_url
from briefgen.pages.talks import ROWS

Data = dict[str, object]

CONTEXT = 32  # code points of prefix and suffix, which never leave the paragraph
# What has a place of its own, or is nobody's business but the editors'.
OMITTED = frozenset(("name", "sort", "from", "draft", "changed"))


# ---------------------------------------------------------------- citations


def citations(site: Site, cites: Iterable[Cite]) -> list[Data]:
    """The passages that citations were found at."""
    return [_citation(site, passage) for passage in site.passages(cites)]


def _citation(site: Site, passage: Passage) -> Data:
    return {
        "article": passage.article,
        "page": passage_url(passage, site.imprints[passage.article].show),
        "sha256": site.texts[passage.article].digest,
        "paragraph": passage.unit + 1,
        "role": site.paragraphs[passage.article, passage.unit].role,
        "times": passage.times,
        "parts": parts(site, passage),
    }


def parts(site: Site, passage: Passage) -> list[Data]:
    """The stretches of a passage; without the words where the article is a link, without those around them but in a full text."""
    text = site.paragraphs[passage.article, passage.unit].text
    begin = site.texts[passage.article].starts[passage.unit]
    show = site.imprints[passage.article].show
    around = CONTEXT if show == "full" else 0
    return [
        {
            "exact": text[start:end] if show != "link" else "",
            "prefix": text[max(0, start - around) : start],
            "suffix": text[end : end + around],
            "start": begin + start,
            "end": begin + end,
        }
        for start, end in passage.parts
    ]


# ---------------------------------------------------------------- values


def _value(site: Site, row: Field, value: Value, note: Value | None) -> Data:
    return {
        "value": value.text,
        **({"key": value.key} if value.key else {}),
        **(when(value.text) if row.type == "edtf" else {}),
        "citations": citations(site, value.cites),
        "labels": list(caution_codes(site, row, value, note)),
    }


def when(text: str) -> dict[str, object]:
    """A date in calendar days: its form, the earliest and the latest day it can mean (None: open, or no date)."""
    date = edtf.parse(text)
    if isinstance(date, str):
        return {"form": None, "earliest": None, "latest": None}
    lasting = date.form == "interval" and date.start is None  # until at least then
    return {"form": date.form, "earliest": day(edtf.first_day(date)), "latest": None if lasting else day(edtf.last_day(date))}


def day(found: edtf.Day | None) -> str | None:
    """A day as 2020-07-01."""
    return f"{found[0]:04}-{found[1]:02}-{found[2]:02}" if found else None


def _note(site: Site, note: Value, on: str = "") -> Data:
    cited = citations(site, note_cites(site, note))
    return {"on": on, "text": note_text(site, note), "reading": site.is_reading(note), "citations": cited}


def _notes(site: Site, note: Value | None) -> list[Data]:
    return [_note(site, note)] if note else []


def _correction(site: Site, value: Value) -> Data:
    return {"date": value.key, "text": note_text(site, value), "citations": citations(site, note_cites(site, value))}


# ---------------------------------------------------------------- records


def record_data(site: Site, record: Record) -> Data:
    """An actor, meeting, event, place, topic or comparison."""
    table = BY_KIND[record.kind]
    given = ((name, held) for name, held in record.fields.items() if held and name not in OMITTED)
    return {
        "id": record.id,
        "type": record.kind,
        "name": record.name,
        "page": site.url(record.id),
        "fields": {name: _field(site, record, table[name], held) for name, held in given},
        **_talks(site, record),
        **({"says": citations(site, record.says)} if record.kind == "comparison" else {}),
        **_editors(site, record),
    }


def _field(site: Site, record: Record, row: Field, values: tuple[Value, ...]) -> Data:
    note = record.notes.get(row.name)
    return {
        "class": row.cls,
        "differs": disputed(record.kind, row.name, values),
        "values": [_value(site, row, v, note) for v in values],
    }


def _editors(site: Site, record: Record) -> Data:
    return {
        "editors_notes": [_note(site, note, on) for on, note in record.notes.items()],
        "corrections": [_correction(site, v) for v in record.all("changed")],
    }


def _talks(site: Site, record: Record) -> Data:
    if record.kind not in ("meeting", "event"):
        return {}
    said = [_position(site, record, p) for p in record.positions]
    if record.kind == "event":
        return {"positions": said}
    return {"delegations": [_delegation(site, d) for d in record.delegations], "positions": said}


def _position(site: Site, record: Record, position: Position) -> Data:
    return {
        "party": position.party,
        "speakers": list(speakers(Said(record, position))),
        "about": [v.text for v in position.about],
        "citations": citations(site, position.cites),
        "editors_notes": _notes(site, position.note),
    }


def _delegation(site: Site, delegation: Delegation) -> Data:
    return {
        "party": delegation.party,
        "members": [_member(site, m) for m in delegation.members],
        "citations": citations(site, delegation.cites),
        "editors_notes": _notes(site, delegation.note),
    }


def _member(site: Site, member: Member) -> Data:
    parts = {name: [_value(site, ROWS[name], v, member.note) for v in member.parts.get(name, ())] for name in ROWS}
    return {"person": member.person, **parts, "editors_notes": _notes(site, member.note)}


# ---------------------------------------------------------------- the rest


def relation_data(site: Site, relation: Relation) -> Data:
    """A relation; `by` is None where the article asserts it in its own voice."""
    return {
        "subject": relation.subject,
        "verb": relation.verb,
        "object": relation.object,
        "by": relation.by.text if relation.by else None,
        "citations": citations(site, relation.cites),
        "editors_notes": _notes(site, relation.note),
    }


def article_data(site: Site, article: Article) -> Data:
    """A source article; its text only where it is shown in full."""
    record = article.record
    shown = site.briefing.published.get(article.id)
    based_on = record.text("based_on")
    return {
        "id": article.id,
        "title": title_of(article),
        "publisher": record.text("publisher"),
        "page": site.url(article.id),
        "original": html.safe_url(record.text("url")),
        "archive": html.safe_url(record.text("archive_url")),
        "published": [{"value": v.text, **when(v.text)} for v in record.all("published")],
        "language": language_of(site, article),
        "translated_from": record.text("translated_from"),
        "based_on": based_on if site.url(based_on) else "",
        "rights": record.text("rights", "unknown"),
        "show": article.show,
        "sha256": site.texts[article.id].digest,
        "text_sha256": site.texts[article.id].joined,
        "body_words": shown.words if shown else 0,
        "body_words_shown": shown.shown if shown else 0,
        **({"text": BETWEEN.join(unit.text for unit in article.prose.units)} if article.show == "full" else {}),
        **_editors(site, record),
    }


def page_data(site: Site, page: EditorsPage) -> Data:
    """A page of the editors' prose, as text."""
    return {
        "id": page.id,
        "title": page.title,
        "page": urls.editors_url(page.id),
        "text": plain_text(site, page.prose),
        "citations": citations(site, (p.cite for p in page.prose.pieces if isinstance(p, Quote))),
    }


def site_data(site: Site) -> Data:
    """The site itself; `url` is "" where it has no address."""
    own = site.briefing.site
    return {
        "name": own.name,
        "description": own.text("description"),
        "language": own.text("language", "en"),
        "url": site.base_url,
        "editors": [v.text for v in own.all("editors")],
    }
