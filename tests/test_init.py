"""A new briefing: every kind of record once, no findings, nothing overwritten, and the workflow that publishes it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # it carries no types
import pytest
import yaml

from briefgen import __version__
from briefgen.build import Order, build
from briefgen.cli import cli, main
from briefgen.init import init, program, starter_files
from briefgen.load.fields import RECORD_KINDS
from briefgen.publish.refusal import Refusal
from briefgen.schema import PATTERNS
from briefgen.tools import look
from tests.kit import ROOT

WORKFLOWS = ROOT / ".github/workflows"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    init(tmp_path / "x")
    return tmp_path / "x"


def held(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_it_builds_with_no_findings(project: Path) -> None:
    result = build(Order(project, strict=True), project / "site", lambda: None)
    assert [d for d in result.diagnostics if d.severity != "info"] == []
    assert result.written
    assert (project / "site/index.html").exists()


def test_it_shows_every_kind_of_record(project: Path) -> None:
    briefing = look(project)
    kinds = Counter(record.kind for record in briefing.records.values())
    assert set(kinds) == set(RECORD_KINDS)
    assert briefing.articles
    assert briefing.relations
    assert {page.id for page in briefing.pages} >= {"index", "about"}
    assert any(record.delegations for record in briefing.records.values())
    people = {record.text("kind") for record in briefing.records.values() if record.kind == "actor"}
    assert "" in people
    assert len(people) > 1


def test_the_example_says_that_it_is_invented(project: Path) -> None:
    build(Order(project), project / "site", lambda: None)
    for name in ("content/site.yaml", "content/index.md", "content/articles/harbour-record.md", "README.md", "site/index.html"):
        assert "invented" in (project / name).read_text(encoding="utf-8"), name


def test_every_file_of_facts_explains_itself() -> None:
    for name, data in starter_files().items():
        if name.startswith("content/") and name.endswith(".yaml"):
            assert data.startswith(b"# "), name


def test_there_is_all_that_an_editor_needs(project: Path) -> None:
    settings = json.loads((project / ".vscode/settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert set(settings.values()) == set(PATTERNS.values())
    for schema, pattern in settings.items():
        rules = json.loads((project / schema).read_text(encoding="utf-8"))
        files = sorted(project.glob(pattern))
        assert files, pattern
        for file in files:
            facts = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # strings only
            jsonschema.validate(facts, rules)
    assert "redhat.vscode-yaml" in (project / ".vscode/extensions.json").read_text(encoding="utf-8")
    ignored = (project / ".gitignore").read_text(encoding="utf-8").split("\n")
    assert {"/site/", "/.briefgen/"} <= set(ignored)


def test_the_readme_names_what_is_there(project: Path) -> None:
    text = (project / "README.md").read_text(encoding="utf-8")
    for place in re.findall(r"`(content/[\w/.-]+|\.github/[\w/.-]+|requirements\.txt)`", text):
        assert (project / place).exists() or place == "content/static/", place
    commands = set(re.findall(r"briefgen ([a-z]+)\b", re.sub(r"^[^`|.]*$", "", text, flags=re.MULTILINE)))
    assert {"serve", "build", "quote", "new", "check", "explain", "schema"} <= commands <= set(cli.commands)


# ---------------------------------------------------------------- never overwrites


@pytest.mark.parametrize(
    "name",
    ["README.md", "content/site.yaml", ".github/workflows/pages.yml", "requirements.txt", ".gitignore", "content", ".github"],
)
def test_a_file_in_the_way_stops_it(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(Refusal, match=re.escape(f"{tmp_path / name} is there already. Nothing was written.")):
        init(tmp_path)
    assert held(tmp_path) == {name: b"mine"}


def test_a_link_that_leads_nowhere_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "README.md").symlink_to(tmp_path / "none")
    with pytest.raises(Refusal, match=r"README\.md is there already"):
        init(tmp_path)
    assert not (tmp_path / "none").exists()


def test_a_briefing_is_never_mixed_with_another(tmp_path: Path) -> None:
    (tmp_path / "content/actors").mkdir(parents=True)
    (tmp_path / "content/actors/mine.yaml").write_text("a: A\n", encoding="utf-8")
    with pytest.raises(Refusal, match="content is there already"):
        init(tmp_path)
    assert list(held(tmp_path)) == ["content/actors/mine.yaml"]


def test_a_folder_with_other_files_is_taken(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text("mine", encoding="utf-8")
    init(tmp_path)
    assert (tmp_path / "LICENSE").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "content/site.yaml").exists()


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[object, str, str]:
    with pytest.raises(SystemExit) as end:
        main(list(arguments))
    said = capsys.readouterr()
    return end.value.code, said.out, said.err


def test_the_command_says_what_to_do_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, _ = run(capsys, "init", "my briefing")
    assert status == 0
    assert out.count("\n") <= 2
    assert "Next: cd 'my briefing' && briefgen serve --open" in out
    assert run(capsys, "-C", "my briefing", "build", "--strict")[0] == 0
    before = held(tmp_path)
    status, out, err = run(capsys, "-C", "my briefing", "init", ".")
    assert (status, out) == (2, "")
    assert "is there already. Nothing was written." in err
    assert held(tmp_path) == before


def test_a_file_is_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x").write_text("mine", encoding="utf-8")
    status, _, err = run(capsys, "init", "x")
    assert status == 2
    assert err.startswith("briefgen: x is there already.")


# ---------------------------------------------------------------- the program it is built with


def requirement(made: dict[str, bytes]) -> str:
    return made["requirements.txt"].decode().strip().rpartition("\n")[2]


def test_a_wheel_at_hand_comes_along(tmp_path: Path) -> None:
    wheel = tmp_path / "a b" / "briefgen-1.0-py3-none-any.whl"
    wheel.parent.mkdir()
    wheel.write_bytes(b"wheel")
    made = program({"url": wheel.as_uri(), "archive_info": {}})
    assert requirement(made) == "./wheels/briefgen-1.0-py3-none-any.whl"
    assert made["wheels/briefgen-1.0-py3-none-any.whl"] == b"wheel"
    wheel.unlink()
    assert requirement(program({"url": wheel.as_uri(), "archive_info": {}})) == f"briefgen=={__version__}"


def test_a_repository_is_named_with_its_commit() -> None:
    source = {"url": "https://github.com/desk/briefgen", "vcs_info": {"vcs": "git", "commit_id": "0" * 40}}
    assert requirement(program(source)) == f"briefgen @ git+https://github.com/desk/briefgen@{'0' * 40}"


@pytest.mark.parametrize("source", [{}, {"url": "file:///work/main", "dir_info": {"editable": True}}])
def test_else_the_index_is_asked_for_this_version(source: dict[str, Any]) -> None:
    assert requirement(program(source)) == f"briefgen=={__version__}"


# ---------------------------------------------------------------- workflows


def steps(workflow: dict[str, Any], job: str) -> Iterator[dict[str, Any]]:
    return iter(workflow["jobs"][job]["steps"])


def read(text: str | bytes) -> dict[str, Any]:
    loaded = yaml.load(text, yaml.BaseLoader)  # strings only
    assert isinstance(loaded, dict)
    return loaded


def test_the_starters_workflow_is_our_own_but_for_the_program_and_strictness() -> None:
    ours = read((WORKFLOWS / "pages.yml").read_text(encoding="utf-8").replace(" --strict", ""))
    theirs = read(starter_files()[".github/workflows/pages.yml"])
    for workflow in (ours, theirs):
        _, setup, install, *_ = steps(workflow, "build")
        setup["with"].pop("cache-dependency-path")
        assert "pip install" in install.pop("run")
    assert ours == theirs


def test_only_the_deployment_may_write() -> None:
    workflow = read((WORKFLOWS / "pages.yml").read_text(encoding="utf-8"))
    assert workflow["permissions"] == {}
    assert workflow["jobs"]["build"]["permissions"] == {"contents": "read", "pages": "read"}
    assert workflow["jobs"]["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert "pull_request" in workflow["jobs"]["deploy"]["if"]
    assert isinstance(workflow["concurrency"]["group"], str)


def test_findings_come_before_the_site_and_reviewers_get_it_as_a_zip() -> None:
    workflow = read((WORKFLOWS / "pages.yml").read_text(encoding="utf-8"))
    runs = [step["run"] for step in steps(workflow, "build") if "run" in step]
    assert [line.split()[:2] for line in runs[1:]] == [["test", "-z"], ["briefgen", "check"], ["briefgen", "build"]]
    assert "--format github" in runs[2]
    zipped = next(s for s in steps(workflow, "build") if s.get("uses", "").startswith("actions/upload-artifact@"))
    assert zipped["if"] == "github.event_name == 'pull_request'"
    assert zipped["with"]["path"] == "site/"


PUBLISHER = "pypa/gh-action-pypi-publish"  # the index's own way to be published to without a secret


def test_every_action_is_official_and_pinned_and_one_version_is_used_everywhere() -> None:
    texts = [p.read_text(encoding="utf-8") for p in sorted(WORKFLOWS.glob("*.yml"))]
    texts.append(starter_files()[".github/workflows/pages.yml"].decode())
    used = [line.strip() for text in texts for line in re.findall(r"uses: (.*)", text)]
    assert used
    assert all(re.fullmatch(rf"(actions/[a-z-]+|{PUBLISHER})@[0-9a-f]{{40}} # v\d+\.\d+\.\d+", line) for line in used)
    assert len({line.split("@")[0] for line in used}) == len(set(used))
