"""Dates at the precision written (MODEL.md, "Dates")."""

from __future__ import annotations

import time
from calendar import monthrange

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.datetext import display
from briefgen.edtf import Edtf, Point, first_day, iso, last_day, parse, sort_key


def read(text: str) -> Edtf:
    e = parse(text)
    assert isinstance(e, Edtf), e
    return e


SHOWN = [
    ("2020-07-01", "date", "1 July 2020", "2020-07-01", (2020, 7, 1), (2020, 7, 1)),
    ("2020-06", "date", "June 2020", "2020-06", (2020, 6, 1), (2020, 6, 30)),
    ("2011", "date", "2011", "2011", (2011, 1, 1), (2011, 12, 31)),
    ("0987", "date", "987", "0987", (987, 1, 1), (987, 12, 31)),
    ("2011~", "date", "about 2011", "", (2011, 1, 1), (2011, 12, 31)),
    ("2020-06?", "date", "possibly June 2020", "", (2020, 6, 1), (2020, 6, 30)),
    ("2020-06-24%", "date", "possibly about 24 June 2020", "", (2020, 6, 24), (2020, 6, 24)),
    ("201X", "date", "the 2010s", "", (2010, 1, 1), (2019, 12, 31)),
    ("201X~", "date", "about the 2010s", "", (2010, 1, 1), (2019, 12, 31)),
    ("20XX", "date", "the years 2000–2099", "", (2000, 1, 1), (2099, 12, 31)),
    ("000X", "date", "the years 1–9", "", (1, 1, 1), (9, 12, 31)),
    ("2020-XX", "date", "a month in 2020", "", (2020, 1, 1), (2020, 12, 31)),
    ("2020-02-XX", "date", "a day in February 2020", "", (2020, 2, 1), (2020, 2, 29)),
    ("2020-XX-XX", "date", "a day in 2020", "", (2020, 1, 1), (2020, 12, 31)),
    ("2019-04-04/..", "interval", "from 4 April 2019 on", "", (2019, 4, 4), None),
    ("../2020-07", "interval", "until at least July 2020", "", None, (2020, 7, 31)),
    ("2020-05-04/2020-05-06", "interval", "4–6 May 2020", "", (2020, 5, 4), (2020, 5, 6)),
    ("2020-04-30/2020-05-02", "interval", "30 April – 2 May 2020", "", (2020, 4, 30), (2020, 5, 2)),
    ("2019-12-28/2020-01-03", "interval", "28 December 2019 – 3 January 2020", "", (2019, 12, 28), (2020, 1, 3)),
    ("2020-06/2020-07", "interval", "June–July 2020", "", (2020, 6, 1), (2020, 7, 31)),
    ("2019-12/2020-01", "interval", "December 2019 – January 2020", "", (2019, 12, 1), (2020, 1, 31)),
    ("2011/2020", "interval", "2011–2020", "", (2011, 1, 1), (2020, 12, 31)),
    ("2011~/2020-06", "interval", "from about 2011 to June 2020", "", (2011, 1, 1), (2020, 6, 30)),
    ("2020-01-01/2020-01-01", "interval", "1 January 2020", "", (2020, 1, 1), (2020, 1, 1)),
    ("2019-12-13..2020-04-04", "one-day", "between 13 December 2019 and 4 April 2020", "", (2019, 12, 13), (2020, 4, 4)),
    ("..2020-06-24", "one-day", "by 24 June 2020", "", None, (2020, 6, 24)),
    ("2020-06-24..", "one-day", "on or after 24 June 2020", "", (2020, 6, 24), None),
]


@pytest.mark.parametrize(("text", "form", "shown", "machine", "first", "last"), SHOWN, ids=[s[0] for s in SHOWN])
def test_forms(text: str, form: str, shown: str, machine: str, first: object, last: object) -> None:
    e = read(text)
    assert (e.form, e.text, display(e), iso(e), first_day(e), last_day(e)) == (form, text, shown, machine, first, last)


def test_points_keep_what_is_known_and_how_well() -> None:
    assert read("2020-06%").start == Point(2020, 6, approximate=True, uncertain=True)
    assert read("20XX").start == Point(2000, unknown=2)
    assert read("2020-06-XX").start == Point(2020, 6, masked=("day",))
    assert read("..2020").start is None
    assert read("2020").start == read("2020").end


@pytest.mark.parametrize("text", ["2019-12-13..2020-04-04", "..2020-06-24", "2020-06-24.."])
def test_brackets_are_optional_around_one_day(text: str) -> None:
    assert parse(f"[{text}]") == parse(f" {text} ") == parse(text)


WRONG = [
    ("2024-02-30", "has day 30, and February 2024 has 29."),
    ("2023-02-29", "has day 29, and February 2023 has 28."),
    ("2020-07-00", "has day 0"),
    ("2020-13", "has month 13, and a year has twelve."),
    ("2020-13-01", "Write 2020-01-13 if day and month are exchanged."),
    ("2020-07-03/2020-07-01", "ends before it begins. Write “2020-07-01/2020-07-03”"),
    ("2020-07-03..2020-07-01", "ends before it begins. Write “2020-07-01..2020-07-03”"),
    ("2020-07/2020-06-30", "ends before it begins"),
    ("../..", "open at both ends"),
    ("..", "open at both ends"),
    ("0000", "years go from 0001 to 9999"),
    ("201X-05", "Write 201X alone."),
    ("2020-XX-05", "Write 2020-XX-XX or 2020."),
    ("[2020-07-01]", "is no such span"),
    ("[2019-04-04/..]", "is no such span"),
    ("", "There is no date here."),
    ("9" * 5000, "too long for a date"),
    ("yesterday", "Write a date as 2020-07-01, 2020-07 or 2020."),
    ("٢٠٢٠-٠٧-٠١", "not in a form that can be read"),
    ("2020-07-01\x00", "not in a form that can be read"),
]


@pytest.mark.parametrize(("text", "says"), WRONG, ids=[w[0][:24] for w in WRONG])
def test_wrong_dates_are_told_in_a_sentence(text: str, says: str) -> None:
    said = parse(text)
    assert isinstance(said, str)
    assert says in said
    assert said.endswith(".")
    assert len(said) < 200


MEANT = [
    ("1 July 2020", "2020-07-01"),
    ("1st of July, 2020", "2020-07-01"),
    ("July 1, 2020", "2020-07-01"),
    ("on Sept. 3rd 2020", "2020-09-03"),
    ("June 2020", "2020-06"),
    ("2020/07/01", "2020-07-01"),
    ("2020.07.01", "2020-07-01"),
    ("2020-7-1", "2020-07-01"),
    ("2020–07–01", "2020-07-01"),
    ("20200701", "2020-07-01"),
    ("2020-07-01T12:30Z", "2020-07-01"),
    ("2020-07-01 12:30", "2020-07-01"),
    ("2020/07", "2020-07"),
    ("2020-6", "2020-06"),
    ("13/7/2020", "2020-07-13"),
    ("7/13/2020", "2020-07-13"),
    ("1/7/2020", "2020-07-01 or 2020-01-07"),
    ("c. 2011", "2011~"),
    ("about June 2020", "2020-06~"),
    ("possibly 2011", "2011?"),
    ("the 2010s", "201X"),
    ("2019-2020", "2019/2020"),
    ("2020-07-01 - 2020-07-03", "2020-07-01/2020-07-03"),
    ("1 July 2020 to 3 July 2020", "2020-07-01/2020-07-03"),
    ("since 4 April 2019", "“2019-04-04/..”"),
    ("2019-04-04/", "“2019-04-04/..”"),
    ("until July 2020", "“../2020-07”"),
    ("before 24 June 2020", "“..2020-06-24”"),
    ("between 13 December 2019 and 4 April 2020", "“2019-12-13..2020-04-04”"),
]


@pytest.mark.parametrize(("text", "meant"), MEANT, ids=[m[0] for m in MEANT])
def test_the_form_that_was_meant_is_told(text: str, meant: str) -> None:
    said = parse(text)
    assert isinstance(said, str)
    assert said.endswith(f" Write {meant}.")
    if " or " not in meant:
        read(meant.strip("“”"))


def test_the_order_is_by_first_day_then_coarse_before_fine() -> None:
    texts = [
        "2011",
        "2019-04-04/..",
        "2019-12-13..2020-04-04",
        "2020",
        "2020-06",
        "2020-06-01",
        "2020-06-07",
        "..2020-06-24",
        "2020-06-24",
        "../2020-07",
        "2020-07",
        "2020-07-01/2020-07-03",
        "2020-07-01",
    ]
    assert sorted(set(texts), key=lambda t: sort_key(read(t))) == texts


YEARS = st.integers(1, 9999)


@st.composite
def dates(draw: st.DrawFn) -> str:
    year, month = draw(YEARS), draw(st.integers(1, 12))
    day = draw(st.integers(1, monthrange(year, month)[1]))
    fine = draw(st.sampled_from(["{y:04}", "{y:04}-{m:02}", "{y:04}-{m:02}-{d:02}", "{y:04}-XX", "{y:04}-{m:02}-XX"]))
    return str(fine.format(y=year, m=month, d=day)) + draw(st.sampled_from(["", "", "~", "?", "%"]))


@st.composite
def expressions(draw: st.DrawFn) -> str:
    one, two = draw(dates()), draw(dates())
    return draw(
        st.sampled_from(
            [
                one,
                f"{one}/..",
                f"../{one}",
                f"{one}..",
                f"..{one}",
                f"{min(one, two)}/{max(one, two)}",
                f"{min(one, two)}..{max(one, two)}",
            ]
        )
    )


@given(expressions())
def test_every_expression_is_read_and_shown(text: str) -> None:
    e = parse(text)
    if isinstance(e, str):
        assert "ends before it begins" in e  # years are unequal as text only below 1000
        return
    assert e.text == text
    assert parse(e.text) == e
    assert display(e)
    assert iso(e) in ("", text)
    first, last = first_day(e), last_day(e)
    assert first is None or last is None or first <= last


@given(dates())
def test_what_is_shown_of_a_plain_date_is_what_was_meant(text: str) -> None:
    e = read(text)
    if e.start and e.start.exact and e.start.year >= 1000 and e.start.month:
        said = parse(display(e))
        assert isinstance(said, str)
        assert said.endswith(f"Write {text}.")


@given(st.lists(expressions().map(parse).filter(lambda e: isinstance(e, Edtf)), max_size=5))
def test_the_order_is_total(es: list[Edtf]) -> None:
    assert len({sort_key(e) for e in es}) == len({e.text for e in es})


@given(st.text(max_size=80))
def test_any_text_is_a_date_or_a_sentence(text: str) -> None:
    e = parse(text)
    assert isinstance(e, Edtf) or e.endswith(".")


@pytest.mark.parametrize("text", ["9" * 100_000, "/" * 100_000, "2020 to " * 10_000, "between " * 7, "." * 59, " " * 100_000])
def test_hostile_texts_are_sentences_soon(text: str) -> None:
    before = time.perf_counter()
    assert isinstance(parse(text), str)
    assert time.perf_counter() - before < 0.5
