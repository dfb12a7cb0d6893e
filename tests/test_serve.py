"""The preview without a browser: the rebuild state machine, addresses, messages, settling, and the server's guard."""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from briefgen.checks.hosting import Target
from briefgen.compile import compile_site
from briefgen.publish.disk import packaged_theme, take
from briefgen.serve import studio as studio_module
from briefgen.serve import watch as watch_module
from briefgen.serve.answers import LOOSENED, OWN, answer, digest, find
from briefgen.serve.citation import citation
from briefgen.serve.messages import to_all, to_one
from briefgen.serve.paper import on_paper
from briefgen.serve.run import line, work
from briefgen.serve.state import State, differing
from briefgen.serve.studio import Rebuilt, Studio
from briefgen.serve.watch import DONE, LONGEST, QUIET, Hints, Settling, Watcher, signature
from tests.kit import ROOT

SITE = "name: A briefing\nurl: https://example.org/desk/\n"
PEOPLE = """\
salma:
  name: Salma Example
  from: wire
  rank:
    General: General Salma Example
omar: Omar Other
"""
WIRE = """\
---
title: Talks
publisher: Wire
rights: us-gov
---

General Salma Example met the press on Monday.
"""
SALMA = "actors/salma.html"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    put_small(tmp_path)
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    return tmp_path


@pytest.fixture
def studio(project: Path) -> Studio:
    made = Studio(project, packaged_theme())
    assert made.step() is not None
    assert not made.state.failing, made.state.findings
    return made


def put_small(project: Path) -> None:
    """Two people and an article that names one of them."""
    put(project, "content/site.yaml", SITE)
    put(project, "content/actors/people.yaml", PEOPLE)
    put(project, "content/articles/wire.md", WIRE)


def put(project: Path, path: str, text: str) -> None:
    file = project / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def stepped(studio: Studio) -> Rebuilt:
    rebuilt = studio.step()
    assert rebuilt is not None
    return rebuilt


def codes(studio: Studio) -> list[str]:
    return [d.code for d in studio.state.findings if d.severity == "error"]


# ---------------------------------------------------------------- edits


def test_nothing_new_is_no_step(project: Path, studio: Studio) -> None:
    state = studio.state
    assert studio.step() is None
    os.utime(project / "content/actors/people.yaml")
    put(project, "content/actors/people.yaml", PEOPLE)
    assert studio.step() is None
    put(project, "content/actors/.people.yaml.swp", "an editor's own")
    assert studio.step() is None
    assert studio.state is state


def test_an_edit_renders_what_it_touches_and_equals_a_clean_build(project: Path, studio: Studio) -> None:
    put(project, "content/actors/people.yaml", PEOPLE.replace("Omar Other", "Omar Another"))
    rebuilt = stepped(studio)
    assert "actors/omar.html" in differing(rebuilt.before, rebuilt.after)
    assert SALMA not in differing(rebuilt.before, rebuilt.after)
    assert 0 < rebuilt.rendered < len(studio.state.outputs)
    assert on_paper(studio.state).outputs == compile_site(take(project, packaged_theme())).outputs
    assert studio.state.saved == "actors/omar.html"


def test_an_error_keeps_the_last_good_pages_and_mending_clears_it(project: Path, studio: Studio) -> None:
    good = studio.state.outputs
    put(project, "content/actors/people.yaml", PEOPLE.replace("    General: General", "    General: Captain"))
    stepped(studio)
    assert codes(studio) == ["words-not-found"]
    assert studio.state.outputs is good
    told = to_all(studio.state, "x")
    assert told["failing"]
    finding = told["findings"][0]
    assert (finding["file"], finding["line"], finding["column"]) == ("content/actors/people.yaml", 5, 14)
    assert finding["source"] == {"before": "    General: ", "marked": "Captain Salma Example", "after": ""}
    put(project, "content/actors/people.yaml", PEOPLE)
    rebuilt = stepped(studio)
    assert not studio.state.failing
    assert differing(rebuilt.before, rebuilt.after) == ()
    assert rebuilt.rendered == 0


def test_pages_that_a_fault_does_not_touch_stay_live(project: Path, studio: Studio) -> None:
    put(project, "content/meetings/talks.yaml", "name: Talks\n")
    stepped(studio)
    put(project, "content/meetings/talks.yaml", "name: Talks\nfrom: wire\ndate: {2020-07-01: On nowhere}\n")
    stepped(studio)
    assert codes(studio) == ["words-not-found"]
    good = studio.state.outputs["meetings/talks.html"]
    put(project, "content/actors/people.yaml", PEOPLE.replace("Omar Other", "Omar Another"))
    stepped(studio)
    assert codes(studio) == ["words-not-found"]
    assert studio.state.held == ("content/meetings/talks.yaml",)
    assert b"Omar Another" in studio.state.outputs["actors/omar.html"]
    assert studio.state.outputs["meetings/talks.html"] == good
    assert studio.state.saved == "actors/omar.html"
    put(project, "content/meetings/talks.yaml", "name: Talks again\n")
    stepped(studio)
    assert not studio.state.held
    assert on_paper(studio.state).outputs == compile_site(take(project, packaged_theme())).outputs


def test_a_deletion_that_leaves_others_at_fault_holds_up_no_later_save(project: Path, studio: Studio) -> None:
    put(project, "content/meetings/talks.yaml", "name: Talks\nfrom: wire\nparticipants: {omar: General Salma Example met}\n")
    put(project, "content/actors/omar.yaml", "{}\n")
    put(project, "content/actors/people.yaml", PEOPLE)
    stepped(studio)
    put(project, "content/actors/people.yaml", PEOPLE.replace("omar: Omar Other\n", ""))
    stepped(studio)
    assert codes(studio) == ["unknown-id"]
    assert "actors/omar.html" in studio.state.outputs
    put(project, "content/articles/wire.md", WIRE.replace("title: Talks", "title: Talks held"))
    stepped(studio)
    assert codes(studio) == ["unknown-id"]
    assert b"Talks held" in studio.state.outputs["articles/wire.html"]
    assert "actors/omar.html" in studio.state.outputs


def test_what_was_broken_from_the_start_is_left_out(project: Path) -> None:
    put(project, "content/actors/omar.yaml", "omar-two: {name: [}\n")
    first = Studio(project, packaged_theme())
    stepped(first)
    assert first.state.failing
    assert SALMA in first.state.outputs
    assert first.state.held == ("content/actors/omar.yaml",)
    assert to_all(first.state, "x")["held"] == ["content/actors/omar.yaml"]


def test_the_preview_says_what_the_host_would_object_to(project: Path) -> None:
    at_github = Studio(project, packaged_theme(), Target("desk/briefing"))
    put(project, "content/site.yaml", "name: A briefing\n")
    stepped(at_github)
    assert "no-address" in [d.code for d in at_github.state.findings if d.severity == "warning"]


def test_schemas_know_a_new_record_while_the_preview_runs(project: Path, studio: Studio) -> None:
    (project / ".briefgen/schemas").mkdir(parents=True)
    put(project, "content/actors/more.yaml", "dana: Dana New\n")
    stepped(studio)
    studio.tidy()
    assert '"dana"' in (project / ".briefgen/schemas/meetings.json").read_text(encoding="utf-8")


def test_many_files_are_one_step(project: Path, studio: Studio) -> None:
    for n in range(200):
        put(project, f"content/actors/more/{n}.yaml", f"person-{n}: Person {n}\n")
    rebuilt = stepped(studio)
    assert rebuilt.after.number == rebuilt.before.number + 1
    assert studio.step() is None
    assert "200 files (content/actors/more/0.yaml …)" in line(rebuilt, "12:00:00")
    shutil.rmtree(project / "content/actors/more")
    stepped(studio)
    assert studio.state.left["actors/person-7.html"] == "people.html"


def test_nothing_an_editor_does_ends_it(project: Path, studio: Studio) -> None:
    good = studio.state.outputs
    people = project / "content/actors/people.yaml"

    template = (project / "templates/actor.html").read_bytes()
    put(project, "templates/actor.html", "{% if %}")
    stepped(studio)
    assert codes(studio) == ["template-error"]
    (project / "templates/actor.html").write_bytes(b"\xff\xfe")
    stepped(studio)
    assert codes(studio) == ["cannot-be-read"]
    (project / "templates/actor.html").write_bytes(template)
    stepped(studio)
    assert codes(studio) == []

    people.unlink()
    people.symlink_to(project / "nowhere")
    stepped(studio)
    assert codes(studio) == ["cannot-be-read"]
    assert studio.step() is None
    people.unlink()
    put(project, "content/actors/people.yaml", PEOPLE)
    stepped(studio)  # though the bytes are those of the last good build
    assert codes(studio) == []

    content = project / "content"
    content.rename(project / "elsewhere")
    stepped(studio)
    assert codes(studio) == ["cannot-be-read"]
    content.mkdir()
    stepped(studio)
    assert codes(studio) == ["no-site"]
    content.rmdir()
    (project / "elsewhere").rename(content)
    stepped(studio)
    assert codes(studio) == []
    assert studio.state.outputs == good


def test_a_fault_of_the_program_is_a_finding(
    project: Path, studio: Studio, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("a bug")

    good = studio.state.outputs
    monkeypatch.setattr(studio_module, "compile_site", broken)
    put(project, "content/actors/people.yaml", "omar: Omar\n")
    stepped(studio)
    assert codes(studio) == ["fault-in-briefgen"]
    assert "a bug" in capsys.readouterr().err
    assert studio.state.outputs is good
    monkeypatch.undo()
    put(project, "content/actors/people.yaml", PEOPLE)
    stepped(studio)
    assert codes(studio) == []


def test_a_renamed_record_leads_to_its_new_page_a_deleted_one_to_its_index(project: Path, studio: Studio) -> None:
    renamed = PEOPLE.replace("omar: Omar Other", "umar:\n  name: Omar Other\n  was: omar")
    put(project, "content/actors/people.yaml", renamed)
    stepped(studio)
    assert codes(studio) == []
    told = to_one(studio.state, "actors/omar.html", missing=False)
    assert told["to"] is not None
    assert told["to"]["url"] == "actors/umar.html"

    put(project, "content/actors/people.yaml", renamed.partition("umar:")[0])
    stepped(studio)
    told = to_one(studio.state, "actors/umar.html", missing=False)
    assert told["to"]["url"] == "people.html"
    assert told["digest"] == digest(studio.state.outputs["404.html"])
    assert to_one(studio.state, "actors/umar.html", missing=True)["to"] is None  # somebody who asked for it afterwards

    put(project, "content/actors/people.yaml", renamed)
    stepped(studio)
    assert to_one(studio.state, "actors/umar.html", missing=False)["to"] is None


def test_follow_knows_the_record_that_was_saved(project: Path, studio: Studio) -> None:
    put(project, "content/actors/people.yaml", PEOPLE.replace("  from: wire\n", "  from: wire\n  sort: Example\n"))
    assert stepped(studio).after.saved == SALMA
    put(project, "content/articles/wire.md", WIRE.replace("Monday.", "Monday. It rained."))
    assert stepped(studio).after.saved == "articles/wire.html"
    put(project, "content/index.md", "---\ntitle: The line\n---\n\nA line.\n")
    assert stepped(studio).after.saved == "index.html"
    put(project, "content/site.yaml", SITE + "description: News\n")
    assert stepped(studio).after.saved == ""


def test_pages_name_their_sources(project: Path, studio: Studio) -> None:
    def files(page: str) -> list[tuple[str, int]]:
        return [(s["file"], s["line"]) for s in to_one(studio.state, page, missing=False)["sources"]]

    assert files(SALMA) == [("content/actors/people.yaml", 1)]
    assert files("actors/omar.html") == [("content/actors/people.yaml", 6)]
    assert files("articles/wire.html")[0][0] == "content/articles/wire.md"
    assert files("people.html") == [("content/actors/people.yaml", 1)]
    assert files("404.html") == []


def test_what_is_kept_does_not_grow(project: Path, studio: Studio) -> None:
    for n in range(30):
        put(project, "content/actors/people.yaml", PEOPLE.replace("Omar Other", f"Omar {n}"))
        stepped(studio)
    assert len(studio._held.known.printed.now) + len(studio._held.known.printed.replaced) <= 2 * len(studio.state.outputs)
    assert len(studio._held.memo._held) == 3


def test_any_sequence_of_edits_equals_a_clean_build(project: Path, studio: Studio) -> None:
    chance = random.Random(7)
    files = {"content/actors/people.yaml": PEOPLE, "content/articles/wire.md": WIRE, "content/site.yaml": SITE}
    faults = 0
    for n in range(60):
        path = chance.choice(sorted(files))
        kind = chance.randrange(5)
        if kind == 0:
            put(project, path, files[path])
        elif kind == 1:
            put(project, path, files[path].replace("Example", f"Example{n}"))
        elif kind == 2:
            put(project, path, files[path].replace(": ", ":", 1))
        elif kind == 3:
            (project / path).unlink(missing_ok=True)
        else:
            put(project, f"content/actors/extra-{chance.randrange(3)}.yaml", f"extra-{n}:\n  name: Extra {n}\n")
        studio.step()
        clean = compile_site(take(project, packaged_theme()))
        assert studio.state.findings == clean.diagnostics
        faults += studio.state.failing
        if not studio.state.failing:
            assert on_paper(studio.state).outputs == clean.outputs
    assert 5 < faults < 55


# ---------------------------------------------------------------- the moment


def test_settling_waits_for_quiet_but_not_for_ever() -> None:
    settling = Settling()
    assert settling.wait(0) is None
    settling.hint(10.0)
    assert settling.wait(10.0) == pytest.approx(QUIET)
    settling.hint(10.04)
    assert settling.wait(10.05) == pytest.approx(QUIET - 0.01)
    assert settling.wait(10.2) == 0
    for n in range(100):
        settling.hint(10.0 + n / 100)
    assert settling.wait(10.0 + LONGEST) == 0
    settling.clear()
    assert settling.wait(11.0) is None


def test_a_single_save_that_is_done_is_not_waited_for() -> None:
    settling = Settling()
    settling.hint(10.0, "/a/.people.tmp")
    settling.hint(10.0, "/a/people.yaml", done=True)
    assert settling.wait(10.0) == pytest.approx(DONE)
    settling.hint(10.01, "/a/people.yaml")  # written to again
    assert settling.wait(10.01) == pytest.approx(QUIET)
    settling.hint(10.02, "/a/other.yaml", done=True)  # one of many, as from git
    assert settling.wait(10.02) == pytest.approx(QUIET)


def test_a_look_is_taken_again_while_files_are_written(project: Path, studio: Studio) -> None:
    asked = []

    def unsettled() -> bool:
        asked.append(1)
        put(project, "content/actors/people.yaml", PEOPLE + f"late-{len(asked)}: Late {len(asked)}\n")
        return len(asked) == 1

    rebuilt = studio.step(unsettled)
    assert rebuilt is not None
    assert len(asked) == 2
    assert "actors/late-1.html" in studio.state.outputs


def test_a_hint_at_one_file_is_followed_by_a_look_at_all(project: Path, studio: Studio) -> None:
    hints = Hints()
    came: list[Rebuilt] = []
    enough = threading.Event()

    def publish(rebuilt: Rebuilt) -> None:
        came.append(rebuilt)
        if len(came) == 2:
            enough.set()

    put(project, "content/actors/people.yaml", PEOPLE.replace("Omar Other", "Omar Seen"))
    put(project, "content/articles/wire.md", WIRE.replace("Monday", "Tuesday"))  # nobody says so
    hints.hint(str(project / "content/actors/people.yaml"), done=True)
    builder = threading.Thread(target=work, args=(studio, hints, publish))
    builder.start()
    try:
        assert enough.wait(20)
    finally:
        hints.end()
        builder.join()
    assert b"Monday" in came[0].after.outputs["articles/wire.html"], "only the file of the hint is looked at"
    assert b"Omar Seen" in came[0].after.outputs["actors/omar.html"]
    assert b"Tuesday" in came[1].after.outputs["articles/wire.html"]
    clean = compile_site(take(project, packaged_theme()))
    assert on_paper(studio.state).outputs == clean.outputs


def test_a_look_at_all_files_that_had_to_wait_is_taken_again_soon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While pages are made a look takes long, and that is no measure of what it costs."""
    looks: list[int] = []

    def waiting(folders: tuple[Path, ...]) -> dict[str, tuple[int, int, int]]:
        looks.append(len(folders))
        time.sleep(0.2)
        return {}

    monkeypatch.setattr(watch_module, "signature", waiting)
    watcher = Watcher((tmp_path,), lambda path, *, done: None, poll=True)
    watcher.start()
    time.sleep(3)
    watcher.stop()
    assert len(looks) > 4


@pytest.mark.parametrize("poll", [False, True])
def test_the_watcher_hints_and_the_builder_builds(project: Path, studio: Studio, poll: bool) -> None:
    hints = Hints()
    watcher = Watcher((project / "content", project / "templates"), hints.hint, poll=poll)
    came: list[Rebuilt] = []
    told = threading.Semaphore(0)

    def publish(rebuilt: Rebuilt) -> None:
        came.append(rebuilt)
        told.release()

    watcher.start()
    builder = threading.Thread(target=work, args=(studio, hints, publish))
    builder.start()
    try:
        put(project, "content/actors/people.yaml", PEOPLE.replace("Omar Other", "Omar Seen"))
        assert told.acquire(timeout=20)
        assert "Omar Seen" in studio.state.outputs["actors/omar.html"].decode()
        put(project, "content/topics/new/topics.yaml", "ceasefire:\n  name: Ceasefire\n")
        assert told.acquire(timeout=20)
        outside = project / "outside"
        put(outside, "linked.yaml", "linked-one: Linked One\n")
        (project / "content/actors/linked").symlink_to(outside)
        while "actors/linked-one.html" not in studio.state.outputs:
            assert told.acquire(timeout=20)
        put(outside, "linked.yaml", "linked-two: Linked Two\n")  # no event tells of it
        while "actors/linked-two.html" not in studio.state.outputs:
            assert told.acquire(timeout=20)
        (project / "content").rename(project / "gone")
        while "cannot-be-read" not in codes(studio):
            assert told.acquire(timeout=20)
        (project / "gone").rename(project / "content")  # a folder that came back is watched again
        while codes(studio):
            assert told.acquire(timeout=20)
        put(project, "templates/404.html", "{% extends 'base.html' %}{% block main %}<h1>Nothing</h1>{% endblock %}")
        while b"<h1>Nothing</h1>" not in studio.state.outputs["404.html"]:
            assert told.acquire(timeout=20)
    finally:
        hints.end()
        builder.join()
        watcher.stop()
    assert all(a.after is b.before for a, b in pairwise(came))


def test_comparing_follows_links_and_survives_loops(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    put(tmp_path, "b/file", "text")
    (tmp_path / "a/loop").symlink_to(tmp_path / "a")
    (tmp_path / "a/linked").symlink_to(tmp_path / "b")
    (tmp_path / "a/nowhere").symlink_to(tmp_path / "c")
    names = {os.path.relpath(path, tmp_path) for path in signature((tmp_path / "a", tmp_path / "none"))}
    assert {"a/linked/file", "a/nowhere"} <= names


# ---------------------------------------------------------------- addresses


def test_addresses_are_those_of_production(studio: Studio) -> None:
    state = studio.state
    assert state.base == "/desk/"
    for address in ("/", "/desk"):
        assert answer(state, address)[::3] == (307, "/desk/")
    assert find(state, "/desk/") == ("index.html", False)
    assert find(state, "/desk/actors/salma") == (SALMA, False)
    for address in ("/actors/salma.html", "/desk/nobody.html", "/desk/../content/site.yaml", "/desk//etc/passwd", "/desk/actors/"):
        given = answer(state, address)
        assert given.status == 404, address
        sent = given.body.replace(LOOSENED.encode(), b"", 1)
        assert sent.startswith(state.outputs["404.html"].partition(b"</body>")[0]), address
    sheet = answer(state, "/desk/style.css")
    assert (sheet.status, sheet.media, sheet.body) == (200, "text/css; charset=utf-8", state.outputs["style.css"])


def test_a_page_is_sent_with_two_tags_and_otherwise_as_it_is(studio: Studio) -> None:
    sent = answer(studio.state, f"/desk/{SALMA}").body.decode()
    tags = re.findall(r"<link[^>]*data-briefgen[^>]*><script[^>]*></script>(?=</body>)", sent)
    assert len(tags) == 1
    assert sent.count(LOOSENED) == 1  # the policy in the page lets the preview connect, and nothing else
    assert sent.replace(tags[0], "").replace(LOOSENED, "").encode() == studio.state.outputs[SALMA]
    assert not any(OWN.encode() in data or b"data-briefgen" in data for data in studio.state.outputs.values())


def test_a_first_build_that_fails_is_shown(project: Path) -> None:
    put(project, "content/site.yaml", "name: [")
    studio = Studio(project, packaged_theme())
    stepped(studio)
    given = answer(studio.state, "/anything.html")
    assert given.status == 503
    assert b"preview.js" in given.body
    assert not to_all(studio.state, "x")["ready"]
    assert to_one(studio.state, "anything.html", missing=True)["digest"] == ""
    put(project, "content/site.yaml", SITE)
    stepped(studio)
    assert answer(studio.state, "/desk/").status == 200


def test_messages_are_json_and_name_what_a_page_shows(studio: Studio) -> None:
    told = {**to_all(studio.state, "run"), **to_one(studio.state, SALMA, missing=False)}
    assert json.loads(json.dumps(told)) == told
    assert told["build"] == "run-1"
    assert told["digest"] == digest(studio.state.outputs[SALMA])
    assert {"style.css", "site.js"} <= told["links"].keys()
    assert told["links"] == {name: digest(studio.state.outputs[name]) for name in told["links"]}


def test_words_of_an_article_become_the_lines_that_cite_them(studio: Studio) -> None:
    page = "articles/wire.html"
    assert citation(studio.state.briefing, page, "met the\n press") == {"yaml": "wire: met the press\n", "fault": ""}
    assert citation(studio.state.briefing, page, "never said")["fault"]
    for other in (SALMA, "articles/none.html", ""):
        assert citation(studio.state.briefing, other, "met the press")["fault"] == "This page is not an article's."
    told = to_one(studio.state, page, missing=False)["coverage"]
    assert told["says"].startswith("Facts quote")
    assert to_one(studio.state, SALMA, missing=False)["coverage"] is None


def test_long_lines_are_cut_around_what_is_marked(project: Path, studio: Studio) -> None:
    put(project, "content/actors/people.yaml", f"omar: {{name: {'x' * 300}, nonsense: 1, aka: [{'y' * 300}]}}\n")
    stepped(studio)
    source = to_all(studio.state, "x")["findings"][0]["source"]
    assert "nonsense" in source["marked"]
    assert source["before"].startswith("…")
    assert source["after"].endswith("…")
    assert sum(map(len, source.values())) < 130


def test_an_empty_state_says_nothing() -> None:
    assert to_all(State(), "x")["findings"] == []


# ---------------------------------------------------------------- the server


class Server:
    """`briefgen serve` as a process of its own; `said` are the lines it has printed."""

    def __init__(self, project: Path, port: int = 0) -> None:
        command = [sys.executable, "-m", "briefgen", "-C", str(project), "serve", "--port", str(port)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.said = [self.line()]
        found = re.search(r"http://127\.0\.0\.1:(\d+)(/\S*)", self.said[0])
        assert found, self.said
        self.port, self.base = int(found[1]), found[2]

    def line(self, seconds: float = 30) -> str:
        """The next line of the terminal, "" if none comes."""
        assert self.process.stdout
        ready, _, _ = select.select([self.process.stdout], [], [], seconds)
        return os.read(self.process.stdout.fileno(), 4096).decode() if ready else ""

    def get(self, path: str, **headers: str) -> http.client.HTTPResponse:
        """The answer to a request, with headers of one's own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.putrequest("GET", path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        with closing(connection):
            answered = connection.getresponse()
            answered.read()
        return answered

    def stop(self) -> int:
        """Ctrl-C."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        status = self.process.wait(20)
        if self.process.stdout:
            self.process.stdout.close()
        return status


@pytest.fixture
def server(project: Path) -> Iterator[Server]:
    running = Server(project)
    yield running
    running.stop()


def test_strangers_are_refused(server: Server) -> None:
    page = f"{server.base}{SALMA}"
    own = server.get(page)
    assert own.status == 200
    assert own.headers["X-Content-Type-Options"] == "nosniff"
    assert own.headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in own.headers
    assert server.get(page, Host=f"localhost:{server.port}").status == 200
    for host in ("evil.example", f"evil.example:{server.port}", "127.0.0.1", f"127.0.0.1:{server.port + 1}", ""):
        assert server.get(page, Host=host).status == 403, host
    for path in (f"{server.base}../../etc/passwd", f"{server.base}%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", f"{OWN}../run.py"):
        assert server.get(path).status == 404, path


def test_connections_are_for_pages_of_this_server(server: Server) -> None:
    from websockets.exceptions import InvalidStatus
    from websockets.sync.client import connect
    from websockets.typing import Origin

    address = f"ws://127.0.0.1:{server.port}{OWN}live?page={SALMA}"
    for origin in (None, Origin("http://evil.example"), Origin(f"https://127.0.0.1:{server.port}"), Origin("null")):
        with pytest.raises(InvalidStatus), connect(address, origin=origin):
            pass
    with connect(address, origin=Origin(f"http://127.0.0.1:{server.port}")) as tab:
        told = json.loads(tab.recv(timeout=10))
    assert told["ready"]
    assert told["sources"][0]["file"] == "content/actors/people.yaml"


def test_one_line_a_rebuild_and_a_quiet_end(project: Path, server: Server) -> None:
    put(project, "content/actors/people.yaml", PEOPLE.replace("Omar Other", "Omar Another"))
    said = server.line()
    assert re.search(r"^\d\d:\d\d:\d\d content/actors/people.yaml: \d+ pages? rendered, \d+ files? changed, \d+ ms\n$", said), said
    put(project, "content/actors/people.yaml", PEOPLE.replace("General Salma", "Captain Salma"))
    said = server.line()
    assert "1 error (first: content/actors/people.yaml:5:14 words-not-found), 1 file shown as before" in said
    assert not (project / "site").exists()
    assert server.stop() == 0


def test_a_port_that_is_taken(project: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        server = Server(project, port)
        assert server.said[0].startswith(f"Port {port} is taken. ")
        assert server.port != port
        assert server.stop() == 0


# ---------------------------------------------------------------- by hand


def memory(server: Server) -> int:
    """What the server's process holds, in KiB."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{server.process.pid}/status").read_text())
    assert found
    return int(found[1])


def disturb(chance: random.Random, file: Path, good: bytes) -> None:
    """One of the things that happen to a file."""
    beside = file.with_name(f"{file.stem}-x{file.suffix}")
    beside.unlink(missing_ok=True)
    kind = chance.randrange(5)
    if kind == 0:
        file.unlink(missing_ok=True)
    elif kind == 1:
        file.write_bytes(good)
        file.rename(beside)
    else:
        file.write_bytes((good, good[: chance.randrange(len(good))], good.replace(b"e", b"ee", 1))[kind - 2])


@pytest.mark.long
def test_a_thousand_edits_while_it_runs(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests/golden/small/content", tmp_path / "content")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    chance = random.Random(3)
    server = Server(tmp_path)
    files = {p: p.read_bytes() for p in sorted(tmp_path.glob("content/**/*.*")) if p.suffix in (".yaml", ".md")}
    held = 0
    for n in range(1000):
        file = chance.choice(list(files))
        disturb(chance, file, files[file])
        if n % 3 == 0:
            for one, good in files.items():
                one.with_name(f"{one.stem}-x{one.suffix}").unlink(missing_ok=True)
                one.write_bytes(good)
        while server.line(QUIET * 2):
            pass
        held = held or (memory(server) if n == 50 else 0)
    for one, good in files.items():
        one.with_name(f"{one.stem}-x{one.suffix}").unlink(missing_ok=True)
        one.write_bytes(good + b"\n")
    while server.line(3):
        pass
    print(f"{held / 1024:.0f} MB after 50 edits, {memory(server) / 1024:.0f} MB after 1,000")
    assert memory(server) < 1.2 * held
    clean = compile_site(take(tmp_path, tmp_path / "templates")).outputs
    for path, data in clean.items():
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        with closing(connection):
            connection.request("GET", f"{server.base}{path}")
            sent = connection.getresponse().read().replace(LOOSENED.encode(), b"", 1)
        before, tag, after = sent.partition(b'<link rel="stylesheet" href="/__briefgen__/')
        assert (before + after.partition(b"</script>")[2] if tag else sent) == data, path
    assert server.stop() == 0
