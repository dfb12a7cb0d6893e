"""An article's text as blocks: the whole of it, or what is published of each paragraph, with the facts beside each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from markupsafe import Markup

from briefgen.model import Article, Html, Passage, Run
from briefgen.pages import html
from briefgen.pages.around import paragraph_id
from briefgen.pages.html import EMPTY
from briefgen.pages.marking import Numbered, Window, mark_up
from briefgen.pages.resting import facts_on
from briefgen.pages.sheet import Sheet
from briefgen.pages.views import Block, PassageFacts

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)")
_ID = re.compile(r'id="([^"]*)"')
_WORD = re.compile(r"\w")
_VOID = frozenset(("br", "hr", "img"))
_GAP = Markup('<span class="gap"> … </span>')

Groups = dict[int, tuple[Numbered, ...]]


def numbered(sheet: Sheet, article: Article) -> Groups:
    """The cited passages of an article by paragraph, numbered in the order of the text."""
    groups: Groups = {}
    number = 0
    for unit in range(len(article.prose.units)):
        found = sheet.site.cited.get((article.id, unit), ())
        groups[unit] = tuple(Numbered(sheet.number(p, number + n), p) for n, p in enumerate(found, 1))
        number += len(found)
    return groups


def blocks_of(sheet: Sheet, article: Article) -> tuple[Block, ...]:
    """The blocks of an article, by how much of it may be shown."""
    groups = numbered(sheet, article)
    match article.show:
        case "full":
            return tuple(_full(sheet, article, groups))
        case "excerpts":
            return tuple(_excerpts(sheet, article, groups))
        case "link":
            found = [n for held in groups.values() for n in held]
            return (Block("", "body", EMPTY, _facts(sheet, found, linked=False)),) if found else ()


def _full(sheet: Sheet, article: Article, groups: Groups) -> Iterator[Block]:
    marked = {unit: iter(_marked(sheet, article, unit, runs, groups[unit])) for unit, runs in _runs(article).items()}
    seen: set[int] = set()
    out: list[str] = []
    units: list[int] = []
    depth = 0
    for piece in article.prose.pieces:
        if isinstance(piece, Html):
            out.append(piece.markup)
            depth += _nesting(piece.markup)
        elif isinstance(piece, Run):
            if piece.unit not in seen:
                seen.add(piece.unit)
                if units:  # a list or table: its first paragraph is named by the block itself
                    out.append(f'<span class="anchor" id="{paragraph_id(piece.unit)}"></span>')
                units.append(piece.unit)
            out.append(next(marked[piece.unit]))
        if units and depth == 0:
            yield _block(sheet, article, units, html.safe("".join(out)), groups)
            out, units = [], []


def _runs(article: Article) -> dict[int, list[Run]]:
    """The runs of each paragraph."""
    runs: dict[int, list[Run]] = {}
    for piece in article.prose.pieces:
        if isinstance(piece, Run):
            runs.setdefault(piece.unit, []).append(piece)
    return runs


def _marked(sheet: Sheet, article: Article, unit: int, runs: list[Run], passages: tuple[Numbered, ...]) -> tuple[Markup, ...]:
    """The runs of one paragraph, marked."""
    windows = [Window(r.start, r.start + len(r.text), r.linkable) for r in runs]
    text = article.prose.units[unit].text
    spots = html.once(sheet.spots_in(article.id, unit, ((0, len(text)),)))
    return mark_up(sheet.site.say, text, passages, spots, windows)


@lru_cache(maxsize=1024)  # a few pieces stand around nearly every paragraph
def _nesting(markup: str) -> int:
    """By how much a piece of our own markup opens (positive) or closes elements."""
    return sum(-1 if close else 1 for close, name in _TAG.findall(markup) if name not in _VOID)


def _excerpts(sheet: Sheet, article: Article, groups: Groups) -> Iterator[Block]:
    published = sheet.site.briefing.published.get(article.id)
    for unit, stretches in sorted(published.stretches.items()) if published else ():
        text = article.prose.units[unit].text
        spots = html.once(sheet.spots_in(article.id, unit, stretches))
        shown = mark_up(sheet.site.say, text, groups[unit], spots, (Window(a, b) for a, b in stretches))
        before, after = (_GAP if _WORD.search(left) else EMPTY for left in (text[: stretches[0][0]], text[stretches[-1][1] :]))
        yield _block(sheet, article, [unit], html.safe(f"<p>{before}{_GAP.join(shown)}{after}</p>"), groups)


def _block(sheet: Sheet, article: Article, units: list[int], markup: Markup, groups: Groups) -> Block:
    roles = {article.prose.units[u].role for u in units}
    passages = [n for u in units for n in groups[u]]
    return Block(paragraph_id(units[0]), roles.pop() if len(roles) == 1 else "body", markup, _facts(sheet, passages))


def _facts(sheet: Sheet, passages: Iterable[Numbered], linked: bool = True) -> tuple[PassageFacts, ...]:
    return tuple(
        PassageFacts(
            n.number, html.safe(f"facts-{n.number}"), f"#{n.passage.anchor}" if linked else "#", facts_on(sheet, n.passage)
        )
        for n in passages
    )


def anchors_missing(article: Article, passages: Iterable[Passage], blocks: Iterable[Block]) -> tuple[str, ...]:
    """Anchors of passages that no block holds: they get a place at the top, so that every link leads somewhere."""
    if article.show == "link":  # nothing links to passages there
        return ()
    shown = {anchor for b in blocks for anchor in _ID.findall(b.html)}
    return tuple(dict.fromkeys(p.anchor for p in passages if p.anchor not in shown))
