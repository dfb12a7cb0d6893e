"""What comes from outside, and what may be done with it: locks, workflows, and every exception to a check with its reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

from tests.kit import ROOT

LOCKS = ROOT / ".ci/lock"
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKED = "--require-hashes --only-binary :all: -r .ci/lock/"
OWN = "--no-index --no-deps --no-build-isolation"


def named(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(lock: str) -> dict[str, tuple[str, int]]:
    """What a lock holds: package -> its version, and how many files of it are allowed."""
    text = (LOCKS / lock).read_text(encoding="utf-8")
    blocks = re.findall(r"^([\w.-]+)==(\S+)[^\n]*\\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.MULTILINE)
    return {named(name): (version, hashes.count("--hash=")) for name, version, hashes in blocks}


# ---------------------------------------------------------------- locks


@pytest.mark.parametrize("lock", ["run.txt", "dev.txt"])
def test_every_line_of_a_lock_is_a_package_a_hash_or_a_remark(lock: str) -> None:
    # So no host, no folder, no repository and no option can stand in one.
    lines = (LOCKS / lock).read_text(encoding="utf-8").splitlines()
    package = r"[\w.-]+==[\w.]+( ; [\w. '<>=!]+)? \\"
    for line in lines:
        assert re.fullmatch(rf"{package}|    --hash=sha256:[0-9a-f]{{64}}( \\)?| *#.*", line), line
        assert "://" not in line
    assert len(pinned(lock)) == sum("==" in line for line in lines if not line.lstrip().startswith("#"))


@pytest.mark.parametrize(("lock", "extras"), [("run.txt", ()), ("dev.txt", ("dev",))])
def test_a_lock_holds_all_that_the_project_names_within_its_ranges(lock: str, extras: tuple[str, ...]) -> None:
    held = pinned(lock)
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]]
    wanted += [one for extra in extras for one in PROJECT["project"]["optional-dependencies"][extra]]
    for one in map(Requirement, wanted):
        assert held.get(named(one.name), ("0", 0))[0] in one.specifier, f"{one}: the lock is old, see .ci/lock/make"


def test_both_locks_agree() -> None:
    run, dev = pinned("run.txt"), pinned("dev.txt")
    assert run.items() <= dev.items()


def commands() -> Iterator[tuple[str, str]]:
    """Every line of .ci/run and of the workflows that installs something."""
    for path in (ROOT / ".ci/run", *WORKFLOWS):
        for line in path.read_text(encoding="utf-8").splitlines():
            if re.search(r"pip3? install", line) and not line.lstrip().startswith("#"):
                yield path.name, line.strip()


def test_ci_installs_from_the_locks_alone() -> None:
    found = list(commands())
    assert {name for name, _ in found} == {"run", "pages.yml", "release.yml"}
    assert all(LOCKED in line or OWN in line for _, line in found), found


# ---------------------------------------------------------------- workflows


def workflow(path: Path) -> dict[str, Any]:
    loaded = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    assert isinstance(loaded, dict)
    return loaded


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.name)
def test_a_workflow_may_nothing_and_each_job_what_it_says(path: Path) -> None:
    read = workflow(path)
    assert read["permissions"] == {}
    for job in read["jobs"].values():
        assert isinstance(job["permissions"], dict)
        assert job["timeout-minutes"]
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] == "false"
    assert "pull_request_target" not in read["on"]
    assert "secrets." not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.name)
def test_who_may_sign_or_write_runs_nothing_of_the_repository(path: Path) -> None:
    for job in workflow(path)["jobs"].values():
        if "write" in job["permissions"].values():
            assert not any("run" in step or "checkout" in step["uses"] for step in job["steps"])


def test_a_release_is_tested_built_once_attested_and_published_in_this_order() -> None:
    jobs = workflow(ROOT / ".github/workflows/release.yml")["jobs"]
    assert [(name, job.get("needs", "")) for name, job in jobs.items()] == [
        ("test", ""),
        ("build", "test"),
        ("attest", "build"),
        ("publish", "attest"),
    ]
    assert [step.get("run") for step in jobs["test"]["steps"]][-1] == "bash .ci/run"
    assert jobs["attest"]["permissions"] == {"id-token": "write", "attestations": "write"}
    assert jobs["publish"]["permissions"] == {"id-token": "write"}  # trusted publishing: no password, no token kept
    assert "password" not in str(jobs["publish"])
    assert "'cache'" not in str(jobs)


def test_ci_checks_every_workflow() -> None:
    run = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "workflows=(.github/workflows/*.yml briefgen/starter_site/dot-github/workflows/*.yml)" in run
    assert "zizmor --offline" in run
    assert "vendor.github-workflows" in run


# ---------------------------------------------------------------- exceptions to the checks


SUPPRESSION = re.compile(r"#\s*(noqa|type:\s*ignore|pragma|nosec)\b(?P<rest>.*)$", re.IGNORECASE)


def suppressions() -> Iterator[tuple[str, str]]:
    for path in sorted([*(ROOT / "briefgen").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found = SUPPRESSION.search(line)
            if found and path != Path(__file__):
                yield f"{path.relative_to(ROOT)}:{number}", found["rest"]


def test_every_exception_to_a_check_names_the_rule_and_says_why() -> None:
    found = list(suppressions())
    assert len(found) > 20
    silent = [place for place, rest in found if not re.match(r"(\[[\w, -]+\]|: [A-Z]+\d+(, [A-Z]+\d+)*)  # \w+", rest)]
    assert not silent


def test_every_rule_switched_off_in_the_settings_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    switched = re.findall(r"^(?:  \"[A-Z]+\d+\".*|\"[^\"]+\" = \[.*)$", text.partition("[tool.ruff.lint]")[2], re.MULTILINE)
    assert len(switched) > 5
    assert all("# " in line for line in switched), switched
    overrides = re.findall(r"^(.*)\n\[\[tool\.mypy\.overrides\]\]", text, re.MULTILINE)
    assert overrides
    assert all(line.startswith("# ") for line in overrides)
    assert PROJECT["tool"]["mypy"] == {
        "strict": True,
        "files": ["briefgen", "tests"],
        "overrides": PROJECT["tool"]["mypy"]["overrides"],
    }
    assert all(set(o) == {"module", "ignore_missing_imports"} for o in PROJECT["tool"]["mypy"]["overrides"])
    assert "S" in PROJECT["tool"]["ruff"]["lint"]["select"]


def test_the_rules_of_security_hold_in_all_of_the_program() -> None:
    off = {
        rule
        for rules in PROJECT["tool"]["ruff"]["lint"]["per-file-ignores"].items()
        if "tests" not in rules[0]
        for rule in rules[1]
    }
    assert not {rule for rule in [*off, *PROJECT["tool"]["ruff"]["lint"]["ignore"]] if re.match(r"S\d*$", rule)}


# ---------------------------------------------------------------- what is said of it


def test_every_test_that_security_md_names_is_there() -> None:
    text = (ROOT / ".github/SECURITY.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/\w+\.py)`", text)
    assert len(named) > 5
    assert [name for name in named if not (ROOT / name).exists()] == []
    links = re.findall(r"\]\(([^)#]+)\)", text)
    assert links
    assert [link for link in links if not (ROOT / ".github" / link).exists()] == []


def test_as_many_dependencies_as_security_md_says() -> None:
    assert "Twelve dependencies" in (ROOT / ".github/SECURITY.md").read_text(encoding="utf-8")
    assert len(PROJECT["project"]["dependencies"]) == 12
