"""What can be found of texts: the paragraphs of articles as far as they are published, editors' prose, and the indexes.

Of an article shown as excerpts the published stretches alone are here, of one shown as a link nothing but its title (I9).
Page furniture is nobody's words and is not found; the headline is found as the title.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from briefgen import urls
from briefgen.model import Article, EditorsPage, Passage
from briefgen.pages import wording
from briefgen.pages.around import paragraph_id
from briefgen.pages.heads import correction_id
from briefgen.pages.plain import note_text
from briefgen.pages.search.concern import Concern, in_order, years
from briefgen.pages.search.entry import Entry, Found, Place
from briefgen.pages.search.handfuls import handfuls
from briefgen.pages.search.keys import by_month, by_name
from briefgen.pages.search.names import listed
from briefgen.pages.search.plain import foreign, one_line, paragraphs
from briefgen.pages.sections import TITLES
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Site, date_of, title_of
from briefgen.pages.sources import language_of, published_on

_GAP = " … "
_LISTS = {**TITLES, urls.CORRECTIONS: "corrections", urls.DATA: "data"}
_BEGINNING = 24  # characters by which a paragraph is known: it may grow and change behind them

Stretches = tuple[tuple[int, int], ...]


def found_article(site: Site, concern: Concern, article: Article) -> Found:
    """An article's page."""
    entries = (*_paragraphs(site, concern, article), *_article_notes(site, article))
    publisher = article.record.text("publisher")
    lang = foreign(site, language_of(site, article))
    title = title_of(article)
    kind = site.say("search-one.article")
    return Found(
        url=site.url(article.id),
        kind="article",
        title=title,
        lang=lang,
        about=wording.listed(site.say, (part for part in (kind, publisher, published_on(site, article)) if part)),
        order=by_month(date_of(article.record)),
        names=(),
        words=(publisher,) if publisher else (),
        parties=in_order({p for e in entries for p in e.parties}),
        years=in_order({*years(article.record), *(y for e in entries for y in e.years)}),
        handfuls=handfuls(entries),
        listed=(listed(title, publisher or kind, lang=lang),),
    )


def _paragraphs(site: Site, concern: Concern, article: Article) -> Iterator[Entry]:
    published = site.briefing.published.get(article.id)
    if article.show == "link" or published is None:
        return
    lang = foreign(site, language_of(site, article))
    for unit, stretches in sorted(published.stretches.items()):
        if article.prose.units[unit].role == "body":
            yield _paragraph(site, concern, article, unit, stretches, lang)


def _paragraph(site: Site, concern: Concern, article: Article, unit: int, stretches: Stretches, lang: str) -> Entry:
    whole = article.prose.units[unit].text
    text = _GAP.join(whole[a:b] for a, b in stretches).replace("\n", " ")
    passages = site.cited.get((article.id, unit), ())
    named = (m for m in site.spotted.get((article.id, unit), ()) if any(a <= m.start and m.end <= b for a, b in stretches))
    return Entry(
        identity=f"paragraph {text[:_BEGINNING]}",
        voice="source",
        fragment=paragraph_id(unit),
        label="",
        text=text,
        lang=lang,
        places=tuple(_places(passages, stretches, text)),
        parties=concern.of_words(named, passages),
        years=concern.years_of_words(article.record, passages),
    )


def _places(passages: tuple[Passage, ...], stretches: Stretches, text: str) -> Iterator[Place]:
    """Where passages stand in the published text, shorter ones first: they are the nearer place."""
    starts = accumulate((b - a + len(_GAP) for a, b in stretches), initial=0)
    shifts = [(a, b, start - a) for (a, b), start in zip(stretches, starts, strict=False)]
    for passage in sorted(passages, key=lambda p: (p.end - p.start, p.start)):
        for start, end in passage.parts:
            shift = next((s for a, b, s in shifts if a <= start and end <= b), None)
            if shift is not None:
                yield Place(_units(text[: start + shift]), _units(text[: end + shift]), passage.anchor)


def _units(text: str) -> int:
    """The length of a text as a script counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _article_notes(site: Site, article: Article) -> Iterator[Entry]:
    record = article.record
    changed = ((f"changed {v.key}", correction_id(v), site.say("corrections"), v) for v in record.all("changed"))
    notes = ((f"note {name}", "", site.say("search-note"), v) for name, v in record.notes.items())
    for identity, fragment, label, value in (*notes, *changed):
        yield Entry(identity, "editors", fragment, label, one_line(note_text(site, value)))


# ---------------------------------------------------------------- the editors' pages, the indexes


def found_prose(site: Site, concern: Concern, page: EditorsPage) -> Found:
    """A page of the editors, the briefing itself included."""
    url = urls.editors_url(page.id)
    entries = tuple(
        Entry(f"prose {text[:_BEGINNING]}", "editors", place, "", text, parties=_named(site, concern, text))
        for place, text in paragraphs(Sheet(site, url), page.prose)
    )
    parties = in_order({p for e in entries for p in e.parties})
    title = page.title or site.briefing.site.name
    name = (listed(title, site.say("search-one.prose")),)
    return Found(url, "prose", title, "", site.say("prose-kicker"), by_name(title), (), (), parties, (), handfuls(entries), name)


def _named(site: Site, concern: Concern, text: str) -> tuple[str, ...]:
    return concern.of(hit.record for hit in site.briefing.names.find(text))


def index_urls(site: Site) -> Iterator[str]:
    """The pages that list others; not the home page, where the editors wrote one."""
    written = {urls.editors_url(page.id) for page in site.pages}
    yield from (url for url in _LISTS if url in (site.sections | {urls.DATA}) - written)


def found_index(site: Site, url: str) -> Found:
    """A page that lists others, by its name."""
    title = site.say(_LISTS[url])
    return Found(url, "index", title, "", site.say("search-one.index"), by_name(title), (), (), (), (), handfuls(()))
