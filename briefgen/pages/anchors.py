"""The ids of statements in a page, and the links that a reader copies to point at one.

An id is made from ids and content, never from a running number or a place in a list: a link to a statement outlives whatever
is added before it. A sheet hands each out once (`Sheet.place`), so that two statements alike in everything still have two.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator

from markupsafe import escape

from briefgen.load.fields import Field
from briefgen.model import Cite, Html, Passage, Piece, Position, Prose, Quote, Ref, Relation, Run, Value
from briefgen.text import folded

_OWN = re.compile(r"[a-z0-9][a-z0-9-]*\Z")
_BLOCK = re.compile(r"<(?:p|li|h[2-6])>\Z")
_INLINE = re.compile(r"</?(?:em|strong|code|a|br|s|del)\b")
_BEGINNING = 8  # words of a paragraph that decide its id: what is corrected behind them leaves it as it is


def value_place(row: Field, value: Value) -> str:
    """Of a value of a field: topics-ddr, rank-5f3c09aa."""
    return f"{row.name}-{_part(value.text)}"


def name_place(name: str) -> str:
    """Of what a source calls somebody."""
    return f"named-{_part(name)}"


def position_place(position: Position) -> str:
    """Of what a party said: the party, and the words of the first citation."""
    return f"said-{position.party}-{_cited(position.cites)}"


def relation_place(relation: Relation) -> str:
    """Of a relation: its ends and verb, and who asserts it."""
    by = (relation.by.text,) if relation.by else ()
    return "-".join(("tie", *map(_part, (relation.subject, relation.verb, relation.object, *by))))


def seat_place(party: str, person: str) -> str:
    """Of a roster line."""
    return f"seat-{party}-{person}"


def passage_place(passage: Passage) -> str:
    """Of a passage set beside others: its article and words."""
    return f"{passage.article}-{passage.anchor.removeprefix('q-')}"


def _part(text: str) -> str:
    """A piece of an id: ids and words as they are, other text by its digest."""
    return text if _OWN.match(text) and len(text) <= 40 else _digest(folded(text))


def _cited(cites: tuple[Cite, ...]) -> str:
    return _digest(*(f"{cite.article}\0{folded(cite.words)}" for cite in cites[:1]))


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:8]


# ---------------------------------------------------------------- editors' prose


def placed(prose: Prose, place: Callable[[str], str], label: str) -> Prose:
    """Prose whose paragraphs, headings and list items have an id, and at their end a link to it that is called `label`."""
    return Prose(tuple(_placed(prose.pieces, place, label)), prose.units)


def _placed(pieces: tuple[Piece, ...], place: Callable[[str], str], label: str) -> Iterator[Piece]:
    due = ""
    for n, piece in enumerate(pieces):
        if not isinstance(piece, Html) or _INLINE.match(piece.markup):
            yield piece
            continue
        if due:
            yield Html(f'<a class="here" href="#{due}" aria-label="{escape(label)}"></a>')
            due = ""
        words = list(_words(pieces, n + 1)) if _BLOCK.match(piece.markup) else []
        if words:
            due = place("t-" + _digest(folded(" ".join(words[:_BEGINNING]))))
            yield Html(f'{piece.markup[:-1]} id="{due}">')
        else:
            yield piece


def _words(pieces: tuple[Piece, ...], start: int) -> Iterator[str]:
    """The words up to the next block."""
    for piece in pieces[start:]:
        match piece:
            case Html(markup) if not _INLINE.match(markup):
                return
            case Run():
                yield from piece.text.split()
            case Ref():
                yield from (piece.label or piece.id).split()
            case Html() | Quote():
                pass
