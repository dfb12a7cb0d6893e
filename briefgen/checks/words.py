"""Rules 1 and 2: the words stand in the article, character for character.

Quote marks, dashes, no-break spaces and runs of white space are taken as one; everything else counts, capitals too.
Words begin and end at word edges and never cross a paragraph. `...` skips words within one sentence.
Nothing similar is ever accepted: a miss shows the nearest passage and how near it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefgen.checks.common import cited, unit_text
from briefgen.diagnostic import Diagnostic, Note, error, warning
from briefgen.link import Briefing
from briefgen.link.quotations import Sheet, cut, places, skip_fault
from briefgen.load.slips import block
from briefgen.model import Cite

_ALIKE = 70.0  # per cent
_THOROUGH = 50  # misses of one record that are looked for everywhere; who has more has one cause


def check(briefing: Briefing) -> Iterator[Diagnostic]:
    """words-not-found, short-skip, cut-at-hash."""
    missed = [c for claim in briefing.claims for c in claim.cites if c not in briefing.passages and c.article in briefing.articles]
    faulty = {c: f for claim in briefing.claims for c in claim.cites if (f := skip_fault(c.words))}
    for cite, fault in faulty.items():
        yield error("short-skip", fault, cite.span)
    for n, cite in enumerate(cite for cite in missed if cite not in faulty):
        yield _miss(cite, briefing.sheets, thorough=n < _THOROUGH)
    for claim, cite, passage in cited(briefing):
        rest = unit_text(briefing, passage)[passage.end :]
        if claim.field != "prose" and rest[:1].isspace() and rest.lstrip().startswith("#"):
            yield _cut(cite, rest.split(None, 1)[0])


def _cut(cite: Cite, following: str) -> Diagnostic:
    """YAML took the rest of the line for a comment, or so it seems: in the article the words go on with that very sign."""
    message = f"In “{cite.article}” a # follows these words, and in YAML it begins a comment. Were more words meant?"
    return warning("cut-at-hash", message, cite.span, help=block(0, f"{cite.article}:", f"{cite.words} {following} …"))


def _miss(cite: Cite, sheets: Mapping[str, Sheet], thorough: bool) -> Diagnostic:
    here = sheets[cite.article]
    message = f"These words do not stand in “{cite.article}”."
    others = sheets.items() if thorough else ()
    elsewhere = next((i for i, s in others if i != cite.article and places(s, cite.words)), "")
    if elsewhere:
        note = Note(f"they stand in “{elsewhere}”, word for word")
        return error("words-not-found", message, cite.span, note, help=_corrected(cite, elsewhere, cite.words))
    if torn := _torn(here, cite.words):
        return error("words-not-found", message, cite.span, Note(torn))
    from briefgen.link.near import nearest  # with the library that tells how alike words are: 4 ms, for those who need it

    near = nearest(here, cite.words, everywhere=thorough)
    if near is None:
        return error("words-not-found", message, cite.span, Note("nothing in that article is like them"))
    how = "only capitals differ" if near.text.casefold() == cite.words.casefold() else f"{near.likeness:.0f} % alike"
    note = Note(f"nearest there ({how}), line {here.units[near.unit].line}: “{near.text}”")
    # What is not much alike is worth a look, not a line to paste.
    better = _corrected(cite, cite.article, near.text) if near.likeness >= _ALIKE else ""
    return error("words-not-found", message, cite.span, note, help=better)


def _corrected(cite: Cite, article: str, words: str) -> str:
    """What to put in the place of the words marked, in the form they have there: in prose, behind an article, or bare."""
    if cite.named == cite.span:
        return f"[@{article}: {words}]"
    behind = cite.named.line == cite.span.line or (cite.named.line + 1 == cite.span.line and cite.named.col < cite.span.col)
    if behind or article != cite.article:
        return block(0, f"{article}:", words)
    return block(0, "words:", words).removeprefix("words: ")


def _torn(here: Sheet, words: str) -> str:
    """Whether each part stands in the article, but not together in one sentence or paragraph."""
    parts = cut(words)
    if len(parts) > 1 and all(places(here, p) for p in parts):
        return "each part stands in the article, but not in this order within one sentence: cite them as two"
    if len(parts) == 1 and here.text.runs_on(parts[0]):
        return "the words cross the end of a paragraph: cite each paragraph by itself"
    return ""
