"""axe-core on every page of the demonstration site, light and dark, on a phone and on a desk: WCAG 2.2 A and AA, nothing found.

axe-core comes with the package axe-playwright-python. It sees markup, names, contrast and the size of targets; what it cannot
see (does the order make sense, is the focus where one looks) is tested in test_keyboard.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from tests.lookkit import DESK, KINDS, PHONE, html_pages, needs_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs_browser
Dress = tuple[Literal["light", "dark"], tuple[int, int]]
DRESSES: tuple[Dress, ...] = (("light", PHONE), ("dark", PHONE), ("light", DESK), ("dark", DESK))
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
RUN = """tags => axe.run(document, {runOnly: tags, resultTypes: ['violations'], elementRef: false})
  .then(r => r.violations.flatMap(v => v.nodes.slice(0, 3).map(n => `${v.id}: ${n.html.slice(0, 160)}`)))"""


def axe() -> str:
    """The source of axe-core."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def violations(view: Page) -> list[str]:
    """What axe-core finds on the page that stands open."""
    view.evaluate(axe())
    found: list[str] = view.evaluate(RUN, TAGS)
    return found


def on(browser: Browser, site: Path, urls: list[str], dresses: Sequence[Dress]) -> list[str]:
    """What it finds on these pages: page n in dress n, and round again."""
    view = browser.new_page(reduced_motion="reduce")
    found = []
    for number, url in enumerate(urls):
        scheme, (width, height) = dresses[number % len(dresses)]
        view.emulate_media(color_scheme=scheme)
        view.set_viewport_size({"width": width, "height": height})
        view.goto(f"file://{site}/{url}")
        found += [f"{url}, {scheme}, {width} px: {one}" for one in violations(view)]
    view.close()
    return found


@pytest.mark.parametrize("dress", DRESSES)
def test_axe_finds_nothing_on_a_page_of_every_kind_in_every_dress(site: Path, browser: Browser, dress: Dress) -> None:
    assert on(browser, site, list(KINDS), [dress]) == []


def test_axe_finds_nothing_on_any_page(site: Path, browser: Browser) -> None:
    """Every page once, the four dresses in turn; each in all four takes minutes (below)."""
    assert on(browser, site, html_pages(site), DRESSES) == []


@pytest.mark.long
@pytest.mark.parametrize("dress", DRESSES)
def test_axe_finds_nothing_on_any_page_in_any_dress(site: Path, browser: Browser, dress: Dress) -> None:
    assert on(browser, site, html_pages(site), [dress]) == []


def test_axe_is_heard(browser: Browser) -> None:
    """The measure itself: grey on grey and a picture without words are found."""
    view = browser.new_page()
    view.set_content("<html lang=en><title>t</title><main><h1 style='color:#aaa;background:#bbb'>Words</h1><img src=x></main>")
    found = " ".join(violations(view))
    view.close()
    assert "color-contrast" in found
    assert "image-alt" in found
