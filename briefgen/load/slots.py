"""The two slots of MODEL.md: fact slots (a value, then the words that say so) and cite slots (the words alone).

Nothing here knows which fields exist; references are not resolved.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import field
from typing import cast

from briefgen.diagnostic import Diagnostic, Fix, as_in, error
from briefgen.frozen import dataclass
from briefgen.load.fields import Field
from briefgen.load.lines import flowing
from briefgen.load.slips import Found, explain
from briefgen.load.values import read_scalar
from briefgen.load.yaml_tree import Map, Node, Scalar, Seq, is_empty
from briefgen.model import Cite, Value
from briefgen.source import Span

ARTICLE_ID = re.compile(r"[a-z0-9-]+")


class Asking:
    """Ids that keep what was asked of them: what a file gives depends on the answers, and on nothing else of them."""

    __slots__ = ("_ids", "asked")

    def __init__(self, ids: frozenset[str]) -> None:
        self._ids = ids
        self.asked: set[str] = set()

    def __contains__(self, one: object) -> bool:
        self.asked.add(cast("str", one))
        return one in self._ids


@dataclass(frozen=True, slots=True)
class File:
    """One YAML text being decoded: where findings go and what the raw lines are.

    `articles` are the ids of the articles of the project (the names of their files): they tell citations from members.
    """

    path: str
    lines: Sequence[str]
    articles: Container[str]
    first_line: int = 1
    findings: list[Diagnostic] = field(default_factory=list)

    def report(self, finding: Diagnostic) -> None:
        """Take a finding."""
        self.findings.append(finding)

    def wrong(self, finding: Diagnostic, found: Found = "") -> None:
        """Take a finding about an empty value or one of another type: a known slip on that line explains it better.

        `found` says what stands where only words can.
        """
        slip = explain(self.lines, self.path, finding.span.line, self.first_line, found)
        self.findings.append(slip or finding)


@dataclass(frozen=True, slots=True)
class Source:
    """The article that bare words are taken from: the nearest `from:`."""

    article: str
    span: Span


def is_nothing(node: Node) -> bool:
    """Whether a slot holds no words at all: empty, or a list or map of nothing."""
    return is_empty(node) or (isinstance(node, Seq) and not node.items) or (isinstance(node, Map) and not node.pairs)


def cite_slot(file: File, node: Node, source: Source | None, what: str) -> tuple[Cite, ...]:
    """Words, or article: words, or article: [words, …], or a list of these; `what` names the place in messages."""
    if is_nothing(node):
        file.wrong(error("empty-value", f"Nothing stands under {what}. Put the words of an article there.", node.span))
        return ()
    match node:
        case Scalar():
            return _bare(file, node, source, what)
        case Seq():
            return tuple(c for item in node.items for c in cite_slot(file, item, source, what))
        case Map():
            return tuple(c for n, pair in enumerate(node.pairs) for c in _from_article(file, *pair, what) if not _is_cut(node, n))


def _is_cut(node: Map, n: int) -> bool:
    """Whether a comma in `{ }` cut the words of a pair, so that they are not all there: the next has a key alone."""
    if n + 1 == len(node.pairs):
        return False
    (_, value), (after, nothing) = node.pairs[n : n + 2]
    return is_empty(nothing) and after.span.line == value.span.end_line


def _bare(file: File, node: Scalar, source: Source | None, what: str) -> tuple[Cite, ...]:
    if source is None:
        # One line mends them all, so it is said once a file, where it is missed first.
        if not any(d.code == "no-from" for d in file.findings):
            message = (
                f"Which article do these words of {what} come from? Put `from:` and the article at the head of the record or file."
            )
            file.report(error("no-from", message, node.span, help="from: ARTICLE"))
        return ()
    return (Cite(source.article, node.text, node.span, source.span),)


def _from_article(file: File, key: Scalar, node: Node, what: str) -> tuple[Cite, ...]:
    if not ARTICLE_ID.fullmatch(key.text):
        message = f"“{key.text}” is not the id of an article. Under {what} stands an article, then its words."
        file.wrong(error("bad-article-id", message, key.span))
        return ()
    if is_nothing(node):
        file.wrong(error("empty-value", f"No words stand behind “{key.text}:” under {what}.", key.span))
        return ()
    words = node.items if isinstance(node, Seq) else (node,)
    return tuple(c for w in words for c in _words(file, key, w, what))


def _words(file: File, key: Scalar, node: Node, what: str) -> tuple[Cite, ...]:
    if isinstance(node, Scalar) and not is_empty(node):
        return (Cite(key.text, node.text, node.span, key.span),)
    file.wrong(error("wrong-type", f"Words are expected behind “{key.text}:” under {what}.", node.span))
    return ()


def fact_slot(file: File, row: Field, node: Node, source: Source | None) -> tuple[Value, ...]:
    """A value with its words, several of them, or (text) words that are their own evidence."""
    match node:
        case _ if is_nothing(node):
            file.wrong(error("empty-value", f"Nothing stands behind “{row.name}:”.", node.span, as_in(row.example)))
            return ()
        case Scalar():
            return _self_citing(file, row, node, source)
        case Seq():
            return tuple(v for item in node.items for v in fact_slot(file, row, item, source))
        case Map():
            return tuple(v for key, under in node.pairs for v in _valued(file, row, key, under, source))


def _self_citing(file: File, row: Field, node: Scalar, source: Source | None) -> tuple[Value, ...]:
    value = read_scalar(file.report, row, node)
    if value is None:
        return ()
    if row.type != "text" or row.cls != "fact":
        return (value,)
    cites = _bare(file, node, source, f"“{row.name}:”")
    return (value._replace(cites=cites),) if cites else ()


def _valued(file: File, row: Field, key: Scalar, node: Node, source: Source | None) -> tuple[Value, ...]:
    if key.text in file.articles:
        message = f"“{row.name}:” takes a value first, then the words. “{key.text}” is an article."
        file.report(error("article-as-value", message, key.span, as_in(row.example), fix=pair_under(key, node, "VALUE: {}")))
        return ()
    value = read_scalar(file.wrong, row, key)
    if value is None:
        return ()
    # A citation that cannot be read is one finding; without its value nothing follows from it.
    cites = cite_slot(file, node, source, f"“{row.name}: {key.text}”")
    return (value._replace(cites=cites),) if cites else ()


def pair_under(key: Scalar, node: Node, form: str) -> Fix | None:
    """The pair of an article and its words with a key around it: `form` has {} for the pair. None where it is no such pair."""
    if not isinstance(node, Scalar):
        return None
    span = key.span._replace(end_line=node.span.end_line, end_col=node.span.end_col)
    return Fix(span, form.replace("{}", f"{{{key.text}: {flowing(node.text)}}}"))


def take_source(file: File, node: Map, outer: Source | None) -> Source | None:
    """The `from:` of a map, else the one around it."""
    for key, value in node.pairs:
        if key.text == "from":
            return _source(file, value) or outer
    return outer


def _source(file: File, node: Node) -> Source | None:
    if isinstance(node, Scalar) and ARTICLE_ID.fullmatch(node.text):
        return Source(node.text, node.span)
    file.wrong(error("bad-from", "`from:` takes the id of one article.", node.span, help="from: ARTICLE"))
    return None
