"""English dates in quoted words, as rule 6 reads them: days, months, weekdays and years, and whether they agree with a date.

Nothing is inferred: "last April" is a month without a year, "yesterday" is nothing. A number is a day only beside a month's
name or as "on the 24th"; a name that is an ordinary word too (May, March, Sun) counts only beside a number or behind a word
that dates have before them. Missing a date costs a warning, inventing one stops publication, so doubt means: no date.
"""

from __future__ import annotations

import re
from calendar import monthrange, weekday
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from briefgen.datetext import display
from briefgen.edtf import MONTHS, Edtf, Point, parse

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Printed(NamedTuple):
    """One date as printed at `start:end` of the words; what is not printed is None. `weekday` counts from Monday, 0.

    `decade` says that `year` is the first of ten (the 2010s). `either` marks 01/07/2020, which is 1 July or 7 January.
    """

    start: int
    end: int
    day: int | None = None
    month: int | None = None
    weekday: int | None = None
    year: int | None = None
    decade: bool = False
    either: bool = False


# ---------------------------------------------------------------- reading

_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
    "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
    *(f"twenty-{unit}" for unit in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")),
    "thirtieth", "thirty-first",
)  # fmt: skip
_NUMBER = r"(?<![0-9][-.,:])(?<![0-9+/$€£])(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![\w%+])"
_FOLLOWING = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![\w%+])"
_ORDINAL = "(?i:" + "|".join(sorted((word.replace("-", "[- ]") for word in _ORDINALS), key=len, reverse=True)) + ")"
# Without a capital, "may", "march" and "august" are words.
_CLEAR_MONTH = r"(?i:January|February|April|June|July|September|October|November|December)"
_MONTH = rf"(?:{_CLEAR_MONTH}|March|MARCH|May|MAY|August|AUGUST|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_CLEAR_DAY = "(?i:" + "|".join(WEEKDAYS) + ")"
_DAY_NAME = rf"(?:{_CLEAR_DAY}|(?:Mon|Tues?|Wed|Thu|Thurs?|Fri|Sat|Sun)\b\.?)"
_YEAR = r"(?:1[0-9]{3}|20[0-9]{2})(?![\w%]|[,.][0-9])"
_UNTIL = r"\s*(?:[-‐‑‒–—/&]|\bto\b|\band\b|\bor\b|\bthrough\b|\buntil\b)\s*(?:the\s+)?"
_RELATIVE = r"(?:last|this|next|the\s+same|the\s+following|this\s+past)"
# What may stand behind "July 1 and 2": not the noun of "July 1 and 2 people".
_NO_NOUN = r"(?!\s+(?!(?:in|at|on|of|to|with|for|by|from|between|near|during|the|and|as|when|after|before|were|was)\b)[a-z])"
_BEFORE = r"(?:in|of|since|until|till|last|next|this|early|late|mid|during|throughout|through|between|from|early-|late-|mid-)"


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern}(?!\w)")


# In the order of precedence; a match never overlaps one of an earlier pattern.
_PATTERNS: tuple[re.Pattern[str], ...] = (
    _words(rf"(?P<year>{_YEAR})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12][0-9]|3[01])"),
    _words(r"(?P<one>0?[1-9]|[12][0-9]|3[01])(?P<sep>[./])(?P<two>0?[1-9]|[12][0-9]|3[01])(?P=sep)(?P<year>1[0-9]{3}|20[0-9]{2})"),
    _words(
        rf"(?:(?P<weekday>{_DAY_NAME}),?\s+(?:the\s+)?)?(?P<days>{_NUMBER}(?:(?:,\s*|{_UNTIL}){_FOLLOWING}){{0,9}}|{_ORDINAL}(?=\s+of\b))"
        rf"(?:\s+of)?(?:\s+{_RELATIVE})?[\s-]+(?P<month>{_MONTH})(?:,?\s+(?:of\s+)?(?P<year>{_YEAR}))?",
    ),
    _words(
        rf"(?:(?P<weekday>{_DAY_NAME}),?\s+)?(?P<month>{_MONTH})\s+(?:the\s+)?"
        rf"(?P<days>(?:{_NUMBER}(?![,.]?[0-9])|{_ORDINAL}(?!\s+[a-z]))(?:{_UNTIL}{_FOLLOWING}{_NO_NOUN}(?![,.:]?[0-9])){{0,9}})(?:,?\s+(?P<year>{_YEAR}))?",
    ),
    _words(rf"(?P<month>{_MONTH}),?\s+(?:of\s+)?(?P<year>{_YEAR})"),
    _words(rf"(?P<month>{_CLEAR_MONTH})"),
    _words(r"(?P<month>August)"),
    re.compile(rf"(?<!\w)(?i:{_BEFORE})[\s-]+(?P<month>March|May)(?![\w-])(?!\s+(?:I|he|she|it|we|they|the)\b)"),
    _words(rf"(?P<weekday>{_CLEAR_DAY})(?!\s+(?:Times|Telegraph|Mirror|Express|Mail|Herald|Post|Independent))"),
    re.compile(
        rf"(?<!\w)(?i:on|since|until|till|by|from|of|before|after)\s+the\s+(?P<days>{_FOLLOWING}|{_ORDINAL})"
        r"(?=\s*(?:$|[.,;:!?)\"”]|of\s+(?:this|last|next|the)\s+month))",
    ),
    re.compile(r"(?<![\w.,$€£-])(?P<decade>(?:1[0-9]{2}|20[0-9])0'?s)(?!\w)"),
    re.compile(
        rf"(?:(?<!\w)(?i:in|since|until|till|by|from|of|before|after|during|throughout|early|late|mid|year|between|and|to)[\s-]+|\(|^\s*|[0-9][-–/])(?P<year>{_YEAR})"
        r"(?!\s+(?:people|men|women|children|troops|soldiers|fighters|mercenaries|members|killed|dead|wounded|miles|metres|meters|kilometres|kilometers|km|tons|tonnes|dollars|euros|barrels|times|others|cases)\b)",
    ),
    re.compile(rf"(?<!\w)(?i:the)\s+(?P<year>{_YEAR})(?=\s+(?!\w+s\b)[a-z])"),
)  # fmt: skip
_MONTH_AT_END = re.compile(rf"(?<!\w){_MONTH}\s+$")
_DAY = re.compile(rf"{_FOLLOWING}|{_ORDINAL}", re.IGNORECASE)


@lru_cache(maxsize=4096)
def printed(words: str) -> tuple[Printed, ...]:
    """Every date printed in the words, in their order. A range of days ("4-6 May") is one for each day that is printed."""
    taken = bytearray(len(words))  # which characters are part of a date already
    found: list[Printed] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(words):
            start, end = _extent(match)
            if any(taken[start:end]) or _counts(words, match) or _follows_month(words, match):
                continue
            taken[start:end] = b"\1" * (end - start)
            found.extend(_read(match))
    return tuple(sorted(found))


def _extent(match: re.Match[str]) -> tuple[int, int]:
    """Where the date stands, without what stands before it ("in 2011")."""
    spans = [match.span(name) for name, text in match.groupdict().items() if text]
    return min(start for start, _ in spans), max(end for _, end in spans)


def _counts(words: str, match: re.Match[str]) -> bool:
    """Whether "In July 20 people …" counts people: a day has no "in" before it."""
    parts = match.groupdict()
    if not (parts.get("days") and parts.get("month")) or parts.get("year") or match.start("month") > match.start("days"):
        return False
    return bool(re.search(r"\bin\s+$", words[: match.start()], re.IGNORECASE)) and bool(re.match(r"\s+[a-z]", words[match.end() :]))


def _follows_month(words: str, match: re.Match[str]) -> bool:
    """Whether the day before a month belongs to the month before it: "April 30-May 2"."""
    parts = match.groupdict()
    if not (parts.get("days") and parts.get("month")) or match.start("month") < match.start("days"):
        return False
    return bool(_MONTH_AT_END.search(words, max(0, match.start() - 12), match.start("days")))


def _read(match: re.Match[str]) -> Iterator[Printed]:
    parts = {name: text for name, text in match.groupdict().items() if text}
    base = Printed(*_extent(match), year=int(parts["year"]) if "year" in parts else None)
    if "decade" in parts:
        yield base._replace(year=int(parts["decade"][:4]), decade=True)
    elif "one" in parts:
        yield _numeric(base, int(parts["one"]), int(parts["two"]))
    elif "day" in parts:
        yield base._replace(month=int(parts["month"]), day=int(parts["day"]))
    else:
        base = base._replace(month=_month(parts.get("month", "")), weekday=_weekday(parts.get("weekday", "")))
        yield from _each_day(base, match)


def _each_day(base: Printed, match: re.Match[str]) -> Iterator[Printed]:
    days = match.groupdict().get("days")
    if not days:
        yield base
        return
    for number, day in enumerate(_DAY.finditer(days)):
        yield base._replace(day=_day(day.group()), weekday=base.weekday if number == 0 else None)


def _numeric(base: Printed, one: int, two: int) -> Printed:
    if one > 12 or two > 12:
        return base._replace(day=max(one, two), month=min(one, two))
    return base._replace(day=one, month=two, either=one != two)


def _month(name: str) -> int | None:
    return next((i for i, month in enumerate(MONTHS, 1) if name and month[:3].lower() == name[:3].lower()), None)


def _weekday(name: str) -> int | None:
    return next((i for i, day in enumerate(WEEKDAYS) if name and day[:3].lower() == name[:3].lower()), None)


def _day(text: str) -> int:
    digits = re.match(r"[0-9]+", text)
    return int(digits.group()) if digits else 1 + _ORDINALS.index(text.lower().replace(" ", "-"))


def prints_date(words: str) -> bool:
    """Whether any part of a date is printed in the words."""
    return bool(printed(words))


def prints_year(words: str) -> bool:
    """Whether a year (or a decade) is printed in the words."""
    return any(p.year is not None for p in printed(words))


# ---------------------------------------------------------------- agreeing


def disagreement(words: str, e: Edtf) -> str | None:
    """What of the words does not agree with the date, as a clause, at the precision of the date; None where all agrees.

    With an interval each printed date must agree with one of its closed ends. One-day spans are inferred and never checked.
    """
    points = _points(e)
    for p in printed(words) if points else ():
        if not any(_agrees(p, point) for point in points):
            return _clause(p, points)
    return None


def _points(e: Edtf) -> tuple[Point, ...]:
    return () if e.form == "one-day" else tuple(dict.fromkeys(point for point in (e.start, e.end) if point))


def _agrees(p: Printed, point: Point) -> bool:
    ways = (p, p._replace(day=p.month, month=p.day)) if p.either else (p,)
    return any(_year_agrees(w, point) and _day_agrees(w, point) and _weekday_agrees(w, point) for w in ways)


def _year_agrees(p: Printed, point: Point) -> bool:
    if p.year is None:
        return True
    last = p.year + 9 if p.decade else p.year
    return point.year <= last and p.year <= point.year + 10**point.unknown - 1


def _day_agrees(p: Printed, point: Point) -> bool:
    return all(given is None or own is None or given == own for given, own in ((p.month, point.month), (p.day, point.day)))


def _weekday_agrees(p: Printed, point: Point) -> bool:
    known = _weekday_of(point)
    return p.weekday is None or known is None or p.weekday == known


def _weekday_of(point: Point) -> int | None:
    return weekday(point.year, point.month, point.day) if point.month and point.day else None


def _clause(p: Printed, points: tuple[Point, ...]) -> str:
    dates = [display(Edtf("date", "", point, point)) for point in points]
    if len(points) > 1:
        return f"the words say {_say(p)}, the ends are {dates[0]} and {dates[1]}"
    if not _weekday_agrees(p, points[0]) and _day_agrees(p, points[0]) and _year_agrees(p, points[0]):
        return f"the words say {WEEKDAYS[p.weekday or 0]}, but {dates[0]} is a {WEEKDAYS[_weekday_of(points[0]) or 0]}"
    return f"the words say {_say(p)}, the date is {dates[0]}"


def _say(p: Printed) -> str:
    if p.day and not p.month:
        return f"day {p.day}"
    year = f"the {p.year}s" if p.decade else str(p.year or "")
    month = MONTHS[p.month - 1] if p.month else ""
    day = " ".join(filter(None, (str(p.day or ""), month, year)))
    return ", ".join(filter(None, (WEEKDAYS[p.weekday] if p.weekday is not None else "", day)))


def agreeing(words: str, e: Edtf) -> str:
    """The date in `e`'s form that the words ask for, where they determine one (what they do not print is kept), else ""."""
    points = _points(e)
    dates = [p for p in printed(words) if p.month or p.year]
    wanted = {(p.year, p.month, p.day) for p in dates}
    if len(points) != 1 or len(wanted) != 1 or any(p.either or p.decade for p in dates):
        return ""
    new = _replaced(points[0], *wanted.pop())
    text = e.text.replace(_text(points[0]), new, 1) if new else ""
    found = parse(text) if text else ""
    return text if isinstance(found, Edtf) and text != e.text and disagreement(words, found) is None else ""


def _replaced(point: Point, year: int | None, month: int | None, day: int | None) -> str:
    if not point.exact or (point.month is not None and month is None) or (point.day is not None and day is None):
        return ""
    new = Point(year or point.year, month if point.month else None, day if point.day else None)
    return "" if new.month and new.day and new.day > monthrange(new.year, new.month)[1] else _text(new)


def _text(point: Point) -> str:
    parts = [f"{point.year:04}", *(f"{part:02}" for part in (point.month, point.day) if part)]
    return "-".join(parts)
