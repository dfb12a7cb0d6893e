"""The demonstration site by keyboard alone: from the briefing to a profile, a meeting, an article and the search.

At every stop on the way the focus can be seen: an outline of two pixels or more, in the window, under nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.lookkit import DESK, PHONE, needs_browser, size

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs_browser
FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const r = [...one.getClientRects()][0] || one.getBoundingClientRect();
  const x = r.left + r.width / 2, y = r.top + r.height / 2, top = document.elementFromPoint(x, y);
  return {
    tag: one.tagName.toLowerCase(), text: one.textContent.trim().slice(0, 60), href: one.getAttribute('href') || '',
    classes: one.className, type: one.type || '',
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    inside: r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth,
    covered: !(top && (one.contains(top) || top.contains(one))),
  };
}"""

DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


class Stop(NamedTuple):
    """Where the focus is."""

    tag: str
    text: str
    href: str
    classes: str
    type: str
    outlined: bool
    inside: bool
    covered: bool

    @property
    def seen(self) -> bool:
        return self.outlined and self.inside and not self.covered


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    view = browser.new_page(reduced_motion="reduce", **size(DESK))
    yield view
    view.close()


def tab(page: Page) -> Stop:
    """One press of Tab, and where it leads."""
    page.keyboard.press("Tab")
    stop = Stop(**page.evaluate(FOCUS))
    for _ in range(20):  # a card that is about to close may lie over it for a moment
        if stop.seen:
            break
        page.wait_for_timeout(50)
        stop = Stop(**page.evaluate(FOCUS))
    assert stop.tag != "body", f"the focus left {page.url}"
    assert stop.seen, f"{page.url}: the focus cannot be seen on {stop}"
    return stop


def tab_to(page: Page, href: str = "", tag: str = "", most: int = 120) -> Stop:
    """Tab until a link whose address ends so, or an element of that kind, has the focus."""
    for _ in range(most):
        stop = tab(page)
        if (href and stop.href.partition("#")[0].endswith(href)) or (tag and stop.tag == tag):
            return stop
    raise AssertionError(f"{page.url}: {href or tag} is not reached in {most} steps")


def follow(page: Page, href: str) -> None:
    """Tab to a link and press Enter."""
    tab_to(page, href)
    with page.expect_navigation(url=f"**/{href}*"):
        page.keyboard.press("Enter")
    page.evaluate(DRAWN)  # only then has the browser set where Tab goes on from


def test_from_the_briefing_to_a_profile_a_meeting_an_article_and_the_search(site: Path, page: Page) -> None:
    page.goto(f"file://{site}/index.html")
    follow(page, "people.html")
    follow(page, "actors/richard-norland.html")
    follow(page, "meetings/us-lna-2020-07-01.html")
    follow(page, "articles/mirage-lna.html")
    assert tab(page).tag == "a"  # on from the passage, not from the top
    page.goto(f"file://{site}/articles/palpress.html")
    follow(page, "search.html")
    assert page.evaluate(FOCUS)["tag"] == "input"
    page.keyboard.type("norland")
    page.locator("[role=option]").first.wait_for()
    with page.expect_navigation(url="**/actors/richard-norland.html*"):
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")


def test_every_stop_of_a_whole_page_can_be_seen(site: Path, page: Page) -> None:
    """Each link of a meeting in turn, markers with their cards included."""
    page.goto(f"file://{site}/meetings/us-lna-2020-07-01.html")
    count = page.locator("a[href]:visible, summary:visible, input:visible, button:visible").count()
    marks = sum(tab(page).classes == "mark" for _ in range(count - 5))
    assert marks > 20


def test_the_first_stop_skips_to_the_content(site: Path, page: Page) -> None:
    page.goto(f"file://{site}/meetings/us-lna-2020-07-01.html")
    stop = tab(page)
    assert stop.href == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_menu_opens_and_leads_on_by_keyboard_on_a_phone(site: Path, browser: Browser) -> None:
    view = browser.new_page(reduced_motion="reduce", **size(PHONE))
    view.goto(f"file://{site}/index.html")
    tab_to(view, tag="summary")
    assert not view.locator(".menu a").first.is_visible()
    view.keyboard.press("Enter")
    assert view.locator(".menu a").first.is_visible()
    follow(view, "timeline.html")
    assert view.locator("h1").is_visible()
    view.close()


def test_the_measure_sees_a_focus_that_nobody_could(browser: Browser) -> None:
    view = browser.new_page(**size(PHONE))
    view.set_content(
        "<a href='#' style='outline: none'>plain</a> <a href='#' style='position: fixed; inset-inline-start: -900px'>off</a>"
    )
    for _ in range(2):
        view.keyboard.press("Tab")
        assert not Stop(**view.evaluate(FOCUS)).seen
    view.close()
