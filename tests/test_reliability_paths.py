"""Names and links that lead out (issue 6, point 9): nothing outside of the project is read or written, and the editor is told.

What is opened is heard by an audit hook of the interpreter, so that a file that was merely read does not go unnoticed.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from briefgen import tools
from briefgen.build import Order, build
from briefgen.compile import compile_site
from briefgen.init import init
from briefgen.load.filenames import fault_of
from briefgen.publish.refusal import Refusal
from briefgen.publish.site import write_site
from briefgen.source import Snapshot
from tests.badinput import Content, assert_placed, little, theme
from tests.reliability import tree, tries

# ---------------------------------------------------------------- hostile names

_PIECES = (
    "..", "/", "\\", "a", "con", "NUL", ".", "-", "%2e", "%2f", "\u0430", "é", "e\u0301", "\u202e", "\u200b", " ", "~", "$", ":", "*", "x" * 250,
    "A", "_", "\n", "\x1b", "\U000e0041", "COM1", "lpt9", "?", "<script>", "&", "#", "file:", "javascript:", "//evil.example", "http://", "\u2067",
)  # fmt: skip

Hostile = Callable[[str], Content]


def _quoted(word: str) -> str:
    """A word in YAML's double quotation marks."""
    return '"' + "".join(c if c.isalnum() and c.isascii() else f"\\U{ord(c):08x}" for c in word) + '"'


def _actor(fields: str) -> Content:
    return {"content/actors/all.yaml": f"ana: {{name: Ana Ferro, {fields}}}\nbela: Bela Kos\n".encode()}


_WHERE: dict[str, Hostile] = {
    "an id": lambda word: {"content/actors/more.yaml": f"{_quoted(word)}: Strange\n".encode()},
    "an old id": lambda word: _actor(f"was: [{_quoted(word)}]"),
    "an address": lambda word: _actor(f"see: [{_quoted(word)}]"),
    "an image": lambda word: _actor(f"image: {{file: {_quoted(word)}, credit: X, licence: cc-by-4.0}}"),
    "the address of the site": lambda word: {"content/site.yaml": f"name: N\nurl: {_quoted(word)}\n".encode()},
    "the id of an article": lambda word: {f"content/articles/{word}.md": b"---\ntitle: T\n---\nText.\n"},
    "the id of a meeting": lambda word: {f"content/meetings/{word}.yaml": b"name: M\n"},
    "the name of a page": lambda word: {f"content/pages/{word}.md": b"---\ntitle: P\n---\nText.\n"},
    "the name of a file": lambda word: {f"content/static/{word}": b"text"},
    "a reference": lambda word: {
        "content/index.md": f"---\ntitle: T\n---\n[[{word}]] and [x]({word}) and [@{word}: met]\n".encode()
    },
}


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(_PIECES) for _ in range(chance.randrange(1, 5)))


def _on_the_disk(word: str) -> bool:
    """Whether a folder could hold a file of this name at all; the snapshot is taken from the disk."""
    return all(part not in ("", ".", "..") and len(part.encode()) < 250 for part in word.split("/")) and "\0" not in word


@tries(400, 5000)
def test_hostile_names_and_addresses_reach_nothing_outside(times: int, tmp_path: Path) -> None:
    chance, kinds, written = random.Random(9), list(_WHERE.items()), 0
    project = tmp_path / "project"
    project.mkdir()
    before = tree(tmp_path)
    for n in range(times):
        where, make = kinds[n % len(kinds)]
        word = next(w for w in iter(lambda: _word(chance), "") if where in ("an id", "an old id") or _on_the_disk(w))
        content = little() | make(word)
        checked = compile_site(Snapshot(content, *theme()))
        assert_placed(checked.diagnostics, content)
        _assert_harmless(checked.outputs, (where, word))
        if checked.outputs and n % 40 < 10:
            with suppress(Refusal):  # a name that no site may have: nothing is written
                write_site(project / "site", checked.outputs, project / ".briefgen/replaced")
                written += 1
    assert {path: what for path, what in tree(tmp_path).items() if "project/site" not in path} == before
    print(f"{times} names, {written} sites written")
    assert written


def _assert_harmless(outputs: Mapping[str, bytes], which: tuple[str, str]) -> None:
    """Every path of a site stays in it, is possible everywhere, and is no other path in other letters."""
    for path in outputs:
        assert not path.startswith("/"), which
        assert not {"", ".", ".."} & set(path.split("/")), which
        made = path.startswith("search/") or path in (".nojekyll", ".gitignore")
        assert made or not fault_of(path), (which, path, fault_of(path))
    assert len({path.casefold() for path in outputs}) == len(outputs), which


FILE_NAMES = {
    "con.txt": "device", "aux": "device", "NUL.tar.gz": "device", "papers/lpt1": "device", "a:b.txt": ":", "a\\b.txt": "\\", "a?b": "?",
    "a\nb": "U+000A", "x" * 256: "255 bytes", "\u202egpj.exe": "U+202E", "a\u200b.txt": "U+200B", "a.": "full stop", "a ": "full stop",
    "a/../../b": "no name", "..": "no name", "\u2067a": "U+2067", "a\U000e0041": "U+E0041",
}  # fmt: skip


@pytest.mark.parametrize("name", FILE_NAMES)
def test_a_file_name_that_not_every_computer_takes_is_an_error(name: str) -> None:
    content = little() | {f"content/static/{name}": b"text"}
    found = [d for d in compile_site(Snapshot(content, *theme())).diagnostics if d.severity == "error"]
    assert [d.code for d in found] == ["bad-file-name"]
    assert FILE_NAMES[name] in found[0].message


@pytest.mark.parametrize(
    "name", ["photo.jpg", "Straße é.pdf", "تقرير.pdf", ".nojekyll", ".well-known/security.txt", "a.b-c_d.e", "conference.pdf"]
)
def test_a_plain_file_name_passes(name: str) -> None:
    content = little() | {f"content/static/{name}": b"text"}
    assert name in compile_site(Snapshot(content, *theme())).outputs


@pytest.mark.parametrize(
    ("one", "other"),
    [("Photo.jpg", "photo.jpg"), ("é.txt", "e\u0301.txt"), ("É.txt", "e\u0301.txt"), ("ﬁ", "fi"), ("straße", "STRASSE")],
)
def test_names_that_are_one_file_elsewhere_are_an_error(one: str, other: str) -> None:
    content = little() | {f"content/static/{one}": b"x", f"content/static/{other}": b"y"}
    checked = compile_site(Snapshot(content, *theme()))
    assert [d.code for d in checked.diagnostics if d.severity == "error"] == ["url-collision"]
    assert not checked.outputs


@pytest.mark.parametrize("place", ["content/pages/{}.md", "content/articles/{}.md", "content/meetings/{}.yaml"])
@pytest.mark.parametrize("stem", ["con", "aux", "lpt1", "x" * 101, "A", "a.b", "а"])
def test_a_file_that_cannot_be_an_address_is_an_error(place: str, stem: str) -> None:
    data = b"name: M\n" if place.endswith("yaml") else b"---\ntitle: T\n---\nText.\n"
    checked = compile_site(Snapshot(little() | {place.format(stem): data}, *theme()))
    assert "bad-id" in [d.code for d in checked.diagnostics]
    assert not checked.outputs


@pytest.mark.parametrize("old", ["con", "aux", "com1", "x" * 101, "../x", "A", "а", "a b"])
def test_an_old_id_that_cannot_be_an_address_is_an_error(old: str) -> None:
    checked = compile_site(Snapshot(little() | _actor(f"was: [{_quoted(old)}]"), *theme()))
    assert "bad-id" in [d.code for d in checked.diagnostics]


# ---------------------------------------------------------------- links on the disk

SECRET = "the canary sings at midnight"
_HEARD: list[tuple[str, str]] = []
_LISTENING = False
_OPENING = (
    "open",
    "os.listdir",
    "os.scandir",
    "os.mkdir",
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
)


def _hear(event: str, given: tuple[object, ...]) -> None:
    if _LISTENING and event in _OPENING:
        paths = [g for g in given[: 2 if event in ("os.rename", "os.link") else 1] if isinstance(g, str | bytes | os.PathLike)]
        _HEARD.extend((event, os.fsdecode(path)) for path in paths)


sys.addaudithook(_hear)


@contextmanager
def listening() -> Iterator[list[tuple[str, str]]]:
    """What is opened, listed, made, renamed or removed meanwhile, by the names it was asked for."""
    global _LISTENING
    _HEARD.clear()
    _LISTENING = True
    try:
        yield _HEARD
    finally:
        _LISTENING = False


class Place:
    """A project, and beside it what is none of its business: a folder with a secret in every kind of file."""

    def __init__(self, top: Path) -> None:
        self.top, self.project, self.outside = top, top / "project", top / "outside"
        for path, data in little().items():
            self.put(self.project / path, data.decode())
        self.put(self.project / ".git/config", f"url = {SECRET}\n")
        self.put(self.project / ".env", f"KEY={SECRET}\n")
        self.put(self.project / "site/old.html", "")
        for name in ("site.yaml", "people.yaml", "a.md", "base.html", "style.css", "secret.txt", "deep/er/x.yaml", "deep/er/b.md"):
            self.put(self.outside / name, f"secret: {SECRET}\n")
        (self.project / "site/old.html").unlink()
        (self.project / "site").rmdir()

    def put(self, path: Path, text: str) -> Place:
        """A file, wherever it is."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return self

    def link(self, name: str, target: Path | str) -> Place:
        """A link in the project, in the place of whatever is there."""
        at = self.project / name
        at.parent.mkdir(parents=True, exist_ok=True)
        if at.is_dir() and not at.is_symlink():
            at.rename(self.top / f"was-{at.name}")
        elif os.path.lexists(at):
            at.unlink()
        at.symlink_to(target)
        return self


LAYOUTS: dict[str, Callable[[Place], Place]] = {
    "content": lambda p: p.link("content", p.outside),
    "content, relative": lambda p: p.link("content", "../outside"),
    "site.yaml": lambda p: p.link("content/site.yaml", p.outside / "site.yaml"),
    "index.md": lambda p: p.link("content/index.md", p.outside / "a.md"),
    "relations": lambda p: p.link("content/relations.yaml", p.outside / "people.yaml"),
    "actors": lambda p: p.link("content/actors", p.outside),
    "a file of actors": lambda p: p.link("content/actors/people.yaml", p.outside / "people.yaml"),
    "articles": lambda p: p.link("content/articles", p.outside),
    "an article": lambda p: p.link("content/articles/b.md", p.outside / "a.md"),
    "an article, upwards": lambda p: p.link("content/articles/b.md", "../../../outside/a.md"),
    "a folder of actors": lambda p: p.link("content/actors/more", p.outside / "deep"),
    "a folder deep down": lambda p: p.link("content/actors/more/and/more", p.outside / "deep/er"),
    "a link to a link": lambda p: p.link("one", p.outside / "a.md").link("content/articles/b.md", "../../one"),
    "a folder through a link": lambda p: p.link("one", p.outside).link("content/actors/two", "../../one/deep"),
    "static": lambda p: p.link("content/static", p.outside),
    "a static file": lambda p: p.link("content/static/notes.txt", p.outside / "secret.txt"),
    "a static folder": lambda p: p.link("content/static/pictures", p.outside / "deep"),
    "the passwords": lambda p: p.link("content/static/passwd.txt", "/etc/passwd"),
    "the environment": lambda p: p.link("content/static/environ.txt", "/proc/self/environ"),
    "the memory": lambda p: p.link("content/static/fd", "/proc/self/fd"),
    "the root": lambda p: p.link("content/static/all", "/"),
    "the home": lambda p: p.link("content/static/home", Path.home()),
    "above the project": lambda p: p.link("content/static/up", "../../.."),
    "a device": lambda p: p.link("content/static/zero", "/dev/zero"),
    "the git folder": lambda p: p.link("content/static/git", "../../.git"),
    "a file of git": lambda p: p.link("content/static/config.txt", "../../.git/config"),
    "a hidden file": lambda p: p.link("content/static/env.txt", "../../.env"),
    "templates": lambda p: p.link("templates", p.outside),
    "a template": lambda p: p.link("templates/base.html", p.outside / "base.html"),
    "an asset": lambda p: p.link("templates/style.css", p.outside / "style.css"),
    "a folder of templates": lambda p: p.link("templates/parts", p.outside / "deep"),
    "the state folder": lambda p: p.link(".briefgen", p.outside),
    "the state folder, nowhere": lambda p: p.link(".briefgen", p.outside / "none"),
    "what git ignores": lambda p: p.link(".briefgen/.gitignore", p.outside / "none.txt"),
    "the schemas": lambda p: p.link(".briefgen/schemas", p.outside),
    "a schema": lambda p: p.link(".briefgen/schemas/actors.json", p.outside / "secret.txt"),
    "the output": lambda p: p.link("site", p.outside),
    "the output, nowhere": lambda p: p.link("site", p.outside / "none"),
    "in the output": lambda p: p.link("site/page.html", p.outside / "secret.txt"),
    "a folder in the output": lambda p: p.link("site/actors", p.outside),
    "a dangling link": lambda p: p.link("content/actors/gone.yaml", p.outside / "none.yaml"),
    "a link to itself": lambda p: p.link("content/actors/loop.yaml", "loop.yaml"),
}  # fmt: skip

_HARMLESS: dict[str, Callable[[Place], Place]] = {
    "a folder of the project": lambda p: p.put(p.project / "shared/b.yaml", "carla: Carla\n").link("content/actors/more", "../../shared"),
    "a file of the content": lambda p: p.link("content/static/a.txt", "../articles/a.md"),
    "back to the content": lambda p: p.link("content/actors/round", "../../content/actors"),
}  # fmt: skip


def _inside(path: str, place: Place) -> bool:
    real = os.path.realpath(path)
    return os.path.commonpath((real, str(place.outside))) != str(place.outside) and not real.startswith(
        ("/etc/passwd", "/proc/", "/dev/zero")
    )


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("command", ["build", "new"])
def test_links_that_lead_out_are_refused_and_nothing_outside_is_touched(layout: str, command: str, tmp_path: Path) -> None:
    place = Place(tmp_path.resolve())
    LAYOUTS[layout](place)
    before = tree(place.outside)
    refused, produced = "", b""
    with listening() as heard:
        try:
            if command == "build":
                build(Order(place.project), place.project / "site", lambda: None)
            else:
                tools.new(place.project, "actor", "somebody-new")
        except Refusal as refusal:
            refused = str(refusal)
        opened = list(heard)
    assert tree(place.outside) == before
    astray = [(event, path) for event, path in opened if event != "os.scandir" and not _inside(path, place)]
    assert astray == []
    for path in (place.project / "site").rglob("*") if not (place.project / "site").is_symlink() else ():
        produced += path.read_bytes() if path.is_file() and not path.is_symlink() else b""
    assert SECRET.encode() not in produced
    wanted = command == "build" or not layout.startswith(("the output", "in the output", "a folder in the output"))
    assert bool(refused) == wanted, refused
    assert not wanted or "." in refused


@pytest.mark.parametrize("layout", _HARMLESS)
def test_links_within_the_project_are_read(layout: str, tmp_path: Path) -> None:
    place = Place(tmp_path.resolve())
    _HARMLESS[layout](place)
    done = build(Order(place.project), place.project / "site", lambda: None)
    assert done.written, done.diagnostics


def test_a_new_briefing_writes_through_no_link(tmp_path: Path) -> None:
    folder, outside = tmp_path / "new", tmp_path / "outside"
    folder.mkdir()
    outside.mkdir()
    (folder / ".vscode").symlink_to(outside)
    with pytest.raises(Refusal, match="is a link"):
        init(folder)
    assert list(outside.iterdir()) == []
    assert [p.name for p in folder.iterdir()] == [".vscode"]
