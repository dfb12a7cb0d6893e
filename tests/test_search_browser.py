"""The search as its readers use it, in the system's Chromium: from file:// and under a sub-path, by keyboard and by ear."""

from __future__ import annotations

import gzip
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefgen.folding import fold, words
from tests.kit import build
from tests.kit import site as mini
from tests.lookkit import faults_of, needs_browser, serving
from tests.test_search import SAME

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs_browser
OPTIONS = "#hits [role=option]"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    view = browser.new_page(viewport={"width": 1440, "height": 900})
    faults = faults_of(view)
    yield view
    view.close()
    assert faults == []


@pytest.fixture(scope="module")
def base(site: Path) -> Iterator[str]:
    """The address of the site under a sub-path of a server."""
    with serving(site) as address:
        yield address.rstrip("/")


def ask(page: Page, query: str) -> list[str]:
    """Type, wait for the answer, and give the results as addresses within the site."""
    page.locator("#q").fill(query)
    page.wait_for_function(
        "q => document.getElementById('found').textContent && new URLSearchParams(location.search).get('q') === q", arg=query
    )
    page.wait_for_timeout(150)
    return [href.partition("/libya/")[2] for href in page.eval_on_selector_all(OPTIONS, "all => all.map(a => a.href)")]


def opened(page: Page, site: Path, query: str = "") -> Page:
    page.goto(f"file://{site}/search.html{query}")
    return page


def test_who_is_meant_comes_first_while_the_name_is_typed(site: Path, page: Page) -> None:
    opened(page, site)
    page.locator("#q").press_sequentially("haf")
    page.wait_for_selector(OPTIONS)
    assert "khalifa-haftar" in (page.locator(OPTIONS).first.get_attribute("href") or "")
    assert page.locator(f"{OPTIONS} mark").first.inner_text() == "Haftar"


@pytest.mark.parametrize("query", ["Haftar", "Hifter", "HAFTAR", "حفتر", "وحفتر", "خليفه حفتر", "خَلِيفة حفتـر", "khalifa haftar"])
def test_one_person_in_every_spelling(site: Path, page: Page, query: str) -> None:
    assert ask(opened(page, site), query)[0] == "actors/khalifa-haftar.html"


@pytest.mark.parametrize("query", ["Sarraj", "al-Sarraj", "Al Sarraj", "el-sarraj", "alsarraj", "السراج", "سراج"])
def test_a_name_with_and_without_its_article(site: Path, page: Page, query: str) -> None:
    assert ask(opened(page, site), query)[0] == "actors/fayez-al-sarraj.html"


def test_a_phrase_leads_to_its_passage_with_the_words_marked(site: Path, page: Page) -> None:
    results = ask(opened(page, site), "engage in destabilizing acts must not be tolerated")
    (place,) = [r for r in results if r.startswith("articles/mirage-lna.html#q-")]
    hit = page.locator(f"#hits a[href$='{place}']")
    assert "tolerated" in hit.locator("mark").all_inner_texts()
    assert hit.locator("q").count() == 1
    hit.click()
    page.wait_for_url(f"**/{place}")
    paragraph = page.locator(f"p:has([id='{place.partition('#')[2]}'])").inner_text()
    assert "must" in paragraph
    assert "tolerated" in paragraph


def test_a_fact_leads_to_its_place(site: Path, page: Page) -> None:
    results = ask(opened(page, site), "rank field marshal")
    (place,) = [r for r in results if r.startswith("actors/khalifa-haftar.html#rank-")]
    page.locator(OPTIONS).filter(has_text="Field Marshal").first.click()
    page.wait_for_url(f"**/{place}")
    assert "Field Marshal" in page.locator(":target").inner_text()


def test_every_word_must_be_found(site: Path, page: Page) -> None:
    both = ask(opened(page, site), "wagner oil")
    assert both
    assert ask(page, "wagner zzzz") == []
    assert page.locator("#found").inner_text().startswith("Nothing")


def test_a_long_word_is_found_by_its_beginning_and_a_short_one_only_at_the_end(site: Path, page: Page) -> None:
    opened(page, site)
    assert ask(page, "mercenar wagner")
    assert ask(page, "mer wagner") == []
    assert ask(page, "wagner mer")


def test_filters_by_kind_party_and_year(site: Path, page: Page) -> None:
    opened(page, site)
    ask(page, "general")
    kinds = page.locator(".chips label:visible").all_inner_texts()
    assert kinds[0] == "All"
    assert any(k.startswith("People") for k in kinds)
    page.locator(".chips label", has_text="People").click()
    page.wait_for_function("() => location.search.includes('kind=a')")
    page.wait_for_timeout(200)
    results = page.eval_on_selector_all(OPTIONS, "all => all.map(a => a.href)")
    assert results
    assert all("/actors/" in r for r in results)
    page.locator(".chips label", has_text="All").click()
    page.locator("select[name=party]").select_option("gna")
    page.wait_for_function("() => location.search.includes('party=gna')")
    page.wait_for_timeout(200)
    of_gna = page.eval_on_selector_all(OPTIONS, "all => all.map(a => a.href)")
    assert not any("us-lna-2020" in r for r in of_gna)
    page.locator("select[name=party]").select_option("")
    page.locator("select[name=year]").select_option("2019")
    page.wait_for_function("() => location.search.includes('year=2019')")
    page.wait_for_timeout(200)
    assert not page.locator(OPTIONS).filter(has_text="1 July 2020").count()


def test_an_address_with_a_query_can_be_shared(site: Path, page: Page) -> None:
    opened(page, site, "?q=hifter")
    page.wait_for_selector(OPTIONS)
    assert page.locator("#q").input_value() == "hifter"
    assert "khalifa-haftar" in (page.locator(OPTIONS).first.get_attribute("href") or "")
    ask(page, "wagner")
    assert page.url.endswith("?q=wagner")
    opened(page, site, "?q=general&kind=a&party=lna&year=2020")
    page.wait_for_selector(OPTIONS)
    assert page.locator("select[name=party]").input_value() == "lna"
    assert page.locator("input[name=kind]:checked").input_value() == "a"


def test_arrows_move_and_enter_opens(site: Path, page: Page) -> None:
    ask(opened(page, site), "haftar")
    assert page.locator("#q").get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.locator(OPTIONS).nth(1)
    assert page.locator("#q").get_attribute("aria-activedescendant") == second.get_attribute("id")
    assert second.get_attribute("aria-selected") == "true"
    assert page.locator(f"{OPTIONS}[aria-selected=true]").count() == 1
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.locator("#q").get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")  # from the field round to the last
    assert page.locator(OPTIONS).last.get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/actors/khalifa-haftar.html")


def test_enter_opens_the_first_result(site: Path, page: Page) -> None:
    ask(opened(page, site), "fayez")
    page.keyboard.press("Enter")
    page.wait_for_url("**/actors/fayez-al-sarraj.html")


def test_escape_clears_and_brings_the_list_back(site: Path, page: Page) -> None:
    ask(opened(page, site), "haftar")
    assert not page.locator("#a-z").is_visible()
    assert page.locator("#q").get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    page.wait_for_selector("#a-z")
    assert page.locator("#q").input_value() == ""
    assert page.locator("#q").get_attribute("aria-expanded") == "false"
    assert page.locator(OPTIONS).count() == 0
    assert "?" not in page.url


def test_a_slash_opens_the_search_from_any_page(site: Path, page: Page) -> None:
    page.goto(f"file://{site}/actors/khalifa-haftar.html")
    page.keyboard.press("/")
    page.wait_for_url("**/search.html")
    page.wait_for_function("() => document.activeElement.id === 'q'")
    page.keyboard.type("lna/")
    assert page.locator("#q").input_value() == "lna/"
    page.locator("h1").click()
    page.keyboard.press("/")
    page.wait_for_function("() => document.activeElement.id === 'q'")
    assert page.locator("#q").input_value() == "lna/"


def test_the_masthead_leads_to_the_search(site: Path, page: Page) -> None:
    page.goto(f"file://{site}/actors/khalifa-haftar.html")
    page.locator("header").get_by_role("link", name="Search").click()
    page.wait_for_url("**/search.html")


def test_roles_and_names_are_those_of_a_combobox(site: Path, page: Page) -> None:
    opened(page, site)
    field = page.get_by_role("combobox", name="A name, a fact")
    assert field.get_attribute("aria-controls") == "hits"
    assert field.get_attribute("aria-expanded") == "false"
    ask(page, "haftar")
    box = page.get_by_role("listbox", name="Results")
    assert box.get_by_role("option").count() > 3
    groups = box.get_by_role("group")
    assert groups.first.get_attribute("aria-label") == "Khalifa Haftar"
    assert page.get_by_role("status").first.inner_text() == f"Results: {_number(page)}"
    assert page.locator(f"{OPTIONS}:not([tabindex='-1'])").count() == 0


def _number(page: Page) -> int:
    while page.locator("#more").is_visible():
        page.locator("#more").click()
        page.wait_for_timeout(200)
    return page.locator(".hit-page").count()


def test_more_results_are_added_on_demand(site: Path, page: Page) -> None:
    ask(opened(page, site), "libya")
    assert page.locator(".hit-page").count() == 10
    page.locator("#more").click()
    page.wait_for_function("() => document.querySelectorAll('.hit-page').length === 20")


def test_what_is_typed_is_never_markup(site: Path, page: Page) -> None:
    for text in ("<img src=x onerror=alert(1)>", '"><script>document.title = 1</script>', "haftar<b>"):
        ask(opened(page, site), text)
        assert page.locator("main img, main script, #hits b").count() == 0
    opened(page, site, "?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&party=%3Cb%3E&kind=%22")
    page.wait_for_function("() => document.getElementById('found').textContent")
    assert page.locator("main img").count() == 0


@pytest.mark.parametrize("text", ["", " ", "'", "...", "-", "al-", "'s", "🕊", "x" * 5000, "\u200f\u202e", "و", "𞤢"])
def test_nothing_that_is_typed_breaks_it(site: Path, page: Page, text: str) -> None:
    opened(page, site)
    ask(page, "haftar")
    page.locator("#q").fill(text)
    page.wait_for_timeout(300)
    assert ask(page, "haftar")[0] == "actors/khalifa-haftar.html"


def test_the_last_of_several_questions_is_answered(site: Path, page: Page) -> None:
    opened(page, site)
    page.evaluate(
        """() => {
            const field = document.getElementById("q");
            for (const text of ["wagner", "libya", "u", "oil", "haftar"]) {
                field.value = text;
                field.dispatchEvent(new Event("input"));
            }
        }"""
    )
    page.wait_for_selector(OPTIONS)
    page.wait_for_timeout(500)
    assert "khalifa-haftar" in (page.locator(OPTIONS).first.get_attribute("href") or "")


def test_without_javascript_the_page_is_a_list_of_everything(site: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    view = context.new_page()
    view.goto(f"file://{site}/search.html")
    assert not view.locator("form").is_visible()
    assert "JavaScript" in view.locator("main").inner_text()
    for name in ("Khalifa Haftar", "Hifter", "خليفة حفتر", "U.S.-LNA discussion on militia demobilization", "Tripoli"):
        assert view.get_by_role("link", name=name, exact=True).first.is_visible()
    view.get_by_role("navigation", name="Letters").get_by_role("link", name="K", exact=True).click()
    assert view.url.endswith("#letter-k")
    context.close()


def test_a_first_question_loads_less_than_60_kb_under_a_sub_path(site: Path, page: Page, base: str) -> None:
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.goto(f"{base}/search.html")
    page.wait_for_load_state("networkidle")
    assert [a for a in asked if "/search/" in a] == [f"{base}/search/manifest.js"]
    assert ask(page, "haf")[0] == "actors/khalifa-haftar.html"
    scripts = [a.removeprefix(f"{base}/") for a in asked if a.startswith(f"{base}/search") and a.endswith(".js")]
    assert "search.js" in scripts
    assert "search/manifest.js" in scripts
    assert len(scripts) > 3
    assert all(a.startswith(base) for a in asked if "favicon" not in a)
    raw = sum((site / s).stat().st_size for s in scripts)
    packed = sum(len(gzip.compress((site / s).read_bytes())) for s in scripts)
    print(f"first question: {len(scripts)} scripts, {raw} bytes, {packed} gzipped")
    assert packed < 60_000


def test_what_does_not_arrive_is_said_and_asked_for_again(browser: Browser, base: str) -> None:
    view = browser.new_page()
    view.goto(f"{base}/search.html")
    view.route("**/search/th.js", lambda route: route.abort())
    view.locator("#q").press_sequentially("haft")
    view.wait_for_function("() => document.getElementById('found').textContent.includes('did not arrive')")
    view.unroute("**/search/th.js")
    view.locator("#q").press_sequentially("ar")
    view.wait_for_selector(OPTIONS)
    assert view.locator("#found").inner_text().startswith("Results: ")
    view.close()


def test_results_do_not_scroll_sideways_on_a_phone(site: Path, browser: Browser) -> None:
    for scheme in ("ltr", "rtl"):
        view = browser.new_page(viewport={"width": 390, "height": 844})
        opened(view, site)
        view.evaluate("dir => { document.documentElement.dir = dir }", scheme)
        ask(view, "militia")
        assert view.evaluate("document.documentElement.scrollWidth") <= 390
        view.close()


def test_the_script_folds_as_the_index_was_folded(site: Path, page: Page, tmp_path: Path) -> None:
    """The script with its own two functions handed out, over every sign that both know, and over a list of words."""
    for name in ("search.html", "site.js", "style.css", "icon.svg", "print.css", "print-name.css", "search/manifest.js"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((site / name).read_bytes())
    script = (site / "search.js").read_text(encoding="utf-8")
    assert "  const given = " in script
    ready = "() => shard('manifest').then((m) => { index = m; })"
    handed = script.replace(
        "  const given = ", f"  document.foldingForTests = {{ fold, words, ready: {ready} }};\n  const given = "
    )
    (tmp_path / "search.js").write_text(handed, encoding="utf-8")
    page.goto(f"file://{tmp_path}/search.html")
    page.evaluate("() => document.foldingForTests.ready()")
    texts = [written for written, _ in SAME]
    texts += ["Lorem “ipsum” dolor-sit’s", "والمشير خليفة حفتر", "d'Affaires l’Aquila", "A.B.C. a.b", "ad-Dar ad-hoc"]
    theirs = page.evaluate("texts => texts.map(t => document.foldingForTests.words(t).map(w => w.terms))", texts)
    assert theirs == [[list(word) for word in words(t)] for t in texts]
    signs = [chr(c) for c in range(0x20, sys.maxunicode) if unicodedata.category(chr(c)) not in ("Cn", "Cs", "Co")]
    folded = page.evaluate("signs => signs.map(s => document.foldingForTests.fold(s)[0])", signs)
    differing = {f"{ord(s):x}" for s, f in zip(signs, folded, strict=True) if fold(s) != f}
    assert differing == set()


def test_marks_stand_on_the_words_as_they_are_written(site: Path, page: Page) -> None:
    opened(page, site)
    ask(page, "haftar forces")
    marks = {m.lower() for m in page.locator(f"{OPTIONS} mark").all_inner_texts()}
    assert marks <= {"haftar", "haftar’s", "haftar's", "forces"}
    assert "forces" in marks


def test_a_long_text_is_one_result_whose_parts_are_found_by_its_title(page: Page, tmp_path: Path) -> None:
    text = "\n\n".join(f"Zebra number {n} was seen by nobody." for n in range(300))
    files = f"//- content/articles/zoo.md\n---\ntitle: Animal life\nrights: us-gov\nformat: plain\n---\n{text}\n"
    root = tmp_path / "libya"
    for url, data in build(mini(files).snapshot()).outputs.items():
        (root / url).parent.mkdir(parents=True, exist_ok=True)
        (root / url).write_bytes(data)
    opened(page, root)
    assert ask(page, "zebra") == ["articles/zoo.html#p1", "articles/zoo.html#p2", "articles/zoo.html#p3"]
    assert page.locator("#found").inner_text() == "Results: 1"
    assert page.locator(".hit-page .hint").inner_text() == "and 297 more there"
    assert ask(page, "animal 299") == ["articles/zoo.html#p300"]
    assert page.locator(".hit-head").inner_text().startswith("Animal life")
