"""Publishing under attack (issue 6, points 1 to 4): killed, refused, run twice at once, pointed at what is not ours."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.kit import ROOT
from tests.reliability import SPARE, assert_whole, litter, needs, publish, run, tree, tries, version_of

# ---------------------------------------------------------------- 1. whole old or whole new


@tries(15, 1000)
def test_killed_at_random(tmp_path: Path, times: int) -> None:
    chance = random.Random(1)
    publish(tmp_path, 0)
    version = 0
    for _ in range(times):
        command = [sys.executable, "-B", "-m", "tests.reliability", str(tmp_path), str(version + 1), "100000"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as builder:
            assert builder.stdout is not None
            builder.stdout.readline()
            time.sleep(chance.uniform(0, 0.08))
            builder.send_signal(signal.SIGKILL)
        version = version_of(tmp_path)
    publish(tmp_path, version + 1)
    assert litter(tmp_path) == []


# A step of the publication each; the share of them that are tried in the quick run.
STEPS = {"renameat2": 1, "rename": 1, "mkdir": 1, "rmdir": 1, "unlink": 30, "link": 30, "chmod": 1, "write": 20, "syncfs": 1}


def _killed_at_each(project: Path, call: str, every: int, *more: str, spare: bool = False) -> int:
    """Kill a publication at every `every`th call of a kind, until one gets through; how many were killed.

    Each has a spare tree to go on from, or none has.
    """
    killed, at = 0, 1
    while True:
        if spare:
            publish(project, version_of(project) + 1)
        elif (project / SPARE).exists():
            shutil.rmtree(project / SPARE)
        assert (project / SPARE).exists() == spare
        version = version_of(project)
        strace = ("strace", "-f", "-qq", "-o", "/dev/null", "-e", f"inject={call}:signal=SIGKILL:when={at}", *more)
        done = run(project, version + 1, 1, before=strace)
        _recovered(project, bool(more))
        assert version_of(project) in (version, version + 1)
        if done.returncode == 0:
            assert version_of(project) == version + 1
            return killed
        killed += 1
        at += every
        publish(project, version_of(project))
        assert litter(project) == []


def _recovered(project: Path, two_renames: bool) -> None:
    """Where folders cannot be exchanged, the next run begins by putting back what the killed one had moved away."""
    if two_renames:
        from briefgen.publish.swap import recover

        recover(project / "site")


@pytest.mark.parametrize("spare", [False, True])
@pytest.mark.parametrize("call", STEPS)
def test_killed_at_a_step(tmp_path: Path, call: str, spare: bool) -> None:
    needs("strace")
    publish(tmp_path, 0)
    _killed_at_each(tmp_path, call, STEPS[call] * 2, spare=spare)


@pytest.mark.long
@pytest.mark.parametrize("spare", [False, True])
@pytest.mark.parametrize("call", STEPS)
def test_killed_at_every_step(tmp_path: Path, call: str, spare: bool) -> None:
    needs("strace")
    publish(tmp_path, 0)
    killed = _killed_at_each(tmp_path, call, 10 if call == "write" else 1, spare=spare)
    print(f"{call}, spare {spare}: killed {killed} times")


@pytest.mark.parametrize("call", ["rename", "unlink"])
def test_killed_where_folders_cannot_be_exchanged(tmp_path: Path, call: str) -> None:
    needs("strace")
    publish(tmp_path, 0)
    _killed_at_each(tmp_path, call, 1 if call == "rename" else 30, "-e", "inject=renameat2:error=ENOSYS")


# ---------------------------------------------------------------- 2. full disks and refusals

# Raises the fault at the n-th touch of the project by the publication: opening for writing, making, linking, renaming, removing.
_FAULTY = """
import errno, os, sys
project, number, code = sys.argv[1], int(sys.argv[2]), getattr(errno, sys.argv[3])
seen = 0
def hook(event, args):
    global seen
    if event == "open":
        path, mode, flags = args
        if not isinstance(flags, int) or not flags & (os.O_WRONLY | os.O_RDWR | os.O_DIRECTORY):
            return
    elif event in ("shutil.copyfile", *("os." + name for name in "mkdir link rename remove rmdir chmod listdir scandir".split())):
        path = args[0]
    else:
        return
    if isinstance(path, bytes):
        path = os.fsdecode(path)
    path = str(path) if isinstance(path, (str, os.PathLike)) else ""
    if path.startswith(project) and ("site" in path or "spare" in path):
        seen += 1
        if seen == number:
            raise OSError(code, os.strerror(code), str(path))
from briefgen.cli import main
sys.argv = ["briefgen", "-C", project, "build", "--quiet"]
sys.addaudithook(hook)
try:
    main()
finally:
    print(seen, flush=True)
"""
CODES = ("ENOSPC", "EIO", "EACCES", "EMFILE", "EROFS")
CONTENT = {
    "content/site.yaml": "name: A briefing\n",
    "content/actors/people.yaml": "omar: Omar Other\nsalma: Salma Example\n",
}


def _project(folder: Path, more: dict[str, str] | None = None) -> Path:
    for path, text in (CONTENT | (more or {})).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def _build(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-B", "-m", "briefgen", "-C", str(folder), "build", "--quiet", *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=environment, timeout=120)


def _one_message(said: str, project: Path) -> bool:
    """One sentence or two, with a path, and no traceback."""
    return "Traceback" not in said and len(said.strip().split("\n")) <= 2 and (str(project) in said or "site" in said)


@tries(15, 300)
def test_faults_of_the_system(tmp_path: Path, times: int) -> None:
    project = _project(tmp_path)
    assert _build(project).returncode == 0
    (project / "content/actors/people.yaml").write_text("omar: Omar Another\nsalma: Salma Changed\n", encoding="utf-8")
    before = tree(project / "site")
    touches, names = 0, "Another"
    for n in range(times):
        number, code = 1 + n // len(CODES), CODES[n % len(CODES)]
        command = [sys.executable, "-B", "-c", _FAULTY, str(project), str(number), code]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=120)
        seen = int(done.stdout.strip().split("\n")[-1])
        if seen < number:
            break  # there is no step left that could fail
        touches += 1
        if done.returncode == 0:  # a link that became a copy, or a fault after the exchange: the new site is there, whole
            assert_whole(project / "site")
            assert f"Omar {names}".encode() in (project / "site/actors/omar.html").read_bytes()
            assert _build(project).returncode == 0
            assert litter(project) == ["content"]
            names = str(n)
            (project / "content/actors/people.yaml").write_text(f"omar: Omar {n}\nsalma: Salma {n}\n", encoding="utf-8")
            before = tree(project / "site")
            continue
        assert _one_message(done.stderr, project), done.stderr
        assert tree(project / "site") == before, (number, code)
    print(f"{touches} faults")
    assert touches >= min(times, 15)


def _pages_of_memory(files: list[Path]) -> int:
    return sum(4096 * -(-p.stat().st_size // 4096) for p in files)


@pytest.mark.parametrize("size", [pytest.param(n, marks=() if n in (2, 9) else pytest.mark.long) for n in range(1, 17)])
def test_a_disk_that_is_full(tmp_path: Path, size: int) -> None:
    """Disks from room for little more than the old site to room for nearly two: tmpfs, so that it is the kernel that refuses."""
    project = _project(tmp_path / "p")
    disk = tmp_path / "disk"
    disk.mkdir()
    assert _build(project, "--output", str(tmp_path / "measure")).returncode == 0
    files = [p for p in (tmp_path / "measure").rglob("*") if p.is_file()]
    old, new = _pages_of_memory(files), _pages_of_memory([p for p in files if p.suffix == ".html"])
    options = f"size={old + 4096 + new * size // 16}"
    if (
        os.name != "posix"
        or subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", disk], capture_output=True, check=False).returncode
    ):
        pytest.skip("needs the right to mount")
    try:
        site = disk / "site"
        assert _build(project, "--output", str(site)).returncode == 0
        before = tree(site)
        _project(project, {"content/site.yaml": "name: Another briefing\n"})  # every page changes
        done = _build(project, "--output", str(site))
        if done.returncode == 0:
            assert size > 12
            return
        assert _one_message(done.stderr, site), done.stderr
        assert "no space" in done.stderr
        assert tree(site) == before
        assert [p.name for p in disk.iterdir()] == ["site"]
    finally:
        subprocess.run(["umount", disk], check=True)


# ---------------------------------------------------------------- 3. two builds at once


@tries(4, 200)
def test_two_builds_at_once(tmp_path: Path, times: int) -> None:
    for pair in range(times):
        commands = [[sys.executable, "-B", "-m", "tests.reliability", str(tmp_path), str(4 * pair + 2 * n), "2"] for n in range(2)]
        both = [subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) for command in commands]
        for one in both:
            one.communicate(timeout=60)
        assert [one.returncode for one in both] == [0, 0]
        assert 4 * pair <= version_of(tmp_path) < 4 * pair + 4
    assert litter(tmp_path) == []


def test_the_preview_and_a_build_at_once(tmp_path: Path) -> None:
    from tests.test_serve import Server

    project = _project(tmp_path)
    server = Server(project)
    try:
        for n in range(3):
            (project / "content/actors/people.yaml").write_text(f"omar: Omar {n}\n", encoding="utf-8")
            assert _build(project).returncode == 0
            assert f"Omar {n}".encode() in (project / "site/actors/omar.html").read_bytes()
    finally:
        assert server.stop() == 0


# ---------------------------------------------------------------- 4. not our files

FOREIGN = {"thesis.txt": "ten years of work", "index.html": "my own page", "pictures/one.jpg": "a picture"}


def _layouts(home: Path) -> dict[str, Path]:
    """Outputs that somebody might point at, by what they are."""
    project = home / "project"
    wanted = {
        "home": home,
        "root": Path("/"),
        "the project": project,
        "above the project": home.parent,
        "content": project / "content",
        "inside content": project / "content/actors",
        "templates": project / "templates",
        "state": project / ".briefgen",
        "git": project / ".git",
        "inside git": project / ".git/objects",
        "a dot": project / "content/../content",
        "a file": home / "thesis.txt",
        "a file inside": project / "content/site.yaml",
        "the package": ROOT / "briefgen",
        "the packaged theme": ROOT / "templates",
        "the checkout": ROOT,
        "device": Path("/dev/null"),
    }
    for n, (name, make) in enumerate(_MAKERS.items()):
        folder = home / f"layout-{n}"
        folder.mkdir()
        wanted[name] = make(folder)
    return wanted


def _filled(folder: Path) -> Path:
    for path, text in FOREIGN.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def _with(folder: Path, path: str, text: str = "mine") -> Path:
    _filled(folder)
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, encoding="utf-8")
    return folder


def _linked(folder: Path, name: str) -> Path:
    _filled(folder / "real")
    return _link(folder / name, folder / "real")


def _link(at: Path, target: Path | str) -> Path:
    at.symlink_to(target)
    return at


def _holding_link(folder: Path, target: str) -> Path:
    (folder / "out").mkdir()
    _link(folder / "out/link", target)
    return folder / "out"


def _checkout(folder: Path) -> Path:
    return _with(folder, ".git/HEAD", "ref: refs/heads/main\n")


_ZERO = "0" * 64
_MAKERS: dict[str, Callable[[Path], Path]] = {
    "foreign files": _filled,
    "a foreign file deep down": lambda f: _with(f, "a/b/c/d.txt"),
    "a git checkout": _checkout,
    "a git worktree": lambda f: _with(f, ".git", "gitdir: elsewhere\n"),
    "a subfolder of a checkout": lambda f: _filled(_checkout(f) / "docs"),
    "a link to a folder": lambda f: _linked(f, "site"),
    "a link to a link": lambda f: _link(f / "two", _linked(f, "one")),
    "below a link": lambda f: _linked(f, "site") / "pictures",
    "a broken link": lambda f: _link(f / "gone", f / "nowhere"),
    "a link to itself": lambda f: _link(f / "loop", f / "loop"),
    "holds a link to a file": lambda f: _holding_link(f, "/etc/hostname"),
    "holds a link to a folder": lambda f: _holding_link(f, "/etc"),
    "holds a link upwards": lambda f: _holding_link(f, ".."),
    "a list that lies": lambda f: _with(f, ".briefgen-manifest", f"{_ZERO}  ../../thesis.txt\n"),
    "a list with an absolute path": lambda f: _with(f, ".briefgen-manifest", f"{_ZERO}  /etc/hostname\n"),
    "a list that is no list": lambda f: _with(f, ".briefgen-manifest", "hello\n"),
    "a list that is a folder": lambda f: _with(f, ".briefgen-manifest/x"),
    "a dot file": lambda f: _with(f, ".htpasswd"),
    "an own .gitignore": lambda f: _with(f, ".gitignore", "build/\n"),
    "a name with a line break": lambda f: _with(f, "two\nlines.txt"),
    "a name with a backslash": lambda f: _with(f, "back\\slash.txt"),
    "a node_modules": lambda f: _with(f, "node_modules/x/package.json"),
    "a file where a folder is wanted": lambda f: _with(f, "actors"),
    "a folder where a file is wanted": lambda f: _with(f, "style.css/mine.txt"),
    "an old staging folder of somebody": lambda f: (_with(f, ".out.staging-1/mine.txt"), f / "out")[1],
    "an old output of somebody": lambda f: (_with(f, ".out.old-1/mine.txt"), f / "out")[1],
    "a temporary name taken by a file": lambda f: (_with(f, ".out.staging-x"), f / "out")[1],
}  # fmt: skip
HARMLESS = ("an old staging folder of somebody", "an old output of somebody", "a temporary name taken by a file", "a broken link")


def test_nothing_that_is_not_ours_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    project = _project(home / "project", {"content/actors/more.yaml": "dana: Dana\n", "templates/own.txt": "own"})
    _checkout(project)
    _filled(home)
    tried = 0
    for name, output in _layouts(home).items():
        for spelled in {str(output), f"{output}/", os.path.relpath(output, project)}:
            before = {path: digest for path, digest in tree(home).items() if "/.briefgen/" not in path}
            done = _build(project, "--output", spelled)
            after = tree(home)
            assert {path: after.get(path) for path in before} == before, (name, spelled)
            assert done.returncode == 2 or name in HARMLESS, (name, spelled, done.stdout)
            if done.returncode:
                assert re.search(r"^\S.*\.$", done.stderr.strip(), re.DOTALL), (name, done.stderr)
                assert "Traceback" not in done.stderr
            tried += 1
    print(f"{tried} layouts and spellings")
    assert tried >= 60
