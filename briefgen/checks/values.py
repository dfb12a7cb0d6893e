"""Rule 8, values: does the value follow from the words?

A rank stands in its words; any other text value that does not is shown to readers as "editors' wording". The words
under `format` may not name another format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.checks.common import cited, says
from briefgen.diagnostic import Diagnostic, Fix, error, info
from briefgen.link import Briefing
from briefgen.model import Cite, Claim
from briefgen.text import folded

_FORMATS = {
    "virtual": re.compile(
        r"\b(virtual(ly)?|online|by video|video ?-?conferenc\w+|video ?-?link|remote(ly)?|teleconferenc\w+)\b", re.I
    ),
    "in-person": re.compile(r"\b(in[ -]person|face[ -]to[ -]face|physical(ly)?|on[ -]site)\b", re.I),
    "hybrid": re.compile(r"\bhybrid\b", re.I),
}
_TEXTS = ("roles", "outcome", "post")


def check(briefing: Briefing) -> Iterator[Diagnostic]:
    """rank-not-in-words, other-format, editors-wording."""
    for claim, cite, _ in cited(briefing):
        if claim.field == "rank" and not says(cite.words, (folded(claim.value),)):
            message = f"The rank “{claim.value}” does not stand in these words."
            yield error("rank-not-in-words", message, cite.span)
        elif claim.field == "format":
            yield from _format(claim, cite)
        elif claim.field in _TEXTS and not stands_in(claim.value, cite.words):
            yield info(
                "editors-wording", f"“{claim.value}” is not in the words of “{cite.article}”: shown as editors' wording.", cite.span
            )


def stands_in(value: str, words: str) -> bool:
    """Whether a text value stands in its words, capitals aside."""
    return says(words.casefold(), (folded(value).casefold(),))


def _format(claim: Claim, cite: Cite) -> Iterator[Diagnostic]:
    for name, pattern in _FORMATS.items():
        # A hybrid meeting is both at once, so its words may name both.
        if name != claim.value and claim.value != "hybrid" and (found := pattern.search(cite.words)):
            message = f"The format is {claim.value}, but the words say “{found.group()}”."
            yield error("other-format", message, cite.span, fix=Fix(claim.span, name))
            return
