"""Safe HTML, made here and nowhere else in Python: links in running text, editors' prose, markers with their cards.

Nothing leaves this module unescaped that an editor or a source wrote. Names are never linked inside links, headings or
code (`Run.linkable`), and the letters around a name, a possessive included, stay outside its link.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from briefgen.addresses import safe_address
from briefgen.binding import slot
from briefgen.model import Html, Prose, Quote, Ref, Run

_RIGHT_TO_LEFT = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku-arab", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"))

EMPTY = Markup("")
GAP = Markup("<i> … </i>")  # in a card, where the script has to tell the source's words from ours


def safe(markup: str) -> Markup:
    """What was put together from our own markup and escaped text (Markup.format would do the same, at ten times the cost)."""
    return str.__new__(Markup, markup)  # the one place where a string becomes safe; three times as fast as calling Markup


def plain(text: str) -> str:
    """The text escaped as a string to build with: most has nothing to escape, and making it `Markup` costs five times the look."""
    if "&" in text or "<" in text or ">" in text or '"' in text or "'" in text:
        return str(escape(text))
    return str(text)


class Spot(NamedTuple):
    """A stretch of a text that links to `href`, or stands out in <b> where `href` is empty."""

    start: int
    end: int
    href: str


def safe_url(url: str) -> str:
    """The address, if it is http, https, mailto or relative; else nothing."""
    return url if safe_address(url) else ""


@lru_cache(maxsize=256)
def direction(language: str) -> str:
    """The direction of a language, by its BCP 47 tag: "rtl" or "ltr"."""
    tag = language.lower().replace("_", "-")
    return "rtl" if tag in _RIGHT_TO_LEFT or tag.split("-")[0] in _RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=256)
def foreign(lang: str, own: str) -> bool:
    """Whether a language is another than the page's own; a region alone (en-GB, en) makes none."""
    return lang.lower().split("-")[0] != own.lower().split("-")[0]


def in_language(markup: Markup, lang: str, own: str) -> Markup:
    """Text that says its language and direction, where the language is not the page's own."""
    if not lang or not foreign(lang, own):
        return markup
    return safe(f'<bdi lang="{plain(lang)}" dir="{direction(lang)}">{markup}</bdi>')


def anchor(href: str, text: str, css: str = "") -> Markup:
    """A link, or the text alone where there is nowhere to go."""
    if not href:
        return safe(plain(text))
    kind = f' class="{css}"' if css else ""
    return safe(f'<a{kind} href="{plain(href)}">{plain(text)}</a>')


def linked(text: str, start: int, end: int, spots: Iterable[Spot]) -> Markup:
    """`text[start:end]` with its spots (in order, without overlaps; those not wholly inside are left out)."""
    out: list[str] = []
    at = start
    for spot in spots:
        if spot.start < at or spot.end > end:
            continue
        words = text[spot.start : spot.end]
        shown = f'<a class="name" href="{plain(spot.href)}">{plain(words)}</a>' if spot.href else f"<b>{plain(words)}</b>"
        out += (plain(text[at : spot.start]), shown)
        at = spot.end
    out.append(plain(text[at:end]))
    return safe("".join(out))


def once(spots: Iterable[Spot]) -> tuple[Spot, ...]:
    """The first spot for each address: one link a paragraph is enough."""
    seen: dict[str, Spot] = {}
    for spot in spots:
        seen.setdefault(spot.href, spot)
    return tuple(seen.values())


def prose_html(
    prose: Prose,
    spots: Callable[[str], Sequence[Spot]],
    ref: Callable[[Ref], Markup],
    quote: Callable[[Quote], Markup],
) -> Markup:
    """Editors' prose: its own markup, runs escaped and linked (the first mention in each unit), references, markers."""
    return EMPTY.join(_prose_pieces(prose, spots, ref, quote))


def _prose_pieces(
    prose: Prose,
    spots: Callable[[str], Sequence[Spot]],
    ref: Callable[[Ref], Markup],
    quote: Callable[[Quote], Markup],
) -> Iterator[Markup]:
    unit, left = -1, []
    for piece in prose.pieces:
        match piece:
            case Html(markup):
                yield safe(markup)
            case Ref():
                yield ref(piece)
            case Quote():
                yield quote(piece)
            case Run():
                if piece.unit != unit:
                    unit, left = piece.unit, list(spots(prose.units[piece.unit].text))
                yield _run(piece, left)


def _run(run: Run, left: list[Spot]) -> Markup:
    """A run with the links of its unit that are still `left`; those used up are taken out."""
    if not run.linkable:
        return safe(plain(run.text))
    end = run.start + len(run.text)
    held = once(s for s in left if run.start <= s.start and s.end <= end)
    used = {s.href for s in held}
    left[:] = [s for s in left if s.href not in used]
    inside = (Spot(s.start - run.start, s.end - run.start, s.href) for s in held)
    return linked(run.text, 0, len(run.text), inside)


def css_string(text: str) -> Markup:
    """A string of CSS (https://www.w3.org/TR/css-syntax-3/#consume-string-token): all but letters and figures as escapes."""
    inside = "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in text)
    return safe(f'"{inside}"')


def note_number(number: int) -> Markup:
    """What stands in a part of a document for the number of a note in the whole."""
    return safe(slot(number))


def note_id(number: Markup) -> Markup:
    """The id of a note."""
    return safe(f"note.{number}")


def note_href(number: Markup) -> Markup:
    """What leads to a note."""
    return safe(f"#{note_id(number)}")


def note_marker(number: Markup) -> Markup:
    """A marker without a card, for paper: the number of a note, which leads to it."""
    return safe(f'<a class="mark" href="{note_href(number)}">{number}</a>')
