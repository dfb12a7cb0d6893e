"""Words as the search takes them: one form for all ways of writing a word.

Nothing is stemmed and nothing guessed: a word is found by its own letters, folded, or by how they begin. Folded are capitals,
diacritics, vowel marks and tatweel, the forms of hamza, ta marbuta and alef maqsura, digits of any script; the article (al-,
el-, ال) and the particles written onto an Arabic word (و ف ب ك ل) are set aside. templates/search.js does the same to what a
reader types, by the same LETTERS, SIGNS and PATTERN; tests/test_search_browser.py runs both over one list.
Forms: NFKD (Unicode UAX #15); letters by general category.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import chain

# What NFKD leaves alone. An apostrophe joins, a hyphen and a point divide by the rules below, "" is skipped.
LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ς": "σ",
    "ʿ": "", "ʾ": "", "ـ": "", "ء": "", "ٱ": "ا", "ة": "ه", "ى": "ي",
    "ی": "ي", "ې": "ي", "ے": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۃ": "ه",
    **dict.fromkeys("'‘’‛ʼʹʻ′´`＇", "'"), **dict.fromkeys("-‐‑‒–—−﹣－", "-"), ".": ".",
    **{chr(zero + n): str(n) for zero in (0x660, 0x6F0, 0x966) for n in range(10)},
}  # fmt: skip

# An article with the word it belongs to, then a word with the apostrophes and points inside it. Of the forms that follow a
# sun letter only those with a hyphen are read (as-Sarraj): "as", "an" and "at" are words of their own.
PATTERN = (
    r"(?:(?:al|el)[ -]|as-(?=s)|ash-(?=sh)|ad-(?=d)|adh-(?=dh)|an-(?=n)|ar-(?=r)|at-(?=t)|ath-(?=th)|az-(?=z))?"
    r"[^ '.-]+(?:['.][^ '.-]+)*"
)
_CHUNK = re.compile(PATTERN)
# Scripts without spaces (Chinese characters, kana): each sign is a word.
SIGNS = "[\u2e80-\u2fd5\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f]"
_FIRST_SIGN = SIGNS[1]
LONGEST = 32  # letters of a word that count

Terms = tuple[str, ...]


class _Folds(dict[int, str]):
    """Code point -> what it folds to, filled as it is asked for."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _letter(chr(code))
        return found


def _letter(char: str) -> str:
    """One character, whatever stands around it: letters and digits, "" for what is skipped, a space for what divides."""
    if char in LETTERS:
        return LETTERS[char]
    out = "".join(map(_part, unicodedata.normalize("NFKD", char).lower()))
    return f" {out} " if char >= _FIRST_SIGN and _sign().match(char) else out


@cache
def _sign() -> re.Pattern[str]:
    """Where no text has such signs, it need not be compiled (1.5 ms)."""
    return re.compile(SIGNS)


def _part(char: str) -> str:
    if char in LETTERS:
        return LETTERS[char]
    category = unicodedata.category(char)
    if category[0] in "LN":
        return char
    return "" if category[0] == "M" or category == "Cf" else " "


_FOLDS = _Folds()


def fold(text: str) -> str:
    """A text in folded letters; what is no letter is a space, an apostrophe, a hyphen or a point."""
    return text.translate(_FOLDS)


def words(text: str) -> list[Terms]:
    """The words of a text in their order, each with the terms it is found by, itself first."""
    return [word for chunk in _CHUNK.findall(fold(text)) for word in _words(chunk)]


def terms(text: str) -> set[str]:
    """Everything a text is found by."""
    # The only space within a match is that behind an article, where a hyphen is read alike. Without it, a text is divided by
    # its spaces in a third of the time, and what stands between them is mostly known.
    apart = fold(text).replace("al ", "al-").replace("el ", "el-").split()
    return set(chain.from_iterable(map(_terms, set(apart))))


@lru_cache(maxsize=200_000)
def _terms(stretch: str) -> Terms:
    """Of a stretch without spaces."""
    return tuple(term for chunk in _CHUNK.findall(stretch) for word in _words(chunk) for term in word)


@lru_cache(maxsize=200_000)
def _words(chunk: str) -> tuple[Terms, ...]:
    """The words in one match of PATTERN: several where a point stands between words, one in U.S."""
    bare = re.sub(r"^[a-z]+[ -]", "", chunk)
    parts = bare.split(".")
    if all(len(p) == 1 and p not in "0123456789" for p in parts):
        parts = ["".join(parts)]
    found = [_forms(p) for p in parts]
    if bare != chunk:
        found[0] = (*found[0], *(f"{article}{found[0][0]}"[:LONGEST] for article in ("al", "el")))
    return tuple(found)


def _forms(word: str) -> Terms:
    """A word without apostrophes and possessive s, what follows an apostrophe (d'affaires), an Arabic word without particles."""
    bare = word.removesuffix("'s")
    parts = bare.split("'")
    joined = "".join(parts)
    tail = parts[-1:] if len(parts[-1]) > 3 else []
    return tuple(dict.fromkeys(w[:LONGEST] for w in (*_without_particles(joined), *tail)))


def _without_particles(word: str) -> list[str]:
    """An Arabic word, then what is left of it without و or ف, then without ب, ك or ل, then without ال.

    Three letters stay at least (two behind ال), so that short words keep their own first letter. A longer one that merely
    begins so is found by both forms.
    """
    found = [word]
    rest = word
    if rest[0] in "وف" and len(rest) > 3:
        rest = rest[1:]
        found.append(rest)
    if rest.startswith("لل") and len(rest) > 3:
        return [*found, rest[2:]]
    if rest[0] in "بكل" and len(rest) > 3:
        rest = rest[1:]
        found.append(rest)
    if rest.startswith("ال") and len(rest) > 3:
        found.append(rest[2:])
    return found
