"""Rules 1 and 2: the words stand in the article, character for character.

Quote marks, dashes, no-break spaces and runs of white space are taken as one; everything else counts, capitals too.
Words begin and end at word edges and never cross a paragraph. `...` skips words within one sentence.
Nothing similar is ever accepted: a miss shows the nearest passage and how near it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from briefgen.checks.common import cited, unit_text
from briefgen.diagnostic import Diagnostic, Fix, Note, Words, error, warning
from briefgen.link import Briefing
from briefgen.link.quotations import Sheet, cut, places, skip_fault
from briefgen.model import Cite, Claim

_ALIKE = 70.0  # per cent
_THOROUGH = 50  # misses of one record that are looked for everywhere; who has more has one cause


def check(briefing: Briefing) -> Iterator[Diagnostic]:
    """words-not-found, short-skip, cut-at-hash."""
    missed = [
        (claim, c)
        for claim in briefing.claims
        for c in claim.cites
        if c not in briefing.passages and c.article in briefing.articles
    ]
    named = Counter(c.named for claim in briefing.claims for c in claim.cites) if missed else Counter()
    faulty = {c: f for claim in briefing.claims for c in claim.cites if (f := skip_fault(c.words))}
    for cite, fault in faulty.items():
        yield error("short-skip", fault, cite.span)
    for n, (claim, cite) in enumerate(one for one in missed if one[1] not in faulty):
        yield _miss(claim, cite, briefing.sheets, thorough=n < _THOROUGH, alone=named[cite.named] == 1)
    for claim, cite, passage in cited(briefing):
        rest = unit_text(briefing, passage)[passage.end :]
        if claim.field != "prose" and rest[:1].isspace() and rest.lstrip().startswith("#"):
            yield _cut(cite, rest.split(None, 1)[0])


def _cut(cite: Cite, following: str) -> Diagnostic:
    """YAML took the rest of the line for a comment, or so it seems: in the article the words go on with that very sign."""
    message = f"In “{cite.article}” a # follows these words, and in YAML it begins a comment. Were more words meant?"
    return warning("cut-at-hash", message, cite.span, fix=Words(cite.span, f"{cite.words} {following} …"))


def _miss(claim: Claim, cite: Cite, sheets: Mapping[str, Sheet], thorough: bool, alone: bool) -> Diagnostic:
    here = sheets[cite.article]
    message = f"These words do not stand in “{cite.article}”."
    others = sheets.items() if thorough else ()
    elsewhere = next((i for i, s in others if i != cite.article and places(s, cite.words)), "")
    if elsewhere:
        note = Note(f"they stand in “{elsewhere}”, word for word")
        return error("words-not-found", message, cite.span, note, fix=_moved(claim, cite, elsewhere, alone))
    if torn := _torn(here, cite.words):
        return error("words-not-found", message, cite.span, Note(torn))
    from briefgen.link.near import nearest  # with the library that tells how alike words are: 4 ms, for those who need it

    parts = cut(cite.words)
    wrong = [part for part in parts if not places(here, part)]
    words = wrong[0] if len(parts) > len(wrong) == 1 else cite.words
    near = nearest(here, words, everywhere=thorough)
    if near is None:
        return error("words-not-found", message, cite.span, Note("nothing in that article is like them"))
    how = "only capitals differ" if near.text.casefold() == words.casefold() else f"{near.likeness:.0f} % alike"
    note = Note(f"nearest there ({how}), line {here.units[near.unit].line}: “{near.text}”")
    # What is not much alike is worth a look, not a line to paste.
    mended = _mended(here, parts, words, near.text) if near.likeness >= _ALIKE else ""
    better = _in_place(cite, cite.article, mended) if mended else None
    return error("words-not-found", message, cite.span, note, fix=better)


def _mended(here: Sheet, parts: Sequence[str], wrong: str, near: str) -> str:
    """The words with what stands in the article; "" where they have skips and would not stand there all the same."""
    if len(parts) == 1:
        return near
    words = " ... ".join(near if part == wrong else part for part in parts)
    return words if places(here, words) else ""


def _in_place(cite: Cite, article: str, words: str) -> Fix | Words:
    """Other words, or another article in prose; the span of a citation in a note is the note."""
    if cite.named == cite.span:
        return Fix(cite.span, f"[@{article}: {words}]", f"[@{cite.article}: {cite.words}]")
    return Words(cite.span, words)


def _moved(claim: Claim, cite: Cite, article: str, alone: bool) -> Fix | Words | None:
    """The same words behind another article; `alone`: no other words stand behind the one that is named."""
    if cite.named == cite.span:
        return _in_place(cite, article, cite.words)
    if _behind(cite):
        return Fix(cite.named, article) if alone else None
    # Words that are their own evidence are the value, too, but where a roster or `named:` takes words alone.
    own = claim.span == cite.span and claim.field in ("rank", "roles", "outcome")
    return Words(cite.span, cite.words, (claim.value, article) if own else (article,))


def _behind(cite: Cite) -> bool:
    """Whether the words stand behind their article, and do not take it from `from:`."""
    named, words = cite.named, cite.span
    return named.line == words.line or (named.line + 1 == words.line and named.col < words.col)


def _torn(here: Sheet, words: str) -> str:
    """Whether each part stands in the article, but not together in one sentence or paragraph."""
    parts = cut(words)
    if len(parts) > 1 and all(places(here, p) for p in parts):
        return "each part stands in the article, but not in this order within one sentence: cite them as two"
    if len(parts) == 1 and here.text.runs_on(parts[0]):
        return "the words cross the end of a paragraph: cite each paragraph by itself"
    return ""
