"""Rule 10 over finished pages."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from briefgen.checks.finished import Outlines, check_finished
from briefgen.checks.outlines import outline
from briefgen.render import render_pages
from briefgen.urls import absolute, base_path, relative, root
from tests.kit import build, english, site, theme
from tests.pagekit import pages


def found(**files: str) -> list[tuple[str, str, int]]:
    outputs = {name.replace("__", "/").replace("_html", ".html"): text.encode() for name, text in files.items()}
    return [(d.code, d.span.file, d.span.line) for d in check_finished(outputs)]


@pytest.mark.parametrize(
    "link",
    [
        "b.html",
        "./b.html",
        "b.html#here",
        "#top-of-a",
        "#",
        "d/c.html",
        "d/../b.html",
        "d/.",
        "d/e/..",
        "d/%2e",
        "d/..#root",
        ".?q",
        "https://x.org/a",
        "mailto:a@b.c",
        "//x.org",
    ],
)
def test_a_link_that_leads_somewhere(link: str) -> None:
    assert not found(a_html=f'<a id="top-of-a" href="{link}">x</a>', b_html='<p id="here">', d__c_html="", **FOLDERS)


FOLDERS = {"d__index_html": "", "index_html": '<p id="root">'}


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("c.html", "broken-link"),
        ("B.html", "broken-link"),
        ("../b.html", "broken-link"),
        ("/b.html", "broken-link"),
        ("d/", "broken-link"),
        (".", "broken-link"),
        ("..", "broken-link"),
        ("d/.", "broken-link"),
        ("d/..", "broken-link"),
        ("b.html#gone", "broken-anchor"),
        ("#gone", "broken-anchor"),
        ("https://[x", "broken-link"),
    ],
)
def test_a_link_that_leads_nowhere(link: str, code: str) -> None:
    assert found(a_html=f'<p>\n<a href="{link}">x</a>', b_html="") == [(code, "site/a.html", 2)]


def test_pictures_styles_and_redirects_are_links_too() -> None:
    text = '<link rel=stylesheet href="s.css"><img src="p.png"><meta http-equiv="refresh" content="0; url=n.html">'
    assert found(a_html=text) == [("broken-link", "site/a.html", 1)] * 3
    assert not found(a_html=text, **{"s.css": "", "p.png": "", "n_html": ""})


def test_a_link_with_escapes_is_read_as_a_browser_reads_it() -> None:
    assert not found(a_html='<a href="d/c%20d.html#a&amp;b">', **{"d__c d_html": '<p id="a&amp;b">'})


def test_404_is_linked_from_any_depth() -> None:
    assert not found(**{"404_html": '<a href="/repo/d/c.html"></a><a href="/repo/">', "d__c_html": "", "index_html": ""})
    assert found(**{"404_html": '<a href="/repo/d/x.html">'}) == [("broken-link", "site/404.html", 1)]


def test_dots_at_the_end_mean_a_folder_as_in_a_browser() -> None:
    inside = '<a href="..">up</a><a href=".">here</a><a href="../..">top</a>'
    sound = {"d__e__c_html": inside, "d__index_html": "", "d__e__index_html": "", "index_html": ""}
    assert not found(**sound)
    for gone in ("d__index_html", "d__e__index_html", "index_html"):
        left = {name: text for name, text in sound.items() if name != gone}
        assert found(**left, d_html="", e_html="") == [("broken-link", "site/d/e/c.html", 1)]
    assert not found(**{"404_html": '<a href="/repo/d/x/..">', "d__index_html": ""})


def test_what_leads_to_a_folder_by_dots_is_looked_at_again_when_its_page_is_gone() -> None:
    kept = Outlines()
    files = {"d/e/c.html": b'<a href="..">', "d/index.html": b"", "a.html": b""}
    assert list(check_finished(files, kept=kept)) == []
    del files["d/index.html"]
    assert [d.code for d in check_finished(files, kept=kept)] == ["broken-link"]


def test_an_id_stands_once() -> None:
    assert found(a_html='<p id="x">\n<p id="x">\n<p id="y">') == [("duplicate-anchor", "site/a.html", 2)]


def test_every_finding_stands_on_its_line() -> None:
    text = '<p id="x">\n<a href="c.html">\n<p id="x">\n<a href="b.html">\n<a class="y" href="c.html">\n<p id="x">\n<a href="#z">'
    expected = [("duplicate-anchor", 3), ("duplicate-anchor", 6), ("broken-link", 2), ("broken-anchor", 7)]
    assert [(code, line) for code, _, line in found(a_html=text, b_html="")] == expected


# As templates write tags, and as they may: other attributes before and after, any quotes or none, no blank between two.
VALUES = st.text("ab<> =&#;'\n", max_size=4)
ATTRIBUTES = st.one_of(
    st.builds('{}="{}"'.format, st.sampled_from(["id", "href", "src", "class", "data-id", "ID", "aria-label"]), VALUES),
    st.builds("{}='{}'".format, st.sampled_from(["id", "href", "title"]), st.text('ab<> =&#;"\n', max_size=4)),
    st.builds("{}={}".format, st.sampled_from(["id", "href", "rel"]), st.text("ab#.", min_size=1, max_size=3)),
    st.sampled_from(["hidden", 'content="0; url=n.html"', 'http-equiv="refresh"']),
)
TAGS = st.builds(
    "<{}{}>".format,
    st.sampled_from(["a", "p", "A", "link", "meta", "img", "h2"]),
    st.lists(st.builds("{}{}".format, st.sampled_from([" ", "\n", "  "]), ATTRIBUTES), max_size=4).map("".join),
)
RAW = st.sampled_from(
    ['<!-- <p id="no"> -->', '<script src="s.js">"<p id=no>"</script>', '<style>p { } <p id="no"></STYLE>', "</p>", "text"]
)


class Reader(HTMLParser):
    """The ids and links of a page, read by the standard library."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        link = {"a": "href", "link": "href", "img": "src", "script": "src"}.get(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name == link]
        if tag == "meta" and {("http-equiv", "refresh"), ("content", "0; url=n.html")} <= set(attrs):
            self.links.append("n.html")


@given(st.lists(TAGS | RAW, max_size=6).map("".join))
def test_pages_are_read_as_the_standard_library_reads_them(text: str) -> None:
    read, expected = outline(text), Reader(text)
    assert set(read.ids) == set(expected.ids)
    assert tuple(read.links) == tuple(dict.fromkeys(expected.links))
    assert set(read.again) == {one for one in expected.ids if expected.ids.count(one) > 1}


STEPS = st.lists(st.sampled_from(["a", "b-c", "..", ".", "d%20e", "f:g", "é"]), max_size=4)
ADDRESSES = st.builds(
    "{}{}{}".format,
    st.builds(
        lambda steps, name: "/".join((*steps, name)), STEPS, st.sampled_from(["x.html", "y%2Fz.html", "ü.html", "", "..", "."])
    ),
    st.sampled_from(["", "?q=1", "?"]),
    st.sampled_from(["", "#", "#p-1", "#p%C3%A9", "#p?q"]),
)


@given(ADDRESSES)
def test_addresses_lead_where_the_standard_library_says(link: str) -> None:
    assume(not link.startswith("f:"))
    whole = urlsplit(urljoin("http://x/1/2/3/4/here.html", link))
    file, anchor = unquote(whole.path)[1:], unquote(whole.fragment)
    files = {"1/2/3/4/here.html": f'<a href="{link}">'} | {file: f'<p id="{anchor}">' if anchor else ""}
    if file == "1/2/3/4/here.html":
        files = {file: f'<a href="{link}" id="{anchor}">'}
    elif not file or file.endswith("/"):
        files[f"{file}index.html"] = files.pop(file)
    assert list(check_finished({name: text.encode() for name, text in files.items()})) == []
    if anchor:
        wrong = {name: text.replace("id=", "class=") for name, text in files.items()}
        (finding,) = check_finished({name: text.encode() for name, text in wrong.items()})
        assert finding.code == "broken-anchor"


def test_no_two_files_are_one() -> None:
    assert found(a_html="", A_html="") == [("url-collision", "site/a.html", 1)]
    assert found(a_html="", **{"a.html/b_html": ""}) == [("url-collision", "site/a.html", 1)]


@pytest.mark.parametrize("base_url", ["", "https://example.org/", "https://example.org/deep/repo"])
def test_every_link_of_the_small_site_leads_somewhere(base_url: str) -> None:
    outputs, findings = render_pages(pages(base_url).values(), theme()[0], english())
    assert not findings
    assert len(outputs) == len(pages(base_url))
    assert [f"{d.span.file}:{d.span.line} {d.message}" for d in check_finished({**outputs, **theme()[1]})] == []


@pytest.mark.parametrize(
    ("here", "there", "link"),
    [
        ("index.html", "people.html", "people.html"),
        ("index.html", "actors/a.html", "actors/a.html"),
        ("actors/a.html", "index.html", "../index.html"),
        ("actors/a.html", "actors/b.html", "b.html"),
        ("actors/a.html", "articles/b.html#q", "../articles/b.html#q"),
        ("actors/a.html", "actors/a.html#q", "#q"),
        ("actors/a.html", "actors/a.html", "a.html"),
        ("a/b/c.html", "a/d/e.html", "../d/e.html"),
    ],
)
def test_links_are_relative(here: str, there: str, link: str) -> None:
    assert relative(here, there) == link


def test_absolute_addresses() -> None:
    assert absolute("https://x.org/r/", "index.html") == absolute("https://x.org/r", "index.html") == "https://x.org/r/"
    assert absolute("https://x.org/r", "a/b.html") == "https://x.org/r/a/b.html"
    assert absolute("", "a.html") == ""
    assert [base_path(u) for u in ("", "https://x.org", "https://x.org/r/", "https://x.org/r/s")] == ["/", "/", "/r/", "/r/s/"]
    assert [root(u) for u in ("a.html", "b/a.html")] == ["", "../"]


def test_a_copied_file_never_takes_the_place_of_a_page() -> None:
    page = b"<!doctype html><title>x</title>"
    found = list(check_finished({"people.html": page}, {"people.html": b"other", "CNAME": b"x"}))
    assert [(d.code, d.span.file) for d in found] == [("url-collision", "content/static/people.html")]


ABOUT = """//- content/actors/actors.yaml
gna: {name: Government, kind: government}
//- content/pages/about.md
---
title: About
---
No line ends here:\u2028see [the method](methods.html), [its end](../index.html#nowhere),
[out](../../up.html) and [the GNA](../actors/gna.html).
"""


def test_a_link_that_an_editor_wrote_is_told_where_it_was_written_and_once() -> None:
    checked = build(site(ABOUT).snapshot())
    assert [(d.code, *d.span, d.message) for d in checked.diagnostics if d.severity == "error"] == [
        ("broken-link", "content/pages/about.md", 4, 37, 4, 49, "The link “methods.html” leads to no page or file of the site."),
        (
            "broken-anchor", "content/pages/about.md", 4, 62, 4, 83,
            "The link “../index.html#nowhere” leads to a place that “index.html” does not have.",
        ),
        ("broken-link", "content/pages/about.md", 5, 7, 5, 20, "The link “../../up.html” leads to no page or file of the site."),
    ]  # fmt: skip
