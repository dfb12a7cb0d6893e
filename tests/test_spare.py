"""The spare tree: it makes a publication quicker, and decides nothing whatever has become of it."""

from __future__ import annotations

import errno
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefgen.build import Order, build
from briefgen.publish import manifest, marks, site, staging, swap
from briefgen.publish.site import Written, write_site
from briefgen.publish.swap import recover
from briefgen.publish.tree import Mark
from tests.reliability import assert_whole, tries
from tests.test_publish import held, put

SAME = {f"same/{n}": b"%d" % n for n in range(10)}


class Desk:
    """A site that is published again and again, as builds do it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.output, self.spare = folder, folder / "site", folder / ".briefgen/spare"
        self.marks: dict[str, Mark] = {}
        self.spare.parent.mkdir()

    def publish(self, files: dict[str, bytes], output: Path | None = None) -> Written:
        """Also looks whether what is there is what should be, and nothing beside it."""
        output = output or self.output
        recover(output)
        found = write_site(output, files, self.folder / ".briefgen/replaced", self.marks, self.spare)
        self.marks = dict(found.marks)
        assert {path: data for path, data in held(output).items() if path != manifest.NAME} == {".gitignore": b"*\n"} | files
        assert_whole(output)
        assert self.marks == marks.marks(str(output))
        return found.written

    def three(self) -> None:
        """After the third publication there is a spare that was in use."""
        for n in range(3):
            self.publish(SAME | {"a": b"%d" % n})
        assert self.spare.is_dir()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def calls(monkeypatch: pytest.MonkeyPatch, *names: str) -> list[str]:
    """The names of these functions of the system, each time one is called."""
    seen: list[str] = []

    def noting(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*given: Any, **more: Any) -> Any:
            seen.append(name)
            return real(*given, **more)

        return noted

    for name in names:
        monkeypatch.setattr(os, name, noting(name, getattr(os, name)))
    return seen


# ---------------------------------------------------------------- what it is for


def test_a_publication_touches_what_changed_and_nothing_else(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.three()
    before = {path: (desk.output / path).stat() for path in SAME}
    seen = calls(monkeypatch, "link", "unlink", "mkdir", "rmdir")
    assert desk.publish(SAME | {"a": b"4"}) == Written(1, 11, 0)
    assert [name for name in seen if name != "mkdir"] == ["unlink"]  # of the page that was replaced, out of the spare
    after = {path: (desk.output / path).stat() for path in SAME}
    assert [(s.st_ino, s.st_mtime_ns, s.st_ctime_ns) for s in after.values()] == [
        (s.st_ino, s.st_mtime_ns, s.st_ctime_ns) for s in before.values()
    ]


def test_the_first_spare_comes_of_the_first_edit(desk: Desk) -> None:
    desk.publish(SAME)
    assert not desk.spare.exists()
    desk.publish(SAME | {"a": b"1"})
    assert desk.spare.exists()


def test_it_holds_nothing_that_the_site_does_not_hold(desk: Desk) -> None:
    """So it takes no room, and what was taken out of the site is gone."""
    desk.publish(SAME | {"a": b"1", "gone/b": b"1", "gone/deep/c": b"1"})
    desk.publish(SAME | {"a": b"2"})
    names = {path for path in held(desk.spare) if path != manifest.NAME}
    assert names == {".gitignore", *SAME}
    assert all((desk.spare / path).samefile(desk.output / path) for path in names)
    assert [path.name for path in desk.spare.iterdir() if path.is_dir()] == ["same"]


def test_where_most_is_new_there_is_none(desk: Desk) -> None:
    desk.three()
    desk.publish(dict.fromkeys(SAME, b"new"))
    assert not desk.spare.exists()


@pytest.mark.parametrize(("new", "left"), [(5, True), (6, True), (7, False)])
def test_it_is_left_where_half_of_the_site_stays(desk: Desk, new: int, left: bool) -> None:
    files = SAME | {"a": b""}
    desk.publish(files)
    desk.publish(files | dict.fromkeys([*SAME][:new], b"new"))  # 12 files, that of git among them
    assert desk.spare.exists() == left


def test_it_goes_with_the_site(desk: Desk) -> None:
    """Else it would hold the room that somebody wanted by removing the site."""
    desk.three()
    shutil.rmtree(desk.output)
    desk.publish(SAME)
    assert not desk.spare.exists()


def test_what_the_system_drops_into_folders_is_no_hindrance(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.three()
    put(desk.output, {".DS_Store": "", "same/.DS_Store": ""})
    put(desk.spare, {"same/Thumbs.db": ""})
    seen = calls(monkeypatch, "link")
    desk.publish(SAME | {"a": b"4"})
    desk.publish(SAME | {"a": b"5"})
    assert seen == []
    assert set(held(desk.spare)) == {manifest.NAME, ".gitignore", *SAME}


def test_folders_come_and_go(desk: Desk) -> None:
    desk.three()
    for files in ({"x/y/z": b"1"}, {"x": b"1"}, {"x/y": b"1"}, {}, {"same/deep/x": b"1"}):
        desk.publish(SAME | files)


# ---------------------------------------------------------------- whatever has become of it


def test_a_page_changed_in_its_place_changes_in_the_spare_too_and_is_put_right(desk: Desk) -> None:
    desk.three()
    with (desk.output / "same/1").open("ab") as file:
        file.write(b" by hand")
    assert (desk.spare / "same/1").read_bytes() == b"1 by hand"  # they are one file
    assert desk.publish(SAME | {"a": b"4"}).edited == ("same/1",)
    assert held(desk.folder / ".briefgen/replaced") == {"same/1": b"1 by hand"}


def damaged(desk: Desk, chance: random.Random) -> None:
    """One thing that may befall the spare."""
    some = desk.spare / chance.choice([*SAME, ".gitignore", manifest.NAME])
    if not some.is_file() or some.is_symlink():
        return
    match chance.randrange(8):
        case 0:
            some.unlink()
        case 1:
            some.unlink()
            some.write_bytes(b"put there")
        case 2:
            some.unlink()
            some.symlink_to("/etc/hostname")
        case 3:
            some.unlink()
            (some / "deep").mkdir(parents=True)
        case 4:
            (desk.spare / "mine.txt").write_text("of somebody")
        case 5:
            (desk.spare / "same").chmod(0o700)
        case 6:
            shutil.rmtree(desk.spare)
        case _:
            (desk.spare / ".DS_Store").touch()
            (desk.spare / "empty").mkdir(exist_ok=True)


@tries(60, 3000)
def test_whatever_befalls_it_the_site_is_what_it_should_be(desk: Desk, times: int) -> None:
    chance, kept = random.Random(4), 0
    files = SAME | {"a": b""}
    for n in range(times):
        for path in chance.sample(sorted(files), 2):
            files[path] = b"%d" % n
        if files.pop("more/b", None) is None:
            files["more/b"] = b"%d" % n
        if chance.random() < 0.2:
            put(desk.output, {"same/2": "by hand"} if desk.output.exists() else {})
        if chance.random() < 0.5 and desk.spare.is_dir():
            damaged(desk, chance)
        mine = (desk.spare / "mine.txt").exists()
        desk.publish(files)
        if mine:
            assert (desk.spare / "mine.txt").read_text() == "of somebody"
            if chance.random() < 0.5:
                shutil.rmtree(desk.spare)
        kept += desk.spare.exists()
        assert {path.name for path in desk.folder.iterdir()} == {".briefgen", "site"}
    assert kept > times // 3


@pytest.mark.parametrize("made", ["file", "link", "empty"])
def test_something_else_in_its_place_is_left_alone(desk: Desk, made: str) -> None:
    elsewhere = put(desk.folder / ".briefgen/elsewhere", {"mine": "m", manifest.NAME: f"{'0' * 64}  mine\n"})
    match made:
        case "file":
            desk.spare.write_text("mine")
        case "link":
            desk.spare.symlink_to(elsewhere)
        case _:
            desk.spare.mkdir()
    for n in range(3):
        desk.publish(SAME | {"a": b"%d" % n})
    assert (elsewhere / "mine").read_text() == "m"
    assert desk.spare.is_symlink() == (made == "link")
    assert desk.spare.is_dir() == (made != "file")


def test_rights_that_somebody_gave_a_folder_do_not_come_back(desk: Desk) -> None:
    """As without a spare: folders of the site have the rights of new ones after each publication."""
    desk.three()
    usual = (desk.output / "same").stat().st_mode
    (desk.output / "same").chmod(0o700)
    for n in range(4, 7):
        desk.publish(SAME | {"a": b"%d" % n})
        assert (desk.output / "same").stat().st_mode == usual


def test_that_of_another_output_is_of_no_use(desk: Desk) -> None:
    desk.three()
    for n in range(4):
        desk.marks = {}
        desk.publish(SAME | {"a": b"%d" % n}, desk.folder / "other")
        desk.marks = {}
        desk.publish(SAME | {"a": b"%d" % n})


def test_what_appears_during_a_build_is_kept_beside_the_site_and_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.three()
    stage = staging.stage

    def slowly(*given: Any) -> staging.Laid:
        laid = stage(*given)
        put(desk.output, {"late": "mine"})
        return laid

    monkeypatch.setattr(site, "stage", slowly)
    assert desk.publish(SAME | {"a": b"4"}).strays == ("late",)
    (beside,) = [path for path in desk.folder.iterdir() if path.name.startswith(".site.staging-")]
    assert held(beside) == {"late": b"mine"}
    assert not desk.spare.exists()


# ---------------------------------------------------------------- where it cannot be


def test_on_another_file_system_there_is_none(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = os.rename

    def elsewhere(one: Path, other: Path) -> None:
        if desk.spare in (Path(one), Path(other)):
            raise OSError(errno.EXDEV, "another file system")
        rename(one, other)

    desk.three()
    monkeypatch.setattr(os, "rename", elsewhere)
    for n in range(3, 6):
        desk.publish(SAME | {"a": b"%d" % n})
    assert {path.name for path in desk.folder.iterdir()} == {".briefgen", "site"}


def test_where_files_cannot_have_two_names_there_is_none(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError(errno.EPERM, "")))
    for n in range(3):
        desk.publish(SAME | {"a": b"%d" % n})
    assert not desk.spare.exists()


def test_where_folders_cannot_be_exchanged_it_is_used_all_the_same(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swap, "_exchange", lambda one, other: False)
    desk.three()
    seen = calls(monkeypatch, "link")
    desk.publish(SAME | {"a": b"4"})
    assert seen == []


@pytest.mark.parametrize("call", ["unlink", "rmdir", "rename", "scandir", "lstat"])
def test_a_fault_in_it_costs_time_and_no_site(desk: Desk, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    desk.publish(SAME | {"x/y": b"1"})
    for at in range(1, 12):
        for n in range(2):
            desk.publish(SAME | {"a": b"%d" % (10 * at + n)} | ({"x/y": b"1"} if n else {"x": b"2"}))
        real, count = getattr(os, call), 0

        def failing(path: Any, *more: Any, real: Any = real, at: int = at) -> Any:
            nonlocal count
            if "spare" in str(path) or ".staging" in str(path):
                count += 1
                if count == at:
                    raise OSError(errno.EIO, "Input/output error", str(path))
            return real(path, *more)

        with monkeypatch.context() as patched:
            patched.setattr(os, call, failing)
            try:
                desk.publish(SAME | {"a": b"last"})
            except OSError:  # it was a step of the exchange itself: the old site is there
                assert (desk.output / "a").read_bytes() == b"%d" % (10 * at + 1)
        desk.publish(SAME | {"a": b"after"})
        assert {path.name for path in desk.folder.iterdir()} == {".briefgen", "site"}


# ---------------------------------------------------------------- changed while it is published


@pytest.mark.parametrize("spare", [False, True])
@pytest.mark.parametrize("way", ["in its place", "another file"])
def test_what_is_changed_while_the_site_is_laid_out_is_not_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, spare: bool, way: str
) -> None:
    """Pages that stay, that are replaced, and that go: each is in the new site as changed, or a copy is kept."""
    others = {"gone": b"1", "linked": b"1", "touched": b"1", "removed": b"1"}
    desk.publish(SAME | {"a": b"1"} | others)
    if spare:
        desk.publish(SAME | {"a": b"2"} | others)
    real = staging.stage

    def meanwhile(*given: Any) -> staging.Laid:
        laid = real(*given)
        for path in ("same/1", "a", "gone"):
            was = (desk.output / path).stat()
            if way == "another file":
                (desk.output / path).unlink()
            put(desk.output, {path: "by hand"})
            os.utime(desk.output / path, ns=(was.st_atime_ns, was.st_mtime_ns))  # as programs do that wish to be unseen
        (desk.output / "same/2").touch()
        (desk.output / "touched").touch()
        (desk.output / "linked").unlink()
        (desk.output / "linked").symlink_to("same/1")
        (desk.output / "removed").unlink()
        return laid

    monkeypatch.setattr(site, "stage", meanwhile)
    found = write_site(desk.output, SAME | {"a": b"3"}, desk.folder / ".briefgen/replaced", desk.marks, desk.spare)
    monkeypatch.undo()
    desk.marks = dict(found.marks)
    staying = way == "in its place"  # it is the same file in the old site and in the new one
    assert set(found.written.edited) == {"a", "gone"} | (set() if staying else {"same/1"})
    assert (desk.output / "same/1").read_bytes() == (b"by hand" if staying else b"1")
    assert {path.name for path in desk.folder.iterdir()} == {".briefgen", "site"}
    assert desk.publish(SAME | {"a": b"3"}).edited == (("same/1",) if staying else ())
    assert held(desk.folder / ".briefgen/replaced") == dict.fromkeys(("a", "gone", "same/1"), b"by hand")


@pytest.mark.parametrize("spare", [False, True])
def test_what_nobody_changed_is_not_read(desk: Desk, monkeypatch: pytest.MonkeyPatch, spare: bool) -> None:
    """Neither pages that stay nor those that go, which have lost a second name."""
    desk.publish(SAME | {"a": b"1"})
    if spare:
        desk.publish(SAME | {"a": b"2"})

    def read(data: bytes) -> str:
        raise AssertionError(data)

    monkeypatch.setattr(manifest, "digest", read)
    found = write_site(desk.output, SAME | {"same/1": b"new"}, desk.folder / ".briefgen/replaced", desk.marks, desk.spare)
    assert found.written == Written(1, 10, 1)


# ---------------------------------------------------------------- as builds have it


def test_each_output_has_its_own_and_none_that_is_gone(tmp_path: Path) -> None:
    """Two outputs built in turns do not undo each other's marks, and a site that was removed gives its room back."""
    project = put(tmp_path / "p", {"content/site.yaml": "name: A briefing\n", "content/actors/a.yaml": "omar: Omar Other\n"})
    outputs = project / "site", project / "other"

    def built() -> list[Written | None]:
        return [build(Order(project), output, lambda: None).written for output in outputs]

    built()
    for name in ("Second", "Third"):
        put(project, {"content/actors/a.yaml": f"omar: Omar {name}\n"})
        built()
    known = [marks.marks(str(output)) for output in outputs]
    assert all(isinstance(one, Written) and one.written == 0 for one in built())
    assert [marks.marks(str(output)) for output in outputs] == known
    assert len(list((project / ".briefgen").glob("*.spare"))) == 2
    shutil.rmtree(project / "other")
    build(Order(project), project / "site", lambda: None)
    assert len(list((project / ".briefgen").glob("site-*.spare"))) == len(list((project / ".briefgen").glob("*.spare"))) == 1
