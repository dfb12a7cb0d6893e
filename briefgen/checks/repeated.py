"""Rule 3: short words say where they stand.

Words under four words long that stand more than once in an article could mean any of those places: a warning shows
each of them. Longer words take the first place, and the reader sees "stands twice". What an article calls somebody
(`named`) and roster lines, which stand beside a name, may be short. A `notes:` on the field answers the warning.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.checks.common import answered, cited
from briefgen.diagnostic import Diagnostic, Note, warning
from briefgen.link import Briefing
from briefgen.link.quotations import Place, Sheet, cited_places, cut
from briefgen.model import Cite
from briefgen.text import word_count


def check(briefing: Briefing) -> Iterator[Diagnostic]:
    """words-repeated."""
    for claim, cite, passage in cited(briefing):
        short = sum(map(word_count, cut(cite.words))) < 4
        if short and passage.times > 1 and claim.field != "named" and not claim.person:
            message = f"These words stand {passage.times} times in “{cite.article}”. Take more words, so that one place is meant."
            yield answered(claim, warning("words-repeated", message, cite.span, *_each(briefing, cite)))


_MOST = 20  # places shown; who has more sees well enough that the words are too few


def _each(briefing: Briefing, cite: Cite) -> Iterator[Note]:
    text = briefing.sheets[cite.article]
    found = cited_places(text, cite.words)
    yield from (_around(text, place) for place in found[:_MOST])
    if len(found) > _MOST:
        yield Note(f"and {len(found) - _MOST} times more")


def _around(text: Sheet, place: Place) -> Note:
    view = text.folds[place.unit].text
    around = view[max(0, place.start - 40) : place.end + 40]
    return Note(f"paragraph {place.unit + 1}: … {around.strip()} …")
