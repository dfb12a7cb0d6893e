"""`briefgen quote`: where words stand, and the YAML that cites them.

Nothing is matched here by other rules than the build's own (link/quotations.py): what is printed as standing in an
article is found there by the build. What is only near is shown with its likeness and never passed off as found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from briefgen.link.near import nearest
from briefgen.link.quotations import Place, Sheet, cited_places, cut, sheet, skip_fault
from briefgen.load.slips import block
from briefgen.model import Article
from briefgen.text import find_whole, is_word_char, sentence_at, sentences, word_count

_SHOWN = 5  # places of one article, and nearest passages in all
_CAPITALS = 99.0  # per cent alike, where only capitals differ
_UNAMBIGUOUS = 4  # words that may stand more than once (rule 3)


class Found(NamedTuple):
    """One place: `words` are to be cited, in the source's own characters, `sentence` is where they stand.

    `line` is the line of the article's file where the paragraph begins, `times` how often `words` count as standing in
    the article, `likeness` 100 where they were found as they were asked for.
    """

    article: str
    line: int
    role: Literal["body", "headline", "furniture"]
    words: str
    sentence: str
    times: int
    likeness: float = 100.0


class Answer(NamedTuple):
    """What was found exactly; else what is nearest, best first.

    `more` places were left out; `fault` says why the words can never be found.
    """

    exact: tuple[Found, ...] = ()
    near: tuple[Found, ...] = ()
    more: int = 0
    fault: str = ""


def quote(articles: Mapping[str, Article], words: str) -> Answer:
    """Look for words (with `...` for what is skipped) in articles."""
    fault = "" if any(cut(words)) else "Give some words of an article."
    fault = fault or skip_fault(words)
    if fault:
        return Answer(fault=fault)
    sheets = [sheet(article) for article in articles.values()]
    exact = [place for s in sheets for place in _exact(s, words)]
    if exact:
        shown = [f for s in sheets for f in [f for f in exact if f.article == s.article][:_SHOWN]]
        return Answer(tuple(shown), more=len(exact) - len(shown))
    near = sorted((found for s in sheets for found in _near(s, words)), key=lambda f: (-f.likeness, f.role != "body"))
    return Answer(near=tuple(near[:_SHOWN]))


def _exact(text: Sheet, words: str) -> tuple[Found, ...]:
    """Each place with words of its own; where no words tell two places apart, the one that the build takes."""
    found = (_found(text, place) for place in _told_apart(text, words))
    return tuple({f.words: f for f in reversed(tuple(found))}.values())[::-1]


def _told_apart(text: Sheet, words: str) -> tuple[Place, ...]:
    """The places that the build would take: those of the body, else of the headline, else of the furniture."""
    return cited_places(text, words)


def _near(text: Sheet, words: str) -> Iterator[Found]:
    """The places where only capitals differ; else the nearest passage, if it is near enough to be worth a look."""
    alike = tuple(_capitals_aside(text, " ".join(cut(words)).lower()))
    if alike:
        yield from (_found(text, place)._replace(likeness=_CAPITALS) for place in alike)
    elif near := nearest(text, words, at_least=60.0):
        view = text.folds[near.unit]
        place = Place(near.unit, ((view.folded(near.start), view.folded(near.end)),))
        yield _found(text, place)._replace(likeness=min(near.likeness, _CAPITALS - 1))


def _capitals_aside(text: Sheet, words: str) -> Iterator[Place]:
    for n, view in enumerate(text.folds):
        small = view.text.lower()
        if len(small) == len(view.text):  # else the offsets would shift, as with the Turkish capital I with a dot
            yield from (Place(n, ((at, at + len(words)),)) for at in find_whole(small, words))


def _found(text: Sheet, place: Place) -> Found:
    """A place with words that mean it and no other, as far as its sentence has such words."""
    wide = _widened(text, place)
    unit, view = text.units[place.unit], text.folds[place.unit]
    parts = [view.source(start, end) for start, end in wide.parts]
    words = " ... ".join(" ".join(unit.text[start:end].split()) for start, end in parts)
    first, last = sentence_at(unit.text, parts[0][0], parts[-1][1])
    sentence = " ".join(unit.text[first:last].split())
    return Found(text.article, unit.line, unit.role, words, sentence, len(_told_apart(text, words)))


def _widened(text: Sheet, place: Place) -> Place:
    """The fewest whole words around a place, within its sentence, that stand nowhere else in the article.

    Where even the whole sentence stands twice: enough words that rule 3 does not ask for more.
    """
    if len(place.parts) > 1:
        return place
    enough = None
    for wide in _windows(text, place):
        words = text.folds[place.unit].text[wide.start : wide.end]
        held = _told_apart(text, words)
        # The build takes the first place of long words; for any other place only words that stand once will do.
        if held[:1] == (wide,) and (len(held) == 1 or word_count(words) >= _UNAMBIGUOUS):
            return wide
        if enough is None and word_count(words) >= _UNAMBIGUOUS:
            enough = wide
    return enough or place


def _windows(text: Sheet, place: Place) -> Iterator[Place]:
    """The place itself, then with one more word around it, with two, …; words behind it come first."""
    view = text.folds[place.unit].text
    first, last = next((s for s in sentences(view) if s[0] <= place.start < s[1]), (0, len(view)))
    starts = [place.start, *reversed(_word_starts(view, first, place.start))]
    ends = [place.end, *_word_ends(view, place.end, last)]
    for extra in range(len(starts) + len(ends) - 1):
        for before in range(extra + 1):
            if before < len(starts) and extra - before < len(ends):
                start, end = starts[before], ends[extra - before]
                if not extra or _balanced(view[start:end]):
                    yield Place(place.unit, ((start, end),))


def _balanced(words: str) -> bool:
    return all(words.count(left) == words.count(right) for left, right in ("()", "[]"))


def _word_starts(text: str, start: int, end: int) -> list[int]:
    return [
        i for i in range(start, end) if is_word_char(text[i]) and (i == start or text[i - 1].isspace() or _opens(text, start, i))
    ]


def _opens(text: str, start: int, at: int) -> bool:
    """Whether only opening marks stand between white space and a word, as in `("Wagner`."""
    while at > start and not text[at - 1].isspace():
        at -= 1
        if is_word_char(text[at]):
            return False
    return True


def _word_ends(text: str, start: int, end: int) -> list[int]:
    """Ends of words behind a place; marks that close a word (`.`, `"`) are left out."""
    ends = []
    for i in range(start + 1, end + 1):
        if i == end or text[i].isspace():
            stop = i
            while stop > start and not is_word_char(text[stop - 1]):
                stop -= 1
            if stop > start:
                ends.append(stop)
    return ends


# ---------------------------------------------------------------- shown


def show(answer: Answer, indent: int = 0) -> str:
    """An answer for the terminal; the YAML stands `indent` columns from the margin, ready to paste."""
    if answer.fault:
        return f"{answer.fault}\n"
    blocks = [_shown(found, indent) for found in answer.exact or answer.near]
    if not blocks:
        return "These words stand in no article, nor anything like them.\n"
    head = [] if answer.exact else ["These words stand in no article as they are. The nearest passages:\n"]
    tail = [f"{answer.more} more places. Give more words, or one article with --article.\n"] if answer.more else []
    return "\n".join([*head, *blocks, *tail])


def _shown(found: Found, indent: int) -> str:
    where = f"{found.article}, line {found.line}, {_ROLES[found.role]}"
    alike = (
        ""
        if found.likeness == 100
        else ", only capitals differ"
        if found.likeness == _CAPITALS
        else f", {found.likeness:.0f} % alike"
    )
    times = f", stands {found.times} times, the first place counts" if found.times > 1 else ""
    yaml = block(indent, f"{found.article}:", found.words)
    return f"# {where}{alike}{times}\n#   {found.sentence}\n{yaml}\n"


_ROLES = {
    "body": "in the text",
    "headline": "in the headline",
    "furniture": "in page furniture: never a source, only for comparisons of kind artefact or independence",
}
