"""The one source of URLs (I8).

A URL here is a path within the site, without a leading slash ("meetings/us-lna.html"). Nobody else puts one together.
Pages are flat files and links between them are relative, so that one build serves "/", "/repo/" and file://.
Absolute addresses occur in canonical links, in sitemap.xml and robots.txt, and on 404.html only. No two pages of different
kinds can share a URL: each kind has a folder of its own, and the folders are not among the names at the top.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote, urlsplit
from zlib import crc32

HOME = "index.html"
NOT_FOUND = "404.html"
PEOPLE = "people.html"
ORGANISATIONS = "organisations.html"
MEETINGS = "meetings.html"
DELEGATIONS = "delegations.html"
EVENTS = "events.html"
ARTICLES = "articles.html"
TOPICS = "topics.html"
PLACES = "places.html"
TIMELINE = "timeline.html"
DIFFERENCES = "differences.html"
RELATIONS = "relations.html"
ROBOTS = "robots.txt"
WHOLE = "print.html"
PRINT_NAME = "print-name.css"
FEED = "feed.xml"
DATA = "data.html"
CORRECTIONS = "corrections.html"
SEARCH = "search.html"

_FOLDERS = {
    "actor": "actors",
    "meeting": "meetings",
    "event": "events",
    "place": "places",
    "topic": "topics",
    "comparison": "comparisons",
    "article": "articles",
}


def record_url(kind: str, record_id: str) -> str:
    """The page of a record or article."""
    return f"{_FOLDERS[kind]}/{record_id}.html"


def editors_url(page_id: str) -> str:
    """The page of the editors' prose; "index" is the home page."""
    return HOME if page_id == "index" else f"pages/{page_id}.html"


def sitemap_url(number: int) -> str:
    """The first, second, … list of pages for search engines."""
    return "sitemap.xml" if number == 1 else f"sitemap-{number}.xml"


def data_url(name: str) -> str:
    """A file of data: `briefing.json`, `people.csv`."""
    return f"data/{name}"


def delegations_url(party: str) -> str:
    """The delegations of one party, where there are too many for one page."""
    return f"delegations/{party}.html"


SHARDS = 64  # of 10,000 records, 150 in each: some 10 KB gzipped


def cards_shard(record_id: str) -> str:
    """The shard of a record, two hexadecimal digits: the last six bits of the CRC-32 of its id. site.js computes the same."""
    return f"{crc32(record_id.encode()) % SHARDS:02x}"


def cards_url(shard: str) -> str:
    """One of the scripts that hold the cards of records: cards/0a.js."""
    return f"cards/{shard}.js"


def shard_url(name: str) -> str:
    """A file of the search index, by the name of the shard."""
    return f"search/{name}.js"


def letter_url(letter: str) -> str:
    """The page of a letter in the A to Z, where there are too many names for one page."""
    return f"a-z/{letter if letter.isascii() and letter.isalnum() else format(ord(letter), 'x')}.html"


def static_url(path: str) -> str:
    """A file of content/static/, by its path there; characters that a URL cannot hold are percent-encoded."""
    return quote(path)


def relative(from_url: str, to_url: str) -> str:
    """The link from one page to another; within one page the fragment alone."""
    target, _, fragment = to_url.partition("#")
    tail = f"#{fragment}" if fragment else ""
    if target == from_url and tail:
        return tail
    return from_folder(from_url.rpartition("/")[0], target) + tail


@lru_cache(maxsize=1 << 16)  # pages of one folder link to the same pages again and again
def from_folder(folder: str, target: str) -> str:
    """The link from any page of a folder ("" for the top) to a page, which is without a fragment."""
    here, there = folder.split("/") if folder else [], target.split("/")
    while here and len(there) > 1 and here[0] == there[0]:
        here, there = here[1:], there[1:]
    return "../" * len(here) + "/".join(there)


def root(from_url: str) -> str:
    """The prefix that leads from a page to the top of the site: "", "../" and so on."""
    return "../" * from_url.count("/")


def absolute(base_url: str, url: str) -> str:
    """The full address of a page, or "" where the site has no address of its own; the home page is the folder."""
    return f"{base_url.rstrip('/')}/{'' if url == HOME else url}" if base_url else ""


def base_path(base_url: str) -> str:
    """The path that a site's address ends in, with both slashes: "/", "/repo/"."""
    path = urlsplit(base_url).path.strip("/")
    return f"/{path}/" if path else "/"
