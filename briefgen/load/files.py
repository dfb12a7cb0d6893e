"""One file at a time: its path says what it is, its bytes what it holds.

Nothing here looks at a second file, so that the result can be kept by the digest of the bytes.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import replace

from briefgen.diagnostic import Diagnostic, Note, error, warning
from briefgen.frozen import dataclass
from briefgen.load.articles import read_article, read_page
from briefgen.load.decode import check_id, record, records
from briefgen.load.fields import FOLDERS
from briefgen.load.filenames import fault_of
from briefgen.load.invisible import invisible
from briefgen.load.pictures import active
from briefgen.load.relations import relations
from briefgen.load.slots import Asking, File, take_source
from briefgen.load.talks import delegations
from briefgen.load.values import did_you_mean, is_id
from briefgen.load.yaml_tree import Map, Node, is_empty, parse
from briefgen.model import Article, Delegation, EditorsPage, Record, Relation
from briefgen.source import Span, whole_file

_KNOWN = (
    *FOLDERS, "meetings", "delegations", "relations", "articles", "pages", "static", "site.yaml", "index.md", "relations.yaml",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one file holds.

    `seats` are the delegations to the meeting that the file is named after, `lost` the ids it cannot give. `asked` are the words
    of which it was asked whether they are ids of articles: where the answers are others, the file is read again.
    """

    records: tuple[Record, ...] = ()
    articles: tuple[Article, ...] = ()
    relations: tuple[Relation, ...] = ()
    pages: tuple[EditorsPage, ...] = ()
    site: Record | None = None
    seats: tuple[str, Span, tuple[Delegation, ...]] | None = None
    lost: frozenset[str] = frozenset()
    site_lost: bool = False
    asked: frozenset[str] = frozenset()


Result = tuple[Loaded, tuple[Diagnostic, ...]]
_ID_RULE = "small letters a-z, digits and hyphens, at most 100, and no name of a device on Windows (con, aux, com1)"
NOTHING = Loaded()


def load_file(path: str, data: bytes, articles: frozenset[str]) -> Result:
    """Read `content/…`; `articles` are the ids of all articles of the project."""
    inside = path.removeprefix("content/")
    folder, _, rest = inside.partition("/")
    stem, _, ending = (rest or inside).rpartition(".")
    if folder == "static" and rest:
        wrong = fault_of(rest)
        return NOTHING, ((_misnamed(path, rest, wrong),) if wrong else active(path, data))
    kind = _kind_of(folder, rest, ending)
    if not kind:
        return NOTHING, (_stray(path, inside, folder, stem, ending),)
    text, fault = decode(path, data)
    if fault:
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        raw = data.decode("utf-16" if wide else "utf-8", "replace")
        return Loaded(lost=_lost(kind, stem, raw), site_lost=kind == "site"), (fault,)
    ids = Asking(articles)
    loaded, findings = _read(path, kind, stem, text, ids)
    loaded = replace(loaded, asked=frozenset(ids.asked)) if ids.asked else loaded
    return loaded, (*findings, *invisible(path, text))


def _read(path: str, kind: str, stem: str, text: str, articles: Container[str]) -> Result:
    if kind == "article":
        return _article(path, stem, text, articles)
    if kind == "page":
        if not is_id(stem):
            message = f"“{stem}” cannot be the address of a page: {_ID_RULE}. Rename the file."
            return NOTHING, (error("bad-id", message, whole_file(path)),)
        page, findings = read_page(path, stem, text, articles)
        return Loaded(pages=(page,)), findings
    return _yaml(path, kind, stem, text, articles)


def decode(path: str, data: bytes) -> tuple[str, Diagnostic | None]:
    """UTF-8 with or without a byte order mark, line ends made one."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode()
    except UnicodeDecodeError as fault:
        before = _one_line_end(data[: fault.start].decode())
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = "This file is not in UTF-8. Save it again with the encoding UTF-8."
        return "", error("bad-encoding", message, Span(path, line, column, line, column + 1))
    return _one_line_end(text), None


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _kind_of(folder: str, rest: str, ending: str) -> str:
    if ending == "md":
        if not rest:
            return "page" if folder == "index.md" else ""
        return {"articles": "article", "pages": "page"}.get(folder, "") if "/" not in rest else ""
    if ending != "yaml":
        return ""
    if not rest:
        return {"site.yaml": "site", "relations.yaml": "relations"}.get(folder, "")
    return FOLDERS.get(folder) or {"meetings": "meeting", "delegations": "delegations", "relations": "relations"}.get(folder, "")


def _stray(path: str, inside: str, folder: str, stem: str, ending: str) -> Diagnostic:
    start = whole_file(path)
    if ending == "yml":
        return error("stray-file", "Files of facts end in .yaml; this one is not read.", start, help=path[:-4] + ".yaml")
    guess = did_you_mean(folder, _KNOWN) if folder not in _KNOWN else ""
    # Facts in a file that is not read would be missing from the site without a word.
    finding = error if ending in ("yaml", "md") else warning
    return finding("stray-file", f"“{inside}” is not read: nothing of this kind stands there.{guess}", start)


def _misnamed(path: str, name: str, fault: str) -> Diagnostic:
    return error("bad-file-name", f"The name {name!r} {fault}. Rename the file.", whole_file(path))


def _article(path: str, stem: str, text: str, articles: Container[str]) -> Result:
    file = File(path, (), articles)
    if not check_id(file, stem, whole_file(path)):
        return Loaded(lost=frozenset((stem,))), tuple(file.findings)
    article, findings, readable = read_article(path, stem, text, articles)
    # Without its front matter the text is not known for what it is: citations of it are not judged.
    return (Loaded(articles=(article,)) if readable else Loaded(lost=frozenset((stem,)))), findings


def _yaml(path: str, kind: str, stem: str, text: str, articles: Container[str]) -> Result:
    tree, found = parse(path, text)
    if tree is None and found:
        return Loaded(lost=_lost(kind, stem, text), site_lost=kind == "site"), found
    file = File(path, text.split("\n"), articles)
    if tree is None or is_empty(tree):
        loaded = _decode(file, kind, stem, Map((), whole_file(path))) if kind == "site" else NOTHING
        if kind in ("meeting", "delegations"):
            file.report(error("empty-value", "This file is empty.", whole_file(path)))
            loaded = Loaded(lost=frozenset((stem,)))
        return loaded, tuple(file.findings)
    loaded = _decode(file, kind, stem, tree)
    return loaded, (*found, *file.findings)


def _decode(file: File, kind: str, stem: str, tree: Node) -> Loaded:
    start = whole_file(file.path)
    if kind == "site":
        return Loaded(site=record(file, "site", "site", start, tree))
    if kind == "relations":
        return Loaded(relations=relations(file, tree))
    if kind == "meeting":
        if not check_id(file, stem, start):
            return Loaded(lost=frozenset((stem,)))
        return Loaded(records=(record(file, "meeting", stem, start, tree),))
    if kind == "delegations":
        source = take_source(file, tree, None) if isinstance(tree, Map) else None
        return Loaded(seats=(stem, start, delegations(file, tree, source)))
    return Loaded(records=records(file, kind, tree))


def _lost(kind: str, stem: str, text: str) -> frozenset[str]:
    """The ids that an unreadable file would have given, as far as its raw lines show them."""
    if kind in ("meeting", "article"):
        return frozenset((stem,))
    return frozenset(re.findall(r"^([a-z0-9-]+)[^\S\n]*:", text, re.MULTILINE))


def twice(code: str, message: str, second: Span, first: Span) -> Diagnostic:
    """A finding about a second place that clashes with a first."""
    return error(code, message, second, Note("the first stands here", first))
