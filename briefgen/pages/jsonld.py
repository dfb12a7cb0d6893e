"""What a page is about in the words of schema.org (JSON-LD 1.1), for search engines and other programs.

Absences: nothing unpublished, no source preferred, nothing that a page does not say. Of a field in which the sources differ all
values are given, or none where one of them cannot be said in schema.org's terms. Addresses are absolute where the site has one,
else relative to the page. The block is data: a browser executes nothing of it, and `<`, `>` and `&` stand in it as escapes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from markupsafe import Markup

from briefgen import urls
from briefgen.model import Record
from briefgen.pages import html
from briefgen.pages.jsonld_things import Node, address, described, exact_date, identity, node, website_id
from briefgen.pages.plain import note_text
from briefgen.pages.sections import TITLES
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import is_person

# What could end the element, or a line of JavaScript, stands as an escape of JSON: the value stays the same.
_ESCAPES = tuple((c, f"\\u{ord(c):04x}") for c in "<>&\u2028\u2029")


def linked_data(sheet: Sheet, title: str, about: str, trail: Iterable[str]) -> Markup:
    """The block of a page: the page, the way to it (`trail`: URLs, home first), and what it is about; nothing for 404.html."""
    if sheet.url == urls.NOT_FOUND:
        return html.EMPTY
    graph = [_page(sheet, title, about, tuple(trail)), *_website(sheet), *_dataset(sheet), *described(sheet)]
    return script({"@context": "https://schema.org", "@graph": graph})


def script(value: object) -> Markup:
    """A value as JSON that may stand in a block of a page."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character, escape in _ESCAPES:
        text = text.replace(character, escape)
    return html.safe(text)


def open_graph_type(sheet: Sheet) -> str:
    """The type of a page by https://ogp.me: a person's is a profile, home and indexes the website, all else an article."""
    record = own_record(sheet)
    if record is None:
        return "website" if sheet.url in TITLES else "article"
    return "profile" if is_person(record) else "article"


def locale(language: str) -> str:
    """`en_GB` for en-GB, as og:locale has it; nothing where the tag names no country, because none is guessed."""
    found = re.fullmatch(r"([a-z]{2,3})(?:-[A-Za-z]{4})?-([A-Za-z]{2})", language)
    return f"{found[1]}_{found[2].upper()}" if found else ""


def _page(sheet: Sheet, title: str, about: str, trail: tuple[str, ...]) -> Node:
    record = own_record(sheet)
    return node(
        _page_type(sheet, record),
        id_=address(sheet, sheet.url),
        name=title,
        description=about,
        inLanguage=sheet.site.briefing.site.text("language", "en"),
        isPartOf={"@id": website_id(sheet)},
        breadcrumb=_breadcrumb(sheet, title, trail) if trail else None,
        mainEntity={"@id": identity(sheet, record.id)} if record else _main(sheet),
        correction=_corrections(sheet, record) if record else None,
    )


def own_record(sheet: Sheet) -> Record | None:
    """The record or article a page is about."""
    article = sheet.site.articles.get(sheet.own)
    return article.record if article else sheet.site.records.get(sheet.own)


def _page_type(sheet: Sheet, record: Record | None) -> str:
    if record:
        return "ProfilePage" if is_person(record) else "ItemPage"
    return "CollectionPage" if sheet.url in TITLES and sheet.url != urls.HOME else "WebPage"


def _main(sheet: Sheet) -> Node | None:
    return {"@id": _dataset_id(sheet)} if sheet.url == urls.DATA else None


def _breadcrumb(sheet: Sheet, title: str, trail: tuple[str, ...]) -> Node:
    steps = [*((sheet.site.say(TITLES[url]), address(sheet, url)) for url in trail), (title, address(sheet, sheet.url))]
    items = [node("ListItem", position=n, name=name, item=iri) for n, (name, iri) in enumerate(steps, 1)]
    return node("BreadcrumbList", itemListElement=items)


def _website(sheet: Sheet) -> Iterable[Node]:
    """The site itself, described once: on its first page. Elsewhere its @id is enough."""
    if sheet.url == urls.HOME:
        own = sheet.site.briefing.site
        yield node(
            "WebSite",
            id_=website_id(sheet),
            url=address(sheet, urls.HOME),
            name=own.name,
            description=own.text("description"),
            inLanguage=own.text("language", "en"),
            creditText=", ".join(v.text for v in own.all("editors")),
        )


def _dataset(sheet: Sheet) -> Iterable[Node]:
    """What data.html is about."""
    if sheet.url == urls.DATA:
        file = node("DataDownload", contentUrl=address(sheet, urls.data_url("briefing.json")), encodingFormat="application/json")
        own = sheet.site.briefing.site
        yield node("Dataset", id_=_dataset_id(sheet), name=own.name, description=own.text("description"), distribution=file)


def _dataset_id(sheet: Sheet) -> str:
    return f"{address(sheet, urls.DATA)}#this"


def _corrections(sheet: Sheet, record: Record) -> list[Node]:
    return [
        node("CorrectionComment", dateCreated=exact_date(value.key), text=note_text(sheet.site, value))
        for value in record.all("changed")
    ]
