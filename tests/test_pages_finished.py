"""Rule 10 over finished pages."""

from __future__ import annotations

import pytest

from briefgen.checks.finished import check_finished
from briefgen.render import render_pages
from briefgen.urls import absolute, base_path, relative, root
from tests.kit import english, theme
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
        "https://x.org/a",
        "mailto:a@b.c",
        "//x.org",
    ],
)
def test_a_link_that_leads_somewhere(link: str) -> None:
    assert not found(a_html=f'<a id="top-of-a" href="{link}">x</a>', b_html='<p id="here">', d__c_html="")


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("c.html", "broken-link"),
        ("B.html", "broken-link"),
        ("../b.html", "broken-link"),
        ("/b.html", "broken-link"),
        ("d/", "broken-link"),
        ("b.html#gone", "broken-anchor"),
        ("#gone", "broken-anchor"),
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


def test_an_id_stands_once() -> None:
    assert found(a_html='<p id="x">\n<p id="x">\n<p id="y">') == [("duplicate-anchor", "site/a.html", 2)]


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
