"""Rule 9: every fact carries a citation.

A value of a field of class fact without words of an article is an error; `citations: warn` in site.yaml makes it a
warning while a briefing is being written.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.diagnostic import Diagnostic, error, warning
from briefgen.link import Briefing
from briefgen.model import Claim


def check(briefing: Briefing) -> Iterator[Diagnostic]:
    """missing-citation."""
    finding = warning if briefing.site.text("citations") == "warn" else error
    for claim in briefing.claims:
        if not claim.cites:
            message = f"No words of an article stand under “{claim.value}” ({claim.field})."
            yield finding("missing-citation", message, claim.span, help=_form(claim))


def _form(claim: Claim) -> str:
    head = f"{claim.field}:\n  " if not claim.relation and claim.field not in ("positions", "delegations") else ""
    return f"{head}{claim.value}:\n{'    ' if head else '  '}ARTICLE: words of that article"
