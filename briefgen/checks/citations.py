"""Rule 9: every fact carries a citation.

A value of a field of class fact without words of an article is an error; `citations: warn` in site.yaml makes it a
warning while a briefing is being written.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.diagnostic import Diagnostic, Words, error, warning
from briefgen.link import Briefing

_WORDS = "words of that article"


def check(briefing: Briefing) -> Iterator[Diagnostic]:
    """missing-citation."""
    finding = warning if briefing.site.text("citations") == "warn" else error
    for claim in briefing.claims:
        if not claim.cites:
            message = f"No words of an article stand under “{claim.value}” ({claim.field})."
            # A relation or a party has its words below it, a value becomes a key that has them.
            below = claim.relation or claim.field in ("positions", "delegations")
            fix = None if below else Words(claim.span, _WORDS, (claim.value, "ARTICLE"))
            yield finding("missing-citation", message, claim.span, help=f"cite: {{ARTICLE: {_WORDS}}}" if below else "", fix=fix)
