"""Files with front matter: source articles and the editors' pages. Nothing of the text is changed, only measured and marked."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container

from briefgen.diagnostic import Diagnostic, error
from briefgen.load import markdown
from briefgen.load.decode import record
from briefgen.load.slots import File
from briefgen.load.yaml_tree import parse
from briefgen.model import Article, EditorsPage, Prose, Record, Unit
from briefgen.source import whole_file
from briefgen.text import folded


def split(text: str) -> tuple[str, str, int] | None:
    """Front matter, body, and the file line of the body's first line; None where a front matter never ends."""
    if not re.match(r"---[^\S\n]*\n", text):
        return "", text, 1
    begin = text.index("\n") + 1
    for fence in re.finditer(r"^(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)", text[begin:], re.MULTILINE):
        end = begin + fence.start()
        return text[begin:end], text[begin + fence.end() :], text.count("\n", 0, begin + fence.end()) + 1
    return None


def _front(path: str, kind: str, id_: str, text: str, articles: Container[str]) -> tuple[Record, str, int, list[Diagnostic], bool]:
    """The front matter as a record, the body, its first line, the findings, and whether the front matter could be read."""
    start = whole_file(path)
    parts = split(text)
    if parts is None:
        fault = error("open-front-matter", "The front matter begins with `---` but no second `---` ends it.", start, help="---")
        return Record(kind, id_, start, {}), "", 1, [fault], False
    front, body, line = parts
    tree, found = parse(path, front, 2)
    findings = list(found)
    if tree is None:
        if kind == "article" and not findings:
            findings.append(
                error(
                    "missing-field",
                    "An article begins with front matter: `---`, its title, `---`.",
                    start,
                    help="---\ntitle: …\n---",
                )
            )
        return Record(kind, id_, start, {}), body, line, findings, not findings
    file = File(path, front.split("\n"), articles, 2)
    decoded = record(file, kind, id_, start, tree)
    return decoded, body, line, findings + file.findings, True


def read_article(path: str, id_: str, text: str, articles: Container[str]) -> tuple[Article, tuple[Diagnostic, ...], bool]:
    """A source article; the flag says whether its front matter could be read."""
    head, body, line, findings, readable = _front(path, "article", id_, text, articles)
    if head.text("format") == "plain":
        prose = markdown.plain(body, line)
    else:
        prose, faults = markdown.article(body, path, line)
        findings += faults
    digest = hashlib.sha256(body.strip().encode()).hexdigest()
    return Article(head, _with_roles(prose, head), digest), tuple(findings), readable


def _with_roles(prose: Prose, head: Record) -> Prose:
    """Leading units equal to the title are the headline; units that begin as `furniture` says are furniture."""
    title = folded(head.text("title"))
    marks = tuple(folded(v.text) for v in head.all("furniture"))
    units: list[Unit] = []
    leading = bool(title)
    for unit in prose.units:
        text = folded(unit.text)
        leading = leading and text == title
        if leading:
            unit = unit._replace(role="headline")
        elif marks and text.startswith(marks):
            unit = unit._replace(role="furniture")
        units.append(unit)
    return Prose(prose.pieces, tuple(units))


def read_page(path: str, id_: str, text: str, articles: Container[str]) -> tuple[EditorsPage, tuple[Diagnostic, ...]]:
    """One of the editors' own pages."""
    head, body, line, findings, _ = _front(path, "page", id_, text, articles)
    prose, faults = markdown.prose(body, path, line)
    title = head.text("title") or id_.replace("-", " ").capitalize()
    page = EditorsPage(id_, title, int(head.text("order") or 1000), prose, head.span, head.draft)
    return page, (*findings, *faults)
