"""feed.xml: meetings, events, articles and corrections as an Atom feed (RFC 4287), newest first.

No clock: `updated` is the latest day by which the data themselves show that an entry was so, at midnight UTC, because Atom
knows no coarser date. Of a meeting or event that is the latest among its own day, where it is known to the day, the publication
of the articles it rests on (nobody can have written the entry before) and its corrections; only where there is none of these,
the last day its date can mean (where its end is open, or "until at least", the first). Of an article it is its publication or
correction, of a correction its own day. What has no day at all is left out. The entry's text gives dates as the site does, with
their own precision. Ids are addresses, so without an address of the site there is no feed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from briefgen import edtf, urls
from briefgen.model import Record
from briefgen.pages import dates
from briefgen.pages.heads import correction_id
from briefgen.pages.plain import note_text
from briefgen.pages.site import Page, Site
from briefgen.pages.talks import cites_of, parties

LIMIT = 100  # entries; a reader's program looks often, and everything is on the site


class FeedEntry(NamedTuple):
    """An entry, plain text.

    id        permanent address, and the link
    updated   RFC 3339, midnight UTC
    category  what it is: "meeting", "event", "article" or "correction"
    summary   date as the site shows it, and who took part, the outlet, or what was corrected
    """

    id: str
    title: str
    updated: str
    category: str
    summary: str


class FeedView(NamedTuple):
    """Template feed.html (XML): absolute addresses, plain text; `entries` is never empty, and `updated` that of the newest."""

    name: str
    subtitle: str
    language: str
    home: str
    own: str
    updated: str
    authors: tuple[str, ...]
    entries: tuple[FeedEntry, ...]


def has_feed(site: Site) -> bool:
    """Whether there is an address to make ids from, and anything with a date."""
    return bool(site.base_url) and urls.FEED in site.sections


def feed(site: Site, entries: Iterable[FeedEntry]) -> Iterator[Page]:
    """The feed, where there can be one; `entries` in the order of their own dates, oldest first."""
    if not has_feed(site):
        return
    # What was reported on one day stands in the order of its own dates, newest first, too.
    newest = [*entries][::-1]
    newest.sort(key=lambda e: e.updated, reverse=True)
    own = site.briefing.site
    view = FeedView(
        name=own.name,
        subtitle=own.text("description"),
        language=own.text("language", "en"),
        home=urls.absolute(site.base_url, urls.HOME),
        own=urls.absolute(site.base_url, urls.FEED),
        updated=newest[0].updated,
        authors=tuple(v.text for v in own.all("editors")) or (own.name,),
        entries=tuple(newest[:LIMIT]),
    )
    yield Page(urls.FEED, "feed.html", view)


def entries_of(site: Site, record: Record) -> Iterator[FeedEntry]:
    """The entries of one record or article: itself, if it is of a kind that the feed tells of, and its corrections."""
    if record.kind == "article":
        days = (*_last_days(record, "published"), *_corrected_on(record))
        yield from _entry(site, record, days, _article(site, record))
    elif record.kind in ("meeting", "event"):
        yield from _entry(site, record, _days(site, record), _happening(site, record))
    for value in record.all("changed"):
        for entry in _entry(site, record, _last_day(value.key), note_text(site, value)):
            address = f"{entry.id}#{correction_id(value)}"
            title = site.say("feed-correction", name=entry.title)
            yield entry._replace(id=address, title=title, category="correction")


def _entry(site: Site, record: Record, days: Iterable[edtf.Day], summary: str) -> Iterator[FeedEntry]:
    """The entry of a record, if there is a day to give it."""
    last = max(days, default=None)
    if last:
        address = urls.absolute(site.base_url, site.url(record.id))
        updated = f"{last[0]:04}-{last[1]:02}-{last[2]:02}T00:00:00Z"
        yield FeedEntry(address, site.name(record.id), updated, record.kind, summary)


# ---------------------------------------------------------------- days


def _days(site: Site, record: Record) -> list[edtf.Day]:
    """The days of a meeting or event that count, as the head of this file says."""
    cited = {c.article for c in cites_of(record)} & site.articles.keys()
    reported = [day for one in cited for day in _last_days(site.articles[one].record, "published")]
    known = [day for v in record.all("date") if _to_the_day(v.text) for day in _last_day(v.text)]
    return [*known, *reported, *_corrected_on(record)] or list(_last_days(record, "date"))


def _to_the_day(text: str) -> bool:
    date = edtf.parse(text)
    return not isinstance(date, str) and bool(edtf.iso(date)) and date.start is not None and date.start.day is not None


def _corrected_on(record: Record) -> Iterator[edtf.Day]:
    return (day for v in record.all("changed") for day in _last_day(v.key))


def _last_days(record: Record, name: str) -> Iterator[edtf.Day]:
    return (day for v in record.all(name) for day in _last_day(v.text))


def _last_day(text: str) -> Iterator[edtf.Day]:
    date = edtf.parse(text)
    if isinstance(date, str):
        return
    lasting = date.form == "interval" and date.start is None  # until at least then: of July the first day is meant at least
    day = edtf.sort_key(date)[0] if lasting else edtf.last_day(date) or edtf.first_day(date)
    if day:
        yield day


# ---------------------------------------------------------------- what an entry says


def _happening(site: Site, record: Record) -> str:
    when, who = _shown(site, record, "date") or site.say("undated"), [site.name(p) for p in parties(record)]
    return site.say("feed-happening", date=when, parties=site.say("comma").join(who)) if who else when


def _article(site: Site, record: Record) -> str:
    return site.say("comma").join(filter(None, (record.text("publisher"), _shown(site, record, "published"))))


def _shown(site: Site, record: Record, name: str) -> str:
    parsed = ((v.text, edtf.parse(v.text)) for v in record.all(name))
    return site.say("semicolon").join(text if isinstance(d, str) else dates.shown(site.say, d) for text, d in parsed)
