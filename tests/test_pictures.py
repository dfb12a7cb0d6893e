"""Pictures are laid out right, whatever is in them: nothing overlaps, nothing leaves the picture, nothing is left out unsaid."""

from __future__ import annotations

import datetime
from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from briefgen.canonical import key
from briefgen.edtf import Edtf, parse
from briefgen.pages.pictures import lettering, matrix, scale, stand, table, timeline, trace
from briefgen.pages.pictures.lettering import NARROW, WIDE, Label
from briefgen.pages.pictures.timeline import Happened

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NAMES = st.one_of(
    st.text("abcdefghijklmno WM'-.", min_size=1, max_size=200),
    st.text("ابتثجحخدذرزسشصضطظعغ ", min_size=1, max_size=80),
    st.sampled_from(["U.S.-LNA discussion", "歐陽司馬諸葛東方不敗獨孤求敗", "é" * 40, "W" * 200]),
)
SPREADS = st.sampled_from(["week", "year", "century", "ages"])


@st.composite
def points(draw: st.DrawFn, spread: str = "ages") -> str:
    """A day, month or year, now and then with a qualifier, in a span as wide as asked for."""
    first, last = {"week": (2020, 2020), "year": (2020, 2021), "century": (1920, 2020), "ages": (900, 2090)}[spread]
    year = draw(st.integers(first, last))
    month = 7 if spread == "week" else draw(st.integers(1, 12))
    day = draw(st.integers(1, 7)) if spread == "week" else draw(st.integers(1, 28))
    tail = draw(st.sampled_from(["", "", "", "~", "?", "%"]))
    length = draw(st.sampled_from(["day", "day", "month", "year"])) if spread != "week" else "day"
    return {"day": f"{year:04}-{month:02}-{day:02}", "month": f"{year:04}-{month:02}", "year": f"{year:04}"}[length] + tail


@st.composite
def values(draw: st.DrawFn, spread: str) -> Edtf:
    """Any expression of MODEL's dates."""
    a, b = sorted((draw(points(spread)), draw(points(spread))))
    form = draw(st.sampled_from(["{a}", "{a}", "{a}/..", "../{a}", "{a}..", "..{a}", "{a}/{b}", "{a}..{b}"]))
    found = parse(form.format(a=a, b=b))
    return found if isinstance(found, Edtf) else draw(values(spread))


@st.composite
def happenings(draw: st.DrawFn) -> list[Happened]:
    spread = draw(SPREADS)
    few, many = draw(st.sampled_from([(0, 20), (0, 40), (21, 60)]))  # with names, mixed, with numbers
    dates = st.lists(values(spread), min_size=few > 20, max_size=3)
    held = draw(st.lists(st.tuples(NAMES, dates, st.booleans()), min_size=few, max_size=many))
    return [Happened(f"e{n}.html", "#y", name, "a date", tuple(given), strong) for n, (name, given, strong) in enumerate(held)]


def box(label: Label, words: str, wide: bool) -> tuple[int, int]:
    """From where to where a label reaches at most, in pixels."""
    x = label.x * (WIDE if wide else NARROW) // 1000 + label.dx
    length = lettering.width(words, 12)
    if label.anchor == "middle":
        return x - length // 2, x + length // 2
    runs_right = (label.anchor == "start") == (label.direction == "ltr")
    return (x, x + length) if runs_right else (x - length, x)


def stays_inside(label: Label) -> bool:
    ends = [box(label, words, wide) for words, wide in ((label.narrow, False), (label.wide, True)) if words]
    return all(left >= -1 and right <= (WIDE if at else NARROW) + 1 for at, (left, right) in enumerate(ends) if len(ends) == 2)


# ---------------------------------------------------------------- lettering


@given(NAMES, st.integers(20, 400))
def test_a_text_is_cut_where_its_room_ends(text: str, room: int) -> None:
    cut = lettering.fit(text, room)
    assert lettering.width(cut) <= room or len(cut) <= 2
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1].rstrip()))


@given(NAMES)
def test_a_text_on_two_lines_loses_nothing_but_its_end(text: str) -> None:
    held = lettering.lines(text, 700, 50, (100, 180))
    first, *rest = [one.narrow for one in held if one.narrow]
    assert "".join((first + "".join(rest)).rstrip("…").split()) in "".join(text.split()) or first.endswith("…")
    assert len(rest) <= 1


def test_a_name_runs_in_its_own_direction() -> None:
    arabic, latin = (lettering.label(text, 500, 0, "right", (170, 310)) for text in ("خليفة حفتر", "Khalifa Haftar"))
    assert (arabic.direction, arabic.anchor) == ("rtl", "end")
    assert (latin.direction, latin.anchor) == ("ltr", "start")


# ---------------------------------------------------------------- scale


@given(st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 30)))
def test_days_are_counted_as_the_calendar_does(day: datetime.date) -> None:
    number = scale.day_number((day.year, day.month, day.day))
    assert scale.civil(number) == (day.year, day.month, day.day)
    after = day + datetime.timedelta(days=1)
    assert scale.day_number((after.year, after.month, after.day)) == number + 1


spans = st.lists(
    st.tuples(st.integers(0, 800_000), st.integers(1, 20_000)).map(lambda p: (p[0], p[0] + p[1])), min_size=1, max_size=30
)


@given(spans, st.data())
def test_later_never_lies_before_earlier(held: list[tuple[int, int]], data: st.DataObject) -> None:
    opened = [(data.draw(st.booleans()), data.draw(st.booleans())) for _ in held]
    line = scale.stretches(held, opened)
    assert len(line) <= scale.STRETCHES
    assert all(any(s.first <= a and b <= s.last for s in line) for a, b in held)
    assert all(s.outer[0] <= s.left < s.right <= s.outer[1] for s in line)
    assert all(a.outer[1] + scale.BREAK <= b.outer[0] and a.last < b.first for a, b in pairwise(line))
    assert line[0].outer[0] >= 0
    assert line[-1].outer[1] <= 1000
    for stretch in line:
        places = [stretch.at(time) for time in sorted({t for span in held for t in span})]
        assert places == sorted(places)


@given(spans)
def test_labels_of_the_scale_do_not_touch(held: list[tuple[int, int]]) -> None:
    line = scale.stretches(held, [(False, False)] * len(held))
    ticks = [t for stretch in line for t in scale.ticks(stretch, MONTHS)]
    assert len(ticks) >= len(line)
    for row in ("label", "under"):
        shown = [(t.x * NARROW // 1000 + 4, getattr(t, row)) for t in ticks if getattr(t, row)]
        assert all(x + lettering.width(text, scale.TICK_SIZE) <= after for (x, text), (after, _) in pairwise(shown))
        assert all(x >= 0 and x + lettering.width(text, scale.TICK_SIZE) <= NARROW for x, text in shown)


def test_a_line_is_broken_over_years_of_silence_and_never_within_some_weeks() -> None:
    def breaks(*dates: str) -> int:
        found = [v for d in dates if isinstance(v := parse(d), Edtf)]
        assert len(found) == len(dates)
        held = [Happened("x", "#y", "A name", "", (v,), False) for v in found]
        return len(timeline.timeline_pictures(held, MONTHS)[0].breaks)

    assert breaks("2020-07-01", "2020-07-02", "2020-08-20") == 0
    assert breaks("2011", "2019-04-04", "2019-12-12", "2020-07-01") == 1
    assert breaks("1066", "1945", "2020-07-01", "2020-07-02") == 2
    days = [f"2020-07-{n:02}" for n in range(1, 9)]
    assert breaks("1990", "1995", "2000", "2005", "2010", *days) == 1
    assert breaks("1990", "2000", *days) == 2
    assert breaks("1950", "1970", "1990", "2010/2020-07-01", *days) == 0, "what lasts is never cut"


def test_a_week_is_told_by_its_days_and_an_age_by_its_centuries() -> None:
    def told(*dates: str) -> list[str]:
        found = [parse(d) for d in dates]
        happened = [Happened("x", "#y", d, d, (v,), False) for d, v in zip(dates, found, strict=True) if isinstance(v, Edtf)]
        (picture,) = timeline.timeline_pictures(happened, MONTHS)
        return [f"{t.label} {t.under}".strip() for t in picture.ticks]

    assert told("2020-07-01", "2020-07-04")[:2] == ["1 Jul 2020", "2"]
    assert told("2020-02", "2020-04", "2020-07")[0] == "Feb 2020"
    assert told("1000", "1300", "1600", "2000") == ["1000", "1200", "1400", "1600", "1800", ""]
    fast = [f"2022-01-{n:02}" for n in range(1, 20)]
    ages = [str(year) for year in range(1000, 2001, 100)]
    assert told(*ages, *fast) == ["1000", "1200", "1400", "1600", "1800", "", "1 Jan 2022", "5", "10", "15"]
    assert told("1066", "2020-07-01") == ["Jan 1066", "Apr", "Jul", "Oct", "1 Jul 2020"]


# ---------------------------------------------------------------- timeline


@given(happenings())
def test_every_value_of_a_date_has_its_mark_and_no_mark_leaves_the_picture(held: list[Happened]) -> None:
    pictures = timeline.timeline_pictures(held, MONTHS)
    marks = Counter(row.href for p in pictures for row in p.rows for _ in row.marks)
    wanted = Counter({h.href: len(h.values) for h in held if h.values})
    assert marks <= wanted
    assert sum(marks.values()) + sum(c.count for p in pictures for c in p.crowds) == sum(wanted.values())
    assert marks == wanted or any(p.numbered for p in pictures)
    for picture in pictures:
        for row in picture.rows:
            assert scale.LEFT <= row.y <= picture.height - 10
            for one in row.marks:
                assert 0 <= one.before <= one.x1 <= one.x2 <= one.after <= 1000
                assert one.x1 <= one.sure1 <= one.sure2 <= one.x2 or one.sure1 == one.sure2


@given(happenings())
def test_no_two_marks_of_a_row_touch_and_no_two_names_share_a_line(held: list[Happened]) -> None:
    for picture in timeline.timeline_pictures(held, MONTHS):
        rows: dict[int, list[tuple[int, int]]] = {}
        for row in picture.rows:
            if picture.numbered:
                (one,) = row.marks
                ring = row.middle - timeline.BALL, row.middle + timeline.BALL
                rows.setdefault(row.y, []).append((min(one.before, ring[0]), max(one.after, ring[1])))
        for lane in rows.values():
            assert all(a[1] <= b[0] for a, b in pairwise(sorted(lane)))
        if not picture.numbered:
            heights = [row.y for row in picture.rows]
            assert all(b - a >= 24 for a, b in pairwise(heights))
            assert all(stays_inside(label) for row in picture.rows for label in row.labels)
            assert all(any(label.narrow for label in row.labels) for row in picture.rows)


def only(text: str) -> timeline.Mark:
    """The mark of one date between two others."""
    found = [parse(d) for d in ("2019-01-01", text, "2021-12-31")]
    held = [Happened("x", "#y", "A name", "", (v,), False) for v in found if isinstance(v, Edtf)]
    return timeline.timeline_pictures(held, MONTHS)[0].rows[1].marks[0]


def test_a_mark_shows_how_exactly_a_date_is_known() -> None:
    assert only("2020-06-24").kind == "day"
    assert only("2020-06-24?").kind == "band"
    assert only("2020-06").kind == only("2020").kind == only("2019-12-13..2020-04-04").kind == "band"
    assert only("2019-04-04/2020-06-01").kind == "bar"
    week = only("2020-06-24..2020-06-30")
    assert week.x2 > week.x1
    assert week.before == week.x1
    by = only("..2020-06-24")
    assert (by.kind, by.x1) == ("band", by.x2)
    assert by.before < by.x1 == by.after
    since = only("2019-04-04/..")
    assert (since.kind, since.before, since.x1) == ("bar", since.x1, since.x2)
    assert since.after > since.x2
    until = only("../2020-07")
    assert until.sure1 == until.sure2
    assert until.before < until.x1 < until.x2
    sure = only("2019/2021-06-01")
    assert sure.x1 < sure.sure1 < sure.sure2 == sure.x2


def test_twenty_have_names_and_more_have_numbers() -> None:
    value = parse("2020-07-01")
    assert isinstance(value, Edtf)
    for many, numbered in ((20, False), (21, True), (300, True)):
        pictures = timeline.timeline_pictures([Happened("x", "#y", "A name", "", (value,), False)] * many, MONTHS)
        assert {p.numbered for p in pictures} == {numbered}
        found = [r.number for p in pictures for r in p.rows]
        assert found == sorted(set(found))
        assert len(found) + sum(c.count for p in pictures for c in p.crowds) == many
        assert all(p.height <= 860 for p in pictures)


# ---------------------------------------------------------------- who met whom


@st.composite
def came(draw: st.DrawFn) -> tuple[int, list[trace.Came]]:
    meetings, fewest = draw(st.sampled_from([(2, 25), (5, 1), (14, 21), (40, 1)]))
    at = st.lists(
        st.tuples(st.integers(0, meetings - 1), st.integers(0, 300)),
        min_size=1,
        max_size=min(9, meetings),
        unique_by=lambda p: p[0],
    )
    rows = draw(st.lists(st.tuples(NAMES, st.booleans(), at), min_size=fewest, max_size=45))
    return meetings, [trace.Came(f"{n} {name}", party, tuple(sorted(held))) for n, (name, party, held) in enumerate(rows)]


def naming(actor: str) -> trace.Named:
    n, _, name = actor.partition(" ")
    return trace.Named(f"a{n}.html", name)


@given(came())
def test_every_meeting_has_a_column_and_nobody_is_left_out_unsaid(given_: tuple[int, list[trace.Came]]) -> None:
    count, held = given_
    panels = trace.trace_panels([trace.Meeting(f"m{n}.html", f"Meeting {n}", "1 July 2020") for n in range(count)], held, naming)
    assert [c.href for p in panels for c in p.columns] == [f"m{n}.html" for n in range(count)]
    for at, panel in enumerate(panels):
        here = [c for c in held if any(n // trace.COLUMNS == at for n, _ in c.at)]
        assert len(panel.lines) + panel.more == len(here)
        assert len(panel.lines) <= trace.ROWS
        assert all(b.x - a.x >= 24 * 1000 // NARROW for a, b in pairwise(panel.columns))
        assert all(b.y - a.y >= 24 for a, b in pairwise(panel.lines))
        for line in panel.lines:
            one = next(c for c in held if naming(c.actor).href == line.href)
            assert len(line.dots) == sum(n // trace.COLUMNS == at for n, _ in one.at)
            assert 0 <= line.left <= line.dots[0].x <= line.dots[-1].x <= line.right <= 1000
            assert line.y < panel.height
            assert stays_inside(line.label)


def test_nobody_is_asked_for_the_name_of_those_who_have_no_row() -> None:
    held = [trace.Came(f"{n} A", False, tuple((m, 1) for m in range(12 - n % 9))) for n in range(45)]
    asked: list[str] = []

    def noting(actor: str) -> trace.Named:
        asked.append(actor)
        return naming(actor)

    (panel,) = trace.trace_panels([trace.Meeting("m", "A meeting", "")] * 12, held, noting)
    assert panel.more == 25
    assert [naming(one).href for one in asked] == [line.href for line in panel.lines]


def test_half_a_date_is_never_printed() -> None:
    meetings = [trace.Meeting("m", "A meeting", "between 13 December 2019 and 4 April 2020")] * 5
    (panel,) = trace.trace_panels(meetings, [trace.Came("0 A", True, ((0, 1),))], naming)
    assert {(c.label.narrow, c.label.wide) for c in panel.columns} == {("", "")}


@given(st.lists(st.tuples(NAMES, st.lists(st.tuples(NAMES, st.booleans()), max_size=12)), min_size=2, max_size=6))
def test_delegations_face_each_other_and_the_rest_is_counted(given_: list[tuple[str, list[tuple[str, bool]]]]) -> None:
    parties = []
    for n, (name, people) in enumerate(given_):
        members = tuple(table.Member(f"p{n}-{m}", who, again) for m, (who, again) in enumerate(people))
        left = len(members) - len(table.shown(members))
        parties.append(table.Delegation(f"a{n}", name, f"#party-{n}", members, f"and {left} more" if left else ""))
    picture = table.table_picture(parties)
    assert picture
    for block, party in zip(picture.blocks, parties, strict=True):
        named = [s for s in block.seats if not s.rest]
        assert [s.href for s in named] == [m.href for m in table.shown(party.members)]
        assert len(party.members) == len(named) or any(s.rest for s in block.seats)
        assert all(stays_inside(s.label) and s.y < picture.height for s in block.seats)
        assert len({s.x for s in block.seats}) <= 1
    for x in (480, 520):
        blocks = [b for b in picture.blocks if b.labels[0].x == x]
        heights = sorted(y for b in blocks for y in (*(one.y for one in b.labels if one.narrow), *(s.y for s in b.seats)))
        assert all(b - a >= lettering.LINE for a, b in pairwise(heights))
        assert all(stays_inside(one) for b in blocks for one in b.labels)


def test_those_who_came_again_are_named_first() -> None:
    members = tuple(table.Member(str(n), str(n), again=n > 295) for n in range(300))
    assert [m.name for m in table.shown(members)] == ["0", "1", "2", "296", "297", "298", "299"]


# ---------------------------------------------------------------- who stands with whom


@st.composite
def ties(draw: st.DrawFn) -> list[stand.Tie]:
    ends = st.integers(0, draw(st.integers(1, 30))).map(str)
    held = draw(st.lists(st.tuples(ends, NAMES, ends, st.sampled_from(["own", "said", "editors"])), min_size=1, max_size=60))
    return [
        stand.Tie(n, a, verb, b, f"#r{n}", "says somebody" if voice == "said" else "", voice, f"{a} {verb} {b}")
        for n, (a, verb, b, voice) in enumerate(held, 1)
    ]


@given(ties(), NAMES)
def test_every_relation_is_one_line_from_its_subject_to_its_object(held: list[stand.Tie], name: str) -> None:
    actors = {e: stand.Actor(f"{e}.html", f"{name} {e}", own=False) for t in held for e in (t.subject, t.object)}
    picture = stand.stand_picture(held, actors, 99)
    assert picture.more == 0
    assert sorted(w.number for p in picture.panels for w in p.wires) == [t.number for t in held]
    by_number = {t.number: t for t in held}
    for panel in picture.panels:
        assert panel.height <= stand.TALLEST + stand.TWO_LINES * len(panel.objects)
        middles = {n.href: n.middle for n in panel.objects}
        for wire in panel.wires:
            assert wire.to == middles[f"{by_number[wire.number].object}.html"]
            above = max((n for n in panel.subjects if n.middle < wire.y), key=lambda n: n.middle)
            assert above.href == f"{by_number[wire.number].subject}.html"
        assert all(b.y - a.y >= 24 for a, b in pairwise(sorted(panel.wires, key=lambda w: w.y)))
        tall = [(n.middle - 13 * len({one.y for one in n.labels}) // 2, n.middle) for n in panel.objects]
        assert all(b[1] - a[1] >= 24 for a, b in pairwise(sorted(tall, key=lambda t: t[1])))
        everything = [one for n in (*panel.subjects, *panel.objects) for one in n.labels] + [w.label for w in panel.wires]
        assert all(stays_inside(one) and 0 < one.y <= panel.height for one in everything)


def test_a_picture_of_few_panels_says_what_it_leaves_out() -> None:
    held = [stand.Tie(n, str(n), "meets", "x", "#", "", "own", "") for n in range(40)]
    actors = {e: stand.Actor("", e, own=False) for t in held for e in (t.subject, t.object)}
    picture = stand.stand_picture(held, actors, 1)
    assert len(picture.panels) == 1
    assert len(picture.panels[0].wires) + picture.more == 40


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50), st.sampled_from(["own", "said"])), min_size=61, max_size=200))
def test_a_matrix_counts_what_it_has_no_room_for(held: list[tuple[int, int, str]]) -> None:
    pairs = [matrix.Pair(str(a), str(b), voice) for a, b, voice in held]
    ends = {str(n): matrix.End(f"Actor {n}", f"{n}.html", f"#of-{n}") for n in range(51)}
    picture = matrix.matrix_picture(pairs, ends)
    assert sum(s.count for line in picture.lines for s in line.spots) + picture.more == len(pairs)
    assert all(line.spots for line in picture.lines)
    assert all(b.x - a.x >= 24 * 1000 // NARROW for a, b in pairwise(picture.heads))


# ---------------------------------------------------------------- all of them


@given(happenings(), came(), ties())
def test_views_hold_no_fractions(held: list[Happened], met: tuple[int, list[trace.Came]], tied: list[stand.Tie]) -> None:
    """What a page is keyed by takes text and whole numbers only: so the same picture is the same bytes everywhere."""
    actors = {e: stand.Actor("", e, own=False) for t in tied for e in (t.subject, t.object)}
    meetings = [trace.Meeting("m", "A meeting", "")] * met[0]

    def drawn() -> str:
        panels = trace.trace_panels(meetings, met[1], naming)
        made = timeline.timeline_pictures(held, MONTHS), panels, stand.stand_picture(tied, actors, 9)
        return key("", (), made)

    assert drawn() == drawn()
