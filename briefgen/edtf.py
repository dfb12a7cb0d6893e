"""Dates at the precision they are known: the subset of EDTF (ISO 8601-2:2019, annex A) that MODEL.md names.

No clock, no time zone, no `datetime`: a date is what is written, and nothing ever moves it. An own subset because the library
edtf 5.0.2 takes 7.4 ms a date and this takes some microseconds. Three forms:

- "date": `2020-07-01`, `2020-06`, `2011`, with `~` (about), `?` (possibly) or `%` (both) behind it; `201X`, `20XX`,
  `2020-XX`, `2020-06-XX`, `2020-XX-XX` where a part is unknown;
- "interval": `a/b`, `a/..`, `../b`: what lasted;
- "one-day": `a..b`, `a..`, `..b`, in brackets or not: the editors' inference of one day in there.

How a date is said to readers stands in `datetext`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from functools import lru_cache
from typing import Literal, NamedTuple

from briefgen.frozen import dataclass

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
Form = Literal["date", "interval", "one-day"]
Day = tuple[int, int, int]
SortKey = tuple[Day, int, Day, str]


class Point(NamedTuple):
    """One date of an expression.

    `month` and `day` are None where they are not given; `masked` holds "month" and "day" where X stands for them. `unknown`
    counts the X at the end of the year (201X is year 2010 with one). `approximate` is `~`, `uncertain` is `?`, `%` is both.
    """

    year: int
    month: int | None = None
    day: int | None = None
    unknown: int = 0
    masked: tuple[str, ...] = ()
    approximate: bool = False
    uncertain: bool = False

    @property
    def exact(self) -> bool:
        """Whether nothing in it is qualified or unknown (it may still be as coarse as a year)."""
        return not (self.unknown or self.masked or self.approximate or self.uncertain)


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date expression; an open end is None; in a "date" start and end are the same point. `text` is its canonical form."""

    form: Form
    text: str
    start: Point | None
    end: Point | None


# ---------------------------------------------------------------- reading

_POINT = re.compile(r"([0-9]{4}|[0-9]{1,3}X{1,3})(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([~?%]?)")
_LONGEST = 60
_FORMS = "Write a date as 2020-07-01, 2020-07 or 2020."


@lru_cache(maxsize=4096)
def parse(text: str) -> Edtf | str:
    """The expression, or a plain sentence that says what is wrong, with the form that was probably meant."""
    written = text.strip()
    if not written:
        return f"There is no date here. {_FORMS}"
    if len(written) > _LONGEST:
        return f"“{written[:24]}…” is too long for a date. {_FORMS}"
    found = _expression(written)
    if found:
        return found
    guess = _guess(written)
    advice = f"Write “{guess}”." if ".." in guess else f"Write {guess}." if guess else _FORMS
    return f"“{written}” is not in a form that can be read. {advice}"


def _expression(text: str) -> Edtf | str:
    """The expression, a sentence about its fault, or "" where the form as such is unknown."""
    bare = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    if bare != text and (".." not in bare or "/" in bare):
        return f"Brackets hold one day out of a span, as in [2019-12-13..2020-04-04]; “{text}” is no such span."
    if "/" in bare:
        return _span("interval", bare, "/")
    if ".." in bare:
        return _span("one-day", bare, "..")
    point = _point(bare)
    return Edtf("date", bare, point, point) if isinstance(point, Point) else point


def _span(form: Form, text: str, between: str) -> Edtf | str:
    left, _, right = text.partition(between)
    start, end = (_end(side, "" if form == "one-day" else "..") for side in (left, right))
    if isinstance(start, str) or isinstance(end, str):
        return start if isinstance(start, str) else str(end)
    if start is None and end is None:
        return f"“{text}” is open at both ends and says nothing. Write the end that is known."
    if start and end and _last(end) < _first(start):
        return f"“{text}” ends before it begins. Write “{right}{between}{left}” if the two are exchanged."
    return Edtf(form, text, start, end)


def _end(text: str, open_end: str) -> Point | str | None:
    return None if text == open_end else _point(text)


def _point(text: str) -> Point | str:
    match = _POINT.fullmatch(text)
    if not match or len(match[1]) != 4:
        return ""
    year, month, day, qualifier = match.groups()
    if int(year.replace("X", "9")) == 0:
        return f"“{text}” has no year; years go from 0001 to 9999."
    if month and "X" in year:
        return f"“{text}” gives a month of an unknown year. Write {year} alone."
    if month == "XX" and day and day != "XX":
        return f"“{text}” gives a day of an unknown month. Write {year}-XX-XX or {year}."
    return _checked(text, year, month, day, qualifier)


def _checked(text: str, year: str, month: str | None, day: str | None, qualifier: str) -> Point | str:
    masked = tuple(name for name, part in (("month", month), ("day", day)) if part == "XX")
    y = int(year.replace("X", "0"))
    m, d = (int(part) if part and part != "XX" else None for part in (month, day))
    if m is not None and not 1 <= m <= 12:
        valid = d and d <= 12 and 0 < m <= monthrange(y, d)[1]
        exchanged = f" Write {year}-{day}-{month} if day and month are exchanged." if valid else ""
        return f"“{text}” has month {m}, and a year has twelve.{exchanged}"
    if m is not None and d is not None and not 1 <= d <= monthrange(y, m)[1]:
        return f"“{text}” has day {d}, and {MONTHS[m - 1]} {year} has {monthrange(y, m)[1]}."
    return Point(y, m, d, year.count("X"), masked, qualifier in ("~", "%"), qualifier in ("?", "%"))


# ---------------------------------------------------------------- guessing what was meant

_NAME = (
    "|".join(name if len(name) < 5 else f"{name[:3]}(?:{name[3:]})?" for name in MONTHS if name != "September") + "|Sept?(?:ember)?"
)
_ORDINAL = r"0?([1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
_GUESSES: tuple[tuple[str, str], ...] = (
    (rf"(?:on )?(?:the )?(?P<d>{_ORDINAL})(?: of)? (?P<n>{_NAME})\.?,? (?P<y>[0-9]{{4}})", "{y}-{m}-{d}"),
    (rf"(?:on )?(?P<n>{_NAME})\.? (?P<d>{_ORDINAL}),? (?P<y>[0-9]{{4}})", "{y}-{m}-{d}"),
    (rf"(?:in )?(?P<n>{_NAME})\.?,? (?P<y>[0-9]{{4}})", "{y}-{m}"),
    (r"(?P<y>[0-9]{4})[-/. ](?P<m>[0-9]{1,2})[-/. ](?P<d>[0-9]{1,2})(?:[T ][0-9]{1,2}:.*)?", "{y}-{m}-{d}"),
    (r"(?P<y>[0-9]{4})[-/. ](?P<m>[0-9]{1,2})", "{y}-{m}"),
    (r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})", "{y}-{m}-{d}"),
    (r"(?P<d>[0-9]{1,2})[-/. ](?P<m>[0-9]{1,2})[-/. ](?P<y>[0-9]{4})", "{y}-{m}-{d}"),
    (r"(?P<m>[0-9]{1,2})[-/. ](?P<d>[0-9]{1,2})[-/. ](?P<y>[0-9]{4})", "{y}-{m}-{d}"),
    (r"(?:the )?(?P<y>[0-9]{3})0s", "{y}X"),
    (r"(?:in |the year )(?P<y>[0-9]{4})", "{y}"),
)
_ABOUT = re.compile(r"(?:about|around|circa|ca?\.?|approximately|early|mid|late)[ -](.+)|~(.+)", re.IGNORECASE)
_POSSIBLY = re.compile(r"(?:possibly|perhaps|probably|maybe) (.+)|\?(.+)", re.IGNORECASE)
_SINCE = re.compile(r"(?:since|from) (.+?)(?: on)?|(.+?)(?:/| ?-| onwards?)", re.IGNORECASE)
_UNTIL = re.compile(r"(?:until|till|up to) (.+)|/(.+)", re.IGNORECASE)
_BEFORE = re.compile(r"(?:before|by) (.+)", re.IGNORECASE)
_AFTER = re.compile(r"after (.+)", re.IGNORECASE)
_BETWEEN = re.compile(r"between (.+?) and (.+)", re.IGNORECASE)
_TO = re.compile(r"(?:from )?(.+?)(?: ?/ ?| to | until | - |(?<=^[0-9]{4})-(?=[0-9]{4}$))(.+)", re.IGNORECASE)
_WRAPPED = (
    (_ABOUT, "{}~"),
    (_POSSIBLY, "{}?"),
    (_BETWEEN, "{}..{}"),
    (_TO, "{}/{}"),
    (_SINCE, "{}/.."),
    (_UNTIL, "../{}"),
    (_BEFORE, "..{}"),
    (_AFTER, "{}.."),
)
_DASHES = str.maketrans("‐‑‒–—−", "------")


def _guess(text: str) -> str:
    """The expression an editor probably meant, or nothing."""
    plain = " ".join(text.translate(_DASHES).split())
    simple = _simple(plain)
    if simple:
        return simple
    for pattern, form in _WRAPPED:
        match = pattern.fullmatch(plain)
        if match:
            sides = [_simple(side.strip()) for side in match.groups() if side is not None]
            whole = form.format(*sides) if all(sides) else ""
            if isinstance(_expression(whole), Edtf):
                return whole
    return ""


def _simple(text: str) -> str:
    if isinstance(_point(text), Point):
        return text
    found: dict[str, None] = {}
    for pattern, form in _GUESSES:  # compiled when there is something to be guessed: 2 ms that no clean build needs
        match = re.fullmatch(pattern, text, re.IGNORECASE | re.ASCII)
        if match:
            found.setdefault(form.format(**_parts(match.groupdict())))
    valid = [guess for guess in found if isinstance(_point(guess), Point)]
    return " or ".join(valid)


def _parts(given: dict[str, str | None]) -> dict[str, str]:
    parts = {name: value for name, value in given.items() if value}
    if "n" in parts:
        parts["m"] = str(1 + [m[:3].lower() for m in MONTHS].index(parts["n"][:3].lower()))
    if "d" in parts:
        parts["d"] = re.sub("[a-z]+", "", parts["d"].lower())
    return {name: value.zfill(2) if name in "md" else value for name, value in parts.items()}


# ---------------------------------------------------------------- extent and order


def _first(point: Point) -> Day:
    return max(point.year, 1), point.month or 1, point.day or 1


def _last(point: Point) -> Day:
    year = point.year + 10**point.unknown - 1
    month = point.month or 12
    return year, month, point.day or monthrange(year, month)[1]


def first_day(e: Edtf) -> Day | None:
    """The earliest day (year, month, day) it can mean; None where its start is open. Qualifiers do not widen it."""
    return _first(e.start) if e.start else None


def last_day(e: Edtf) -> Day | None:
    """The latest day (year, month, day) it can mean; None where its end is open. Qualifiers do not widen it."""
    return _last(e.end) if e.end else None


def sort_key(e: Edtf) -> SortKey:
    """A total order: earlier first.

    Places are by first day; what has an open start stands just before the first day of its known end, because it may be earlier.
    At one day what reaches further (the coarser) comes first, but one day somewhere in a span stands behind the days that are
    known; the last word has the text.
    """
    place = first_day(e) or (_first(e.end) if e.end else (0, 0, 0))
    y, m, d = last_day(e) or (9999, 12, 31)
    return place, 2 if e.start and e.form == "one-day" else 1 if e.start else 0, (-y, -m, -d), e.text


def iso(e: Edtf | None) -> str:
    """A value for `<time datetime>`: a plain day, month or year.

    Empty for none, and for spans and qualified dates, for which HTML has no form.
    """
    return e.text if e and e.form == "date" and e.start and e.start.exact else ""
