"""Pictures in the system's Chromium: legible on a phone and on paper, nothing on anything else, each mark reached by keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefgen.link import link
from briefgen.load import load
from briefgen.pages.actor import actor_pages
from briefgen.pages.home import home
from briefgen.pages.kinds import Each, Plain
from briefgen.pages.meeting import meeting_pages
from briefgen.pages.meetings import meeting_index
from briefgen.pages.published import site_of
from briefgen.pages.relations import relations
from briefgen.pages.timeline import timeline
from briefgen.render import render_pages
from briefgen.source import Snapshot
from tests.kit import build, demo, english
from tests.lookkit import DESK, PHONE, WIDTH, needs_browser, size, write
from tests.stress.make import snapshot

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs_browser
DEMO = (
    "index.html", "timeline.html", "meetings.html", "relations.html", "meetings/us-gna-2020-06-24.html",
    "meetings/us-lna-2020-07-01.html", "actors/gna.html", "actors/lna.html",
)  # fmt: skip
STRESS = (
    "index.html", "timeline.html", "meetings.html", "relations.html", "meetings/great-hall.html", "meetings/six-parties.html",
    "actors/long-body.html",
)  # fmt: skip
A4, LETTER = (658, 955), (680, 890)  # what is left of a page within generous margins, in CSS pixels

# What is wrong with the lettering of the pictures of a page: too small, outside its picture, or on other lettering.
LETTERING = """() => {
  const faults = [];
  for (const plot of document.querySelectorAll('.drawing > .plot')) {
    const all = plot.getBoundingClientRect(), boxes = [];
    for (const text of plot.querySelectorAll('text')) {
      const r = text.getBoundingClientRect();
      if (!r.width) continue;
      const said = text.textContent, style = getComputedStyle(text);
      if (parseFloat(style.fontSize) < 11) faults.push(`small: ${said} ${style.fontSize}`);
      if (r.left < all.left - 1 || r.right > all.right + 1 || r.top < all.top - 3 || r.bottom > all.bottom + 3)
        faults.push(`outside: ${said} at ${Math.round(r.left - all.left)}, ${Math.round(r.top - all.top)}`);
      for (const o of boxes)
        if (r.left < o.right - 1 && o.left < r.right - 1 && r.top + 3 < o.bottom - 3 && o.top + 3 < r.bottom - 3)
          faults.push(`on ${o.said}: ${said}`);
      boxes.push({left: r.left, right: r.right, top: r.top, bottom: r.bottom, said});
    }
    if (!boxes.length) faults.push('a picture without a word');
  }
  return faults;
}"""
HEIGHTS = "[...document.querySelectorAll('.drawing > .plot')].map(p => p.getBoundingClientRect().height)"


def drawn(stress: Snapshot) -> dict[str, bytes]:
    """The pages of the stress content that are looked at here, and no others: all of them take most of a minute."""
    read = site_of(link(load(stress)[0]), english(), "")
    kinds: tuple[Plain | Each, ...] = (home, timeline, meeting_index, relations, meeting_pages, actor_pages)
    pages = (page for kind in kinds for page in kind(read) if page.url in STRESS)
    outputs, findings = render_pages(pages, stress.templates, english())
    assert not findings
    return {**outputs, **stress.assets}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(build(demo()).outputs, tmp_path_factory.mktemp("usual"))


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(drawn(snapshot()), tmp_path_factory.mktemp("hard"))


@pytest.fixture(scope="module")
def rtl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(drawn(snapshot(language="ar")), tmp_path_factory.mktemp("rtl"))


def faults(view: Page, site: Path, urls: tuple[str, ...], width: int) -> list[str]:
    found: list[str] = []
    for url in urls:
        view.goto(f"file://{site}/{url}")
        assert view.locator(".drawing").count(), url
        found += [f"{url} at {width}: {fault}" for fault in view.evaluate(LETTERING)[:5]]
        if view.evaluate(WIDTH) > width:
            found.append(f"{url} scrolls sideways")
    return found


@pytest.mark.parametrize("window", [PHONE, DESK])
def test_lettering_is_large_enough_inside_its_picture_and_free(
    usual: Path, hard: Path, browser: Browser, window: tuple[int, int]
) -> None:
    view = browser.new_page(**size(window))
    found = faults(view, usual, DEMO, window[0]) + faults(view, hard, STRESS, window[0])
    view.close()
    assert found == []


def test_a_site_that_reads_from_right_to_left_has_the_same_pictures(rtl: Path, browser: Browser) -> None:
    view = browser.new_page(**size(PHONE))
    found = faults(view, rtl, STRESS, PHONE[0])
    view.close()
    assert found == []


def test_the_measure_of_lettering_finds_what_is_wrong(usual: Path, browser: Browser) -> None:
    view = browser.new_page(bypass_csp=True, **size(PHONE))
    view.goto(f"file://{usual}/timeline.html")
    assert view.evaluate(LETTERING) == []
    for rule, fault in (("font-size: 10px", "small"), ("font-size: 60px", "outside"), ("font-size: 30px", "on ")):
        view.goto(f"file://{usual}/timeline.html")
        view.add_style_tag(content=f".plot text {{ {rule} !important }}")
        assert any(found.startswith(fault) for found in view.evaluate(LETTERING)), rule
    view.close()


@pytest.mark.parametrize("paper", [A4, LETTER])
def test_each_picture_fits_on_a_page_of_paper(usual: Path, hard: Path, browser: Browser, paper: tuple[int, int]) -> None:
    view = browser.new_page(**size(paper))
    view.emulate_media(media="print")
    found = faults(view, usual, DEMO, paper[0])
    tall = {}
    for site, urls in ((usual, DEMO), (hard, STRESS)):
        for url in urls:
            view.goto(f"file://{site}/{url}")
            tall[url] = max(view.evaluate(HEIGHTS))
    view.close()
    assert found == []
    assert {url: h for url, h in tall.items() if h > paper[1]} == {}


def test_every_mark_is_reached_and_opened_by_keyboard(usual: Path, browser: Browser) -> None:
    view = browser.new_page(**size(PHONE))
    for url in ("timeline.html", "meetings.html", "relations.html"):
        view.goto(f"file://{usual}/{url}")
        marks = view.locator(".plot a").count()
        assert marks >= 5
        view.evaluate("document.querySelectorAll('.plot a').forEach((a, n) => a.setAttribute('data-n', n))")
        reached = set()
        for _ in range(view.locator("a, button, summary, [tabindex]").count() + 5):
            view.keyboard.press("Tab")
            at = view.evaluate("document.activeElement.getAttribute('data-n')")
            reached |= {at} if at else set()
            if len(reached) == marks:
                break
        assert len(reached) == marks, url
        outline = view.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", "where the keyboard is, is not seen"
    view.goto(f"file://{usual}/timeline.html")
    mark = view.locator(".plot a").last
    target = mark.get_attribute("href") or ""
    mark.focus()
    view.keyboard.press("Enter")
    view.wait_for_url(f"**/{target}")
    view.close()


def test_a_mark_has_a_name_and_is_large_enough_to_hit(usual: Path, hard: Path, browser: Browser) -> None:
    view = browser.new_page(**size(PHONE))
    small = []
    for site, urls in ((usual, DEMO), (hard, STRESS)):
        for url in urls:
            view.goto(f"file://{site}/{url}")
            for name, width, height in view.evaluate(
                "[...document.querySelectorAll('.plot a')].map(a => [a.querySelector('title').textContent,"
                " a.getBoundingClientRect().width, a.getBoundingClientRect().height])"
            ):
                assert name.strip(), url
                # WCAG 2.5.8 asks for 24 by 24, or for room around: a line of lettering has 24 from line to line.
                small += [f"{url}: {name} {width} x {height}"] if width < 20 or height < 12 else []
    view.close()
    assert small == []


def test_light_dark_and_print_draw_in_ink_of_their_own(usual: Path, browser: Browser) -> None:
    ink = "getComputedStyle(document.querySelector('.plot .dot')).fill"
    inks = []
    for scheme in ("light", "dark"):
        view = browser.new_page(color_scheme=scheme)
        view.goto(f"file://{usual}/timeline.html")
        inks.append(view.evaluate(ink))
        view.emulate_media(media="print")
        inks.append(view.evaluate(ink))
        view.close()
    light, paper, dark, paper_of_dark = inks
    assert len({light, dark, paper}) == 3
    assert paper == paper_of_dark
