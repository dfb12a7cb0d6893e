"""Snapshot in, whole site out: what is taken, what is refused, and that a killed build leaves a whole site."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from briefgen.publish import manifest, swap
from briefgen.publish.disk import find_project, take
from briefgen.publish.guard import checked_output
from briefgen.publish.lock import locked
from briefgen.publish.refusal import Refusal
from briefgen.publish.site import Written, write_site
from briefgen.publish.swap import recover


def put(root: Path, files: Mapping[str, bytes | str]) -> Path:
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return root


def held(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def publish(output: Path, files: Mapping[str, bytes]) -> Written:
    recover(output)
    return write_site(output, files, output.parent / ".briefgen" / "replaced").written


# ---------------------------------------------------------------- in


def test_a_snapshot_holds_what_editors_meant(tmp_path: Path) -> None:
    wanted = {
        "content/site.yaml": "name: A",
        "content/articles/a.md": "x",
        "content/static/CNAME": "h",
        "content/static/.nojekyll": "",
    }
    litter = (
        "content/.DS_Store",
        "content/a.yaml~",
        "content/.a.yaml.swp",
        "content/#a.yaml#",
        "content/.#a.yaml",
        "content/.git/x",
    )
    project = put(tmp_path, wanted | dict.fromkeys(litter, "x"))
    assert take(project, tmp_path / "none").content == {name: text.encode() for name, text in wanted.items()}


def test_own_templates_shadow_the_theme(tmp_path: Path) -> None:
    theme = put(tmp_path / "theme", {"page.html": "theme", "base.html": "b", "style.css": "theme", "img/a.svg": "s"})
    project = put(tmp_path / "p", {"content/site.yaml": "", "templates/page.html": "\ufeffown", "templates/style.css": "own"})
    snapshot = take(project, theme, "https://example.org/")
    assert snapshot.templates == {"page.html": "own", "base.html": "b"}
    assert snapshot.assets == {"style.css": b"own", "img/a.svg": b"s"}
    assert snapshot.base_url == "https://example.org/"


def test_linked_folders_are_read_once(tmp_path: Path) -> None:
    project = put(tmp_path / "p", {"content/site.yaml": ""})
    shared = put(project / "shared", {"a.md": "x"})
    (project / "content/articles").symlink_to(shared)
    (shared / "round").symlink_to(shared)
    assert sorted(take(project, shared).content) == ["content/articles/a.md", "content/site.yaml"]


@pytest.mark.parametrize("make", ["broken", "fifo", "newline", "bytes", "template"])
def test_what_cannot_be_read_is_a_sentence(tmp_path: Path, make: str) -> None:
    project = put(tmp_path, {"content/site.yaml": ""})
    match make:
        case "broken":
            (project / "content/a.yaml").symlink_to("nowhere")
        case "fifo":
            os.mkfifo(project / "content/a.yaml")
        case "newline":
            put(project, {"content/static/a\nb": ""})
        case "bytes":
            (project / "content/static").mkdir()
            Path(os.fsdecode(os.fsencode(project / "content/static") + b"/\xff")).write_bytes(b"")
        case _:
            put(project, {"templates/page.html": b"\xff"})
    with pytest.raises(Refusal) as refusal:
        take(project, tmp_path / "none")
    str(refusal.value).encode()


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_permission_denied_is_a_sentence(tmp_path: Path) -> None:
    project = put(tmp_path, {"content/site.yaml": ""})
    (project / "content/site.yaml").chmod(0)
    with pytest.raises(Refusal, match="permission denied"):
        take(project, tmp_path / "none")


def test_the_project_is_the_nearest_folder_with_content(tmp_path: Path) -> None:
    put(tmp_path, {"content/actors/a.yaml": ""})
    assert find_project(tmp_path / "content/actors") == tmp_path.resolve()
    with pytest.raises(Refusal, match="content folder"):
        find_project(Path("/"))
    with pytest.raises(Refusal, match="not a folder"):
        find_project(tmp_path / "none")


# ---------------------------------------------------------------- where


@pytest.mark.parametrize(
    "name",
    [
        ".",
        "..",
        "../..",
        "/",
        "~",
        "content",
        "content/static/x",
        "templates",
        "briefgen/x",
        ".git",
        ".briefgen",
        "afile",
        "alink",
        "repo",
    ],
)
def test_outputs_that_are_refused(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    project = put(tmp_path / "a" / "p", {"content/site.yaml": "", "afile": "", "repo/.git/config": "", "real/x": ""})
    (project / "alink").symlink_to("real")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    with pytest.raises(Refusal):
        checked_output(project, Path(name).expanduser() if name == "~" else project / name)


def test_an_output_may_stand_anywhere_else(tmp_path: Path) -> None:
    project = put(tmp_path / "p", {"content/site.yaml": ""})
    for output in (project / "site", project / "docs" / "web", tmp_path / "elsewhere"):
        assert checked_output(project, output) == output.resolve()


# ---------------------------------------------------------------- out


def test_a_site_is_written_whole_with_its_manifest(tmp_path: Path) -> None:
    output = tmp_path / "site"
    files = {"index.html": b"a", "actors/gna.html": "é".encode()}
    assert publish(output, files) == Written(3, 0, 0)
    assert {k: v for k, v in held(output).items() if k != manifest.NAME} == files | {".gitignore": b"*\n"}
    listed = {path: digest for digest, path in (line.split("  ") for line in (output / manifest.NAME).read_text().splitlines())}
    assert listed == {path: hashlib.sha256(data).hexdigest() for path, data in (files | {".gitignore": b"*\n"}).items()}
    assert [p.name for p in tmp_path.iterdir()] == ["site"]
    assert (output.stat().st_mode & 0o777) == 0o777 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_only_what_changed_is_touched(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(output, {"a.html": b"a", "b.html": b"b", "old/c.html": b"c"})
    os.utime(output / "a.html", (1, 1))
    folder = output.stat().st_ino
    assert publish(output, {"a.html": b"a", "b.html": b"b", "old/c.html": b"c"}) == Written(0, 4, 0)
    assert output.stat().st_ino == folder  # nothing to do, nothing exchanged
    assert publish(output, {"a.html": b"a", "b.html": b"B", "d.html": b"d"}) == Written(2, 2, 1)
    assert (output / "a.html").stat().st_mtime == 1
    assert (output / "a.html").stat().st_nlink == 1
    assert not (output / "old").exists()


def test_the_file_that_a_repository_tracks_is_ours(tmp_path: Path) -> None:
    output = put(tmp_path / "site", {".gitignore": "*\r\n"})
    publish(output, {"index.html": b"a"})
    assert (output / ".gitignore").read_bytes() == b"*\n"


@pytest.mark.parametrize("name", ["notes.txt", "sub/notes.txt", ".gitignore", "link"])
def test_a_foreign_file_stops_the_build_by_name(tmp_path: Path, name: str) -> None:
    output = tmp_path / "site"
    if name == "link":
        output.mkdir()
        (output / "link").symlink_to(tmp_path)
    else:
        put(output, {name: "mine"})
    before = held(output)
    with pytest.raises(Refusal, match=f"site/{name}"):
        publish(output, {"index.html": b"a"})
    assert held(output) == before
    assert not (tmp_path / ".briefgen").exists()


def test_a_foreign_file_among_ours_stops_the_build(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(output, {"index.html": b"a"})
    put(output, {"robots.txt": "mine", ".DS_Store": "finder"})
    with pytest.raises(Refusal, match=r"site/robots\.txt .* content/static/"):
        publish(output, {"index.html": b"b"})
    assert (output / "index.html").read_bytes() == b"a"
    (output / "robots.txt").unlink()
    publish(output, {"index.html": b"b"})  # what the system drops into folders is no reason to stop
    assert (output / "index.html").read_bytes() == b"b"


def test_a_page_changed_by_hand_is_replaced_and_kept(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(output, {"index.html": b"a", "gone.html": b"g"})
    put(output, {"index.html": "by hand", "gone.html": "by hand too"})
    assert publish(output, {"index.html": b"a"}).edited == ("gone.html", "index.html")
    assert (output / "index.html").read_bytes() == b"a"
    assert held(tmp_path / ".briefgen/replaced") == {"index.html": b"by hand", "gone.html": b"by hand too"}


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "a//b", "a\nb", "a\\b", "", ".briefgen-manifest", "\udcff"])
def test_no_file_leaves_the_output(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refusal):
        publish(tmp_path / "site", {name: b""})
    assert held(tmp_path) == {}


def test_a_manifest_from_elsewhere_names_no_file_outside(tmp_path: Path) -> None:
    put(tmp_path, {"precious": "p", "site/.briefgen-manifest": f"{'0' * 64}  ../precious\nnonsense\n"})
    publish(tmp_path / "site", {"index.html": b"a"})
    assert (tmp_path / "precious").read_text() == "p"


def test_a_write_protected_output_is_exchanged_and_cleared_away(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(output, {"a/b.html": b"1"})
    (output / "a").chmod(0o555)
    output.chmod(0o555)
    publish(output, {"a/b.html": b"2"})
    assert (output / "a/b.html").read_bytes() == b"2"
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_two_renames_where_folders_cannot_be_exchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swap, "_exchange", lambda one, other: False)
    output = tmp_path / "site"
    publish(output, {"a.html": b"1"})
    publish(output, {"a.html": b"2"})
    assert (output / "a.html").read_bytes() == b"2"
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_run_killed_between_the_renames_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "site"
    publish(output, {"a.html": b"1"})
    rename, calls = os.rename, []

    def killed(one: Path, other: Path) -> None:
        calls.append(one)
        if len(calls) == 2:
            raise SystemExit
        rename(one, other)

    monkeypatch.setattr(swap, "_exchange", lambda one, other: False)
    monkeypatch.setattr(os, "rename", killed)
    monkeypatch.setattr("briefgen.publish.site.recover", lambda output: None)  # a killed run tidies nothing
    with pytest.raises(SystemExit):
        publish(output, {"a.html": b"2"})
    assert not output.exists()
    recover(output)
    assert (output / "a.html").read_bytes() == b"1"
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_what_is_left_of_a_killed_run_goes_but_nothing_else(tmp_path: Path) -> None:
    digest = "0" * 64
    put(tmp_path, {".site.staging-1/.briefgen-manifest": f"{digest}  a.html\n{digest}  b.html\n", ".site.staging-1/a.html": "half"})
    put(tmp_path, {".site.staging-2/mine.txt": "a folder of somebody else's"})
    publish(tmp_path / "site", {"a.html": b"1"})
    assert not (tmp_path / ".site.staging-1").exists()
    assert (tmp_path / ".site.staging-2/mine.txt").exists()


def test_a_fault_while_writing_leaves_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "site"
    publish(output, {"a.html": b"1"})
    monkeypatch.setattr("briefgen.publish.site.sync", lambda folder: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(OSError, match="No space"):
        publish(output, {"a.html": b"2"})
    assert (output / "a.html").read_bytes() == b"1"
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_the_second_build_says_that_it_waits(tmp_path: Path) -> None:
    said, output = threading.Event(), tmp_path / "site"

    def second() -> None:
        with locked(tmp_path, output, said.set):
            publish(output, {"index.html": b"second"})

    thread = threading.Thread(target=second)
    with locked(tmp_path, output, lambda: None):
        thread.start()
        assert said.wait(10)
        publish(output, {"index.html": b"first"})
    thread.join(10)
    assert (output / "index.html").read_bytes() == b"second"


def test_an_open_lock_says_nothing_and_is_no_litter(tmp_path: Path) -> None:
    said: list[str] = []
    with (
        locked(tmp_path, tmp_path / "site", lambda: said.append("first")),
        locked(tmp_path, tmp_path / "other", lambda: said.append("other")),
    ):
        pass
    with locked(tmp_path, tmp_path / "site", lambda: said.append("again")):
        pass
    assert said == []
    assert (tmp_path / ".briefgen/.gitignore").read_text() == "*\n"
