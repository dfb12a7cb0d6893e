"""Rule 8, posts and leaders: the words are about this person, this organisation.

Words under `rank`, `roles` and `org` of a record contain its name or stand beside it. Words under `leader` contain the
organisation's name, or follow it as the nearest name before them. Both are warnings that a `notes:` on the field answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.checks.common import answered, cited, is_misplaced, name_of, says, unit_text
from briefgen.diagnostic import Diagnostic, Note, warning
from briefgen.link import Briefing, strings
from briefgen.model import Cite, Passage
from briefgen.text import find_whole, fold

_GAP = re.compile(r"(?:\b(?:the|a|an)\b|[\W_])*", re.IGNORECASE)


def check(briefing: Briefing) -> Iterator[Diagnostic]:
    """post-of-another, leader-of-another."""
    for claim, cite, passage in cited(briefing):
        owner = briefing.records.get(claim.owner)
        if owner is None or claim.person or is_misplaced(owner, claim.field):
            continue
        names = strings(owner, cite.article)
        words = " ".join(briefing.words_of(passage))
        if claim.field in ("rank", "roles", "org") and not says(words, names) and not _beside(briefing, passage, names):
            message = f"These words neither contain the name {owner.name} nor stand beside it in “{cite.article}”."
            yield answered(claim, warning("post-of-another", message, cite.span, _around(briefing, passage)))
        elif claim.field == "leader" and not says(words, names):
            yield from (answered(claim, d) for d in _nearest_before(briefing, owner.id, cite, passage))


def _beside(briefing: Briefing, passage: Passage, names: tuple[str, ...]) -> bool:
    text = unit_text(briefing, passage)
    view = fold(text)
    start, end = view.folded(passage.start), view.folded(passage.end)
    for name in names:
        for at in find_whole(view.text, name):
            gap = view.text[end:at] if at >= end else view.text[at + len(name) : start]
            if (at >= end or at + len(name) <= start) and _GAP.fullmatch(gap):
                return True
    return False


def _around(briefing: Briefing, passage: Passage) -> Note:
    text = unit_text(briefing, passage)
    return Note(f"around them: … {text[max(0, passage.start - 60) : passage.end + 60].strip()} …")


def _nearest_before(briefing: Briefing, owner: str, cite: Cite, passage: Passage) -> Iterator[Diagnostic]:
    before = [h for h in briefing.names.find(unit_text(briefing, passage), cite.article) if h.end <= passage.start]
    if not before or before[-1].record != owner:
        who = f"the nearest name before them is {name_of(briefing, before[-1].record)}" if before else "no name stands before them"
        message = f"These words do not contain the name {name_of(briefing, owner)} and do not follow it."
        yield warning("leader-of-another", message, cite.span, Note(who))
