"""What the README claims, tried: the dependency table, the two commands, the tour word by word, the layout."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

from tests.kit import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def briefgen(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "briefgen", "-C", str(project), *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


def test_every_dependency_has_its_line_and_no_other() -> None:
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {re.split(r"[<>=~]", n)[0] for n in needed}
    table = README.partition("## Dependencies")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `([\w-]+)`", table, re.MULTILINE)) == names
    assert len(names) <= 12
    assert all("<" in n and ">=" in n for n in needed)


def test_ci_runs_what_the_readme_says() -> None:
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    setup, tests = blocks("sh")[:2]
    for command in (setup.strip().split(" && ")[-1], tests.strip().split(" && ")[-1], tests.strip().split(" && ")[0]):
        assert command in ci


def test_the_layout_is_there() -> None:
    table = README.partition("## The code")[2]
    for place in re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE):
        assert (ROOT / place).exists(), place


def test_the_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("https://") or (ROOT / target).exists(), target


Run = Callable[..., "subprocess.CompletedProcess[str]"]


def walk_the_tour(project: Path, run: Run) -> None:
    """The tour of the README word by word in an empty folder; `run(project, *words)` runs briefgen there."""
    shutil.copytree(ROOT / "content", project / "content")
    commands = [c.strip().removeprefix(".venv/bin/briefgen ") for c in blocks("sh")[2:]]
    quote, new, check = commands
    found = run(project, "quote", quote.split('"')[1])
    assert "mirage-lna: Battlefield developments" in found.stdout

    yaml = blocks("yaml")
    with (project / "content/actors/people.yaml").open("a", encoding="utf-8") as people:
        people.write("\n" + yaml[1])
    assert run(project, *new.split()).returncode == 0
    starter = project / "content/events/call-for-ceasefire.yaml"
    assert starter.exists()
    starter.write_text(yaml[2], encoding="utf-8")
    good = run(project, check, "--strict")
    assert good.returncode == 0, good.stdout + good.stderr

    starter.write_text(yaml[2].replace("On July 1", "On July 2"), encoding="utf-8")
    bad = run(project, check)
    assert bad.returncode == 1
    assert "content/events/call-for-ceasefire.yaml:6:17: error[words-not-found]" in bad.stdout + bad.stderr
    assert "On July 1" in bad.stdout + bad.stderr
    assert "word" in run(project, "explain", "words-not-found").stdout

    assert run(project, "build").returncode == 1
    assert not (project / "site").exists()
    starter.write_text(yaml[2], encoding="utf-8")
    assert run(project, "build").returncode == 0
    assert "immediate ceasefire" in (project / "site/events/call-for-ceasefire.html").read_text(encoding="utf-8")


def test_the_tour(tmp_path: Path) -> None:
    walk_the_tour(tmp_path, briefgen)
