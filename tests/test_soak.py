"""The preview for a long day (issue 6, point 16): every way to save, thousands of rebuilds, faults that come and go.

What is counted: that each save is seen, that what is served at the end is a clean build byte for byte, that the process holds
no more descriptors, threads, watches and memory than at the start, and that what briefgen reads itself is no hint to build.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
import time
import tracemalloc
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from briefgen.compile import compile_site
from briefgen.publish.disk import packaged_theme, take
from briefgen.serve.answers import LOOSENED, digest, links
from briefgen.serve.studio import Studio
from briefgen.serve.watch import Watcher
from tests.reliability import tries
from tests.test_reliability_preview import raw
from tests.test_serve import PEOPLE, Server, memory, put, put_small

OMAR = "actors/omar.html"
_TAGS = re.compile(rb'<link rel="stylesheet" href="/__briefgen__/[^>]*><script [^>]*></script>')


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    put_small(folder)
    put(folder, "content/static/deep/er/ok.txt", "a file in folders\n")
    return folder


class Watched:
    """A running preview whose terminal is read away, which a pipe that nobody reads would hold up; `rebuilds` counts its lines."""

    def __init__(self, project: Path) -> None:
        self.server = Server(project)
        self.rebuilds = 0
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        with suppress(OSError, ValueError):
            while self.server.process.poll() is None:
                self.rebuilds += self.server.line(1.0).count("\n")

    def body(self, path: str) -> bytes:
        """What is served at an address."""
        head = f"GET {self.server.base}{path} HTTP/1.0\r\nHost: 127.0.0.1:{self.server.port}\r\n\r\n"
        return raw(self.server.port, head.encode(), leave=False).partition(b"\r\n\r\n")[2]

    def shows(self, text: str, seconds: float = 20) -> bool:
        """Whether the page of Omar comes to show a text."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if text.encode() in self.body(OMAR):
                return True
            time.sleep(0.02)
        return False


@pytest.fixture
def watched(project: Path) -> Iterator[Watched]:
    running = Watched(project)
    yield running
    assert running.server.process.poll() is None, "the preview ended"
    assert running.server.stop() == 0


class Held(NamedTuple):
    """What a process holds of the system, sockets aside, which come and go with requests."""

    files: int
    threads: int
    watches: int


def held(pid: int) -> Held:
    """Counted in /proc: open files, threads, and the folders that inotify watches."""
    process = Path(f"/proc/{pid}")
    files = watches = 0
    for one in (process / "fd").iterdir():
        with suppress(OSError):
            target = os.readlink(one)
            files += not target.startswith("socket:")
            if target == "anon_inode:inotify":
                watches += (process / "fdinfo" / one.name).read_text().count("inotify wd:")
    return Held(files, len(list((process / "task").iterdir())), watches)


def settled(watched: Watched, wanted: Held) -> Held:
    """What is held once it is as wanted, or after six seconds: folders are compared every 1.5 s."""
    until = time.monotonic() + 6
    pid = watched.server.process.pid
    while (now := held(pid)) != wanted and time.monotonic() < until:
        time.sleep(0.1)
    return now


def unlike(watched: Watched, clean: Mapping[str, bytes]) -> list[str]:
    """What is served otherwise than a clean build has it, the preview's own two tags and its word in the policy aside."""
    assert clean
    return [path for path, data in clean.items() if _TAGS.sub(b"", watched.body(path).replace(LOOSENED.encode(), b"", 1)) != data]


def clean(project: Path) -> Mapping[str, bytes]:
    return compile_site(take(project, packaged_theme())).outputs


# ---------------------------------------------------------------- ways to save


def _plain(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def _renamed(file: Path, text: str) -> None:
    beside = file.with_name(".x.tmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


def _backed_up(file: Path, text: str) -> None:
    """As vim does with `backupcopy=no`: the old file moves away, a new one comes, the old one goes."""
    file.replace(file.with_name(file.name + "~"))
    file.write_text(text, encoding="utf-8")
    file.with_name(file.name + "~").unlink()


def _in_place(file: Path, text: str) -> None:
    with file.open("r+", encoding="utf-8") as out:
        out.truncate(0)
        out.flush()
        out.write(text)


def _in_pieces(file: Path, text: str) -> None:
    with file.open("w", encoding="utf-8") as out:
        for n in range(0, len(text), 40):
            out.write(text[n : n + 40])
            out.flush()


def _deleted(file: Path, text: str) -> None:
    file.unlink()
    file.write_text(text, encoding="utf-8")


def _folder_away(file: Path, text: str) -> None:
    away = file.parent.with_name("away")
    file.parent.rename(away)
    (away / file.name).write_text(text, encoding="utf-8")
    away.rename(file.parent)


def _folder_out(file: Path, text: str) -> None:
    """Away from all that is watched, and back."""
    away = file.parents[2] / "away"
    file.parent.rename(away)
    (away / file.name).write_text(text, encoding="utf-8")
    away.rename(file.parent)


def _folder_anew(file: Path, text: str) -> None:
    others = {p.name: p.read_bytes() for p in file.parent.iterdir()}
    shutil.rmtree(file.parent)
    file.parent.mkdir()
    for name, data in others.items():
        (file.parent / name).write_bytes(data)
    file.write_text(text, encoding="utf-8")


def _root_anew(file: Path, text: str) -> None:
    root = file.parents[1]
    aside = root.with_name("content-aside")
    shutil.copytree(root, aside)
    shutil.rmtree(root)
    (aside / "actors" / file.name).write_text(text, encoding="utf-8")
    aside.rename(root)


def _linked(file: Path, text: str) -> None:
    real = file.parents[2] / "real.yaml"
    real.write_text(text, encoding="utf-8")
    file.unlink()
    shutil.copy(real, file)


WAYS = (_plain, _renamed, _backed_up, _in_place, _in_pieces, _deleted, _folder_away, _folder_out, _folder_anew, _root_anew, _linked)


@tries(2, 200)
def test_every_way_to_save_is_seen(watched: Watched, project: Path, times: int) -> None:
    file = project / "content/actors/people.yaml"
    _plain(file, PEOPLE.replace("Omar Other", "Omar Warm"))
    assert watched.shows("Omar Warm")
    before = held(watched.server.process.pid)
    for n in range(times):
        for way in WAYS:
            name = f"Omar {way.__name__} {n}"
            way(file, PEOPLE.replace("Omar Other", name))
            assert watched.shows(name), name
    after = settled(watched, before)
    print(f"{times * len(WAYS)} saves; before {before}, after {after}")
    assert before.watches > 3
    assert after == before
    assert unlike(watched, clean(project)) == []


@pytest.mark.parametrize("rest", [0.2, 2.0], ids=["at once", "noticed"])
def test_a_root_that_went_and_came_again_is_watched_on(watched: Watched, project: Path, rest: float) -> None:
    """Deleted and created, or moved away and back; `rest` is how long it was gone, longer than folders are compared or not."""
    before = held(watched.server.process.pid)
    root = project / "content"
    file = root / "actors/people.yaml"
    for n, away in enumerate((project / "away", project.parent / "far-away")):
        root.rename(away)
        time.sleep(rest)
        away.rename(root)
        _renamed(file, PEOPLE.replace("Omar Other", f"Omar Back {n}"))
        assert watched.shows(f"Omar Back {n}")
    kept = {path.relative_to(root): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
    shutil.rmtree(root)
    time.sleep(rest)
    for path, data in kept.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    _renamed(file, PEOPLE.replace("Omar Other", "Omar Anew"))
    assert watched.shows("Omar Anew")
    assert settled(watched, before) == before
    for n in range(3):  # and by events again, not by comparing alone
        _renamed(file, PEOPLE.replace("Omar Other", f"Omar Later {n}"))
        assert watched.shows(f"Omar Later {n}")
    assert unlike(watched, clean(project)) == []


def test_a_folder_that_goes_while_it_is_to_be_watched_is_watched_once_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says nothing of the system, which gives events: comparing alone is for those that do not."""
    folder = tmp_path / "content"
    hints: list[str] = []
    watcher = Watcher((folder,), lambda path, *, done: hints.append(path))
    with monkeypatch.context() as patched:
        patched.setattr(Path, "is_dir", lambda _: True)
        patched.setattr(watcher, "_tops", lambda: (0,))
        watcher.start()
    try:
        assert not watcher.polling
        folder.mkdir()
        until = time.monotonic() + 10
        while str(folder / "a.yaml") not in hints and time.monotonic() < until:
            (folder / "a.yaml").write_text("a: A\n", encoding="utf-8")
            time.sleep(0.1)
        assert str(folder / "a.yaml") in hints  # a hint with a path is an event
        assert not watcher.polling
    finally:
        watcher.stop()


@tries(3, 500)
def test_broken_and_mended(watched: Watched, project: Path, times: int) -> None:
    file = project / "content/actors/people.yaml"
    for n in range(times):
        _plain(file, PEOPLE.replace("General Salma Example\n", f"Captain {n} Salma\n"))
        _renamed(file, PEOPLE.replace("Omar Other", f"Omar Mended {n}"))
        assert watched.shows(f"Omar Mended {n}"), n
    assert unlike(watched, clean(project)) == []


# ---------------------------------------------------------------- rebuilds


@tries(25, 10_000)
def test_rebuilds_leave_nothing_behind(watched: Watched, project: Path, times: int) -> None:
    file = project / "content/actors/people.yaml"
    warm = min(times // 5, 500)
    before, size = held(watched.server.process.pid), 0
    for n in range(times):
        _renamed(file, PEOPLE.replace("Omar Other", f"Omar {n:05}"))
        assert watched.shows(f"Omar {n:05}"), n
        if n == warm:
            before, size = held(watched.server.process.pid), memory(watched.server)
    grown = memory(watched.server) - size
    after = settled(watched, before)
    print(f"{size / 1024:.1f} MB after {warm} rebuilds, {grown / 1024:+.1f} MB after {times}; before {before}, after {after}")
    assert grown < 20 * 1024
    assert after == before
    until = time.monotonic() + 10
    while watched.rebuilds < times and time.monotonic() < until:  # lines of the terminal, which are read beside
        time.sleep(0.1)
    time.sleep(2)
    print(f"{watched.rebuilds} rebuilds for {times} saves")
    assert watched.rebuilds == times, "every save is one rebuild, and nothing else is"
    assert unlike(watched, clean(project)) == []


@tries(3, 100)
def test_what_a_build_reads_is_no_hint_to_build(project: Path, times: int) -> None:
    """Counted where it would begin: a hint is what makes the preview look again, whether it then finds anything new or not."""
    hints: list[str] = []

    def hint(path: str, *, done: bool) -> None:
        hints.append(path)

    watcher = Watcher((project / "content", packaged_theme()), hint)
    watcher.start()
    try:
        for _ in range(times):
            fresh = Studio(project, packaged_theme())  # which has read nothing yet
            assert fresh.step() is not None
            assert not fresh.state.failing
            fresh.tidy()
        time.sleep(0.5)
        assert not watcher.polling
        assert hints == []
        _renamed(project / "content/actors/people.yaml", PEOPLE + "\n")
        until = time.monotonic() + 5
        while not hints and time.monotonic() < until:
            time.sleep(0.01)
        assert hints, "nothing would have been heard"
    finally:
        watcher.stop()


def test_pages_that_were_shown_are_not_remembered_for_long() -> None:
    """A tab on a page of megabytes sees another one at every save; a thousand of them were kept."""
    tracemalloc.start()
    for n in range(400):
        page = b"%d" % n + b"x" * 100_000
        digest(page)
        links({"index.html": page}, "index.html")
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 20_000_000


def test_reading_causes_no_rebuild(watched: Watched, project: Path) -> None:
    for _ in range(20):
        for path in project.rglob("*"):
            if path.is_file():
                path.read_bytes()
        assert watched.body("index.html")
    time.sleep(1.5)
    assert watched.rebuilds == 0
