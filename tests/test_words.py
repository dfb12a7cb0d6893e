"""The words of the interface: one catalogue, a language is one file to add, and what is wrong with one is said on its line."""

from __future__ import annotations

import pickle
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markupsafe import Markup

from briefgen import edtf, words
from briefgen.compile import Known, compile_site
from briefgen.diagnostic import Diagnostic
from briefgen.pages.dates import shown
from briefgen.publish.disk import take
from briefgen.source import Snapshot
from briefgen.words import Words, read_words
from tests.kit import ROOT, build, english, look, site


def snapshot_of(text: str, words: str, language: str = "en") -> Snapshot:
    return site(f"{text.strip()}\n//- templates/words/{language}.yaml\n{words}").snapshot()


# ---------------------------------------------------------------- another language

ARABIC = """plural: "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5"
menu: القائمة
comma: "، "
read-arrow: " ←"
title-people: الأشخاص
relation-said: "{subject} {verb} {object} بحسب {by}"
people-lede: [لا أحد, شخص واحد, شخصان, "{n} أشخاص", "{n} شخصا", "{n} شخص"]
month.7: يوليو
kind.armed-force: قوة مسلحة
verb.meets-with: تجتمع مع
label.editors: المحررون
"""


def arabic() -> dict[str, str]:
    """The pages of a small site whose interface is in (some) Arabic."""
    checked = build(snapshot_of(SOUND.replace("name: Talks\n", "name: Talks\nlanguage: ar\n", 1), ARABIC, "ar"))
    assert [d for d in checked.diagnostics if d.severity == "error"] == []
    return {url: data.decode() for url, data in checked.outputs.items() if url.endswith(".html")}


SOUND = """
//- content/site.yaml
name: Talks
//- content/articles/wire.md
---
title: Talks held
publisher: The Wire
rights: us-gov
language: en
---
On July 1, the LNA met the United States. The LNA met Ann Able, Bo Best and Cy Cole. The LNA had talks.
//- content/articles/paper.md
---
title: Gespräche
rights: us-gov
language: de
---
Am 1. Juli sprach die LNA mit den USA. Die LNA ist ein Kreis von Leuten.
//- content/actors/all.yaml
us: {name: United States, kind: state, country: US}
lna: {name: National Army, short: LNA, kind: armed-force, named: {paper: die LNA}}
ann-able: Ann Able
bo-best: Bo Best
cy-cole: Cy Cole
//- content/meetings/july.yaml
name: The July talks
date: {2020-07-01: {wire: On July 1}}
outcome: {Kreis von Leuten: {paper: Kreis von Leuten}}
participants: {lna: {wire: the LNA met the United States}, us: {wire: the LNA met the United States}}
//- content/comparisons/all.yaml
talk: {name: Talk, about: [july], says: [{wire: the LNA met the United States}, {paper: sprach die LNA mit den USA}]}
//- content/relations.yaml
- lna meets-with us:
    by: lna
    cite: [{wire: the LNA met the United States}]
"""


def test_another_language_is_one_file() -> None:
    pages = arabic()
    assert '<html lang="ar" dir="rtl">' in pages["index.html"]
    assert "<summary>القائمة</summary>" in pages["index.html"]
    assert "<h1>الأشخاص</h1>" in pages["people.html"]
    assert "3 أشخاص" in pages["people.html"]
    assert "1 يوليو 2020" in pages["meetings/july.html"]
    assert "قوة مسلحة" in pages["actors/lna.html"]


def test_the_order_of_a_sentence_is_the_languages_own() -> None:
    said = re.sub(r"<[^>]+>", "", arabic()["actors/us.html"])
    assert "National Army تجتمع مع United States بحسب National Army" in said


def test_a_text_left_out_is_english_by_the_english_rule() -> None:
    pages = arabic()
    assert "3 articles" not in pages["articles.html"]
    assert "2 articles, 2 origins." in pages["articles.html"]


@pytest.mark.parametrize(
    ("n", "text"), [(0, "لا أحد"), (1, "شخص واحد"), (2, "شخصان"), (3, "3 أشخاص"), (11, "11 شخصا"), (100, "100 شخص")]
)
def test_six_plural_forms(n: int, text: str) -> None:
    say, faults = words_of(f"//- templates/words/ar.yaml\n{ARABIC}", "ar")
    assert faults == ()
    assert say("people-lede", n=n) == text


def words_of(files: str, language: str = "en") -> tuple[Words, tuple[Diagnostic, ...]]:
    """The words of a site in a language with these files, and what is wrong with them."""
    snapshot = site(f"//- content/site.yaml\nname: A\nlanguage: {language}\n{files}").snapshot()
    return read_words(snapshot.templates, look(snapshot)[0].site.all("language"))


def test_what_a_region_leaves_out_is_that_of_its_language() -> None:
    french = "//- templates/words/fr.yaml\nmenu: Menu\nread: lire\nmonth.1: janvier\n"
    say, faults = words_of(f"{french}//- templates/words/fr-CA.yaml\nread: à lire", "fr-CA")
    assert faults == ()
    assert [say(i) for i in ("read", "month.1", "sources")] == ["à lire", "janvier", "Sources"]


def test_a_month_may_change_its_name_behind_a_day() -> None:
    polish = "//- templates/words/pl.yaml\nmonth.7: lipiec\nmonth-day.7: lipca\ndate.from: od {start}\n"
    say, faults = words_of(polish, "pl")
    assert faults == ()
    day, month, since = (edtf.parse(text) for text in ("2020-07-01", "2020-07", "2020-07-01/.."))
    assert [shown(say, d) for d in (day, month, since) if not isinstance(d, str)] == [
        "1 lipca 2020",
        "lipiec 2020",
        "od 1 lipca 2020",
    ]


def test_a_language_without_a_catalogue_stays_english_and_says_so() -> None:
    say, faults = words_of("", "eo")
    assert say("sources") == "Sources"
    assert [(d.code, d.severity, d.span.file, d.span.line, d.span.col) for d in faults] == [
        ("no-catalogue", "info", "content/site.yaml", 2, 11)
    ]


# ---------------------------------------------------------------- a project's own words and templates


def test_a_projects_own_english_lies_over_the_packaged_one(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "site.yaml").write_text("name: A\n", encoding="utf-8")
    (tmp_path / "templates" / "words").mkdir(parents=True)
    (tmp_path / "templates" / "words" / "en.yaml").write_text("sources: Notes\nkinds.militia: Militias\n", encoding="utf-8")
    (tmp_path / "templates" / "style.css").write_text("p {}", encoding="utf-8")
    snapshot = take(tmp_path, ROOT / "templates")
    say, faults = read_words(snapshot.templates)
    assert faults == ()
    assert [say(i) for i in ("sources", "menu", "kinds.militia")] == ["Notes", "Menu", "Militias"]
    assert snapshot.assets["style.css"] == b"p {}"
    assert not [name for name in snapshot.assets if name.endswith(".yaml")]
    assert build(snapshot).outputs


def test_a_fault_in_a_projects_own_english_stands_on_its_line() -> None:
    checked = build(site("//- content/site.yaml\nname: A\n//- templates/words/en.yaml\nmenu: All\ncorrected: On {day}").snapshot())
    assert {(d.code, d.span.file, d.span.line, d.span.col) for d in checked.diagnostics if d.severity == "error"} == {
        ("text-slots", "templates/words/en.yaml", 2, 12)
    }
    assert checked.outputs == {}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{{ "menuu" | t }}', "There is no text “menuu” among the words of the interface. Did you mean “menu”?"),
        ('{% if view.title == "never" %}{{ "nosuch" | t }}{% endif %}', "There is no text “nosuch”"),
        ('{{ "corrected" | t }}', "The text “corrected” takes {date}, and nothing is given for it here."),
    ],
)
def test_a_text_that_is_not_there_is_a_fault_of_the_template(line: str, says: str) -> None:
    own = f'//- templates/prose.html\n{{% extends "base.html" %}}\n{{% block main %}}\n{line}\n{{% endblock %}}'
    checked = build(site(f"//- content/site.yaml\nname: A\n//- content/pages/a.md\n---\ntitle: A\n---\nB\n{own}").snapshot())
    faults = [d for d in checked.diagnostics if d.severity == "error"]
    assert [(d.code, d.span.file, d.span.line) for d in faults] == [("template-error", "templates/prose.html", 3)]
    assert says in faults[0].message


def test_a_text_of_ones_own_for_a_template_of_ones_own() -> None:
    page = "//- content/pages/a.md\n---\ntitle: B & C\n---\nD\n"
    template = '//- templates/prose.html\n<p>{{ "read-first" | t(title=view.title) }}</p>\n'
    words = "//- templates/words/en.yaml\nread-first: Read {title} first\n"
    snapshot = site(f"//- content/site.yaml\nname: A\n{page}{template}{words}").snapshot()
    assert build(snapshot).outputs["pages/a.html"] == b"<p>Read B &amp; C first</p>\n"


# ---------------------------------------------------------------- saying


def test_safe_html_in_a_slot_stays_and_all_else_is_escaped() -> None:
    say = english()
    said = say("relation", subject=Markup("<b>A</b>"), verb="<i>", object="C & D")
    assert isinstance(said, Markup)
    assert said == "<b>A</b> &lt;i&gt; C &amp; D"
    assert say("relation", subject="<A>", verb="is", object="{verb}") == "<A> is {verb}"


def test_a_slot_without_a_value_and_an_id_that_is_not_there_say_so() -> None:
    say = english()
    with pytest.raises(LookupError, match=r"takes \{object\}, and nothing is given"):
        say("relation", subject="A", verb="is")
    with pytest.raises(LookupError, match=r"no text “menuu” among the words of the interface\. Did you mean “menu”"):
        say("menuu")


# ---------------------------------------------------------------- language and direction of what is not the site's


class Tongues(HTMLParser):
    """The texts of a page with the language they are in, by the nearest element that says so."""

    EMPTY = ("meta", "link", "br", "img", "input", "hr", "wbr")

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.EMPTY:
            around = self.open[-1][1] if self.open else ""
            self.open.append((tag, dict(attrs).get("lang") or around))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        while tag in (name for name, _ in self.open) and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] not in ("script", "title"):
            self.texts.append((data.strip(), self.open[-1][1]))


def test_titles_and_words_in_another_language_say_which() -> None:
    checked = build(site(SOUND).snapshot())
    assert [d for d in checked.diagnostics if d.severity == "error"] == []
    pages = {url: Tongues(data.decode()) for url, data in checked.outputs.items() if url.endswith(".html")}
    german = {(text, lang) for page in pages.values() for text, lang in page.texts if text in ("Gespräche", "Kreis von Leuten")}
    assert german == {("Gespräche", "de"), ("Kreis von Leuten", "de")}
    english_ones = {(text, lang) for page in pages.values() for text, lang in page.texts if text == "Talks held"}
    assert english_ones == {("Talks held", "en")}
    assert b'<a href="articles/paper.html" lang="de" dir="ltr">' in checked.outputs["articles.html"]
    assert b'<a href="articles/wire.html">' in checked.outputs["articles.html"]
    assert b'<bdi lang="de" dir="ltr">Kreis von Leuten</bdi>' in checked.outputs["meetings/july.html"]


# ---------------------------------------------------------------- built again


def test_a_build_after_a_change_of_words_is_a_clean_build() -> None:
    known = Known()
    plain = site(SOUND).snapshot()
    own = site(
        f"{SOUND.strip()}\n//- templates/words/en.yaml\ntitle-people: Persons\nfield.format: Form\nsources: Notes"
    ).snapshot()
    arabic_one = snapshot_of(SOUND.replace("name: Talks\n", "name: Talks\nlanguage: ar\n", 1), ARABIC, "ar")
    for snapshot in (plain, own, arabic_one, own, plain):
        again = compile_site(snapshot, known=known)
        assert again.outputs == build(snapshot).outputs
        assert again.outputs


def test_words_that_were_kept_are_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = ARABIC + "\nno-such-text: x"
    monkeypatch.setattr(words, "_held", {})
    say, faults = words_of(f"//- templates/words/ar.yaml\n{wrong}", "ar")
    assert [d.code for d in faults] == ["unknown-text"]
    packed = pickle.dumps((say, [say]))
    monkeypatch.setattr(words, "_held", {})
    monkeypatch.setattr(words, "_read", None)
    again, (same,) = pickle.loads(packed)
    assert again is same is not say
    assert words_of(f"//- templates/words/ar.yaml\n{wrong}", "ar") == (again, faults), "the very same, as it is known by what it is"
    numbers = (0, 1, 2, 3, 11, 100)
    assert [again("people-lede", n=n) for n in numbers] == [say("people-lede", n=n) for n in numbers]
    assert again.source == say.source


def test_not_all_words_that_ever_were_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    held: dict[words.Files, Words] = {}
    monkeypatch.setattr(words, "_held", held)
    for n in range(9):
        one = words_of(f"//- templates/words/en.yaml\nmenu: Menu {n}")[0]
        assert words_of(f"//- templates/words/en.yaml\nmenu: Menu {n}")[0] is one
        assert (one("menu"), len(held) <= 4) == (f"Menu {n}", True)
