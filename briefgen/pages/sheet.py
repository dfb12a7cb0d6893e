"""The sheet a page is written on: it hands out the numbers of sources, makes links relative to the page, and links names.

One sheet a page, thrown away with it. Numbers follow the order in which facts are asked for, which is the order of the
fields of a view: one number for each distinct passage. Words of an article shown as a link only are never handed out, and
the sentence around the words only where the article is shown in full (I9).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from markupsafe import Markup

from briefgen import urls
from briefgen.model import Article, Cite, Passage, Prose, Quote, Record, Ref, Unit, Value
from briefgen.pages import anchors, dates, html, wording
from briefgen.pages.html import EMPTY, Spot
from briefgen.pages.site import Site, date_of, title_of
from briefgen.pages.views import Evidence, Frame, Link, Mark, Quoted, Source
from briefgen.words import Words

NEAR = 300  # characters of a sentence that a card shows on either side of the words: a roster of 300 names is one sentence


class Sheet:
    """What one page needs to write down facts. `own` is the record the page is about: it is never linked on it."""

    def __init__(self, site: Site, url: str, own: str = "") -> None:
        self.site = site
        self.url = url
        self.own = own
        self.frame: Frame | None = None  # where it is given beforehand: a document of many pages has one
        self._marks: dict[Passage, Mark] = {}  # in the order of their numbers
        self._words: dict[Passage, Markup] = {}
        self._links: dict[str, Link] = {}
        self._spots: dict[tuple[str, int], tuple[Spot, ...]] = {}
        self._places: dict[str, int] = {}

    # links

    def href(self, url: str) -> str:
        """The link to another page; on 404.html, which is shown at any depth, an absolute path."""
        if self.url == urls.NOT_FOUND:
            return urls.base_path(self.site.base_url) + url
        return urls.relative(self.url, url)

    def link(self, record_id: str, text: str = "") -> Link:
        """A link to a record or article; without address where it has no page, or is this one."""
        link = self._links.get(record_id)
        if link is None:
            url = self.site.url(record_id)
            href = self.href(url) if url and record_id != self.own else ""
            link = self._links[record_id] = Link(href, self.site.name(record_id), *self.tongue(record_id))
        return Link(link.href, text) if text else link

    def tongue(self, article_id: str) -> tuple[str, str]:
        """Language and direction of an article's words and title, where they are not the site's, else nothing twice."""
        article = self.site.articles.get(article_id)
        lang = language_of(self.site, article) if article and article.record.text("title") else ""
        return (lang, html.direction(lang)) if lang and html.foreign(lang, site_language(self.site)) else ("", "")

    def anchor(self, record_id: str, text: str = "") -> Markup:
        """The same as safe HTML."""
        link = self.link(record_id, text)
        return html.in_language(html.anchor(link.href, link.text), link.lang, site_language(self.site))

    def place(self, name: str) -> str:
        """An id made from ids and content (`anchors.py`), each once a page: a second statement alike in everything has -2."""
        count = self._places[name] = self._places.get(name, 0) + 1
        return name if count == 1 else f"{name}-{count}"

    # evidence

    def evidence(self, cites: Iterable[Cite]) -> Evidence:
        """Markers for citations, and how many origins their articles have."""
        passages = self.site.passages(cites)
        return Evidence(tuple(self.mark(p) for p in passages), origins_label(self.site, (p.article for p in passages)))

    def mark(self, passage: Passage) -> Mark:
        """The marker of a passage, numbered by its first appearance."""
        held = self._marks.get(passage)
        if held is None:
            held = self._marks[passage] = with_html(self.site.say, self._mark(passage, len(self._marks) + 1))
        return held

    def _mark(self, passage: Passage, number: int) -> Mark:
        article = self.site.articles[passage.article]
        lang = language_of(self.site, article)
        furniture = unit_of(article, passage).role == "furniture"  # what surrounds the text was not translated with it
        return Mark(
            number=number,
            href=self.href(passage_url(article, passage)),
            html=EMPTY,
            card=self._card(article, passage),
            lang=lang,
            dir=html.direction(lang),
            outlet=outlet_of(article),
            outlet_lang="" if article.record.text("publisher") else self.tongue(article.id)[0],
            date=published_on(self.site, article),
            times=passage.times,
            translated_from="" if furniture else translated_from(self.site, article),
            origin="" if furniture else self._origin(article),
            furniture=furniture,
            recurs=_recurs(article, passage),
            original=html.safe_url(article.record.text("url")),
        )

    def number(self, passage: Passage, nth: int) -> int:
        """The number of a passage in the text of its article, where it is the nth one."""
        return nth

    def quotes(self, cites: Iterable[Cite]) -> tuple[Quoted, ...]:
        """The sources' words, each with its marker."""
        return tuple(self.quoted(p) for p in self.site.passages(cites))

    def quoted(self, passage: Passage) -> Quoted:
        """One passage as a quotation."""
        article = self.site.articles[passage.article]
        mark = self.mark(passage)
        return Quoted(self.words(passage), mark.lang, mark.dir, mark, self.link(article.id), mark.outlet, mark.date)

    def words(self, passage: Passage) -> Markup:
        """The words of a passage, parts joined by " … ", the first mention of each name linked."""
        held = self._words.get(passage)
        if held is None:
            held = self._words[passage] = self._linked_words(passage)
        return held

    def tongued(self, passage: Passage) -> Markup:
        """The same where they stand for a value in the site's own text: with their language, if it is another."""
        words = self.words(passage)
        lang = language_of(self.site, self.site.articles[passage.article])
        return html.in_language(words, lang, site_language(self.site)) if words else words

    def _linked_words(self, passage: Passage) -> Markup:
        article = self.site.articles[passage.article]
        if article.show == "link":
            return EMPTY
        text = unit_of(article, passage).text
        inside = (s for s in self.spots(article, passage.unit) if any(a <= s.start and s.end <= b for a, b in passage.parts))
        spots = html.once(inside)
        return Markup(" … ").join(html.linked(text, start, end, spots) for start, end in passage.parts)

    def spots(self, article: Article, unit: int) -> tuple[Spot, ...]:
        """The names in a paragraph of an article, with their addresses; none in headlines and furniture."""
        held = self._spots.get((article.id, unit))
        if held is None:
            body = article.prose.units[unit].role == "body"
            found = ((m, self.link(m.record).href) for m in self.site.spotted.get((article.id, unit), ()) if body)
            held = self._spots[article.id, unit] = tuple(Spot(m.start, m.end, href) for m, href in found if href)
        return held

    def _card(self, article: Article, passage: Passage) -> Markup:
        text = unit_of(article, passage).text
        match article.show:
            case "link":
                return EMPTY
            case "full":
                start, end, before, after = _around(text, passage)
                return before + html.linked(text, start, end, (Spot(a, b, "") for a, b in passage.parts)) + after
            case "excerpts":
                return html.GAP.join(text[a:b] for a, b in passage.parts)

    def _origin(self, article: Article) -> str:
        based_on = article.record.text("based_on")
        return self.site.name(based_on) if self.site.url(based_on) else ""

    def sources(self) -> tuple[Source, ...]:
        """The numbered list of everything marked so far; to be asked for last."""
        firsts = {passage.article: mark.number for passage, mark in reversed(self._marks.items())}
        return tuple(self._source(p, mark, firsts[p.article] == mark.number) for p, mark in self._marks.items())

    def _source(self, passage: Passage, mark: Mark, first: bool) -> Source:
        record = self.site.articles[passage.article].record
        return Source(
            number=mark.number,
            id=f"source-{mark.number}",
            href=mark.href,
            words=self.words(passage),
            lang=mark.lang,
            dir=mark.dir,
            article=self.link(passage.article),
            outlet=record.text("publisher"),
            date=mark.date,
            original=html.safe_url(record.text("url")),
            first=first,
            times=mark.times,
            translated_from=mark.translated_from,
            origin=mark.origin,
            furniture=mark.furniture,
        )

    # the editors' voice

    def prose(self, prose: Prose) -> Markup:
        """Editors' prose: names linked, references resolved, citations as markers."""
        placed = anchors.placed(prose, self.place, self.site.say("here"))
        return html.prose_html(placed, self._names, self._ref, self._quote)

    def note(self, note: Value | None) -> Markup:
        """A note of the editors, inline; nothing for none."""
        prose = self.site.briefing.note_prose.get(note.span) if note else None
        return self.prose(prose) if prose else EMPTY

    def notes(self, record: Record, names: Iterable[str]) -> Markup:
        """The notes of a record on these fields ("" is the record's own), one after the other."""
        return Markup(" ").join(self.note(record.notes[name]) for name in names if name in record.notes)

    def _names(self, text: str) -> tuple[Spot, ...]:
        hits = ((h, self.link(h.record).href) for h in self.site.briefing.names.find(text))
        return tuple(Spot(h.start, h.end, href) for h, href in hits if href)

    def _ref(self, ref: Ref) -> Markup:
        return self.anchor(ref.id, ref.label)

    def _quote(self, quote: Quote) -> Markup:
        return EMPTY.join(self.mark(p).html for p in self.site.passages((quote.cite,)))


def with_html(say: Words, mark: Mark) -> Mark:
    """A marker with its markup, made from its other fields."""
    source = html.card_from(mark.outlet, mark.outlet_lang, mark.date, say("comma"))
    lines = [html.card_words(mark.card, mark.lang, mark.dir), source]
    said = (
        wording.times(say, mark.times),
        say("source-translated", language=mark.translated_from) if mark.translated_from else "",
        say("source-based-on", origin=mark.origin) if mark.origin else "",
        say("source-furniture") if mark.furniture else "",
    )
    lines += [html.card_line(text) for text in said if text]
    label = say("mark", number=mark.number, outlet=mark.outlet)
    return replace(mark, html=html.marker(mark.number, mark.href, label, lines, mark.original, twice=mark.recurs))


def _around(text: str, passage: Passage) -> tuple[int, int, Markup, Markup]:
    """The sentence around the words, its far ends left out where it is very long, and what then stands for them."""
    start, end = min(passage.sentence[0], passage.start), max(passage.sentence[1], passage.end)
    near, far = start, end
    if passage.start - NEAR > start:
        near = text.find(" ", passage.start - NEAR, passage.start) + 1 or passage.start
    if passage.end + NEAR < end:
        far = max(text.rfind(" ", passage.end, passage.end + NEAR), passage.end)
    return near, far, html.GAP if near > start else EMPTY, html.GAP if far < end else EMPTY


def _recurs(article: Article, passage: Passage) -> bool:
    """Whether a browser that looks for the first words of a passage, as it does for a text fragment, may find others first."""
    start, end = passage.parts[0]
    return article.recurs(unit_of(article, passage).text[start:end])


def passage_url(article: Article, passage: Passage) -> str:
    """Where a passage stands; of an article that is a link only, the top of its page."""
    url = urls.record_url("article", article.id)
    return url if article.show == "link" else f"{url}#{passage.anchor}"


def unit_of(article: Article, passage: Passage) -> Unit:
    """The paragraph a passage stands in."""
    return article.prose.units[passage.unit]


def outlet_of(article: Article) -> str:
    """Who published it, else its title."""
    return article.record.text("publisher") or title_of(article)


def published_on(site: Site, article: Article) -> str:
    """Its date of publication as displayed, or nothing."""
    date = date_of(article.record)
    return dates.shown(site.say, date) if date else ""


def site_language(site: Site) -> str:
    """The language of the briefing."""
    return site.briefing.site.text("language", "en")


def language_of(site: Site, article: Article) -> str:
    """The language of an article's words, by default the site's."""
    return article.record.text("language") or site_language(site)


def translated_from(site: Site, article: Article) -> str:
    """The language it was translated from, in words, or nothing."""
    given = article.record.text("translated_from")
    return wording.language(site.say, given) if given else ""


def origins_label(site: Site, articles: Iterable[str]) -> str:
    """`3 articles, 1 origin` where articles have fewer origins than they are, else nothing."""
    distinct = set(articles)
    origins = {site.articles[a].origin for a in distinct}
    if len(origins) == len(distinct):
        return ""
    say = site.say
    return say("articles-origins", articles=say("count-articles", n=len(distinct)), origins=say("count-origins", n=len(origins)))
