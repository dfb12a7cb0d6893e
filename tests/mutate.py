"""Mutants of the demonstration content: the text of one file changed in one place, and what a check then finds.

Nothing here writes a file, and no YAML is emitted anew: a mutant is the editor's own text with some characters exchanged.
The clean content gives no error and no warning, so every error and warning of a mutant is the mutant's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import NamedTuple

from briefgen.diagnostic import Diagnostic
from briefgen.link import Briefing, link
from briefgen.load import load
from briefgen.load.files import Result, load_file
from briefgen.model import Cite, Documents
from briefgen.source import Snapshot, Span
from briefgen.text import folded
from tests import kit


class Memory:
    """Keeps what the clean files gave, and the file read last, so that a mutant costs one reading of one file."""

    def __init__(self) -> None:
        self.clean: dict[tuple[str, bytes], Result] = {}
        self.last: tuple[tuple[str, bytes], Result] | None = None

    def get(self, path: str, data: bytes, articles: frozenset[str]) -> Result | None:
        """What this file gave before."""
        if self.last and self.last[0] == (path, data):
            return self.last[1]
        return self.clean.get((path, data))

    def put(self, path: str, data: bytes, articles: frozenset[str], result: Result) -> None:
        """Keep it until another file comes."""
        self.last = ((path, data), result)


class Demo(NamedTuple):
    """The demonstration content, read once."""

    files: Mapping[str, str]
    articles: frozenset[str]
    documents: Documents
    briefing: Briefing
    memory: Memory


class Mutant(NamedTuple):
    """A file with its new text; `first` and `last` are the lines of the place that was changed."""

    path: str
    text: str
    first: int
    last: int
    says: str


@lru_cache(maxsize=1)
def demo() -> Demo:
    """The demonstration content without a mutation; it must be clean."""
    snapshot = kit.demo()
    memory = Memory()
    ids = frozenset(p.split("/")[-1][:-3] for p in snapshot.content if p.startswith("content/articles/"))
    for path, data in snapshot.content.items():
        memory.clean[path, data] = load_file(path, data, ids)
    documents, found = load(snapshot, memory)
    briefing = link(documents)
    assert serious((*found, *kit.run_checks(briefing))) == ()
    return Demo({p: d.decode() for p, d in snapshot.content.items()}, ids, documents, briefing, memory)


def serious(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The errors and warnings among findings."""
    return tuple(d for d in kit.canonical_order(found) if d.severity != "info")


def findings(changed: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """The errors and warnings of the content with these files changed."""
    return serious(everything(changed))


def everything(changed: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """All findings of the content with these files changed, pieces of information too."""
    content = {p: t.encode() for p, t in (dict(demo().files) | dict(changed)).items()}
    documents, found = load(Snapshot(content), demo().memory)
    return kit.canonical_order(found + kit.run_checks(link(documents)))


# ---------------------------------------------------------------- places in files


def offset(text: str, line: int, col: int) -> int:
    """The offset of a line and column (both from 1) in a file."""
    return _line_starts(text)[line - 1] + col - 1


@lru_cache(maxsize=64)
def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(m.end() for m in re.finditer("\n", text)))


def stretch(span: Span) -> tuple[int, int]:
    """A span of a file of the demonstration content as offsets."""
    text = demo().files[span.file]
    return offset(text, span.line, span.col), offset(text, span.end_line, span.end_col)


def line_of(text: str, at: int) -> int:
    """The line (from 1) of an offset."""
    return text.count("\n", 0, at) + 1


def replaced(path: str, edits: Iterable[tuple[tuple[int, int], str]]) -> str:
    """A file of the demonstration content with stretches replaced (they do not overlap)."""
    text = demo().files[path]
    for (start, end), new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def exchange(path: str, one: tuple[int, int], other: tuple[int, int]) -> str:
    """A file with two stretches exchanged."""
    text = demo().files[path]
    return replaced(path, [(one, text[slice(*other)]), (other, text[slice(*one)])])


# ---------------------------------------------------------------- citations


def cites_of(value: object) -> Iterator[Cite]:
    """Every citation anywhere in a value, in its order."""
    if isinstance(value, Cite):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from cites_of(item)
    elif isinstance(value, Mapping):
        yield from cites_of(tuple(value.values()))
    elif is_dataclass(value):
        yield from cites_of(tuple(getattr(value, f.name) for f in fields(value)))


def citations() -> tuple[Cite, ...]:
    """Every citation of the demonstration content, by place."""
    held = dict.fromkeys(cites_of(demo().documents))
    return tuple(sorted(held, key=lambda c: (c.span, c.article)))


_PROSE = re.compile(r"\[@[^\s:\[\]]+:\s+(?P<words>(?:[^\[\]]|\[[^\[\]]*\])+?)\s*\]")


def words_at(cite: Cite) -> tuple[tuple[int, int], ...]:
    """The words of a citation as offsets into its file, one by one (by white space)."""
    text = demo().files[cite.span.file]
    start, end = stretch(cite.span)
    if cite.span.file.endswith(".md"):
        found = _PROSE.match(text, start)
        assert found, cite
        start, end = found.span("words")
    found_words = tuple((start + m.start(), start + m.end()) for m in re.finditer(r"\S+", text[start:end]))
    assert [text[s:e] for s, e in found_words] == cite.words.split(), f"written in a way that this test cannot mutate: {cite}"
    return found_words


Edit = tuple[tuple[int, int], str]
Edits = Callable[[Cite], Iterator[list[Edit]]]

# Marks that editors type in several ways; each is harmless (rule 1).
TYPING: dict[str, Callable[[str], str]] = {
    "straight marks": lambda s: re.sub("[‘’´`]", "'", re.sub("[“”]", '"', s)),
    "curly marks": lambda s: re.sub("['´`]", "’", re.sub(r'"(?=\w)', "“", s).replace('"', "”")),
    "acute accents": lambda s: re.sub("['‘’`]", "´", s),
    "en dashes": lambda s: s.replace("-", "–"),
    "em dashes": lambda s: s.replace("-", "—"),
    "no-break hyphens": lambda s: s.replace("-", "‑"),
    "double spaces": lambda s: s.replace(" ", "  "),
    "no-break spaces": lambda s: s.replace(" ", "\u00a0"),
    "thin spaces": lambda s: s.replace(" ", "\u2009"),
}

_CORE = re.compile(r"\w(?:.*\w)?", re.DOTALL)
# Plain words; for each article the first that does not stand in it is taken.
_STRANGERS = ("harbour", "yesterday", "seventeen", "orchard", "lighthouse")


def strangers(article: str) -> str:
    """A word that is absent from an article."""
    text = " ".join(folded(u.text) for u in demo().briefing.articles[article].prose.units).casefold()
    return next(w for w in _STRANGERS if w not in text)


def _turned(cite: Cite) -> list[tuple[int, tuple[int, int]]]:
    """The words with their numbers, skips aside, beginning at another place in each citation."""
    words = words_at(cite)
    text = demo().files[cite.span.file]
    real = [(n, w) for n, w in enumerate(words) if text[slice(*w)] not in ("...", "…")]
    shift = cite.span.line % len(real)
    return real[shift:] + real[:shift]


def replacing(cite: Cite) -> Iterator[list[Edit]]:
    """A word replaced by one that is absent from the article; marks around it stay."""
    text = demo().files[cite.span.file]
    for _, (start, end) in _turned(cite):
        core = _CORE.search(text[start:end])
        if core:
            yield [((start + core.start(), start + core.end()), strangers(cite.article))]


def recasing(cite: Cite) -> Iterator[list[Edit]]:
    """The first letter of a word made small or capital, whichever it is not."""
    text = demo().files[cite.span.file]
    for number, (start, end) in _turned(cite):
        letter = next((i for i in range(start, end) if text[i].swapcase() != text[i]), None)
        # A leading "the" is dropped before `named` is verified (rule 7): its case says nothing.
        if letter is not None and not (number == 0 and text[start:end].lower() == "the"):
            yield [((letter, letter + 1), text[letter].swapcase())]


def exchanging(cite: Cite) -> Iterator[list[Edit]]:
    """Two neighbouring words exchanged, each with the marks that stick to it."""
    words = words_at(cite)
    text = demo().files[cite.span.file]
    for number, one in _turned(cite):
        other = words[number + 1] if number + 1 < len(words) else None
        if other and text[slice(*other)] not in ("...", "…", text[slice(*one)]):
            yield [(one, text[slice(*other)]), (other, text[slice(*one)])]


def typed(how: str) -> dict[str, str]:
    """Every file with every citation typed in another way; line ends and what stands around the words are left alone."""
    edits: dict[str, list[Edit]] = {}
    for cite in citations():
        text = demo().files[cite.span.file]
        words = words_at(cite)
        whole = (words[0][0], words[-1][1])
        lines = re.split(r"(\n\s*)", text[slice(*whole)])
        new = "".join(line if line[:1] == "\n" else TYPING[how](line) for line in lines)
        edits.setdefault(cite.span.file, []).append((whole, new))
    return {path: replaced(path, changes) for path, changes in edits.items()}


def word_mutants(cite: Cite, edits: Edits) -> Iterator[Mutant]:
    """The mutants of one citation that are still the same YAML, or Markdown, with that one citation changed."""
    return (m for edit in edits(cite) if (m := word_mutant(cite, edit)))


def word_mutant(cite: Cite, edit: list[Edit]) -> Mutant | None:
    """One mutant; None where more than the citation changed, or the changed words are true too."""
    path = cite.span.file
    text = replaced(path, edit)
    now = _same_but(path, text, cite)
    if now is None or still_true(cite, now):
        return None
    first, last = lines_of(cite)
    return Mutant(path, text, first, last, f"{path}:{first}: “{now}”")


def lines_of(cite: Cite) -> tuple[int, int]:
    """The first and last line on which a citation stands."""
    words = words_at(cite)
    text = demo().files[cite.span.file]
    return min(cite.span.line, line_of(text, words[0][0])), line_of(text, words[-1][1])


def still_true(cite: Cite, words: str) -> bool:
    """Whether changed words happen to stand in the article too (as plain characters, by no rule of the build).

    So it is with `the Government` for `the government`, in an article that has "the Government of …" elsewhere.
    """
    text = " ".join(" ".join(u.text.split()) for u in demo().briefing.articles[cite.article].prose.units)
    return " ".join(words.split()) in text


def _same_but(path: str, text: str, cite: Cite) -> str | None:
    """The words of the citation in the changed file; None where anything but these words changed, or nothing."""
    before = in_file(path, demo().files[path])
    after = in_file(path, text)
    if before is None or after is None or len(before) != len(after):
        return None
    apart = [(old, new) for old, new in zip(before, after, strict=True) if (old.article, old.words) != (new.article, new.words)]
    if len(apart) == 1 and apart[0][0] == cite and apart[0][1].article == cite.article:
        return apart[0][1].words
    return None


def in_file(path: str, text: str) -> tuple[Cite, ...] | None:
    """The citations of a file as it reads now; None where it cannot be read without a finding."""
    data = text.encode()
    memory = demo().memory
    result = memory.get(path, data, demo().articles) or load_file(path, data, demo().articles)
    memory.put(path, data, demo().articles, result)
    loaded, found = result
    return None if found else tuple(dict.fromkeys(cites_of(loaded)))
