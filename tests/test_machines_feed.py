"""The Atom feed: read by feedparser, held against the rules of RFC 4287, and honest about times."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest

from briefgen.pages.data import when
from briefgen.pages.feed import LIMIT
from tests.machinekit import demonstration, rendered
from tests.pagekit import SMALL

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
HERE = "https://example.org/talks/"
TIME = re.compile(r"\d{4}-\d\d-\d\dT00:00:00Z")

SITE = """
//- content/site.yaml
name: Talks & <more>
description: What was "said"
url: https://example.org/talks/
//- content/articles/early.md
---
title: Early
publisher: The Wire
published: 2020-06-26
rights: us-gov
format: plain
---
They met on June 24. It began some time before. A ceasefire is to come.
//- content/articles/late.md
---
title: Late
published: 2020-07
rights: us-gov
format: plain
changed: {2020-08-02: "The title said <b>."}
---
They met in June, it says.
//- content/articles/undated.md
---
title: Undated
rights: us-gov
format: plain
---
The talks were held once. They lasted from 2019 on.
//- content/actors/all.yaml
army: Army
council: Council
//- content/meetings/exact.yaml
name: Exact & co
date: {2020-06-24: {early: on June 24}}
changed: {2020-06-30: "The [[army]] was *added*. [@early: They met]"}
//- content/delegations/exact.yaml
army: {early: They met}
council: {early: They met}
//- content/meetings/coarse.yaml
name: Coarse
date: {2020-06: {late: They met in June}}
//- content/meetings/future.yaml
name: Future
date: {2020-09-01: {early: A ceasefire is to come}}
//- content/events/all.yaml
span: {name: Span, date: {..2020-12-31: {early: It began some time before}}}
loose: {name: Loose, date: {2020-05: {undated: The talks were held once}}}
open: {name: Open, date: {2019/..: {undated: They lasted from 2019 on}}}
never: Never dated
either:
  name: Either
  date: {2020-06-24: {early: on June 24}, 2020-06-25: {early: They met}}
"""


def feed(text: str = SITE) -> Any:
    read = feedparser.parse(rendered(text)["feed.xml"])
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    return read


def updated() -> dict[str, str]:
    return {entry.id.removeprefix(HERE): entry.updated[:10] for entry in feed().entries}


def test_a_public_parser_reads_it() -> None:
    read = feed()
    assert (read.feed.title, read.feed.subtitle) == ("Talks & <more>", 'What was "said"')
    assert (read.feed.id, read.feed.link, read.feed.author) == (HERE, HERE, "Talks & <more>")
    assert [link.href for link in read.feed.links if link.rel == "self"] == [f"{HERE}feed.xml"]
    assert (read.feed.language if "language" in read.feed else read.feed.title_detail.language) == "en"


def test_what_the_entries_say() -> None:
    read = {entry.id.removeprefix(HERE): entry for entry in feed().entries}
    assert (read["meetings/exact.html"].title, read["meetings/exact.html"].summary) == ("Exact & co", "24 June 2020: Army, Council")
    assert read["events/span.html"].summary == "by 31 December 2020"
    assert read["events/either.html"].summary == "24 June 2020; 25 June 2020"
    assert read["articles/early.html"].summary == "The Wire, 26 June 2020"
    assert [tag.term for tag in read["articles/early.html"].tags] == ["article"]


def test_a_time_is_the_latest_day_that_the_data_show() -> None:
    days = updated()
    assert days["meetings/exact.html"] == "2020-06-30"  # its correction; the article is of 26 June
    assert days["meetings/coarse.html"] == "2020-07-31"  # published in July, not corrected itself
    assert days["meetings/future.html"] == "2020-09-01"  # its own day is exact
    assert days["events/span.html"] == "2020-06-26"  # one day in a span: when it was reported
    assert days["events/loose.html"] == "2020-05-31"  # no article is dated: the last day it can mean
    assert days["events/open.html"] == "2019-01-01"  # its end is open: the first
    assert days["events/either.html"] == "2020-06-26"
    assert days["articles/late.html"] == "2020-08-02"


def test_what_has_no_day_at_all_is_left_out() -> None:
    assert not {"events/never.html", "articles/undated.html"} & updated().keys()


def test_corrections_are_entries_of_their_own() -> None:
    read = {entry.id.removeprefix(HERE): entry for entry in feed().entries}
    meeting = read["meetings/exact.html#corrected-2020-06-30"]
    assert (meeting.title, meeting.summary) == ("Correction: Exact & co", "The Army was added.")
    assert read["articles/late.html#corrected-2020-08-02"].summary == "The title said <b>."
    assert [tag.term for tag in meeting.tags] == ["correction"]


@pytest.mark.parametrize("made", [SITE, SMALL, ""], ids=["feed", "small", "demo"])
def test_the_rules_of_atom(made: str) -> None:
    """RFC 4287, 4.1.1 and 4.1.2: what must stand once, what must be an address or a time; and ids are not used twice."""
    root = ElementTree.fromstring((rendered(made) if made else demonstration())["feed.xml"])
    assert (root.tag, root.get(f"{XML}lang")) == (f"{ATOM}feed", "en")
    entries = root.findall(f"{ATOM}entry")
    for element in (root, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert TIME.fullmatch(element.findtext(f"{ATOM}updated", ""))
        assert element.findtext(f"{ATOM}id", "").startswith("https://")
        (alternate,) = (link for link in element.findall(f"{ATOM}link") if link.get("rel") == "alternate")
        assert alternate.get("href", "").startswith("https://")
    assert root.findall(f"{ATOM}author/{ATOM}name")
    times = [e.findtext(f"{ATOM}updated", "") for e in entries]
    assert times == sorted(times, reverse=True)
    assert root.findtext(f"{ATOM}updated") == times[0]
    ids = [e.findtext(f"{ATOM}id") for e in entries]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("made", [SITE, SMALL, ""], ids=["feed", "small", "demo"])
def test_every_entry_leads_to_a_place_on_a_page(made: str) -> None:
    outputs = rendered(made) if made else demonstration()
    root = ElementTree.fromstring(outputs["feed.xml"])
    base = root.findtext(f"{ATOM}id", "")
    for entry in root.findall(f"{ATOM}entry"):
        path, _, place = entry.findtext(f"{ATOM}id", "").removeprefix(base).partition("#")
        assert path in outputs
        assert not place or f'id="{place}"'.encode() in outputs[path]


def test_it_has_an_end() -> None:
    events = "\n".join(f"e{n}: {{name: E{n}, date: {{{1900 + n}-01-01: {{early: on June 24}}}}}}" for n in range(LIMIT + 20))
    entries = feed(SITE.replace("never: Never dated", events)).entries
    assert len(entries) == LIMIT
    assert not any(entry.title == "E0" for entry in entries)


def test_without_an_address_there_is_no_feed_and_no_link_to_it() -> None:
    outputs = rendered(SITE.replace("url: https://example.org/talks/\n", ""))
    assert "feed.xml" not in outputs
    assert not any(b"feed.xml" in data for data in outputs.values())
    assert b"There is no feed" in outputs["data.html"]


def test_without_anything_dated_there_is_no_feed() -> None:
    outputs = rendered("//- content/site.yaml\nname: A\nurl: https://example.org/\n//- content/events/a.yaml\nx: X\n")
    assert "feed.xml" not in outputs
    assert b"application/atom+xml" not in outputs["index.html"]


def test_every_page_names_the_feed() -> None:
    for url, data in rendered(SITE).items():
        if url.endswith(".html"):
            root = "/talks/" if url == "404.html" else "../" * url.count("/")
            assert f'<link rel="alternate" type="application/atom+xml" href="{root}feed.xml"'.encode() in data


def test_data_and_feed_are_no_pages_for_search_engines() -> None:
    listed = rendered(SITE)["sitemap.xml"].decode()
    assert f"{HERE}data.html" in listed
    assert "feed.xml" not in listed
    assert "data/" not in listed


def test_what_was_reported_on_one_day_stands_by_its_own_date() -> None:
    days = {f"d{n}": f"d{n}: {{name: D{n}, date: {{201{n}-01-01: {{early: on June 24}}}}}}" for n in (3, 1, 2)}
    entries = feed(SITE.replace("never: Never dated", "\n".join(days.values()))).entries
    assert [e.title for e in entries if e.title.startswith("D")] == ["D3", "D2", "D1"]


def test_what_lasted_until_at_least_a_month_is_not_said_to_have_ended_with_it() -> None:
    updated = {e.id.rpartition("/")[2]: e.updated for e in feedparser.parse(demonstration()["feed.xml"]).entries}
    assert updated["oil-shutdown.html"] == "2020-07-01T00:00:00Z"
    assert when("../2020-07") == {"form": "interval", "earliest": None, "latest": None}
    assert when("2019/2020-07")["latest"] == "2020-07-31"
