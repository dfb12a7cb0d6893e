"""JSON Schemas of an editor's files, from the field table and the project's own ids.

Nothing is listed here that the table lists. Draft-07, which the YAML extensions of text editors know best. A schema takes
every form that the decoder takes, and no field that it does not know; what only the articles can tell (whether words
stand there) stays with `briefgen check`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import iso3166

from briefgen.link.briefing import Briefing
from briefgen.load.fields import BY_KIND, FOLDERS, KINDS, RESERVED, RIGHTS, Field

Schema = dict[str, Any]

# Schema name -> record type; the schema is named as its folder or file in content/.
_RECORDS = {**FOLDERS, "meetings": "meeting"}
_HEADS = {"articles": "article", "pages": "page", "site": "site"}
NAMES = (*FOLDERS, "meetings", "delegations", "relations", "articles", "pages", "site")

# Where the editor's extension is to use which schema; articles and pages are Markdown, which it does not look into.
PATTERNS = {
    **{name: f"content/{name}/*.yaml" for name in (*FOLDERS, "meetings", "delegations")},
    "relations": "content/relations*",
    "site": "content/site.yaml",
}

_ID = "^[a-z0-9-]+$"
_EDTF = r"^\s*\[?[0-9X.][0-9X./~?% -]*\]?\s*$"
_LANGUAGE = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
_SCALAR: Schema = {"type": ["string", "number", "boolean"]}


class Ids(NamedTuple):
    """The project's own ids, each with its name, by record type; `kinds` are the further kinds of site.yaml by type."""

    by_type: Mapping[str, Mapping[str, str]]
    people: Mapping[str, str]
    kinds: Mapping[str, tuple[str, ...]]

    def of(self, types: Iterable[str]) -> dict[str, str]:
        """The ids of some types, sorted."""
        return dict(sorted((i, n) for t in types for i, n in self.by_type.get(t, {}).items()))


def ids_of(briefing: Briefing) -> Ids:
    """Collect the ids. Those of files that could not be read may be of any type, so they count for every type."""
    lost = dict.fromkeys(briefing.lost, "in a file that could not be read")
    by_type: dict[str, dict[str, str]] = {t: dict(lost) for t in (*_RECORDS.values(), "article")}
    for record in briefing.records.values():
        by_type[record.kind][record.id] = record.name
    for article in briefing.articles.values():
        by_type["article"][article.id] = article.record.text("title", article.id)
    people = {i: r.name for i, r in briefing.records.items() if r.kind == "actor" and r.text("kind", "person") == "person"}
    extra = briefing.site.all("kinds")
    return Ids(by_type, {**lost, **people}, {t: tuple(v.text for v in extra if v.key == t) for t in KINDS})


def schemas(briefing: Briefing) -> dict[str, str]:
    """Every schema as the text of a file, by name ("actors", "meetings", … "site")."""
    ids = ids_of(briefing)
    return {name: json.dumps(schema(name, ids), ensure_ascii=False, indent=1) + "\n" for name in NAMES}


def settings(folder: str) -> str:
    """The lines for .vscode/settings.json that tell the YAML extension which schema is for which files."""
    return json.dumps({"yaml.schemas": {f"{folder}/{name}.json": pattern for name, pattern in PATTERNS.items()}}, indent=2)


def schema(name: str, ids: Ids) -> Schema:
    """One schema, with the definitions that it uses."""
    top = _top(name, ids)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"briefgen: {name}",
        **top,
        "definitions": _used(top, _definitions(ids)),
    }


def _top(name: str, ids: Ids) -> Schema:
    if name == "delegations":
        return {"allOf": [_ref("delegations")]}
    if name == "relations":
        return {"type": "array", "items": _relation(ids)}
    if name in _HEADS or name == "meetings":
        return _record((_HEADS | _RECORDS)[name], ids)
    kind = _RECORDS[name]
    source = _field(BY_KIND[kind]["from"], kind, ids)
    return _open({"anyOf": [_SCALAR, _record(kind, ids)]}, properties={"from": source})


def _open(value: Schema, **more: Any) -> Schema:
    """A map from ids, which are the editor's to choose, to `value`."""
    free = {"pattern": _ID, "not": {"enum": sorted(RESERVED - {"from"})}}
    return {"type": "object", **more, "propertyNames": free, "additionalProperties": value}


def _record(kind: str, ids: Ids) -> Schema:
    table = BY_KIND[kind]
    record: Schema = {
        "type": "object",
        "properties": {name: _field(row, kind, ids) for name, row in table.items()},
        "additionalProperties": False,
    }
    required = [row.name for row in table.values() if row.required]
    return {**record, "required": required} if required else record


def _field(row: Field, kind: str, ids: Ids) -> Schema:
    form = _notes(kind) if row.type == "notes" else _form(row, ids)
    # In draft-07 whatever stands beside a "$ref" is ignored, a description too.
    return {"description": f"{row.doc}\n\nExample:\n{row.example}", **({"allOf": [form]} if "$ref" in form else form)}


def _form(row: Field, ids: Ids) -> Schema:
    """What may stand behind a field's name."""
    special = _SPECIAL.get(row.type)
    if special:
        return special
    value = _value(row, ids)
    if row.cls == "fact" or (row.type == "id" and row.name not in ("from", "based_on", "about")):
        return _slot(row, value)
    return _some(value) if row.cardinality == "many" else value


def _value(row: Field, ids: Ids) -> Schema:
    if row.type == "id":
        return _ref("id-" + "-".join(row.to))
    if row.type == "kind":
        known = [k for t in row.of for k in (*KINDS[t], *ids.kinds.get(t, ()))]
        return {"enum": list(dict.fromkeys(known))}
    if row.type == "word":
        return {"enum": list(row.choices)}
    return _VALUES.get(row.type, _SCALAR)


def _slot(row: Field, value: Schema) -> Schema:
    """A fact slot: a value, or values with their words under them, or a list of such."""
    with_words = _ref("map-" + "-".join(row.to)) if row.type == "id" else _map_by(value, _ref("cite"))
    return _some({"anyOf": [value, with_words]})


def _map_by(key: Schema, value: Schema) -> Schema:
    names = {} if key == _SCALAR else {"propertyNames": _as_key(key)}
    return {"type": "object", "minProperties": 1, **names, "additionalProperties": value}


def _as_key(value: Schema) -> Schema:
    # Keys are strings whatever they look like, so the integer form of a year is of no use here.
    return next((form for form in value.get("anyOf", ()) if form.get("type") == "string"), value)


def _some(value: Schema) -> Schema:
    return {"anyOf": [value, {"type": "array", "minItems": 1, "items": value}]}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _notes(kind: str) -> Schema:
    by_field = {"type": "object", "propertyNames": {"enum": sorted(BY_KIND[kind])}, "additionalProperties": _some(_SCALAR)}
    return {"anyOf": [_SCALAR, by_field]}


_YEAR: Schema = {"type": "integer", "minimum": 0, "maximum": 9999}  # YAML takes a bare year for a number
_DATE: Schema = {"anyOf": [{"type": "string", "pattern": _EDTF}, _YEAR]}
_ADDRESS: Schema = {"type": "string", "pattern": "^https?://"}


_VALUES: dict[str, Schema] = {
    "edtf": _DATE,
    "country": {"enum": sorted(iso3166.countries_by_alpha2)},
    "latlon": {"type": "string", "pattern": r"^\s*-?[0-9.]+\s*,\s*-?[0-9.]+\s*$"},
    "integer": {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^[0-9]{1,12}$"}]},
    "percent": {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^[0-9]{1,3} ?%?$"}]},
    "flag": {"anyOf": [{"type": "boolean"}, {"enum": ["true", "false", "yes", "no"]}]},
    "url": _ADDRESS,
    "language": {"type": "string", "pattern": _LANGUAGE},
    "rights": {"anyOf": [{"enum": list(RIGHTS)}, {"type": "string", "pattern": "^(cc-[a-z0-9.-]+|cc0)$"}]},
}


def _closed(properties: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "minProperties": 1, "properties": properties, "additionalProperties": False}


_SPECIAL: dict[str, Schema] = {
    "cite": _ref("cite"),
    "says": _ref("cite"),
    "positions": {"type": "array", "items": _ref("position")},
    "delegations": _ref("delegations"),
    "names": {"type": "object", "propertyNames": {"pattern": _LANGUAGE}, "additionalProperties": _some(_SCALAR)},
    "changes": {"type": "object", "propertyNames": {"pattern": _EDTF}, "additionalProperties": _some(_SCALAR)},
    "image": _closed(dict.fromkeys(("file", "credit", "licence", "alt"), _some(_SCALAR))),
    "see": {"anyOf": [*_some(_SCALAR)["anyOf"], {"type": "object", "additionalProperties": _some(_SCALAR)}]},
    "kinds": _closed({folder: _some(_SCALAR) for folder, kind in FOLDERS.items() if kind in KINDS}),
}


# ---------------------------------------------------------------- definitions


def _definitions(ids: Ids) -> dict[str, Schema]:
    targets = {row.to for table in BY_KIND.values() for row in table.values() if row.to} | {("topic",)}
    return {
        **{"id-" + "-".join(to): _one_of(ids.of(to)) for to in targets},
        **{"map-" + "-".join(to): _map_of(ids.of(to), _ref("cite")) for to in targets},
        "article": _map_of(ids.of(("article",)), _ref("words")),
        "words": _some(_SCALAR),
        "cite": {"anyOf": [_SCALAR, _ref("article"), {"type": "array", "minItems": 1, "items": _ref("cite")}]},
        "delegations": _map_of(ids.of(("actor",)), _ref("delegation"), {"from": _ref("id-article")}),
        "position": _position(ids),
        "delegation": _delegation(ids),
        "roster": _map_of(ids.people, _ref("line")),
        "line": _line(),
    }


def _one_of(names: Mapping[str, str]) -> Schema:
    # An empty list of choices would take nothing at all, not even an id about to be written.
    return {"enum": list(names), "enumDescriptions": list(names.values())} if names else {"type": "string", "pattern": _ID}


def _map_of(names: Iterable[str], value: Schema, beside: Mapping[str, Schema] = MappingProxyType({})) -> Schema:
    """A map whose keys are ids, named one by one, so that an editor's extension can offer them; `beside` are keys of its own."""
    properties = {**beside, **dict.fromkeys(names, value)}
    # As with choices: where there are no ids yet, any may be about to be written.
    others: Schema = (
        {"additionalProperties": False} if names else {"propertyNames": {"pattern": _ID}, "additionalProperties": value}
    )
    return {"type": "object", "minProperties": 1, "properties": properties, **others}


_NOTE: Schema = {"description": "A note of the editors, shown as such.", **_SCALAR}


def _position(ids: Ids) -> Schema:
    about = {"description": "The topics it concerns.", **_some({"anyOf": [_ref("id-topic"), _ref("map-topic")]})}
    beside = {"all": _ref("cite"), "about": about, "notes": _NOTE}
    return {**_map_of(ids.of(("actor",)), _ref("cite"), beside), "maxProperties": 3}


def _line() -> Schema:
    text = _some({"anyOf": [_SCALAR, _map_by(_SCALAR, _ref("cite"))]})
    org = _some({"anyOf": [_ref("id-actor"), _ref("map-actor")]})
    parts = {"post": text, "rank": text, "org": org, "cite": _ref("cite"), "notes": _NOTE}
    return {"anyOf": [_ref("cite"), _closed(parts)]}


def _delegation(ids: Ids) -> Schema:
    beside = {"cite": _ref("cite"), "notes": _NOTE, **dict.fromkeys(ids.of(("article",)), _ref("words"))}
    listed = _closed({**beside, "members": _ref("roster")})
    return {"anyOf": [_ref("cite"), _map_of(ids.people, _ref("line"), beside), {**listed, "required": ["members"]}]}


def _relation(ids: Ids) -> Schema:
    detailed = {
        "by": {"description": "Who asserts it; without it, the article in its own voice.", "allOf": [_ref("id-actor")]},
        "cite": _ref("cite"),
        "notes": _NOTE,
        "draft": _VALUES["flag"],
        "from": _ref("id-article"),
    }
    value = {"anyOf": [_ref("cite"), _closed(detailed)]}
    names = {"pattern": r"^\s*[a-z0-9-]+\s+\S.*\s[a-z0-9-]+\s*$"}
    return {"type": "object", "minProperties": 1, "maxProperties": 1, "propertyNames": names, "additionalProperties": value}


def _used(top: Schema, definitions: Mapping[str, Schema]) -> dict[str, Schema]:
    """The definitions that a schema reaches, so that each file stays small."""
    found: dict[str, Schema] = {}
    todo = list(_refs(top))
    while todo:
        name = todo.pop()
        if name not in found:
            found[name] = definitions[name]
            todo += _refs(definitions[name])
    return dict(sorted(found.items()))


def _refs(node: object) -> Iterable[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref":
                yield value.removeprefix("#/definitions/")
            else:
                yield from _refs(value)
    elif isinstance(node, list):
        for item in node:
            yield from _refs(item)
