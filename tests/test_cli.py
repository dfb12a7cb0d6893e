"""The command line: exit status, what is said where, and that nothing a user does ends in a traceback."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from briefgen import progress
from briefgen.cli import cli, main
from briefgen.publish.lock import locked
from tests.kit import ROOT, site

PROJECT = """
//- content/site.yaml
name: Talks
url: https://example.org/talks/
//- content/index.md
---
title: Talks
---
They talked [@release: met virtually].
//- content/articles/release.md
---
title: A release
rights: us-gov
format: plain
---
The LNA and Jane Doe met virtually on July 1 to speak of peace.
//- content/actors/people.yaml
jane-doe: Jane Doe
lna: {name: LNA, kind: armed-force}
//- content/meetings/talks.yaml
name: The talks
from: release
date: {2020-07-01: on July 1}
format: {virtual: met virtually}
"""
FAULT = "khalifa:\n  name: Khalifa\n  roles:\n    Général: {release: talked of حرب}\n"


class Said(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Said]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    put(tmp_path / "p", site(PROJECT).files)
    monkeypatch.chdir(tmp_path / "p")
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    return tmp_path / "p"


def put(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(progress, "PATIENCE", 60)  # whatever else the machine does

    def run(*arguments: str) -> Said:
        with pytest.raises(SystemExit) as end:
            main(list(arguments))
        said = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return Said(end.value.code, said.out, said.err)

    return run


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run([sys.executable, "-m", "briefgen", *arguments], capture_output=True, env=env, check=False)


def names(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


# ---------------------------------------------------------------- build, check


def test_build_publishes_and_sums_up(project: Path, run: Run) -> None:
    said = run("build")
    assert (said.status, said.err) == (0, "")
    assert re.fullmatch(r"0 errors, 0 warnings\..* \d+ pages in site/, \d+ citations verified, \d+\.\d s\n", said.out)
    pages = {name for name in names(project / "site") if name.endswith(".html")}
    assert f" {len(pages)} pages in site/" in said.out
    assert {"index.html", "meetings/talks.html", "actors/jane-doe.html", "articles/release.html", "404.html"} <= pages
    before = {name: (project / "site" / name).stat().st_mtime_ns for name in pages}
    assert run("build").status == 0
    assert {name: (project / "site" / name).stat().st_mtime_ns for name in pages} == before


def test_check_writes_nothing(project: Path, run: Run) -> None:
    before = names(project)
    said = run("check")
    assert said.status == 0
    assert re.search(r"\d+ pages, \d+ citations verified, \d+\.\d s\n$", said.out)
    assert {name for name in names(project) if not name.startswith(".briefgen/")} == before


def test_with_an_error_nothing_is_published(project: Path, run: Run) -> None:
    run("build")
    before = names(project / "site")
    put(project, {"content/actors/more.yaml": FAULT})
    said = run("build")
    assert said.status == 1
    assert "content/actors/more.yaml:4:" in said.out
    assert "error[words-not-found]" in said.out
    assert "    Général: {release: talked of حرب}\n" in said.out
    assert "Nothing was published" in said.out
    assert "`briefgen explain words-not-found` says more" in said.out
    assert names(project / "site") == before
    assert run("check").status == 1


def test_warnings_fail_only_under_strict(project: Path, run: Run) -> None:
    put(project, {"content/actors/stray.txt": "x: X\n"})
    said = run("build", "--strict")
    assert said.status == 1
    assert "warning[stray-file]" in said.out
    assert not (project / "site").exists()
    assert run("check", "--strict").status == 1
    assert run("check").status == 0
    assert run("build").status == 0
    assert (project / "site/index.html").exists()


def test_remarks_are_shown_on_demand(project: Path, run: Run) -> None:
    quiet, loud = run("check"), run("check", "-v")
    assert "info[" not in quiet.out
    if found := re.search(r"(\d+) remarks? with -v", quiet.out):
        assert loud.out.count("info[") == int(found[1])


def test_paths_are_those_of_the_current_folder(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    put(project, {"content/actors/more.yaml": FAULT})
    monkeypatch.chdir(project / "content" / "actors")
    assert run("check").out.startswith("more.yaml:4:")
    monkeypatch.chdir(project.parent)
    assert run("-C", "p", "check").out.startswith("p/content/actors/more.yaml:4:")


def test_json_is_alone_on_the_output(project: Path, run: Run) -> None:
    put(project, {"content/actors/more.yaml": FAULT})
    report = json.loads(run("build", "--format", "json").out)
    assert report["findings"][0]["file"] == "content/actors/more.yaml"
    assert report["summary"]["errors"] >= 1
    assert report["summary"]["published"] is False
    (project / "content/actors/more.yaml").unlink()
    report = json.loads(run("build", "--format", "json").out)
    assert report["summary"]["published"] is True
    assert report["summary"]["pages"] > 5


def test_github_paths_lead_from_the_top_of_the_workspace(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    put(project, {"content/actors/more.yaml": FAULT})
    monkeypatch.setenv("GITHUB_WORKSPACE", str(project.parent))
    assert "::error file=p/content/actors/more.yaml,line=4,endLine=4,col=" in run("check", "--format", "github").out


def test_the_address_can_be_given(project: Path, run: Run) -> None:
    run("build", "--base-url", "https://elsewhere.example/x/")
    home = (project / "site/index.html").read_text(encoding="utf-8")
    assert "https://elsewhere.example/x/" in home
    assert "https://example.org/talks/" not in home


def test_the_output_can_be_given_from_the_current_folder(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.parent)
    said = run("-C", "p", "build", "--output", "public/web")
    assert " in public/web/," in said.out
    assert (project.parent / "public/web/index.html").exists()
    assert not (project / "site").exists()


def test_a_file_changed_by_hand_is_spoken_of(project: Path, run: Run) -> None:
    run("build")
    (project / "site/index.html").write_text("mine", encoding="utf-8")
    said = run("build")
    assert (said.status, "index.html" in said.err) == (0, True)
    assert (project / ".briefgen/replaced/site/index.html").read_text(encoding="utf-8") == "mine"


def test_a_second_build_waits(project: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with locked(project.resolve(), (project / "site").resolve(), lambda: None):
        other = subprocess.Popen(
            [sys.executable, "-m", "briefgen", "build", "--quiet"], env=env, stderr=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert other.stderr is not None
        assert other.stderr.readline() == b"Another build of site/ is running. Waiting for it.\n"
        assert not (project / "site").exists()
    other.communicate(timeout=60)
    assert other.returncode == 0
    assert (project / "site/index.html").exists()


# ---------------------------------------------------------------- wrong use


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("-C", "/", "build"), "There is no content folder"),
        (("-C", "none", "check"), "not a folder"),
        (("build", "--output", "content/actors"), "content/ is the project's own"),
        (("build", "--output", "."), "the project itself"),
        (("build", "--output", "afile"), "it is a file"),
        (("build", "--output", "full"), "full/notes.txt was not written by briefgen"),
        (("build", "--base-url", "example.org"), "not the address of a site"),
        (("check", "--base-url", "ftp://example.org"), "not the address of a site"),
        (("build", "--format", "xml"), "xml"),
        (("check", "--output", "x"), "--output"),
        (("biuld",), "biuld"),
        (("new", "persn", "x"), "Did you mean “person”? The kinds: person, organisation, actor, event"),
        (("new", "person", "jane-doe"), "is taken: actor “Jane Doe” in content/actors/people.yaml, line 1"),
        (("new", "person", "release"), "is taken: article “A release” in content/articles/release.md"),
        (("new", "person", "all"), "a meaning of its own"),
        (("new", "person", "Jane Roe"), "Write jane-roe."),
        (("quote", "peace", "--article", "relase"), "There are: release."),
        (("schema", "--print", "people"), "There are: actors"),
        (("explain", "words-not-fund"), "Did you mean “words-not-found”? The codes:"),
    ],
)
def test_wrong_use_is_a_sentence_and_status_2(project: Path, run: Run, arguments: tuple[str, ...], says: str) -> None:
    put(project, {"afile": "", "full/notes.txt": "mine"})
    before = names(project)
    said = run(*arguments)
    assert (said.status, said.out) == (2, "")
    assert says in said.err
    assert {name for name in names(project) if not name.startswith(".briefgen/")} == before


def test_what_the_disk_refuses_is_a_sentence(project: Path, run: Run) -> None:
    put(project, {"afile": ""})
    said = run("build", "--output", "afile/site")
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("briefgen: ")
    assert said.err.count("\n") == 1


def test_a_file_that_is_not_utf8_is_a_finding(project: Path, run: Run) -> None:
    (project / "content/actors/more.yaml").write_bytes(b"a: \xff\n")
    said = run("check")
    assert said.status == 1
    assert "error[bad-encoding]" in said.out


def test_a_terminal_without_the_letters_is_no_fault(project: Path) -> None:
    put(project, {"content/actors/more.yaml": FAULT})
    done = command("check", "--quiet", PYTHONIOENCODING="latin-1")
    assert (done.returncode, done.stderr) == (1, b"")
    assert rb"\u062d" in done.stdout


def test_a_reader_that_stops_reading_is_no_fault(project: Path) -> None:
    put(project, {f"content/actors/stray{n}.yml": "x" for n in range(3000)})
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-m", "briefgen", "check", "--quiet"], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as done:
        assert done.stdout is not None
        assert done.stderr is not None
        done.stdout.readline()
        done.stdout.close()
        assert done.stderr.read() == b""


@pytest.mark.parametrize(("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_colours_are_for_terminals(project: Path, environment: dict[str, str], coloured: bool) -> None:
    put(project, {"content/actors/more.yaml": FAULT})
    master, slave = pty.openpty()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", **environment}
    if "NO_COLOR" not in environment:
        env.pop("NO_COLOR", None)
    with subprocess.Popen([sys.executable, "-m", "briefgen", "check"], env=env, stdout=slave) as done:
        os.close(slave)
        said = b""
        try:
            while piece := os.read(master, 65536):
                said += piece
        except OSError:  # Linux ends a terminal's reading so
            pass
    os.close(master)
    assert done.returncode == 1
    assert (b"\x1b[" in said) is coloured
    assert b"words-not-found" in said


# ---------------------------------------------------------------- for editors


def test_new_begins_a_record_that_builds(project: Path, run: Run) -> None:
    made = [
        ("person", "jo"),
        ("ministry", "moi"),
        ("meeting", "m"),
        ("event", "e"),
        ("places", "pl"),
        ("topic", "t"),
        ("article", "a"),
        ("page", "p"),
    ]
    for kind, id_ in made:
        said = run("new", kind, id_)
        assert (said.status, said.err) == (0, "")
        path = said.out.split(" ")[0]
        assert (
            (project / path)
            .read_text(encoding="utf-8")
            .splitlines()[0 if path.endswith("yaml") else 1]
            .startswith("# yaml-language-server: ")
        )
    assert "kind: ministry" in (project / "content/actors/moi.yaml").read_text(encoding="utf-8")
    said = run("check")
    assert said.status == 0, said.out
    for kind, id_ in made:
        assert run("new", kind, id_).status == 2
    assert (project / ".briefgen/.gitignore").read_text() == "*\n"


def test_new_overwrites_nothing(project: Path, run: Run) -> None:
    put(project, {"content/topics/peace.yaml": ""})
    said = run("new", "topic", "peace")
    assert said.status == 2
    assert "content/topics/peace.yaml is there already" in said.err
    assert (project / "content/topics/peace.yaml").read_text() == ""


def test_an_old_id_is_taken(project: Path, run: Run) -> None:
    put(project, {"content/topics/t.yaml": "peace: {name: Peace, was: [quiet]}\n"})
    assert "an old id of “peace”" in run("new", "topic", "quiet").err


def test_schemas_are_written_and_kept_up_to_date(project: Path, run: Run) -> None:
    said = run("schema")
    assert said.status == 0
    assert "11 schemas in .briefgen/schemas/." in said.out
    assert json.loads(said.out[said.out.index("{") :])["yaml.schemas"][".briefgen/schemas/actors.json"] == "content/actors/*.yaml"
    actors = project / ".briefgen/schemas/actors.json"
    assert "jane-doe" in actors.read_text(encoding="utf-8")
    put(project, {"content/actors/more.yaml": "john-roe: John Roe\n"})
    run("build")
    assert "john-roe" in actors.read_text(encoding="utf-8")
    assert json.loads(run("schema", "--print", "actor").out) == json.loads(actors.read_text(encoding="utf-8"))
    assert run("schema", "--output", "elsewhere").status == 0
    assert (project / "elsewhere/site.json").exists()


def test_quote_prints_what_can_be_pasted(project: Path, run: Run) -> None:
    said = run("quote", "met", "virtually", "--indent", "4")
    assert said.status == 0
    assert said.out.endswith("    release: met virtually\n")
    assert run("quote", "met virtualy").status == 1
    assert "release: met virtually" in run("quote", "met virtualy", "-a", "release").out


def test_explain_prints_the_section_of_the_guide(project: Path, run: Run) -> None:
    said = run("explain", "words-not-found")
    assert said.status == 0
    assert said.out.startswith("words-not-found\n\n")
    assert len(said.out) > 100
    assert re.search(r"^    +\^ words-not-found$", said.out, re.MULTILINE)
    assert not re.search("^(###|```|//)", said.out, re.MULTILINE)


@pytest.mark.parametrize("name", ["", *cli.commands])
def test_every_command_shows_an_example(run: Run, name: str) -> None:
    said = run(*([name] if name else []), "--help")
    assert said.status == 0
    assert f"Example:\n    briefgen {name}" in said.out or f"Example:\n  briefgen {name}" in said.out


def test_help_waits_for_no_library_of_a_build() -> None:
    program = (
        "import sys\nfrom briefgen.cli import main\ntry:\n main(['build', '--help'])\nexcept SystemExit: pass\n"
        "print(sorted({'jinja2', 'yaml', 'markdown_it', 'rapidfuzz', 'ahocorasick_rs', 'iso3166'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.endswith("\n[]\n")


def test_the_version_is_told(run: Run) -> None:
    assert re.fullmatch(r"briefgen \d+\.\d+.*\n", run("--version").out)


def test_plain_lines_say_what_is_begun_and_how_far_it_is() -> None:
    stream = io.StringIO()
    with progress.Progress(stream) as shown:
        shown._next = 0
        for step in (("Making pages", 0, 656), ("Making pages", 26, 656), ("Writing the site", 12, 302)):
            shown.step(*step)
    assert stream.getvalue() == "Making pages: 656\nWriting the site: 12 of 302 done\n"
