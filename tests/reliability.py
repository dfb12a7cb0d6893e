"""What the tests of reliability share: how often, a publisher in a process of its own, and what a whole site is.

Each test says how often it tries in the quick run that every change goes through, and how often in the long one
(`pytest -m long`), whose figures stand in tests/RELIABILITY.md.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from briefgen.publish import manifest
from briefgen.publish.lock import locked
from briefgen.publish.site import Written, write_site
from briefgen.publish.swap import recover
from briefgen.publish.tree import files_below

FILES = 60
SPARE = ".briefgen/spare"


def tries(quick: int, long: int) -> pytest.MarkDecorator:
    """How often a test tries: `times`, a few now, many in the long run."""
    return pytest.mark.parametrize("times", [quick, pytest.param(long, marks=pytest.mark.long)])


def site_of(version: int) -> dict[str, bytes]:
    """A site: some files that change with each version or every other one, more that never do, some that only every other has."""
    files = {f"pages/{n}.html": b"version %d of page %d" % (version, n) for n in range(FILES)}
    files |= {f"same/{n}.css": b"always the same %d" % n for n in range(120)}
    files |= {f"slow/{n}.html": b"every other version %d" % ((version + n) // 2) for n in range(20)}
    files |= {f"odd/{version}/{n}.txt": b"odd" for n in range(10 if version % 2 else 0)}
    return files | {"version.txt": b"%d" % version}


def publish(project: Path, version: int) -> Written:
    """What a build does with its outputs."""
    with locked(project, project / "site", lambda: None):
        recover(project / "site")
        return write_site(project / "site", site_of(version), project / ".briefgen/replaced", spare=project / SPARE).written


def run(project: Path, *words: object, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[bytes]:
    """This module in a process of its own; `before` is put before the command (strace and its options)."""
    command = [*before, sys.executable, "-B", "-m", "tests.reliability", str(project), *map(str, words)]
    return subprocess.run(command, capture_output=True, check=False, timeout=120)


def assert_whole(site: Path) -> dict[str, str]:
    """What a site lists, path -> SHA-256, if that is what is there."""
    listed = manifest.read(site)
    files, others = files_below(str(site))
    held = {path: hashlib.sha256((site / path).read_bytes()).hexdigest() for path in (*files, *others)}
    held.pop(manifest.NAME, None)
    assert listed, "there is no list"
    assert held == listed, "torn: what is there is not what is listed"
    return listed


def version_of(project: Path) -> int:
    """The version of a whole site; AssertionError where it is torn, mixed or missing."""
    site = project / "site"
    listed = assert_whole(site)
    version = int((site / "version.txt").read_bytes())
    wanted = {path: hashlib.sha256(data).hexdigest() for path, data in site_of(version).items()}
    assert {p: d for p, d in listed.items() if p != manifest.IGNORE} == wanted, "mixed"
    return version


def litter(project: Path) -> list[str]:
    """What lies beside the site and the state folder."""
    return sorted(path.name for path in project.iterdir() if path.name not in ("site", ".briefgen"))


def tree(*roots: Path) -> dict[str, str]:
    """Every file, link and folder below, with a digest of what it holds."""
    found: dict[str, str] = {}
    for root in roots:
        for path in sorted(root.rglob("*")):
            if path.is_symlink():
                found[str(path)] = f"-> {path.readlink()}"
            elif path.is_file():
                found[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def needs(program: str) -> None:
    """Skip where a program of the long runs is missing."""
    if not shutil.which(program):
        pytest.skip(f"needs {program}")


if __name__ == "__main__":
    folder, first, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    print("go", flush=True)
    for number in range(first, first + count):
        publish(folder, number)
