"""Facts and what they rest on: labels, markers, sources, quotations."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from briefgen.pages.views.frame import Link

Number = int | Markup  # of a source on its page; in a part of a document a slot stands for it (`binding.slot`)


class Label(NamedTuple):
    """A word of caution beside a fact.

    code   for the class attribute: wording, reading, inferred, year, unchecked, editors, differ, uncited
    text   what is printed: "editors' wording"
    title  one sentence that explains it, plain text, for a title attribute
    """

    code: str
    text: str
    title: str


class Says(NamedTuple):
    """What a marker says wherever it stands: all of it but the number and the address, which are the page's own.

    card             safe HTML: the words in quotation marks; for an article shown in full, in their sentence, the words in <b>
    lang, dir        of the words
    outlet           publisher, or title where there is none, plain text
    outlet_lang      the language of such a title where it is not the site's, else ""
    date             date of publication as displayed, may be empty
    times            how often the words stand in the article; above 1 the card says "stands twice" / "stands 3 times"
    translated_from  name of the language the article was translated from, or ""
    origin           name of the statement the article rests on, or ""
    furniture        true where the words stand in page furniture
    recurs           true where the first words stand elsewhere in the article too, in whatever other words
    original         address of the original, or ""; the script adds to it a text fragment made from the words of the card
    """

    card: Markup
    lang: str
    dir: str
    outlet: str
    outlet_lang: str
    date: str
    times: int
    translated_from: str
    origin: str
    furniture: bool
    recurs: bool
    original: str


class Mark(NamedTuple):
    """The marker [n] behind a fact, with its card.

    number           the number in the list of sources of this page
    href             to the passage on the article's page; the marker is this link
    html             safe HTML, the whole marker with its card, ready to print (the same markup stands inside editors' prose, so
                     templates print `{{ mark.html }}` and never build a marker themselves):
                     <span class="cite"><a class="mark" href="…" aria-label="Source 2, Outlet">2</a><span class="card"
                     aria-hidden="true" data-original="…"><q lang dir>words <b>cited words</b> words</q><span><b>Outlet</b>,
                     date</span><span>Stands twice in the article.</span> …</span></span>
                     What of `says.card` is no word of the source (the gaps " … ") stands in <i>. `data-twice` is set where
                     `says.recurs`.
    says             what it says
    """

    number: Number
    href: str
    html: Markup
    says: Says


class Evidence(NamedTuple):
    """What a fact rests on: its markers, and "3 articles, 1 origin" where its articles have fewer origins (else "")."""

    marks: tuple[Mark, ...]
    origins: str


class Fact(NamedTuple):
    """One value with its evidence.

    value     safe HTML: the text or a link
    evidence  the markers
    labels    words of caution
    note      safe HTML, the editors' voice on this fact (inline); empty where there is none
    id        its id on the page of its record, made from the value; empty for a fact that has no place of its own
    """

    value: Markup
    evidence: Evidence
    labels: tuple[Label, ...]
    note: Markup
    id: str = ""


class FieldView(NamedTuple):
    """All values of one field.

    name     the field's name, for class and id attributes ("rank")
    label    what is printed ("Rank")
    facts    its values; never empty
    differs  true: the sources differ, both values are shown, neither is preferred; print "sources differ"
    note     safe HTML, the editors' voice on the field (inline); empty where there is none
    """

    name: str
    label: str
    facts: tuple[Fact, ...]
    differs: bool
    note: Markup


class Quoted(NamedTuple):
    """A source's own words, to be set off as such (quotation marks come from the template: `<q>` or `<blockquote>`).

    words      safe HTML: the source's characters, parts joined by " … ", names linked
    lang, dir  of the words
    mark       its marker
    article    link to the article's page; text is its title
    outlet     publisher, or title where there is none, plain text
    date       date of publication as displayed, may be empty
    id         its id on the page, made from the words; empty for words that have no place of their own
    """

    words: Markup
    lang: str
    dir: str
    mark: Mark
    article: Link
    outlet: str
    date: str
    id: str = ""


class Source(NamedTuple):
    """One entry of the numbered list at the foot of a page.

    number           its number on this page
    id               id attribute of the entry ("source-3")
    href             to the passage on the article's page
    words            safe HTML: the source's characters, parts joined by " … ", names linked; empty where the article is a link only
    lang, dir        of the words
    article          link to the article's page; text is its title
    outlet           publisher, may be empty
    date             date of publication as displayed, may be empty
    original         address of the original, or ""
    first            true where its article is cited for the first time in the list
    times, translated_from, origin, furniture   as in Says
    """

    number: Number
    id: str
    href: str
    words: Markup
    lang: str
    dir: str
    article: Link
    outlet: str
    date: str
    original: str
    first: bool
    times: int
    translated_from: str
    origin: str
    furniture: bool


class Inside(NamedTuple):
    """What a page needs that is printed as a part of a document (print.html) and not by itself.

    id     its anchor in the document; every id in it begins so
    page   the template that shows it: actor article comparison differences event meeting place prose relations timeline topic
    noted  true for an article with facts beside its text
    down   by how much its headings are lowered
    notes  what it cites
    """

    id: str
    page: str
    noted: bool
    down: int
    notes: tuple[Source, ...]
