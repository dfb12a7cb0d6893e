"""The search index: what is found under which word, and in how many files an edit shows."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefgen.folding import fold, terms, words
from briefgen.pages import LastPages, Page, view_pages
from briefgen.pages.search import findings
from briefgen.pages.search import index as indexing
from briefgen.pages.search.branches import LIMIT, foretaste
from briefgen.pages.search.entry import Entry, Found, Handful
from briefgen.pages.search.files import files_of
from briefgen.pages.search.handfuls import handfuls
from briefgen.pages.search.index import EMPTY, Part, by_key, index_of, where_of
from briefgen.pages.search.keys import DIGITS, block_of, by_month, by_name, code, key
from briefgen.pages.search.shards import as_json, file_name
from briefgen.publish import crew
from briefgen.remaking import Tally
from briefgen.render import render_pages
from tests.kit import ROOT, build, demo, english, theme
from tests.pagekit import SMALL, briefing_of, pages, small
from tests.test_leaks import caged, readings

Data = dict[str, Any]
P = TypeVar("P")
R = TypeVar("R")


def read(files: dict[str, bytes]) -> Data:
    """The shards of a site by name, as search.js gets them."""
    found: Data = {}
    for url, data in files.items():
        if url.startswith("search/"):
            call = re.fullmatch(
                r'document\.dispatchEvent\(new CustomEvent\("briefgen:search", \{ detail: \[("[^"]+"), (.*)\] \}\)\);\n',
                data.decode(),
                re.DOTALL,
            )
            assert call, url
            found[json.loads(call[1])] = json.loads(call[2])
    return found


@lru_cache(maxsize=1)
def outputs() -> dict[str, bytes]:
    made = build(demo())
    assert made.outputs, made.diagnostics
    return dict(made.outputs)


def index(text: str = SMALL) -> Data:
    return shards_of(found(text))


def shards_of(given: Iterable[Found]) -> Data:
    """The shards of what is found of these pages, by name."""
    made = {s.name: (s.data, json.loads(s.data)) for s in files_of(index_of(given)).all()}
    assert all(as_json(data) == text for text, data in made.values())
    return {name: data for name, (_, data) in made.items()}


@lru_cache(maxsize=8)
def found(text: str = SMALL) -> tuple[Found, ...]:
    from briefgen.pages.published import site_of

    site = site_of(briefing_of(text), english(), "")
    return tuple(page.view for page in findings(site) if isinstance(page.view, Found))


def page(url: str, text: str = SMALL) -> Found:
    return next(f for f in found(text) if f.url == url)


def entries_of(url: str, text: str = SMALL) -> tuple[Entry, ...]:
    return entries_on(page(url, text))


def entries_on(one: Found) -> tuple[Entry, ...]:
    return tuple(entry for held in one.handfuls for entry in held.entries)


def entries(url: str, text: str = SMALL) -> dict[str, list[str]]:
    """Label -> texts of a page."""
    held: dict[str, list[str]] = {}
    for entry in entries_of(url, text):
        held.setdefault(entry.label, []).append(entry.text)
    return held


def holding(word: str, data: Data) -> set[str]:
    """The addresses of the pages that a word leads to."""
    where = {key: text[0] for name, block in data.items() if name.startswith("b") for key, text in block.items()}
    postings = [held[word] for name, held in data.items() if name.startswith("t") and word in held]
    return {where[one[:8]] for text in postings for one in text.split(" ") if one}


# ---------------------------------------------------------------- folding

SAME = [
    ("Haftar", "haftar"),
    ("HAFTAR’S", "haftar"),
    ("Qur’an", "quran"),
    ("Sana‘a", "sanaa"),
    ("Müller Straße", "muller strasse"),
    ("İstanbul", "istanbul"),
    ("Ærø", "aero"),
    ("U.S.", "us"),
    ("U.S.-LNA", "us lna"),
    ("U.N.’s", "un s"),
    ("3.5", "3 5"),
    ("end.Next", "end next"),
    ("al-Sarraj", "sarraj"),
    ("Al Sarraj", "sarraj"),
    ("el-Sisi", "sisi"),
    ("as-Sarraj", "sarraj"),
    ("ash-Shaykh", "shaykh"),
    ("as agreed", "as agreed"),
    ("an-other", "an other"),
    ("also", "also"),
    ("al", "al"),
    ("five-plus-five", "five plus five"),
    ("حَفْتَر", "حفتر"),
    ("حفتـــر", "حفتر"),
    ("أحمد إدريس آدم ٱلله", "احمد ادريس ادم الله"),
    ("مؤتمر هيئة", "موتمر هييه"),
    ("مصطفى", "مصطفي"),
    ("یوسف کریم", "يوسف كريم"),
    ("٢٠٢٠ ۲۰۲۰", "2020 2020"),
    ("ﻻ", "لا"),
    ("利比亚", "利 比 亚"),
    ("<img src=x>", "img src x"),
    ("—", ""),
]


@pytest.mark.parametrize(("written", "folded"), SAME)
def test_ways_of_writing_are_one_word(written: str, folded: str) -> None:
    assert " ".join(word[0] for word in words(written)) == folded


@pytest.mark.parametrize("written", ["al-Sarraj", "Al Sarraj", "el-Sarraj", "as-Sarraj"])
def test_a_name_is_found_with_and_without_its_article(written: str) -> None:
    assert terms(written) == {"sarraj", "alsarraj", "elsarraj"}


@pytest.mark.parametrize(
    "written", ["الجيش", "والجيش", "بالجيش", "وبالجيش", "للجيش", "وللجيش", "كالجيش", "فالجيش", "جيش", "وجيش", "لجيش"]
)
def test_an_arabic_word_is_found_whatever_is_written_onto_it(written: str) -> None:
    assert "جيش" in terms(written)


@pytest.mark.parametrize("written", ["ولد", "بيت", "كلب", "الم"])
def test_a_short_arabic_word_keeps_its_first_letter(written: str) -> None:
    assert {word[0] for word in words(written)} == {written}


@given(st.lists(st.sampled_from(["al", "el", "as", "x", "s", "5", " ", " ", "-", "'", "."]), max_size=12).map("".join))
@example("royal x al-al y")
def test_a_text_is_found_by_the_terms_of_its_words(written: str) -> None:
    assert terms(written) == {term for word in words(written) for term in word}


def test_folding_twice_changes_nothing() -> None:
    for written, _ in SAME:
        assert words(fold(written)) == words(written)


def test_a_word_is_no_longer_than_what_counts() -> None:
    assert {len(t) for t in terms("x" * 100)} == {32}


# ---------------------------------------------------------------- what is found


def test_a_record_is_found_by_all_its_names() -> None:
    data = index()
    for word in ("farj", "aoun"):
        assert "actors/aoun-farj.html" in holding(word, data)
    assert "actors/lna.html" in holding("جيش", data)
    assert "actors/lna.html" in holding("lna", data)
    assert page("actors/lna.html").words == ("the forces of Marshal Farj",)


def test_facts_stand_with_their_label_and_their_place() -> None:
    on = page("actors/aoun-farj.html")
    ranks = [e for e in entries_on(on) if e.label == "Rank"]
    assert [e.text for e in ranks] == ["General", "Marshal"]
    assert {e.voice for e in ranks} == {"fact"}
    assert all(e.fragment.startswith("rank-") for e in ranks)
    assert entries("meetings/july.html")["Date"] == ["1 July 2020"]
    assert entries("actors/moi.html")["Part of"] == ["Government"]
    assert "Aoun Farj, General" in entries("meetings/july.html")["National Army"]
    assert entries("actors/cy-cole.html")["The June talks"] == ["Minister, Government"]
    assert "United States meets with National Army" in entries("actors/us.html")["Relation"]


def test_what_a_party_said_is_a_sources_words_and_concerns_that_party() -> None:
    said = [e for e in entries_of("meetings/july.html") if e.voice == "source"]
    assert [(e.label, e.text, e.parties) for e in said] == [
        ("National Army", "The LNA’s aim is peace".replace("’", "'"), ("lna",)),
        ("All delegations", "met the Americans", ("lna", "us")),
    ]


def test_a_paragraph_knows_where_its_passages_stand() -> None:
    (first, *_) = [e for e in entries_of("articles/wire.html") if e.voice == "source"]
    held = {first.text[p.start : p.end] for p in first.places}
    assert {"On July 1", "met virtually", "The LNA's aim is peace"} <= held
    assert first.fragment == "p2"


def test_of_excerpts_only_what_is_quoted_is_found() -> None:
    texts = [e.text for e in entries_of("articles/paper.html")]
    assert texts == ["forces of Marshal Farj, called the LNA … met the Americans … on Wednesday"]
    assert holding("secret", index()) == set()


def test_of_an_article_that_is_a_link_only_the_title_is_found() -> None:
    assert entries_of("articles/linked.html") == ()
    assert holding("quiet", index()) == set()


def test_page_furniture_and_drafts_are_not_found() -> None:
    data = index()
    assert holding("share", data) == set()
    assert holding("ghost", data) == set()
    assert holding("shadow", data) == set()
    assert holding("hidden", data) == set()


def test_offsets_count_as_a_script_does() -> None:
    text = SMALL.replace("On July 1, the LNA", "\U0001f54a On July 1, the LNA")
    (first, *_) = [e for e in entries_of("articles/wire.html", text) if e.voice == "source"]
    script = first.text.encode("utf-16-le")
    assert any(script[2 * p.start : 2 * p.end].decode("utf-16-le") == "met virtually" for p in first.places)


def test_editors_prose_leads_to_its_paragraph() -> None:
    home = entries_of("index.html")[0]
    assert home.text == "The LNA met the other side. The GNA's view is on its page. GNA again."
    assert f'id="{home.fragment}"'.encode() in rendered(SMALL)["index.html"]
    assert page("index.html").kind == "prose"


def test_parties_are_those_who_met_with_what_is_part_of_them() -> None:
    assert page("actors/lna.html").parties == ("lna",)
    assert page("actors/moi.html").parties == ("gna",)
    assert page("actors/cy-cole.html").parties == ("gna",)
    assert page("meetings/june.html").parties == ("gna", "us")
    assert page("places/tripoli.html").parties == ()
    assert page("comparisons/ranks.html").parties == ("lna", "us")


def test_years_are_those_of_meetings_and_of_publication() -> None:
    assert page("meetings/june.html").years == ("2020",)
    assert page("actors/cy-cole.html").years == ("2020",)
    assert page("articles/wire.html").years == ("2020",)
    assert page("actors/moi.html").years == ()
    spans = SMALL.replace("date: {2020-06-24: On June 24}", "date: {2018/2020: On June 24}")
    assert page("meetings/june.html", spans).years == ("2018", "2019", "2020")


# ---------------------------------------------------------------- files


def test_every_result_leads_somewhere() -> None:
    files = outputs()
    seen = 0
    for name, block in read(files).items():
        for url, _, _, _, _, held in block.values() if name.startswith("b") else ():
            html = files[url].decode()
            for _, _, fragment, _, _, _, places in held:
                for anchor in [fragment, *(place[2] for place in places)]:
                    assert not anchor or f'id="{anchor}"' in html, f"{url}#{anchor}"
                    seen += bool(anchor)
    assert seen > 300


def test_the_shards_are_all_that_the_manifest_names() -> None:
    data = read(outputs())
    names = data["manifest"]["terms"].split(" ")
    assert {f"t{file_name(n)}" for n in names} == {n for n in data if n.startswith("t")}
    for name in names:
        for term in data[f"t{file_name(name)}"]:
            assert term == "" or term.startswith(name)


def test_a_word_stands_in_the_shard_that_the_script_asks_for() -> None:
    data = read(outputs())
    names = set(data["manifest"]["terms"].split(" "))
    for name in names:
        for term in data[f"t{file_name(name)}"]:
            longest = max((n for n in names if term.startswith(n)), key=len) if term else name
            assert longest == name


def test_no_file_of_the_index_is_a_monster() -> None:
    data = read(outputs())
    assert max(len(as_json(held)) for name, held in data.items() if name[0] in "tp") <= LIMIT * 1.1


def test_the_texts_of_a_key_are_in_its_block() -> None:
    data = read(outputs())
    for name, block in data.items():
        if name.startswith("b"):
            assert {f"b{block_of(key, data['manifest']['bits']):x}" for key in block} == {name}


def test_the_same_bytes_under_any_hash_seed() -> None:
    probe = """
import hashlib
from tests.kit import build, demo
files = build(demo()).outputs
print(hashlib.sha256(b"".join(u.encode() + d for u, d in sorted(files.items()) if u.startswith(("search", "a-z")))).hexdigest())
"""
    digests = {
        subprocess.run(
            [sys.executable, "-c", probe],
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C", "TZ": "Asia/Tokyo"},
            capture_output=True,
            check=True,
            cwd=ROOT,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def rendered(text: str) -> dict[str, bytes]:
    """Every page of a mini-site, whatever the rules find in it."""
    made, findings = render_pages(view_pages(briefing_of(text), english()), theme()[0], english())
    assert not findings
    return dict(made)


def changed(before: str, after: str) -> set[str]:
    """The shards in which two mini-sites differ."""
    one, other = ({u: d for u, d in rendered(text).items() if u.startswith("search/")} for text in (before, after))
    return {u.removeprefix("search/").removesuffix(".js") for u in one.keys() | other.keys() if one.get(u) != other.get(u)}


def test_one_other_word_in_an_article_changes_its_texts_and_the_shards_of_the_two_words() -> None:
    after = SMALL.replace("spoke (GNA aside)", "spoke (GNA today)")
    assert {name[0] for name in changed(SMALL, after)} == {"b", "t"}
    assert len(changed(SMALL, after)) == 3


def test_a_paragraph_more_changes_the_shards_of_its_own_words_alone() -> None:
    after = SMALL.replace("On July 1, the LNA and", "Zebras yawn.\n\nOn July 1, the LNA and")
    assert {name for name in changed(SMALL, after) if name[0] == "t"} == {"tz", "ty", "t_3d_"}  # "=2020" holds it, too


def test_a_page_more_moves_no_other() -> None:
    after = SMALL.replace("ann-able: Ann Able", "ann-able: Ann Able\nzoe-yak: Zoe Yak")
    assert {name for name in changed(SMALL, after) if name[0] == "t"} <= {"tz", "ty", "tp", "tk"}


def test_nothing_unpublished_is_in_the_index() -> None:
    files = {u: d for u, d in caged().outputs.items() if u.startswith(("search", "a-z"))}
    assert len(files) > 5
    for url, data in files.items():
        for text in (data.decode(), *readings(data)):
            assert "canary" not in text.casefold(), url
    assert "articles/press.html" in holding("robin1", read(dict(caged().outputs)))
    assert holding("canary1", read(dict(caged().outputs))) == set()


# ---------------------------------------------------------------- growth


def many(word: str, pages: int, kind: str = "person") -> list[Found]:
    entry = Entry("f", "fact", "", "", f"{word} again")
    return [Found(f"actors/{n}.html", kind, f"Name{n}", "", "", "--", (), (), (), (), handfuls((entry,))) for n in range(pages)]


def test_a_shard_that_grows_is_divided_by_the_next_letter_and_keeps_a_foretaste_of_the_names() -> None:
    names = [
        Found(f"actors/{n}.html", "person", f"Ha{n} X{n}", "", "", by_name(f"Ha{n}"), (), (), (), (), handfuls(()))
        for n in range(900)
    ]
    data = shards_of(names)
    assert "tha1" in data
    assert set(data["th"]) == {""}
    assert len(data["th"][""].split(" ")) == 24
    assert all(len(as_json(d)) <= LIMIT * 1.1 for n, d in data.items() if n.startswith("t"))


def test_a_word_on_every_page_has_its_postings_in_files_of_their_own() -> None:
    data = shards_of(many("peace", 3000))
    first, *tasted = data["tp"]["peace"].split(" ")
    assert first.startswith("~")
    assert tasted == []
    starts = first[1:].split(",")
    files = [data[f"ppeace.{file_name(s)}"] for s in starts]
    assert all(len(f) <= LIMIT for f in files)
    postings = [one for f in files for one in f.split(" ")]
    assert len(postings) == len(set(postings)) == 3000
    bounds = [*starts, "~"]
    for low, high, text in zip(bounds, bounds[1:], files, strict=False):
        assert all(low <= one[:8] < high for one in text.split(" "))
    assert postings == sorted(postings)


def test_a_long_page_is_found_in_parts_by_its_name_in_all_of_them() -> None:
    every = tuple(Entry(f"e{n}", "fact", "", "", f"word{n} word") for n in range(100))
    made = index_of([Found("meetings/a.html", "meeting", "Assembly", "", "", "--", (), (), (), (), handfuls(every))])
    assert len(made.parts) == 3
    marks = sorted(one[8:] for one in made.postings["assembly"].split())
    assert marks == ["!", ":", ":"]
    assert sum(len(p.held.entries) for p in made.parts.values()) == 100


def test_texts_are_in_more_blocks_where_there_are_more() -> None:
    few = shards_of(many("peace", 10))
    lots = shards_of(many("peace", 3000))
    assert few["manifest"]["bits"] == 0
    assert lots["manifest"]["bits"] == 8


def test_a_foretaste_is_of_the_best_names_in_order() -> None:
    tasted = foretaste(" ".join([*(f"b--{n:04}-." for n in range(30)), "a--zzzz-.", "c--zzzz-!", "c--zzzz-."]))
    assert len(tasted) == 24
    assert tasted == sorted(tasted)
    assert "c--zzzz-!" in tasted
    assert "a--zzzz-." in tasted


# ---------------------------------------------------------------- keys


def test_keys_are_in_the_order_of_results() -> None:
    from briefgen import edtf

    def month(text: str) -> str:
        date = edtf.parse(text)
        assert isinstance(date, edtf.Edtf)
        return by_month(date)

    assert month("2020-07") < month("2020-06") < month("1999") < by_month(None)
    assert month("1200") == by_month(None)
    assert by_name("7 October") < by_name("Able") < by_name("Baker") < by_name("Zeta") < by_name("Жуков") < by_name("حفتر")
    assert list(DIGITS) == sorted(DIGITS)


def test_a_taken_key_or_code_gives_the_next() -> None:
    one = key("a", "--", "x", ())
    other = key("a", "--", "x", {one})
    assert one != other
    assert one[:3] == other[:3] == "a--"
    first = code("x", ())
    assert code("x", {first}) != first


def test_postings_of_a_part_say_where_a_word_stands() -> None:
    entry = Entry("e", "fact", "", "Rank", "General", parties=("lna",), years=("2020",))
    on = Found("u", "person", "Farj", "", "", "--", (("Farj Able", ""),), ("Marshal",), ("lna",), (), handfuls((entry,)))
    assert where_of(Part("k", on, Handful("xy", (entry,)), True, 0)) == {
        "farj": "!",
        "able": ".",
        "marshal": ".",
        "rank": "xy",
        "general": "xy",
        "@lna": ".xy",
        "=2020": "xy",
    }


@pytest.mark.parametrize("text", ["ha", "con", "حف", "A", "@lna-x", "=2020"])
def test_the_name_of_a_file_is_safe_everywhere(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9_]+", file_name(text))


def test_names_of_files_differ_where_prefixes_do() -> None:
    texts = ["a", "A", "_", "_61_", "61", "ح", "@", "-"]
    assert len({file_name(t) for t in texts}) == len(texts)


def test_no_script_stumbles_over_a_shard() -> None:
    held = as_json({"x": "</script><!-- \u2028\u2029 \"'"})
    assert "<" not in held
    assert "\u2028" not in held
    assert "\u2029" not in held
    assert json.loads(held) == {"x": "</script><!-- \u2028\u2029 \"'"}


# ---------------------------------------------------------------- A to Z


def test_the_list_has_every_name_under_its_letter() -> None:
    view: Any = pages()["search.html"].view
    held = {letter.text: [n.text for n in letter.names] for letter in view.letters}
    assert held["A"] == ["Ann Able", "Aoun Farj"]
    assert "Farj" in held["F"]
    assert held["ا"] == ["الجيش"]
    everyone = [n for letter in view.letters for n in letter.names]
    assert view.total == len(everyone)
    assert {n.href for n in everyone} >= {"meetings/june.html", "articles/wire.html", "topics/peace.html", "pages/method.html"}
    assert not any("shadow" in n.href or "ghost" in n.href for n in everyone)


def test_a_long_list_has_a_page_for_each_letter() -> None:
    people = "\n".join(f"p{n}: {chr(65 + n % 26)}name{n} Person" for n in range(700))
    text = f"//- content/actors/all.yaml\n{people}\n"
    made = {p.url: p.view for p in view_pages(briefing_of(text), english())}
    main: Any = made["search.html"]
    letter: Any = made["a-z/q.html"]
    assert main.letters == ()
    assert len(main.jump) == 26
    assert {n.href for n in main.jump} == {u for u in made if u.startswith("a-z/")}
    assert letter.letters[0].names[0].text.startswith("Qname")
    assert letter.search == "../search.html"
    assert [n.text for n in letter.jump if n.current] == ["Q"]


def test_choices_are_the_parties_and_years_there_are() -> None:
    view: Any = pages()["search.html"].view
    assert [c.value for c in view.parties] == ["gna", "lna", "us"]
    assert [c.value for c in view.years] == ["2020"]
    assert small().records["moi"].id not in {c.value for c in view.parties}


def test_the_sitemap_lists_the_search_and_no_shard() -> None:
    listed: Any = pages("https://example.org/")["sitemap.xml"].view
    assert "https://example.org/search.html" in listed.addresses
    assert not any(a.endswith(".js") for a in listed.addresses)


# ---------------------------------------------------------------- from build to build

EDITS = (
    ("spoke (GNA aside)", "spoke (GNA apart)"),
    ("bo-best: Bo Best", "bo-best: Bo Bester"),
    ("bo-best: Bo Bester\n", "bo-best: Bo Bester\nzoe-yak: Zoe Yak\n"),
    ("published: 2020-07-02", "published: 2019-07-02"),
    ("aka: [Farj]", "aka: [Farj, Faraj, فرج]"),
    ("rights: press\nformat", "rights: us-gov\nformat"),
    ("draft: true\nformat", "format"),
    ("name: Government, short: GNA", "name: The Government, short: GNA"),
    ("language: en\n", "language: ar\n"),
    ("title: Two talks", "title: Three talks"),
    ("How it is done.", "How it is done.\n\nAnd why."),
    ("//- content/topics/all.yaml\npeace: Peace", "//- content/topics/all.yaml\npeace: {name: Peace, part_of: war}\nwar: War"),
)


def of_search(made: tuple[Page, ...]) -> dict[str, Page]:
    return {p.url: p for p in made if p.url.startswith(("search", "a-z/"))}


def test_the_index_made_from_the_last_one_is_the_index_made_anew() -> None:
    last = LastPages()
    text = SMALL
    view_pages(briefing_of(text), english(), last=last)
    for old, new in (*EDITS, *((new, old) for old, new in reversed(EDITS))):
        assert old in text, old
        text = text.replace(old, new, 1)
        anew = of_search(view_pages(briefing_of(text), english()))
        assert of_search(view_pages(briefing_of(text), english(), last=last)) == anew
        assert "search/manifest.js" in anew


def by_several(make: Callable[[P], R], parts: Sequence[P], _: str, tally: Tally | None = None, /) -> Iterable[tuple[P, R]]:
    """Three processes, and what they bring back the other way round."""
    assert len(parts) > 1
    return reversed(list(crew.shared(3, make, parts, tally)))


def test_the_index_is_the_same_whoever_looks_for_the_postings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "_WORTH", 0)
    monkeypatch.setattr(crew, "_SHARE", 1)
    monkeypatch.setattr(indexing, "_LEAST", 3)
    last = EMPTY
    for now in (many("peace", 60), [*many("peace", 30), *many("war", 50)[20:]], found()):
        last = index_of(now, last, by_several)
        assert last == index_of(now)
    assert len(last.postings) > 100


def test_an_edit_makes_no_page_of_the_search_again_but_those_that_show_it() -> None:
    last = LastPages()
    before = of_search(view_pages(small(), english(), last=last))
    same = of_search(view_pages(small(), english(), last=last))
    assert all(same[url] is page for url, page in before.items())
    edited = briefing_of(SMALL.replace("spoke (GNA aside)", "spoke (GNA today)"))
    after = of_search(view_pages(edited, english(), last=last))
    assert {url for url, page in after.items() if before[url] is not page} == {"search/b0.js", "search/ta.js", "search/tt.js"}


def test_two_pages_with_one_key_get_two() -> None:
    pages_ = [page("actors/ann-able.html"), page("actors/bo-best.html")]
    one = index_of(pages_)
    (first, second) = sorted(one.parts.values(), key=lambda p: p.page.url)
    clash = {p.url: (p, (part._replace(key=first.key),)) for p, part in ((first.page, first), (second.page, second))}
    for order in (list(clash), list(reversed(clash))):
        found_ = by_key({url: clash[url] for url in order})
        assert len(found_) == 2
        assert found_[first.key].page.url == "actors/ann-able.html"
        assert {part.key for part in found_.values()} == set(found_)


def test_pages_that_list_others_are_found_by_their_names() -> None:
    data = index()
    for word, url in (("timeline", "timeline.html"), ("people", "people.html"), ("data", "data.html")):
        assert url in holding(word, data)
    assert holding("corrections", data) == set()
    changed_ = SMALL.replace("bo-best: Bo Best", "bo-best: {name: Bo Best, changed: {2020-08-01: The name was put right.}}")
    assert holding("corrections", index(changed_)) == {"corrections.html", "actors/bo-best.html"}
