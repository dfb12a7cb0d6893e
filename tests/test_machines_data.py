"""The files of data/: valid by their own schema, complete, at the right offsets, and nothing in them that is not published."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

import clevercsv
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it carries no types

from briefgen.compile import Known, compile_site
from briefgen.link import Briefing
from briefgen.pages import KINDS
from briefgen.pages.data_schema import OBJECTS
from briefgen.pages.fragments import fragments
from briefgen.pages.published import site_of
from briefgen.pages.site import Site
from briefgen.pages.tables import TABLES, guard, heading, line
from tests.kit import demo, english, look
from tests.machinekit import demonstration, rendered
from tests.pagekit import SMALL, briefing_of, small
from tests.test_machines_jsonld import RICH

Data = dict[str, Any]
SITES = ("demo", "small", "rich")


@lru_cache(maxsize=4)
def files(which: str) -> dict[str, bytes]:
    made = demonstration() if which == "demo" else rendered(SMALL if which == "small" else RICH)
    return {u.removeprefix("data/"): d for u, d in made.items() if u.startswith("data/")}


@lru_cache(maxsize=4)
def data(which: str) -> Data:
    held: Data = json.loads(files(which)["briefing.json"])
    return held


@lru_cache(maxsize=4)
def published(which: str) -> tuple[Briefing, Site]:
    briefing = look(demo())[0] if which == "demo" else small() if which == "small" else briefing_of(RICH)
    return briefing, site_of(briefing, english(), "")


def found(value: Any, key: str) -> Iterator[Any]:
    """Everything under a key, however deep."""
    if isinstance(value, dict):
        yield from (value[key],) if key in value else ()
        yield from (one for held in value.values() for one in found(held, key))
    elif isinstance(value, list):
        yield from (one for held in value for one in found(held, key))


def cited(which: str) -> list[Data]:
    lists = [*found(data(which), "citations"), *found(data(which), "says")]
    return [c for held in lists for c in held]


# ---------------------------------------------------------------- JSON


@pytest.mark.parametrize("which", SITES)
def test_the_file_is_valid_by_the_schema_beside_it(which: str) -> None:
    schema = json.loads(files(which)[data(which)["$schema"]])
    Draft202012Validator.check_schema(schema)
    assert [e.message for e in Draft202012Validator(schema).iter_errors(data(which))] == []


def test_the_schema_refuses_what_it_does_not_name() -> None:
    schema = Draft202012Validator(json.loads(files("small")["briefing.schema.json"]))
    for breaking in (
        lambda d: d["actors"][0].update(secret="x"),
        lambda d: d["actors"][0].pop("name"),
        lambda d: d["actors"][0]["fields"].update(salary={"class": "fact", "differs": False, "values": []}),
        lambda d: d["articles"][0].update(sha256="0"),
        lambda d: next(found(d, "parts"))[0].update(start="1"),
    ):
        broken = json.loads(files("small")["briefing.json"])
        breaking(broken)  # type: ignore[no-untyped-call]  # a lambda
        assert not schema.is_valid(broken)


@pytest.mark.parametrize("which", SITES)
def test_every_record_article_relation_and_page_is_in_it(which: str) -> None:
    _, site = published(which)
    held = data(which)
    kinds = ("actor", "meeting", "event", "place", "topic", "comparison")
    records = [r for kind in kinds for r in held[f"{kind}s"]]
    assert {r["id"] for r in records} == set(site.records)
    assert {a["id"] for a in held["articles"]} == set(site.articles)
    assert len(held["relations"]) == len(site.relations)
    assert [p["id"] for p in held["pages"]] == [p.id for p in site.pages]
    for record in records:
        own = site.records[record["id"]]
        assert {n: [v["value"] for v in f["values"]] for n, f in record["fields"].items()} == {
            n: [v.text for v in values]
            for n, values in own.fields.items()
            if values and n not in ("name", "sort", "from", "draft", "changed")
        }


@pytest.mark.parametrize("which", SITES)
def test_every_published_passage_is_in_it_and_no_other(which: str) -> None:
    _, site = published(which)
    asserted = {(r.passage.article, r.passage.anchor) for held in site.resting.values() for r in held}
    asserted = {(a, "" if site.articles[a].show == "link" else anchor) for a, anchor in asserted}
    assert {(c["article"], c["page"].partition("#")[2]) for c in cited(which)} == asserted


@pytest.mark.parametrize("which", SITES)
def test_offsets_count_in_the_text_as_the_documentation_says(which: str) -> None:
    briefing, site = published(which)
    shows = {a["id"]: a for a in data(which)["articles"]}
    assert cited(which)
    for citation in cited(which):
        article = briefing.articles[citation["article"]]
        text = "\n\n".join(u.text for u in article.prose.units)
        assert shows[article.id]["text_sha256"] == hashlib.sha256(text.encode()).hexdigest()
        assert citation["sha256"] == article.digest == shows[article.id]["sha256"]
        assert citation["role"] == article.prose.units[citation["paragraph"] - 1].role
        for part in citation["parts"]:
            words = text[part["start"] : part["end"]]
            assert words
            full = article.show == "full"
            assert part["exact"] == ("" if article.show == "link" else words)
            before, after = text[: part["start"]].rpartition("\n\n")[2], text[part["end"] :].partition("\n\n")[0]
            assert part["prefix"] == (before[-32:] if full else "")
            assert part["suffix"] == (after[:32] if full else "")
    assert all(site.articles[a].show == "full" for a, held in shows.items() if "text" in held)


def test_only_texts_shown_in_full_are_given_and_they_are_whole() -> None:
    texts = {a["id"]: a.get("text") for a in data("small")["articles"]}
    assert {i for i, t in texts.items() if t is not None} == {"wire"}
    assert texts["wire"].startswith("Talks held\n\nOn July 1, the LNA")
    assert texts["wire"].endswith("Share this page")


def record(which: str, kind: str, id_: str) -> Data:
    return next(r for r in data(which)[kind] if r["id"] == id_)


def test_a_dispute_is_marked_and_has_its_note() -> None:
    ranks = record("small", "actors", "aoun-farj")["fields"]["rank"]
    assert (ranks["class"], ranks["differs"], [v["value"] for v in ranks["values"]]) == ("fact", True, ["General", "Marshal"])
    notes = record("small", "actors", "aoun-farj")["editors_notes"]
    assert [(n["on"], n["text"]) for n in notes] == [("rank", "The ranks differ.")]


def test_values_say_where_they_come_from() -> None:
    lna = record("small", "actors", "lna")["fields"]
    assert (lna["kind"]["class"], lna["kind"]["values"][0]["labels"]) == ("label", ["editors"])
    role = record("small", "actors", "aoun-farj")["fields"]["roles"]["values"][0]
    assert role["labels"] == ["wording"]
    (date,) = record("small", "events", "statement")["fields"]["date"]["values"]
    assert {k: date[k] for k in ("value", "form", "earliest", "latest", "labels")} == {
        "value": "..2020-07-02",
        "form": "one-day",
        "earliest": None,
        "latest": "2020-07-02",
        "labels": ["inferred"],
    }


def test_what_was_said_and_who_sat() -> None:
    july = record("small", "meetings", "july")
    assert [(p["party"], p["speakers"], p["about"]) for p in july["positions"]] == [
        ("lna", ["lna"], ["peace"]),
        ("all", ["us", "lna"], []),
    ]
    assert july["positions"][0]["editors_notes"][0]["text"] == "An aim."
    seats = [(d["party"], [(m["person"], m["post"][0]["value"]) for m in d["members"]]) for d in july["delegations"]]
    assert seats == [("us", [("ann-able", "Ambassador"), ("bo-best", "Colonel")]), ("lna", [("aoun-farj", "General")])]


def test_one_record_is_one_line() -> None:
    lines = files("small")["briefing.json"].decode().split("\n")
    assert sum('"id":"lna"' in line for line in lines) == 1
    assert all(json.loads(line.rstrip(",")) for line in lines if line.startswith('{"id"'))


def test_every_page_named_in_it_is_there() -> None:
    pages = rendered(SMALL)
    for page in found(data("small"), "page"):
        assert page.partition("#")[0] in pages


# ---------------------------------------------------------------- tables


def read(raw: bytes) -> list[dict[str, str]]:
    """A table by the standard library."""
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))


@pytest.mark.parametrize("which", SITES)
def test_two_readers_find_the_same_rows(which: str) -> None:
    for name, raw in files(which).items():
        if name.endswith(".csv"):
            text = raw.decode("utf-8-sig")
            mine = list(csv.reader(io.StringIO(text, newline=""), strict=True))
            theirs = list(clevercsv.reader(io.StringIO(text, newline=""), delimiter=",", quotechar='"'))
            assert mine == theirs
            assert len({len(row) for row in mine}) == 1


@pytest.mark.parametrize("which", SITES)
def test_tables_are_rfc_4180_in_utf_8_with_a_mark(which: str) -> None:
    for name, raw in files(which).items():
        if name.endswith(".csv"):
            assert raw.startswith(b"\xef\xbb\xbf")
            assert raw.count(b"\xef\xbb\xbf") == 1
            assert raw.endswith(b"\r\n")


@pytest.mark.parametrize("which", SITES)
def test_every_kind_has_its_rows(which: str) -> None:
    _, site = published(which)
    kinds = {"meetings": "meeting", "events": "event", "places": "place", "topics": "topic", "comparisons": "comparison"}
    for table, kind in kinds.items():
        assert {r["id"] for r in read(files(which).get(f"{table}.csv", b""))} == {r.id for r in site.of_kind(kind)}
    actors = {r["id"] for t in ("people", "organisations") for r in read(files(which)[f"{t}.csv"])}
    assert actors == {r.id for r in site.of_kind("actor")}
    assert {r["id"] for r in read(files(which)["articles.csv"])} == set(site.articles)
    assert len(read(files(which).get("relations.csv", b""))) == len(site.relations)


def test_a_table_without_rows_has_no_file() -> None:
    assert set(files("small")) == {"briefing.json", "briefing.schema.json"} | {
        f"{name}.csv" for name in TABLES if name != "corrections"
    }


def test_a_row_of_people() -> None:
    (row,) = (r for r in read(files("small")["people.csv"]) if r["id"] == "aoun-farj")
    assert {k: v for k, v in row.items() if v} == {
        "id": "aoun-farj",
        "name": "Aoun Farj",
        "aka": "Farj",
        "rank": "General | Marshal",
        "roles": "speaker of the army",
        "differs": "rank",
        "editors_notes": "rank: The ranks differ.",
        "page": "actors/aoun-farj.html",
    }


def test_rows_of_delegations_positions_and_citations() -> None:
    seats = [(r["meeting"], r["party_name"], r["person_name"], r["post"]) for r in read(files("small")["delegations.csv"])]
    assert ("july", "National Army", "Aoun Farj", "General") in seats
    said = [(r["where"], r["position"], r["party"], r["words"], r["article"]) for r in read(files("small")["positions.csv"])]
    assert said == [("july", "1", "lna", "The LNA's aim is peace", "wire"), ("july", "2", "all", "met the Americans", "paper")]
    rests = [(r["record"], r["field"], r["value"], r["article"], r["exact"]) for r in read(files("small")["citations.csv"])]
    assert ("july", "date", "2020-07-01", "wire", "On July 1") in rests
    assert ("statement", "date", "..2020-07-02", "linked", "") in rests


def test_a_coordinate_stays_a_number() -> None:
    (land,) = (r for r in read(files("rich")["organisations.csv"]) if r["id"] == "land")
    assert (land["latitude"], land["longitude"]) == ("-27.5", "17")


HOSTILE = ["=1+1", "+1 200", "-cmd|'/c calc'!A1", "@SUM(A1)", "\tx", "\rx", "\nx", "'=1", "''+x"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula(text: str) -> None:
    assert guard(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a", "a=b", "12", "-12.5", "'tis", "’tis", "(=x)", " =x"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert guard(text) == text


def test_a_hostile_name_is_tame_in_the_tables_and_whole_in_the_json() -> None:
    made = rendered('//- content/site.yaml\nname: A\n//- content/actors/a.yaml\nann: "=HYPERLINK(1,\\"x\\")"\n')
    (row,) = read(made["data/people.csv"])
    assert row["name"] == '\'=HYPERLINK(1,"x")'
    assert json.loads(made["data/briefing.json"])["actors"][0]["name"] == '=HYPERLINK(1,"x")'


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12) | st.sampled_from(HOSTILE)


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=5))
def test_whatever_stands_in_a_cell_can_be_read_again(rows: list[tuple[str, str]]) -> None:
    raw = "".join((heading(("a", "b")), *(line(("a", "b"), {"a": a, "b": b}) for a, b in rows))).encode()
    again = [(r["a"], r["b"]) for r in read(raw)]
    assert again == [(guard(a), guard(b)) for a, b in rows]
    # What was done can be undone: one apostrophe less before a sign that begins a formula.
    undone = [[c[1:] if c.startswith("'") and guard(c) != c else c for c in row] for row in again]
    assert undone == [list(row) for row in rows]


# ---------------------------------------------------------------- the page that documents them


def test_every_file_and_every_column_is_documented() -> None:
    page = rendered(SMALL)["data.html"].decode()
    for name, raw in files("small").items():
        assert f'href="data/{name}"' in page
        columns = raw.decode("utf-8-sig").split("\r\n")[0].split(",") if name.endswith(".csv") else ()
        assert all(f"<dt><code>{column}</code></dt>" in page for column in columns)
    for key in {k for value in found(data("small"), "citations") for c in value for k in c}:
        assert f"<dt><code>{key}</code></dt>" in page


def test_every_page_links_to_it() -> None:
    for url, made in rendered(SMALL).items():
        if url.endswith(".html"):
            assert b'data.html"' in made


def test_the_words_of_the_documentation_are_all_used() -> None:
    """Ids of the catalogue under `data.` are made of objects, keys and columns, so no search for strings finds a stale one."""
    asked = {f"data.{name}" for name in OBJECTS} | {f"data.{name}.{key}" for name, keys in OBJECTS.items() for key in keys}
    for name, columns in TABLES.items():
        own = {c: f"data.csv.{name}.{c}" for c in columns}
        asked |= {f"data.csv.{name}"} | {i if english().has(i) else f"data.column.{c}" for c, i in own.items()}
    assert {i for i in english().texts if i.startswith("data.")} == asked


def test_an_edit_makes_one_line_again_and_the_files_are_those_of_a_clean_build() -> None:
    known, path = Known(), "content/actors/organisations.yaml"
    compile_site(demo(), known=known)
    before = dict(known.pages.trace.made)
    text = demo().content[path].replace(b"The text does not say to which", b"The text never says to which")
    edited = replace(demo(), content={**demo().content, path: text})
    made = compile_site(edited, known=known).outputs
    again = [part for part, pages in known.pages.trace.made.items() if pages is not before[part]]
    assert [part[1] for part in again if KINDS[part[0]] is fragments] == ["libya-mfa"]
    clean = compile_site(edited).outputs
    for url in (u for u in clean if u.startswith("data/") or u in ("data.html", "feed.xml")):
        assert made[url] == clean[url]
    assert made["data/briefing.json"] != demonstration()["data/briefing.json"]
