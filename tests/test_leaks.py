"""Nothing of a press text but the quoted words reaches any output, and nothing at all of a draft (I9).

On the demonstration site: no five words in a row of an article shown as excerpts, most of them unquoted, stand in any
output, unless they stand in an article shown in full, in a name of a record, in a title or in a quoted passage too.
(Of five words that are mostly quoted, such as "of the *Government of national*", two may well be the site's own.)
On a mini-site: canary words in every corner that must not be published.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from urllib.parse import unquote

import pytest

from briefgen.compile import Checked
from briefgen.link import Briefing
from briefgen.model import Article
from briefgen.text import folded
from tests.kit import MiniSite, build, demo, site

_TOKEN = re.compile(r"\w+(?:[^\w\s\"<>=()\[\]]+\w+)*")
_RUN = 5

Gram = tuple[str, ...]


def tokens(text: str) -> list[str]:
    """The words of a text, folded, capitals and the marks around them aside."""
    return _TOKEN.findall(folded(text).casefold())


def grams(words: list[str]) -> Iterator[Gram]:
    """Every five words in a row."""
    return zip(*(words[n:] for n in range(_RUN)), strict=False)


def readings(data: bytes) -> Iterator[str]:
    """An output as bytes, and as a reader or a program may read it: tags as spaces, tags as nothing, escapes undone."""
    raw = data.decode("utf-8", "replace")
    # What stands in attributes counts, the names of tags do not.
    plain = html.unescape(html.unescape(re.sub(r"</?[a-zA-Z][\w-]*", " ", raw)))
    yield plain
    yield html.unescape(html.unescape(re.sub(r"<[^>]*>", " ", raw)))
    yield html.unescape(html.unescape(re.sub(r"<[^>]*>", "", raw)))
    if "\\" in raw:
        yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), plain).replace("\\n", " ").replace('\\"', '"')
    if "%" in raw:
        yield unquote(plain).replace("+", " ")


# ---------------------------------------------------------------- the demonstration site


@lru_cache(maxsize=1)
def built() -> Checked:
    checked = build(demo())
    assert checked.outputs
    return checked


def unquoted(briefing: Briefing, article: Article) -> Iterator[Gram]:
    """Five words in a row, most of which no published passage holds."""
    published = briefing.published.get(article.id)
    for n, unit in enumerate(article.prose.units):
        stretches = published.stretches.get(n, ()) if published else ()
        if unit.role == "headline":
            continue
        words = []
        for word in re.finditer(r"\S+", unit.text):
            held = any(start < word.end() and word.start() < end for start, end in stretches)
            words += [(token, held) for token in tokens(word.group())]
        for run in zip(*(words[k:] for k in range(_RUN)), strict=False):
            if sum(not held for _, held in run) > _RUN // 2:
                yield tuple(token for token, _ in run)


def allowed(briefing: Briefing) -> Iterator[Gram]:
    """Five words in a row that may stand anywhere, whatever press text has them too."""
    for article in briefing.articles.values():
        yield from grams(tokens(article.record.text("title")))
        for n, unit in enumerate(article.prose.units):
            for start, end in briefing.published[article.id].stretches.get(n, ()):
                yield from grams(tokens(unit.text[start:end]))
    for record in briefing.records.values():
        for field in ("name", "short", "aka", "names", "named"):
            for value in record.all(field):
                yield from grams(tokens(value.text))


def forbidden(briefing: Briefing) -> set[Gram]:
    press = [a for a in briefing.articles.values() if a.show != "full"]
    return {gram for article in press for gram in unquoted(briefing, article)} - set(allowed(briefing))


def leaks(outputs: Mapping[str, bytes], words: set[Gram]) -> list[tuple[str, str]]:
    """Where forbidden words stand."""
    found = []
    for url, data in outputs.items():
        held = {gram for text in readings(data) for gram in grams(tokens(text)) if gram in words}
        found += [(url, " ".join(gram)) for gram in sorted(held)]
    return found


def test_no_unquoted_words_of_a_press_article_stand_in_any_output() -> None:
    words = forbidden(built().briefing)
    assert len(words) > 300
    assert leaks(built().outputs, words) == []


def test_the_search_for_leaks_finds_one() -> None:
    """The same search on pages that do publish the texts: as HTML with words in tags, in JSON, in an address."""
    briefing = built().briefing
    words = forbidden(briefing)
    unit = max(briefing.articles["freenews"].prose.units, key=lambda u: len(u.text)).text
    marked = "".join(f"<b>{html.escape(word)}</b> " for word in unit.split())
    escaped = unit.replace("“", "\\u201c").encode("ascii", "backslashreplace")
    assert leaks({"a.html": marked.encode()}, words)
    assert leaks({"a.json": b'{"text": "' + escaped + b'"}'}, words)
    assert leaks({"a.html": f'<a href="#:~:text={unit.replace(" ", "%20")}">x</a>'.encode()}, words)
    full = {"a.html": "\n".join(u.text for u in briefing.articles["mirage-gna"].prose.units).encode()}
    assert leaks(full, words) == []


# ---------------------------------------------------------------- canaries

# Every word with "canary" in it stands where nothing may be published; "robin" where it must be.
FIXTURE = """
//- content/site.yaml
# canary-comment-of-the-site
name: Talks at the lake
url: https://robin.example/lake/
excerpt_limit: 100 %
//- content/articles/press.md
---
# canary-comment-of-the-front-matter
title: Robin title of the press
publisher: The robin press
rights: press
furniture: ["Read also:"]
---
Robin title of the press

The canary1 envoy said on Monday that robin1 talks would begin at the lake, although canary2 doubts remain in the town.

Robin2 members of the Council spoke of peace. Canary3 members spoke of war, wrote [canary4](https://example.org/canary5 "canary6").

A paragraph of canary7 words where the Council is named and ![canary8](canary9.png) is shown, with `canary10` code.

Read also: canary11 news from the town

- canary12 item of a list where the Council is named again

The draft says that canary13 was elected, and the canary14 page quotes this as well, as canary15 relations do.
//- content/articles/links.md
---
title: Robin title of the links
rights: us-gov
show: link
---
The canary20 text of an article that is only linked, though the Council is named.
//- content/articles/secret.md
---
title: The canary30 title of a draft
publisher: The canary31 press
url: https://example.org/canary32
rights: us-gov
draft: true
notes: The canary33 note.
---
A canary34 text of a draft where the Council is named.
//- content/actors/actors.yaml
# canary-comment-of-the-actors
council:   # canary-comment-behind-a-key
  name: Council
  kind: council
  roles:
    speaker: {press: Robin2 members of the Council}   # canary-comment-behind-words
  changed: {2020-07-05: The robin6 was corrected.}
lake: {name: Lake Council, kind: council, part_of: council}
ghost:
  name: Canary40 ghost
  aka: [Canary41]
  names: {ar: canary42}
  draft: true
  roles: {canary43 role: {press: canary13 was elected}}
  notes: {roles: The canary44 note.}
  was: [canary45]
  changed: {2020-07-06: The canary67 was corrected.}
canary46-id: {name: Canary46, draft: true}
//- content/meetings/talks.yaml
name: Talks
from: press
date:
  ..2020-07: on Monday that robin1 talks
participants:
  council: Robin2 members of the Council
positions:
  - council: Robin2 members of the Council spoke of peace
//- content/meetings/canary50-meeting.yaml
name: Canary51 meeting
draft: true
from: press
participants:
  council: where the Council is named and
outcome:
  canary52 outcome: canary14 page quotes this
notes: The canary53 note.
//- content/delegations/canary50-meeting.yaml
council: {press: A paragraph of canary7 words where the Council is named}
//- content/events/events.yaml
canary60-event: {name: Canary60, kind: speech, draft: true, from: press, by: {council: the Council is named again}}
//- content/topics/topics.yaml
canary61-topic: {name: Canary61, draft: true}
//- content/places/places.yaml
canary62-place: {name: Canary62, draft: true, at: "1, 2", aka: [canary63]}
//- content/comparisons/comparisons.yaml
robin3: {name: Robin3 comparison, says: [{press: robin1 talks would begin}]}
canary64:
  name: Canary64
  draft: true
  says: [{press: canary12 item of a list where the Council is named again}]
  notes: Canary65.
//- content/relations.yaml
# canary-comment-of-the-relations
- council works-with lake:
    draft: true
    cite: {press: as canary15 relations do}
    notes: The canary66 note.
//- content/index.md
The [[council]] met [@press: robin1 talks would begin at the lake].
//- content/pages/robin.md
---
title: Robin4 page
---
Robin5 words.
//- content/pages/canary70.md
---
title: Canary71 page
draft: true
---
The [[council]] and canary72 words, with words of its own [@press: although canary2 doubts remain in the town].
"""


@lru_cache(maxsize=1)
def fixture() -> MiniSite:
    return site(FIXTURE)


@lru_cache(maxsize=1)
def caged() -> Checked:
    checked = build(fixture().snapshot())
    assert [d for d in checked.diagnostics if d.severity == "error"] == []
    return checked


def test_no_canary_flies() -> None:
    for url, data in caged().outputs.items():
        assert "canary" not in url.casefold()
        for text in (data.decode("utf-8", "replace"), *readings(data)):
            found = re.search(r".{0,60}canary.{0,40}", text.casefold())
            assert not found, f"{url}: {found.group()}"


@pytest.mark.parametrize("word", ["robin1", "robin2", "robin3", "robin4", "robin5", "robin6", "robin title of the press"])
def test_what_may_be_published_is(word: str) -> None:
    assert any(word.encode() in data.lower() for data in caged().outputs.values())


def test_data_feed_and_corrections_are_searched_too() -> None:
    """What programs read are outputs like any other; none of them is missing here, in the cage or on the demonstration site."""
    tables = {f"data/{name}.csv" for name in ("people", "organisations", "citations", "positions", "articles")}
    for_programs = {"data/briefing.json", "data/briefing.schema.json", "data.html", "feed.xml"}
    assert (for_programs | tables) - {"data/people.csv"} | {"corrections.html", "data/corrections.csv"} <= caged().outputs.keys()
    assert for_programs | tables <= built().outputs.keys()
    assert sum(b"application/ld+json" in data for data in built().outputs.values()) > 100
    assert b"robin6" in caged().outputs["feed.xml"]


def test_every_canary_was_read() -> None:
    """The fixture is no good where a corner of it is not even loaded."""
    given = set(re.findall(r"canary[0-9]+", FIXTURE.casefold()))
    assert len(given) > 40
    briefing = caged().briefing
    texts = " ".join(u.text for a in briefing.articles.values() for u in a.prose.units).casefold()
    assert {c for c in ("canary1", "canary7", "canary11", "canary12", "canary20", "canary34") if f"{c} " not in texts} == set()
    drafts = {i for i, r in briefing.records.items() if r.draft}
    assert drafts == {"ghost", "canary46-id", "canary50-meeting", "canary60-event", "canary61-topic", "canary62-place", "canary64"}
    quoting = [c for claim in briefing.claims if claim.draft for c in claim.cites]
    assert len(quoting) == 8
    assert all(c in briefing.passages for c in quoting)


def test_a_canary_in_a_text_shown_in_full_flies() -> None:
    """The cage is the rights, not an accident of the templates."""
    files = dict(fixture().files)
    path = "content/articles/press.md"
    files[path] = files[path].replace("rights: press", "rights: us-gov")
    outputs = build(MiniSite(files, ()).snapshot()).outputs
    assert any(b"canary1 " in data for data in outputs.values())
