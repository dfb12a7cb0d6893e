"""What several rules need: the words around a citation, who counts as whom, and the answer of a note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from briefgen.diagnostic import Diagnostic, Note
from briefgen.link import Briefing, is_person
from briefgen.link.parts import Part
from briefgen.load.fields import BY_KIND
from briefgen.model import Cite, Claim, Passage, Record
from briefgen.patched import Patches
from briefgen.source import Span
from briefgen.text import find_whole, folded

ANSWER = "the editors' note answers this"


def cited(briefing: Briefing) -> tuple[tuple[Claim, Cite, Passage], ...]:
    """Every citation that was found, with its claim and passage."""
    return found(briefing, briefing.claims) if briefing.verified is None else briefing.verified


def found(briefing: Briefing, claims: Iterable[Claim]) -> tuple[tuple[Claim, Cite, Passage], ...]:
    """Every citation of these claims that was found."""
    passages = briefing.passages
    return tuple((claim, cite, passage) for claim in claims for cite in claim.cites if (passage := passages.get(cite)))


def answered(claim: Claim, finding: Diagnostic) -> Diagnostic:
    """A warning becomes information where the editors' note answers it; an error stays."""
    if claim.note is None or finding.severity != "warning":
        return finding
    return replace(finding, severity="info", notes=(*finding.notes, Note(ANSWER, claim.note.span)))


def answering(findings: Iterable[Diagnostic]) -> frozenset[Span]:
    """The notes that answered a warning: what they stand on is the editors' reading."""
    return frozenset(note.span for d in findings if d.notes for note in d.notes if note.text == ANSWER and note.span)


def answers(found: Mapping[Part, tuple[Diagnostic, ...]], past: Patches) -> frozenset[Span]:
    """The same for what was found in each part; the very same set as long as it is equal."""
    spans = past.sparse("answering", found, answering)
    return past.same("all", (spans,), lambda: frozenset(span for held in spans.values() for span in held))


def unit_text(briefing: Briefing, passage: Passage) -> str:
    """The paragraph a passage stands in."""
    return briefing.paragraphs[passage.article, passage.unit].text


def sentence_text(briefing: Briefing, passage: Passage) -> str:
    """The sentence (or sentences) a passage stands in."""
    return unit_text(briefing, passage)[passage.sentence[0] : passage.sentence[1]]


def says(text: str, strings: tuple[str, ...]) -> bool:
    """Whether one of the folded strings stands in the text as whole words."""
    view = folded(text)
    return any(next(find_whole(view, s), None) is not None for s in strings)


def ancestors(briefing: Briefing, record: str) -> Iterator[str]:
    """A record and everything it is part of, nearest first."""
    seen: set[str] = set()
    queue = [record]
    while queue:
        here = queue.pop(0)
        if here not in seen:
            seen.add(here)
            yield here
            held = briefing.records.get(here)
            queue += [v.text for v in held.all("part_of")] if held else []


def is_misplaced(record: Record, field: str) -> bool:
    """Whether a field of persons is given to an organisation, or the other way round."""
    row = BY_KIND[record.kind].get(field)
    return row is not None and row.only != "" and (row.only == "person") != is_person(record)


def name_of(briefing: Briefing, record: str) -> str:
    """The name of a record, or its id where there is none."""
    held = briefing.records.get(record)
    return held.name if held else record
