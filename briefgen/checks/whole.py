"""How much goes into the one document that holds the whole briefing (print.html).

Nothing is wrong with a large briefing: this is information only. Chapters are left out whole, so that what is there is complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefgen.diagnostic import Diagnostic, info
from briefgen.link import Briefing
from briefgen.source import whole_file

# Records, articles and pages of the editors in one document. Measured: 811 of them take 3.1 MB, 410 sheets, and 1 second of a
# build; a browser makes a PDF of that in a minute, and nobody prints more.
LIMIT = 1_000


def check(briefing: Briefing) -> Iterator[Diagnostic]:
    """whole-too-long."""
    records = (*briefing.records.values(), *(a.record for a in briefing.articles.values()))
    total = sum(1 for r in records if not r.draft) + sum(1 for p in briefing.pages if not p.draft)
    if total > LIMIT:
        message = (
            f"The briefing has {total:,} records, articles and pages: print.html holds at most {LIMIT:,}, leaves out whole "
            "chapters, and says which."
        )
        yield info("whole-too-long", message, whole_file("content/site.yaml"))


def fitting(sizes: Iterable[int], limit: int = LIMIT) -> tuple[bool, ...]:
    """Which chapters go in, by their sizes in records: each that still fits behind those before it."""
    kept: list[bool] = []
    total = 0
    for size in sizes:
        kept.append(total + size <= limit)
        total += size if kept[-1] else 0
    return tuple(kept)
