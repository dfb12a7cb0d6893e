"""The files of data/ and the page that documents them (data.html), and the feed: what is put together of all fragments.

One record is one line of data/briefing.json, so that two versions can be compared. A table without rows has no file. Everything
said about an object, key or column stands in the words of the interface; a column that is a key of a record is described once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from briefgen import urls
from briefgen.pages.data import page_data, relation_data, site_data
from briefgen.pages.data_schema import CODES, OBJECTS, OPTIONAL, schema
from briefgen.pages.feed import LIMIT, feed, has_feed
from briefgen.pages.fragments import Fragment, as_json
from briefgen.pages.frame import frame
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site
from briefgen.pages.tables import TABLES, heading, line, relation_row
from briefgen.pages.views import Frame

JSON = "briefing.json"
SCHEMA = "briefing.schema.json"
_LISTS = {kind: f"{kind}s" for kind in ("article", "actor", "meeting", "event", "place", "topic", "comparison")}


@dataclass(frozen=True, slots=True)
class FileView:
    """Template data_file.html (not HTML): the file is these parts, one after the other, as they are."""

    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """A key of an object or a column of a table; `optional`: it may be missing. Plain text."""

    name: str
    says: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Described:
    """An object of the JSON file or a table: `id` for anchors, `href` to the file (empty for an object), `rows` of a table."""

    id: str
    name: str
    says: str
    href: str
    rows: int
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class DataView:
    """Template data.html.

    json, schema   hrefs of the JSON file and its schema; feed: of the Atom feed, or "" where the site has no address
    limit          how many entries the feed has at most
    labels         the codes of the labels of a value, with what they mean
    tables         the CSV files; objects: those of the JSON file, the whole first
    """

    site: Frame
    json: str
    schema: str
    feed: str
    limit: int
    labels: tuple[Key, ...]
    tables: tuple[Described, ...]
    objects: tuple[Described, ...]


Lines = dict[str, list[str]]


def downloads(site: Site, held: Mapping[str, Fragment]) -> Iterator[Page]:
    """The page about the files, and the files, made of the fragments of all records and articles by id."""
    made = [held[one] for one in _walk(site)]
    lines = _lines(site, made)
    filled = {name: lines[name] for name in TABLES if name in lines}
    sheet = Sheet(site, urls.DATA)
    view = DataView(
        site=frame(sheet, site.say("data"), site.say("data-about")),
        json=sheet.href(urls.data_url(JSON)),
        schema=sheet.href(urls.data_url(SCHEMA)),
        feed=sheet.href(urls.FEED) if has_feed(site) else "",
        limit=LIMIT,
        labels=tuple(Key(code, site.say(f"label-says.{code}"), False) for code in CODES),
        tables=tuple(_described_table(sheet, name, len(rows)) for name, rows in filled.items()),
        objects=tuple(_described_objects(site)),
    )
    yield Page(sheet.url, "data.html", view)
    yield _file(JSON, _parts(site, made))
    yield _file(SCHEMA, (json.dumps(schema(site.say), ensure_ascii=False, indent=1), "\n"))
    yield from (_file(f"{name}.csv", (heading(TABLES[name]), *rows)) for name, rows in filled.items())
    yield from feed(site, (entry for one in made for entry in one.entries))


def _walk(site: Site) -> Iterator[str]:
    """Every record and article in the order of the files: meetings and events by date, all else as an index sorts it."""
    yield from (r.id for r in site.of_kind("actor"))
    yield from (r.id for r in site.happenings)
    yield from (r.id for kind in ("place", "topic", "comparison") for r in site.of_kind(kind))
    yield from site.articles


def _file(name: str, parts: Iterable[str]) -> Page:
    # One part: 42,000 of them, at 10,000 pages, cost 0.13 s at every save.
    return Page(urls.data_url(name), "data_file.html", FileView(("".join(parts),)))


def _parts(site: Site, made: Iterable[Fragment]) -> Iterator[str]:
    """The JSON file."""
    lists: Lines = {kind: [] for kind in _LISTS}
    for one in made:
        lists[one.of].append(one.json)
    yield f'{{"$schema":{as_json(SCHEMA)},\n"site":{as_json(site_data(site))}'
    for kind, name in _LISTS.items():
        yield from _list(name, lists[kind])
    yield from _list("relations", (as_json(relation_data(site, r)) for r in site.relations))
    yield from _list("pages", (as_json(page_data(site, p)) for p in site.pages))
    yield "}\n"


def _list(name: str, items: Iterable[str]) -> Iterator[str]:
    yield f',\n"{name}":['
    yield from ((",\n" if n else "\n") + item for n, item in enumerate(items))
    yield "\n]"


def _lines(site: Site, made: Iterable[Fragment]) -> Lines:
    """The lines of every table that has any."""
    lines: Lines = {}
    for one in made:
        for table, row in one.lines:
            lines.setdefault(table, []).append(row)
    if site.relations:
        lines["relations"] = [line(TABLES["relations"], relation_row(site, r)) for r in site.relations]
    return lines


# ---------------------------------------------------------------- what is said about them


def _described_table(sheet: Sheet, name: str, rows: int) -> Described:
    keys = tuple(Key(column, _column(sheet.site, name, column), False) for column in TABLES[name])
    href = sheet.href(urls.data_url(f"{name}.csv"))
    return Described(f"csv-{name}", f"{name}.csv", sheet.site.say(f"data.csv.{name}"), href, rows, keys)


def _column(site: Site, table: str, column: str) -> str:
    """What a column holds: said for this table alone, or for all."""
    own = f"data.csv.{table}.{column}"
    return site.say(own if site.say.has(own) else f"data.column.{column}")


def _described_objects(site: Site) -> Iterator[Described]:
    for name, keys in OBJECTS.items():
        listed = tuple(Key(key, site.say(f"data.{name}.{key}"), key in OPTIONAL.get(name, ())) for key in keys)
        yield Described(f"json-{name}", name, site.say(f"data.{name}"), "", 0, listed)
