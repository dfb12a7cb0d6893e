"""The sheet a page is written on: it hands out the numbers of sources, makes links relative to the page, and links names.

One sheet a page, thrown away with it. Numbers follow the order in which facts are asked for, which is the order of the
fields of a view: one number for each distinct passage. Words of an article shown as a link only are never handed out, and
the sentence around the words only where the article is shown in full (I9).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from operator import attrgetter

from markupsafe import Markup

from briefgen import urls
from briefgen.model import Cite, Mention, Passage, Prose, Quote, Record, Ref, Unit, Value
from briefgen.pages import anchors, dates, html, markers, wording
from briefgen.pages.entries import Imprint
from briefgen.pages.html import EMPTY, Spot
from briefgen.pages.markers import Byline
from briefgen.pages.site import Site
from briefgen.pages.sources import origins_label, site_language, tongue
from briefgen.pages.views import Evidence, Frame, Link, Mark, Number, Quoted, Says, Source

UNCITED = Evidence((), "")
_BEGIN = attrgetter("start")


class Sheet:
    """What one page needs to write down facts. `own` is the record the page is about: it is never linked on it.

    `repeats`: whether a page repeats what the pages of others state (whom a person met, what an event rests on).
    """

    repeats = True

    def __init__(self, site: Site, url: str, own: str = "") -> None:
        self.site = site
        self.url = url
        self.own = own
        self.frame: Frame | None = None  # where it is given beforehand: a document of many pages has one
        self._folder = url.rpartition("/")[0]
        self._hrefs: dict[str, str] = {}
        self._marks: dict[Passage, Mark] = {}  # in the order of their numbers
        self._words: dict[Passage, Markup] = {}
        self._links: dict[str, Link] = {}
        self._units: dict[tuple[str, int], Unit] = {}
        self._mentions: dict[tuple[str, int], tuple[Mention, ...]] = {}
        self._imprints: dict[str, Imprint] = {}
        self._bylines: dict[str, Byline] = {}
        self._articles: dict[str, str] = {}  # what leads to the page of an article, nothing on that page itself
        self._places: dict[str, int] = {}

    # links

    def href(self, url: str) -> str:
        """The link to another page; on 404.html, which is shown at any depth, an absolute path."""
        if self.url == urls.NOT_FOUND:
            return urls.base_path(self.site.base_url) + url
        return urls.relative(self.url, url) if "#" in url else urls.from_folder(self._folder, url)

    def inside(self, article: str, place: str) -> str:
        """The link to a place on the page of an article."""
        page = self._articles.get(article)
        if page is None:
            url = urls.record_url("article", article)
            page = self._articles[article] = self.href(url) if url != self.url else ""
        return f"{page}#{place}"

    def link(self, record_id: str, text: str = "") -> Link:
        """A link to a record or article; without address where it has no page, or is this one."""
        link = self._links.get(record_id)
        if link is None:
            link = self._links[record_id] = self._link(record_id)
        return Link(link.href, text) if text else link

    def _link(self, record_id: str) -> Link:
        held = self.site.links.get(record_id)
        if held is None:
            return Link("", record_id)
        return Link(self.href(held.url) if record_id != self.own else "", held.name, *self._tongue(held.lang))

    def _href_of(self, record_id: str) -> str:
        """Where a link to a record leads, for those who need no more of it."""
        href = self._hrefs.get(record_id)
        if href is None:
            url = self.site.url(record_id) if record_id != self.own else ""
            href = self._hrefs[record_id] = self.href(url) if url else ""
        return href

    def tongue(self, article_id: str) -> tuple[str, str]:
        """Language and direction of an article's words and title, where they are not the site's, else nothing twice."""
        held = self.site.links.get(article_id)
        return self._tongue(held.lang) if held else ("", "")

    def _tongue(self, lang: str) -> tuple[str, str]:
        return tongue(lang, site_language(self.site)) if lang else ("", "")

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
        return self.rests_on(self.site.passages(cites))

    def rests_on(self, passages: tuple[Passage, ...]) -> Evidence:
        """The same for passages."""
        if not passages:
            return UNCITED
        origins = origins_label(self.site, (p.article for p in passages)) if len(passages) > 1 else ""
        return Evidence(tuple(map(self.mark, passages)), origins)

    def mark(self, passage: Passage) -> Mark:
        """The marker of a passage, numbered by its first appearance."""
        held = self._marks.get(passage)
        if held is None:
            held = self._marks[passage] = self._mark(passage, len(self._marks) + 1)
        return held

    def _mark(self, passage: Passage, number: int) -> Mark:
        imprint = self.imprint(passage.article)
        link = imprint.show == "link"  # of such an article the page has no text
        href = self.href(urls.record_url("article", passage.article)) if link else self.inside(passage.article, passage.anchor)
        card = markers.card(self.unit(passage.article, passage.unit).text, passage, imprint.show)
        says = self.says(passage, card)
        return Mark(number, href, markers.marker(self.site.say, number, href, says), says)

    def says(self, passage: Passage, card: Markup) -> Says:
        """What the marker of a passage says on every page; `card` are its words."""
        by = self._bylines.get(passage.article)
        if by is None:
            by = self._bylines[passage.article] = self._byline(passage.article)
        furniture = self.unit(passage.article, passage.unit).role == "furniture"
        return Says(
            card,
            by.lang,
            by.dir,
            by.outlet,
            by.outlet_lang,
            by.date,
            passage.times,
            "" if furniture else by.translated_from,  # what surrounds the text was not translated with it
            "" if furniture else by.origin,
            furniture,
            passage.recurs,
            by.original,
        )

    def _byline(self, article: str) -> Byline:
        imprint, say = self.imprint(article), self.site.say
        lang = imprint.lang or site_language(self.site)
        return Byline(
            lang,
            html.direction(lang),
            imprint.outlet,
            "" if imprint.publisher else self.tongue(article)[0],
            dates.shown(say, imprint.date),
            wording.language(say, imprint.translated_from) if imprint.translated_from else "",
            self._origin(imprint),
            imprint.original,
        )

    def unit(self, article: str, number: int) -> Unit:
        """A paragraph of an article."""
        at = (article, number)
        held = self._units.get(at)
        if held is None:
            held = self._units[at] = self.site.paragraphs[at]
        return held

    def imprint(self, article: str) -> Imprint:
        """What the front matter of an article says of its passages."""
        held = self._imprints.get(article)
        if held is None:
            held = self._imprints[article] = self.site.imprints[article]
        return held

    def number(self, passage: Passage, nth: int) -> Number:
        """The number of a passage in the text of its article, where it is the nth one."""
        return nth

    def quotes(self, cites: Iterable[Cite]) -> tuple[Quoted, ...]:
        """The sources' words, each with its marker."""
        return tuple(self.quoted(p) for p in self.site.passages(cites))

    def quoted(self, passage: Passage, place: str = "") -> Quoted:
        """One passage as a quotation; `place` is its id on the page."""
        mark = self.mark(passage)
        says = mark.says
        return Quoted(self.words(passage), says.lang, says.dir, mark, self.link(passage.article), says.outlet, says.date, place)

    def words(self, passage: Passage) -> Markup:
        """The words of a passage, parts joined by " … ", the first mention of each name linked."""
        held = self._words.get(passage)
        if held is None:
            held = self._words[passage] = self._linked_words(passage)
        return held

    def tongued(self, passage: Passage) -> Markup:
        """The same where they stand for a value in the site's own text: with their language, if it is another."""
        words = self.words(passage)
        lang = self.imprint(passage.article).lang
        return html.in_language(words, lang, site_language(self.site)) if words and lang else words

    def _linked_words(self, passage: Passage) -> Markup:
        if self.imprint(passage.article).show == "link":
            return EMPTY
        unit = self.unit(passage.article, passage.unit)
        spots = html.once(self.spots_in(passage.article, passage.unit, passage.parts))
        return html.safe(" … ".join(html.linked(unit.text, start, end, spots) for start, end in passage.parts))

    def spots_in(self, article: str, unit: int, parts: tuple[tuple[int, int], ...]) -> Iterator[Spot]:
        """The names in these stretches of a paragraph, with their addresses; there are none in headlines and furniture."""
        mentions = self.mentions(article, unit)  # in the order of the text, without overlaps, as the parts are
        for start, end in parts:
            for at in range(bisect_left(mentions, start, key=_BEGIN), len(mentions)):
                if mentions[at].end > end:
                    break
                if href := self._href_of(mentions[at].record):
                    yield Spot(mentions[at].start, mentions[at].end, href)

    def mentions(self, article: str, unit: int) -> tuple[Mention, ...]:
        """The names in a paragraph of an article."""
        held = self._mentions.get((article, unit))
        if held is None:
            held = self._mentions[article, unit] = self.site.spotted.get((article, unit), ())
        return held

    def _origin(self, imprint: Imprint) -> str:
        held = self.site.links.get(imprint.based_on) if imprint.based_on else None
        return held.name if held else ""

    def sources(self) -> tuple[Source, ...]:
        """The numbered list of everything marked so far; to be asked for last."""
        firsts = {passage.article: mark.number for passage, mark in reversed(self._marks.items())}
        return tuple([self._source(p, mark, firsts[p.article] == mark.number) for p, mark in self._marks.items()])

    def _source(self, passage: Passage, mark: Mark, first: bool) -> Source:
        id_, href = self.entry(passage, mark)
        says = mark.says
        return Source(
            number=mark.number,
            id=id_,
            href=href,
            words=self.words(passage),
            lang=says.lang,
            dir=says.dir,
            article=self.link(passage.article),
            outlet=self.imprint(passage.article).publisher,
            date=says.date,
            original=says.original,
            first=first,
            times=says.times,
            translated_from=says.translated_from,
            origin=says.origin,
            furniture=says.furniture,
        )

    def entry(self, passage: Passage, mark: Mark) -> tuple[str, str]:
        """The id of a passage's entry in the list of sources, and where it leads."""
        return f"source-{mark.number}", mark.href

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
