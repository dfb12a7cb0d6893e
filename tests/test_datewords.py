"""Rule 6: what words print of a date, and whether it agrees."""

from __future__ import annotations

import time
from calendar import day_name, monthrange, weekday

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.datetext import display
from briefgen.datewords import WEEKDAYS, Printed, agreeing, disagreement, printed, prints_date, prints_year
from briefgen.diagnostic import Diagnostic
from briefgen.edtf import MONTHS, Edtf, parse
from tests.kit import MiniSite, find, helped, site


def read(text: str) -> Edtf:
    e = parse(text)
    assert isinstance(e, Edtf), e
    return e


def short(words: str) -> list[str]:
    return [_short(words, p) for p in printed(words)]


def _short(words: str, p: Printed) -> str:
    year = f"{p.year}s" if p.decade else str(p.year or "")
    day = WEEKDAYS[p.weekday][:3] if p.weekday is not None else ""
    parts = [day, str(p.day or ""), MONTHS[p.month - 1][:3] if p.month else "", year, "?" if p.either else ""]
    return " ".join(filter(None, parts)) + f" <{words[p.start : p.end]}>"


PRINTED = [
    ("On June 24th the U.S. Government", ["24 Jun <June 24th>"]),
    ("since the fourth of last April an attack", ["4 Apr <fourth of last April>"]),
    ("On Wednesday", ["Wed <Wednesday>"]),
    ("expressed on Thursday its alarm", ["Thu <Thursday>"]),
    ("held in Berlin on January 19 with the participation", ["19 Jan <January 19>"]),
    ("a virtual meeting on July 1 to discuss", ["1 Jul <July 1>"]),
    ("fall of Muammar Gaddafi´s regime in 2011, Libya", ["2011 <2011>"]),
    ("24 June 2020", ["24 Jun 2020 <24 June 2020>"]),
    ("Haftar´s announcement on December 12", ["12 Dec <December 12>"]),
    ("statement published Friday night - Saturday", ["Fri <Friday>", "Sat <Saturday>"]),
    ("On 7 June, the UN called", ["7 Jun <7 June>"]),
    ("Ministry confirmed in June", ["Jun <June>"]),
    ("Wednesday, July 1, 2020", ["Wed 1 Jul 2020 <Wednesday, July 1, 2020>"]),
    ("Wed., 1 July", ["Wed 1 Jul <Wed., 1 July>"]),
    ("Sun, 4 July", ["Sun 4 Jul <Sun, 4 July>"]),
    ("JULY 1", ["1 Jul <JULY 1>"]),
    ("Sept. 3", ["3 Sep <Sept. 3>"]),
    ("Dec. 2019", ["Dec 2019 <Dec. 2019>"]),
    ("the 1st of March 2020", ["1 Mar 2020 <1st of March 2020>"]),
    ("twenty-first of March", ["21 Mar <twenty-first of March>"]),
    ("Twenty First of March", ["21 Mar <Twenty First of March>"]),
    ("July the 4th", ["4 Jul <July the 4th>"]),
    ("on the 24th", ["24 <24th>"]),
    ("on the fourth.", ["4 <fourth>"]),
    ("4-6 May 2020", ["4 May 2020 <4-6 May 2020>", "6 May 2020 <4-6 May 2020>"]),
    ("4, 5 and 6 May", ["4 May <4, 5 and 6 May>", "5 May <4, 5 and 6 May>", "6 May <4, 5 and 6 May>"]),
    ("July 1 and 2", ["1 Jul <July 1 and 2>", "2 Jul <July 1 and 2>"]),
    ("30 April–2 May", ["30 Apr <30 April>", "2 May <2 May>"]),
    ("April 30-May 2, 2020", ["30 Apr <April 30>", "2 May 2020 <May 2, 2020>"]),
    ("May 4, 2020 and June 5, 2020", ["4 May 2020 <May 4, 2020>", "5 Jun 2020 <June 5, 2020>"]),
    ("2020-07-01", ["1 Jul 2020 <2020-07-01>"]),
    ("13/07/2020", ["13 Jul 2020 <13/07/2020>"]),
    ("07/13/2020", ["13 Jul 2020 <07/13/2020>"]),
    ("01/07/2020", ["1 Jul 2020 ? <01/07/2020>"]),
    ("Resolution 2510 of 12 February 2020", ["12 Feb 2020 <12 February 2020>"]),
    ("Resolution 1970 (2011)", ["2011 <2011>"]),
    ("between 2014 and 2020", ["2014 <2014>", "2020 <2020>"]),
    ("the 2011 uprising", ["2011 <2011>"]),
    ("in the 2010s", ["2010s <2010s>"]),
    ("in May", ["May <May>"]),
    ("since last March", ["Mar <March>"]),
    ("late August", ["Aug <August>"]),
    ("the first June meeting", ["Jun <June>"]),
    ("In July 20 people died", ["Jul <July>"]),
    ("July 1 and 12 people", ["1 Jul <July 1>"]),
    ("June 5,000 people", ["Jun <June>"]),
    ("July 1.5 million", ["Jul <July>"]),
    ("Friday's statement", ["Fri <Friday>"]),
    ("2011", ["2011 <2011>"]),
]
NOTHING = [
    "5+5",
    "progress in the UN-facilitated 5+5 talks",
    "450 kilometres east",
    "The two sides",
    "first meeting",
    "the 24th brigade",
    "May I ask",
    "Theresa May said",
    "they may 20 times",
    "March on Tripoli",
    "the march of 4",
    "an august body",
    "The Sun reported",
    "Sat down",
    "Mon Dieu",
    "The Sunday Times",
    "on Fridays",
    "2,011 men",
    "2000 fighters",
    "in 2000 people",
    "Resolution 2510",
    "No. 12",
    "$2011",
    "yesterday",
    "last week",
    "",
    "12 men and 4 women",
    "the second of them",
    "Marchers in Mayfair",
    "Junebug",
    "decem 12",
    "1:30",
    "5-6",
]


@pytest.mark.parametrize(("words", "found"), PRINTED, ids=[p[0] for p in PRINTED])
def test_dates_in_words(words: str, found: list[str]) -> None:
    assert short(words) == found
    assert prints_date(words)
    assert prints_year(words) == any(p.year for p in printed(words))


@pytest.mark.parametrize("words", NOTHING)
def test_what_is_no_date(words: str) -> None:
    assert short(words) == []


DISAGREE = [
    ("On Wednesday", "2020-07-02", "the words say Wednesday, but 2 July 2020 is a Thursday", ""),
    ("On July 1", "2020-07-02", "the words say 1 July, the date is 2 July 2020", "2020-07-01"),
    ("On 1 July 2020", "2019-07-02", "the words say 1 July 2020, the date is 2 July 2019", "2020-07-01"),
    ("in June", "2020-07", "the words say June, the date is July 2020", "2020-06"),
    ("in June", "2020-07-01", "the words say June, the date is 1 July 2020", ""),
    ("in 2011", "2012", "the words say 2011, the date is 2012", "2011"),
    ("on the 24th", "2020-06-25", "the words say day 24, the date is 25 June 2020", ""),
    ("the fourth of last April", "2019-04-05/..", "the words say 4 April, the date is 5 April 2019", "2019-04-04/.."),
    ("in June", "../2020-07", "the words say June, the date is July 2020", "../2020-06"),
    ("5 May", "2020-05-04/2020-05-06", "the words say 5 May, the ends are 4 May 2020 and 6 May 2020", ""),
    ("4-7 May", "2020-05-04/2020-05-06", "the words say 7 May, the ends are 4 May 2020 and 6 May 2020", ""),
    ("February 29", "2019-03-01", "the words say 29 February, the date is 1 March 2019", ""),
    ("On Thursday, July 1", "2020-07-01", "the words say Thursday, but 1 July 2020 is a Wednesday", ""),
    ("Wednesday and Thursday", "2020-07-01", "the words say Thursday, but 1 July 2020 is a Wednesday", ""),
    ("1/7/2020", "2020-07-02", "the words say 1 July 2020, the date is 2 July 2020", ""),
    ("June 24", "2020-06-25~", "the words say 24 June, the date is about 25 June 2020", ""),
    ("in the 1990s", "201X", "the words say the 1990s, the date is the 2010s", ""),
    ("June 1 or June 2", "2020-06-03", "the words say 1 June, the date is 3 June 2020", ""),
]


@pytest.mark.parametrize(("words", "date", "clause", "corrected"), DISAGREE, ids=[f"{d[0]} {d[1]}" for d in DISAGREE])
def test_disagreement_is_a_clause_and_a_corrected_date(words: str, date: str, clause: str, corrected: str) -> None:
    assert disagreement(words, read(date)) == clause
    assert agreeing(words, read(date)) == corrected


AGREE = [
    ("On July 1", "2020-07-01"),
    ("On Wednesday", "2020-07-01"),
    ("On June 24th", "2020-06"),
    ("On June 24th", "2020"),
    ("On Wednesday", "2020-07"),
    ("in June", "2020-06-24"),
    ("in 2011", "2011-02-17"),
    ("in 2011", "201X"),
    ("in the 2010s", "2011"),
    ("in the 2010s", "201X"),
    ("1/7/2020", "2020-07-01"),
    ("1/7/2020", "2020-01-07"),
    ("4-6 May", "2020-05-04/2020-05-06"),
    ("the fourth of last April", "2019-04-04/.."),
    ("Friday night - Saturday", "2020-01-03/2020-01-04"),
    ("on December 12", "2019-12-13..2020-04-04"),
    ("July 1", "..2020-06-24"),
    ("nothing", "2020-07-01"),
    ("June 24", "2020-06-XX"),
    ("June 24", "2020-06-24?"),
    ("in June", "2020-06~/.."),
]


@pytest.mark.parametrize(("words", "date"), AGREE)
def test_agreement(words: str, date: str) -> None:
    assert disagreement(words, read(date)) is None


@st.composite
def days(draw: st.DrawFn) -> tuple[int, int, int]:
    year, month = draw(st.integers(1000, 2099)), draw(st.integers(1, 12))
    return year, month, draw(st.integers(1, monthrange(year, month)[1]))


FORMS = [
    "{d} {n} {y}",
    "{n} {d}, {y}",
    "on {w}, {n} {d}, {y}",
    "{w} {d} {n} {y} at noon",
    "the {o} of {n} {y}",
    "({n} {o} {y})",
    "{y}-{m:02}-{d:02}",
    "{w} said {d} {n}",
]


def ordinal(day: int) -> str:
    return f"{day}{'th' if 10 < day < 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def say(form: str, year: int, month: int, day: int) -> str:
    name = day_name[weekday(year, month, day)]
    return form.format(y=year, m=month, d=day, n=MONTHS[month - 1], w=name, o=ordinal(day))


@given(days(), days(), st.sampled_from(FORMS))
def test_a_printed_day_agrees_with_itself_and_with_no_other(
    one: tuple[int, int, int], other: tuple[int, int, int], form: str
) -> None:
    words = say(form, *one)
    own, strange = (read(f"{y:04}-{m:02}-{d:02}") for y, m, d in (one, other))
    assert prints_date(words)
    assert disagreement(words, own) is None
    if one[1:] != other[1:]:
        assert disagreement(words, strange)
        corrected = agreeing(words, strange)
        assert not corrected or disagreement(words, read(corrected)) is None


@given(days())
def test_what_the_site_shows_is_read_back(day: tuple[int, int, int]) -> None:
    e = read("{:04}-{:02}-{:02}".format(*day))
    assert [(p.year, p.month, p.day) for p in printed(display(e))] == [day]


@given(st.text(max_size=80))
def test_any_words_are_read(words: str) -> None:
    for p in printed(words):
        assert 0 <= p.start < p.end <= len(words)


@pytest.mark.parametrize(
    "words",
    ["1, " * 20_000, "1 and " * 10_000, "July " * 10_000, "the fourth of " * 5_000, " " * 50_000, "in " * 20_000, "12-" * 20_000],
)
def test_long_words_are_read_soon(words: str) -> None:
    before = time.perf_counter()
    printed(words)
    assert time.perf_counter() - before < 2


# ---------------------------------------------------------------- the rule

ARTICLE = """
//- content/articles/press.md
---
title: A meeting
rights: us-gov
language: {language}
---

On July 1 the parties met. On Wednesday they spoke. The siege ended. In April it began.
"""


def told(cite: str, language: str = "en") -> MiniSite:
    return site(ARTICLE.format(language=language) + "//- content/events/e.yaml\ne:\n  name: E\n  from: press\n  date:\n" + cite)


def dates(cite: str, language: str = "en") -> list[Diagnostic]:
    mini = told(cite, language)
    return [d for d in find(mini.snapshot()) if d.code.startswith("date-words")]


def test_words_that_disagree_are_an_error_with_the_corrected_date() -> None:
    (found,) = dates("    2020-07-02: On July 1\n")
    assert (found.code, found.severity, found.span.line) == ("date-words-disagree", "error", 5)
    assert helped(found, told("    2020-07-02: On July 1\n").snapshot().content) == "    2020-07-01: On July 1"
    assert found.message == "The words and the date do not agree: the words say 1 July, the date is 2 July 2020."


def test_each_citation_is_checked() -> None:
    assert [(d.code, d.span.line) for d in dates("    2020-07-01:\n      - On July 1\n      - In April\n")] == [
        ("date-words-disagree", 7)
    ]
    assert dates("    2020-07-01:\n      - On July 1\n      - On Wednesday\n      - The siege ended\n") == []


def test_words_without_a_date_are_a_warning_that_a_note_answers() -> None:
    (found,) = dates("    ../2020-07: The siege ended\n")
    assert (found.code, found.severity) == ("date-words-missing", "warning")
    (found,) = dates("    ../2020-07: The siege ended\n  notes:\n    date: It is undated.\n")
    assert (found.code, found.severity) == ("date-words-missing", "info")


def test_one_day_spans_are_not_checked() -> None:
    assert dates("    ..2020-06-24: The siege ended\n") == []
    assert dates("    2020-05-01..2020-06-24: On July 1\n") == []


def test_other_languages_are_not_checked_and_say_so() -> None:
    (found,) = dates("    2020-07-02: On July 1\n", "ar")
    assert (found.code, found.severity) == ("date-words-not-checked", "info")
    assert "“ar”" in found.message
    assert dates("    2020-07-01: On July 1\n", "en-GB") == []
