"""Templates as Python has compiled them, kept for the user's next process (a `theme.Codes`), outside of any project.

What is kept here is run, so it is believed only where nobody but the user can have written it: in the user's own folder for
caches, if that folder and the file are the user's and nobody else may write there, as it is with the `.pyc` files of Python.
Never below the project or its repository: what a stranger brings along there runs no code (`kept.py`). A key stands for all that
the code was made of and for this very program; anything that is not whole counts as none; what cannot be written costs time only.

A file is a line that names the form, the key (32 bytes), the SHA-256 of the rest (32), and the code as `marshal` writes it.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import stat
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from types import CodeType

from briefgen.canonical import key

FORM = b"briefgen code 1\n"
_PLAIN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_OLD, _NEW = os.O_RDONLY | _PLAIN, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _PLAIN
_MOST = 256  # files; a theme has 40 templates of 40 KB or less, so there is room for six themes and versions


def cache_folder(project: Path) -> Path | None:
    """Our folder where a user's caches belong, or None where that is unknown, or below the project or the repository around it.

    It is $XDG_CACHE_HOME or ~/.cache (XDG Base Directory Specification), on Windows %LOCALAPPDATA%.
    """
    name = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME"
    given = Path(os.environ.get(name, ""))
    try:
        # One that is not absolute is to be ignored, says the specification.
        folder = (given if given.is_absolute() else Path.home() / ".cache").resolve() / "briefgen"
    except (OSError, RuntimeError):  # nobody knows where this user is at home
        return None
    project = project.resolve()
    top = next((one for one in (project, *project.parents) if (one / ".git").exists()), project)
    return None if folder.is_relative_to(top) else folder


class UserCodes:
    """Compiled templates in a folder, by what they were made of; `salt` stands for the program."""

    def __init__(self, folder: Path | None, salt: str) -> None:
        """The folder is made with the first one kept."""
        self._wanted, self._salt = folder, salt

    def get(self, made_of: Sequence[str]) -> CodeType | None:
        """The code made of this, or None."""
        try:
            which = key(self._salt, made_of, ())
            return _code(_read(self._folder / which), which) if self._folder else None
        except Exception:  # whatever is wrong with it, it is not needed
            return None

    def put(self, made_of: Sequence[str], code: CodeType) -> None:
        """Keep a code, in one step."""
        with suppress(OSError):
            if self._folder is None:
                return
            which = key(self._salt, made_of, ())
            data = marshal.dumps(code)
            new = self._folder / f"{which}.{os.getpid()}.new"
            with os.fdopen(os.open(new, _NEW, 0o600), "wb") as file:
                file.write(FORM + bytes.fromhex(which) + hashlib.sha256(data).digest() + data)
            os.replace(new, self._folder / which)
            _tidy(self._folder)

    @cached_property
    def _folder(self) -> Path | None:
        """The folder, if it may be used."""
        if self._wanted is None:
            return None
        with suppress(OSError):
            self._wanted.parent.mkdir(0o700, parents=True, exist_ok=True)
            self._wanted.mkdir(0o700, exist_ok=True)
            found = self._wanted.lstat()
            if stat.S_ISDIR(found.st_mode) and _is_ours_alone(found):
                return self._wanted
        return None


def _is_ours_alone(found: os.stat_result) -> bool:
    """Whether it is this user's, and nobody else may write to it. On Windows a user's folder of this kind is their own."""
    return sys.platform == "win32" or (found.st_uid == os.geteuid() and not found.st_mode & 0o022)


def _read(path: Path) -> bytes:
    """A file of the user's own. Raises OSError where it is none."""
    with os.fdopen(os.open(path, _OLD), "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or not _is_ours_alone(found):
            raise PermissionError(path)
        return file.read()


def _code(data: bytes, which: str) -> CodeType | None:
    head = FORM + bytes.fromhex(which)
    digest, held = data[len(head) : len(head) + 32], memoryview(data)[len(head) + 32 :]
    if not data.startswith(head) or digest != hashlib.sha256(held).digest():
        return None
    code = marshal.loads(held)  # noqa: S302  # see above: nobody but the user wrote it, and it is what was written
    return code if isinstance(code, CodeType) else None


def _tidy(folder: Path) -> None:
    """The oldest half goes, once there are too many."""
    names = os.listdir(folder)
    if len(names) > _MOST:
        for name in sorted(names, key=lambda name: (folder / name).lstat().st_mtime_ns)[: len(names) - _MOST // 2]:
            (folder / name).unlink(missing_ok=True)
