"""What surrounds a page: links, navigation, the way from home."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

if TYPE_CHECKING:
    from briefgen.pages.views.evidence import Inside


class Link(NamedTuple):
    """A link to a page of the site (or, in `see` and `original`, elsewhere).

    `href` is the address, empty where there is no page to go to (then `text` stands alone); `text` is plain text.
    `lang` and `dir` are those of the text where it is not in the language of the site (the title of an article), else "".
    """

    href: str
    text: str
    lang: str = ""
    dir: str = ""


class NavItem(NamedTuple):
    """One entry of the navigation; `current` is true on that page and on those below it."""

    href: str
    text: str
    current: bool


class Frame(NamedTuple):
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
    whole        href of the one document that holds all of it, to print
    nav          the main navigation
    more         the editors' pages (Background, Method, About …), for the footer
    crumbs       the way from home to here, this page not included
    editors      who edits the site, plain text
    citation     how the page is cited, without address and full stop: Site, “Title”, corrected 5 July 2020; "" where it is not
    linked       safe for <script type="application/ld+json">: the page in the words of schema.org; empty on 404.html
    og_type      og:type: "website", "profile" or "article"
    locale       og:locale ("en_GB"), or "" where the site's language names no country
    feed         href of the Atom feed, or "" where the site has no address
    reuse        links for programs and for those who quote: data, corrections (if any), feed (if any)
    inside       None but for a page that is printed as a part of a document
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
    whole: str
    nav: tuple[NavItem, ...]
    more: tuple[NavItem, ...]
    crumbs: tuple[Link, ...]
    editors: tuple[str, ...]
    citation: str
    linked: Markup
    og_type: str
    locale: str
    feed: str
    reuse: tuple[NavItem, ...]
    inside: Inside | None = None


class Count(NamedTuple):
    """A figure with the page it counts: 19 people."""

    href: str
    text: str
    number: int
