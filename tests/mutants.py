"""Whether the tests of the guarding code would notice if it did not guard: a tool, run by hand, for hours.

    python -m tests.mutants [--group NAME] [--module PATH] [--sample N] [--seed N]

Each fault of `tests/mutators.py` is put into a copy of the tree, and the tests that belong to the module run there until one
fails: then the mutant is dead. The real files are never touched: the whole run happens in a mount namespace in which
everything but that copy is read-only, because what is broken on purpose here is code that deletes files. Linux and root
(or a system that lets anybody unshare) are needed; without them the tool refuses. A mutant that hangs is dead, too.

What cannot be told apart from the sound code by any test stands in EQUIVALENT, each with its reason, and is left out of
the rate. Figures: tests/RELIABILITY.md.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.equivalent import EQUIVALENT
from tests.mutators import Mutant, mutants

ROOT = Path(__file__).resolve().parent.parent
_INSIDE = "BRIEFGEN_MUTANTS_IN"
WANTED = 90  # percent of each group that must die
_MEMORY = 4 << 30  # bytes; a mutant may grow without end
_QUIET = ("-W", "ignore::pytest.PytestAssertRewriteWarning")  # hypothesis is there before pytest looks for it


class Guard(NamedTuple):
    """A guarding module: its group, the tests that run at once and those for what survives them, and which functions."""

    group: str
    first: tuple[str, ...]
    then: tuple[str, ...] = ()
    only: tuple[str, ...] = ()


_WORDS = ("test_guards_matching", "test_text")
_PATHS = ("test_guards_paths", "test_publish")
_SITE = ("test_guards_publishing", "test_publish")
GUARDS = {
    "link/quotations": Guard("matching", _WORDS, ("test_words_elsewhere", "test_quote")),
    "text": Guard("matching", _WORDS, ("test_words_elsewhere", "test_quote")),
    "folding": Guard("matching", ("test_guards_matching",)),
    "publish/guard": Guard("paths", _PATHS),
    "publish/manifest": Guard("paths", _PATHS),
    "publish/disk": Guard("paths", _PATHS),
    "publish/tree": Guard("paths", _PATHS),
    "urls": Guard("paths", ("test_guards_paths",)),
    "serve/answers": Guard("paths", ("test_guards_paths",)),
    "publish/marks": Guard("publishing", ("test_marks",)),
    "publish/site": Guard("publishing", _SITE, ("test_marks", "test_spare")),
    "publish/spare": Guard("publishing", ("test_spare",)),
    "publish/rescue": Guard("publishing", _SITE, ("test_spare",)),
    "publish/staging": Guard("publishing", _SITE, ("test_marks", "test_spare")),
    "publish/swap": Guard("publishing", _SITE),
    "publish/lock": Guard("publishing", _SITE),
    "load/yaml_reader": Guard("limits", ("test_guards_limits", "test_yaml_tree"), ("test_guide",)),
    "load/invisible": Guard("limits", ("test_guards_limits",)),
    "addresses": Guard("pages", ("test_guards_pages",)),
    "load/pictures": Guard("pages", ("test_guards_pages",)),
    "load/dropped": Guard("pages", ("test_guards_pages",)),
    "load/markdown": Guard(
        "limits",
        ("test_guards_limits", "test_guards_pages"),
        ("test_guide",),
        ("", "safe_address", "article", "prose", "inline", "_overloaded", "_parser"),
    ),
    "load/walk": Guard(
        "limits", ("test_guards_limits", "test_guards_pages"), ("test_guide",), ("", "blocks", "_link", "_tag", "_code_block")
    ),
}


class Outcome(NamedTuple):
    """What became of a mutant: "killed", "hung", "survived" or "equivalent", and the seconds it took."""

    module: str
    mutant: Mutant
    end: str
    seconds: float


def reason_why_not(module: str, mutant: Mutant) -> str:
    """Why no test can tell this mutant from the sound code; "" for most."""
    return EQUIVALENT.get((module, mutant.where, mutant.before, mutant.after), "")


def all_of(module: str) -> list[Mutant]:
    """Every mutant of a guarding module."""
    source = (ROOT / "briefgen" / f"{module}.py").read_text(encoding="utf-8")
    return list(mutants(source, GUARDS[module].only))


def _alone(arguments: list[str]) -> int:
    """This tool again, in a namespace where only its own copy of the tree can be written."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as name:
        place = Path(name)
        skipped = shutil.ignore_patterns(".git", "site", ".venv", "__pycache__", ".*_cache", ".hypothesis", "*.egg-info")
        shutil.copytree(ROOT, place / "tree", ignore=skipped)
        for folder in ("home", "tmp"):
            (place / folder).mkdir()
        script = 'mount --bind "$0" "$0" && mount -o remount,ro,bind / && cd "$0/tree" && exec "$@"'
        command = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", script, name]
        inside = {_INSIDE: name, "HOME": f"{name}/home", "TMPDIR": f"{name}/tmp", "PYTHONPATH": f"{name}/tree"}
        process = subprocess.run(
            [*command, sys.executable, "-m", "tests.mutants", *arguments],
            cwd=place / "tree",
            env={**os.environ, **inside, "PYTHONUNBUFFERED": "1"},
            check=False,
        )
    return process.returncode


def _chosen(wish: argparse.Namespace) -> Iterator[tuple[str, Mutant]]:
    """The mutants to try: a sample of each group, the same for the same seed."""
    for group in dict.fromkeys(guard.group for guard in GUARDS.values()):
        modules = [m for m, guard in GUARDS.items() if guard.group == group and wish.group in ("", group)]
        every = [(m, mutant) for m in modules if wish.module in ("", m) for mutant in all_of(m)]
        picked = set(random.Random(wish.seed).sample(range(len(every)), min(wish.sample or len(every), len(every))))
        yield from (pair for n, pair in enumerate(every) if n in picked)


def _tests(names: tuple[str, ...]) -> list[str]:
    return [f"tests/{name}.py" for name in names if Path(f"tests/{name}.py").exists()]


class Patience(NamedTuple):
    """How long tests may take: processor time, which a busy machine does not change, and time on the wall (both in s)."""

    work: int
    wall: float


def _pytest(tests: list[str], patience: Patience) -> str:
    """Run tests in a process of their own until one fails: "survived", "killed" or "hung"."""
    # A fork of a process that has read the libraries, because reading them takes longer than most of the tests.
    child = os.fork()
    if child == 0:
        _run_and_leave(tests, patience.work)
    end = time.monotonic() + patience.wall
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done or time.monotonic() > end:
            break
        time.sleep(0.01)
    _kill_group(child)
    if not done:
        os.waitpid(child, 0)
        return "hung"
    code = os.waitstatus_to_exitcode(status)
    return "survived" if code == 0 else "hung" if code == -signal.SIGXCPU else "killed"


def _kill_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return


def _run_and_leave(tests: list[str], work: int) -> None:
    os.setsid()
    resource.setrlimit(resource.RLIMIT_CPU, (work, work + 5))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    log = os.open("../log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)
    import pytest

    status = 3
    try:
        status = int(pytest.main(["-x", "-n0", "-q", "--no-header", "--tb=line", "-p", "no:cacheprovider", *_QUIET, *tests]))
    except BaseException:  # as much as a process at its end can do
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _sound(module: str) -> Patience:
    """How long the tests of a module may take, by what they take on the sound code. They must pass, or nothing below counts."""
    guard = GUARDS[module]
    wall, work = time.monotonic(), _spent()
    if _pytest(_tests(guard.first + guard.then), Patience(900, 1800)) != "survived":
        sys.exit(f"{module}: its tests do not pass on the sound code\n{Path('../log').read_text(encoding='utf-8')}")
    return Patience(int(5 + 4 * (_spent() - work)), 60 + 8 * (time.monotonic() - wall))


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _try(module: str, mutant: Mutant, patience: Patience) -> Outcome:
    path = Path(f"briefgen/{module}.py")
    sound = path.read_bytes()
    started = time.monotonic()
    if reason_why_not(module, mutant):
        return Outcome(module, mutant, "equivalent", 0)
    path.write_text(mutant.source, encoding="utf-8")
    try:
        guard = GUARDS[module]
        end = _pytest(_tests(guard.first), patience)
        if end == "survived" and guard.then:
            end = _pytest(_tests(guard.then), patience)
    finally:
        path.write_bytes(sound)
    return Outcome(module, mutant, end, time.monotonic() - started)


def _work(wish: argparse.Namespace) -> list[Outcome]:
    """Try the mutants one by one, and say of each at once what became of it."""
    import hypothesis
    import jinja2
    import markdown_it
    import pytest
    import rapidfuzz
    import yaml

    del hypothesis, jinja2, markdown_it, pytest, rapidfuzz, yaml
    outcomes: list[Outcome] = []
    limits: dict[str, Patience] = {}
    for module, mutant in _chosen(wish):
        if module not in limits:
            limits[module] = _sound(module)
            # Nothing of the sound module may be taken for the faulty one: its compiled form goes, and none is written.
            for compiled in Path("briefgen").rglob(f"{Path(module).name}.*.pyc"):
                compiled.unlink()
            sys.dont_write_bytecode = True
            os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        outcomes.append(_try(module, mutant, limits[module]))
        one = outcomes[-1]
        print(f"{one.end:10} {one.seconds:5.1f} s  {module}:{mutant.where}: {mutant.before}  =>  {mutant.after}", flush=True)
    return outcomes


def by_group(outcomes: list[Outcome]) -> dict[str, list[str]]:
    """How the mutants of each group ended."""
    groups: dict[str, list[str]] = {}
    for one in outcomes:
        groups.setdefault(GUARDS[one.module].group, []).append(one.end)
    return groups


def rate(ends: list[str]) -> float:
    """The share of mutants that died, of those that can be told from the sound code, in percent."""
    told_apart = [end for end in ends if end != "equivalent"]
    return 100 * sum(end != "survived" for end in told_apart) / len(told_apart) if told_apart else 100.0


def table(outcomes: list[Outcome]) -> str:
    """The figures of a run, as rows of Markdown: group, tried, equivalent, dead, survivors, rate."""
    return "\n".join(
        f"| {group} | {len(ends)} | {ends.count('equivalent')} | {ends.count('killed') + ends.count('hung')} | "
        f"{ends.count('survived')} | {rate(ends):.1f} % |"
        for group, ends in by_group(outcomes).items()
    )


def main(arguments: list[str]) -> int:
    """Run the tool."""
    asked = argparse.ArgumentParser(prog="python -m tests.mutants", description=(__doc__ or "").split("\n")[0])
    asked.add_argument("--group", default="", help="matching, paths, publishing or limits")
    asked.add_argument("--module", default="", help="one module, such as publish/guard")
    asked.add_argument("--sample", type=int, default=0, help="how many mutants of each group; all by default")
    asked.add_argument("--seed", type=int, default=1)
    wish = asked.parse_args(arguments)
    if not os.environ.get(_INSIDE):
        return _alone(arguments)
    outcomes = _work(wish)
    print(table(outcomes))
    return 0 if all(rate(ends) >= WANTED for ends in by_group(outcomes).values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
