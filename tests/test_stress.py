"""The stress content in the system's Chromium: nothing scrolls sideways, no text lies on other text.

The content of tests/stress is built as it is, and once more as a site that reads from right to left. The pages that bear
most are always looked at, every other one by `-m long`.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.kit import build
from tests.lookkit import DESK, OVERLAPS, PHONE, WIDTH, html_pages, needs_browser, size, write
from tests.stress.make import files, snapshot

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from briefgen.compile import Checked

pytestmark = needs_browser
HARDEST = (
    "index.html", "meetings.html", "meetings/great-hall.html", "meetings/six-parties.html", "meetings/empty-meeting.html",
    "meetings/sitting-7.html", "delegations.html", "people.html", "organisations.html", "actors/assembly.html",
    "actors/small-body.html", "actors/long-body.html", "actors/unbroken-body.html", "actors/arabic-body.html",
    "actors/nothing-body.html", "actors/khalid-hebrew.html", "actors/abd-al-rahman.html", "actors/arabic-only.html",
    "actors/chinese-only.html", "actors/delegate-2.html", "actors/unit-5.html", "events.html", "events/closed-1021.html",
    "events/founding.html", "events/incident-1.html", "timeline.html", "topics.html", "topics/topic-1.html", "places.html",
    "places/long-place.html", "differences.html", "comparisons/twelve-sides.html", "comparisons/one-side.html",
    "comparisons/two-directions.html", "articles.html", "articles/talks.html", "articles/wide.html", "articles/long.html",
    "articles/hub.html", "articles/arabic.html", "articles/arabic-press.html", "articles/linked.html", "pages/long.html",
    "pages/empty.html", "relations.html", "search.html", "corrections.html", "data.html",
)  # fmt: skip


@lru_cache(maxsize=1)
def built() -> Checked:
    """The whole line over the stress content, once a process."""
    return build(snapshot())


@pytest.fixture(scope="module")
def ltr(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(built().outputs, tmp_path_factory.mktemp("ltr"))


@pytest.fixture(scope="module")
def rtl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(build(snapshot(language="ar")).outputs, tmp_path_factory.mktemp("rtl"))


def faults(browser: Browser, site: Path, urls: tuple[str, ...], window: tuple[int, int]) -> list[str]:
    """What is too wide or lies on something else."""
    view = browser.new_page(**size(window))
    found = []
    for url in urls:
        view.goto(f"file://{site}/{url}", wait_until="load")
        width = view.evaluate(WIDTH)
        if width > window[0]:
            found.append(f"{url}: {width} px wide")
        found += [f"{url}: {pair}" for pair in view.evaluate(OVERLAPS)]
    view.close()
    return found


def test_the_stress_content_has_what_it_promises_and_builds_without_an_error() -> None:
    made = built()
    assert [d for d in made.diagnostics if d.severity == "error"] == []
    assert len(made.outputs) > 700
    assert files() == files.__wrapped__()  # the same at every call
    briefing = made.briefing
    assert max(len(r.name) for r in briefing.records.values()) >= 200
    assert max(len(d.members) for r in briefing.records.values() for d in r.delegations) == 300
    assert sum(len(unit.text.split()) for unit in briefing.articles["long"].prose.units) >= 20_000
    assert len(briefing.relations) == 60


def test_on_a_phone_nothing_scrolls_sideways_or_overlaps(ltr: Path, browser: Browser) -> None:
    assert faults(browser, ltr, HARDEST, PHONE) == []


def test_on_a_desk_nothing_overlaps(ltr: Path, browser: Browser) -> None:
    assert faults(browser, ltr, HARDEST, DESK) == []


def test_from_right_to_left_it_holds_as_well(rtl: Path, browser: Browser) -> None:
    view = browser.new_page()
    view.goto(f"file://{rtl}/index.html")
    assert view.evaluate("getComputedStyle(document.documentElement).direction") == "rtl"
    view.close()
    assert faults(browser, rtl, HARDEST, PHONE) == []
    assert faults(browser, rtl, HARDEST[:12], DESK) == []


def test_the_measures_see_what_they_should(browser: Browser) -> None:
    view = browser.new_page(**size(PHONE))
    view.set_content("<p>One line of words</p><p style='margin-top:-30px'>Another line</p><p style='width:600px'>Wide</p>")
    assert view.evaluate(WIDTH) > PHONE[0]
    assert len(view.evaluate(OVERLAPS)) == 1
    view.close()


@pytest.mark.long
def test_every_page_holds_on_a_phone(ltr: Path, browser: Browser) -> None:
    assert faults(browser, ltr, tuple(html_pages(ltr)), PHONE) == []
