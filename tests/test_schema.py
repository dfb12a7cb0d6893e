"""The schemas take every form that the decoder takes, no unknown field, and everything in content/."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator  # type: ignore[import-untyped]  # it carries no types

from briefgen.link import link
from briefgen.load import load
from briefgen.load.articles import split
from briefgen.load.fields import BY_KIND, FIELDS, FOLDERS, RECORD_KINDS
from briefgen.schema import NAMES, PATTERNS, schemas, settings
from briefgen.source import Snapshot
from briefgen.starter import kinds, starter
from tests.kit import demo, site


class Core(yaml.SafeLoader):
    """YAML 1.2's core schema, which editors' extensions read by: no dates, no times, NO is Norway."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  # as PyYAML wants it


Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|True|TRUE|false|False|FALSE"), list("tTfF"))
Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("[-+]?[0-9]+$"), list("-+0123456789"))
Core.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"[-+]?[0-9]+\.[0-9]+$"), list("-+0123456789"))
Core.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("~$|null$|$"), ["~", "n", ""])


def read(text: str) -> Any:
    """As an editor's extension sees it: keys are strings."""
    return json.loads(json.dumps(yaml.load(text, Core)))


@cache
def validators(text: str = "") -> dict[str, Draft7Validator]:
    snapshot = site(text).snapshot() if text else demo()
    made = {name: json.loads(schema) for name, schema in schemas(link(load(snapshot)[0])).items()}
    for schema in made.values():
        Draft7Validator.check_schema(schema)
    return {name: Draft7Validator(schema) for name, schema in made.items()}


def faults(name: str, text: str, project: str = "") -> list[str]:
    return [e.message for e in validators(project or PROJECT)[name].iter_errors(read(text))]


def schema_for(path: str) -> str:
    folder, _, rest = path.removeprefix("content/").partition("/")
    return folder if rest else {"index.md": "pages"}.get(folder, folder.removesuffix(".yaml"))


PROJECT = """
//- content/actors/a.yaml
gna: {name: GNA, kind: government}
lna: {name: LNA, kind: armed-force}
jane: Jane Doe
john: John Doe
//- content/meetings/m1.yaml
name: A meeting
//- content/topics/t.yaml
ddr: DDR
//- content/places/p.yaml
berlin: Berlin
//- content/articles/one.md
---
title: One
---
//- content/articles/two.md
---
title: Two
---
//- content/site.yaml
name: S
kinds: {actors: [militia]}
"""


def test_the_demonstration_is_valid() -> None:
    checked = set()
    for path, data in demo().content.items():
        if path.endswith((".yaml", ".md")) and not path.startswith("content/static/"):
            text = data.decode("utf-8-sig")
            front = split(text) if path.endswith(".md") else None
            head = front[0] if front else text
            found = [
                f"{path}: {e.json_path}: {e.message[:200]}" for e in validators()[schema_for(path)].iter_errors(read(head) or {})
            ]
            assert not found
            checked.add(schema_for(path))
    assert checked == set(NAMES)


@pytest.mark.parametrize("row", [f for f in FIELDS if set(f.of) & {*RECORD_KINDS, "site"}], ids=lambda f: f"{f.of[0]}-{f.name}")
def test_every_example_of_the_field_table_is_valid_in_form(row: Any) -> None:
    # An empty project knows no ids, so its schemas take any.
    name = {"site": "site", "meeting": "meetings", **{k: f for f, k in FOLDERS.items()}}[row.of[0]]
    given = read(row.example)
    record = {"name": "N", **({"says": {"one": "w"}} if name == "comparisons" else {}), **given}
    whole = record if name in ("site", "meetings") else {"some-id": record}
    assert [e.message for e in validators("//- content/actors/none.yaml\n{}")[name].iter_errors(whole)] == []


GOOD = {
    "actors": [
        "jane: Jane Doe",
        "from: one\njane: {rank: General}",
        "jane: {from: one, rank: [General, Marshal]}",
        "jane: {rank: {General: words, Marshal: [words, {two: words}, {two: [words, more]}]}}",
        "jane: {rank: [General, {Marshal: {one: words, two: [a, b]}}]}",
        "jane: {org: [gna, lna]}",
        "jane: {org: {gna: words}, part_of: gna, country: NO, at: '1.5, 2', geonames: 12}",
        "jane: {notes: {rank: A note.}, changed: {2020-07-05: Corrected.}, was: old-id, draft: true}",
        "gna: {kind: militia, named: {one: words, two: [a, b]}, leader: jane}",
        "gna: {named: words}",
        "jane: {see: 'https://x.org', names: {ar: [a, b], zh-Hant: c}}",
        "jane: {see: {viaf: 123}, image: {file: a.jpg, credit: c, licence: cc0, alt: text}}",
        "new-person: {name: Not yet known}",
    ],
    "meetings": [
        "name: M\ndate: 2020-07-01",
        "date: 2011",
        "date: {2020: in 2020}",
        "date: {2019-12-13..2020-04-04: words, ../2020-07: words, 2019-04-04/..: words, 201X: words, 2020-06-XX~: words}",
        "format: {virtual: [met virtually, {two: virtual}]}",
        "positions:\n- all: words\n- gna: {one: words}\n  about: [ddr]\n  notes: A note.\n- lna: [a, {one: b}]\n  about: ddr",
        "delegations:\n  gna: words\n  lna: {jane: post, john: {post: p, rank: General, org: {lna: words}, notes: n}}",
        "place: berlin\nparticipants: [gna, lna]\nfollows: {m1: words}\noutcome: {A call: words}",
    ],
    "delegations": [
        "from: one\ngna: words of theirs\nlna: {jane: post as printed}",
        "gna: {one: words, two: [a, b]}",
        "gna: {members: {jane: {two: words}}, cite: words, notes: A note.}",
        "gna: {jane: [a, {two: b}], cite: {two: words}}",
    ],
    "comparisons": [
        "c: {says: [{one: words}, {two: words}], about: [m1, gna], kind: naming}",
        "c: {says: {one: [a, b]}, about: gna}",
        "c: {from: one, says: words}",
    ],
    "relations": [
        "- gna fights lna: {one: words}",
        "- gna is at war with lna: {by: jane, cite: [{one: words}, {two: [a, b]}], notes: n, draft: true}",
        "- gna fights lna: {from: one, cite: words}",
    ],
    "site": [
        "name: S\nexcerpt_limit: 40 %\nexcerpt_run: 25\neditors: [A, B]\ncitations: warn\nkinds: {actors: militia}\nurl: https://x.org/"
    ],
    "articles": [
        "title: T\nrights: cc-by-4.0\npublished: 2020-07-02\nfurniture: Read\nshow: full\nformat: plain\ntranslated_from: ar"
    ],
    "pages": ["title: T\norder: 1\ndraft: no", "title: T\ndraft: false"],
    "topics": ["ddr: {name: DDR, part_of: ddr}"],
    "places": ["berlin: {kind: city, country: DE, at: '52.52, 13.405'}"],
    "events": ["e: {kind: statement, by: {gna: words}, host: gna, place: {berlin: words}, topics: [ddr]}"],
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in GOOD.items() for text in texts])
def test_every_form_is_taken_by_schema_and_decoder(name: str, text: str) -> None:
    assert faults(name, text) == []
    path = {"relations": "content/relations.yaml", "site": "content/site.yaml", "meetings": "content/meetings/m2.yaml"}
    path |= {"delegations": "content/delegations/m1.yaml", "articles": "content/articles/x.md", "pages": "content/pages/x.md"}
    whole = f"---\n{text}\n---\n" if name in ("articles", "pages") else text
    files = {p: t.encode() for p, t in site(PROJECT).files.items()} | {path.get(name, f"content/{name}/x.yaml"): whole.encode()}
    found = [d for d in load(Snapshot(files))[1] if d.code not in ("duplicate-id", "no-from")]
    assert found == []


BAD = {
    "actors": [
        "jane: {nmae: Jane}",
        "jane: {kind: minstry}",
        "jane: {country: Libya}",
        "jane: {org: nobody}",
        "jane: {rank: {General: {nobody: words}}}",
        "jane: {rank: }",
        "all: Jane",
        "Jane: Jane",
        "jane: {notes: {rnak: n}}",
        "jane: {url: x}",
    ],
    "meetings": [
        "format: {zoom: words}",
        "date: yesterday",
        "positions: {gna: words}",
        "positions: [{nobody: words}]",
        "kind: talks",
    ],
    "delegations": ["gna: {nobody: post}", "nobody: words", "gna: {jane: {psot: p}}", "gna: {members: {jane: p}, john: p}"],
    "comparisons": ["c: {name: C}"],
    "relations": ["gna: {fights: lna}", "- gna lna: {one: w}", "- gna fights lna: {vy: jane}"],
    "site": ["description: D", "name: S\ncitations: maybe"],
    "articles": ["publisher: P", "title: T\nshow: most"],
    "pages": ["titel: T"],
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in BAD.items() for text in texts])
def test_what_the_decoder_or_linker_refuses_is_refused(name: str, text: str) -> None:
    assert faults(name, text)


def test_descriptions_and_ids_reach_the_editor() -> None:
    made = {name: json.loads(text) for name, text in schemas(link(load(site(PROJECT).snapshot())[0])).items()}
    assert tuple(made) == NAMES
    properties = made["actors"]["additionalProperties"]["anyOf"][1]["properties"]
    assert set(properties) == set(BY_KIND["actor"])
    assert properties["rank"]["description"].startswith("The rank, in the source's words.\n\nExample:\nrank:")
    actors = made["actors"]["definitions"]["id-actor"]
    assert actors == {"enum": ["gna", "jane", "john", "lna"], "enumDescriptions": ["GNA", "Jane Doe", "John Doe", "LNA"]}
    assert "militia" in properties["kind"]["enum"]
    assert all("$ref" not in row or "description" not in row for row in properties.values())


def test_ids_of_unreadable_files_stay_known() -> None:
    broken = PROJECT + "\n//- content/actors/b.yaml\nmary: [\n"
    assert faults("delegations", "gna: {mary: post}", broken) == []


def test_the_settings_name_every_schema_of_yaml_files() -> None:
    given = json.loads(settings(".briefgen/schemas"))["yaml.schemas"]
    assert given[".briefgen/schemas/actors.json"] == "content/actors/*.yaml"
    assert {p.rpartition("/")[2].removesuffix(".json") for p in given} == set(PATTERNS) == set(NAMES) - {"articles", "pages"}


# ---------------------------------------------------------------- briefgen new


@pytest.mark.parametrize("kind", [*kinds(), "ministry", "statement"])
def test_a_starter_is_valid_as_it_is_and_with_every_line_taken_in(kind: str) -> None:
    begun = starter(link(load(site(PROJECT).snapshot())[0]), kind, "new-one")
    parts = split(begun.text) if begun.path.endswith(".md") else None
    text = parts[0] if parts else begun.text
    name = schema_for(begun.path)
    assert text.startswith(f"# yaml-language-server: $schema=../../.briefgen/schemas/{name}.json\n")
    assert kind in ("comparison",) or faults(name, text) == []
    filled = re.sub(r"(?m)^( *)# (?!yaml-language)", r"\1", text)
    assert [e.message for e in validators("//- content/actors/none.yaml\n{}")[name].iter_errors(read(filled))] == []
    given = read(filled) if name in ("meetings", "articles", "pages") else read(filled)["new-one"]
    type_ = {"meetings": "meeting", "articles": "article", "pages": "page"}.get(name) or FOLDERS[name]
    assert set(BY_KIND[type_]) - set(given) <= {"rank", "org", "leader", "kind"}
    files = {p: t.encode() for p, t in site(PROJECT).files.items()} | {begun.path: begun.text.replace(text, filled).encode()}
    assert [d for d in load(Snapshot(files))[1] if d.span.file == begun.path] == []
