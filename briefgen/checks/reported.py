"""Reported, not enforced: coverage, records that nothing mentions, facts with one origin.

All of these are information: they show an editor what is left to do, and stop nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.diagnostic import Diagnostic, Note, info
from briefgen.link import Briefing
from briefgen.link.published import quoted
from briefgen.model import Article, Passage, Ref


def check(briefing: Briefing) -> Iterator[Diagnostic]:
    """coverage, not-mentioned, one-origin."""
    held: dict[str, list[Passage]] = {}
    for cite, passage in briefing.passages.items():
        held.setdefault(cite.article, []).append(passage)
    for article in briefing.articles.values():
        yield _coverage(article, held.get(article.id, []))
    yield from _unmentioned(briefing)
    yield from _origins(briefing)


def _coverage(article: Article, passages: list[Passage]) -> Diagnostic:
    held = quoted(article, passages)
    bare = ((n, u) for n, u in enumerate(article.prose.units) if u.role == "body" and n not in held.stretches)
    left = (Note(f"paragraph {n + 1} is not used: “{unit.text[:60]} …”") for n, unit in bare)
    share = 100 * held.shown / held.words if held.words else 0
    message = f"Facts quote {share:.0f} % of “{article.id}” ({held.shown} of {held.words} words)."
    return info("coverage", message, article.record.span, *left)


def _unmentioned(briefing: Briefing) -> Iterator[Diagnostic]:
    known = {m.record for m in briefing.mentions}
    known |= {x for c in briefing.claims for x in (c.value, c.person, c.party, *(a.text for a in c.about))}
    known |= {x for r in briefing.relations for x in (r.subject, r.object, r.by.text if r.by else "")}
    known |= {v.text for r in briefing.records.values() for f in ("part_of", "about") for v in r.all(f)}
    known |= {a.record.text("based_on") for a in briefing.articles.values()}
    prose = [p.prose for p in briefing.pages] + list(briefing.note_prose.values())
    known |= {piece.id for text in prose for piece in text.pieces if isinstance(piece, Ref)}
    for record in briefing.records.values():
        if record.id not in known and record.kind in ("actor", "place", "topic"):
            yield info("not-mentioned", f"Nothing mentions “{record.id}”.", record.span)


def _origins(briefing: Briefing) -> Iterator[Diagnostic]:
    for claim in briefing.claims:
        articles = {c.article for c in claim.cites if c.article in briefing.articles}
        origins = {briefing.articles[a].origin for a in articles}
        if len(articles) > 1 and len(origins) == 1:
            message = f"{len(articles)} articles say so, but they rest on 1 origin ({origins.pop()})."
            yield info("one-origin", message, claim.span)
