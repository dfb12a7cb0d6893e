"""The two that are compared, each with its project of the same pages: what is run, what must come of it, what is cleared away."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.bench import hugo, make
from tests.bench.edits import Edit, edits, hugo_edits
from tests.bench.processes import Command
from tests.bench.world import Person, World, world
from tests.kit import ROOT

DEMONSTRATION = "demonstration"
BRIEFGEN, HUGO = "briefgen", "Hugo"


class Side(NamedTuple):
    """A project and the commands for it. `state` is what a cold run must not find; `pages` must be there after a build."""

    name: str
    project: Path
    output: Path
    build: Command
    state: tuple[Path, ...]
    pages: tuple[str, ...]
    edits: Callable[[Person], Iterator[Edit]]
    check: Command | None = None


def sides(site: str, folder: Path, jobs: int | None = None) -> Iterator[Side]:
    """Ours, and Hugo's where Hugo is installed and the site is an invented one."""
    made = None if site == DEMONSTRATION else world(int(site))
    yield _ours(site, folder / "briefgen", made, jobs)
    program = hugo.binary()
    if made and program:
        yield _hugo(site, folder / "hugo", made, program)


def _ours(site: str, folder: Path, made: World | None, jobs: int | None) -> Side:
    project = project_of(site, folder)
    output = folder / "site"
    actors = [*(p.id for p in made.people), *(b.id for b in made.bodies)] if made else []
    pages = [f"actors/{one}.html" for one in actors] + _both(made) if made else ["index.html"]
    options = ("--jobs", str(jobs)) if jobs else ()
    return Side(
        BRIEFGEN,
        project,
        output,
        briefgen(project, "build", "--output", str(output), *options),
        (output, project / ".briefgen", folder / "cache"),
        tuple(pages),
        partial(edits, project),
        briefgen(project, "check"),
    )


def project_of(site: str, folder: Path) -> Path:
    """A project of ours with the content of a site."""
    project = folder / "project"
    if site == DEMONSTRATION:
        shutil.copytree(ROOT / "content", project / "content")
    else:
        make.write(project, int(site))
    return project


def briefgen(project: Path, *words: str) -> Command:
    """A command of ours, as this checkout has it."""
    command = (sys.executable, "-m", "briefgen", "-C", str(project), *words)
    return Command(command, project.parent / "said.txt", {"PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(project.parent / "cache")})


def _hugo(site: str, folder: Path, made: World, program: Path) -> Side:
    project, output, cache = folder / "project", folder / "site", folder / "cache"
    hugo.write(project, int(site))
    pages = [f"people/{p.id}.html" for p in made.people] + [f"organisations/{b.id}.html" for b in made.bodies] + _both(made)
    return Side(
        HUGO,
        project,
        output,
        Command(
            (str(program), "--source", str(project), "--destination", str(output), "--quiet"),
            folder / "said.txt",
            {"HUGO_CACHEDIR": str(cache)},
        ),
        (output, cache, project / "resources", project / ".hugo_build.lock"),
        tuple(pages),
        partial(hugo_edits, project),
    )


def _both(made: World) -> list[str]:
    return [f"articles/{one.id}.html" for one in made.articles] + [f"meetings/{one.id}.html" for one in made.rounds]


def clear(side: Side) -> None:
    """As if it had never been built."""
    for path in side.state:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


class Site(NamedTuple):
    """What was written: how many files, how many bytes, and a digest over all names and bytes."""

    files: int
    size: int
    digest: str


def written(folder: Path) -> Site:
    """Look at a whole site."""
    digest, size, count = hashlib.sha256(), 0, 0
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(folder)}\0{len(data)}\0".encode() + data)
        size, count = size + len(data), count + 1
    return Site(count, size, digest.hexdigest())


def must_be_whole(side: Side) -> None:
    """Every page that was asked for is there and ends as a page does; SystemExit otherwise."""
    for page in side.pages:
        path = side.output / page
        if not path.is_file() or b"</html>" not in _end(path):
            raise SystemExit(f"{side.name} did not write {page}")


def _end(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, os.fstat(file.fileno()).st_size - 64))
        return file.read()


def must_show(side: Side, edit: Edit, n: int) -> None:
    """The n-th edit is to be seen in the output; SystemExit otherwise."""
    if edit.words(n) not in (side.output / edit.page).read_text(encoding="utf-8"):
        raise SystemExit(f"{side.name} does not show “{edit.words(n)}” in {edit.page}")


def pages_with(side: Side, words: str) -> int:
    """On how many pages words stand."""
    held = words.encode()
    return sum(1 for path in side.output.rglob("*.html") if held in path.read_bytes())
