"""Paths and addresses, piece by piece: what `tests/mutants.py` breaks in guard, manifest, disk, urls and answers fails here."""

from __future__ import annotations

import json
import mimetypes
import os
import re
import sys
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

import briefgen
from briefgen import urls
from briefgen.publish import guard, manifest, tree
from briefgen.publish.disk import Taken, find_project, packaged_theme, take
from briefgen.publish.guard import checked_output
from briefgen.publish.lock import locked
from briefgen.publish.refusal import Refusal
from briefgen.publish.site import Written, write_site
from briefgen.publish.tree import has_control
from briefgen.serve.answers import LOOSENED, OWN, Found, answer, digest, find, links, media_type, shown
from briefgen.serve.state import State
from tests.test_publish import put

# ---------------------------------------------------------------- where a site may be written


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(put(tmp_path / "home", {".profile": ""})))
    return put(
        tmp_path / "over/project", {"content/site.yaml": "", "templates/x.html": "", "plain.txt": "", "repo/.git/config": ""}
    )


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (".", "it is the project itself"),
        ("..", "the project lies inside it"),
        ("../..", "the project lies inside it"),
        ("/", "it is the root of the file system"),
        ("../../home", "it is your home folder"),
        ("content", "content/ is the project's own"),
        ("content/static/x", "content/ is the project's own"),
        ("templates/site", "templates/ is the project's own"),
        ("briefgen/x", "briefgen/ is the project's own"),
        (".briefgen/site", ".briefgen/ is the project's own"),
        (".git/site", ".git/ is the project's own"),
        ("plain.txt", "it is a file"),
        ("repo", "it is the top of a git repository"),
    ],
)
def test_why_an_output_is_refused(project: Path, name: str, reason: str) -> None:
    with pytest.raises(Refusal, match=re.escape(f"cannot be the output folder: {reason}. Choose another with --output.")):
        checked_output(project, project / name)


def test_the_program_s_own_folder_is_no_output(project: Path) -> None:
    own = Path(briefgen.__file__).parent
    for folder in (own, own / "x", own / "guide"):
        with pytest.raises(Refusal, match="it belongs to the program"):
            checked_output(project, folder)
    assert checked_output(project, own.parent / "outside-of-it") == own.parent / "outside-of-it"


def test_nor_where_a_link_leads_to_the_program(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {"program/publish/guard.py": ""})
    (tmp_path / "link").symlink_to("program")
    monkeypatch.setattr(guard, "__file__", str(tmp_path / "link/publish/guard.py"))
    with pytest.raises(Refusal, match="it belongs to the program"):
        checked_output(project, tmp_path / "program/not-there")


def test_what_a_folder_is_counts_not_how_it_is_written(project: Path) -> None:
    # As on a file system that ignores case: another name, the same folder.
    (project / "Content").symlink_to("content")
    with pytest.raises(Refusal, match="content/ is the project's own"):
        checked_output(project, project / "Content/static")
    (project / "alias").symlink_to("repo")
    with pytest.raises(Refusal, match=r"is a link\. Name the folder that it leads to\."):
        checked_output(project, project / "alias")
    assert checked_output(project, project / "alias/site") == project.resolve() / "repo/site"


def test_the_same_folder_under_two_names_is_one(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Paths that differ and lead to one folder, without a link that resolving would undo (a mount, or ignored case).
    same = Path.samefile

    def alike(one: Path, other: Path) -> bool:
        return str(one).lower() == str(other).lower() or same(one, other)

    (project / "CONTENT").mkdir()
    assert checked_output(project, project / "CONTENT/x")
    monkeypatch.setattr(Path, "samefile", alike)
    with pytest.raises(Refusal, match="content/ is the project's own"):
        checked_output(project, project / "CONTENT/x")


def test_what_is_not_there_is_the_same_as_nothing_else(project: Path) -> None:
    assert checked_output(project, project / "not/there/yet") == project.resolve() / "not/there/yet"
    (project / "templates/x.html").unlink()
    (project / "templates").rmdir()
    with pytest.raises(Refusal, match="templates/ is"):  # though there is no such folder
        checked_output(project, project / "templates")


def test_a_project_that_a_link_leads_to_is_the_same_project(project: Path) -> None:
    link = project.parent / "link"
    link.symlink_to(project)
    for output in (link / ".briefgen/x", project / ".briefgen/x", link / "content/x"):
        with pytest.raises(Refusal, match="is the project's own"):
            checked_output(link, output)
    assert checked_output(link, link / "site") == project.resolve() / "site"


def test_an_output_that_is_there_is_taken(project: Path) -> None:
    put(project / "site", {"index.html": ""})
    assert checked_output(project, project / "site") == project.resolve() / "site"
    assert checked_output(project, project / "contents") == project.resolve() / "contents"


# ---------------------------------------------------------------- the list of our own files

A, B = "a" * 64, "b" * 64


@pytest.mark.parametrize("path", ["a", "a/b.html", ".well-known/x", "a b", "é", "...", "..a", "a..", "-", "~"])
def test_safe_paths(path: str) -> None:
    assert manifest.is_safe(path) is True


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/a",
        "..",
        "../a",
        "a/..",
        "a/../b",
        ".",
        "./a",
        "a/.",
        "a//b",
        "a/",
        "a\\b",
        "\\",
        "a\nb",
        "a\0",
        "\x7f",
        "\u2028",
        "\udc80",
    ],
)
def test_unsafe_paths(path: str) -> None:
    assert manifest.is_safe(path) is False


def test_the_list_is_that_of_sha256sum_sorted(tmp_path: Path) -> None:
    data = manifest.render({"b": B, "a": A})
    assert data == f"{A}  a\n{B}  b\n".encode()
    put(tmp_path, {manifest.NAME: data})
    assert manifest.read(tmp_path) == {"a": A, "b": B}
    assert manifest.digest(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_lines_that_make_no_sense_are_no_files_of_ours(tmp_path: Path) -> None:
    lines = (f"{A}  a", f"{A} b", f"{A[1:]}  c", f"{A}a  d", f"{A}  ../e", f"{A}  ", f"{A}", "", "  f", f"{B}  g  h")
    put(tmp_path, {manifest.NAME: "\n".join(lines)})
    assert manifest.read(tmp_path) == {"a": A, "g  h": B}


def test_where_there_is_no_list_there_is_none(tmp_path: Path) -> None:
    put(tmp_path, {"plain": "", f"bytes/{manifest.NAME}": b"\xff", f"folder/{manifest.NAME}/x": ""})
    assert [manifest.read(tmp_path / name) for name in ("none", "plain", "bytes", "folder")] == [{}] * 4


def test_the_walk_follows_no_link_and_names_every_file(tmp_path: Path) -> None:
    put(tmp_path, {"site/a": "", "site/b/c/d": "", "other/x": ""})
    (tmp_path / "site/link").symlink_to(tmp_path / "other")
    (tmp_path / "site/broken").symlink_to("nowhere")
    (tmp_path / "site/empty").mkdir()
    put(tmp_path, {"site/b/Thumbs.db": "", "site/desktop.ini/e": ""})
    files, others = tree.files_below(str(tmp_path / "site"))
    assert files == {path: tree.mark((tmp_path / "site" / path).stat()) for path in ("a", "b/c/d", "desktop.ini/e")}
    assert sorted(others) == ["broken", "link"]
    assert tree.files_below(str(tmp_path / "none")) == ({}, [])


def test_the_walk_is_the_same_where_folders_have_no_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {"a": "", "b/c": ""})
    found = tree.files_below(str(tmp_path))
    monkeypatch.setattr(tree, "_BY_NUMBER", False)
    assert tree.files_below(str(tmp_path)) == found
    monkeypatch.setattr(tree, "_IN_SHORT", True)
    assert tree.files_below(str(tmp_path)) == found


def test_the_walk_leaves_nothing_open_and_says_what_it_cannot_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {"a": "", "b/c": ""})
    before = os.listdir("/proc/self/fd")
    tree.files_below(str(tmp_path))
    assert os.listdir("/proc/self/fd") == before
    monkeypatch.setattr(os, "scandir", lambda _: (_ for _ in ()).throw(PermissionError(13, "Permission denied")))
    with pytest.raises(Refusal, match=f"{tmp_path}/ cannot be read: permission denied"):
        tree.files_below(str(tmp_path))
    assert os.listdir("/proc/self/fd") == before


def test_a_survey_says_what_is_listed_what_is_there_and_what_was_edited(tmp_path: Path) -> None:
    digests = {"a": manifest.digest(b"1"), "b": manifest.digest(b"2"), "gone": A}
    put(tmp_path, {"a": "1", "b": "other", "Thumbs.db": "", "sub/.DS_Store": "", "desktop.ini": "", ".gitignore": "*"})
    put(tmp_path, {manifest.NAME: manifest.render(digests)})
    found = manifest.survey(tmp_path)
    assert found.listed == digests
    assert found.present == {"a": digests["a"], "b": manifest.digest(b"other"), ".gitignore": manifest.digest(b"*")}
    assert found.edited == ("b",)
    assert manifest.survey(tmp_path / "none") == manifest.Survey({}, {})


@pytest.mark.parametrize(("ignore", "ours"), [("*", True), ("*\n", True), (" *\r\n", True), ("*.pyc\n", False), ("", False)])
def test_the_one_file_a_repository_may_track(tmp_path: Path, ignore: str, ours: bool) -> None:
    put(tmp_path, {".gitignore": ignore, "sub/.gitignore": "*"})
    held = {path: manifest.is_ours(path, str(tmp_path / path)) for path in tree.files_below(str(tmp_path))[0]}
    assert held == {".gitignore": ours, "sub/.gitignore": False}


def test_foreign_files_are_named(tmp_path: Path) -> None:
    site = put(tmp_path / "site", {"b": "", "a": "", "c": ""})
    nothing_known = r"site/a \(and 2 more\) was not written by briefgen, .* site/ has no .briefgen-manifest, .* Empty the folder"
    with pytest.raises(Refusal, match=nothing_known):
        manifest.survey(site)
    put(site, {manifest.NAME: f"{A}  c\n"})
    with pytest.raises(Refusal, match=r"site/a \(and 1 more\) was not .* Move it to content/static/ .* or else out of site/\."):
        manifest.survey(site)
    (site / "b").unlink()
    with pytest.raises(Refusal, match=r"site/a was not .* Move it"):
        manifest.survey(site)
    (site / manifest.NAME).unlink()
    (site / "c").unlink()
    with pytest.raises(Refusal, match=r"site/a was not .* Move it"):
        manifest.survey(site)


def test_a_link_a_pipe_and_a_folder_s_name_are_foreign_even_when_listed(tmp_path: Path) -> None:
    makes: tuple[Callable[[Path], None], ...] = (lambda path: path.symlink_to("other"), os.mkfifo)
    for number, make in enumerate(makes):
        site = put(tmp_path / f"site{number}", {manifest.NAME: f"{A}  a\n{manifest.digest(b'')}  other\n", "other": ""})
        make(site / "a")
        with pytest.raises(Refusal, match=f"site{number}/a was not written"):
            manifest.survey(site)


# ---------------------------------------------------------------- what is read


def publish(output: Path, files: dict[str, bytes], project: Path) -> Written:
    with locked(project, output, lambda: None):
        return write_site(output, files, project / ".briefgen/replaced").written


def names(project: Path) -> list[str]:
    return sorted(take(project, project / "no-theme").content)


def test_only_what_an_editor_meant_is_read(tmp_path: Path) -> None:
    meant = [
        "site.yaml",
        "a.yaml",
        "static/.nojekyll",
        "static/.well-known/x",
        "static/.htaccess",
        "static/x#",
        "#x",
        "x#y",
        "~x",
        "a.swp.md",
    ]
    meant += ["static/sub/.htaccess", "notes.swpx"]
    litter = [
        ".nojekyll",
        ".hidden",
        "static/.hidden",
        "staticky/.htaccess",
        "actors/.htaccess",
        "a~",
        "a.swp",
        "a.swo",
        "#a#",
        "#",
        ".DS_Store",
        "Thumbs.db",
    ]
    litter += ["desktop.ini", "static/.git/config", "static/Thumbs.db", ".well-known/x"]
    put(tmp_path, {f"content/{name}": "" for name in (*meant, *litter)})
    assert names(tmp_path) == sorted(f"content/{name}" for name in meant)


@pytest.mark.parametrize("char", ["\n", "\t", "\x7f", "\x85", "\u2028", "\u2029", "\udcff"])
def test_no_name_holds_what_is_no_text(tmp_path: Path, char: str) -> None:
    assert has_control(f"a{char}b") is True
    put(tmp_path, {"content/site.yaml": ""})
    (tmp_path / f"content/a{char}b").write_bytes(b"")
    with pytest.raises(Refusal, match=r"has characters that are no text\. Rename the file\."):
        take(tmp_path, tmp_path / "no-theme")


def test_a_name_may_hold_any_letter(tmp_path: Path) -> None:
    assert not any(map(has_control, ("", "é", "ليبيا", "a b", "\u00a0", "\u200d", "\ue000")))
    put(tmp_path, {"content/ليبيا\u200d.md": ""})  # not printable, and no control character either
    assert names(tmp_path) == ["content/ليبيا\u200d.md"]


@pytest.mark.parametrize("name", ["a\nb", "\udcff", "ليبيا"])
def test_how_the_folders_above_are_called_does_not_matter(tmp_path: Path, name: str) -> None:
    project = put(tmp_path / name, {"content/site.yaml": ""})
    assert names(project) == ["content/site.yaml"]
    assert publish(project / "site", {"a": b""}, project) == Written(2, 0, 0)


def test_names_that_the_system_s_settings_garble_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = put(tmp_path / "é", {"content/static/plain.png": "", "content/site.yaml": ""})
    monkeypatch.setattr(sys, "getfilesystemencoding", lambda: "iso8859-9")
    assert names(project) == ["content/site.yaml", "content/static/plain.png"]
    put(project, {"content/static/é.png": ""})
    with pytest.raises(Refusal, match=r"file name 'é\.png' is read as iso8859-9 here\. Set PYTHONUTF8=1, .* and run again\."):
        names(project)


def test_what_leads_nowhere_or_is_no_file_is_refused(tmp_path: Path) -> None:
    project = put(tmp_path, {"content/site.yaml": ""})
    (project / "content/a").symlink_to("nowhere")
    with pytest.raises(Refusal, match=r"content/a is neither a file nor a folder, or a link that leads nowhere\. Remove it\."):
        take(project, project / "no-theme")


def test_a_link_back_is_read_no_second_time(tmp_path: Path) -> None:
    put(tmp_path, {"content/site.yaml": "", "content/a/b/c.yaml": ""})
    (tmp_path / "content/a/b/up").symlink_to("..")
    (tmp_path / "content/a/b/top").symlink_to(tmp_path / "content")
    (tmp_path / "content/twice").symlink_to("a/b")
    held = names(tmp_path)
    assert {"content/site.yaml", "content/a/b/c.yaml", "content/twice/c.yaml"} <= set(held)
    assert not [name for name in held if name.count("/up/") > 1 or name.count("/top/") > 1]


def test_files_that_cannot_be_read_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {"content/site.yaml": "", "content/sub/x": ""})

    def refuse(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", refuse)
        with pytest.raises(Refusal, match=r"site\.yaml cannot be read: permission denied\."):
            take(tmp_path, tmp_path / "no-theme")
    scan = os.scandir
    with monkeypatch.context() as patched:
        patched.setattr(os, "scandir", lambda path: refuse() if str(path).endswith("sub") else scan(path))
        with pytest.raises(Refusal, match=r"sub cannot be read: permission denied\."):
            take(tmp_path, tmp_path / "no-theme")


def test_a_file_that_goes_while_it_is_looked_at_is_named(tmp_path: Path) -> None:
    class Entry:
        path = "content/a"

        def stat(self) -> os.stat_result:
            raise FileNotFoundError(2, "No such file or directory")

    with pytest.raises(Refusal, match=r"content/a cannot be read: no such file or directory\."):
        tree.mark_of(Entry())  # type: ignore[arg-type]  # as much of one as is asked for


def test_the_nearest_folder_with_content(tmp_path: Path) -> None:
    put(tmp_path, {"content/site.yaml": "", "deep/er/x": "", "file/content": ""})
    assert find_project(tmp_path) == tmp_path.resolve()
    assert find_project(tmp_path / "deep/er") == tmp_path.resolve()
    assert find_project(tmp_path / "file") == tmp_path.resolve()  # a file of that name is no folder
    with pytest.raises(Refusal, match=r"x is not a folder\."):
        find_project(tmp_path / "deep/er/x")
    with pytest.raises(Refusal, match=r"There is no content folder in / or above it\. .* -C DIR"):
        find_project(Path("/"))
    (tmp_path / "link").symlink_to("deep/er")
    assert find_project(tmp_path / "link") == tmp_path.resolve()


def test_the_packaged_theme_is_in_the_package_or_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert packaged_theme() == Path(briefgen.__file__).resolve().parent.parent / "templates"
    monkeypatch.setattr(tree, "__file__", str(put(tmp_path, {"briefgen/publish/tree.py": ""}) / "briefgen/publish/tree.py"))
    assert packaged_theme() == tmp_path.resolve() / "templates"
    (tmp_path / "link").symlink_to("briefgen")
    monkeypatch.setattr(tree, "__file__", str(tmp_path / "link/publish/tree.py"))
    assert packaged_theme() == tmp_path.resolve() / "templates"
    put(tmp_path, {"briefgen/templates/x": ""})
    assert packaged_theme() == tmp_path.resolve() / "briefgen/templates"


def test_templates_and_assets_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(
        tmp_path,
        {
            "content/site.yaml": "",
            "theme/a.html": "\ufeffa",
            "theme/words/en.yaml": "w",
            "theme/other.yaml": "o",
            "theme/a.css": "c",
        },
    )
    put(tmp_path, {"templates/own.html": "own", "templates/a.css": "mine"})
    snapshot = take(tmp_path, tmp_path / "theme", "https://example.org/")
    assert snapshot.templates == {"a.html": "a", "words/en.yaml": "w", "own.html": "own"}
    assert snapshot.assets == {"other.yaml": b"o", "a.css": b"mine"}
    assert snapshot.base_url == "https://example.org/"
    with monkeypatch.context() as patched:
        reads = reading(patched)
        assert take(tmp_path, tmp_path / "templates").templates == {"own.html": "own"}
        assert sorted(reads) == ["a.css", "own.html", "site.yaml"]  # each once, though they are both theme and own
    assert take(tmp_path, tmp_path / "none").base_url == ""
    (tmp_path / "theme/a.html").write_bytes(b"ab\xff")
    with pytest.raises(Refusal, match=re.escape("templates/a.html is not UTF-8 (byte 3). Save it as UTF-8.")):
        take(tmp_path, tmp_path / "theme")


def reading(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of all files that are read from now on."""
    reads: list[str] = []
    read = Path.read_bytes

    def noted(path: Path) -> bytes:
        reads.append(path.name)
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", noted)
    return reads


def later(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    """As if so much time had gone by since now, for whoever asks the clock."""
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now + seconds * 1_000_000_000)


def test_what_did_not_change_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {"content/a.yaml": "a", "content/b.yaml": "b", "theme/a.html": "a template"})
    later(monkeypatch, 10)
    last = Taken()
    assert (last.seen, last.moment) == (([], [], []), 0)
    first = take(tmp_path, tmp_path / "theme", "", last)
    assert last.moment == time.time_ns()
    assert [[name for name, _, _ in found] for found in last.seen] == [["a.yaml", "b.yaml"], ["a.html"], []]
    reads = reading(monkeypatch)
    second = take(tmp_path, tmp_path / "theme", "", last)
    assert reads == []
    assert second == first
    assert all(second.content[name] is first.content[name] for name in first.content)
    assert second.templates["a.html"] is first.templates["a.html"]
    put(tmp_path, {"content/b.yaml": "B", "theme/a.html": "a template changed"})
    third = take(tmp_path, tmp_path / "theme", "", last)
    assert (third.content["content/b.yaml"], third.templates["a.html"]) == (b"B", "a template changed")
    assert sorted(reads) == ["a.html", "b.yaml"]
    # What is gone is forgotten, and a fresh look reads everything.
    (tmp_path / "content/a.yaml").unlink()
    take(tmp_path, tmp_path / "theme", "", last)
    assert not [path for path in last.files if path.endswith("a.yaml")]
    reads.clear()
    take(tmp_path, tmp_path / "theme")
    assert sorted(reads) == ["a.html", "b.yaml"]


def test_a_file_written_a_moment_ago_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # It may be written once more within one tick of the file system's clock, with the same mark.
    put(tmp_path, {"content/a.yaml": "a"})
    found = (tmp_path / "content/a.yaml").stat()
    monkeypatch.setattr(time, "time_ns", lambda: max(found.st_mtime_ns, found.st_ctime_ns))
    last = Taken()
    take(tmp_path, tmp_path / "none", "", last)
    reads = reading(monkeypatch)
    take(tmp_path, tmp_path / "none", "", last)
    assert reads == ["a.yaml"]


FINE, COARSE = 1_000_000_000_123_456_789, 1_000_000_000_000_000_000


@pytest.mark.parametrize(("latest", "age"), [(FINE, 50_000_000), (COARSE, 2_000_000_000)])
def test_how_long_a_mark_is_in_doubt(latest: int, age: int) -> None:
    for mark in ((latest, latest - 5_000_000_000, 0, 0, 0), (latest - 5_000_000_000, latest, 0, 0, 0)):
        assert tree.may_have_changed_since(mark, latest + age - 1) is True
        assert tree.may_have_changed_since(mark, latest + age) is False
        assert tree.may_have_changed_since(mark, latest - 1) is True


def test_a_mark_tells_times_sizes_and_files_apart(tmp_path: Path) -> None:
    put(tmp_path, {"a": "x"})
    os.utime(tmp_path / "a", (1, 1))
    (entry,) = os.scandir(tmp_path)
    found = (tmp_path / "a").stat()
    assert tree.mark_of(entry) == (found.st_mtime_ns, found.st_ctime_ns, 1, found.st_ino, found.st_dev)
    assert found.st_mtime_ns != found.st_ctime_ns
    assert tree.NO_MARK[2] < 0  # so no file has it


def test_a_file_with_the_mark_of_its_listing_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {"a": "1", "b": "1", "c": "1", ".gitignore": "*", manifest.NAME: manifest.render({"a": A, "b": B, "c": A})})
    marks = tree.files_below(str(tmp_path))[0]
    reads = reading(monkeypatch)
    one = manifest.digest(b"1")
    del marks["c"]
    found = manifest.survey(tmp_path, marks | {"b": marks["a"]})
    assert found.present == {"a": A, "b": one, "c": one, ".gitignore": manifest.digest(b"*")}
    assert "a" not in reads
    assert {"b", "c"} <= set(reads)


def test_marks_count_with_the_list_that_they_were_taken_with_and_with_no_other(tmp_path: Path) -> None:
    """A list that was put there since says nothing of the files that were there before."""
    put(tmp_path, {"a": "1", manifest.NAME: manifest.render({"a": A})})
    marks = tree.files_below(str(tmp_path))[0]
    assert manifest.survey(tmp_path, marks).present == {"a": A}
    (tmp_path / manifest.NAME).write_bytes(manifest.render({"a": B}))
    assert manifest.survey(tmp_path, marks).present == {"a": manifest.digest(b"1")}
    assert manifest.survey(tmp_path, {"a": marks["a"]}).present == {"a": manifest.digest(b"1")}


def test_the_same_theme_is_not_looked_through_twice(tmp_path: Path) -> None:
    put(tmp_path, {"content/a": "", "templates/b": "", "theme/c": ""})
    assert [[name for name, _, _ in found] for found in tree.look(str(tmp_path), str(tmp_path / "theme"))] == [["a"], ["c"], ["b"]]
    assert [[name for name, _, _ in found] for found in tree.look(str(tmp_path), str(tmp_path / "templates"))] == [["a"], ["b"], []]
    (tmp_path / "link").symlink_to("templates")
    assert [[name for name, _, _ in found] for found in tree.look(str(tmp_path), str(tmp_path / "link"))] == [["a"], ["b"], []]
    assert [[name for name, _, _ in found] for found in tree.look(str(tmp_path), str(tmp_path / "none"))] == [["a"], [], ["b"]]


# ---------------------------------------------------------------- addresses


def test_where_pages_are() -> None:
    kinds = ["actor", "meeting", "event", "place", "topic", "comparison", "article"]
    assert [urls.record_url(kind, "x") for kind in kinds] == [f"{kind}s/x.html" for kind in kinds]
    assert [urls.editors_url("index"), urls.editors_url("x")] == ["index.html", "pages/x.html"]
    assert [urls.sitemap_url(1), urls.sitemap_url(2)] == ["sitemap.xml", "sitemap-2.xml"]
    assert [urls.data_url("a.csv"), urls.cards_url("0a"), urls.shard_url("s")] == ["data/a.csv", "cards/0a.js", "search/s.js"]
    assert [urls.letter_url(letter) for letter in ("a", "7", "é", "#", "ي")] == [
        "a-z/a.html",
        "a-z/7.html",
        "a-z/e9.html",
        "a-z/23.html",
        "a-z/64a.html",
    ]
    assert urls.static_url("a b/é#?.png") == "a%20b/%C3%A9%23%3F.png"


def test_the_names_at_the_top() -> None:
    at_the_top = {name: value for name, value in vars(urls).items() if name.isupper() and not name.startswith("_")}
    assert at_the_top == {
        "HOME": "index.html",
        "NOT_FOUND": "404.html",
        "PEOPLE": "people.html",
        "ORGANISATIONS": "organisations.html",
        "MEETINGS": "meetings.html",
        "DELEGATIONS": "delegations.html",
        "EVENTS": "events.html",
        "ARTICLES": "articles.html",
        "TOPICS": "topics.html",
        "PLACES": "places.html",
        "TIMELINE": "timeline.html",
        "DIFFERENCES": "differences.html",
        "RELATIONS": "relations.html",
        "ROBOTS": "robots.txt",
        "WHOLE": "print.html",
        "PRINT_NAME": "print-name.css",
        "FEED": "feed.xml",
        "DATA": "data.html",
        "CORRECTIONS": "corrections.html",
        "SEARCH": "search.html",
        "SHARDS": 64,
    }


@pytest.mark.parametrize(
    ("here", "there", "link"),
    [
        ("a.html", "b.html", "b.html"),
        ("a.html", "a.html", "a.html"),
        ("a.html", "a.html#x", "#x"),
        ("a.html", "b.html#x", "b.html#x"),
        ("d/a.html", "b.html", "../b.html"),
        ("d/a.html", "d/b.html", "b.html"),
        ("d/a.html", "d/a.html#y", "#y"),
        ("d/a.html", "e/b.html#z", "../e/b.html#z"),
        ("d/e/a.html", "d/f/b.html", "../f/b.html"),
        ("d/e/a.html", "b.html", "../../b.html"),
        ("a.html", "d/b.html", "d/b.html"),
        ("d/a.html", "d", "../d"),
        ("d/e/a.html", "d/b.html", "../b.html"),
    ],
)
def test_links_are_relative(here: str, there: str, link: str) -> None:
    assert urls.relative(here, there) == link


def test_the_way_to_the_top() -> None:
    assert [urls.root(url) for url in ("a.html", "d/a.html", "d/e/a.html")] == ["", "../", "../../"]


def test_full_addresses() -> None:
    assert urls.absolute("", "a.html") == ""
    assert urls.absolute("https://example.org/x/", "a.html") == "https://example.org/x/a.html"
    assert urls.absolute("https://example.org/x", "index.html") == "https://example.org/x/"
    assert urls.absolute("https://example.org/x", "d/index.html") == "https://example.org/x/d/index.html"
    assert [urls.base_path(f"https://example.org{path}") for path in ("", "/", "/a", "/a/b/", "//a/")] == [
        "/",
        "/",
        "/a/",
        "/a/b/",
        "/a/",
    ]


# ---------------------------------------------------------------- what the preview answers

PAGE = b'<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><p>page</p></body></html>'
OUTPUTS = {
    "index.html": PAGE,
    "people.html": b"<p>no end of a body",
    "actors/ann.html": b'<link href="../style.css"><img src=\'../img/a&amp;b.png\'><a href="index.html"></a></body>',
    "actors/index.html": b"actors</body>",
    "404.html": b"not here</body></body>",
    "style.css": b"css",
    "img/a&b.png": b"png",
    "data/x.json": b"{}",
    ".well-known/x": b"host",
}
STATE = State(1, outputs=OUTPUTS)
DESK = State(1, outputs=OUTPUTS, base="/desk/")


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/desk/", "index.html"),
        ("/desk/index.html", "index.html"),
        ("/desk/people", "people.html"),
        ("/desk/people.html", "people.html"),
        ("/desk/actors/", "actors/index.html"),
        ("/desk/actors/ann", "actors/ann.html"),
        ("/desk/style.css", "style.css"),
        ("/desk/.well-known/x", ".well-known/x"),
    ],
)
def test_an_address_leads_to_an_output(address: str, path: str) -> None:
    assert find(DESK, address) == Found(path, missing=False)
    assert answer(DESK, address).status == 200


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/people.html", "/people.html"),
        ("/style.css", "/style.css"),
        ("/", "/"),
        ("/desk/nobody", "nobody"),
        ("/desk/actors", "actors"),
        ("/desk/people/", "people/index.html"),
        ("/desk/../secret", "../secret"),
        ("/desk//etc/passwd", "/etc/passwd"),
        ("/desk/./people.html", "./people.html"),
        ("/desk/style.css/", "style.css/index.html"),
        ("/desk/PEOPLE.HTML", "PEOPLE.HTML"),
    ],
)
def test_or_to_nothing(address: str, path: str) -> None:
    assert find(DESK, address) == Found(path, missing=True)


def test_who_comes_too_high_is_led_on_and_nobody_else() -> None:
    for address in ("/", "/desk"):
        assert answer(DESK, address) == (307, "text/plain", b"", "/desk/")
    assert answer(State(1, outputs=OUTPUTS, base="/é/"), "/").location == "/%C3%A9/"
    assert answer(STATE, "/").status == 200
    assert answer(DESK, "/desk/").status == 200
    assert answer(DESK, "/other").status == 404


def facts(body: bytes) -> dict[str, object]:
    found = re.search(r'data-briefgen="([^"]*)"', body.decode())
    assert found
    read = json.loads(unescape(found[1]))
    assert isinstance(read, dict)
    return read


def test_a_page_gets_two_tags_before_its_last_end_and_a_looser_policy() -> None:
    given = answer(STATE, "/")
    assert given[:2] == (200, "text/html; charset=utf-8")
    before, _, behind = given.body.partition(f'<link rel="stylesheet" href="{OWN}preview.css" data-briefgen>'.encode())
    assert before == PAGE.partition(b"</body>")[0].replace(b'content="', b'content="' + LOOSENED.encode())
    assert behind.endswith(b"</script></body></html>")
    assert f'<script src="{OWN}preview.js" data-briefgen="'.encode() in behind
    assert facts(given.body) == {"page": "index.html", "missing": False, "digest": digest(PAGE), "links": {}, "base": "/"}
    # One that has no end gets them at its own.
    assert answer(STATE, "/people.html").body.startswith(b"<p>no end of a body<link")
    odd = State(1, outputs={"a.html": b"a</body>b</bodyguard>", "b.html": b"</body>"})
    assert answer(odd, "/a.html").body.startswith(b"a<link")
    assert answer(odd, "/b.html").body.endswith(b"</script></body>")
    twice = PAGE.replace(b"</body>", PAGE)
    assert answer(State(1, outputs={"index.html": twice}), "/").body.count(LOOSENED.encode()) == 1
    assert LOOSENED == "connect-src 'self' ws:; "
    assert OWN == "/__briefgen__/"


def test_a_page_that_is_missing_shows_404_and_says_so() -> None:
    given = answer(STATE, "/nobody")
    assert (given.status, given.media) == (404, "text/html; charset=utf-8")
    assert given.body.startswith(b"not here</body><link")  # before the last </body>
    assert facts(given.body)["missing"] is True
    assert facts(given.body)["page"] == "nobody"
    assert facts(given.body)["digest"] == digest(OUTPUTS["404.html"])
    assert answer(State(1, outputs={"a.css": b""}), "/nobody").body.startswith(b"<link")


def test_as_long_as_there_is_nothing_that_is_said() -> None:
    given = answer(State(), "/people.html")
    assert (given.status, given.media) == (503, "text/html; charset=utf-8")
    assert b"<h1>The briefing cannot be shown yet</h1>" in given.body
    assert given.body.startswith(b"<!doctype html>")
    assert facts(given.body) == {"page": "people.html", "missing": True, "digest": digest(b""), "links": {}, "base": "/"}


def test_other_files_are_sent_as_they_are() -> None:
    assert answer(STATE, "/style.css") == (200, "text/css; charset=utf-8", b"css", "")
    assert answer(STATE, "/data/x.json") == (200, "application/json", b"{}", "")
    assert answer(STATE, "/.well-known/x") == (200, "application/octet-stream", b"host", "")


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("a.HTML", "text/html; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.json", "application/json"),
        ("a.svg", "image/svg+xml"),
        ("a.txt", "text/plain; charset=utf-8"),
        ("a.xml", "application/xml"),
        ("a.ico", "image/x-icon"),
        ("a.png", "image/png"),
        ("a.jpg", "image/jpeg"),
        ("a.webp", "image/webp"),
        ("a.woff2", "font/woff2"),
    ],
)
def test_media_types_do_not_depend_on_the_system(name: str, media: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mimetypes, "guess_type", lambda path: ("application/x-wrong", None))
    assert media_type(name) == media


def test_other_media_types() -> None:
    names = ("a.pdf", "a.zzz", "a")
    assert [media_type(n) for n in names] == ["application/pdf", "application/octet-stream", "application/octet-stream"]


def test_what_a_page_shows_is_followed_within_the_site() -> None:
    assert links(OUTPUTS, "actors/ann.html") == {"style.css": digest(b"css"), "img/a&b.png": digest(b"png")}
    page = b'<img src="/style.css"><img src="style.css?x"><img src="a:b"><img src="style.css#x"><img src="x%20y.png">'
    page += b'<img src="../style.css">'
    outputs = {"p.html": page, "style.css": b"1", "x y.png": b"2", "404.html": b'<img src="style.css">'}
    assert links(outputs, "p.html") == {"x y.png": digest(b"2")}
    assert links(outputs, "missing.html") == {"style.css": digest(b"1")}
    assert links({"a.html": b'<a href="b.html"></a>', "b.html": b""}, "a.html") == {}
    assert links({"a.html": b'<img src="as-html">', "as-html": b"1"}, "a.html") == {"as-html": digest(b"1")}
    assert links({}, "a.html") == {}
    assert links({"a.html": b'<img src="\xff.png">'}, "a.html") == {}
    assert shown(STATE, "index.html") == PAGE
    assert shown(STATE, "nobody") == OUTPUTS["404.html"]
    assert shown(State(), "nobody") == b""


def test_digests_are_short_and_of_the_bytes() -> None:
    assert digest(b"") == "e3b0c44298fc1c14"
