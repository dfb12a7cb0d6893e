"""What CommonMark reads and shows nowhere, so that no word of a source is lost in silence: each is an error, never left out.

That is the line of a link that nothing uses (`[Applause]: thanks` is one), the cells of a table's row beyond its head's, and words
behind the fence of a block of code (one word is taken for the name of a language). The numbers of a list are kept, too: HTML
counts on from the first, so that “1986.” and “1990.” would be printed as 1986 and 1987.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from markdown_it.token import Token

_WORDS = re.compile(r"\w+")


class Dropped(NamedTuple):
    """A line (from 0) with words that would be shown nowhere, why, and the line corrected ("" where that is not certain)."""

    line: int
    message: str
    corrected: str = ""


def dropped(tokens: Sequence[Token], env: Mapping[str, Any], lines: Sequence[str]) -> Iterator[Dropped]:
    """All such lines of a text that was parsed with the option store_labels; `env` is what the parser was handed and filled."""
    yield from _definitions(tokens, env, lines)
    for number, token, line in ((number, token, token.map[0]) for number, token in enumerate(tokens) if token.map):
        if token.type == "fence" and len(token.info.split()) > 1:
            yield Dropped(line, "The words behind the fence of a block of code are shown nowhere.")
        elif token.type == "tr_open" and _more(tokens, number, lines[line]):
            yield Dropped(line, "This row has more cells than the head of its table. The last ones are shown nowhere.")


def _definitions(tokens: Sequence[Token], env: Mapping[str, Any], lines: Sequence[str]) -> Iterator[Dropped]:
    """Lines that define a link: used by none, or defined before with another address."""
    used = set(_labels(tokens))
    first = env.get("references", {})
    unused = [held["map"][0] for label, held in first.items() if label not in used]
    again = {one["map"][0] for one in env.get("duplicate_refs", ()) if one["href"] != first[one["label"]]["href"]}
    for line in sorted({*unused, *again}):
        why = "defines a link that another line has defined already" if line in again else "is read as the address of a link"
        message = f"This line {why}, and no link uses it. Its words are shown nowhere."
        yield Dropped(line, message, lines[line].replace("[", "\\[", 1).rstrip())


def _labels(tokens: Sequence[Token]) -> Iterator[str]:
    """The definitions that links and pictures name."""
    for token in tokens:
        if "label" in token.meta:
            yield token.meta["label"]
        yield from _labels(token.children or ())


def _more(tokens: Sequence[Token], start: int, line: str) -> bool:
    """Whether a row of a table has words that none of its cells has. A head never has, or there would be no table."""
    cells: list[str] = []
    for at in range(start + 1, len(tokens)):  # a slice would copy all the rest of the text for each row
        if tokens[at].type in ("tr_close", "th_open"):
            break
        cells.append(tokens[at].content)
    # What may stand before the row, a quotation's `>`, is no word.
    return tokens[start + 1].type == "td_open" and _WORDS.findall(" ".join(cells)) != _WORDS.findall(line)


def number_lists(tokens: Sequence[Token]) -> None:
    """Give the items of numbered lists the numbers that they are written with, where HTML would count otherwise.

    A list whose items all have the same number (1. 1. 1.) leaves the counting to the reader's program, and is left alone.
    """
    open_lists: list[list[Token]] = []
    for token in tokens:
        match token.type:
            case "ordered_list_open" | "bullet_list_open":
                open_lists.append([])
            case "list_item_open":
                open_lists[-1].append(token)
            case "ordered_list_close":
                _number(open_lists.pop())
            case "bullet_list_close":
                open_lists.pop()


def _number(items: Sequence[Token]) -> None:
    numbers = [int(item.info) for item in items]
    if len(set(numbers)) == 1:
        return
    for item, (before, number) in zip(items[1:], pairwise(numbers), strict=True):
        if number != before + 1:
            item.attrSet("value", number)
