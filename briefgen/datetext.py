"""Dates as text, at the precision they are written and never beyond. Nothing here reads a date.

In English, as messages have it; pages hand in the patterns of another language under the same ids (`pages.dates`).
"""

from __future__ import annotations

from collections.abc import Callable

from briefgen.edtf import MONTHS, Edtf, Point

Say = Callable[..., str]  # (id of a pattern, its slots by name) -> the text

ENGLISH = {f"{kind}.{n}": name for kind in ("month", "month-day") for n, name in enumerate(MONTHS, 1)} | {
    "date.day": "{day} {month} {year}",
    "date.month": "{month} {year}",
    "date.year": "{year}",
    "date.decade": "the {year}s",
    "date.years": "the years {first}–{last}",
    "date.day-in": "a day in {date}",
    "date.month-in": "a month in {date}",
    "date.about": "about {date}",
    "date.possibly": "possibly {date}",
    "date.between": "between {start} and {end}",
    "date.by": "by {end}",
    "date.on-or-after": "on or after {start}",
    "date.until": "until at least {end}",
    "date.from": "from {start} on",
    "date.from-to": "from {start} to {end}",
    "date.from-year-to-year": "{first}–{last}",
    "date.from-month-to-month": "{first}–{last} {year}",
    "date.from-day-to-day": "{first}–{last} {month} {year}",
    "date.same-year": "{day} {month} – {end}",
    "date.other-year": "{start} – {end}",
}


def _english(id_: str, **parts: str) -> str:
    return ENGLISH[id_].format(**parts)


def display(e: Edtf, say: Say = _english) -> str:
    """A date as readers see it: “June 2020”, “from 4 April 2019 on”, “by 24 June 2020”."""
    if e.form == "date" or (e.start and e.start == e.end):
        return _shown(e.start, say) if e.start else ""
    if e.start and e.end:
        if e.form == "one-day":
            return say("date.between", start=_shown(e.start, say), end=_shown(e.end, say))
        return _closed(e.start, e.end, say)
    if e.start:
        return say("date.on-or-after" if e.form == "one-day" else "date.from", start=_shown(e.start, say))
    return say("date.by" if e.form == "one-day" else "date.until", end=_shown(e.end, say)) if e.end else ""


def _shown(point: Point, say: Say) -> str:
    text = _plain(point, say)
    if point.approximate:
        text = say("date.about", date=text)
    return say("date.possibly", date=text) if point.uncertain else text


def _plain(point: Point, say: Say) -> str:
    year = str(point.year)
    if point.unknown == 1 and point.year:
        return say("date.decade", year=year)
    if point.unknown:
        return say("date.years", first=str(max(point.year, 1)), last=str(point.year + 10**point.unknown - 1))
    if point.masked:
        known = _plain(Point(point.year, point.month), say)
        return say("date.day-in" if "day" in point.masked else "date.month-in", date=known)
    if point.day:
        return say("date.day", day=str(point.day), month=say(f"month-day.{point.month}"), year=year)
    return say("date.month", month=say(f"month.{point.month}"), year=year) if point.month else say("date.year", year=year)


def _closed(start: Point, end: Point, say: Say) -> str:
    """A closed interval; what both ends share is said once: 4–6 May 2020."""
    year = str(end.year)
    if not (start.exact and end.exact) or (start.month is None) != (end.month is None) or (start.day is None) != (end.day is None):
        return say("date.from-to", start=_shown(start, say), end=_shown(end, say))
    if start.month is None:
        return say("date.from-year-to-year", first=str(start.year), last=year)
    if start.year != end.year:
        return say("date.other-year", start=_plain(start, say), end=_plain(end, say))
    if start.day is None:
        return say("date.from-month-to-month", first=say(f"month.{start.month}"), last=say(f"month.{end.month}"), year=year)
    month = say(f"month-day.{start.month}")
    if start.month != end.month:
        return say("date.same-year", day=str(start.day), month=month, end=_plain(end, say))
    return say("date.from-day-to-day", first=str(start.day), last=str(end.day), month=month, year=year)
