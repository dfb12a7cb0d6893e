"""Evidence at hand, name cards, citing and the policy of every page, in the system's Chromium."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from briefgen.load.markdown import article as read_article
from tests.kit import ROOT, build, demo
from tests.lookkit import faults_of, needs_browser, serving, urls, write

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs_browser
HEAVIEST = 40 * 1024  # bytes of HTML, CSS and JavaScript, gzipped: what issue 4 allows a page
PROFILE = "actors/khalifa-haftar.html"
MEETING = "meetings/us-lna-2020-07-01.html"
OPEN = ".card:popover-open"
WITHIN = """card => {
  const { left, top, right, bottom } = card.getBoundingClientRect();
  return left >= 0 && top >= 0 && right <= document.documentElement.clientWidth && bottom <= innerHeight;
}"""
LISTEN = """
window.faults = [];
document.addEventListener("securitypolicyviolation", e => window.faults.push(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`));
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Under the path of the site's address, which is what 404.html is made for."""
    outputs = build(demo()).outputs
    top = re.search(rb'<link rel="stylesheet" href="/(?:(\S+)/)?style.css"', outputs["404.html"])
    assert top
    return write(outputs, tmp_path_factory.mktemp("www") / (top[1] or b"libya").decode())


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    view = context.new_page()
    faults = faults_of(view)
    yield view
    context.close()
    assert faults == []


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def served(site: Path) -> Iterator[str]:
    """The address of the site under a sub-path."""
    with serving(site) as address:
        yield address


def shown(view: Page) -> int:
    return view.locator(OPEN).count()


# ---------------------------------------------------------------- the card of a marker


def test_a_marker_pointed_at_opens_its_card_that_stays_while_the_pointer_is_in_it(site: Path, page: Page) -> None:
    page.goto(f"file://{site}/{PROFILE}")
    mark = page.locator("main a.mark").first
    mark.scroll_into_view_if_needed()
    mark.hover()
    card = page.locator(OPEN)
    card.wait_for()
    assert page.evaluate(WITHIN.replace("card =>", "() => { const card = document.querySelector('.card:popover-open');", 1) + "}")
    assert card.locator("q").inner_text()
    box = card.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=8)
    page.wait_for_timeout(500)
    assert shown(page) == 1
    page.mouse.move(2, 2, steps=4)
    card.wait_for(state="hidden")


def test_one_card_at_a_time(site: Path, page: Page) -> None:
    page.goto(f"file://{site}/{MEETING}")
    marks = page.locator(".roster a.mark")
    marks.first.scroll_into_view_if_needed()
    for n in range(3):
        page.mouse.move(2, 2)
        marks.nth(n).hover()
        page.wait_for_function(
            "n => document.querySelector('.cite:has(:popover-open) .mark')?.textContent === n", arg=marks.nth(n).inner_text()
        )
        assert shown(page) == 1


def test_the_keyboard_opens_reads_closes_and_is_never_held(site: Path, page: Page) -> None:
    page.goto(f"file://{site}/{MEETING}")
    page.locator("main a[href]:has(+ .cite), main .roster a").first.focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a.mark')"):
            break
    page.locator(OPEN).wait_for()
    described = page.evaluate(
        "document.activeElement.getAttribute('aria-describedby').split(' ').map(i => document.getElementById(i).textContent)"
    )
    assert (
        described[0] == page.locator(f"{OPEN} q").inner_text().strip("“”") or described[0] in page.locator(f"{OPEN} q").inner_text()
    )
    assert page.locator(OPEN).get_attribute("aria-hidden") is None
    page.keyboard.press("Escape")
    assert shown(page) == 0
    assert page.evaluate("document.activeElement.matches('a.mark')")
    page.wait_for_timeout(400)
    assert shown(page) == 0  # what was closed stays closed
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    page.locator(OPEN).wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.card') !== null")  # the original
    assert shown(page) == 1
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('a.mark')")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.wait_for_function("!document.activeElement.closest('.card') && document.activeElement !== document.body")


def test_enter_on_a_marker_still_leads_to_the_passage(site: Path, page: Page) -> None:
    page.goto(f"file://{site}/{PROFILE}")
    page.locator("main a.mark").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/**#q-*")


def test_a_tap_opens_and_closes_and_the_card_is_within_the_screen(site: Path, phone: Page) -> None:
    for url in (PROFILE, MEETING, "index.html", "differences.html"):
        phone.goto(f"file://{site}/{url}")
        marks = phone.locator("main a.mark:visible")
        for n in {0, marks.count() // 2, marks.count() - 1}:
            marks.nth(n).scroll_into_view_if_needed()
            marks.nth(n).tap()
            phone.locator(OPEN).wait_for()
            assert phone.locator(OPEN).evaluate(WITHIN), (url, n)
            assert phone.url.endswith(url)  # a tap shows, the links in the card lead on
            marks.nth(n).tap()
            phone.locator(OPEN).wait_for(state="hidden")
    marks.first.scroll_into_view_if_needed()
    marks.first.tap()
    phone.locator(OPEN).wait_for()
    phone.locator("h1").dispatch_event("pointerdown", {"pointerType": "touch"})
    phone.locator(OPEN).wait_for(state="hidden")


def test_without_script_the_card_opens_by_style_alone(site: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    view = context.new_page()
    view.goto(f"file://{site}/{PROFILE}")
    card = view.locator("main .card").first
    assert not card.is_visible()
    view.locator("main a.mark").first.hover()
    assert card.is_visible()
    assert card.locator("q").inner_text()
    context.close()


def test_in_a_browser_without_popovers_the_style_does_it(site: Path, page: Page) -> None:
    page.add_init_script("delete HTMLElement.prototype.popover; delete HTMLElement.prototype.showPopover")
    page.goto(f"file://{site}/{PROFILE}")
    page.locator("main a.mark").first.hover()
    assert page.locator("main .card").first.is_visible()


def test_in_a_browser_without_anchors_a_card_stands_at_the_foot_of_the_window(site: Path, phone: Page) -> None:
    style = (site / "style.css").read_text(encoding="utf-8").replace("(position-area: block-end)", "(position-area: unknown)")
    phone.route("**/style.css", lambda route: route.fulfill(body=style, content_type="text/css"))
    phone.goto(f"file://{site}/{PROFILE}")
    phone.locator("main a.mark").first.tap()
    card = phone.locator(OPEN)
    card.wait_for()
    assert card.evaluate(WITHIN)
    assert card.evaluate("card => innerHeight - card.getBoundingClientRect().bottom") < 40


def test_a_card_leads_to_the_passage_and_to_the_very_words_of_the_original(site: Path, page: Page) -> None:
    """Every card of the two heaviest kinds of page: its fragment, decoded, stands in the article's text."""
    sources = {f: read_article(body(f), f.name)[0] for f in (ROOT / "content" / "articles").glob("*.md")}
    texts = {front(f, "url"): [" ".join(u.text.split()) for u in prose.units] for f, prose in sources.items() if front(f, "url")}
    seen = 0
    for url in (PROFILE, MEETING, "index.html"):
        page.goto(f"file://{site}/{url}")
        for passage, original in page.evaluate(
            """async () => {
              const found = [];
              for (const mark of document.querySelectorAll("main a.mark")) {
                mark.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, pointerType: "mouse" }));
                await new Promise(done => setTimeout(done, 130));
                const links = [...document.querySelectorAll(".card:popover-open .ways a")].map(a => a.href);
                found.push([links[0] === mark.href, links[1] || ""]);
              }
              return found;
            }"""
        ):
            assert passage
            if original:
                base, _, directive = original.partition("#:~:text=")
                assert stands(directive, texts[base]), original
                seen += 1
    assert seen > 100


def body(path: Path) -> str:
    return path.read_text(encoding="utf-8").split("---\n", 2)[2]


def front(path: Path, name: str) -> str:
    found = re.search(rf"^{name}: *(\S+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    return found[1] if found else ""


def stands(directive: str, paragraphs: list[str]) -> bool:
    """Whether a text directive names words of one paragraph: [prefix-,]start[,end][,-suffix]."""
    parts = directive.split(",")
    prefix = unquote(parts.pop(0)[:-1]) if parts[0].endswith("-") else ""
    suffix = unquote(parts.pop()[1:]) if parts[-1].startswith("-") else ""
    start, end = unquote(parts[0]), unquote(parts[-1]) if len(parts) > 1 else ""
    assert len(parts) in (1, 2)
    pattern = ".*?".join(re.escape(p) for p in (start, end) if p)
    before = rf"{re.escape(prefix)}\W*" if prefix else ""
    after = rf"\W*{re.escape(suffix)}" if suffix else ""
    return any(re.search(before + pattern + after, text) for text in paragraphs)


# ---------------------------------------------------------------- the card of a name


def test_a_name_pointed_at_says_who_that_is(site: Path, page: Page) -> None:
    page.goto(f"file://{site}/{MEETING}")
    name = page.locator(".roster .who a", has_text="Aoun Al Farjani")
    name.hover()
    card = page.locator(f".peek{OPEN}")
    card.wait_for()
    says = card.inner_text()
    assert "Aoun Al Farjani" in says
    assert "Head of the LNA Command Apparatus" in says
    assert "Mirage News" in says  # who prints the post
    assert "1 July 2020" in says
    assert card.locator("a").get_attribute("href").endswith(MEETING)  # type: ignore[union-attr]  # it has one
    page.keyboard.press("Escape")
    assert shown(page) == 0


def test_where_the_sources_differ_a_name_card_says_all_and_that_they_do(site: Path, page: Page) -> None:
    page.goto(f"file://{site}/people.html")
    page.locator("main a[href='actors/khalifa-haftar.html']").first.hover()
    card = page.locator(f".peek{OPEN}")
    card.wait_for()
    assert "Field Marshal (Palestine Press Agency); Major General (Middle East Monitor); The sources differ" in card.inner_text()


def test_a_name_card_opens_on_focus_and_holds_nobody(site: Path, page: Page) -> None:
    page.goto(f"file://{site}/people.html")
    page.locator("main a[href='actors/khalifa-haftar.html']").first.focus()
    page.locator(f".peek{OPEN}", has_text="Khalifa Haftar").wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null && !document.activeElement.closest('.card')")


def test_a_tap_on_a_name_follows_it(site: Path, phone: Page) -> None:
    phone.goto(f"file://{site}/{MEETING}")
    phone.locator(".roster .who a").first.tap()
    phone.wait_for_url("**/actors/**")


def test_no_card_for_navigation_nor_for_other_pages(site: Path, page: Page) -> None:
    page.goto(f"file://{site}/{MEETING}")
    page.locator(".crumbs a").last.hover()
    page.wait_for_timeout(600)
    assert shown(page) == 0


def test_links_in_a_picture_are_left_alone(site: Path, page: Page) -> None:
    page.goto(f"file://{site}/{MEETING}")
    inside = page.locator("main svg a[href]")
    assert inside.count() > 0
    inside.first.dispatch_event("pointerover", {"pointerType": "mouse"})
    inside.first.dispatch_event("pointerdown", {"pointerType": "mouse"})
    page.wait_for_timeout(500)
    assert shown(page) == 0


# ---------------------------------------------------------------- citing


def test_a_page_says_how_to_cite_it(site: Path, page: Page) -> None:
    page.goto(f"file://{site}/{PROFILE}")
    page.clock.set_fixed_time("2026-11-22T12:00:00")
    page.reload()
    box = page.locator(".citing")
    box.locator("summary").click()
    box.locator("button").first.wait_for()
    line = box.locator("p").first
    name = site_name()
    address = page.evaluate("document.querySelector('link[rel=canonical]')?.href || location.href")
    assert line.inner_text() == f"{name}, “Khalifa Haftar”, {address}, accessed 22 November 2026."
    place = page.locator("main .here").first.get_attribute("href")
    assert place
    page.evaluate("hash => location.hash = hash", place)
    page.wait_for_function("hash => document.querySelector('.citing p').textContent.includes(hash)", arg=place)


def test_a_citation_is_copied_and_that_is_said(site: Path, page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"file://{site}/{MEETING}")
    page.locator(".citing summary").click()
    page.locator(".citing button").first.wait_for()
    plain, bibtex = page.locator(".citing button").all()
    plain.click()
    page.locator(".citing [role=status]", has_text="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".citing p").first.inner_text()
    bibtex.click()
    page.wait_for_function("navigator.clipboard.readText().then(t => t.startsWith('@misc{us-lna-2020-07-01,'))")
    entry = page.evaluate("navigator.clipboard.readText()")
    for name in ("title", "author", "howpublished"):
        assert re.search(rf"{name} = \{{\{{.+\}}\}},", entry)
    assert re.search(r"url = \{.+\},\n  urldate = \{\d{4}-\d\d-\d\d\}", entry)
    assert page.evaluate("document.activeElement.matches('.citing button')")


def test_without_script_the_citation_stands_there_without_a_date(site: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    view = context.new_page()
    view.goto(f"file://{site}/{PROFILE}")
    view.locator(".citing summary").click()
    line = view.locator(".citing p")
    assert line.count() == 1
    assert line.inner_text().startswith(f"{site_name()}, “Khalifa Haftar”")
    assert "accessed" not in line.inner_text()
    context.close()


def site_name() -> str:
    found = re.search(r"^name: (.+)$", (ROOT / "content" / "site.yaml").read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    return found[1].strip("'\"")


def test_links_to_places_are_reached_by_keyboard_and_lead_there(site: Path, page: Page) -> None:
    page.goto(f"file://{site}/{MEETING}")
    here = page.locator("main .here")
    assert here.count() > 20
    first = here.first
    assert first.evaluate("a => getComputedStyle(a).opacity") == "0"
    first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert first.evaluate("a => a === document.activeElement && getComputedStyle(a).opacity") == "1"
    assert page.get_by_role("link", name="Link to this place").count() == here.count()
    for place in here.evaluate_all("all => all.map(a => a.getAttribute('href'))"):
        assert page.locator(f"[id='{place[1:]}']").count() == 1, place


# ---------------------------------------------------------------- the policy, weight, keys


def test_no_page_breaks_its_policy_with_every_card_used(site: Path, browser: Browser) -> None:
    """From a disk, every page: each kind of card opened, citation made."""
    context = browser.new_context(viewport={"width": 1200, "height": 900}, reduced_motion="reduce")
    context.add_init_script(LISTEN)
    view = context.new_page()
    said: list[str] = []
    view.on("console", lambda m: said.append(f"{view.url}: {m.text}") if m.type in ("error", "warning") else None)
    broken: list[str] = []
    opened = 0
    for url in urls(site):
        text = (site / url).read_text(encoding="utf-8")
        head = text.partition("</head>")[0]
        policy = head.find('<meta http-equiv="Content-Security-Policy" content="default-src \'none\';')
        assert 0 < policy < min(n for n in (head.find("<link"), head.find("<script")) if n > 0), url
        if url == "404.html" or 'http-equiv="refresh"' in head:
            continue  # looked at under a server, below
        view.goto(f"file://{site}/{url}")
        found, faults = view.evaluate(USE)
        opened += found
        broken += [f"{url}: {fault}" for fault in faults]
    context.close()
    assert broken == []
    assert said == []
    assert opened > 300


USE = """async () => {
  const cards = [...document.querySelectorAll("main a.mark")].slice(0, 4);
  const names = [...document.querySelectorAll("main a[href*='actors/']")].filter(a => !a.closest(".card")).slice(0, 2);
  const wait = ms => new Promise(done => setTimeout(done, ms));
  let opened = 0;
  for (const target of [...cards, ...names]) {
    target.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, pointerType: "mouse" }));
    for (let n = 0; n < 40 && !document.querySelector(":popover-open"); n++) await wait(20);
    opened += document.querySelectorAll(":popover-open").length;
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    document.body.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, pointerType: "mouse" }));
  }
  document.querySelector(".citing")?.setAttribute("open", "");
  await wait(60);
  return [opened, window.faults];
}"""


def test_nor_under_a_sub_path_nor_where_nothing_is_found(site: Path, served: str, browser: Browser) -> None:
    context = browser.new_context()
    context.add_init_script(LISTEN)
    view = context.new_page()
    failed: list[str] = []
    view.on("response", lambda r: failed.append(r.url) if r.status >= 400 else None)
    for url in ("", MEETING, PROFILE, "differences.html", "search.html"):
        view.goto(served + url)
        view.evaluate(USE)
        assert view.evaluate("window.faults") == [], url
    view.goto(f"{served}404.html")
    assert view.evaluate("window.faults") == []
    context.close()
    assert [f for f in failed if "favicon" not in f] == []


def test_a_script_that_is_not_ours_does_not_run(site: Path, page: Page, tmp_path: Path) -> None:
    """That the policy is no ornament: what an injection would try, tried."""
    evil = tmp_path / "evil.html"
    text = (site / "index.html").read_text(encoding="utf-8")
    inside = '<script>window.evil = 1</script><img src="x" onerror="window.evil = 1"><p style="color: red" id="red">x</p>'
    evil.write_text(text.replace("</main>", f"{inside}</main>"), encoding="utf-8")
    view = page.context.new_page()
    view.add_init_script(LISTEN)
    view.goto(f"file://{evil}")
    view.wait_for_timeout(200)
    assert view.evaluate("window.evil") is None
    assert view.evaluate("getComputedStyle(document.getElementById('red')).color") != "rgb(255, 0, 0)"
    assert len(view.evaluate("window.faults")) >= 3


def test_no_page_is_heavier_than_forty_kilobytes(site: Path) -> None:
    def weight(name: str) -> int:
        return len(gzip.compress((site / name).read_bytes(), 9))

    heavy = {}
    for url in urls(site):
        if url == "print.html":
            continue
        text = (site / url).read_text(encoding="utf-8")
        folder = (site / url).parent
        parts = re.findall(r'<(?:script|link rel="stylesheet")[^>]*?(?:src|href)="([^"]+)"', text)
        sheets = {(folder / p).resolve() for p in parts if "media=" not in p and not p.startswith("/")}
        total = weight(url) + sum(len(gzip.compress(p.read_bytes(), 9)) for p in sheets if p.exists())
        heavy[url] = total
    worst = max(heavy, key=heavy.__getitem__)
    assert heavy[worst] <= HEAVIEST, (worst, heavy[worst])


def test_the_script_is_small_and_leaves_nothing_global(site: Path, page: Page) -> None:
    assert len(gzip.compress((site / "site.js").read_bytes(), 9)) < 6 * 1024
    names = "Object.getOwnPropertyNames(window).sort()"
    page.goto("about:blank")
    page.goto(f"file://{site}/index.html")
    with_script = page.evaluate(names)
    bare = page.context.new_page()
    bare.route("**/*.js", lambda route: route.abort())
    bare.goto(f"file://{site}/index.html")
    assert json.dumps(with_script) == json.dumps(bare.evaluate(names))


def test_the_slash_leads_to_the_search(site: Path, page: Page) -> None:
    page.goto(f"file://{site}/{MEETING}")
    page.keyboard.press("/")
    page.wait_for_url("**/search.html")


def test_on_paper_there_is_no_card_and_no_sign(site: Path, page: Page) -> None:
    page.goto(f"file://{site}/{MEETING}")
    page.locator(".roster a.mark").first.hover()
    page.locator(OPEN).wait_for()
    page.emulate_media(media="print")
    signs = page.locator(".here, .citing, .card")
    assert signs.count() > 100
    assert signs.evaluate_all("all => all.filter(one => getComputedStyle(one).display !== 'none').map(one => one.outerHTML)") == []
