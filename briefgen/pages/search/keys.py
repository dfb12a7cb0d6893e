"""Short names for pages and entries, made from what they are: a new page or entry gives no other one another name.

So postings hold names and not running numbers, and an edit changes the few files that hold the words edited. A key begins with
the kind of the page and its place among its kind, so that sorted keys are results in the order of display. Letters and their
order are those of DIGITS: 64 characters in the order of ASCII, which is how a script compares strings.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection

from briefgen import edtf
from briefgen.folding import fold

DIGITS = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
HASHED = 4  # characters of a key that are a digest: 24 bits
LENGTH = 3 + HASHED + 1  # of the key of a part: the kind, two of its order, the digest, the number of the part
CODES = 3000  # entries of a part: three quarters of all codes, so that a free one is found soon; no text of a source comes near
APART = 0x9E3779  # lays the parts of a page into different blocks: the golden ratio in 24 bits (Knuth, TAOCP 6.4)
_FIRST_YEAR, _MONTHS = 1800, 64 * 64


def by_month(date: edtf.Edtf | None) -> str:
    """Two characters: the month of a date, the latest first; what has no date comes last, as what is older than 1800."""
    point = (date.start or date.end) if date else None
    months = (point.year - _FIRST_YEAR) * 12 + (point.month or 1) if point else 0
    return _digits(_MONTHS - 1 - min(max(months, 0), _MONTHS - 1), 2)


def by_name(name: str) -> str:
    """Two characters: how a name begins. Digits, then a to z, then all other letters, those of one script near each other."""
    letters = [c for c in fold(name) if c not in " '.-"][:2]
    return "".join(_letter(c) for c in letters).ljust(2, DIGITS[0])


def _letter(char: str) -> str:
    if "0" <= char <= "9":
        return DIGITS[1 + ord(char) - ord("0")]
    return DIGITS[11 + ord(char) - ord("a")] if "a" <= char <= "z" else DIGITS[min(37 + (ord(char) >> 6), 63)]


def key(letter: str, order: str, what: str, taken: Collection[str]) -> str:
    """The key of a page; where a digest is taken (once in millions) the next that is free."""
    for attempt in range(len(taken) + 1):
        found = letter + order + _digest(f"{what}\0{attempt}" if attempt else what, HASHED)
        if found not in taken:
            return found
    raise AssertionError("more attempts than keys")


def code(identity: str, taken: Collection[str]) -> str:
    """Two characters for an entry, its own among the entries of its part of a page, of which there may be CODES."""
    for attempt in range(64**3):  # attempts may meet each other too: many entries of one identity need more than there are entries
        found = _digest(f"{identity}\0{attempt}" if attempt else identity, 2)
        if found not in taken:
            return found
    raise AssertionError("more attempts than entries")


def first_key(number: int) -> str:
    """The least key from a number on, keys taken as numbers of LENGTH digits; its zeros at the end left out."""
    return _digits(number, LENGTH).rstrip(DIGITS[0])


def _digest(what: str, length: int) -> str:
    number = int.from_bytes(hashlib.sha256(what.encode("utf-8", "surrogatepass")).digest()[:8], "big")
    return _digits(number % 64**length, length)


def _digits(number: int, length: int) -> str:
    return "".join(DIGITS[number >> 6 * n & 63] for n in reversed(range(length)))


def part_key(page: str, number: int) -> str:
    """The key of a part of a page; `number` counts from 0 to 63."""
    return page + DIGITS[number]


def block_of(found: str, bits: int) -> int:
    """The number of the block that holds the texts of a part, where there are 2 to the power of `bits`.

    The first bits of the page's digest; further parts are laid elsewhere.
    """
    number = 0
    for char in found[3 : 3 + HASHED]:
        number = number * 64 + DIGITS.index(char)
    whole = 6 * HASHED
    return (number + DIGITS.index(found[-1]) * APART) % (1 << whole) >> (whole - bits)
