"""What builds leave in .briefgen/: it saves work and decides nothing, whatever becomes of it."""

from __future__ import annotations

import io
import os
import pickle
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from briefgen.build import Order, Result, build, check
from briefgen.compile import compile_site
from briefgen.outputs import Content
from briefgen.publish import crew, fresh, kept
from briefgen.publish.disk import packaged_theme, take
from briefgen.publish.kept import Kept, read_state, write_state
from briefgen.publish.lock import try_lock
from briefgen.publish.marks import marks, write_list
from briefgen.publish.store import DamageError, PageStore
from briefgen.publish.tree import Look
from briefgen.readers import Readers
from briefgen.serve.paper import on_paper
from briefgen.serve.studio import Rebuilt, Studio
from tests.kit import ROOT, site
from tests.pagekit import SMALL
from tests.reliability import tries
from tests.test_incremental import FAULT

PEOPLE = "content/actors/all.yaml"


@dataclass
class Project:
    """A small briefing on the disk."""

    folder: Path

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.folder / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")
        self.age()

    def age(self) -> None:
        """Every file as old as if nobody had touched it for a while: marks tell changes only then."""
        for file in self.folder.glob("content/**/*.*"):
            os.utime(file, ns=(10**18, file.stat().st_mtime_ns))

    def build(self, **wish: object) -> Result:
        return build(Order(self.folder, **wish), self.folder / "site", lambda: None)  # type: ignore[arg-type]  # each wish of its type

    def site(self) -> dict[str, bytes]:
        """The site without the list of files."""
        top = self.folder / "site"
        return {str(p.relative_to(top)): p.read_bytes() for p in top.rglob("*") if p.is_file()}

    def clean(self) -> dict[str, bytes]:
        """What a build gives that knows nothing."""
        other = Project(self.folder.with_name("clean"))
        shutil.rmtree(other.folder, ignore_errors=True)
        shutil.copytree(self.folder / "content", other.folder / "content")
        assert not other.build().failed
        return other.site()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path / "briefing")
    for path, data in site(SMALL.replace(FAULT, "")).snapshot().content.items():
        file = made.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    made.age()
    return made


# ---------------------------------------------------------------- what is done again


def test_the_second_build_does_nothing(project: Project) -> None:
    first = project.build()
    assert first.done.rendered > 50
    assert first.written
    assert first.written.kept == 0
    again = project.build()
    assert again.done == (0, 0, 0, 0, 0)
    assert again.written == (0, first.written.written, 0, (), ())
    assert again.diagnostics == first.diagnostics


def test_a_field_that_no_page_shows_renders_and_writes_nothing(project: Project) -> None:
    project.build()
    project.edit(PEOPLE, "bo-best: Bo Best\n", "bo-best: {name: Bo Best, sort: Bo Best}\n")
    again = project.build()
    assert (again.done.parsed, again.done.rendered) == (1, 0)
    assert again.done.viewed > 0
    assert again.written
    assert again.written.written == 0


def test_shifted_lines_render_nothing(project: Project) -> None:
    project.build()
    project.edit(PEOPLE, "us:\n", "# A comment.\n\nus:\n")
    again = project.build()
    assert (again.done.parsed, again.done.rendered) == (1, 0)
    assert again.written
    assert again.written.written == 0


def test_a_name_that_changes_renders_the_pages_that_show_it_and_a_revert_none(project: Project) -> None:
    told = "tripoli: {name: Tripoli,"
    project.build()
    before = project.site()
    project.edit("content/places/all.yaml", told, told.replace("Tripoli,", "Tarabulus,"))
    renamed = project.build()
    after = project.site()
    assert after == project.clean()
    changed = {path for path in after if after[path] != before.get(path)} - {".briefgen-manifest"}
    assert {p for p in changed if p.endswith(".html")} == {p for p in before if p.endswith(".html") and b"Tripoli" in before[p]}
    assert renamed.written
    assert renamed.written.written == len(changed)
    assert renamed.done.rendered == len([path for path in changed if not path.startswith("data/")])
    project.edit("content/places/all.yaml", told.replace("Tripoli,", "Tarabulus,"), told)
    back = project.build()
    assert back.done.rendered == 0
    assert back.written
    assert back.written.written == len(changed)
    assert project.site() == before
    project.edit("content/places/all.yaml", told, told.replace("Tripoli,", "Tarabulus,"))
    assert project.build().done.rendered == 0, "what was rendered once is not rendered again"
    assert project.site() == after


def test_files_of_data_are_laid_together_again_whatever_became_of_the_site(project: Project) -> None:
    project.build()
    before = project.site()
    file = project.folder / "site/data/briefing.json"
    assert file.read_bytes() not in (project.folder / ".briefgen" / kept.PAGES).read_bytes(), "24 MB at 10,000 pages, at each edit"
    shutil.rmtree(project.folder / "site")
    assert project.build().done.rendered == 0
    assert project.site() == before


def test_an_edited_template_renders_its_pages(project: Project) -> None:
    project.build()
    own = project.folder / "templates"
    own.mkdir()
    theme = (ROOT / "templates/404.html").read_text("utf-8")
    (own / "404.html").write_text(theme.replace("{% block main %}", "{% block main %}<p>More.</p>"), "utf-8")
    again = project.build()
    assert again.done.rendered == 1
    assert b"<p>More.</p>" in project.site()["404.html"]


def test_check_and_build_know_the_same(project: Project) -> None:
    assert check(Order(project.folder)).done.rendered > 50
    assert project.build().done == (0, 0, 0, 0, 0)


def test_a_build_says_what_it_is_at(project: Project) -> None:
    def stages() -> list[str]:
        told: list[str] = []
        build(Order(project.folder), project.folder / "site", lambda: None, lambda stage, done, whole: told.append(stage))
        return list(dict.fromkeys(told))

    assert stages() == [
        "Reading files", "Linking", "Checking", "Making pages", "Indexing", "Writing the site", "Keeping it for the next build",
    ]  # fmt: skip
    assert stages() == ["Writing the site"]


def test_fresh_does_everything_again(project: Project) -> None:
    first = project.build()
    assert project.build(fresh=True).done == first.done


def test_fresh_believes_no_list_of_marks(project: Project) -> None:
    project.build()
    before = project.site()
    page, (kept_marks,) = project.folder / "site/index.html", (project.folder / ".briefgen").glob("*.marks")
    page.write_bytes(b"another page")
    write_list(str(kept_marks), marks(str(project.folder / "site")))  # a list that lies
    believed, again = project.build(), project.build(fresh=True)
    assert believed.written
    assert again.written
    assert not believed.written.edited
    assert again.written.edited == ("index.html",)
    assert project.site() == before


def test_another_address_is_no_reason_for_another_state(project: Project) -> None:
    project.build()
    moved = project.build(base_url="https://example.org/elsewhere/")
    assert moved.done.rendered > 0
    assert project.build().done.rendered == 0


def test_a_site_that_is_gone_or_touched_comes_back_from_what_is_kept(project: Project) -> None:
    project.build()
    before = project.site()
    shutil.rmtree(project.folder / "site")
    assert project.build().done.rendered == 0
    assert project.site() == before
    page = project.folder / "site/index.html"
    was = page.stat()
    page.write_bytes(page.read_bytes().replace(b"a", b"b"))
    os.utime(page, ns=(was.st_atime_ns, was.st_mtime_ns))  # a change that hides itself as well as a program can
    again = project.build()
    assert again.written
    assert again.written.edited == ("index.html",)
    assert project.site() == before
    page.unlink()
    assert project.build().done.rendered == 0
    assert project.site() == before


# ---------------------------------------------------------------- freshness


def command(folder: Path, *words: str, probe: str = "") -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, `probe` run at its end."""
    code = f"import atexit, sys\nsys.argv[0] = 'briefgen'\nfrom briefgen.__main__ import main\n{probe}\nmain()"
    told = [sys.executable, "-c", code, "-C", str(folder), *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(told, capture_output=True, text=True, check=False, cwd=folder, env=environment, timeout=120)


LOADED = "atexit.register(lambda: print(*sorted(sys.modules), file=sys.stderr))"


def test_where_nothing_has_changed_nothing_is_loaded(project: Project) -> None:
    first = command(project.folder, "build", "-q")
    assert first.returncode == 0, first.stderr
    again = command(project.folder, "build", "-q", probe=LOADED)
    assert again.returncode == 0
    assert again.stdout.endswith("verified, nothing has changed\n")
    assert again.stdout.split(" verified")[0] == first.stdout.split(" verified")[0]
    heavy = {"jinja2", "yaml", "markdown_it", "click", "dataclasses", "briefgen.cli", "typing", "re", "threading"}
    assert not heavy & set(again.stderr.split())


def page_added(project: Project) -> None:
    (project.folder / "content/topics").mkdir(exist_ok=True)
    (project.folder / "content/topics/new.yaml").write_text("new: {name: A new topic}\n")


def same_size(project: Project) -> None:
    project.edit("content/places/all.yaml", "tripoli: {name: Tripoli,", "tripoli: {name: Tripolx,")


def own_template(project: Project) -> None:
    (project.folder / "templates").mkdir()
    shutil.copy(ROOT / "templates/404.html", project.folder / "templates/404.html")


def page_gone(project: Project) -> None:
    (project.folder / "site/index.html").unlink()


def page_edited(project: Project) -> None:
    page = project.folder / "site/index.html"
    page.write_bytes(page.read_bytes() + b" ")


def file_added(project: Project) -> None:
    (project.folder / "site/more.txt").write_text("of somebody else")


@pytest.mark.parametrize("change", [page_added, same_size, own_template, page_gone, page_edited, file_added])
def test_any_change_is_seen(project: Project, change: Callable[[Project], None]) -> None:
    assert command(project.folder, "build", "-q").returncode == 0
    assert "nothing has changed" in command(project.folder, "build", "-q").stdout
    change(project)
    again = command(project.folder, "build", "-q")
    assert "nothing has changed" not in again.stdout
    assert again.returncode == (2 if change is file_added else 0)


def source_unreadable(project: Project) -> None:
    (project.folder / "content/broken.yaml").symlink_to("nowhere")


def page_linked(project: Project) -> None:
    page = project.folder / "site/index.html"
    page.rename(project.folder / "elsewhere.html")
    page.symlink_to(project.folder / "elsewhere.html")


def site_gone(project: Project) -> None:
    shutil.rmtree(project.folder / "site")


CHANGES = (page_added, same_size, own_template, page_gone, page_edited, file_added, source_unreadable, page_linked, site_gone)


@pytest.mark.parametrize("change", [page_added, same_size, own_template])
def test_a_check_of_what_has_not_changed_says_the_same_again(project: Project, change: Callable[[Project], None]) -> None:
    first = command(project.folder, "check", "-q")
    assert first.returncode == 0, first.stderr
    again = command(project.folder, "check", "-q", probe=LOADED)
    assert again.stdout == first.stdout[: first.stdout.rindex(", ")] + ", nothing has changed\n"
    assert "briefgen.cli" not in again.stderr.split()
    assert not (project.folder / "site").exists()
    assert "nothing has changed" not in command(project.folder, "build", "-q").stdout, "a check is no build"
    change(project)
    assert "nothing has changed" not in command(project.folder, "check", "-q").stdout


def test_a_check_does_not_mind_what_became_of_the_site(project: Project) -> None:
    command(project.folder, "build", "-q")
    command(project.folder, "check", "-q")
    shutil.rmtree(project.folder / "site")
    assert command(project.folder, "check", "-q").stdout.endswith("nothing has changed\n")


def test_what_fails_is_found_anew_each_time(project: Project) -> None:
    project.edit("content/places/all.yaml", "tripoli: {name:", "tripoli: {nmae:")
    first = command(project.folder, "check", "-q")
    assert first.returncode == 1
    again = command(project.folder, "check", "-q", probe=LOADED)
    assert again.returncode == 1
    assert "briefgen.cli" in again.stderr.split()
    assert "nmae" in again.stdout


@pytest.mark.parametrize("helped", [False, True])
@pytest.mark.parametrize("change", CHANGES)
def test_a_second_process_that_looks_along_sees_the_same(
    project: Project, monkeypatch: pytest.MonkeyPatch, change: Callable[[Project], None], helped: bool
) -> None:
    """Where there are many files, one process looks at the site while the other looks at the sources."""
    asked: list[int] = []
    fork = os.fork

    def noted() -> int:
        asked.append(1)
        return fork()

    monkeypatch.setattr(os, "fork", noted)
    monkeypatch.setattr(fresh, "_WORTH", 0 if helped else 10**9)
    monkeypatch.setattr(fresh, "_can_ask", lambda: True)
    words, result = ["-C", str(project.folder), "build"], project.build()
    seen, later = result.taken.seen, result.taken.moment + 10**10
    fresh.remember(words, str(project.folder), str(project.folder / "site"), seen, later, result.marks, "what it said")
    asked.clear()
    assert fresh.said_again(words) == "what it said"
    assert bool(asked) == helped
    change(project)
    assert fresh.said_again(words) is None
    with pytest.raises(ChildProcessError):  # nobody is left
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.parametrize("words", [("build", "--strict"), ("build", "-o", "other"), ("build", "--fresh"), ("build", "--stats")])
def test_another_command_finds_out_for_itself(project: Project, words: tuple[str, ...]) -> None:
    command(project.folder, "build")
    assert "nothing has changed" not in command(project.folder, *words).stdout


def test_a_file_written_just_now_leaves_no_record(project: Project) -> None:
    """Two edits within one tick of the clock of a file system look the same."""
    result = project.build()
    seen, moment, published = result.taken.seen, result.taken.moment, result.marks
    assert fresh.said_again(["-C", str(project.folder), "build"]) is None
    name, path, mark = seen[0][0]
    just_now: Look = ([(name, path, (moment - 1_000_001, *mark[1:]))], [], [])
    words = ["-C", str(project.folder), "build"]
    fresh.remember(words, str(project.folder), str(project.folder / "site"), just_now, moment, published, "x")
    assert fresh.said_again(["-C", str(project.folder), "build"]) is None
    assert not list((project.folder / ".briefgen").glob("fresh-*"))


@pytest.mark.parametrize("what", ["", "x", "briefgen fresh 1\0", "\0" * 9])
def test_a_record_that_makes_no_sense_counts_for_nothing(project: Project, what: str) -> None:
    command(project.folder, "build", "-q")
    (record,) = (project.folder / ".briefgen").glob("fresh-*")
    record.write_text(what)
    assert "nothing has changed" not in command(project.folder, "build", "-q").stdout


# ---------------------------------------------------------------- damage


def flip(file: Path, chance: random.Random) -> None:
    """One bit becomes another."""
    data = bytearray(file.read_bytes())
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        file.write_bytes(data)


def cut(file: Path, chance: random.Random) -> None:
    """A write that was broken off."""
    file.write_bytes(file.read_bytes()[: chance.randrange(file.stat().st_size + 1)])


def blank(file: Path, chance: random.Random) -> None:
    """What a power cut leaves of pages that were not yet on the disk."""
    data = bytearray(file.read_bytes())
    at = chance.randrange(len(data) + 1)
    data[at : at + 4096] = bytes(len(data[at : at + 4096]))
    file.write_bytes(data)


def swapped(file: Path, chance: random.Random) -> None:
    """Two stretches change places."""
    data = file.read_bytes()
    a, b, c = sorted(chance.randrange(len(data) + 1) for _ in range(3))
    file.write_bytes(data[:a] + data[b:c] + data[a:b] + data[c:])


def longer(file: Path, chance: random.Random) -> None:
    """Something stands behind it."""
    file.write_bytes(file.read_bytes() + chance.randbytes(chance.choice((1, 100, 5000))))


def foreign(file: Path, chance: random.Random) -> None:
    """It is of another version of the program."""
    data = file.read_bytes()
    file.write_bytes(data.replace(b" 1\n", b" 2\n", 1) if chance.random() < 0.5 else chance.randbytes(len(data)))


def gone(file: Path, chance: random.Random) -> None:
    file.unlink()


DAMAGE = (flip, flip, flip, cut, blank, swapped, longer, foreign, gone)
SPELLINGS = ("Tripoli,", "Tarabulus,", "Trablus,")


@tries(quick=60, long=2000)
def test_whatever_happens_to_what_is_kept_the_site_stays_right(project: Project, times: int) -> None:
    """Damage to any file of .briefgen/, with and without an edit after it, with and without the old site."""
    chance = random.Random(times)
    told, told_again = "tripoli: {name: ", dict[str, dict[str, bytes]]()
    spelling = SPELLINGS[0]
    for one in SPELLINGS:  # what the site is in truth
        project.edit("content/places/all.yaml", told + spelling, told + one)
        spelling, told_again[one] = one, project.clean()
    for n in range(times):
        files = [f for f in sorted((project.folder / ".briefgen").glob("*")) if f.is_file() and f.stat().st_size > 2]
        chosen = chance.sample(files, min(len(files), chance.choice((1, 1, 2))))
        for file in chosen:
            chance.choice(DAMAGE)(file, chance)
        if chance.random() < 0.6:
            new = chance.choice(SPELLINGS)
            project.edit("content/places/all.yaml", told + spelling, told + new)
            spelling = new
        if chance.random() < 0.3:
            shutil.rmtree(project.folder / "site", ignore_errors=True)
        done = project.build()
        assert not done.failed, (n, chosen)
        assert project.site() == told_again[spelling], (n, chosen)


def test_a_page_store_is_read_up_to_the_first_entry_that_makes_no_sense(tmp_path: Path) -> None:
    store = PageStore(tmp_path / "pages")
    keys = [f"{n:064x}" for n in range(3)]
    for n, key in enumerate(keys):
        store.put(key, Content(b"page %d " % n * 50))
    store.close()
    data = bytearray((tmp_path / "pages").read_bytes())
    at = data.index(b"page 2 ") - 5  # in the check of its head
    data[at] ^= 1
    (tmp_path / "pages").write_bytes(data)
    again = PageStore(tmp_path / "pages")
    held = [again.get(key) for key in keys]
    assert [h.read() if h else None for h in held] == [b"page 0 " * 50, b"page 1 " * 50, None]
    again.put(keys[2], Content(b"new"))
    again.close()
    once_more = PageStore(tmp_path / "pages").get(keys[2])
    assert once_more
    assert once_more.read() == b"new"


@pytest.mark.parametrize("key", ["", "no key", "é", "ab" * 31, "AB" * 32 + "\0"])
def test_what_is_no_key_is_in_no_store(tmp_path: Path, key: str) -> None:
    store = PageStore(tmp_path / "pages")
    store.put("ab" * 32, Content(b"a page"))
    assert store.get(key) is None
    with pytest.raises(DamageError):
        store.content(key, 6, "cd" * 32).read()


def test_a_page_that_is_not_what_was_kept_is_damage(tmp_path: Path) -> None:
    store = PageStore(tmp_path / "pages")
    content = store.put("ab" * 32, Content(b"a page"))
    assert content.read() == b"a page"
    (tmp_path / "pages").write_bytes((tmp_path / "pages").read_bytes().replace(b"a page", b"a rage"))
    with pytest.raises(DamageError):
        content.read()
    store.discard()
    with pytest.raises(DamageError):
        content.read()


def test_a_store_is_written_anew_once_most_of_it_is_waste(tmp_path: Path) -> None:
    store = PageStore(tmp_path / "pages")
    for n in range(24):
        store.put(f"{n:064x}", Content(bytes([n]) * (1 << 20)))
    wanted = {f"{n:064x}" for n in range(4)}
    store.tidy(wanted)
    assert (tmp_path / "pages").stat().st_size < 5 << 20
    assert [h.read()[:1] if (h := store.get(f"{n:064x}")) else None for n in range(5)] == [b"\0", b"\1", b"\2", b"\3", None]


class Rogue:
    """What a stranger might leave in a repository."""

    def __init__(self, what: Callable[..., object], *given: object) -> None:
        self.what, self.given = what, given

    def __reduce__(self) -> tuple[object, ...]:
        return self.what, self.given


@pytest.mark.parametrize("what", [os.system, os.mkdir, eval, Path.unlink, kept.salt, PageStore, subprocess.Popen, pickle.loads])
def test_a_state_runs_no_code(tmp_path: Path, what: Callable[..., object], monkeypatch: pytest.MonkeyPatch) -> None:
    mark = tmp_path / "made"
    held = Kept()
    held.taken.files["x"] = Rogue(what, str(mark))  # type: ignore[assignment]  # what a stranger may write
    write_state(tmp_path / "state", b"salt", held)
    assert read_state(tmp_path / "state", b"salt", PageStore(tmp_path / "pages")) is None
    assert not mark.exists()


def test_a_state_of_another_program_counts_as_none(tmp_path: Path) -> None:
    write_state(tmp_path / "state", b"salt", Kept())
    store = PageStore(tmp_path / "pages")
    assert read_state(tmp_path / "state", b"salt", store)
    assert read_state(tmp_path / "state", b"tlas", store) is None


def test_another_program_renders_everything_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    first = project.build()
    monkeypatch.setattr(kept, "salt", lambda: bytes(32))
    assert project.build().done == first.done
    assert project.build().done.rendered == 0


def test_a_build_beside_another_one_works_without_what_is_kept(project: Project) -> None:
    project.build()
    with (project.folder / ".briefgen/state.lock").open("a+b") as lock:
        assert try_lock(lock)
        assert project.build().done.rendered > 50
    assert project.build().done.rendered == 0


@pytest.mark.parametrize("fails", ["pages", "state.new", "state.lock", "marks.new", "fresh"])
def test_where_nothing_can_be_kept_the_site_is_built_all_the_same(
    project: Project, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    """A disk that is full, or a folder that may only be read, is no reason not to publish."""
    clean = project.clean()
    opened, plain, patient = os.open, io.open, Path.open

    def refuse(path: object) -> bool:
        if ".briefgen" in str(path) and fails in str(path):
            raise OSError(28, "No space left on device", str(path))
        return False

    monkeypatch.setattr(os, "open", lambda path, *more, **also: refuse(path) or opened(path, *more, **also))
    monkeypatch.setattr("builtins.open", lambda path, *more, **also: refuse(path) or plain(path, *more, **also))
    monkeypatch.setattr(Path, "open", lambda path, *more, **also: refuse(path) or patient(path, *more, **also))
    assert not project.build().failed
    assert project.site() == clean
    monkeypatch.undo()
    assert not project.build().failed
    assert project.site() == clean


def test_a_page_that_the_disk_does_not_take_stays_in_memory(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    written = 0

    def append(store: PageStore, data: bytes) -> None:
        nonlocal written
        written += 1
        if written > 20:
            raise OSError(28, "No space left on device")
        whole(store, data)

    whole = PageStore._append
    monkeypatch.setattr(PageStore, "_append", append)
    assert not project.build().failed
    assert written > 50
    monkeypatch.undo()
    site = project.site()
    assert not (project.folder / ".briefgen/state").exists()
    assert project.build().done.rendered > 30
    assert project.site() == site == project.clean()


# ---------------------------------------------------------------- several processes


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes share even little work."""
    monkeypatch.setattr(crew, "_WORTH", 0)
    monkeypatch.setattr(crew, "_SHARE", 3)


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize("jobs", [2, 3, 7])
def test_the_site_is_the_same_whoever_makes_it(project: Project, jobs: int) -> None:
    result = project.build(jobs=jobs)
    assert result.done.rendered > 50
    assert project.site() == project.clean()
    assert project.build(jobs=jobs).done == (0, 0, 0, 0, 0)


@pytest.mark.usefixtures("eager")
def test_a_template_that_fails_is_told_of_once_whoever_meets_it(project: Project) -> None:
    (project.folder / "templates").mkdir()
    (project.folder / "templates/actor.html").write_text("{{ view.nothing }}")
    assert [d.code for d in project.build(jobs=3).diagnostics if d.severity == "error"] == ["template-error"]


def work(part: int) -> tuple[int, int]:
    time.sleep(0.002)  # or the first process would have done all of it before there is a second one
    return part * part, os.getpid()


@pytest.mark.usefixtures("eager")
def test_work_is_shared() -> None:
    found = list(crew.shared(3, work, range(100)))
    assert sorted((part, made[0]) for part, made in found) == [(n, n * n) for n in range(100)]
    assert len({made[1] for _, made in found}) == 3


@pytest.mark.usefixtures("eager")
def test_what_a_process_does_not_bring_back_is_done_again_here() -> None:
    here = os.getpid()

    def deadly(part: int) -> int:
        if os.getpid() != here and part == 50:
            os.kill(os.getpid(), 9)
        if os.getpid() != here and part == 70:
            raise ValueError(part)
        return part

    assert sorted(made for _, made in crew.shared(4, deadly, range(100))) == list(range(100))


@pytest.mark.usefixtures("eager")
def test_what_is_gathered_is_there_where_another_process_did_all_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """What has gathered nothing yet is no less a tally: an empty mapping is false."""
    here, begin = os.getpid(), crew._Helper.__init__
    readers: Readers[int] = Readers()

    def make(part: int) -> int:
        readers.note(part, {"people": {part}})
        return os.getpid()

    def ahead(*given: object) -> None:
        begin(*given)  # type: ignore[arg-type]  # as they came
        time.sleep(0.5)

    monkeypatch.setattr(crew._Helper, "__init__", ahead)
    made = dict(crew.shared(2, make, range(6), readers))
    assert here not in made.values()
    assert [list(readers.of("people", n)) for n in range(6)] == [[n] for n in range(6)]


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize("deadly", [-1, 50])
def test_what_is_gathered_beside_the_work_is_gathered_once_wherever_it_was_done(deadly: int) -> None:
    here = os.getpid()
    readers: Readers[int] = Readers()

    def make(part: int) -> int:
        if os.getpid() != here and part == deadly:
            os.kill(os.getpid(), 9)
        readers.note(part, {"people": {part % 7}})
        time.sleep(0.002)
        return os.getpid()

    made = dict(crew.shared(3, make, range(100), readers))
    assert sorted(made) == list(range(100))
    assert len(set(made.values())) > 1
    assert {n: sorted(readers.of("people", n)) for n in range(7)} == {n: list(range(n, 100, 7)) for n in range(7)}


@pytest.mark.usefixtures("eager")
def test_a_fault_is_raised_and_leaves_no_process() -> None:
    def faulty(part: int) -> int:
        raise LookupError(part)

    with pytest.raises(LookupError):
        list(crew.shared(4, faulty, range(100)))
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.usefixtures("eager")
def test_what_was_done_is_written_down_where_it_is_worth_it_and_by_no_other_process(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A forked process has memory of its own for all that it touches, and writing everything down touches everything."""
    writers: list[int] = []
    monkeypatch.setattr(kept, "write_state", lambda *given: writers.append(os.getpid()) or write_state(*given))  # type: ignore[func-returns-value]  # and then
    project.build(jobs=2)
    state = (project.folder / ".briefgen/state").read_bytes()
    assert project.build(jobs=2).done.rendered == 0
    assert (project.folder / ".briefgen/state").read_bytes() == state
    project.edit("content/places/all.yaml", "tripoli: {name: Tripoli,", "tripoli: {name: Tarabulus,")
    assert project.build(jobs=2).done.rendered > 1
    assert (project.folder / ".briefgen/state").read_bytes() != state
    assert writers == [os.getpid()] * 2


# ---------------------------------------------------------------- the preview


def stepped(studio: Studio) -> Rebuilt:
    rebuilt = studio.step()
    assert rebuilt is not None
    assert not rebuilt.after.failing
    return rebuilt


def test_a_preview_goes_on_from_the_last_build(project: Project) -> None:
    project.build()
    studio = Studio(project.folder, packaged_theme())
    first = stepped(studio)
    assert first.rendered < 3, "print.html is left out of a preview"
    for path, told, new in (
        ("content/places/all.yaml", "tripoli: {name: Tripoli,", "tripoli: {name: Tarabulus,"),
        ("content/places/all.yaml", "tripoli: {name: Tarabulus,", "tripoli: {name: Tripoli,"),
    ):
        project.edit(path, told, new)
        stepped(studio)
        clean = compile_site(take(project.folder, packaged_theme()))
        assert on_paper(studio.state).outputs == clean.outputs
    assert {url: data for url, data in studio.state.outputs.items() if url != "print.html"}.items() <= project.site().items()


def test_a_preview_that_goes_on_renders_what_a_template_changes(project: Project) -> None:
    project.build()
    studio = Studio(project.folder, packaged_theme())
    stepped(studio)
    own = project.folder / "templates"
    own.mkdir()
    base = (ROOT / "templates/base.html").read_text("utf-8")
    for n in range(2):  # first of pages whose views nobody kept, then of others
        (own / "base.html").write_text(base.replace("</main>", f"<p>More {n}.</p></main>"), "utf-8")
        stepped(studio)
        clean = compile_site(take(project.folder, packaged_theme()))
        assert on_paper(studio.state).outputs == clean.outputs
        assert f"<p>More {n}.</p>".encode() in studio.state.outputs["actors/ann-able.html"]


@pytest.mark.parametrize("file", ["state", "pages"])
@pytest.mark.parametrize("damage", [flip, cut, gone, foreign])
def test_a_preview_does_without_what_is_damaged(project: Project, file: str, damage: Callable[[Path, random.Random], None]) -> None:
    project.build()
    damage(project.folder / ".briefgen" / file, random.Random(3))
    before = sorted(p.name for p in (project.folder / ".briefgen").iterdir())
    studio = Studio(project.folder, packaged_theme())
    stepped(studio)
    assert on_paper(studio.state).outputs == compile_site(take(project.folder, packaged_theme())).outputs
    assert sorted(p.name for p in (project.folder / ".briefgen").iterdir()) == before, "a preview writes nothing there"
