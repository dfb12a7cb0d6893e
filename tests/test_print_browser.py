"""What comes out of a printer: the demonstration site as PDF from the system's Chromium, and its pages as paper shows them."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from tests.kit import build
from tests.kit import site as mini
from tests.lookkit import html_pages, needs_browser, write

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs_browser
PAPER = {"A4": (595, 842), "Letter": (612, 792)}  # points
WIDTH = {"A4": 657, "Letter": 680}  # what the margins leave of it, in CSS pixels
KINDS = (
    "index.html", "meetings.html", "meetings/us-lna-2020-07-01.html", "delegations.html", "people.html", "organisations.html",
    "actors/khalifa-haftar.html", "actors/lna.html", "events.html", "timeline.html", "relations.html", "topics.html", "places.html",
    "places/tripoli.html", "differences.html", "comparisons/tolerated.html", "articles.html", "articles/mirage-lna.html",
    "articles/palpress.html", "pages/method.html", "search.html", "data.html", "print.html",
)  # fmt: skip
SCREEN_ONLY = "nav:not(.contents), .masthead, .skip, .card, .peek, button, input, select, .screen"
SEEN = "all => all.filter(e => e.checkVisibility() && e.getClientRects().length).map(e => e.outerHTML.slice(0, 80))"
FOLDED = """() => [...document.querySelectorAll('details > :not(summary)')]
  .filter(e => e.parentElement.checkVisibility() && !e.checkVisibility({contentVisibilityAuto: true}) && !e.matches('.screen'))
  .map(e => e.outerHTML.slice(0, 80))"""
DIM = """() => [...document.querySelectorAll('main p, main dd, main li, main h1, main h2, main th, main blockquote')]
  .filter(e => e.checkVisibility() && getComputedStyle(e).color.match(/[0-9]+/g).slice(0, 3).some(n => n > 119))
  .map(e => getComputedStyle(e).color + ' ' + e.outerHTML.slice(0, 80))"""


def open_on_paper(browser: Browser, site: Path, url: str, paper: str = "A4") -> Page:
    """A page as it is laid out for paper, on a screen that is dark."""
    view = browser.new_page(viewport={"width": WIDTH[paper], "height": 900}, color_scheme="dark")
    view.emulate_media(media="print", color_scheme="dark")
    view.goto(f"file://{site}/{url}")
    return view


def printed(browser: Browser, site: Path, url: str, paper: str) -> PdfReader:
    view = browser.new_page(color_scheme="dark")
    view.goto(f"file://{site}/{url}")
    data = view.pdf(format=paper, prefer_css_page_size=True)
    view.close()
    return PdfReader(io.BytesIO(data))


def squeezed(reader: PdfReader) -> str:
    """All text without white space, as lines break addresses anywhere."""
    return re.sub(r"\s", "", "".join(p.extract_text() for p in reader.pages))


def talks(number: int) -> Mapping[str, bytes]:
    """A site with so many meetings of two people, each with a post of its own at each of them."""
    posts = [f"Envoy number {n} to the talks" for n in range(number)]
    said = "\n\n".join(f"Aland sent {post} Ann Able." for post in posts)
    files = [f"//- content/articles/a.md\n---\ntitle: Talks\nrights: us-gov\n---\n{said}"]
    files += ["//- content/actors/a.yaml\naland: {name: Aland, kind: state}\nann-able: Ann Able"]
    for n, post in enumerate(posts):
        files += [f"//- content/meetings/m{n}.yaml\nname: Round {n}"]
        files += [f"//- content/delegations/m{n}.yaml\nfrom: a\naland: {{ann-able: {post}}}"]
    return build(mini("\n".join(files)).snapshot()).outputs


@pytest.mark.parametrize(("meetings", "turned"), [(3, False), (6, True), (30, False)])
def test_a_table_of_any_width_is_printed_whole(browser: Browser, tmp_path: Path, meetings: int, turned: bool) -> None:
    """Up to four columns upright, up to eight on a page that is turned, else as a list."""
    site = write(talks(meetings), tmp_path)
    reader = printed(browser, site, "delegations.html", "A4")
    text = squeezed(reader)
    assert [n for n in range(meetings) if f"Envoynumber{n}tothetalks" not in text] == []
    assert any(p.mediabox.width > p.mediabox.height for p in reader.pages) == turned


def test_every_page_the_list_names_is_there(site: Path) -> None:
    assert set(KINDS) <= set(html_pages(site))


@pytest.mark.parametrize("paper", list(PAPER))
def test_on_paper_stands_what_is_read_and_nothing_else(site: Path, browser: Browser, paper: str) -> None:
    for url in KINDS:
        view = open_on_paper(browser, site, url, paper)
        assert view.eval_on_selector_all(SCREEN_ONLY, SEEN) == [], url
        assert view.evaluate(FOLDED) == [], url
        assert view.evaluate("document.documentElement.scrollWidth") <= WIDTH[paper], url
        view.close()


def test_paper_is_white_and_print_is_black_whatever_the_screen_is(site: Path, browser: Browser) -> None:
    for url in ("index.html", "meetings/us-lna-2020-07-01.html", "articles/mirage-lna.html", "print.html"):
        view = open_on_paper(browser, site, url)
        assert view.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert view.evaluate(DIM) == [], url
        view.close()


@pytest.mark.parametrize("paper", list(PAPER))
def test_each_sheet_bears_the_name_of_the_site_and_its_number(site: Path, browser: Browser, paper: str) -> None:
    reader = printed(browser, site, "meetings/us-lna-2020-07-01.html", paper)
    name = "Militia talks in Libya, 2020"
    for number, sheet in enumerate(reader.pages, 1):
        assert [round(float(side)) for side in sheet.mediabox[2:]] == pytest.approx(PAPER[paper], abs=1)
        text = sheet.extract_text()
        assert name in text
        assert f"{number} / {len(reader.pages)}" in text


def test_what_is_folded_on_the_screen_is_printed(site: Path, browser: Browser) -> None:
    url = "meetings/us-lna-2020-07-01.html"
    view = browser.new_page()
    view.goto(f"file://{site}/{url}")
    folded = view.eval_on_selector_all("details.compare blockquote", "all => all.map(e => e.textContent)")
    view.close()
    assert len(folded) > 10
    text = squeezed(printed(browser, site, url, "A4"))
    assert [words for words in folded if re.sub(r"\s", "", words) not in text] == []


def test_the_first_sheet_says_where_the_page_stands(site: Path, browser: Browser) -> None:
    first = printed(browser, site, "actors/khalifa-haftar.html", "A4").pages[0].extract_text()
    address = re.search(r'rel="canonical" href="([^"]+)"', (site / "actors/khalifa-haftar.html").read_text("utf-8"))
    assert address
    assert address[1] in first
    assert "Khalifa Haftar" in first


@pytest.fixture(scope="module")
def whole(site: Path, browser: Browser) -> list[str]:
    """The text of each sheet of the whole briefing."""
    return [p.extract_text() for p in printed(browser, site, "print.html", "Letter").pages]


def test_the_address_of_a_source_is_printed_once(site: Path, whole: list[str]) -> None:
    originals = set(re.findall(r'href="(https?://[^"]+)"', (site / "print.html").read_text("utf-8").partition('id="sources"')[2]))
    text = re.sub(r"\s", "", "".join(whole))
    cited = [u for u in originals if "github.io" not in u]
    assert cited
    assert {u: text.count(f"<{u}>") for u in cited} == dict.fromkeys(cited, 1)


def test_each_note_is_printed_once(site: Path, whole: list[str]) -> None:
    numbers = re.findall(r'<li id="note\.(\d+)"', (site / "print.html").read_text("utf-8"))
    found = re.findall(r"(?m)^(\d+) ?“", "\n".join(whole))
    assert len(numbers) > 200
    assert sorted(found, key=int) == numbers


def test_the_whole_briefing_begins_each_chapter_on_a_sheet_of_its_own(site: Path, whole: list[str]) -> None:
    titles = re.findall(r'<h2 class="chapter-title"[^>]*>([^<]+)</h2>', (site / "print.html").read_text("utf-8"))
    sheets = [text.split("\n") for text in whole]
    assert len(titles) > 8
    for number, title in enumerate(titles, 1):
        assert len([s for s in sheets if s[1].split() == f"{number} {title}".split()]) == 1, title  # behind the foot
