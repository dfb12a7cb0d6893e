"""What the tests in a browser share: sites on the disk or served, the system's Chromium, and what they measure in it.

The fixtures `site` (the demonstration in a folder `libya`) and `browser` stand in conftest.py. Without Chromium these tests are
skipped, unless REQUIRE_BROWSER is set (as .ci/run does). Nothing here reaches another host.
"""

from __future__ import annotations

import functools
import http.server
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PHONE, DESK = (390, 844), (1440, 900)
needs_browser = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists() and not os.environ.get("REQUIRE_BROWSER"), reason="no /usr/bin/chromium"),
]

# One page of every kind of the demonstration.
KINDS = (
    "index.html", "meetings.html", "meetings/us-lna-2020-07-01.html", "delegations.html", "people.html", "organisations.html",
    "actors/khalifa-haftar.html", "actors/gna.html", "events.html", "events/sisi-speech.html", "timeline.html", "topics.html",
    "topics/ddr.html", "places.html", "places/sirte.html", "differences.html", "comparisons/one-origin.html", "articles.html",
    "articles/mirage-lna.html", "articles/palpress.html", "pages/method.html",
    "relations.html", "search.html", "data.html",
)  # fmt: skip

# Text of two blocks on the same spot. Lines of one block may touch (line height), and what is fixed or clipped lies above or
# nowhere by intent. A pair is told once: the words, and where.
OVERLAPS = """() => {
  const blockOf = node => {
    let one = node.parentElement;
    while (one && getComputedStyle(one).display.startsWith('inline') && one.parentElement) one = one.parentElement;
    return one;
  };
  const shown = one => one.checkVisibility({opacityProperty: true, visibilityProperty: true})
    && !one.closest('.card, .hidden, .skip, svg, thead, [popover], dialog') && getComputedStyle(one).position !== 'fixed';
  const boxes = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Map();
  for (let node; (node = walk.nextNode());) {
    if (!node.data.trim()) continue;
    const block = blockOf(node);
    if (!seen.has(block)) seen.set(block, shown(block));
    if (!seen.get(block) || !shown(node.parentElement)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const r of range.getClientRects())
      if (r.width > 4 && r.height > 6) {
        const slack = r.height / 4, text = node.data.trim().slice(0, 40);
        boxes.push({block, text, l: r.left + 1, r: r.right - 1, t: r.top + slack, b: r.bottom - slack});
      }
  }
  boxes.sort((a, b) => a.t - b.t);
  const found = [];
  let open = [];
  for (const one of boxes) {
    open = open.filter(o => o.b > one.t);
    for (const o of open)
      if (!o.block.contains(one.block) && !one.block.contains(o.block) && o.l < one.r - 1 && one.l < o.r - 1)
        found.push(`${o.text} / ${one.text} at ${Math.round(one.l)},${Math.round(one.t + scrollY)}`);
    open.push(one);
  }
  return found.slice(0, 5);
}"""
WIDTH = "document.documentElement.scrollWidth"


def write(outputs: Mapping[str, bytes], folder: Path) -> Path:
    """A built site on the disk."""
    assert outputs, "the site does not build"
    for url, data in outputs.items():
        path = folder / url
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def html_pages(site: Path) -> list[str]:
    """Its pages by URL; 404.html aside, whose addresses begin with the path of the site's own address, and redirects."""
    return [u for u in urls(site) if u != "404.html" and 'http-equiv="refresh"' not in (site / u).read_text(encoding="utf-8")]


def urls(site: Path) -> list[str]:
    """Every page of it by URL."""
    return sorted(p.relative_to(site).as_posix() for p in site.rglob("*.html"))


def faults_of(view: Page) -> list[str]:
    """What will go wrong in a page: errors of scripts, and all that the console calls an error."""
    faults: list[str] = []
    view.on("pageerror", lambda fault: faults.append(str(fault)))
    view.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    return faults


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        yield browser
        browser.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """The address of a site under a sub-path of a server, the name of its folder, with a slash at the end."""
    handler = functools.partial(_Quiet, directory=str(site.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{site.name}/"
        server.shutdown()


def size(wh: tuple[int, int]) -> dict[str, Any]:
    """A window's size as new_page takes it."""
    return {"viewport": {"width": wh[0], "height": wh[1]}}
