"""What a page of the demonstration costs to read: at most 40 KB, nothing from another host, and nothing lost without JavaScript.

Counted are HTML, CSS and JavaScript as a browser asks for them, gzipped; print.html (the whole briefing in one) and data/ are
not pages to read on the way. 404.html and redirects have nothing to read.
"""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefgen.pages.styles import published
from tests.lookkit import PHONE, html_pages, needs_browser, size

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = needs_browser
LIMIT = 40 * 1024
WHOLE = ("print.html",)
TOOLS = "main :is(form, button, [role=search], [role=status], [aria-live])"  # what a script adds to work with, nothing to read


def weight(path: Path) -> int:
    """Bytes over the wire of a server that compresses as they all do."""
    return len(gzip.compress(path.read_bytes(), 6, mtime=0))


def test_no_page_weighs_more_than_40_kb_nor_asks_another_host(site: Path, browser: Browser) -> None:
    view = browser.new_page(**size(PHONE))
    asked: list[str] = []
    view.on("request", lambda request: asked.append(request.url))
    weights: dict[str, int] = {}
    elsewhere: set[str] = set()
    for url in html_pages(site):
        asked.clear()
        view.goto(f"file://{site}/{url}", wait_until="networkidle" if url == "index.html" else "load")
        view.mouse.wheel(0, 2000)
        elsewhere |= {one for one in asked if not one.startswith((f"file://{site}/", "data:"))}
        files = {one.removeprefix("file://").partition("#")[0].partition("?")[0] for one in asked if one.startswith("file:")}
        weights[url] = sum(weight(Path(one)) for one in files if one.endswith((".html", ".css", ".js")))
    view.close()
    assert elsewhere == set()
    assert {url: size for url, size in weights.items() if size > LIMIT and url not in WHOLE} == {}
    assert min(weights.values()) > 5_000  # the style sheet alone: the measure sees what it should


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (b"/* a */\na { b: c } /* d\n * e */ f {}\n", b"a { b: c } f {}\n"),
        (b'a::before { content: "/* no comment */" }', b'a::before { content: "/* no comment */" }'),
        (b"a { content: '\\' /* b */'; src: url(/*/x.png) }", b"a { content: '\\' /* b */'; src: url(/*/x.png) }"),
        (b"/*! a licence */ a {}", b"/*! a licence */ a {}"),
    ],
)
def test_a_style_sheet_is_published_without_its_comments(written: bytes, read: bytes) -> None:
    assert published("x.css", written) == read
    assert published("x.js", written) == written


def test_every_page_reads_the_same_without_javascript(site: Path, browser: Browser) -> None:
    """Every word that <main> shows with JavaScript it shows without, in the same order; tools aside."""
    plain = browser.new_context(java_script_enabled=False, **size(PHONE)).new_page()
    rich = browser.new_page(**size(PHONE))
    lost = []
    for url in html_pages(site):
        if url in WHOLE:
            continue
        plain.goto(f"file://{site}/{url}")
        rich.goto(f"file://{site}/{url}")
        rich.eval_on_selector_all(TOOLS, "all => all.forEach(one => one.remove())")
        if not _within(rich.locator("main").inner_text().split(), plain.locator("main").inner_text().split()):
            lost.append(url)
    plain.context.close()
    rich.close()
    assert lost == []


def test_the_measure_sees_words_that_a_script_brings() -> None:
    assert _within(["a", "c"], ["a", "b", "c"])
    assert not _within(["a", "x"], ["a", "b", "c"])


def _within(part: list[str], whole: list[str]) -> bool:
    """Whether the words stand in that order in the others."""
    rest = iter(whole)
    return all(word in rest for word in part)
