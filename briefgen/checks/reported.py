"""Reported, not enforced: coverage, records that nothing mentions, facts with one origin.

All of these are information: they show an editor what is left to do, and stop nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.diagnostic import Diagnostic, Note, info
from briefgen.link import Briefing
from briefgen.link.published import quoted
from briefgen.model import Article, Passage


def check(briefing: Briefing) -> Iterator[Diagnostic]:
    """coverage, not-mentioned, one-origin."""
    for article in briefing.texts:
        yield _coverage(article, briefing.cited.get(article.id, ()))
    yield from _unmentioned(briefing)
    yield from _origins(briefing)


def _coverage(article: Article, passages: tuple[Passage, ...]) -> Diagnostic:
    held = quoted(article, passages)
    bare = ((n, u) for n, u in enumerate(article.prose.units) if u.role == "body" and n not in held.stretches)
    left = (Note(f"paragraph {n + 1} is not used: “{unit.text[:60]} …”") for n, unit in bare)
    share = 100 * held.shown / held.words if held.words else 0
    message = f"Facts quote {share:.0f} % of “{article.id}” ({held.shown} of {held.words} words)."
    return info("coverage", message, article.record.span, *left)


def _unmentioned(briefing: Briefing) -> Iterator[Diagnostic]:
    for record in briefing.subjects:
        if record.kind in ("actor", "place", "topic") and record.id not in briefing.pointed:
            yield info("not-mentioned", f"Nothing mentions “{record.id}”.", record.span)


def _origins(briefing: Briefing) -> Iterator[Diagnostic]:
    for claim in briefing.claims:
        named = {c.article for c in claim.cites}
        if len(named) < 2:
            continue
        articles = {a for a in named if a in briefing.articles}
        origins = {briefing.articles[a].origin for a in articles}
        if len(articles) > 1 and len(origins) == 1:
            message = f"{len(articles)} articles say so, but they rest on 1 origin ({origins.pop()})."
            yield info("one-origin", message, claim.span)
