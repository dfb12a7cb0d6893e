"""`briefgen new`: a commented file to begin a record with, made from the field table.

Nothing is written here. Every line that begins with one # becomes YAML when that # is taken away; what explains has two,
so that it stays a comment whatever an editor uncomments.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from briefgen.link.briefing import Briefing
from briefgen.load.fields import BY_KIND, FOLDERS, KINDS, RESERVED, Field
from briefgen.load.slips import block
from briefgen.model import Record
from briefgen.publish.refusal import Refusal


class Starter(NamedTuple):
    """A file to be written: its path in the project and its text."""

    path: str
    text: str


class _Kind(NamedTuple):
    """What KIND means: a record type, its folder in content/, the `kind:` to begin with, and of whom its fields are."""

    type: str
    folder: str
    kind: str = ""
    only: str = ""


_FOLDER_OF = {kind: folder for folder, kind in FOLDERS.items()} | {"meeting": "meetings", "article": "articles", "page": "pages"}
_WORDS = {
    "person": _Kind("actor", "actors", only="person"),
    "organisation": _Kind("actor", "actors", "group", "organisation"),
    **{type_: _Kind(type_, folder) for type_, folder in _FOLDER_OF.items()},
}
_SPELLINGS = {"people": "person", "persons": "person", "organization": "organisation"}
_IN_FRONT_MATTER = ("article", "page")


def starter(briefing: Briefing, word: str, id_: str) -> Starter:
    """The file for `briefgen new WORD ID`; Refusal for an unknown kind and for an id that is malformed, reserved or taken."""
    kind = _kind_of(word)
    _check_id(briefing, kind, id_)
    ending = "md" if kind.type in _IN_FRONT_MATTER else "yaml"
    return Starter(f"content/{kind.folder}/{id_}.{ending}", _text(kind, id_))


def kinds() -> tuple[str, ...]:
    """What KIND may be."""
    return tuple(_WORDS)


def _kind_of(word: str) -> _Kind:
    plain = word.casefold()
    for known in (plain, _SPELLINGS.get(plain, ""), plain.removesuffix("s")):
        if known in _WORDS:
            return _WORDS[known]
    for type_ in ("actor", "event", "place", "comparison"):
        if plain in KINDS[type_]:
            return _Kind(type_, _FOLDER_OF[type_], plain, "organisation" if type_ == "actor" else "")
    guess = difflib.get_close_matches(plain, [*_WORDS, *(k for words in KINDS.values() for k in words)], n=1)
    meant = f" Did you mean “{guess[0]}”?" if guess else ""
    raise Refusal(f"There is no kind “{word}”.{meant} The kinds: {', '.join(_WORDS)}; also a kind such as ministry or statement.")


def _check_id(briefing: Briefing, kind: _Kind, id_: str) -> None:
    if not re.fullmatch("[a-z0-9-]+", id_):
        better = "-".join(re.findall("[a-z0-9]+", id_.casefold()))
        meant = f" Write {better}." if better else ""
        raise Refusal(f"“{id_}” cannot be an id: ids are small letters a-z, digits and hyphens.{meant}")
    if id_ in RESERVED:
        raise Refusal(f"“{id_}” cannot be an id: the word has a meaning of its own in these files.")
    if kind.type == "page":
        if id_ == "index":
            raise Refusal("“index” is the briefing itself: content/index.md.")
        return  # pages have addresses of their own; whether the file is there, the disk knows
    taken = _taken(briefing, id_)
    if taken:
        raise Refusal(f"The id “{id_}” is taken: {taken}. Choose another.")


def _taken(briefing: Briefing, id_: str) -> str:
    """Where an id is taken, or ""."""
    records = {**briefing.records, **{i: a.record for i, a in briefing.articles.items()}}
    if id_ in records:
        return _where(records[id_])
    for record in records.values():
        if any(old.text == id_ for old in record.all("was")):
            return f"it is an old id of “{record.id}”, {_where(record)}"
    return "it stands in a file that could not be read; run briefgen check" if id_ in briefing.lost else ""


def _where(record: Record) -> str:
    title = record.text("title") or record.name
    return f"{record.kind} “{title}” in {record.span.file}, line {record.span.line}"


# ---------------------------------------------------------------- text

_HEAD = (
    "## Take away the # and the space behind it before a line that you need; delete what you do not need.",
    "## Under a field stands a value, under the value the words of an article that say so.",
    '## briefgen quote "some words" finds them and prints the lines to paste.',
)
_BODY = {
    "article": "## Below the second --- stands the text of the source, paragraphs apart by a blank line.",
    "page": "## Below the second --- stands your text, in Markdown. [[id]] links a record, [@article: words] cites words.",
}


def _text(kind: _Kind, id_: str) -> str:
    # The extension that reads the first line wants the schema's address from the file on.
    schema = f"# yaml-language-server: $schema=../../.briefgen/schemas/{kind.folder}.json"
    head = [schema, *(_HEAD[:1] if kind.type in _IN_FRONT_MATTER else _HEAD)]
    if kind.type in _IN_FRONT_MATTER:
        lines = ["---", *head, _BODY[kind.type], "", *_fields(kind, id_, 0), "---", ""]
    elif kind.type == "meeting":
        lines = [*head, "", *_fields(kind, id_, 0)]
    else:
        lines = [*head, "", f"{id_}:", *_fields(kind, id_, 2)]
    return "\n".join(lines).rstrip() + "\n"


def _fields(kind: _Kind, id_: str, indent: int) -> Iterator[str]:
    given = _given(kind, id_)
    for row in _rows(kind):
        yield " " * indent + f"## {_explained(row)}"
        if row.name in given:
            yield block(indent, f"{row.name}:", given[row.name])
        else:
            yield from (_commented(line, indent) for line in _example(row, indent))
        yield ""


def _given(kind: _Kind, id_: str) -> dict[str, str]:
    """What a starter says itself, so that it can be built as it is."""
    name = id_.replace("-", " ").title()
    given = (
        {"title": name, "rights": "unknown"}
        if kind.type == "article"
        else {"title": name}
        if kind.type == "page"
        else {"name": name}
    )
    return {**given, "kind": kind.kind} if kind.kind else given


def _rows(kind: _Kind) -> list[Field]:
    """The fields of a kind; `from` stands before everything that takes words from it."""
    rows = [row for row in BY_KIND[kind.type].values() if not (row.only and kind.only) or row.only == kind.only]
    apt = [_apt(row, kind.type) for row in rows if row.type != "kind" or kind.only != "person"]
    return sorted(apt, key=lambda row: (row.name not in ("name", "title"), row.name != "from"))


def _apt(row: Field, type_: str) -> Field:
    """A row with choices and an example of this kind's own, where the table's stand for several kinds."""
    if row.type == "kind":
        return replace(row, choices=KINDS[type_], example=f"kind: {KINDS[type_][0]}")
    if row.type == "notes" and "rank" not in BY_KIND[type_]:
        return replace(row, example="notes: No source says more.")
    return row


def _explained(row: Field) -> str:
    return f"{row.doc} One of: {', '.join(row.choices)}." if row.choices else row.doc


def _commented(line: str, indent: int) -> str:
    return f"{' ' * indent}# {line[indent:]}"


def _example(row: Field, indent: int) -> list[str]:
    """The table's example in block form, the documented way to write."""
    import yaml  # here only: the rest of the command line does without

    ((name, value),) = yaml.load(row.example, yaml.BaseLoader).items()  # noqa: S506  # our own text, strings only
    return list(_lines(f"{name}:", value, indent))


def _lines(prefix: str, value: Any, indent: int) -> Iterable[str]:
    if isinstance(value, str):
        yield from block(indent, prefix, value).split("\n")
        return
    yield " " * indent + prefix
    deeper = indent + (4 if prefix.startswith("- ") else 2)
    for item in value.items() if isinstance(value, dict) else value:
        if isinstance(item, tuple):
            yield from _lines(f"{item[0]}:", item[1], deeper)
        elif isinstance(item, str):
            yield from _lines("-", item, deeper)
        else:
            yield from _listed(item, deeper)


def _listed(pairs: dict[str, Any], indent: int) -> Iterable[str]:
    """A map as one item of a list: the dash stands before its first key."""
    for n, (key, value) in enumerate(pairs.items()):
        yield from _lines(f"{key}:" if n else f"- {key}:", value, indent + 2 if n else indent)
