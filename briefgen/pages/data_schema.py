"""The objects of data/briefing.json in one table: its JSON Schema and its documentation are both read from here.

What an object or key means stands in the words of the interface, under `data.OBJECT` and `data.OBJECT.KEY`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from briefgen.load.fields import BY_KIND, RECORD_KINDS
from briefgen.pages.data import OMITTED

Schema = dict[str, object]
Say = Callable[[str], str]

TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
FLAG: Schema = {"type": "boolean"}
SHA256: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
DAY: Schema = {"type": ["string", "null"], "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
FORM: Schema = {"enum": ["date", "interval", "one-day", None]}
CODES = ("editors", "uncited", "wording", "inferred", "year", "unchecked", "reading")
_NAMES = sorted({name for kind in RECORD_KINDS for name in BY_KIND[kind]} - OMITTED)


def _one_of(*words: str) -> Schema:
    return {"enum": list(words)}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


_EDITORS = {"editors_notes": _list(_ref("note")), "corrections": _list(_ref("correction"))}
_CITED = {"citations": _list(_ref("citation"))}
_NOTED = {"editors_notes": _list(_ref("note"))}
_DATED = {"form": FORM, "earliest": DAY, "latest": DAY}

# Object -> key -> what may stand there. Keys in OPTIONAL may be missing.
OBJECTS: Mapping[str, Mapping[str, Schema]] = {
    "briefing": {
        "$schema": TEXT,
        "site": _ref("site"),
        "articles": _list(_ref("article")),
        "actors": _list(_ref("record")),
        "meetings": _list(_ref("record")),
        "events": _list(_ref("record")),
        "places": _list(_ref("record")),
        "topics": _list(_ref("record")),
        "comparisons": _list(_ref("record")),
        "relations": _list(_ref("relation")),
        "pages": _list(_ref("page")),
    },
    "site": {"name": TEXT, "description": TEXT, "language": TEXT, "url": TEXT, "editors": _list(TEXT)},
    "article": {
        "id": TEXT,
        "title": TEXT,
        "publisher": TEXT,
        "page": TEXT,
        "original": TEXT,
        "archive": TEXT,
        "published": _list(_ref("date")),
        "language": TEXT,
        "translated_from": TEXT,
        "based_on": TEXT,
        "rights": TEXT,
        "show": _one_of("full", "excerpts", "link"),
        "sha256": SHA256,
        "text_sha256": SHA256,
        "body_words": COUNT,
        "body_words_shown": COUNT,
        "text": TEXT,
        **_EDITORS,
    },
    "record": {
        "id": TEXT,
        "type": _one_of(*RECORD_KINDS),
        "name": TEXT,
        "page": TEXT,
        "fields": {"type": "object", "propertyNames": _one_of(*_NAMES), "additionalProperties": _ref("field")},
        "delegations": _list(_ref("delegation")),
        "positions": _list(_ref("position")),
        "says": _list(_ref("citation")),
        **_EDITORS,
    },
    "field": {"class": _one_of("fact", "label"), "differs": FLAG, "values": _list(_ref("value"))},
    "value": {"value": TEXT, "key": TEXT, **_DATED, **_CITED, "labels": _list(_one_of(*CODES))},
    "date": {"value": TEXT, **_DATED},
    "citation": {
        "article": TEXT,
        "page": TEXT,
        "sha256": SHA256,
        "paragraph": {"type": "integer", "minimum": 1},
        "role": _one_of("body", "headline", "furniture"),
        "times": {"type": "integer", "minimum": 1},
        "parts": {"type": "array", "items": _ref("part"), "minItems": 1},
    },
    "part": {"exact": TEXT, "prefix": TEXT, "suffix": TEXT, "start": COUNT, "end": COUNT},
    "position": {"party": TEXT, "speakers": _list(TEXT), "about": _list(TEXT), **_CITED, **_NOTED},
    "delegation": {"party": TEXT, "members": _list(_ref("member")), **_CITED, **_NOTED},
    "member": {
        "person": TEXT,
        "post": _list(_ref("value")),
        "rank": _list(_ref("value")),
        "org": _list(_ref("value")),
        **_NOTED,
    },
    "relation": {"subject": TEXT, "verb": TEXT, "object": TEXT, "by": {"type": ["string", "null"]}, **_CITED, **_NOTED},
    "note": {"on": TEXT, "text": TEXT, "reading": FLAG, **_CITED},
    "correction": {"date": TEXT, "text": TEXT, **_CITED},
    "page": {"id": TEXT, "title": TEXT, "page": TEXT, "text": TEXT, **_CITED},
}
OPTIONAL = {
    "article": ("text",),
    "record": ("delegations", "positions", "says"),
    "value": ("key", "form", "earliest", "latest"),
}


def schema(say: Say) -> Schema:
    """The JSON Schema (2020-12) of data/briefing.json."""
    defs = {name: _object(say, name) for name in OBJECTS if name != "briefing"}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_object(say, "briefing"), "$defs": defs}


def _object(say: Say, name: str) -> Schema:
    keys = OBJECTS[name]
    return {
        "title": name,
        "description": say(f"data.{name}"),
        "type": "object",
        "properties": {key: {**held, "description": say(f"data.{name}.{key}")} for key, held in keys.items()},
        "required": [key for key in keys if key not in OPTIONAL.get(name, ())],
        "additionalProperties": False,
    }
