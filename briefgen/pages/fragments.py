"""What one record or article contributes to the data files and the feed, made once and kept until something it reads changes.

A fragment is no page: it has no template, and `downloads.py` puts all of them together into files. So an edit makes one line
of data/briefing.json again and lays it beside ten thousand, instead of making ten thousand (a second in all).
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from briefgen.frozen import dataclass
from briefgen.pages.data import article_data, page_data, record_data, relation_data, site_data
from briefgen.pages.feed import FeedEntry, entries_of
from briefgen.pages.kinds import each
from briefgen.pages.site import Page, Site
from briefgen.pages.tables import TABLES, Row, line, relation_row, rows_of, rows_of_article


@dataclass(frozen=True, slots=True)
class Fragment:
    """A record or article in every form; or the relations, the editors' pages, the site.

    id       its id; of: its type ("actor", "article", "relations")
    json     its line of the JSON file, or the lines of all relations or pages
    lines    its lines in tables: name of the table, lines
    entries  its entries in the feed
    """

    id: str
    of: str
    json: str
    lines: tuple[tuple[str, tuple[str, ...]], ...]
    entries: tuple[FeedEntry, ...]


@each(lambda site: (*site.records, *site.articles))
def fragments(site: Site, id_: str) -> Page:
    """The fragment of each record and article; a page without a template is never rendered."""
    article = site.articles.get(id_)
    record = article.record if article else site.records[id_]
    data = article_data(site, article) if article else record_data(site, record)
    rows = rows_of_article(site, article, data) if article else rows_of(site, record)
    entries = tuple(entries_of(site, record))
    return Page(f"data/{id_}", "", Fragment(id_, record.kind, as_json(data), _lines(rows), entries))


@each(lambda _: ("relations", "pages", "site"))
def others(site: Site, of: str) -> Page:
    """The fragments of what has no page of its own for each."""
    match of:
        case "relations":
            given = [as_json(relation_data(site, r)) for r in site.relations]
        case "pages":
            given = [as_json(page_data(site, p)) for p in site.pages]
        case _:
            given = [as_json(site_data(site))]
    rows = ((of, relation_row(site, r)) for r in (site.relations if of == "relations" else ()))
    return Page(f"data/{of}", "", Fragment(of, of, ",\n".join(given), _lines(rows), ()))


def _lines(rows: Iterable[tuple[str, Row]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    held: dict[str, list[str]] = {}
    for table, row in rows:
        held.setdefault(table, []).append(line(TABLES[table], row))
    return tuple((table, tuple(lines)) for table, lines in held.items())


def as_json(value: object) -> str:
    """A value as one line of JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
