"""JSON-LD under the site's own policy, in Chromium: it is there, whole, and nothing of it runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.kit import theme
from tests.lookkit import needs_browser, write
from tests.machinekit import demonstration, rendered
from tests.test_machines_jsonld import RICH

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = needs_browser
BLOCK = "JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)['@graph'].map(n => n['@type'])"
PAGES = ("index.html", "meetings/us-lna-2020-07-01.html", "actors/khalifa-haftar.html", "articles/mirage-lna.html", "data.html")


def look(browser: Browser, path: Path) -> tuple[list[str], list[str]]:
    """The types of a page's block, and everything the browser complained of or a script said."""
    said: list[str] = []
    view = browser.new_page()
    view.on("console", lambda message: said.append(message.text))
    view.on("pageerror", lambda fault: said.append(str(fault)))
    view.on("dialog", lambda dialog: said.append(dialog.message))
    view.goto(path.as_uri())
    types: list[str] = view.evaluate(BLOCK)
    view.close()
    return types, said


def test_the_policy_neither_blocks_nor_runs_it(tmp_path: Path, browser: Browser) -> None:
    site = write(demonstration(), tmp_path)
    for url in PAGES:
        types, said = look(browser, site / url)
        assert types
        assert said == []


def test_hostile_titles_stay_text(tmp_path: Path, browser: Browser) -> None:
    site = write({**theme()[1], **rendered(RICH)}, tmp_path)
    for url in ("articles/wire.html", "actors/army.html", "index.html"):
        types, said = look(browser, site / url)
        assert types
        assert said == []
