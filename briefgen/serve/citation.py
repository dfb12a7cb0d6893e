"""What an editor who reads an article wants of it: the lines that cite some of its words, and what nothing cites yet.

Words are found by `briefgen.quote`, coverage by the checks: nothing is looked for here by other rules.
"""

from __future__ import annotations

from typing import TypedDict

from briefgen.link.briefing import Briefing
from briefgen.quote import Answer, quote, show
from briefgen.serve.state import State
from briefgen.urls import record_url


class Citation(TypedDict):
    """The YAML to paste, or the sentence that says why there is none."""

    yaml: str
    fault: str


class Coverage(TypedDict):
    """How much of an article facts quote, in one sentence, and the paragraphs that none quotes."""

    says: str
    left: list[str]


def citation(briefing: Briefing | None, page: str, words: str) -> Citation:
    """The lines that cite `words` of the article whose page this is."""
    article = _article_of(briefing, page)
    if briefing is None or not article:
        return Citation(yaml="", fault="This page is not an article's.")
    answer = quote({article: briefing.articles[article]}, words)
    if not answer.exact:
        return Citation(yaml="", fault=answer.fault or "These words do not stand in the article in one piece.")
    lines = show(Answer(exact=answer.exact[:1])).splitlines()
    return Citation(yaml="".join(f"{line}\n" for line in lines if line and not line.startswith("#")), fault="")


def coverage(state: State, page: str) -> Coverage | None:
    """The coverage of the article whose page this is, as of the last build; None for all other pages."""
    article = _article_of(state.briefing, page)
    file = f"content/articles/{article}.md"
    found = next((d for d in state.findings if d.code == "coverage" and d.span.file == file), None)
    return Coverage(says=found.message, left=[note.text for note in found.notes]) if found else None


def _article_of(briefing: Briefing | None, page: str) -> str:
    article = page.rpartition("/")[2].removesuffix(".html")
    known = briefing is not None and article in briefing.articles and page == record_url("article", article)
    return article if known else ""
