"""Publishing, piece by piece: what `tests/mutants.py` breaks in site.py, swap.py and lock.py fails here."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import re
import shutil
import stat
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from briefgen.publish import manifest, site, staging, swap, tree
from briefgen.publish.lock import locked, state_folder, try_lock
from briefgen.publish.refusal import Refusal
from briefgen.publish.site import Written, write_site
from briefgen.publish.tree import STATE
from tests.test_publish import held, put

A, B = "a" * 64, "b" * 64
LISTED = f"{A}  a.html\n{B}  sub/b.html\n"


def ours(folder: Path, **more: str) -> Path:
    """A folder that briefgen wrote."""
    return put(folder, {manifest.NAME: LISTED, "a.html": "a", "sub/b.html": "b", **more})


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# ---------------------------------------------------------------- one folder for another


def test_a_name_beside() -> None:
    name = swap.beside(Path("/x/site"), "staging")
    assert name.parent == Path("/x")
    assert re.fullmatch(r"\.site\.staging-[0-9a-f]{8}", name.name)
    assert name != swap.beside(Path("/x/site"), "staging")


def test_the_first_site_is_moved_to_its_place(tmp_path: Path) -> None:
    assert swap.swap(put(tmp_path / "new", {"n": ""}), tmp_path / "site") is None
    assert held(tmp_path) == {"site/n": b""}


def test_two_folders_change_places_in_one_step(tmp_path: Path) -> None:
    new, old = put(tmp_path / "new", {"n": ""}), put(tmp_path / "site", {"o": ""})
    assert swap.swap(new, old) == new
    assert held(tmp_path) == {"site/n": b"", "new/o": b""}


def test_or_in_two_where_the_system_cannot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swap, "_exchange", lambda one, other: False)
    found = swap.swap(put(tmp_path / "new", {"n": ""}), put(tmp_path / "site", {"o": ""}))
    assert found
    assert found.parent == tmp_path
    assert re.fullmatch(r"\.site\.old-[0-9a-f]{8}", found.name)
    assert held(tmp_path) == {"site/n": b"", f"{found.name}/o": b""}


@pytest.mark.parametrize("code", [errno.EXDEV, errno.EBUSY])
def test_a_mount_point_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    monkeypatch.setattr(swap, "_exchange", raising(OSError(code, "")))
    with pytest.raises(
        Refusal, match=r"site is a mount point or part of a container's image\. Choose another folder with --output\."
    ):
        swap.swap(put(tmp_path / "new", {"n": ""}), put(tmp_path / "site", {"o": ""}))


def test_other_faults_are_told_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swap, "_exchange", raising(OSError(errno.EACCES, "no")))
    with pytest.raises(PermissionError):
        swap.swap(put(tmp_path / "new", {"n": ""}), put(tmp_path / "site", {"o": ""}))


def raising(fault: BaseException) -> Callable[..., Any]:
    def call(*_: object, **__: object) -> None:
        raise fault

    return call


class Kernel:
    """A C library: what renameat2 was asked, and what it answers."""

    def __init__(self, answer: int = 0, fault: int = 0) -> None:
        self.answer, self.fault, self.asked = answer, fault, []  # type: ignore[var-annotated]  # a list of tuples of anything

    def renameat2(self, *asked: object) -> int:
        self.asked.append(asked)
        return self.answer


def with_kernel(monkeypatch: pytest.MonkeyPatch, kernel: object) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda name, use_errno=False: kernel if use_errno else None)
    monkeypatch.setattr(ctypes, "get_errno", lambda: getattr(kernel, "fault", 0))


def test_what_the_kernel_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = Kernel()
    with_kernel(monkeypatch, kernel)
    assert swap._exchange(Path("/one"), Path("/öther")) is True
    assert kernel.asked == [(-100, b"/one", -100, "/öther".encode(), 2)]  # AT_FDCWD, RENAME_EXCHANGE


@pytest.mark.parametrize("code", [errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM])
def test_what_a_kernel_says_that_cannot(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    with_kernel(monkeypatch, Kernel(-1, code))
    assert swap._exchange(Path("/one"), Path("/other")) is False


@pytest.mark.parametrize("kernel", [object(), None])
def test_a_library_without_it_cannot(monkeypatch: pytest.MonkeyPatch, kernel: object) -> None:
    with_kernel(monkeypatch, kernel)
    assert swap._exchange(Path("/one"), Path("/other")) is False


@pytest.mark.parametrize("fault", [OSError(), TypeError(), AttributeError()])
def test_where_there_is_no_such_library_it_cannot(monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    monkeypatch.setattr(ctypes, "CDLL", raising(fault))
    assert swap._exchange(Path("/one"), Path("/other")) is False


def test_a_fault_of_the_exchange_names_the_place(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as fault:
        swap._exchange(tmp_path / "none", put(tmp_path / "site", {"o": ""}))
    assert fault.value.filename == str(tmp_path / "site")
    assert fault.value.strerror == "No such file or directory"


# ---------------------------------------------------------------- after a killed run


def test_an_output_that_is_missing_comes_back(tmp_path: Path) -> None:
    ours(tmp_path / ".site.old-1")
    swap.recover(tmp_path / "site")
    assert left(tmp_path) == ["site"]
    assert (tmp_path / "site/a.html").exists()


def test_an_output_that_is_there_stays_and_the_rest_goes(tmp_path: Path) -> None:
    ours(tmp_path / ".site.old-1")
    ours(tmp_path / ".site.staging-2")
    put(ours(tmp_path / "site"), {"a.html": "newer"})
    swap.recover(tmp_path / "site")
    assert left(tmp_path) == ["site"]
    assert (tmp_path / "site/a.html").read_text() == "newer"


def test_a_staged_site_never_becomes_the_output(tmp_path: Path) -> None:
    ours(tmp_path / ".site.staging-1")
    swap.recover(tmp_path / "site")
    assert left(tmp_path) == []


def test_nor_does_it_where_the_output_s_own_name_looks_like_that_of_an_old_site(tmp_path: Path) -> None:
    ours(tmp_path / ".my.old-site.staging-1")
    swap.recover(tmp_path / "my.old-site")
    assert left(tmp_path) == []
    ours(tmp_path / ".my.old-site.old-1")
    swap.recover(tmp_path / "my.old-site")
    assert left(tmp_path) == ["my.old-site"]


def test_of_two_old_sites_one_comes_back(tmp_path: Path) -> None:
    ours(tmp_path / ".site.old-1", which="first")
    ours(tmp_path / ".site.old-2")
    (tmp_path / ".site.old-1/which").rename(tmp_path / ".site.old-1/a.html")
    swap.recover(tmp_path / "site")
    assert left(tmp_path) == ["site"]
    assert (tmp_path / "site/a.html").read_text() == "first"


@pytest.mark.parametrize(
    "name",
    [".site.old", ".site.oldest", ".other.old-1", "site.old-1", ".site.staging", "site.staging-1", ".sites.old-1", ".site.old1"],
)
def test_other_folders_are_left_alone(tmp_path: Path, name: str) -> None:
    ours(tmp_path / name)
    swap.recover(tmp_path / "site")
    assert left(tmp_path) == [name]
    assert left(tmp_path / name) == [manifest.NAME, "a.html", "sub"]


def test_nor_a_folder_of_somebody_else_s_that_happens_to_be_called_so(tmp_path: Path) -> None:
    put(tmp_path, {".site.old-1/mine": "", ".site.staging-1/mine": "", ".site.old-2": "a file"})
    (tmp_path / ".site.old-3").symlink_to(ours(tmp_path / "elsewhere"))
    swap.recover(tmp_path / "site")
    assert left(tmp_path) == [".site.old-1", ".site.old-2", ".site.old-3", ".site.staging-1", "elsewhere"]
    assert left(tmp_path / "elsewhere") == [manifest.NAME, "a.html", "sub"]
    assert (tmp_path / ".site.old-1/mine").exists()


def test_where_the_parent_is_missing_there_is_nothing_to_do(tmp_path: Path) -> None:
    swap.recover(tmp_path / "none/site")
    assert left(tmp_path) == []


# ---------------------------------------------------------------- clearing away


def test_what_is_ours_goes_and_what_is_not_stays(tmp_path: Path) -> None:
    folder = ours(tmp_path / "x", **{".gitignore": "*\n", "Thumbs.db": "", "sub/.DS_Store": ""})
    assert swap.discard(folder) == ()
    assert left(tmp_path) == []
    folder = ours(tmp_path / "y", **{"mine": "", "sub/deep/mine": "", "sub/.gitignore": "*\n", ".gitignore": "mine\n"})
    assert sorted(swap.discard(folder)) == [".gitignore", "mine", "sub/.gitignore", "sub/deep/mine"]
    assert sorted(held(folder)) == [".gitignore", "mine", "sub/.gitignore", "sub/deep/mine"]


def test_links_are_removed_and_never_followed(tmp_path: Path) -> None:
    folder = put(tmp_path / "x", {manifest.NAME: f"{A}  link\n"})
    (folder / "link").symlink_to(put(tmp_path / "other", {"precious": ""}))
    assert swap.discard(folder) == ()
    assert held(tmp_path) == {"other/precious": b""}


def test_the_list_goes_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone: list[str] = []
    unlink = os.unlink

    def noted(path: str | Path) -> None:
        gone.append(os.path.basename(path))
        unlink(path)

    folder = ours(tmp_path / "x")
    monkeypatch.setattr(os, "unlink", noted)
    swap.discard(folder)
    assert gone[-1] == manifest.NAME
    assert set(gone[:-1]) == {"a.html", "b.html"}


def test_a_folder_without_a_list_loses_nothing(tmp_path: Path) -> None:
    folder = put(tmp_path / "x", {"mine": "", "empty/y": ""})
    (folder / "empty/y").unlink()
    assert swap.discard(folder) == ("mine",)
    assert left(folder) == ["mine"]  # an empty folder is nobody's loss


def test_write_protected_folders_are_opened_for_their_owner_and_nobody_else(tmp_path: Path) -> None:
    folder = ours(tmp_path / "x", **{"sub/mine": ""})
    (folder / "sub").chmod(0o050)
    folder.chmod(0o505)
    swap.discard(folder)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / "sub")] == [0o705, 0o750]


# ---------------------------------------------------------------- written out


@pytest.mark.parametrize(("answer", "all_too"), [(0, 0), (-1, 1), (1, 1)])
def test_one_file_system_is_written_out_or_else_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: int, all_too: int
) -> None:
    asked: list[str] = []
    closed: list[int] = []
    close = os.close

    def syncfs(fd: int) -> int:
        asked.append(os.readlink(f"/proc/self/fd/{fd}"))
        return answer

    def noted(fd: int) -> None:
        closed.append(fd)
        close(fd)

    monkeypatch.setattr(ctypes, "CDLL", lambda name: SimpleNamespace(syncfs=syncfs))
    monkeypatch.setattr(os, "sync", lambda: asked.append("all"))
    monkeypatch.setattr(os, "close", noted)
    swap.sync(tmp_path)
    assert asked == [str(tmp_path), *["all"] * all_too]
    assert len(closed) == 1


def test_a_library_without_syncfs_has_all_written_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(ctypes, "CDLL", lambda name: object())
    monkeypatch.setattr(os, "sync", lambda: asked.append("all"))
    swap.sync(tmp_path)
    assert asked == ["all"]


def test_a_system_without_sync_writes_when_it_likes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sync")
    monkeypatch.setattr(os, "open", raising(AssertionError()))
    swap.sync(tmp_path)


# ---------------------------------------------------------------- a whole site


def publish(output: Path, files: dict[str, bytes]) -> Written:
    return write_site(output, files, output.parent / ".briefgen/replaced").written


def test_what_was_written_kept_and_pruned_is_counted(tmp_path: Path) -> None:
    output = tmp_path / "far/up/site"
    assert publish(output, {"a/b/c.html": b"1", "d": b"1"}) == Written(3, 0, 0)
    assert publish(output, {"a/b/c.html": b"1", "d": b"1"}) == Written(0, 3, 0)
    assert publish(output, {"a/b/c.html": b"1", "d": b"2", "e": b""}) == Written(2, 2, 0)
    assert publish(output, {"d": b"2"}) == Written(0, 2, 2)
    assert publish(output, {"x": b""}) == Written(1, 1, 1)
    assert left(output.parent) == ["site"]


def test_a_list_that_was_lost_is_written_anew(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(output, {})
    (output / manifest.NAME).unlink()
    assert publish(output, {}) == Written(0, 1, 0)
    assert manifest.read(output) == {".gitignore": hashlib.sha256(b"*\n").hexdigest()}


@pytest.mark.parametrize("change", ["remove", "edit"])
def test_what_was_changed_by_hand_is_put_right_though_nothing_else_changed(tmp_path: Path, change: str) -> None:
    output = tmp_path / "site"
    publish(output, {"a": b"1", "b": b"1"})
    (output / "a").unlink()
    put(output, {"a": "hand"} if change == "edit" else {})
    publish(output, {"a": b"1", "b": b"1"})
    assert (output / "a").read_bytes() == b"1"


def test_an_own_file_takes_the_place_of_the_one_that_git_reads(tmp_path: Path) -> None:
    publish(tmp_path / "site", {".gitignore": b"mine"})
    assert (tmp_path / "site/.gitignore").read_bytes() == b"mine"


@pytest.mark.parametrize("name", [manifest.NAME, "../x", "/x", ".", "a/./b"])
def test_names_that_no_file_of_a_site_may_have(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refusal, match=re.escape(f"{name!r} cannot be the name of a file of the site. Rename it.")):
        publish(tmp_path / "site", {"fine": b"", name: b""})
    assert left(tmp_path) == []


def test_files_that_did_not_change_are_the_same_files(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(output, {"a": b"1", "b": b"1"})
    before = (output / "a").stat().st_ino
    os.utime(output / "a", (1, 1))
    publish(output, {"a": b"1", "b": b"2"})
    assert ((output / "a").stat().st_ino, (output / "a").stat().st_mtime) == (before, 1)


def test_or_copies_with_their_time_where_files_cannot_have_two_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "site"
    publish(output, {"a": b"1", "b": b"1"})
    os.utime(output / "a", (1, 1))
    before = (output / "a").stat().st_ino
    monkeypatch.setattr(os, "link", raising(OSError(errno.EPERM, "")))
    publish(output, {"a": b"1", "b": b"2"})
    assert (output / "a").stat().st_ino != before
    assert (output / "a").stat().st_mtime == 1
    assert (output / "a").read_bytes() == b"1"


def test_the_folder_keeps_its_rights(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(output, {"a": b"1"})
    for rights, then in ((0o711, 0o711), (0o055, 0o755), (0o770, 0o770)):
        output.chmod(rights)
        publish(output, {"a": str(rights).encode()})
        assert stat.S_IMODE(output.stat().st_mode) == then


def test_what_was_changed_by_hand_is_kept_unless_the_new_site_holds_it(tmp_path: Path) -> None:
    output = tmp_path / "site"
    for round_ in (b"once", b"twice"):
        publish(output, {"a": b"1", "b/c": b"1", "d": b"1", "e": round_})
        put(output, {"a": "same", "b/c": b"hand " + round_, "d": "gone"})
        os.utime(output / "b/c", (1, 1))
        (output / "d").unlink()
        assert publish(output, {"a": b"same", "b/c": b"2"}) == Written(1, 2, 1, ("b/c",))
        rescued = tmp_path / ".briefgen/replaced"
        assert held(rescued) == {"b/c": b"hand " + round_}
        assert (rescued / "b/c").stat().st_mtime == 1
    assert (output / "b/c").read_bytes() == b"2"


def test_nothing_is_touched_before_a_foreign_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = put(tmp_path / "site", {"mine": ""})
    monkeypatch.setattr(site, "_exchange", raising(AssertionError()))
    with pytest.raises(Refusal, match="site/mine"):
        publish(output, {"a": b""})


@pytest.mark.parametrize("fault", [OSError(28, "full"), KeyboardInterrupt(), SystemExit(1)])
@pytest.mark.parametrize("step", ["sync", "swap"])
def test_whatever_goes_wrong_before_the_exchange_leaves_the_old_site_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException, step: str
) -> None:
    output = tmp_path / "site"
    publish(output, {"a": b"1"})
    before = held(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(site, step, raising(fault))
        with pytest.raises(type(fault)):
            publish(output, {"a": b"2"})
    assert held(tmp_path) == before
    assert left(tmp_path) == ["site"]


def test_the_list_is_written_first_and_all_is_written_out_before_the_exchange(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "site"
    publish(output, {"a": b"1"})
    steps: list[str] = []
    write, replace, exchange = staging._write, os.replace, swap.swap

    def noted(path: str, data: bytes) -> tree.Mark:
        steps.append(f"write {os.path.basename(path)}")
        return write(path, data)

    def replaced(one: str, other: str) -> None:
        steps.append(f"replace {os.path.basename(other)}")
        replace(one, other)

    def exchanged(one: Path, other: Path) -> Path | None:
        steps.append("swap")
        return exchange(one, other)

    def discarded(folder: Path) -> tuple[str, ...]:
        steps.append("discard")
        return ()

    monkeypatch.setattr(staging, "_write", noted)
    monkeypatch.setattr(os, "replace", replaced)
    monkeypatch.setattr(site, "sync", lambda folder: steps.append(f"sync {re.sub('-.*', '', folder.name)}"))
    monkeypatch.setattr(site, "swap", exchanged)
    monkeypatch.setattr(site, "discard", discarded)
    publish(output, {"a": b"2"})
    assert steps == [
        f"replace {manifest.NAME}",
        "write a",
        "sync .site.staging",
        "swap",
        f"sync {tmp_path.name.partition('-')[0]}",
        "discard",
    ]


def test_what_cannot_be_cleared_away_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "site"
    publish(output, {"a": b"1"})
    monkeypatch.setattr(site, "discard", raising(OSError(13, "no")))
    assert publish(output, {"a": b"2"}) == Written(1, 1, 0)
    assert (output / "a").read_bytes() == b"2"


def test_what_appeared_in_the_meantime_is_kept_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "site"
    publish(output, {"a": b"1"})
    stage = staging.stage

    def slowly(*given: Any) -> staging.Laid:
        laid = stage(*given)
        put(output, {"late": "mine"})
        return laid

    monkeypatch.setattr(site, "stage", slowly)
    assert publish(output, {"a": b"2"}).strays == ("late",)
    (kept,) = [path for path in tmp_path.iterdir() if path.name.startswith(".site.staging-")]
    assert held(kept) == {"late": b"mine"}


def test_the_first_site_needs_no_clearing_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "discard", raising(AssertionError()))
    assert publish(tmp_path / "site", {"a": b"1"}) == Written(2, 0, 0)


def test_copies_keep_more_than_bytes(tmp_path: Path) -> None:
    put(tmp_path, {"site/a": "1", "new/c": "3"})
    os.utime(tmp_path / "site/a", (5, 5))
    plan = staging.Plan(tmp_path / "site", {"a": b"1", "b": b"2"}, {}, {"a", "b"}, {""}, manifest.Survey({}, {}))
    assert staging._carry_over("a", str(tmp_path / "new"), plan) is None
    assert (tmp_path / "new/a").stat().st_nlink == 2
    with pytest.raises(shutil.SameFileError):
        staging._carry_over("a", str(tmp_path / "new"), plan)  # it cannot be linked again, and copying says why


def test_files_have_the_rights_of_new_ones_and_nothing_stays_open(tmp_path: Path) -> None:
    before, mask = os.listdir("/proc/self/fd"), os.umask(0o002)
    try:
        publish(tmp_path / "site", {"a/b": b"1"})
    finally:
        os.umask(mask)
    made = {path: stat.S_IMODE((tmp_path / "site" / path).stat().st_mode) for path in ("a", "a/b", manifest.NAME)}
    assert made == {"a": 0o775, "a/b": 0o664, manifest.NAME: 0o664}
    assert os.listdir("/proc/self/fd") == before


def test_what_somebody_removed_after_it_was_looked_at_is_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "site"
    publish(output, {"a": b"1", "b": b"1"})
    real = staging.folders_of

    def meanwhile(paths: Iterable[str]) -> set[str]:
        (output / "a").unlink()
        return real(paths)

    monkeypatch.setattr(site, "folders_of", meanwhile)
    publish(output, {"a": b"1", "b": b"2"})
    assert (output / "a").read_bytes() == b"1"


# ---------------------------------------------------------------- one at a time


def test_the_state_folder_is_made_once_and_hidden_from_git(tmp_path: Path) -> None:
    assert STATE == ".briefgen"
    folder = state_folder(tmp_path)
    assert folder == tmp_path / ".briefgen"
    assert held(folder) == {".gitignore": b"*\n"}
    put(folder, {".gitignore": "mine"})
    assert held(state_folder(tmp_path)) == {".gitignore": b"mine"}
    with pytest.raises(FileNotFoundError):
        state_folder(tmp_path / "none")


def test_each_output_has_a_lock_of_its_own(tmp_path: Path) -> None:
    for output in (tmp_path / "site", tmp_path / "other", tmp_path / "sub/site"):
        with locked(tmp_path, output, raising(AssertionError())), locked(tmp_path, tmp_path / "free", raising(AssertionError())):
            tag = hashlib.sha256(str(output).encode()).hexdigest()[:8]
            assert (tmp_path / f".briefgen/{output.name}-{tag}.lock").read_bytes() == b""
    assert len(list((tmp_path / ".briefgen").glob("*.lock"))) == 4


def test_a_lock_is_tried_without_waiting(tmp_path: Path) -> None:
    with (tmp_path / "x").open("a+b") as one, (tmp_path / "x").open("a+b") as other:
        assert try_lock(one) is True
        assert try_lock(other) is False
        one.close()
        assert try_lock(other) is True


def test_who_comes_second_says_so_once_and_waits(tmp_path: Path) -> None:
    steps: list[str] = []
    waits, inside = threading.Event(), threading.Event()

    def second() -> None:
        def on_wait() -> None:
            steps.append("waits")
            waits.set()

        with locked(tmp_path, tmp_path / "site", on_wait):
            steps.append("second")
            inside.set()

    thread = threading.Thread(target=second)
    with locked(tmp_path, tmp_path / "site", raising(AssertionError())):
        thread.start()
        assert waits.wait(10)
        assert not inside.wait(0.3)
        steps.append("first")
    thread.join(10)
    assert steps == ["waits", "first", "second"]


def test_a_build_that_fails_gives_the_lock_back(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(KeyError), locked(tmp_path, tmp_path / "site", raising(AssertionError())):
            raise KeyError


def test_a_lock_that_cannot_be_had_is_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    monkeypatch.setattr(fcntl, "flock", raising(OSError(errno.ENOLCK, "no locks")))
    with pytest.raises(OSError, match="no locks"), locked(tmp_path, tmp_path / "site", raising(AssertionError())):
        pytest.fail("it went on without a lock")
