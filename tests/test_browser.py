"""The demonstration site as its readers see it, in the system's Chromium: from file:// and under a sub-path."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.lookkit import faults_of, needs_browser, serving, urls

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs_browser
IN_VIEW = "id => { const r = document.getElementById(id).getBoundingClientRect(); return r.top >= 0 && r.top < innerHeight }"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    view = browser.new_page(viewport={"width": 1440, "height": 900})
    yield view
    view.close()


def test_no_page_scrolls_sideways_on_a_phone_nor_asks_another_host(site: Path, browser: Browser) -> None:
    view = browser.new_page(viewport={"width": 390, "height": 844})
    asked: list[str] = []
    view.on("request", lambda r: asked.append(r.url))
    faults = faults_of(view)
    wide = []
    for url in urls(site):
        if url == "404.html":
            continue  # its addresses begin with the base URL's path; tested under a server
        view.goto(f"file://{site}/{url}")
        if view.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(url)
    view.close()
    assert wide == []
    assert [a for a in asked if not a.startswith("file://")] == []
    assert faults == []


def test_a_marker_shows_its_words_without_script_and_leads_to_the_passage(site: Path, browser: Browser) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"file://{site}/actors/khalifa-haftar.html")
    mark = page.locator("main a.mark").first
    card = page.locator("main .card").first
    assert not card.is_visible()
    mark.hover()
    assert card.is_visible()
    page.mouse.move(0, 0)
    assert not card.is_visible()
    mark.focus()
    assert card.is_visible()
    words = card.locator("q").first.inner_text()
    mark.click()
    page.wait_for_url("**/articles/**")
    anchor = page.url.partition("#")[2]
    target = page.locator(f"[id='{anchor}']")
    assert target.count() == 1
    page.wait_for_function(IN_VIEW, arg=anchor, timeout=5000)
    first = words.strip('“”"… ').split()[0]
    assert first in page.locator("main").inner_text()
    page.close()


def test_reading_goes_both_ways(site: Path, page: Page) -> None:
    """From the words in the article to the facts that rest on them."""
    page.goto(f"file://{site}/articles/mirage-lna.html")
    back = page.locator("main a[href*='meetings/us-lna-2020-07-01.html']").first
    assert back.count() == 1
    back.click()
    page.wait_for_url("**/meetings/us-lna-2020-07-01.html*")
    assert "Kheiri Al Tamimi" in page.locator("main").inner_text()


def test_every_page_has_one_heading_a_title_and_a_language(site: Path, page: Page) -> None:
    for url in urls(site):
        page.goto(f"file://{site}/{url}")
        if "http-equiv" in (site / url).read_text(encoding="utf-8"):
            continue
        assert page.locator("h1").count() == 1, url
        assert page.title(), url
        assert page.locator("html").get_attribute("lang"), url


def test_the_site_works_under_a_sub_path(site: Path, page: Page) -> None:
    with serving(site) as base:
        failed: list[str] = []
        page.on("response", lambda r: failed.append(r.url) if r.status >= 400 else None)
        page.goto(base)
        links = page.eval_on_selector_all("header a, nav a", "all => all.map(a => a.href)")
        assert len(set(links)) > 5
        for link in sorted(set(links)):
            assert link.startswith(base)
            page.goto(link)
        page.wait_for_load_state("networkidle")
    assert [f for f in failed if "favicon" not in f] == []


def test_dark_and_light_differ(site: Path, browser: Browser) -> None:
    colours = set()
    for scheme in ("light", "dark"):
        view = browser.new_page(color_scheme=scheme)
        view.goto(f"file://{site}/index.html")
        colours.add(view.evaluate("getComputedStyle(document.body).backgroundColor"))
        view.close()
    assert len(colours) == 2


def test_print_hides_navigation_and_keeps_sources(site: Path, page: Page) -> None:
    page.goto(f"file://{site}/meetings/us-lna-2020-07-01.html")
    page.emulate_media(media="print")
    assert not page.locator("nav").first.is_visible()
    assert page.get_by_role("heading", name="Sources").first.is_visible()
