"""relations.yaml: `subject verb object: cite`. Nothing here judges the verb or its direction; only words can."""

from __future__ import annotations

from briefgen.diagnostic import as_in, error
from briefgen.load.fields import Field
from briefgen.load.slots import File, cite_slot, take_source
from briefgen.load.talks import dict_of, has_any, keyed, note_in
from briefgen.load.values import ID, read_scalar
from briefgen.load.yaml_tree import Map, Node, Scalar, Seq
from briefgen.model import Relation, Value

_BY = Field("by", (), "id", "one", "label", "", "by: us-government")
_DRAFT = Field("draft", (), "flag", "one", "label", "", "draft: true")
_KEYS = ("by", "cite", "notes", "draft", "from")
_EXAMPLE = "- turkey supports gna: {freenews: is supported by Turkey}"


def relations(file: File, node: Node) -> tuple[Relation, ...]:
    """A list of relations."""
    if not isinstance(node, Seq):
        file.wrong(error("wrong-type", "This file is a list: each relation begins with a hyphen.", node.span, as_in(_EXAMPLE)))
        return ()
    return tuple(r for item in node.items if (r := _relation(file, item)))


def _relation(file: File, node: Node) -> Relation | None:
    pairs = dict_of(node)
    if len(pairs) != 1:
        message = "Each relation has a hyphen of its own, then `subject verb object:`, and its words below."
        file.wrong(error("wrong-type", message, node.span, as_in(_EXAMPLE)))
        return None
    ((key, value),) = pairs.items()
    words = key.text.split()
    if len(words) < 3 or not ID.fullmatch(words[0]) or not ID.fullmatch(words[-1]):
        message = f"“{key.text}” is not a relation: an id, a verb, an id."
        file.report(error("bad-relation", message, key.span, as_in(_EXAMPLE)))
        return None
    inner = dict_of(value)
    if not has_any(file, inner, _KEYS):
        cites = cite_slot(file, value, None, f"“{key.text}”")
        return Relation(words[0], " ".join(words[1:-1]), words[-1], key.span, cites) if cites else None
    return _detailed(file, key, inner)


def _detailed(file: File, key: Scalar, inner: dict[Scalar, Node]) -> Relation | None:
    words = key.text.split()
    inner = keyed(file, inner, _KEYS, "A relation")
    source = take_source(file, Map(tuple(inner.items()), key.span), None)
    cite = next((v for k, v in inner.items() if k.text == "cite"), None)
    cites = cite_slot(file, cite, source, f"“{key.text}”") if cite else ()
    if cite and not cites:
        return None
    draft = _scalar(file, _DRAFT, inner)
    return Relation(
        words[0], " ".join(words[1:-1]), words[-1], key.span, cites,
        _scalar(file, _BY, inner), note_in(file, inner), bool(draft and draft.text == "true"),
    )  # fmt: skip


def _scalar(file: File, row: Field, inner: dict[Scalar, Node]) -> Value | None:
    for key, node in inner.items():
        if key.text == row.name:
            if isinstance(node, Scalar):
                return read_scalar(file.report, row, node)
            file.wrong(error("wrong-type", f"“{row.name}:” takes a single value.", node.span, as_in(row.example)))
    return None
