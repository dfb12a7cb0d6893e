"""The view types that several pages share.

A view is a frozen value made for one template (I1): strings, numbers, booleans, tuples, None, safe HTML and other views.
No spans, no records, no functions, no dictionaries. A field of type `Markup` is safe HTML and printed as it is; every
field of type `str` is plain text, which the template engine escapes. Every `href` is ready for the page that holds it.
Fields stand in the order of display: numbers of sources are handed out in that order.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page of the site (or, in `see` and `original`, elsewhere).

    `href` is the address, empty where there is no page to go to (then `text` stands alone); `text` is plain text.
    """

    href: str
    text: str


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the navigation; `current` is true on that page and on those below it."""

    href: str
    text: str
    current: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What the layout needs on every page; stands in each view as `site`.

    name         the site's name, plain text
    description  the site's one sentence, plain text, may be empty
    language     BCP 47 tag for <html lang>
    direction    "ltr" or "rtl" for <html dir>
    title        the title of this page, plain text; equal to `name` on the home page
    about        one sentence about this page for <meta name=description>, plain text, may be empty
    canonical    absolute address of this page, or "" where the site has no address
    url          this page's path within the site ("meetings/x.html")
    root         prefix of everything: "", "../", or on 404.html the path of the site's address ("/repo/")
    home         href of the home page
    nav          the main navigation
    more         the editors' pages (Background, Method, About …), for the footer
    crumbs       the way from home to here, this page not included
    editors      who edits the site, plain text
    """

    name: str
    description: str
    language: str
    direction: str
    title: str
    about: str
    canonical: str
    url: str
    root: str
    home: str
    nav: tuple[NavItem, ...]
    more: tuple[NavItem, ...]
    crumbs: tuple[Link, ...]
    editors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A word of caution beside a fact.

    code   for the class attribute: wording, reading, inferred, year, unchecked, editors, differ, uncited
    text   what is printed: "editors' wording"
    title  one sentence that explains it, plain text, for a title attribute
    """

    code: str
    text: str
    title: str


@dataclass(frozen=True, slots=True)
class Mark:
    """The marker [n] behind a fact, with its card.

    number           the number in the list of sources of this page
    href             to the passage on the article's page; the marker is this link
    card             safe HTML: the words in quotation marks; for an article shown in full, in their sentence, the words in <b>
    lang, dir        of the words
    outlet           publisher, or title where there is none, plain text
    date             date of publication as displayed, may be empty
    times            how often the words stand in the article; above 1 the card says "stands twice" / "stands 3 times"
    translated_from  name of the language the article was translated from, or ""
    origin           name of the statement the article rests on, or ""
    furniture        true where the words stand in page furniture
    html             safe HTML, the whole marker with its card, ready to print (the same markup stands inside editors' prose, so
                     templates print `{{ mark.html }}` and never build a marker themselves):
                     <span class="cite"><a class="mark" href="…" aria-label="Source 2, Outlet">2</a><span class="card"
                     aria-hidden="true"><q lang dir>words <b>cited words</b> words</q><span><b>Outlet</b>, date</span>
                     <span>Stands twice in the article.</span> …</span></span>
    """

    number: int
    href: str
    html: Markup
    card: Markup
    lang: str
    dir: str
    outlet: str
    date: str
    times: int
    translated_from: str
    origin: str
    furniture: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a fact rests on: its markers, and "3 articles, 1 origin" where its articles have fewer origins (else "")."""

    marks: tuple[Mark, ...]
    origins: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One value with its evidence.

    value     safe HTML: the text or a link
    evidence  the markers
    labels    words of caution
    note      safe HTML, the editors' voice on this fact (inline); empty where there is none
    """

    value: Markup
    evidence: Evidence
    labels: tuple[Label, ...]
    note: Markup


@dataclass(frozen=True, slots=True)
class FieldView:
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


@dataclass(frozen=True, slots=True)
class Quoted:
    """A source's own words, to be set off as such (quotation marks come from the template: `<q>` or `<blockquote>`).

    words      safe HTML: the source's characters, parts joined by " … ", names linked
    lang, dir  of the words
    mark       its marker
    article    link to the article's page; text is its title
    outlet     publisher, or title where there is none, plain text
    date       date of publication as displayed, may be empty
    """

    words: Markup
    lang: str
    dir: str
    mark: Mark
    article: Link
    outlet: str
    date: str


@dataclass(frozen=True, slots=True)
class Source:
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
    times, translated_from, origin, furniture   as in Mark
    """

    number: int
    id: str
    href: str
    words: Markup
    lang: str
    dir: str
    article: Link
    outlet: str
    date: str
    original: str
    times: int
    translated_from: str
    origin: str
    furniture: bool


@dataclass(frozen=True, slots=True)
class ForeignName:
    """A name in another language, for `<bdi lang dir>`; `language` is the language's tag as printed beside it."""

    text: str
    lang: str
    dir: str
    language: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture from content/static/: `src` is relative to this page, the rest plain text (`alt` never empty)."""

    src: str
    alt: str
    credit: str
    licence: str


@dataclass(frozen=True, slots=True)
class Change:
    """A correction: its date as displayed, as ISO for <time datetime>, and what was corrected (safe HTML, the editors' voice)."""

    date: str
    iso: str
    text: Markup


@dataclass(frozen=True, slots=True)
class Head:
    """What every record page begins with.

    id        the record's id
    name      plain text
    short     short form, may be empty
    names     the name in other languages
    aka       other spellings, plain text (the editors' label, not a fact)
    kind      in words ("armed force"), may be empty; the editors' label
    country   link to the state's page, or its plain name; None where not given; the editors' label
    at        latitude and longitude as displayed, may be empty
    note      safe HTML, the editors' voice (inline), may be empty
    image     or None
    see       addresses elsewhere; `href` may be empty for an authority's id
    changed   corrections, latest first
    """

    id: str
    name: str
    short: str
    names: tuple[ForeignName, ...]
    aka: tuple[str, ...]
    kind: str
    country: Link | None
    at: str
    note: Markup
    image: Image | None
    see: tuple[Link, ...]
    changed: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """One roster line.

    person  link to the profile
    post    the post held that day, one fact a value (a plain line is all post)
    rank    rank where it stands apart
    org     organisation where it stands apart, as links
    labels  words of caution
    note    safe HTML, the editors' voice on this line, may be empty
    """

    person: Link
    post: tuple[Fact, ...]
    rank: tuple[Fact, ...]
    org: tuple[Fact, ...]
    labels: tuple[Label, ...]
    note: Markup


@dataclass(frozen=True, slots=True)
class DelegationView:
    """One party at the table.

    party   link to the party
    side    which side of the table: 1, 2, 3 … in the order of the delegations of the page
    seats   its members; empty where the sources name none
    quotes  the sources' words for a delegation (always shown where `seats` is empty)
    note    safe HTML, the editors' voice, may be empty
    labels  words of caution
    """

    party: Link
    side: int
    seats: tuple[Seat, ...]
    quotes: tuple[Quoted, ...]
    labels: tuple[Label, ...]
    note: Markup


@dataclass(frozen=True, slots=True)
class PositionView:
    """What a party said, in the sources' own words.

    party    link to the party; text "All delegations" with an empty href where `joint`
    joint    true: said by all
    where    link to the meeting or event; date: its date as displayed
    quotes   the words, one per cited passage
    origins  "3 articles, 1 origin" or ""
    topics   links to the topics it is about
    labels   words of caution
    note     safe HTML, the editors' voice, may be empty
    """

    party: Link
    joint: bool
    where: Link
    date: str
    quotes: tuple[Quoted, ...]
    origins: str
    topics: tuple[Link, ...]
    labels: tuple[Label, ...]
    note: Markup


@dataclass(frozen=True, slots=True)
class RelationView:
    """`subject verb object`; `by` is who asserts it, None: the article in its own voice.

    subject, object  links; verb  plain text ("affiliated with")
    """

    subject: Link
    verb: str
    object: Link
    by: Link | None
    evidence: Evidence
    labels: tuple[Label, ...]
    note: Markup


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """Passages set side by side; nothing is resolved.

    link     to the comparison's own page; text is its name
    kind     in words ("translation"), may be empty
    quotes   the passages, each beside its outlet
    origins  "3 articles, 1 origin" or ""
    about    links to the records it concerns
    note     safe HTML, the editors' voice, may be empty
    """

    link: Link
    kind: str
    quotes: tuple[Quoted, ...]
    origins: str
    about: tuple[Link, ...]
    note: Markup


@dataclass(frozen=True, slots=True)
class MentionView:
    """A mention in an article.

    words      safe HTML: an article in full: its sentence; an excerpted one: the published words only; the name in <b>
    lang, dir  of the words
    href       to the passage or paragraph on the article's page
    """

    words: Markup
    lang: str
    dir: str
    href: str


@dataclass(frozen=True, slots=True)
class MentionGroup:
    """All mentions in one article; `hidden` counts those that may not be shown ("3 more mentions, not shown")."""

    article: Link
    outlet: str
    mentions: tuple[MentionView, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class Happening:
    """A meeting or event in a list.

    link     its page
    kind     in words ("meeting", "conference")
    date     as displayed; iso: for <time datetime>, may be empty (several dates or a span)
    dates    the date as facts, with evidence and labels (several: the sources differ); empty in plain lists
    parties  links to delegations, participants, host or speaker
    note     why it stands in this list, plain text, may be empty
    """

    link: Link
    kind: str
    date: str
    iso: str
    dates: tuple[Fact, ...]
    parties: tuple[Link, ...]
    note: str


@dataclass(frozen=True, slots=True)
class PartyPositions:
    """What one party said; `joint`: all of them together (party.href is then empty, party.text "All delegations").

    side  the side of the table, as in DelegationView; 0 for all and for those who sat on none (a part counts as its whole)
    """

    party: Link
    side: int
    joint: bool
    positions: tuple[PositionView, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A meeting or event before or after this one.

    happening  link, date; its `note` says why it is here ("follows it", "the meeting before" …), plain text
    evidenced  the `follows` fact where a source says so, else empty
    """

    happening: Happening
    evidenced: FieldView | None


@dataclass(frozen=True, slots=True)
class PartyChange:
    """How one party's delegation changed since its last meeting.

    party      this meeting's party; side as in DelegationView
    since      link to the earlier meeting; date as displayed
    as_part    None where the party is the same; else a link to the earlier party ("compared with …, of which it is part")
    relation   "the same party", or "as part of the …" in words, plain text
    joined, left, stayed   links to people
    vacated    the roster lines, at the earlier meeting, of those who left (who held which seat that is now empty), with evidence
    unnamed    true where one of the two delegations has no named members: then nothing can be compared
    """

    party: Link
    side: int
    since: Link
    date: str
    as_part: Link | None
    relation: str
    joined: tuple[Link, ...]
    left: tuple[Link, ...]
    stayed: tuple[Link, ...]
    vacated: tuple[Seat, ...]
    unnamed: bool


@dataclass(frozen=True, slots=True)
class Count:
    """A figure with the page it counts: 19 people."""

    href: str
    text: str
    number: int


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """An article in a list.

    link       its page; text is its title
    outlet     publisher, may be empty
    date       date of publication as displayed, may be empty
    show       "full", "excerpts" or "link"
    origin     the statement it rests on, or None
    facts      how many facts rest on it
    passages   how many of its passages are cited
    """

    link: Link
    outlet: str
    date: str
    show: str
    origin: Link | None
    facts: int
    passages: int


@dataclass(frozen=True, slots=True)
class OriginGroup:
    """Articles that rest on one origin.

    origin    link to the statement; None: these articles rest on nothing but themselves
    label     "3 articles, 1 origin", or "" for a single article
    articles  the articles
    """

    origin: Link | None
    label: str
    articles: tuple[ArticleCard, ...]


@dataclass(frozen=True, slots=True)
class RestingFact:
    """A fact that rests on a passage.

    record  link to the page that states it
    field   what is stated, in words ("Date", "Position", "Post at U.S.-LNA discussion")
    value   the value, plain text, may be empty
    """

    record: Link
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class PassageFacts:
    """A cited passage of a block and what rests on it.

    number  its number on this page, as in the small reference at the end of the passage
    id      id attribute of this entry ("facts-3"); the small reference links here
    href    back to the passage ("#ANCHOR"); "#" where the words are not shown
    facts   what rests on it
    """

    number: int
    id: str
    href: str
    facts: tuple[RestingFact, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (or list, table, quotation) of the text with the facts beside it.

    id     id attribute of the block ("p4"), target of mentions; may be empty
    role   "body", "headline" or "furniture"
    html   safe HTML, block level (<p>, <ul> …): every cited stretch is <mark class="cited" id="ANCHOR" data-passages="1 3">, also
           class "deep" where passages overlap, and followed by <a class="rests" href="#facts-1">1</a>; names are links. Marks of
           one passage follow one another without a gap where passages overlap or a name is linked, so give them no inline padding.
           A second passage that begins at the same place has <span class="anchor" id="ANCHOR"></span> before the mark.
           In excerpts a gap is <span class="gap"> … </span>
    facts  the passages that begin in this block, in order
    """

    id: str
    role: str
    html: Markup
    facts: tuple[PassageFacts, ...]
