"""Three ways to build a briefing over and over, each beside a clean build: in memory, on the disk, by whole processes.

`build` uses what the builds before have left; `clean` has nothing to use: no value in memory, no state folder, no site.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple, Protocol

from briefgen.cli import cli, main
from briefgen.compile import compile_site
from tests.bench.damage import TO_SITE, TO_STATE, Damage
from tests.bench.processes import environment
from tests.kit import ROOT
from tests.test_incremental import Desk

_ADDRESSES = ("", "", "https://example.org/one/", "https://example.net/")
_SAID = ("errors", "warnings", "infos", "pages", "citations")


class Outcome(NamedTuple):
    """What came of a build: the findings (and counts), and a digest for every file of the site, {} where none was published."""

    findings: object
    site: Mapping[str, str]


class Way(Protocol):
    """Builds what lies on the desk, after what may have befallen the state; and builds it from nothing."""

    def build(self, desk: Desk, chance: random.Random) -> Outcome:
        """With what is known."""

    def clean(self, desk: Desk) -> Outcome:
        """From nothing."""


class InMemory:
    """As the preview builds: `compile_site` with all that it knows of the build before."""

    def build(self, desk: Desk, chance: random.Random) -> Outcome:
        """With what is known."""
        built = desk.build()
        return Outcome(built.diagnostics, {path: _digest(data) for path, data in built.outputs.items()})

    def clean(self, desk: Desk) -> Outcome:
        """From nothing; not even rendered bytes by their keys."""
        built = compile_site(desk.snapshot())
        return Outcome(built.diagnostics, {path: _digest(data) for path, data in built.outputs.items()})


Call = Callable[[list[str], dict[str, str]], tuple[int, str, str]]  # (arguments, environment) -> status, stdout, stderr


class OnDisk:
    """As an editor builds: the command, against a project with its .briefgen/; in this process, or in one of its own each time.

    Files are saved in the ways that programs save them, some with an old date. Between the builds the state and the site are
    damaged where that is wished (`damages`), and builds are killed (only with processes of their own).
    """

    def __init__(self, folder: Path, call: Call, damages: tuple[str, ...] = ()) -> None:
        self._project, self._twin = folder / "briefing", folder / "clean/briefing"
        self._call, self._damages = call, damages
        self._lying: dict[str, str] = {}
        self._address = ""
        self._output = "site"
        self.befell: list[str] = []

    def build(self, desk: Desk, chance: random.Random) -> Outcome:
        """With what is known."""
        self._address = chance.choice(_ADDRESSES) if chance.random() < 0.1 else self._address
        self._output = chance.choice(("site", "site", "site", "public"))
        self._lay(self._project, desk, self._lying, chance)
        self._damage(chance)
        killed = self._kill(chance)
        checked = self._ask(self._project, ["check"], {}) if chance.random() < 0.1 else None
        before = _site(self._project / self._output)
        jobs = ["--jobs", chance.choice("12")] if _knows("--jobs") else []
        made = self._ask(self._project, ["build", "--output", str(self._project / self._output), *jobs], _surroundings(chance))
        if not (made.site or killed) and _site(self._project / self._output) != before:  # after a kill, recovering may change it
            raise AssertionError("a build with errors changed the site")
        if checked and checked.findings != made.findings:
            raise AssertionError(f"check says {checked.findings}, build says {made.findings}")
        return made

    def clean(self, desk: Desk) -> Outcome:
        """From nothing, in a folder of its own."""
        shutil.rmtree(self._twin, ignore_errors=True)
        self._lay(self._twin, desk, {}, random.Random(0))
        output = ["--output", str(self._twin / self._output)]
        return self._ask(self._twin, ["build", *output, *(["--fresh"] if _knows("--fresh") else [])], {})

    def _ask(self, project: Path, options: list[str], surroundings: dict[str, str]) -> Outcome:
        words = ["-C", str(project), *options, "--format", "json"]
        status, out, error = self._call(words + (["--base-url", self._address] if self._address else []), surroundings)
        if status == 2:
            return Outcome(error.replace(str(project), "PROJECT"), {})
        if "Traceback" in error:
            raise AssertionError(error)
        held = json.loads(out)
        counts = {name: held["summary"].get(name) for name in _SAID}
        site = _site(project / self._output) if held["summary"]["published"] else {}
        return Outcome((status, held["findings"], counts), site)

    def _lay(self, project: Path, desk: Desk, lying: dict[str, str], chance: random.Random) -> None:
        """Bring the files of a project to those of the desk; templates as the theme has them are no files of the project."""
        wanted = {p: text for p, text in desk.files.items() if p.startswith("content/") or text != desk.good.get(p)}
        for path in lying.keys() - wanted.keys():
            (project / path).unlink()
        for path, text in wanted.items():
            if lying.get(path) != text:
                _save(project / path, text, chance)
        (project / "content").mkdir(parents=True, exist_ok=True)
        lying.clear()
        lying.update(wanted)

    def _damage(self, chance: random.Random) -> None:
        if "state" in self._damages and chance.random() < 0.2:
            self._befall("state", chance.choice(TO_STATE), self._project / ".briefgen", chance)
        if "site" in self._damages and chance.random() < 0.1:
            self._befall("site", chance.choice(TO_SITE), self._project / self._output, chance)

    def _befall(self, where: str, damage: Damage, folder: Path, chance: random.Random) -> None:
        if done := damage(folder, chance):
            self.befell.append(f"{where}, {damage.__name__}: {done}")

    def _kill(self, chance: random.Random) -> bool:
        """A build that does not come to its end; whether there was one."""
        if "kills" not in self._damages or chance.random() > 0.1:
            return False
        words = [sys.executable, "-m", "briefgen", "-C", str(self._project), "build"]
        to = subprocess.DEVNULL
        process = subprocess.Popen(words, stdout=to, stderr=to, env=_environment({}), start_new_session=True)
        after = chance.random() * 1.5
        time.sleep(after)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.befell.append(f"build, killed: after {after:.2f} s")
        return True


def here(words: list[str], surroundings: dict[str, str]) -> tuple[int, str, str]:
    """The command in this process."""
    out, error = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(error):
        try:
            main(words)
        except SystemExit as end:
            return int(end.code or 0), out.getvalue(), error.getvalue()


def apart(words: list[str], surroundings: dict[str, str]) -> tuple[int, str, str]:
    """The command in a process of its own."""
    command = [sys.executable, "-m", "briefgen", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=_environment(surroundings))
    return done.returncode, done.stdout, done.stderr


def _environment(surroundings: dict[str, str]) -> dict[str, str]:
    return environment({"PYTHONPATH": str(ROOT), **surroundings})


def _surroundings(chance: random.Random) -> dict[str, str]:
    """Another hash seed, time zone and locale each time (seen by a process of its own only)."""
    zone, locale = chance.choice(("UTC", "Pacific/Apia", "America/St_Johns")), chance.choice(("C", "C.UTF-8"))
    return {"PYTHONHASHSEED": str(chance.randrange(1000)), "TZ": zone, "LC_ALL": locale}


def _knows(option: str) -> bool:
    return any(option in one.opts for one in cli.commands["build"].params)


def _save(file: Path, text: str, chance: random.Random) -> None:
    """In place, or a new file in place of the old; some are dated back, as those unpacked from an archive are."""
    file.parent.mkdir(parents=True, exist_ok=True)
    to = file.with_name(".saving.tmp") if chance.random() < 0.6 else file
    to.write_bytes(text.encode())
    if chance.random() < 0.2:
        moment = time.time_ns() - chance.randrange(1, 10**6) * 10**9
        os.utime(to, ns=(moment, moment))
    if to != file:
        to.replace(file)


def _site(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): _digest(p.read_bytes()) for p in sorted(folder.rglob("*")) if p.is_file()}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
