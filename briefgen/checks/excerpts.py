"""How much of a press text is published.

An article shown as excerpts publishes the quoted words and nothing else. Their share of its body above `excerpt_limit`
(site.yaml, default 40 %) is a warning with the figure; an unbroken run of published words longer than `excerpt_run`
(default 25) is an error.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.diagnostic import Diagnostic, Note, error, warning
from briefgen.link import Briefing
from briefgen.model import Article, Published
from briefgen.source import whole_file


def check(briefing: Briefing) -> Iterator[Diagnostic]:
    """excerpt-limit, excerpt-run."""
    limit = int(briefing.site.text("excerpt_limit", "40"))
    longest = int(briefing.site.text("excerpt_run", "25"))
    for article in briefing.texts:
        shown = briefing.published.get(article.id)
        if shown and article.show != "full":
            yield from _share(article, shown, limit)
            yield from _run(article, shown, longest)


def _share(article: Article, shown: Published, limit: int) -> Iterator[Diagnostic]:
    if shown.shown * 100 > limit * shown.words:
        share = 100 * shown.shown / shown.words
        message = f"{share:.1f} % of “{article.id}” is published ({shown.shown} of {shown.words} words); the limit is {limit} %."
        yield warning(
            "excerpt-limit", message, article.record.span, Note("shorten citations of it, or cite a free source that says the same")
        )


def _run(article: Article, shown: Published, longest: int) -> Iterator[Diagnostic]:
    if shown.longest > longest:
        unit, start = shown.longest_at
        text = article.prose.units[unit]
        message = f"{shown.longest} words of “{article.id}” are published in one run; at most {longest} may be."
        at = whole_file(article.record.span.file)._replace(line=text.line, end_line=text.line)
        yield error("excerpt-run", message, at, Note(f"the run begins: “{text.text[start : start + 80]} …”"))
