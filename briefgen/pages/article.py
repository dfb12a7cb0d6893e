"""The page of an article (articles/ID.html): full text, excerpts or a link, by its rights."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from briefgen import edtf, urls
from briefgen.model import Article
from briefgen.pages import html, wording
from briefgen.pages.cards import article_card, origin_link
from briefgen.pages.entries import Listed
from briefgen.pages.frame import frame
from briefgen.pages.heads import changes
from briefgen.pages.kinds import each
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site, date_of, title_of
from briefgen.pages.sources import language_of, origins_label, published_on, translated_from
from briefgen.pages.text_blocks import anchors_missing, blocks_of
from briefgen.pages.views import (
    ArticleCard,
    Block,
    Change,
    Frame,
    Link,
)


class ArticleView(NamedTuple):
    """Template article.html.

    title, publisher, published, iso   as in the front matter, plain text, may be empty (title never)
    original, archive   addresses, may be empty
    language, translated_from   names of languages in words; lang, dir for the text's element
    show      "full", "excerpts" or "link"
    rights    a sentence on the rights, plain text
    digest    SHA-256 of the text, hexadecimal
    note      safe HTML, the editors' voice about this source (inline)
    origin    the statement it rests on (based_on), or None
    siblings  other articles with that origin; origins: "3 articles, 1 origin" or ""
    reports   links to the meetings (and events) whose facts cite it
    people, organisations   named in it
    anchors   ids that need a place at the top of the text (print `<span class="anchor" id=…></span>` for each)
    blocks    the text: all of it, or the published words of each paragraph with gaps as " … ", or nothing
    facts     how many facts rest on it
    words     how many words its body has; shown: how many of them stand in a published passage
    changed   corrections
    """

    site: Frame
    title: str
    publisher: str
    published: str
    iso: str
    original: str
    archive: str
    language: str
    translated_from: str
    lang: str
    dir: str
    show: str
    rights: str
    digest: str
    note: Markup
    origin: Link | None
    siblings: tuple[ArticleCard, ...]
    origins: str
    reports: tuple[Link, ...]
    people: tuple[Link, ...]
    organisations: tuple[Link, ...]
    anchors: tuple[str, ...]
    blocks: tuple[Block, ...]
    facts: int
    words: int
    shown: int
    changed: tuple[Change, ...]


@each(lambda site: site.articles)
def article_pages(site: Site, article: str) -> Page:
    """A page for each article."""
    sheet = Sheet(site, site.url(article), article)
    return Page(sheet.url, "article.html", article_view(sheet, site.articles[article]))


def article_view(sheet: Sheet, article: Article) -> ArticleView:
    """One article, on a sheet of any document."""
    site, record = sheet.site, article.record
    date = date_of(record)
    lang = language_of(site, article)
    resting = site.resting.get(article.id, ())
    siblings = site.origins[article.origin]
    published = site.briefing.published.get(article.id)
    blocks = blocks_of(sheet, article)
    named = _named(site, article)
    return ArticleView(
        site=frame(sheet, title_of(article), about=_about(site, article), section=urls.ARTICLES),
        title=title_of(article),
        publisher=record.text("publisher"),
        published=published_on(site, article),
        iso=edtf.iso(date),
        original=html.safe_url(record.text("url")),
        archive=html.safe_url(record.text("archive_url")),
        language=wording.language(site.say, lang),
        translated_from=translated_from(site, article),
        lang=lang,
        dir=html.direction(lang),
        show=article.show,
        rights=_rights(site, article),
        digest=article.digest,
        note=sheet.notes(record, record.notes),
        origin=origin_link(sheet, article),
        siblings=tuple(article_card(sheet, a) for a in siblings if a.id != article.id),
        origins=origins_label(site, (a.id for a in siblings)),
        reports=_reports(sheet, {r.claim.owner for r in resting}),
        people=tuple(sheet.link(i) for i, listed in named if listed.is_person),
        organisations=tuple(sheet.link(i) for i, listed in named if not listed.is_person),
        anchors=anchors_missing(article, (r.passage for r in resting), blocks),
        blocks=blocks,
        facts=len({id(r.claim) for r in resting}),
        words=published.words if published else 0,
        shown=published.shown if published else 0,
        changed=changes(sheet, record),
    )


def _about(site: Site, article: Article) -> str:
    publisher = article.record.text("publisher")
    if publisher:
        return site.say("about-article-publisher", title=title_of(article), publisher=publisher)
    return site.say("about-article", title=title_of(article))


def _rights(site: Site, article: Article) -> str:
    """What the rights allow, in a sentence; where `show` says otherwise, that too."""
    rights = article.record.text("rights", "unknown")
    say, id_ = site.say, f"rights.{rights}"
    stated = say(id_) if say.has(id_) else say("rights-licence", licence=rights.upper())
    return f"{stated} {say(f'shown.{article.show}')}"


def _reports(sheet: Sheet, owners: set[str]) -> tuple[Link, ...]:
    """The meetings and events whose facts cite it."""
    order = sheet.site.order
    return tuple(sheet.link(i) for i in sorted(owners & order.keys(), key=lambda i: order[i]))


def _named(site: Site, article: Article) -> list[tuple[str, Listed]]:
    """The actors named in the text, sorted as an index sorts them."""
    units = range(len(article.prose.units))
    ids = {m.record for unit in units for m in site.spotted.get((article.id, unit), ())}
    found = [(i, listed) for i in ids if (listed := site.listing.get(i)) and listed.kind == "actor"]
    return sorted(found, key=lambda one: one[1].key)
