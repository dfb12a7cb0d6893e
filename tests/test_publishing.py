"""What a site needs where it is published: for search engines, for GitHub Pages, and warnings of what would go wrong there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from briefgen.checks.hosting import Limits, Target, check_hosting, pages_address
from briefgen.cli import main
from briefgen.pages import view_pages
from briefgen.pages.machines import RobotsView, SitemapView, for_machines
from briefgen.pages.published import site_of
from briefgen.render import render_pages
from tests.kit import MiniSite, build, english, helped, look, site, theme

TALKS = """
//- content/site.yaml
name: Talks
url: https://example.org/talks/
//- content/actors/a.yaml
jane-doe: {name: Jane Doe, was: [doe]}
john-roe: {name: John Roe, draft: true}
"""
NOWHERE = TALKS.replace("url: https://example.org/talks/\n", "")
NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def outputs(text: str, **more: str) -> Mapping[str, bytes]:
    mini = site(text)
    static = {f"content/static/{name.replace('_', '.')}": text for name, text in more.items()}
    checked = build(MiniSite(mini.files | static, ()).snapshot())
    assert [d for d in checked.diagnostics if d.severity == "error"] == []
    return checked.outputs


def listed(sitemap: bytes) -> list[str]:
    # Our own output, without a document type.
    return [loc.text or "" for loc in ElementTree.fromstring(sitemap).iter(f"{NS}loc")]


# ---------------------------------------------------------------- for search engines


def test_the_sitemap_lists_every_page_under_its_canonical_address() -> None:
    made = outputs(TALKS)
    pages = {url for url in made if url.endswith(".html")} - {"404.html", "actors/doe.html", "print.html"}
    base = "https://example.org/talks/"
    assert sorted(listed(made["sitemap.xml"])) == sorted(base + ("" if url == "index.html" else url) for url in pages)
    for url in pages:
        address = base + ("" if url == "index.html" else url)
        assert f'<link rel="canonical" href="{address}">'.encode() in made[url]
    assert made["robots.txt"] == b"User-agent: *\nDisallow:\nSitemap: https://example.org/talks/sitemap.xml\n"


def test_without_an_address_there_is_no_sitemap_and_no_canonical_link() -> None:
    made = outputs(NOWHERE)
    assert "sitemap.xml" not in made
    assert made["robots.txt"] == b"User-agent: *\nDisallow:\n"
    assert not any(b"canonical" in data for url, data in made.items() if url.endswith(".html"))


def test_an_address_with_special_characters_is_right_in_both_files() -> None:
    made = outputs(TALKS.replace("org/talks/", "org/t&t/"))
    assert b"<loc>https://example.org/t&amp;t/</loc>" in made["sitemap.xml"]
    assert b"Sitemap: https://example.org/t&t/sitemap.xml\n" in made["robots.txt"]


def test_a_long_list_is_split() -> None:
    published = site_of(look(site(TALKS).snapshot())[0], english(), "https://example.org/")
    pages = [p for p in view_pages(published.briefing, english(), "https://example.org/") if p.url.endswith(".html")]
    split = list(for_machines(published, pages, limit=3))
    robots = split.pop()
    assert [p.url for p in split[:2]] == ["sitemap.xml", "sitemap-2.xml"]
    assert robots.url == "robots.txt"
    assert robots.view == RobotsView(tuple(f"https://example.org/{p.url}" for p in split))
    views = [p.view for p in split]
    assert all(isinstance(v, SitemapView) and 0 < len(v.addresses) <= 3 for v in views)
    rendered, findings = render_pages(split, theme()[0], english())
    assert not findings
    whole = [address for data in rendered.values() for address in listed(data)]
    assert len(whole) == len(set(whole))
    assert sorted(whole) == sorted(listed(build(site(TALKS.replace("org/talks", "org")).snapshot()).outputs["sitemap.xml"]))


def test_an_editors_own_file_takes_the_place_of_ours() -> None:
    made = outputs(TALKS, robots_txt="User-agent: *\nDisallow: /\n")
    assert made["robots.txt"] == b"User-agent: *\nDisallow: /\n"
    assert "sitemap.xml" in made


def test_pages_is_told_to_leave_files_as_they_are() -> None:
    assert outputs(NOWHERE)[".nojekyll"] == b""


def test_the_404_page_is_right_at_any_depth() -> None:
    page = outputs(TALKS)["404.html"].decode()
    assert '<link rel="stylesheet" href="/talks/style.css">' in page
    assert 'href="/talks/people.html"' in page


def test_an_old_address_leads_on_and_names_the_new_one() -> None:
    page = outputs(TALKS)["actors/doe.html"].decode()
    assert '<meta http-equiv="refresh" content="0; url=jane-doe.html">' in page
    assert '<link rel="canonical" href="https://example.org/talks/actors/jane-doe.html">' in page


# ---------------------------------------------------------------- what would go wrong


def codes(text: str, target: Target) -> list[tuple[str, str, int, str]]:
    snapshot = site(text).snapshot()
    briefing, _ = look(snapshot)
    found = check_hosting(briefing, {"index.html": b""}, target)
    return [(d.severity, d.code, d.span.line, helped(d, snapshot.content)) for d in found]


def at(url: str) -> str:
    return TALKS.replace("https://example.org/talks/", url)


@pytest.mark.parametrize(
    ("url", "repository"),
    [
        ("https://desk.github.io/talks/", "desk/talks"),
        ("https://desk.github.io/talks", "Desk/Talks"),
        ("http://DESK.github.io/Talks/", "desk/talks"),
        ("https://desk.github.io/", "desk/desk.github.io"),
        ("https://talks.example.org/", "desk/talks"),
        ("https://desk.github.io/other/", ""),
    ],
)
def test_an_address_that_may_be_right(url: str, repository: str) -> None:
    assert codes(at(url), Target(repository)) == []


@pytest.mark.parametrize("url", ["https://desk.github.io/", "https://desk.github.io/talk/", "https://dusk.github.io/talks/"])
def test_an_address_of_another_repository(url: str) -> None:
    help_ = "url: https://desk.github.io/talks/"
    assert codes(at(url), Target("desk/talks")) == [("warning", "other-address", 2, help_)]


def test_no_address_is_a_warning_at_github_and_a_remark_elsewhere() -> None:
    help_ = "url: https://desk.github.io/talks/"
    assert codes(NOWHERE, Target("desk/talks")) == [("warning", "no-address", 1, help_)]
    assert codes(NOWHERE, Target()) == [("info", "no-address", 1, "")]


def test_an_address_given_for_this_build_is_taken_as_right() -> None:
    assert codes(NOWHERE, Target("desk/talks", "https://elsewhere.org/")) == []
    assert codes(at("https://desk.github.io/"), Target("desk/talks", "https://elsewhere.org/")) == []


def test_where_errors_left_no_site_nothing_is_said() -> None:
    briefing, _ = look(site(NOWHERE).snapshot())
    assert list(check_hosting(briefing, {}, Target("desk/talks"))) == []


@pytest.mark.parametrize("repository", ["", "talks", "/", "desk/", "/talks"])
def test_what_is_no_repository_has_no_address(repository: str) -> None:
    assert pages_address(repository) == ""


def test_sizes() -> None:
    briefing, _ = look(MiniSite(site(TALKS).files | {"content/static/film.mp4": "x"}, ()).snapshot())
    files = {"film.mp4": b"x" * 11, "index.html": b"y" * 10, "big.html": b"z" * 12}

    def sizes(limits: Limits) -> list[tuple[str, str, str]]:
        return [(d.severity, d.code, d.span.file) for d in check_hosting(briefing, files, Target(), limits)]

    assert sizes(Limits(site=33, file=12)) == []
    assert sizes(Limits(site=33, file=10)) == [
        ("warning", "file-too-large", "site/big.html"),
        ("warning", "file-too-large", "content/static/film.mp4"),
    ]
    assert sizes(Limits(site=32, file=12)) == [("warning", "site-too-large", "content/site.yaml")]
    (found,) = check_hosting(briefing, files, Target(), Limits(site=32, file=12))
    assert "“big.html”" in found.message
    assert Limits().file == 100_000_000
    assert 900_000_000 <= Limits().site < 1_000_000_000


# ---------------------------------------------------------------- the command line


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in site(NOWHERE).files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_REPOSITORY", "PAGES_BASE_URL", "GITHUB_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def status(*arguments: str) -> object:
    with pytest.raises(SystemExit) as end:
        main(list(arguments))
    return end.value.code


def base(project: Path) -> str:
    first = listed((project / "site/sitemap.xml").read_bytes())[0]
    return f"{urlsplit(first).scheme}://{urlsplit(first).netloc}{urlsplit(first).path}"


def test_the_address_comes_from_the_pages_environment(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_REPOSITORY", "desk/talks")
    monkeypatch.setenv("PAGES_BASE_URL", "https://desk.github.io/talks")
    assert status("build", "--strict") == 0
    assert base(project) == "https://desk.github.io/talks/"
    assert status("build", "--strict", "--base-url", "https://example.org/x/") == 0
    assert base(project) == "https://example.org/x/"


def test_an_empty_pages_environment_is_none(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PAGES_BASE_URL", "")
    assert status("build", "--strict") == 0
    assert not (project / "site/sitemap.xml").exists()
    monkeypatch.setenv("GITHUB_REPOSITORY", "desk/talks")
    capsys.readouterr()
    assert status("build", "--strict") == 1
    assert "warning[no-address]" in capsys.readouterr().out


def test_a_wrong_pages_environment_is_refused(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PAGES_BASE_URL", "talks")
    assert status("build") == 2
    assert "talks is not the address of a site" in capsys.readouterr().err
