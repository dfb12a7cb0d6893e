"""The editor's reference says what the field table says, no more and no less, and its examples can be read."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from briefgen.datetext import display
from briefgen.edtf import Edtf, parse
from briefgen.load import load
from briefgen.load.fields import FIELDS, KINDS, RECORD_KINDS, RESERVED, RIGHTS, Field, Type
from briefgen.load.relations import _KEYS as RELATION_KEYS
from briefgen.load.talks import _PARTS as ROSTER_PARTS
from briefgen.source import Snapshot
from tests.kit import ROOT

FOLDER = ROOT / "briefgen" / "guide"
REFERENCE = (FOLDER / "fields.md").read_text(encoding="utf-8")
PEOPLE = {"actor": "actors/a.yaml", "event": "events/a.yaml", "place": "places/a.yaml", "topic": "topics/a.yaml"}
ARTICLES = ("freenews", "mem-monitor", "mirage-gna", "mirage-lna", "palpress")


def chapter(title: str) -> str:
    """The text between a heading of the second level and the next."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", REFERENCE, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def cells(text: str, columns: int) -> list[list[str]]:
    """The rows of the tables with so many columns, without their heads."""
    rows = [[c.strip() for c in line.strip("|").split("|")] for line in text.split("\n") if line.startswith("|")]
    wide = [row for row in rows if len(row) == columns]
    return [
        row for n, row in enumerate(wide) if not set(row[0]) <= {"-"} and not (n + 1 < len(wide) and set(wide[n + 1][0]) <= {"-"})
    ]


def row(field: Field) -> list[str]:
    """A field as the reference must show it."""
    of = "every record" if field.of == RECORD_KINDS else ", ".join(field.of)
    of += {"person": " (a person)", "organisation": " (an organisation)", "": ""}[field.only]
    to = "any record" if field.to == RECORD_KINDS else " or ".join(field.to)
    takes = f"id of {to}" if field.type == "id" else f"one of {', '.join(field.choices)}" if field.choices else field.type
    how_many = field.cardinality + (", needed" if field.required else "")
    example = f"`{field.example}`" if "\n" not in field.example else "below"
    return [f"`{field.name}`", of, takes, how_many, field.cls, field.doc, example]


def test_every_field_of_the_table_is_in_the_reference_and_no_other() -> None:
    assert cells(chapter("All fields"), 7) == [row(f) for f in FIELDS]


def test_every_type_is_explained_and_no_other() -> None:
    assert [r[0] for r in cells(chapter("What a field takes"), 2)] == list(get_args(Type))


def test_every_kind_is_in_the_reference_and_no_other() -> None:
    listed = {kind: tuple(re.findall(r"`([a-z-]+)`", words)) for kind, words in cells(chapter("Kinds"), 2)}
    assert listed == {f"{kind}s": words for kind, words in KINDS.items()}


def test_the_words_that_cannot_be_ids_are_listed() -> None:
    said = next(p for p in chapter("Ids").split("\n\n") if "cannot be ids" in p)
    assert set(re.findall(r"`([a-z-]+)`", said)) == set(RESERVED)


def test_rights_are_explained() -> None:
    told = " ".join(r[0] for r in cells(chapter("Articles"), 2))
    assert all(f"`{word}`" in told for word in RIGHTS)


def test_roster_lines_and_relations_are_explained() -> None:
    assert all(f"`{part}`" in chapter("Meetings and delegations") for part in ROSTER_PARTS)
    assert all(f"`{key}`" in chapter("Relations") for key in RELATION_KEYS)


@pytest.mark.parametrize(("written", "shown"), [(r[0].strip("`"), r[2]) for r in cells(chapter("Dates"), 3)])
def test_every_example_of_a_date_is_shown_as_the_table_says(written: str, shown: str) -> None:
    read = parse(written)
    assert isinstance(read, Edtf)
    assert display(read) == shown


def decoded(path: str, text: str) -> list[str]:
    """What reading one file finds, beside the five articles and a site."""
    content = {"content/site.yaml": b"name: A site\n", path: text.encode()}
    content |= {f"content/articles/{a}.md": f"---\ntitle: {a}\n---\n".encode() for a in ARTICLES} if "articles" not in path else {}
    if path.startswith("content/delegations/"):
        content[path.replace("delegations", "meetings")] = b"name: A meeting\n"
    return [str(d) for d in load(Snapshot(content))[1]]


EXAMPLES = re.findall(r"^```yaml\n# (content/\S+)[^\n]*\n(.*?)^```$", REFERENCE, re.MULTILINE | re.DOTALL)
EXAMPLES += re.findall(r"^```markdown\n<!-- (content/\S+) -->\n(.*?)^```$", REFERENCE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("path", "text"), EXAMPLES)
def test_every_example_can_be_read(path: str, text: str) -> None:
    assert decoded(path, text) == []


def test_every_fence_is_an_example_that_is_read() -> None:
    assert len(re.findall(r"^```[a-z]+$", REFERENCE, re.MULTILINE)) == len(EXAMPLES) + REFERENCE.count("\n```text\n")


def given(kind: str, example: str) -> tuple[str, str]:
    """A file that holds a field as its example shows it."""
    needed = {"comparison": "says: [{mirage-lna: must not be tolerated}]", "article": "title: A title", "site": "name: A site"}
    lines = [line for line in (example, needed.get(kind, "")) if line]
    own = [line for n, line in enumerate(lines) if not n or not example.startswith(line.split(":")[0] + ":")]
    if "from:" not in example and kind not in ("article", "page", "site"):
        own.append("from: mirage-lna")
    if kind in ("article", "page"):
        return f"content/{kind}s/a.md", "\n".join(["---", *own, "---", ""])
    if kind in ("meeting", "site"):
        return f"content/{'meetings/a' if kind == 'meeting' else 'site'}.yaml", "\n".join(own) + "\n"
    inner = "\n".join(own).replace("\n", "\n  ")
    return f"content/{kind}s/a.yaml", f"a:\n  {inner}\n"


@pytest.mark.parametrize(
    ("kind", "field"), [(k, f) for f in FIELDS for k in f.of], ids=lambda x: x if isinstance(x, str) else x.name
)
def test_the_example_of_every_field_can_be_read(kind: str, field: Field) -> None:
    assert decoded(*given(kind, field.example)) == []
