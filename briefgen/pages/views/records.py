"""What a record's page is made of: its head, what was said of it, its relations, where it is named."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from briefgen.pages.views.evidence import Evidence, Label, Quoted
from briefgen.pages.views.frame import Link


class ForeignName(NamedTuple):
    """A name in another language, for `<bdi lang dir>`; `language` is the language's tag as printed beside it."""

    text: str
    lang: str
    dir: str
    language: str


class Image(NamedTuple):
    """A picture from content/static/: `src` is relative to this page, the rest plain text (`alt` never empty)."""

    src: str
    alt: str
    credit: str
    licence: str


class Change(NamedTuple):
    """A correction: its id attribute, its date as displayed, as ISO for <time datetime> (may be empty), and what was corrected.

    `text` is safe HTML, the editors' voice.
    """

    id: str
    date: str
    iso: str
    text: Markup


class Head(NamedTuple):
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


class RelationView(NamedTuple):
    """`subject verb object`; `by` is who asserts it, None: the article in its own voice.

    subject, object  links; verb  plain text ("affiliated with")
    id               its id on the page, made from ends, verb and who asserts it
    """

    subject: Link
    verb: str
    object: Link
    by: Link | None
    evidence: Evidence
    labels: tuple[Label, ...]
    note: Markup
    id: str


class ComparisonView(NamedTuple):
    """Passages set side by side; no source is preferred.

    link     to the comparison's own page; text is its name
    kind     in words ("translation"), may be empty
    quotes   the passages, each beside its outlet; with ids on the comparison's own page
    about    links to the records it concerns
    note     safe HTML, the editors' voice, may be empty
    """

    link: Link
    kind: str
    quotes: tuple[Quoted, ...]
    about: tuple[Link, ...]
    note: Markup


class MentionView(NamedTuple):
    """A mention in an article.

    words      safe HTML: an article in full: its sentence; an excerpted one: the published words only; the name in <b>
    lang, dir  of the words
    href       to the passage or paragraph on the article's page
    """

    words: Markup
    lang: str
    dir: str
    href: str


class MentionGroup(NamedTuple):
    """All mentions in one article; `hidden` counts those that may not be shown ("3 more mentions, not shown")."""

    article: Link
    outlet: str
    mentions: tuple[MentionView, ...]
    hidden: int
