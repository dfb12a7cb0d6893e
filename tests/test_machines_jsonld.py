"""JSON-LD and OpenGraph: what programs read in the pages.

They are read by an HTML parser and a JSON-LD processor, and held against what schema.org says of its terms.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

import html5lib
import pytest
from pyld import jsonld

from briefgen.pages.jsonld import script
from tests.machinekit import demonstration, rendered
from tests.pagekit import SMALL
from tests.schema_org import CONTEXT, MODES, PROPERTIES, SUPERTYPES

VOCAB = "https://schema.org/"
HERE = "https://example.org/talks/"
H = "{http://www.w3.org/1999/xhtml}"
DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")

Node = dict[str, Any]


def outputs(which: str) -> dict[str, bytes]:
    made = demonstration() if which == "demo" else rendered(SMALL if which == "small" else RICH)
    return {u: d for u, d in made.items() if u.endswith(".html")}


def head(data: bytes) -> Any:
    return html5lib.parse(data, namespaceHTMLElements=True).find(f"{H}head")


def blocks(data: bytes) -> list[str]:
    scripts = head(data).iter(f"{H}script")
    return [s.text for s in scripts if s.get("type") == "application/ld+json"]


def loader(url: str, options: object) -> dict[str, object]:
    """The one context there is, from this disk."""
    assert url == "https://schema.org", url
    return {"contextUrl": None, "documentUrl": url, "document": CONTEXT}


def graph(data: bytes, url: str) -> list[Node]:
    """The nodes of a page as a processor reads them: flattened, every address absolute, every term with the vocabulary's."""
    (text,) = blocks(data)
    options = {"documentLoader": loader, "base": urljoin(HERE, url)}
    return list(jsonld.flatten(jsonld.expand(json.loads(text), options), None, options))


@lru_cache(maxsize=4)
def everything(which: str) -> dict[str, list[Node]]:
    pages = outputs(which)
    return {u: graph(d, u) for u, d in pages.items() if blocks(d)}


def short(term: str) -> str:
    assert term.startswith(VOCAB), f"not a term of schema.org: {term}"
    return term.removeprefix(VOCAB)


@lru_cache(maxsize=4)
def types_of(which: str) -> dict[str, set[str]]:
    """@id -> the types that any page of the site gives it, supertypes included."""
    found: dict[str, set[str]] = {}
    for nodes in everything(which).values():
        for node in nodes:
            held = found.setdefault(node["@id"], set())
            for name in map(short, node.get("@type", ())):
                held |= {name, *SUPERTYPES[name]}
    return found


def faults(which: str) -> Iterator[str]:
    """Everything that the vocabulary does not allow."""
    known = types_of(which)
    for url, nodes in everything(which).items():
        for node in nodes:
            for term, values in node.items():
                if not term.startswith("@"):
                    domain, range_ = PROPERTIES[short(term)]
                    types = known[node["@id"]]
                    # A role stands between a thing and the value of the same property: https://schema.org/Role.
                    if types and not types & set(domain) and not ("Role" in types and short(term) == "member"):
                        yield f"{url}: {term} on {sorted(types)}"
                    yield from (f"{url}: {term} is {v}" for v in values if not fits(v, range_, known))


def fits(value: Node, range_: tuple[str, ...], known: dict[str, set[str]]) -> bool:
    if "@value" not in value:
        address = value["@id"]
        if address in MODES:
            return "EventAttendanceModeEnumeration" in range_
        return bool(known.get(address, set()) & {*range_, "Role"}) or ("URL" in range_ and address.startswith("http"))
    text = value["@value"]
    if "Date" in range_:
        return DATE.fullmatch(text) is not None
    return "Text" in range_ or (isinstance(text, int) and "Integer" in range_)


@pytest.mark.parametrize("which", ["demo", "small", "rich"])
def test_every_type_and_property_is_schema_orgs(which: str) -> None:
    assert list(faults(which)) == []


@pytest.mark.parametrize("which", ["demo", "small", "rich"])
def test_every_page_has_one_block_but_404_and_redirects(which: str) -> None:
    without = {u for u, d in outputs(which).items() if not blocks(d)}
    moved = {u for u, d in outputs(which).items() if b'http-equiv="refresh"' in d}
    assert without == {"404.html"} | moved


def test_the_check_of_terms_can_fail() -> None:
    """A wrong property, a wrong type of value, a term that is none."""
    assert not fits({"@value": "on Wednesday"}, ("Date",), {})
    assert not fits({"@id": "x:y"}, ("Person",), {"x:y": {"Place", "Thing"}})
    with pytest.raises(AssertionError):
        short("https://example.org/startDate")
    with pytest.raises(KeyError):
        PROPERTIES[short(f"{VOCAB}leader")]


@pytest.mark.parametrize("which", ["demo", "small", "rich"])
def test_every_address_of_a_page_leads_to_a_page(which: str) -> None:
    base = "https://example.github.io/libya-briefing/" if which == "demo" else HERE
    pages = outputs(which)
    for node in (n for nodes in everything(which).values() for n in nodes):
        path = node["@id"].partition("#")[0]
        if path.startswith(base):
            assert (path.removeprefix(base) or "index.html") in pages


# ---------------------------------------------------------------- what is said

RICH = """
//- content/site.yaml
name: Talks </script><b>& "co"
url: https://example.org/talks/
language: en-GB
editors: [One Desk, Another]
//- content/articles/wire.md
---
title: Talks </script><script>alert(1)</script>
publisher: The Wire
published: 2020-07-02
based_on: word
rights: us-gov
format: plain
changed:
  2020-07-06: >-
    The [publisher](https://example.org) was corrected. [@wire: The Army]
---
On July 1 the Army and the Council met virtually. The Army, led by Ann Able, asked for peace.
Others say they met on July 2 in person.

The Army, led by Bo Best, belongs to the Council. General Ann Able of the Army, Colonel Ann Able. In 2019 a siege began.
//- content/articles/press.md
---
title: Press
rights: press
translated_from: ar
format: plain
---
The Council asked for peace on the lake. Secret words.
//- content/articles/hidden.md
---
title: Hidden
rights: press
show: link
format: plain
---
The Council asked for war.
//- content/actors/all.yaml
land: {name: Land, kind: state, country: LY, at: "-27.5, 17"}
council: {name: Council, kind: government, part_of: land}
army:
  name: Army
  kind: armed-force
  names: {ar: الجيش}
  see: {wikidata: Q1, somewhere: else}
  part_of: {council: {wire: "The Army, led by Bo Best, belongs to the Council"}}
  leader:
    ann-able: {wire: "The Army, led by Ann Able"}
    bo-best: {wire: "The Army, led by Bo Best"}
  changed: {2020-07-05: "The name said “Militia” </script>, which was wrong.", 2020-07: Once more.}
ann-able:
  name: Ann Able
  rank: {General: {wire: General Ann Able}, Colonel: {wire: Colonel Ann Able}}
  org: {army: {wire: General Ann Able of the Army}}
bo-best: Bo Best
//- content/places/all.yaml
lake: {name: Lake, kind: region, country: LY, part_of: land}
town: {name: Town, kind: city, part_of: lake}
//- content/topics/all.yaml
peace: Peace
//- content/meetings/talks.yaml
name: The talks
from: wire
date:
  2020-07-01: On July 1
  2020-07-02: met on July 2
format:
  virtual: met virtually
  in-person: met on July 2 in person
place: {lake: {press: asked for peace on the lake}}
topics: {peace: asked for peace}
positions:
  - army: "The Army, led by Ann Able, asked for peace"
  - council:
      press: The Council asked for peace
      hidden: asked for war
//- content/delegations/talks.yaml
army: {wire: the Army and the Council met}
council: {wire: the Army and the Council met}
//- content/events/all.yaml
siege: {name: Siege, kind: military-operation, date: {2019/..: {wire: In 2019 a siege began}}, by: {army: {wire: The Army}}}
word: {name: Word, kind: statement, date: {2020-06-30..2020-07-02: {wire: On July 1}}, by: {council: {wire: and the Council met}}}
either:
  name: Either
  kind: speech
  date: {2020-07-01: {wire: On July 1}, 2020-06-30..2020-07-03: {wire: met on July 2}}
//- content/comparisons/all.yaml
peace-or-war:
  name: Peace or war
  about: [council]
  says: [{press: asked for peace}, {hidden: asked for war}]
"""


def entity(url: str) -> Node:
    """What a page of the rich site is about, as written."""
    found = json.loads(blocks(outputs("rich")[url])[0])["@graph"]
    return next(n for n in found if n["@id"].endswith("#this"))


def page_node(url: str) -> Node:
    found: Node = json.loads(blocks(outputs("rich")[url])[0])["@graph"][0]
    return found


def names(values: Any) -> list[str]:
    return [v["name"] for v in (values if isinstance(values, list) else [values])]


def test_a_disputed_fact_has_all_its_values() -> None:
    assert entity("actors/ann-able.html")["honorificPrefix"] == ["General", "Colonel"]
    meeting = entity("meetings/talks.html")
    assert meeting["startDate"] == ["2020-07-01", "2020-07-02"]
    assert meeting["eventAttendanceMode"] == [f"{VOCAB}OnlineEventAttendanceMode", f"{VOCAB}OfflineEventAttendanceMode"]
    assert names([role["member"] for role in entity("actors/army.html")["member"]]) == ["Ann Able", "Bo Best"]


def test_a_date_that_schema_org_cannot_say_is_left_out_and_so_is_the_other_one_of_a_dispute() -> None:
    assert "startDate" not in entity("events/word.html")
    assert "startDate" not in entity("events/either.html")
    siege = entity("events/siege.html")
    assert (siege["startDate"], "endDate" in siege) == ("2019", False)


def test_only_kinds_that_are_a_states_make_a_government_organisation() -> None:
    assert entity("actors/council.html")["@type"] == "GovernmentOrganization"
    assert entity("actors/army.html")["@type"] == "Organization"
    assert entity("actors/land.html")["@type"] == ["Country", "Organization"]


def test_who_spoke_is_a_performer_and_who_only_acted_is_not() -> None:
    assert names(entity("events/word.html")["performer"]) == ["Council"]
    assert "performer" not in entity("events/siege.html")


def test_an_article_is_based_on_a_statement_and_translated_from_a_work() -> None:
    assert entity("articles/wire.html")["isBasedOn"] == f"{HERE}events/word.html"
    assert entity("articles/press.html")["translationOfWork"] == {"@type": "CreativeWork", "inLanguage": "ar"}
    assert "datePublished" not in entity("articles/press.html")


def test_a_quotation_has_the_words_and_whom_the_article_has_say_them() -> None:
    said = entity("meetings/talks.html")["recordedIn"]
    assert [q["text"] for q in said] == ["The Army, led by Ann Able, asked for peace", "The Council asked for peace"]
    assert said[1]["spokenByCharacter"] == {"@id": f"{HERE}actors/council.html#this"}
    assert said[1]["isPartOf"] == {"@id": f"{HERE}articles/press.html#this"}
    assert entity("comparisons/peace-or-war.html")["hasPart"]["text"] == "asked for peace"


def test_words_of_an_article_that_is_only_linked_stand_nowhere() -> None:
    assert not [u for u, d in outputs("rich").items() if "asked for war" in "".join(blocks(d))]


def test_names_in_other_languages_and_authorities() -> None:
    army = entity("actors/army.html")
    assert army["alternateName"] == {"@value": "الجيش", "@language": "ar"}
    assert army["sameAs"] == "https://www.wikidata.org/wiki/Q1"
    assert entity("actors/land.html")["geo"]["latitude"] == "-27.5"


def test_corrections_stand_with_their_page_as_text() -> None:
    found = page_node("actors/army.html")["correction"]
    assert [(c["dateCreated"], c["text"]) for c in found] == [
        ("2020-07-05", "The name said “Militia” </script>, which was wrong."),
        ("2020-07", "Once more."),
    ]
    assert page_node("articles/wire.html")["correction"]["text"] == "The publisher was corrected."


def test_the_way_from_home_ends_at_the_page() -> None:
    steps = page_node("actors/army.html")["breadcrumb"]["itemListElement"]
    assert [(s["position"], s["name"], s["item"]) for s in steps] == [
        (1, "Briefing", HERE),
        (2, "Organisations", f"{HERE}organisations.html"),
        (3, "Army", f"{HERE}actors/army.html"),
    ]
    assert "breadcrumb" not in page_node("index.html")


def test_the_site_is_described_on_its_first_page() -> None:
    graph_ = json.loads(blocks(outputs("rich")["index.html"])[0])["@graph"]
    site_ = next(n for n in graph_ if n["@type"] == "WebSite")
    assert (site_["name"], site_["url"], site_["creditText"]) == ('Talks </script><b>& "co"', HERE, "One Desk, Another")


def test_nothing_in_a_block_can_end_it() -> None:
    for data in outputs("rich").values():
        for raw in re.findall(rb'<script type="application/ld\+json">(.*?)</script>', data, re.DOTALL):
            assert not set(raw.decode()) & set("<>&\u2028\u2029")
            json.loads(raw)
    assert entity("articles/wire.html")["headline"] == "Talks </script><script>alert(1)</script>"


def test_line_separators_are_escaped() -> None:
    raw = script({"name": "A\u2028b\u2029c"})
    assert "\\u2028" in raw
    assert "\u2028" not in raw
    assert json.loads(raw)["name"] == "A\u2028b\u2029c"


def test_without_an_address_of_the_site_addresses_are_relative_to_the_page() -> None:
    made = rendered(SMALL.replace("url: https://example.org/talks/\n", ""))
    nodes = json.loads(blocks(made["actors/lna.html"])[0])["@graph"]
    assert nodes[0]["isPartOf"]["@id"] == "../index.html#site"
    assert nodes[1]["@id"] == "#this" or nodes[1]["@id"] == "lna.html#this"
    read = graph(made["actors/lna.html"], "actors/lna.html")
    assert f"{HERE}actors/lna.html#this" in {n["@id"] for n in read}


# ---------------------------------------------------------------- OpenGraph


def metas(url: str) -> dict[str, str]:
    return {m.get("property"): m.get("content") for m in head(outputs("rich")[url]).iter(f"{H}meta") if m.get("property")}


def test_open_graph_of_a_profile() -> None:
    assert metas("actors/ann-able.html") == {
        "og:title": "Ann Able",
        "og:type": "profile",
        "og:description": "Ann Able: posts, delegations, and what each statement rests on.",
        "og:url": f"{HERE}actors/ann-able.html",
        "og:site_name": 'Talks </script><b>& "co"',
        "og:locale": "en_GB",
    }


@pytest.mark.parametrize(
    ("url", "type_"),
    [("index.html", "website"), ("people.html", "website"), ("actors/army.html", "article"), ("articles/wire.html", "article")],
)
def test_open_graph_types(url: str, type_: str) -> None:
    assert metas(url)["og:type"] == type_


def test_no_country_is_guessed_for_a_language() -> None:
    for data in outputs("demo").values():
        assert b"og:locale" not in data
        assert data.count(b'property="og:title"') == 1
