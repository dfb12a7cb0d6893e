"""What one record or article contributes to the data files and the feed, made once and kept until something it reads changes.

A fragment is no page: it has no template, and `downloads.py` puts all of them together into files. So an edit makes one line
of data/briefing.json again and joins ten thousand, instead of making ten thousand (a second in all).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from briefgen.pages.data import article_data, record_data
from briefgen.pages.feed import FeedEntry, entries_of
from briefgen.pages.kinds import each
from briefgen.pages.site import Page, Site
from briefgen.pages.tables import TABLES, Row, line, rows_of, rows_of_article


@dataclass(frozen=True, slots=True)
class Fragment:
    """A record or article in every form.

    id       its id; of: its type ("actor", "article")
    json     its line of the JSON file
    lines    its lines in tables: name of the table, line
    entries  its entries in the feed
    """

    id: str
    of: str
    json: str
    lines: tuple[tuple[str, str], ...]
    entries: tuple[FeedEntry, ...]


@each(lambda site: (*site.records, *site.articles))
def fragments(site: Site, id_: str) -> Page:
    """The fragment of each record and article; a page without a template is never rendered."""
    article = site.articles.get(id_)
    record = article.record if article else site.records[id_]
    data = article_data(site, article) if article else record_data(site, record)
    rows = rows_of_article(site, article, data) if article else rows_of(site, record)
    entries = tuple(entries_of(site, record))
    return Page(f"data/{id_}", "", Fragment(id_, record.kind, as_json(data), tuple(_lines(rows)), entries))


def _lines(rows: Iterator[tuple[str, Row]]) -> Iterator[tuple[str, str]]:
    return ((table, line(TABLES[table], row)) for table, row in rows)


def as_json(value: object) -> str:
    """A value as one line of JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
