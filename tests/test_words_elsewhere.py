"""No word that a page prints of its own stands anywhere but in the catalogue: not in a template, not in the code of a page."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from jinja2 import Environment, nodes

from briefgen import datetext
from briefgen.link import link
from briefgen.load import load
from briefgen.model import notes_of
from briefgen.pages import view_pages
from briefgen.render import render_pages
from briefgen.words import read_words
from tests.kit import ROOT, english, site, theme

PAGES = {name: text for name, text in theme()[0].items() if name.endswith(".html")}
CODE = sorted((ROOT / "briefgen" / "pages").rglob("*.py"))
# What is no page to be read: a protocol's own words, and data for scripts.
NO_PAGES = ("robots.html", "search-shard.html", "hovercards.html", "print-name.html")
READ_OUT = ("title", "aria-label", "alt", "placeholder", "data-label", "label", "aria-description", "aria-roledescription")


class Shown(HTMLParser):
    """What a page says: its texts, and the attributes that are read out or shown; `codes` stand in <code>. Scripts are silent."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.codes: set[str] = set()
        self.silent: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.silent += [tag] if tag in ("script", "style", "code") else []
        self.said += [given[name] or "" for name in READ_OUT if name in given]
        # What scripts say stands in data-…; a value with a space between letters is no id, address or number.
        self.said += [
            text or "" for name, text in attrs if name.startswith("data-") and re.search(r"[^\W\d_] [^\W\d_]", text or "")
        ]
        told = given.get("name") in ("description", "twitter:title") or given.get("property") in ("og:title", "og:description")
        self.said += [given.get("content") or ""] if tag == "meta" and told else []

    def handle_endtag(self, tag: str) -> None:
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(data)
        elif self.silent[-1] == "code":
            self.codes.add(data)


# ---------------------------------------------------------------- nothing stands in templates


def tree_of(name: str) -> nodes.Template:
    return Environment(autoescape=True).parse(PAGES[name])


@pytest.mark.parametrize("name", sorted(PAGES.keys() - NO_PAGES))
def test_no_template_holds_a_word_of_its_own(name: str) -> None:
    printed = (part for output in tree_of(name).find_all(nodes.Output) for part in output.nodes)
    markup = "".join(part.data if isinstance(part, nodes.TemplateData) else " ".join(literals(part)) for part in printed)
    assert [text for text in Shown(markup).said if re.search(r"[^\W\d_]", outside(text))] == []


def literals(node: nodes.Node) -> Iterator[str]:
    """The texts that an expression may print as they stand."""
    match node:
        case nodes.Const(value=str()):
            yield node.value
        case nodes.CondExpr():
            yield from literals(node.expr1)
            yield from literals(node.expr2) if node.expr2 else ()
        case nodes.Or() | nodes.And() | nodes.Add():
            yield from (*literals(node.left), *literals(node.right))
        case nodes.Concat():
            yield from (one for part in node.nodes for one in literals(part))
        case nodes.Getitem(node=nodes.Dict() as choices):
            yield from (one for pair in choices.items for one in literals(pair.value))
        case nodes.Filter() if node.name != "t" and node.node:
            yield from literals(node.node)


# ---------------------------------------------------------------- every id is there, and none in vain


def asked_in_templates() -> set[str]:
    found = (n for name in PAGES for n in tree_of(name).find_all(nodes.Filter) if n.name == "t")
    return {str(n.node.value) for n in found if isinstance(n.node, nodes.Const)}


def test_templates_ask_by_constant_ids_only() -> None:
    asked = [(name, n) for name in PAGES for n in tree_of(name).find_all(nodes.Filter) if n.name == "t"]
    assert [(name, n.lineno) for name, n in asked if not isinstance(n.node, nodes.Const)] == []


def in_code() -> tuple[set[str], set[str]]:
    """The strings of the page code, and what f-strings begin with."""
    strings: set[str] = set()
    beginnings: set[str] = set()
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
                beginnings.add(str(node.values[0].value))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                strings.add(node.value)
    return strings, beginnings


def said_in_code() -> set[str]:
    """The ids that page code asks for by name."""
    calls = (n for path in CODE for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call))
    said = (c for c in calls if getattr(c.func, "attr", getattr(c.func, "id", "")) == "say" and c.args)
    return {str(c.args[0].value) for c in said if isinstance(c.args[0], ast.Constant)}


def test_every_id_asked_for_is_in_the_catalogue() -> None:
    assert (asked_in_templates() | said_in_code()) - english().texts.keys() == set()


def test_every_id_of_the_catalogue_is_asked_for() -> None:
    strings, beginnings = in_code()
    strings |= asked_in_templates() | datetext.ENGLISH.keys()
    chosen = {"kind", "verb", "format", *(b.rstrip(".") for b in beginnings if b.endswith("."))}
    unused = [i for i in english().texts if i not in strings and not ("." in i and i.split(".")[0] in chosen)]
    assert unused == []


def test_dates_have_the_words_of_the_messages() -> None:
    own = {i: forms[0] for i, forms in english().texts.items() if i.startswith(("date.", "month."))}
    assert own == {i: text for i, text in datetext.ENGLISH.items() if not i.startswith("month-day.")}


# ---------------------------------------------------------------- nothing stands in code

GREEK = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "ΑΒΓΔΕΦΓΗΙΞΚΛΜΝΟΠΘΡΣΤΥΩΨΧΥΖαβγδεφγηιξκλμνοπθρστυωψχυζ"
)
PROJECT = """
//- content/site.yaml
name: <Talks>
description: <A small briefing>
url: https://example.org/talks/
editors: [<The desk>, <The other desk>]
//- content/index.md
---
title: <Two talks>
---
<The army> <met the other side>. [@wire: <met virtually>] [[gna|<its page>]].
//- content/pages/method.md
---
title: <Method>
---
<How it is done>.
//- content/articles/wire.md
---
title: <Talks held>
publisher: <The Wire>
url: https://example.org/wire
archive_url: https://example.org/archive
published: 2020-07-02
based_on: statement
rights: us-gov
furniture: [<Share this>]
notes: <A note on the wire>.
changed: {2020-07-05: <The date was corrected>.}
---
<Talks held>

<On July the first, the army and the states met virtually. General Farj of the army spoke. Peace is near>.

<The states were represented by Ambassador Able and Colonel Best>. <The army was represented by General Farj>.

<The government met the states. The government was represented by Minister Cole. The states sent Ambassador Able, Major Dunn>.

<Share this page. Peace is near>.
//- content/articles/paper.md
---
title: <Talks, it is said>
publisher: <The Post>
url: https://example.org/paper
translated_from: ar
language: fr
based_on: statement
rights: press
format: plain
---
<Secret words begin here. The forces of Marshal Farj, called the army, met the others on Wednesday. Nobody may print this>.

<The army alone stands in this unquoted paragraph>.
//- content/articles/linked.md
---
title: <Only linked>
rights: cc-by-4.0
show: link
format: plain
url: https://example.org/linked
---
<Quiet words about the army and its talks in July>.
//- content/articles/nowhere.md
---
title: <Nowhere>
rights: permission
show: link
format: plain
---
<Words that are not shown>.
//- content/articles/bare.md
---
title: <Bare>
rights: press
format: plain
---
<Other words about the army, words about peace>.
//- content/actors/all.yaml
us: {name: <The states>, kind: state, country: US, at: "39.7, -98.5"}
gna: {name: <Government>, short: <GVT>, kind: government, country: LY, see: {<wiki>: 1}, geonames: 12}
moi: {name: <Ministry>, kind: ministry, part_of: gna}
lna:
  name: <The army>
  short: <ARM>
  kind: armed-force
  country: LY
  names: {el: <Army>, ar: <Armée>}
  aka: [<Army>, <Force>]
  was: [old-lna]
  named: {paper: <The forces of Marshal Farj>}
  image: {file: farj.jpg, credit: <A photographer>, licence: <Free>}
  leader:
    aoun-farj: {wire: <General Farj of the army>}
    ann-able: {paper: <Marshal Farj>}
  notes: <A note on the army>.
  changed: {2020-07-05: <The name was corrected>.}
aoun-farj:
  name: <Farj>
  rank:
    <General>: {wire: <General Farj>}
    <Marshal>: {paper: <Marshal Farj>}
  roles:
    <Speaker>: {wire: <Farj of the army spoke>}
  org: {lna: {wire: <General Farj of the army>}}
  notes: {rank: <The ranks differ>.}
ann-able: <Able>
bo-best: <Best>
cy-cole: <Cole>
dee-dunn: <Dunn>
alone: {name: <Alone>, kind: group}
lonely: {name: <Lonely>, rank: {<Captain>: {wire: <not there at all>}}}
//- content/topics/all.yaml
peace: {name: <Peace>, notes: <What all want>.}
truce: {name: <Truce>, part_of: peace}
//- content/places/all.yaml
tripoli: {name: <Tripoli>, kind: capital, country: LY}
port: {name: <Port>, kind: city, part_of: tripoli, at: "1.0, 2.0"}
//- content/meetings/june.yaml
name: <The June talks>
from: wire
date: {2020-06-24: <The government met the states>}
host: {gna: <The government met the states>}
place: {port: <The government met the states>}
//- content/delegations/june.yaml
from: wire
us: {ann-able: <Ambassador>, dee-dunn: <Major>}
gna: {cy-cole: <Minister>}
//- content/meetings/july.yaml
name: <The July talks>
from: wire
date: {2020-07-01: [<On July the first>, {paper: <on Wednesday>}], 2020-07: {paper: <on Wednesday>}}
format: {virtual: <met virtually>}
place: {tripoli: <met virtually>}
follows: {june: <The government met the states>}
topics: {peace: <Peace is near>}
outcome: {<A promise>: {wire: <Peace is near>}}
notes: {outcome: <An inference>.}
positions:
  - lna: <Peace is near>
    about: [peace]
    notes: <An aim>.
  - all: {paper: <met the others>}
//- content/delegations/july.yaml
from: wire
us: {ann-able: {post: <Ambassador>, rank: <Colonel>, org: {us: <The states>}}, bo-best: <Colonel>}
lna: {aoun-farj: <General>}
//- content/meetings/later.yaml
name: <Later talks>
from: wire
date: {2020-08~: <met virtually>}
//- content/delegations/later.yaml
from: wire
moi: <the states met virtually>
us: {ann-able: <Ambassador>}
//- content/events/all.yaml
statement:
  name: <The statement>
  kind: statement
  date: {..2020-07-02: {linked: <talks in July>}}
  by: {us: {wire: <the states met virtually>}}
  follows: {march: {wire: <met virtually>}}
  positions: [{us: {wire: <the states met virtually>}}, {gna: {wire: <not there at all>}}]
march:
  name: <The march>
  kind: military-operation
  date: {2019-04-04/..: {wire: <met virtually>}}
  participants: {lna: {wire: <the army>}}
siege: {name: <The siege>, kind: situation, date: {../2020-06: {wire: <met virtually>}}}
speech: {name: <The speech>, kind: speech, date: {2020-05-04/2020-05-06: {wire: <met virtually>}}}
talk: {name: <The talk>, date: {2020-04-30/2020-05-02: {wire: <met virtually>}}}
change: {name: <The change>, kind: political-change, date: {2019-12-13..2020-04-04: {wire: <met virtually>}}}
old: {name: <The old>, kind: conference, date: {201X: {wire: <met virtually>}}}
older: {name: <The older>, kind: announcement, date: {19XX: {wire: <met virtually>}}}
masked: {name: <Masked>, kind: talks, date: {2020-06-XX: {wire: <met virtually>}}}
maskedmonth: {name: <Masked month>, date: {2020-XX: {wire: <met virtually>}}}
perhaps: {name: <Perhaps>, date: {2018%: {wire: <met virtually>}}}
months: {name: <Months>, date: {2018-02/2018-05: {wire: <met virtually>}}}
years: {name: <Years>, date: {2015/2017: {wire: <met virtually>}}}
spell: {name: <Spell>, date: {2015-02-03/2017-04-05: {wire: <met virtually>}}}
mixed: {name: <Mixed>, date: {2015-02-03/2017: {wire: <met virtually>}}}
since: {name: <Since>, date: {2015-02-03..: {wire: <met virtually>}}}
never: {name: <Never>, kind: military-development}
//- content/comparisons/all.yaml
ranks:
  name: <General or marshal>
  kind: conflict
  about: [aoun-farj, july]
  says: [{wire: <General Farj>}, {paper: <Marshal Farj>}]
  notes: <Not the same>.
names: {name: <Names>, kind: naming, about: [july], says: [{wire: <the army>}, {linked: <the army>}]}
share: {name: <Share>, kind: artefact, about: [july], says: [{wire: <Share this page>}]}
other: {name: <Other>, about: [july], says: [{wire: <Peace is near>}, {wire: <army>}]}
//- content/relations.yaml
- us affiliated-with lna: {wire: <the army and the states met virtually>}
- gna affiliated-with alone: {wire: <not there at all>}
- lna affiliated-with gna:
    by: us
    cite: [{paper: <called the army>}, {wire: <the army>}]
    notes: <Said by one>.
"""


def greek(text: str) -> str:
    """What stands in < > in Greek letters, so that no Latin letter on a page comes from the content."""
    return re.sub(r"<([^<>]+)>", lambda m: m[1].translate(GREEK), text)


def bracketed() -> str:
    """The English catalogue with ⟦ ⟧ around every text, but not around what fills its slots."""
    marked = {i: [re.sub(r"((?:^|(?<=\}))[^{}]+)", r"⟦\1⟧", form) for form in forms] for i, forms in english().texts.items()}
    lines = (f"{i}: {json.dumps(forms if len(forms) > 1 else forms[0], ensure_ascii=False)}" for i, forms in marked.items())
    return "\n".join(lines) + "\n"


def test_no_word_of_a_page_stands_in_code() -> None:
    snapshot = site(f"{greek(PROJECT).strip()}\n//- templates/words/en.yaml\n{bracketed()}").snapshot()
    documents, unread = load(snapshot)
    assert [d for d in unread if d.severity == "error"] == []
    words, faults = read_words(snapshot.templates)
    assert faults == ()
    briefing = link(documents)
    answering = frozenset(note.span for record in briefing.records.values() for note in notes_of(record))
    outputs, found = render_pages(view_pages(briefing, words, answering=answering), snapshot.templates, words)
    assert found == ()
    pages = ((url, Shown(data.decode())) for url, data in outputs.items() if url.endswith((".html", ".xml")))
    found_outside = ((url, outside(said).strip(), page.codes) for url, page in pages for said in page.said)
    stray = {(url, left) for url, left, codes in found_outside if re.search(r"[A-Za-z]", left) and left not in codes}
    assert stray == set()


def outside(said: str) -> str:
    """What stands outside the brackets, addresses and names of files aside."""
    said = re.sub(r"geonames(?=⟦)|CC-BY-4\.0|\d{4}-\d\d-\d\dT00:00:00Z", "", said)  # names in the data, and a machine's time
    return re.sub(r"⟦[^⟦⟧]*⟧|\{n\}|https?://\S+|[\w.-]+\.(?:html|xml|json|csv)\b", "", said)
