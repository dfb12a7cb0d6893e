"""What markers say, and their markup: made of plain values alone, so that what is the same on every page is made once.

Nothing here reads the site. A card is the same wherever its passage is shown; the number and the address are the page's own.
All that is kept is kept by value, within bounds.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from briefgen.model import Passage
from briefgen.pages import html, wording
from briefgen.pages.html import EMPTY, Spot, plain
from briefgen.pages.views import Says
from briefgen.words import Words

NEAR = 300  # characters of a sentence that a card shows on either side of the words: a roster of 300 names is one sentence


class Byline(NamedTuple):
    """What is the same for all passages of an article, of what `Says` has."""

    lang: str
    dir: str
    outlet: str
    outlet_lang: str
    date: str
    translated_from: str
    origin: str
    original: str


def marker(say: Words, number: int, href: str, says: Says) -> Markup:
    """The marker with its card. CSS alone shows the card on hover and focus; its words stand at the foot of the page too.

    With site.js the card becomes a popover; from the address of the original and the words it makes a link to them there.
    """
    data = f' data-original="{plain(says.original)}"' if says.original else ""
    data += " data-twice" if says.original and says.recurs else ""
    words = f'<q lang="{plain(says.lang)}" dir="{says.dir}">{says.card}</q>' if says.card else ""
    below = _below(say, says.outlet, says.outlet_lang, says.date, says.times, says.translated_from, says.origin, says.furniture)
    return html.safe(
        f'<span class="cite"><a class="mark" href="{plain(href)}" aria-label="{_label(say, number, says.outlet)}">{number}</a>'
        f'<span class="card" aria-hidden="true"{data}>{words}{below}</span></span>'
    )


@lru_cache(maxsize=1 << 13)
def _label(say: Words, number: int, outlet: str) -> str:
    return plain(say("mark", number=number, outlet=outlet))


@lru_cache(maxsize=1 << 13)  # by outlet and day, mostly
def _below(
    say: Words, outlet: str, outlet_lang: str, date: str, times: int, translated_from: str, origin: str, furniture: bool
) -> str:
    """The lines of a card under the words: where they are from, the outlet in the direction of its own letters; what to mind."""
    tongue = f' lang="{plain(outlet_lang)}"' if outlet_lang else ""
    source = f'<b{tongue} dir="auto">{plain(outlet)}</b>{plain(say("comma") + date) if date else ""}'
    said = (
        wording.times(say, times),
        say("source-translated", language=translated_from) if translated_from else "",
        say("source-based-on", origin=origin) if origin else "",
        say("source-furniture") if furniture else "",
    )
    return "".join(f"<span>{line}</span>" for line in (source, *(plain(text) for text in said if text)))


# ---------------------------------------------------------------- the words


@lru_cache(maxsize=1 << 13)  # a passage is shown with its record, with those it names, and in the lists of both
def card(text: str, passage: Passage, show: str) -> Markup:
    """The words of a passage as a card shows them; `text` is that of its paragraph, `show` how much of it may be shown (I9)."""
    match show:
        case "full":
            start, end, before, after = _around(text, passage)
            words = html.linked(text, start, end, (Spot(a, b, "") for a, b in passage.parts))
            return html.safe(f"{before}{words}{after}")
        case "excerpts":
            return html.GAP.join(text[a:b] for a, b in passage.parts)
    return EMPTY


def _around(text: str, passage: Passage) -> tuple[int, int, str, str]:
    """The sentence around the words, its far ends left out where it is very long, and what then stands for them."""
    start, end = min(passage.sentence[0], passage.start), max(passage.sentence[1], passage.end)
    near, far = start, end
    if passage.start - NEAR > start:
        near = text.find(" ", passage.start - NEAR, passage.start) + 1 or passage.start
    if passage.end + NEAR < end:
        far = max(text.rfind(" ", passage.end, passage.end + NEAR), passage.end)
    return near, far, html.GAP if near > start else "", html.GAP if far < end else ""
