"""Rule 4: page furniture proves nothing.

Paragraphs that begin as the article's `furniture:` says belong to the page, not to the text: words there cannot carry
a fact. Comparisons of kind `artefact` and `independence` may quote them, shown as such.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.checks.common import cited
from briefgen.diagnostic import Diagnostic, error
from briefgen.link import Briefing


def check(briefing: Briefing) -> Iterator[Diagnostic]:
    """words-in-furniture."""
    for claim, cite, passage in cited(briefing):
        if briefing.paragraphs[passage.article, passage.unit].role != "furniture":
            continue
        owner = briefing.records.get(claim.owner)
        if claim.field == "says" and owner and owner.text("kind") in ("artefact", "independence"):
            continue
        yield error(
            "words-in-furniture",
            f"These words of “{cite.article}” are page furniture, not text: they cannot carry a fact.",
            cite.span,
        )
