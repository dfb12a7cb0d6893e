"""The strict policy holds where the site is used (issue 6, point 13): every page of the demonstration served, search, cards.

Counted: reports of the policy, requests to any other host, cookies, and what the browser is asked to keep. From a disk, and card by
card, test_evidence_browser.py counts the same; what the policy says and where it stands, test_evidence.py.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.kit import build
from tests.kit import site as mini
from tests.lookkit import html_pages, needs_browser, serving, write

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs_browser
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'"
_REPORT = "addEventListener('securitypolicyviolation', e => console.log('POLICY', e.violatedDirective, e.blockedURI))"
_KEPT = """async () => [
  document.cookie, localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length,
  (await navigator.serviceWorker.getRegistrations()).length, document.querySelectorAll('iframe, object, embed').length
].join()"""
NOTHING = ",0,0,0,0,0,0"
QUERIES = ("haftar", "militia dem", "حفتر", "zzzz", "wagner 2020", "<script>alert(1)</script>")


class Watch:
    """A tab whose reports, requests and errors are kept."""

    def __init__(self, browser: Browser, own: str) -> None:
        self.context = browser.new_context(viewport={"width": 1200, "height": 900})
        self.context.add_init_script(_REPORT)
        self.page = self.context.new_page()
        self.told: list[str] = []
        self.asked = 0
        self.page.on("console", lambda m: self.told.append(f"{self.page.url}: {m.text}"))
        self.page.on("pageerror", lambda fault: self.told.append(f"{self.page.url}: {fault}"))
        self.page.on("request", lambda request: self._request(request.url, own))

    def _request(self, url: str, own: str) -> None:
        self.asked += 1
        if not url.startswith(own):
            self.told.append(f"{self.page.url} asks for {url}")


def _use(page: Page) -> None:
    """What opens on a page, opened: a card of a name, one of a marker, how to cite it."""
    for target, card in (("main a.name", ".peek:popover-open"), ("main .cite > a.mark", ".cite > .card:popover-open")):
        found = page.locator(f"{target}:visible").first
        if found.count():
            found.hover()
            page.locator(card).first.wait_for(timeout=5000)
            page.mouse.move(0, 0)
    page.locator(".citing summary").click()
    page.locator(".citing button").last.click()


def _search(page: Page, base: str) -> None:
    """Every kind of use: typed words, a filter, more results, the way out, and a query in the address."""
    page.goto(f"{base}search.html?q=tripoli&kind=article")
    page.wait_for_function("document.getElementById('found').textContent !== ''")
    for query in QUERIES:
        page.locator("#q").fill(query)
        page.wait_for_function("q => new URLSearchParams(location.search).get('q') === q", arg=query)
        page.wait_for_timeout(100)
    page.locator("#q").fill("the")
    page.wait_for_timeout(300)
    if page.locator("#more").is_visible():
        page.locator("#more").click()
    page.locator("#q").press("Enter")
    page.wait_for_load_state("load")


def test_the_whole_site_in_use_breaks_no_policy_asks_nobody_and_keeps_nothing(site: Path, browser: Browser) -> None:
    pages, policy = html_pages(site), f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    with serving(site) as base:
        watch = Watch(browser, base)
        view = watch.page
        for number, url in enumerate(pages):
            view.goto(base + url)
            if number % 20 == 0:
                _use(view)
            assert view.evaluate(_KEPT) == NOTHING, url
            assert policy in (site / url).read_text(encoding="utf-8")
        _search(view, base)
        view.goto(f"{base}search.html")
        assert view.evaluate(_KEPT) == NOTHING
        assert watch.context.cookies() == []
        watch.context.close()
    print(f"{len(pages)} pages, {watch.asked} requests: {len(watch.told)} reports")
    assert watch.told == []
    assert watch.asked > 3 * len(pages)


MOVED = """
//- content/site.yaml
name: Moves
url: https://example.org/desk/
//- content/actors/a.yaml
new: {name: New one, was: [old]}
"""


def test_a_page_that_moved_and_one_that_is_not_there_keep_to_it(tmp_path: Path, browser: Browser) -> None:
    """Addresses on 404.html begin with the site's own path, so it is looked at where that path is."""
    site = write(build(mini(MOVED).snapshot()).outputs, tmp_path / "desk")
    with serving(site) as base:
        watch = Watch(browser, base)
        watch.page.goto(f"{base}actors/old.html")
        watch.page.wait_for_url("**/actors/new.html")
        watch.page.goto(f"{base}404.html")
        assert watch.page.locator("h1").is_visible()
        assert watch.page.evaluate("document.styleSheets.length") > 0
        watch.context.close()
    for name in ("actors/old.html", "404.html"):
        assert POLICY in (site / name).read_text(encoding="utf-8")
    assert watch.told == []


def test_what_breaks_the_policy_is_counted(site: Path, browser: Browser) -> None:
    """The same watch on a page into which things are put that no template writes."""
    with serving(site) as base:
        watch = Watch(browser, base)
        watch.page.goto(f"{base}index.html")
        watch.page.evaluate(
            """() => {
            const add = (name, fields) => document.body.append(Object.assign(document.createElement(name), fields));
            add('script', {textContent: 'window.evil = 1'});
            add('img', {src: 'https://evil.example/x.png'});
            add('iframe', {src: 'https://evil.example/'});
            fetch('index.html').catch(() => {});
            document.body.setAttribute('style', 'color: red');
            document.body.insertAdjacentHTML('beforeend', '<form action="x"><button id="press">x</button></form>');
            localStorage.x = 1;
          }"""
        )
        watch.page.evaluate("document.getElementById('press').click()")
        watch.page.wait_for_timeout(200)
        assert watch.page.evaluate("window.evil") is None
        assert watch.page.evaluate(_KEPT) != NOTHING
        for directive in ("script-src", "img-src", "default-src", "connect-src", "style-src", "form-action"):
            assert any(directive in told for told in watch.told), (directive, watch.told)
        watch.context.close()
