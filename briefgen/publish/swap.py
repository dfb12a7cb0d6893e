"""One whole folder for another, in one step.

There is no moment at which the output is half of one version and half of another. Where the kernel can exchange two
folders (Linux: renameat2 with RENAME_EXCHANGE) there is also no moment at which it is missing. Elsewhere two renames
stand in, and the names of the folders are the journal: a run that was killed between the two left `.NAME.old-…` and no
NAME, which `recover` undoes.
"""

from __future__ import annotations

import ctypes
import errno
import os
import secrets
import stat
from collections.abc import Container
from pathlib import Path

from briefgen.publish import manifest
from briefgen.publish.refusal import Refusal
from briefgen.publish.tree import LITTER

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_CANNOT = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM)


def beside(output: Path, what: str) -> Path:
    """A new name in the folder of `output`, so on the same file system: ".site.staging-1f2e3d4c"."""
    return output.parent / f".{output.name}.{what}-{secrets.token_hex(4)}"


def swap(staged: Path, output: Path) -> Path | None:
    """Make `staged` the output; returns where the old output is now, None if there was none."""
    if not output.exists():
        os.rename(staged, output)
        return None
    try:
        if _exchange(staged, output):
            return staged
        return _two_renames(staged, output)
    except OSError as fault:
        if fault.errno not in (errno.EXDEV, errno.EBUSY):
            raise
        raise Refusal(f"{output} is a mount point or part of a container's image. Choose another folder with --output.") from None


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names at once (renameat2(2), Linux 3.15); False where the system cannot."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    if renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    fault = ctypes.get_errno()
    if fault in _CANNOT:
        return False
    raise OSError(fault, os.strerror(fault), str(other))


def _two_renames(staged: Path, output: Path) -> Path:
    old = beside(output, "old")
    os.rename(output, old)
    os.rename(staged, output)
    return old


def recover(output: Path) -> None:
    """Undo what a killed run left beside the output: an output that is missing comes back, staged folders go."""
    was, staged = f".{output.name}.old-", f".{output.name}.staging-"
    for path in _siblings(output, (was, staged)):
        # A folder of somebody else's may happen to be called so; it has no list, and is not the site.
        if path.name.startswith(was) and not output.exists() and manifest.read(path):
            os.rename(path, output)
        else:
            discard(path)


def _siblings(output: Path, beginnings: tuple[str, ...]) -> list[Path]:
    """The folders beside the output whose names begin so."""
    if not output.parent.is_dir():
        return []
    found = [entry for entry in os.scandir(output.parent) if entry.name.startswith(beginnings)]
    return sorted(Path(entry.path) for entry in found if entry.is_dir(follow_symlinks=False))


def discard(folder: Path) -> tuple[str, ...]:
    """Remove a folder that briefgen wrote, file by listed file; returns what is left because it is not briefgen's."""
    foreign: list[str] = []
    _clear(str(folder), "", manifest.read(folder), foreign)
    return tuple(foreign)


def _clear(folder: str, prefix: str, listed: Container[str], foreign: list[str]) -> None:
    os.chmod(folder, stat.S_IMODE(os.stat(folder).st_mode) | stat.S_IRWXU)  # else a write-protected folder would stay
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name == manifest.NAME)
    # The list goes last: a run killed in here must leave the next one able to tell what is ours.
    for entry in entries:
        path = prefix + entry.name
        if entry.is_dir(follow_symlinks=False):
            _clear(entry.path, f"{path}/", listed, foreign)
        elif path in listed or entry.name in LITTER or path in manifest.OWN or manifest.is_ours(path, entry.path):
            os.unlink(entry.path)
        else:
            foreign.append(path)
    if not os.listdir(folder):
        os.rmdir(folder)


def sync(folder: Path) -> None:
    """Have the file system of a folder write everything out: one call costs a third of one fsync for each file."""
    if not hasattr(os, "sync"):
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        if ctypes.CDLL(None).syncfs(fd) != 0:
            os.sync()
    except AttributeError:  # not Linux
        os.sync()
    finally:
        os.close(fd)
