"""The files of data/ and the page that documents them (data.html), and the feed: what is put together of all fragments.

One record is one line of data/briefing.json, so that two versions can be compared. A table without rows has no file. Everything
said about an object, key or column stands in the words of the interface; a column that is a key of a record is described once.
A file of data is no page: no template has a say in it. It is laid together of pieces (`pieces.py`), which are those of the last
build where no fragment in them is another one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple, cast

from briefgen import urls
from briefgen.frozen import dataclass
from briefgen.pages.data_schema import CODES, OBJECTS, OPTIONAL, schema
from briefgen.pages.feed import LIMIT, FeedEntry, FeedView, feed, has_feed
from briefgen.pages.fragments import Fragment, as_json
from briefgen.pages.frame import frame
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import Page, Site
from briefgen.pages.tables import TABLES, heading
from briefgen.pages.views import Frame
from briefgen.patched import Patches
from briefgen.pieces import Blocks, Piece, Pieces, blocks_of, piece
from briefgen.tables import changes

JSON = "briefing.json"
SCHEMA = "briefing.schema.json"
_LISTS = {kind: f"{kind}s" for kind in ("article", "actor", "meeting", "event", "place", "topic", "comparison")}


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


Made = Mapping[tuple[int, str], tuple[Page, ...]]  # the pages of all parts


class Order(NamedTuple):
    """Records and articles in the order of the files: meetings and events by date, all else as an index sorts it.

    `walk` are all of them, `lists` those of each type.
    """

    walk: list[str]
    lists: dict[str, list[str]]


class FilesPast:
    """What the last build knew: the pages of all parts, what stood in which order, stretches of files, the newest entries."""

    def __init__(self) -> None:
        self.made: Made | None = None
        self.order: Order | None = None
        self.lists: Mapping[str, Blocks] = {}
        self.tables: Mapping[str, Blocks] = {}
        self.newest: tuple[FeedEntry, ...] | None = None
        self.known = Patches()


class Source(NamedTuple):
    """Where fragments are found: the number of the kind that records and articles have theirs of, and that of all others."""

    made: Made
    each: int
    others: int

    def of(self, id_: str) -> Fragment:
        """The fragment of a record or article."""
        return cast("Fragment", self.made[self.each, id_][0].view)

    def other(self, of: str) -> Fragment:
        """The fragment of the relations, the editors' pages or the site."""
        return cast("Fragment", self.made[self.others, of][0].view)


class Touched(NamedTuple):
    """What has other fragments than in the last build, or none in one of the two; and whether all else stands as it stood."""

    ids: frozenset[str]
    in_order: bool


def downloads(site: Site, source: Source, past: FilesPast) -> Iterator[Page]:
    """The page about the files, and the files, made of the fragments of all records and articles."""
    order = past.known.same("order", (site.kinds, site.order, past.known.names("articles", site.articles)), lambda: _order(site))
    touched = _touched(source, order, past)
    newest = _newest(site, source, order, touched, past)
    past.lists = dict(_lists(source, order, touched, past.lists))
    past.tables = dict(_tables(source, order, touched, past.tables))
    past.made, past.order = source.made, order
    own = dict(source.other("relations").lines)
    rows = {name: held.lines for name, held in past.tables.items()} | {name: len(lines) for name, lines in own.items()}
    filled = [name for name in TABLES if name in rows]
    yield _described(site, {name: rows[name] for name in filled})
    yield _file(JSON, _whole(source, past.lists))
    yield _file(SCHEMA, (piece(json.dumps(schema(site.say), ensure_ascii=False, indent=1) + "\n"),))
    for name in filled:
        lines = (piece("".join(own[name])),) if name in own else past.tables[name].pieces
        yield _file(f"{name}.csv", (piece(heading(TABLES[name])), *lines))
    yield from newest


def _file(name: str, pieces: Iterable[Piece]) -> Page:
    return Page(urls.data_url(name), "", Pieces(tuple(pieces)))


def _order(site: Site) -> Order:
    lists: dict[str, list[str]] = {kind: [] for kind in _LISTS}
    for kind in ("actor", "place", "topic", "comparison"):
        lists[kind] = [record.id for record in site.of_kind(kind)]
    for record in site.happenings:
        lists[record.kind].append(record.id)
    lists["article"] = list(site.articles)
    rest = (one for kind in ("place", "topic", "comparison", "article") for one in lists[kind])
    return Order([*lists["actor"], *(record.id for record in site.happenings), *rest], lists)


def _touched(source: Source, order: Order, past: FilesPast) -> Touched | None:
    """None where nothing is known."""
    if past.made is None:
        return None
    ids = frozenset(part[1] for part in changes(past.made, source.made) if part[0] == source.each)
    return Touched(ids, past.order == order)


# ---------------------------------------------------------------- the JSON file


def _whole(source: Source, lists: Mapping[str, Blocks]) -> Iterator[Piece]:
    yield piece(f'{{"$schema":{as_json(SCHEMA)},\n"site":{source.other("site").json}')
    for kind, name in _LISTS.items():
        yield from _list(name, lists[kind].pieces)
    for name in ("relations", "pages"):
        given = source.other(name).json
        yield from _list(name, (piece(given),) if given else ())
    yield piece("}\n")


def _list(name: str, held: tuple[Piece, ...]) -> Iterator[Piece]:
    yield piece(f',\n"{name}":[\n' if held else f',\n"{name}":[')
    yield from held
    yield piece("\n]")


def _lists(source: Source, order: Order, touched: Touched | None, before: Mapping[str, Blocks]) -> Iterator[tuple[str, Blocks]]:
    """The lines of the records of each type."""
    for kind, ids in order.lists.items():
        yield kind, blocks_of(before.get(kind), ids, touched and touched.ids, lambda one: (source.of(one).json,), ",\n")


# ---------------------------------------------------------------- tables


def _tables(source: Source, order: Order, touched: Touched | None, before: Mapping[str, Blocks]) -> Iterator[tuple[str, Blocks]]:
    """The lines of every table that has any."""
    again = order.walk if touched is None else [one for one in touched.ids if (source.each, one) in source.made]
    fresh: dict[str, set[str]] = {}
    for one in again:
        for table, _ in source.of(one).lines:
            fresh.setdefault(table, set()).add(one)
    for table in TABLES:
        held = before.get(table)
        ids = _with_lines(order, touched, held, fresh.get(table, set()))
        if ids:
            yield table, blocks_of(held, ids, touched and touched.ids, partial(_lines, source, table))


def _with_lines(order: Order, touched: Touched | None, held: Blocks | None, fresh: set[str]) -> Sequence[str]:
    """What has lines in a table, in order: `fresh` of what was touched, and all else that had some."""
    known = held.place if held else {}
    if touched and touched.in_order and all((one in known) == (one in fresh) for one in touched.ids):
        return held.order if held else ()
    members = fresh if touched is None else (known.keys() - touched.ids) | fresh
    return [one for one in order.walk if one in members]


def _lines(source: Source, table: str, id_: str) -> tuple[str, ...]:
    return next(lines for name, lines in source.of(id_).lines if name == table)


# ---------------------------------------------------------------- the feed


def _newest(site: Site, source: Source, order: Order, touched: Touched | None, past: FilesPast) -> tuple[Page, ...]:
    """The feed, where there can be one."""
    if touched and touched.in_order and past.newest is not None and not any(_has_news(source, one, past) for one in touched.ids):
        entries: Iterable[FeedEntry] = reversed(past.newest)
    else:
        entries = (entry for one in order.walk for entry in source.of(one).entries)
    made = tuple(feed(site, entries))
    past.newest = cast("FeedView", made[0].view).entries if made else None
    return made


def _has_news(source: Source, one: str, past: FilesPast) -> bool:
    """Whether a record or article has other entries than it had."""
    before = source._replace(made=past.made or {})
    return source.of(one).entries != before.of(one).entries


# ---------------------------------------------------------------- the page


def _described(site: Site, rows: Mapping[str, int]) -> Page:
    """The page about the files; `rows` of each table that has any."""
    sheet = Sheet(site, urls.DATA)
    view = DataView(
        site=frame(sheet, site.say("data"), site.say("data-about")),
        json=sheet.href(urls.data_url(JSON)),
        schema=sheet.href(urls.data_url(SCHEMA)),
        feed=sheet.href(urls.FEED) if has_feed(site) else "",
        limit=LIMIT,
        labels=tuple(Key(code, site.say(f"label-says.{code}"), False) for code in CODES),
        tables=tuple(_described_table(sheet, name, number) for name, number in rows.items()),
        objects=tuple(_described_objects(site)),
    )
    return Page(sheet.url, "data.html", view)


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
