"""300 payloads in every field, article, file name, site.yaml and search, in the system's Chromium (issue 6, point 12).

Counted on every page: dialogs, what the payloads would have run, reports of the policy, requests to anybody, and elements,
attributes and addresses that no template writes (`FAULTS`). `test_what_is_counted_is_seen` says that the counting counts.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from briefgen.addresses import is_elsewhere, safe_address
from tests.injectkit import FAULTS, j, site_of
from tests.kit import build
from tests.lookkit import needs_browser, write
from tests.payloads import payloads
from tests.reliability import tries
from tests.test_guards_pages import ADDRESSES
from tests.test_serve import Server, put

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = needs_browser
_REPORT = "addEventListener('securitypolicyviolation', e => console.log('POLICY', e.violatedDirective, e.blockedURI, e.sourceFile))"
_REFRESH = '<meta http-equiv="refresh"'
_AT_ONCE = 100  # payloads in one site


class Tab:
    """A tab that notes what should not happen."""

    def __init__(self, browser: Browser, scheme: str = "file:") -> None:
        self.seen: Counter[str] = Counter()
        self.first: list[str] = []
        self.scheme = scheme
        self.context = browser.new_context(viewport={"width": 1200, "height": 900})
        self.context.add_init_script(_REPORT)
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("dialog", self._dialog)
        self.page.on("console", lambda m: self.note("policy", m.text) if _told(m) else None)
        self.page.on("request", lambda r: None if r.url.startswith((scheme, "ws://127.0.0.1")) else self.note("request", r.url))
        self.page.on("pageerror", lambda fault: self.note("error", str(fault)))

    def _dialog(self, dialog: Any) -> None:
        self.note("dialog", dialog.message)
        dialog.dismiss()

    def note(self, what: str, text: str) -> None:
        self.seen[what] += 1
        if len(self.first) < 10:
            self.first.append(f"{what} at {self.page.url}: {text[:300]}")

    def judge(self) -> None:
        """What stands in the page that is open."""
        for fault in self.page.evaluate(FAULTS, "briefgen-preview"):
            self.note("fault", fault)


def _told(message: Any) -> bool:
    return message.text.startswith("POLICY") or "Content Security Policy" in message.text


@contextmanager
def tab(browser: Browser, scheme: str = "file:") -> Iterator[Tab]:
    one = Tab(browser, scheme)
    yield one
    one.context.close()


def handle(one: Tab) -> None:
    """Open what a reader can open: the card of a name, that of a marker, and the citation with its BibTeX."""
    view = one.page
    for target, card in (("main a.name", ".peek:popover-open"), ("main .cite > a.mark", ".cite > .card:popover-open")):
        found = view.locator(f"{target}:visible").first
        if found.count():
            found.hover()
            with_card = view.locator(card)
            with_card.first.wait_for(timeout=3000)
            one.judge()
            view.mouse.move(0, 0)
    if view.locator(".citing summary").count():
        view.locator(".citing summary").click()
        view.locator(".citing button").last.click()
        one.judge()


def search(one: Tab, site: Path, queries: Sequence[str]) -> int:
    """Ask for each; the number of results in all. By address too, as a link from a stranger would."""
    view, hits = one.page, 0
    view.goto(f"file://{site}/search.html")
    for number, query in enumerate(queries):
        if number % 10 == 0:
            view.goto(f"file://{site}/search.html?q={quote(query)}&kind={quote(query)}&party={quote(query)}&year={quote(query)}")
        view.locator("#q").fill(query)
        asked = "document.getElementById('found').textContent && new URLSearchParams(location.search).get('q') === q.value"
        view.wait_for_function(f"() => {{ const q = document.getElementById('q'); return {asked}; }}")
        view.wait_for_timeout(60)
        hits += view.locator("#hits [role=option]").count()
        one.judge()
    return hits


@tries(6, 300)
def test_payloads_stay_text_on_every_page(browser: Browser, tmp_path: Path, times: int) -> None:
    every = payloads(300)
    chosen = every if times == 300 else every[: times - 2] + every[-2:]
    pages = hits = handled = 0
    with tab(browser) as one:
        for first in range(0, len(chosen), _AT_ONCE):
            part = chosen[first : first + _AT_ONCE]
            checked = build(site_of(part, first + 1).snapshot())
            assert checked.outputs, [d for d in checked.diagnostics if d.severity == "error"][:3]
            site = write(checked.outputs, tmp_path / str(first))
            for number, url in enumerate(sorted(u for u in checked.outputs if u.endswith(".html"))):
                file = site / url
                text = file.read_text(encoding="utf-8")
                file.write_text(text.replace(_REFRESH, '<meta name="refresh"'), encoding="utf-8")  # or it would lead away
                one.page.goto(f"file://{file}")
                one.judge()
                pages += 1
                if number % 12 == 0 and url != "404.html" and _REFRESH not in text:
                    handle(one)
                    handled += 1
            for url in ("feed.xml", "sitemap.xml", "data/briefing.json", "robots.txt") if times == 300 else ():
                one.page.goto(f"file://{site}/{url}", wait_until="commit")
            hits += search(one, site, part)
            shutil.rmtree(site)
        print(f"{len(chosen)} payloads, {pages} pages, {handled} of them used, {hits} results of searches: {dict(one.seen)}")
        assert not one.seen, one.first
    assert pages > 10 * len(chosen)
    assert hits > len(chosen)


HARM = """<!doctype html><head>{}<title>x</title><body><script src="site.js"></script><img src=x onerror="alert(1)">
<a href="javascript:x">x</a><svg><a xlink:href="data:text/html,x"></a></svg><p style="color:red" @click="x">x</p><b-c></b-c>
<!-- x --><base href="/"><iframe></iframe><script type="application/ld+json">{{</script><form></form>
<link rel="stylesheet" href="https://evil.example/x.css">"""
POLICY = "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\">"


@pytest.mark.parametrize("policy", ["", POLICY], ids=["open", "closed"])
def test_what_is_counted_is_seen(browser: Browser, tmp_path: Path, policy: str) -> None:
    """On a page on which all of it happens: what the policy lets through, or what it reports."""
    (tmp_path / "a.html").write_text(HARM.format(policy), encoding="utf-8")
    with tab(browser) as one:
        one.page.goto(f"file://{tmp_path}/a.html")
        one.judge()
        assert one.seen["fault"] >= 12
        assert bool(one.seen["dialog"]) == (not policy)
        assert one.seen["request"]  # told of even where the policy stops it
        assert bool(one.seen["policy"]) == bool(policy)


_READ = """all => all.map(one => {
  try { const to = new URL(one, 'https://own.example/a/b.html'); return [to.protocol, to.host]; } catch { return null; }
})"""


@tries(3_000, 100_000)
def test_an_address_is_judged_as_the_browser_reads_it(browser: Browser, times: int) -> None:
    """By chance of the pieces that matter: what may be linked is http, https, mailto or stays on the site."""
    chance = random.Random(12)
    parts = ["javascript", "data", "http", "https", "mailto:", "https://", ":", ":", "/", "/", "//", "\\", "\t", "\n", "\r", " "]
    parts += [
        "\x01",
        "\x00",
        "x.org",
        "x.org",
        "?",
        "#",
        "@",
        "%",
        "%3A",
        ".",
        "..",
        "1",
        "-",
        "+",
        "é",
        "\xa0",
        "\u2028",
        "\ufeff",
    ]
    urls = [*ADDRESSES, *("".join(chance.choices(parts, k=chance.randint(1, 7))) for _ in range(times))]
    page = browser.new_page()
    read = page.evaluate(_READ, urls)
    page.close()
    linked = [(url, where) for url, where in zip(urls, read, strict=True) if where and safe_address(url)]
    assert [one for one in linked if one[1][0] not in ("http:", "https:", "mailto:")] == []
    away = [one for one in linked if one[1] != ["https:", "own.example"]]
    assert [one for one in away if not is_elsewhere(one[0].lstrip("".join(map(chr, range(33)))).translate(_BREAKS))] == []
    assert len(away) > times // 100
    assert len(linked) > times // 4


_BREAKS = str.maketrans("", "", "\t\n\r")


# ---------------------------------------------------------------- the preview

_IN_PANEL = """() => {
  const root = document.querySelector('briefgen-preview').shadowRoot;
  const known = ['link', 'section', 'div', 'header', 'h2', 'button', 'ol', 'li', 'p', 'span', 'pre', 'mark', 'label', 'input'];
  const harm = e => !known.includes(e.localName) || [...e.attributes].some(a => /^on|^style$/.test(a.name));
  return [...root.querySelectorAll('*')].filter(harm).map(e => e.outerHTML.slice(0, 200));
}"""


def broken(part: Sequence[str], first: int) -> Iterator[tuple[str, str]]:
    """Files at fault, each fault with a payload in its message, its line, its help, or its path."""
    for n, payload in enumerate(part, first):
        yield (
            f"content/actors/broken-{n}.yaml",
            j({f"broken-{n}": {"name": f"Broken {n}", payload: payload, "country": payload, "from": payload}}),
        )
        yield (
            f"content/events/broken-{n}.yaml",
            j({f"event-broken-{n}": {"name": f"Ev {n}", "outcome": {payload: {f"a-{n}": payload}}}}),
        )
        yield f"content/topics/broken-{n}.yaml", f"{payload}: [{payload}\n"
        yield f"content/articles/{payload.translate(_NO_PATH)[:90]}.md", f"{payload}\n"
        yield (
            f"content/actors/{payload.translate(_NO_PATH)[:90]}.yaml",
            j({f"named-{n}": {"name": f"Named {n}", "leader": payload}}),
        )


_NO_PATH = str.maketrans("/", "∕", "\u2028\u2029\t")


@tries(6, 300)
def test_payloads_stay_text_in_the_preview(browser: Browser, tmp_path: Path, times: int) -> None:
    """In the panel of findings, in the bar of sources, and at addresses that nobody has."""
    chosen, rows = payloads(300)[:times], 0
    with tab(browser, "http://127.0.0.1") as one:
        for first in range(0, len(chosen), 6):
            part = chosen[first : first + 6]
            project = tmp_path / str(first)
            for path, text in (site_of(part, first + 1).files | dict(broken(part, first + 1))).items():
                put(project, path, text)
            server = Server(project)
            base = f"http://127.0.0.1:{server.port}{server.base}"
            for path in ("", f"actors/actor-{first + 1}.html", f"articles/a-{first + 1}.html", *(quote(p, safe="/") for p in part)):
                one.page.goto(base + path)
                one.page.locator("briefgen-preview .panel li").first.wait_for()
                one.judge()
                for fault in one.page.evaluate(_IN_PANEL):
                    one.note("fault", fault)
                rows += one.page.locator("briefgen-preview .panel li").count()
                one.page.locator("briefgen-preview .panel .take").first.click()
            assert any(p.split(" x")[-1] in one.page.locator("briefgen-preview .panel").inner_text() for p in part)
            assert server.stop() == 0
            shutil.rmtree(project)
        print(f"{len(chosen)} payloads, {rows} findings shown: {dict(one.seen)}")
        assert not one.seen, one.first
    assert rows > 10 * len(chosen)
