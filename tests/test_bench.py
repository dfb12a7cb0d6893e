"""The briefings of the benchmarks are sound and always the same; what is measured was done; the tools for long runs see faults."""

from __future__ import annotations

import random
import re
import shutil
import statistics
import sys
from pathlib import Path

import pytest

from briefgen.compile import compile_site
from briefgen.publish.disk import packaged_theme, take
from tests.bench import __main__ as bench
from tests.bench import figures, hugo, make, measure, sequences, tables
from tests.bench.aims import AIMS, verdicts
from tests.bench.damage import TO_SITE, TO_STATE
from tests.bench.edits import Edit, appearing, edits, hugo_edits
from tests.bench.figures import Figure
from tests.bench.processes import Command, peak, run
from tests.bench.sides import BRIEFGEN, HUGO, must_be_whole, must_show, sides
from tests.bench.ways import InMemory, Outcome
from tests.bench.world import Person, world
from tests.kit import ROOT
from tests.lookkit import needs_browser
from tests.reliability import tree
from tests.test_incremental import Desk

# ---------------------------------------------------------------- what is built


def test_a_briefing_of_a_hundred_pages_is_as_said(tmp_path: Path) -> None:
    make.write(tmp_path, 100)
    built = compile_site(take(tmp_path, packaged_theme()))
    assert [d for d in built.diagnostics if d.severity != "info"] == []
    pages = [url for url in built.outputs if url.startswith(("articles/", "actors/", "meetings/")) and url.endswith(".html")]
    assert len(pages) == 100
    assert all(c.cites for c in built.briefing.claims)
    assert dict(make.files(100)) == dict(make.files(100)) != dict(make.files(100, seed=2))


def test_the_parts_of_a_thousand_pages_are_as_said() -> None:
    made = world(1000)
    assert (len(made.articles), len(made.people) + len(made.bodies), len(made.rounds)) == (500, 350, 150)
    assert all(len(seats) == 5 for one in made.rounds for _, seats in one.sides)
    assert all(len(one.sides) == 2 for one in made.rounds)
    assert 380 < statistics.mean(len(one.text.split()) for one in made.articles) < 420
    names = re.compile("|".join(re.escape(person.name) for person in made.people))
    assert min(len(names.findall(one.text)) for one in made.articles) >= 3


@pytest.mark.parametrize("site", ["demonstration", "100"])
def test_every_edit_is_to_be_seen_leaves_no_error_and_can_be_taken_back(tmp_path: Path, site: str) -> None:
    if site == "demonstration":
        shutil.copytree(ROOT / "content", tmp_path / "content")
    else:
        make.write(tmp_path, int(site))
    before = tree(tmp_path)
    for edit in edits(tmp_path):
        edit.apply(7)
        page = compile_site(take(tmp_path, packaged_theme())).outputs[edit.page]
        assert edit.words(7) in bytes(page).decode(), edit.name
        assert tree(tmp_path) != before
        edit.undo()
        assert tree(tmp_path) == before


def test_the_renamed_person_stands_on_about_so_many_pages(tmp_path: Path) -> None:
    people = [Person("few", "Ala Bel"), Person("some", "Cal Dem"), Person("many", "Eno Fim")]
    for n in range(9):
        held = ["Ala Bel"][: n < 1] + ["Cal Dem"][: n < 4] + ["Eno Fim"]
        (tmp_path / f"{n}.html").write_text(f"<p>It was <b>{'</b> and <b>'.join(held)}</b>.")
    assert [appearing(tmp_path, people, pages).id for pages in (0, 3, 5, 50)] == ["few", "some", "some", "many"]


# ---------------------------------------------------------------- Hugo's site


@pytest.fixture(scope="module")
def hugos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which Hugo has built its site of a hundred pages."""
    folder = tmp_path_factory.mktemp("hugo")
    [side] = [one for one in sides("100", folder) if one.name == HUGO]
    run(side.build)
    must_be_whole(side)
    return folder / "hugo"


def test_hugo_builds_the_same_pages_and_links_no_names_in_prose(hugos: Path) -> None:
    made = world(100)
    for article in made.articles:
        page = (hugos / f"site/articles/{article.id}.html").read_text()
        assert all(f"<p>{paragraph}</p>" in page for paragraph in article.paragraphs)
    sizes = [path.stat().st_size for path in (hugos / "site").rglob("*.html")]
    assert 3_000 < statistics.mean(sizes) < 5_000


def test_hugos_pages_show_delegations_and_lead_on(hugos: Path) -> None:
    one = world(100).rounds[0]
    meeting = (hugos / f"site/meetings/{one.id}.html").read_text()
    for body, seats in one.sides:
        assert f'<a href="/bench/organisations/{body.id}.html">{body.name}</a>' in meeting
        for person, post in seats:
            assert f'<a href="/bench/people/{person.id}.html">{person.name}</a></td><td>{post}</td>' in meeting
            assert one.name in (hugos / f"site/people/{person.id}.html").read_text()
    for page in (hugos / "site").rglob("*.html"):
        for path in re.findall(r'href="/bench/([^"]*)"', page.read_text()):
            assert (hugos / "site" / (path or "index.html")).is_file(), (page, path)


def test_the_edits_are_the_same_for_hugo(hugos: Path, tmp_path: Path) -> None:
    make.write(tmp_path, 100)
    person = world(100).people[3]
    before = tree(hugos / "project")
    for ours, theirs in zip(edits(tmp_path, person), hugo_edits(hugos / "project", person), strict=True):
        theirs.apply(1)
        assert (theirs.name, theirs.words(1)) == (ours.name, ours.words(1))
        assert tree(hugos / "project") != before
        theirs.undo()
        assert tree(hugos / "project") == before


def test_hugo_is_there_and_says_its_version() -> None:
    program = hugo.binary()
    assert program is not None
    assert re.fullmatch(r"\d+\.\d+\.\d+", hugo.version(program))


# ---------------------------------------------------------------- measuring


def test_a_small_benchmark_measures_both_and_writes_it_down(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept, shown = tmp_path / "runs.json", tmp_path / "RESULTS.md"
    shown.write_text(f"# Measured\n\n{tables.BEGIN}\nold\n{tables.END}\n\nMore.\n")
    command = ["30", "--runs", "1", "--only", "commands", "--edit", "name", "--json", str(kept), "--markdown", str(shown)]
    bench.main(command)
    machine, held = figures.kept(kept)
    both = {"cold build", "files written", "bytes written", "peak memory, cold", "nothing changed"}
    both |= {"one edit: name", "peak memory, one edit: name"}
    assert {(one.side, one.what) for one in held} == {(s, w) for s in (BRIEFGEN, HUGO) for w in both} | {(BRIEFGEN, "check")}
    assert all(value > 0 for one in held for value in (*one.runs, *one.cpu))
    assert {"cores", "Python", "Hugo", "load before"} <= machine.keys()
    text = shown.read_text()
    assert text.startswith("# Measured\n")
    assert text.endswith("\nMore.\n")
    assert "\nold\n" not in text
    assert text.count("| 30 |") == len(both) + 1
    assert "cold build" in capsys.readouterr().out
    bench.main(["--read", str(kept), "--markdown", str(tmp_path / "again.md")])
    assert text.split(tables.BEGIN)[1].split(tables.END)[0] in (tmp_path / "again.md").read_text()


def test_a_build_that_fails_is_no_figure(tmp_path: Path) -> None:
    [side] = [one for one in sides("30", tmp_path) if one.name == BRIEFGEN]
    article = side.project / "content/articles/report-00001.md"
    article.write_text(article.read_text().replace("publisher:", "publsher:"))
    with pytest.raises(SystemExit, match="publsher"):
        run(side.build)
    with pytest.raises(SystemExit, match="publsher"):
        peak(side.build)


def test_a_page_that_was_not_written_or_shows_no_edit_is_no_figure(tmp_path: Path) -> None:
    [side] = [one for one in sides("30", tmp_path) if one.name == BRIEFGEN]
    with pytest.raises(SystemExit, match=r"did not write actors/p-00001\.html"):
        must_be_whole(side)
    side.output.mkdir()
    (side.output / "a.html").write_text("<p>round qa of the talks</p>")
    edit = Edit("article", "a.html", lambda n: None, lambda n: "round qb of the talks", lambda: None)
    with pytest.raises(SystemExit, match="does not show"):
        must_show(side, edit, 1)


_HOLDING = """
import subprocess, sys, time
child = len(sys.argv) > 1 or subprocess.Popen([sys.executable, __file__, "child"])
held = b"x" * 60_000_000
time.sleep(1)
len(sys.argv) > 1 or child.wait()
"""


def test_the_memory_is_that_of_all_processes_together(tmp_path: Path) -> None:
    (tmp_path / "holding.py").write_text(_HOLDING)
    words = (sys.executable, str(tmp_path / "holding.py"))
    alone = peak(Command((*words, "child"), tmp_path / "said"))
    assert 57 < alone < 90
    assert 114 < peak(Command(words, tmp_path / "said")) < 180


def _figures(ours: float, theirs: float) -> list[Figure]:
    names = sorted({aim.what for aim in AIMS})
    held = [Figure(site, what, "s", (ours, ours * 2, ours / 2)) for site in ("1000", "10000", "100000") for what in names]
    return held + [one._replace(side=HUGO, runs=(theirs,)) for one in held]


def test_aims_are_judged_by_the_ratio_of_the_medians() -> None:
    met = list(verdicts(_figures(1, 50)))
    assert [one.aim for one in met] == list(AIMS)
    assert {one.met(one.aim.aim) for one in met} == {"met"}
    assert {one.met(one.aim.then) for one in met} == {"met", ""}
    missed = [one for one in verdicts(_figures(50, 30)) if one.aim.over == HUGO]
    assert {one.met(one.aim.aim) for one in missed} == {"missed"}
    assert missed[0].reached == pytest.approx(5 / 3)
    alone = next(one for one in _figures(1, 50) if one.what == "cold build")
    assert list(verdicts([alone])) == []
    assert any("1/50" in cell for row in tables.aims(_figures(1, 50)) for cell in row)


def test_the_profile_shows_every_kind_of_build(capsys: pytest.CaptureFixture[str]) -> None:
    bench.main(["30", "--profile"])
    shown = capsys.readouterr().out
    heads = re.findall(r"^=+ ([\w ]+)", shown, re.MULTILINE)
    assert {"cold build", "one edited article", "nothing changed", "rebuild of the preview"} <= set(heads)
    assert shown.count("cumulative time") == 4


def test_rebuilds_are_measured(tmp_path: Path) -> None:
    make.write(tmp_path, 30)
    first, article = measure.rebuilds("30", tmp_path, 1, ("article",))
    assert first.what == "first build in one process"
    assert "rendered" in article.note
    assert article.median > 0


@needs_browser[0]
@needs_browser[1]
def test_the_preview_is_measured(tmp_path: Path) -> None:
    make.write(tmp_path, 30)
    [figure] = measure.preview("30", tmp_path, 1, ("article",))
    assert (figure.what, figure.unit, len(figure.runs)) == ("save to screen: article", "ms", 1)
    assert figure.median > 0


# ---------------------------------------------------------------- long runs of edits


def test_sequences_in_every_way_find_no_difference(capsys: pytest.CaptureFixture[str]) -> None:
    damage = ["--damage", "state", "--damage", "site"]
    assert sequences.main(["--steps", "9", "--length", "6", "--every", "2"]) == 0
    assert "9 of 9 steps, 4 compared" in capsys.readouterr().out
    assert sequences.main(["--steps", "8", "--way", "disk", *damage]) == 0
    assert sequences.main(["--steps", "2", "--processes", *damage, "--damage", "kills"]) == 0
    assert "2 of 2 steps, 2 compared" in capsys.readouterr().out


def test_sequences_see_a_stale_build_and_say_how_to_come_back_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stale: list[Outcome] = []

    def build(self: InMemory, desk: Desk, chance: random.Random) -> Outcome:
        stale.append(self.clean(desk))
        return stale[0]

    monkeypatch.setattr(InMemory, "build", build)
    assert sequences.main(["--steps", "20", "--keep", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    again = re.search(r"Seed 0, step (\d+): AssertionError\('other f", said)
    assert again
    assert f"--way memory --seed 0 --steps {int(again[1]) + 1} --length 100" in said
    assert (tmp_path / f"sequence-memory-0-{again[1]}/content/site.yaml").is_file()


@pytest.mark.parametrize("damage", [*TO_STATE, *TO_SITE], ids=lambda damage: damage.__name__)
def test_every_damage_does_something_and_none_needs_a_folder(tmp_path: Path, damage: object) -> None:
    assert callable(damage)
    damage(tmp_path / "none", random.Random(1))
    folder = tmp_path / "state"
    folder.mkdir()
    for n in range(3):
        (folder / f"entry-{n}").write_bytes(b"%d" % n * 50)
    before = tree(folder)
    assert damage(folder, random.Random(1)) or damage is TO_STATE[-1]
    if damage is TO_STATE[-1]:  # an older state: the first time there is none
        (folder / "entry-0").write_bytes(b"newer")
        before = tree(folder)
        assert damage(folder, random.Random(1))
    assert tree(folder) != before
