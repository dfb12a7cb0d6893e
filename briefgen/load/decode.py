"""YAML trees into records, by the field table. Nothing here reads files or resolves a reference.

Every decoder takes the file (for findings), the node and the nearest `from:`, and gives plain values; what cannot be
read is a finding and left out, so that one fault hides no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from briefgen.diagnostic import Words, as_in, error, instead
from briefgen.load.fields import BY_KIND, FOLDERS, RECORD_KINDS, RESERVED, Field
from briefgen.load.invisible import shown, turning
from briefgen.load.slots import File, Source, cite_slot, fact_slot, take_source
from briefgen.load.talks import delegations, positions
from briefgen.load.values import ID, LANGUAGE, did_you_mean, is_id, nearest, read_scalar
from briefgen.load.yaml_tree import Map, Node, Scalar, Seq, is_empty
from briefgen.model import Cite, Record, Value
from briefgen.source import Span

_Decoder = Callable[[File, Field, Node, Source | None], tuple[Value, ...]]


def records(file: File, kind: str, node: Node) -> tuple[Record, ...]:
    """A file of `id -> record`; `from:` at its head holds for all of them."""
    if not isinstance(node, Map):
        file.wrong(error("wrong-type", "This file is a list of records: each begins with its id and a colon.", node.span))
        return ()
    outer = take_source(file, node, None)
    return tuple(record(file, kind, key.text, key.span, value, outer) for key, value in _ids(file, kind, node))


def _ids(file: File, kind: str, node: Map) -> Iterator[tuple[Scalar, Node]]:
    for key, value in node.pairs:
        if key.text == "from":
            continue
        if key.text in BY_KIND[kind] and key.text not in RESERVED and not isinstance(value, Map):
            message = f"“{key.text}:” stands at the margin, where ids stand, but it is a field. Set it in under its record."
            file.report(error("field-at-margin", message, key.span, help=_set_in(file, key.span, value.span)))
        elif check_id(file, key.text, key.span):
            yield key, value


def _set_in(file: File, start: Span, end: Span) -> str:
    """The lines from one place to another, two spaces further in."""
    first, last = start.line - file.first_line, min(end.end_line, start.line + _MOST) - file.first_line
    return "\n".join(f"  {line}" if line.strip() else "" for line in file.lines[first : last + 1])


_MOST = 40  # lines that are printed again


def check_id(file: File, text: str, span: Span) -> bool:
    """Whether `text` may be an id; a finding otherwise."""
    if text in RESERVED:
        file.report(error("reserved-id", f"“{text}” cannot be an id: the word has a meaning of its own here.", span))
    elif not is_id(text):
        row = Field("id", (), "id", "one", "label", "", "")
        read_scalar(file.wrong, row, Scalar(text, span, "plain"))
    else:
        return True
    return False


def record(file: File, kind: str, id_: str, span: Span, node: Node, outer: Source | None = None) -> Record:
    """One record: a name alone, or a map of fields."""
    if is_empty(node):
        file.wrong(error("empty-value", f"The record “{id_}” is empty. A name alone is enough.", span, help=f"{id_}: Name"))
        return Record(kind, id_, span, {})
    if isinstance(node, Scalar) and kind in RECORD_KINDS:
        name = Value(" ".join(node.text.split()), node.span)
        return Record(kind, id_, span, {"name": (name,)} if _fits(file, name) else {})
    if not isinstance(node, Map):
        file.wrong(error("wrong-type", f"“{id_}” takes fields, each with its name and a colon.", node.span))
        return Record(kind, id_, span, {})
    return _fields(file, kind, id_, span, node, take_source(file, node, outer))


def _fields(file: File, kind: str, id_: str, span: Span, node: Map, source: Source | None) -> Record:
    table = BY_KIND[kind]
    plain: dict[str, tuple[Value, ...]] = {}
    apart: dict[str, Node] = {}
    for key, value in node.pairs:
        # What is misspelt is read on as what was meant, so that one slip of the pen has no followers.
        row = table.get(key.text) or table.get(_unknown(file, kind, key, table))
        if row is None or row.name in plain or row.name in apart:
            continue
        if row.type in _APART:
            apart[row.name] = value
        else:
            plain[row.name] = _single(file, row, key, _decode(file, row, value, source))
    notes = {v.key: v for v in _notes(file, table, apart["notes"])} if "notes" in apart else {}
    _required(file, kind, id_, span, {*plain, *apart})
    return Record(
        kind, id_, span, plain, notes,
        positions(file, apart["positions"], source) if "positions" in apart else (),
        delegations(file, apart["delegations"], source) if "delegations" in apart else (),
        says(file, apart["says"], source) if "says" in apart else (),
        any(v.text == "true" for v in plain.get("draft", ())),
    )  # fmt: skip


_APART = frozenset(("positions", "delegations", "says", "notes"))


def _unknown(file: File, kind: str, key: Scalar, table: Mapping[str, Field]) -> str:
    """The field that was probably meant, or ""; and the finding."""
    message = f"There is no field “{key.text}” in {_A[kind]}.{did_you_mean(key.text, table)}"
    file.wrong(error("unknown-field", message, key.span, fix=instead(key.span, nearest(key.text, table))))
    return nearest(key.text, table, 75)


_A = {
    "actor": "an actor", "meeting": "a meeting", "event": "an event", "place": "a place", "topic": "a topic",
    "comparison": "a comparison", "article": "an article's front matter", "page": "a page's front matter", "site": "site.yaml",
}  # fmt: skip


def _required(file: File, kind: str, id_: str, span: Span, given: set[str]) -> None:
    for row in BY_KIND[kind].values():
        if row.required and row.name not in given:
            message = f"“{id_}” has no “{row.name}:”, which {_A[kind]} needs."
            file.report(error("missing-field", message, span, as_in(row.example)))


def _single(file: File, row: Field, key: Scalar, values: tuple[Value, ...]) -> tuple[Value, ...]:
    """Labels of cardinality one hold one value; facts of cardinality one may hold several: the sources differ."""
    if row.cardinality == "one" and row.cls == "label" and len(values) > 1 and row.type not in ("image", "see"):
        file.report(error("too-many-values", f"“{row.name}:” takes one value, not {len(values)}.", key.span, as_in(row.example)))
        return values[:1]
    return values


def _decode(file: File, row: Field, node: Node, source: Source | None) -> tuple[Value, ...]:
    if row.name == "from":  # take_source has judged it
        return (Value(node.text, node.span),) if isinstance(node, Scalar) and ID.fullmatch(node.text) else ()
    special = _SPECIAL.get(row.type)
    if special:
        return special(file, row, node, source)
    if row.cls == "fact" or (row.type == "id" and row.name not in ("based_on", "about")):
        return fact_slot(file, row, node, source)
    return _labels(file, row, node)


def _labels(file: File, row: Field, node: Node) -> tuple[Value, ...]:
    if is_empty(node):
        file.wrong(error("empty-value", f"Nothing stands behind “{row.name}:”.", node.span, as_in(row.example)))
        return ()
    # `name: [DDR]` is words that begin with a bracket; several items are several values.
    listed = isinstance(node, Seq) and (row.cardinality == "many" or len(node.items) > 1)
    items = node.items if isinstance(node, Seq) and listed else (node,)
    return tuple(v for item in items if (v := _label(file, row, item)) is not None)


def _label(file: File, row: Field, node: Node) -> Value | None:
    if isinstance(node, Scalar) and not is_empty(node):
        value = read_scalar(file.report, row, node)
        return value if value is None or row.name not in _NAMING or _fits(file, value) else None
    what = "words" if row.type == "text" else "a single value"
    file.wrong(
        error("wrong-type", f"“{row.name}:” takes {what}.", node.span, as_in(row.example)), "list" if isinstance(node, Seq) else ""
    )
    return None


def _named(file: File, row: Field, node: Node, source: Source | None) -> tuple[Value, ...]:
    cites = cite_slot(file, node, source, "“named:”")
    values = tuple(Value(c.words, c.span, (c,), c.article) for c in cites)
    return tuple(v for v in values if _fits(file, v))


_NAMING = frozenset(("name", "short", "sort", "aka", "names"))
_LONGEST = 300  # characters; a name is looked for in every text, and the time that takes grows with its square


def _fits(file: File, name: Value) -> bool:
    """Whether a name is short enough to be one, and all of it can be seen; a finding otherwise."""
    hidden = turning(name.text)
    if hidden:
        message = f"In this name stands {shown(hidden)}, which nobody sees. Type the name anew."
        file.report(error("invisible-character", message, name.span))
        return False
    if len(name.text) <= _LONGEST:
        return True
    message = f"A name has at most {_LONGEST} characters, and this one has {len(name.text):,}."
    file.report(error("name-too-long", message, name.span, fix=Words(name.span, f"{name.text[:40].strip()} …")))
    return False


def _pairs(file: File, row: Field, node: Node) -> Iterator[tuple[Scalar, Scalar]]:
    """The `key: text` (or `key: [text, …]`) pairs of a map field."""
    if not isinstance(node, Map):
        file.wrong(error("wrong-type", f"“{row.name}:” takes pairs of a key and a text.", node.span, as_in(row.example)))
        return
    for key, under in node.pairs:
        for item in under.items if isinstance(under, Seq) else (under,):
            if isinstance(item, Scalar) and not is_empty(item):
                yield key, item
            else:
                file.wrong(error("wrong-type", f"“{key.text}:” under “{row.name}:” takes a text.", key.span, as_in(row.example)))


def _keyed(
    row_type: str, key_fault: Callable[[str], str], known: tuple[str, ...] = ()
) -> Callable[[File, Field, Node, Source | None], tuple[Value, ...]]:
    def decode(file: File, row: Field, node: Node, _: Source | None) -> tuple[Value, ...]:
        values = []
        for key, item in _pairs(file, row, node):
            fault = key_fault(key.text)
            if fault:
                guess = nearest(key.text, known)
                fix = instead(key.span, guess)
                file.report(error(row_type, fault, key.span, *(() if fix else (as_in(row.example),)), fix=fix))
            else:
                values.append(Value(" ".join(item.text.split()), item.span, (), key.text))
        return tuple(v for v in values if row.name not in _NAMING or _fits(file, v))

    return decode


def _bad_tag(tag: str) -> str:
    return "" if LANGUAGE.fullmatch(tag) else f"“{tag}” is not a language tag such as en, ar or zh-Hant."


def _bad_date(text: str) -> str:
    from briefgen import edtf

    read = edtf.parse(text)
    return read if isinstance(read, str) else ""


_PICTURE = ("file", "credit", "licence", "alt")


def _bad_picture_key(key: str) -> str:
    return "" if key in _PICTURE else f"A picture has no “{key}”.{did_you_mean(key, _PICTURE)}"


def _see(file: File, row: Field, node: Node, _: Source | None) -> tuple[Value, ...]:
    if isinstance(node, Map):
        return tuple(Value(item.text, item.span, (), key.text) for key, item in _pairs(file, row, node))
    return _labels(file, row, node)


def _kinds(file: File, row: Field, node: Node, _: Source | None) -> tuple[Value, ...]:
    values = []
    for key, item in _pairs(file, row, node):
        if key.text not in ("actors", "events", "places", "comparisons"):
            message = f"“{key.text}” has no kinds.{did_you_mean(key.text, FOLDERS)}"
            file.report(
                error("unknown-field", message, key.span, as_in(row.example), fix=instead(key.span, nearest(key.text, FOLDERS)))
            )
        else:
            values.append(Value(item.text, item.span, (), FOLDERS[key.text]))
    return tuple(values)


_SPECIAL: dict[str, _Decoder] = {
    "cite": _named,
    "names": _keyed("bad-language", _bad_tag),
    "changes": _keyed("bad-date", _bad_date),
    "image": _keyed("unknown-field", _bad_picture_key, _PICTURE),
    "see": _see,
    "kinds": _kinds,
}


def _notes(file: File, table: Mapping[str, Field], node: Node) -> Iterator[Value]:
    row = table["notes"]
    if isinstance(node, Scalar) and not is_empty(node):
        yield Value(node.text, node.span)
        return
    for key, item in _pairs(file, row, node):
        if key.text in table:
            yield Value(item.text, item.span, (), key.text)
        else:
            message = (
                f"A note stands under the name of a field; there is no field “{key.text}” here.{did_you_mean(key.text, table)}"
            )
            file.wrong(error("unknown-field", message, key.span, fix=instead(key.span, nearest(key.text, table))))


def says(file: File, node: Node, source: Source | None) -> tuple[Cite, ...]:
    """The passages of a comparison."""
    return cite_slot(file, node, source, "“says:”")
