"""What befalls the state folder and the site between two builds; the next build must come to the same all the same."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

_OTHERS = ("replaced", "schemas")  # of the state folder: what is no state
Damage = Callable[[Path, random.Random], str]  # (folder, chance) -> what was done, "" for nothing


def _files(folder: Path) -> list[Path]:
    found = sorted(one for one in folder.rglob("*") if one.is_file() and not one.is_symlink())
    return [f for f in found if f.suffix != ".lock" and f.name != ".gitignore" and not set(_OTHERS) & set(f.parts)]


def _one(folder: Path, chance: random.Random) -> Path | None:
    files = _files(folder)
    spare = [file for file in files if file.relative_to(folder).parts[0].endswith(".spare")]  # as many as there are pages
    few = [file for file in files if file not in set(spare)]
    files = spare if spare and chance.random() < 0.2 else few
    return chance.choice(files) if files else None


def forget(folder: Path, chance: random.Random) -> str:
    """The whole folder goes, as `git clean` or an editor may wish."""
    shutil.rmtree(folder, ignore_errors=True)
    return "folder deleted"


def lose(folder: Path, chance: random.Random) -> str:
    """One file goes."""
    if file := _one(folder, chance):
        file.unlink()
        return f"{file.name} deleted"
    return ""


def truncate(folder: Path, chance: random.Random) -> str:
    """A file ends early, as after a full disk or a lost machine."""
    if file := _one(folder, chance):
        size = file.stat().st_size
        os.truncate(file, chance.choice((0, size // 2, max(0, size - 1))))
        return f"{file.name} cut short"
    return ""


def flip(folder: Path, chance: random.Random) -> str:
    """One bit is another one; half of the time the file says that it was not changed."""
    file = _one(folder, chance)
    if not file or not (held := bytearray(file.read_bytes())):
        return ""
    seen = file.stat()
    held[chance.randrange(len(held))] ^= 1 << chance.randrange(8)
    file.write_bytes(held)
    if chance.random() < 0.5:
        os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    return f"{file.name} has another bit"


def litter(folder: Path, chance: random.Random) -> str:
    """A file holds something else, of another program or another version."""
    if file := _one(folder, chance):
        file.write_bytes(chance.choice((b"\0" * 4096, b"{}", b"version 0\n", chance.randbytes(300))))
        return f"{file.name} holds something else"
    return ""


def swap(folder: Path, chance: random.Random) -> str:
    """Two files change places."""
    files = _files(folder)
    if len(files) < 2:
        return ""
    one, other = chance.sample(files, 2)
    held = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(held)
    return f"{one.name} and {other.name} swapped"


def older(folder: Path, chance: random.Random) -> str:
    """An older state of the folder comes back, as from the cache of a CI; the one that is there is kept for another time."""
    kept, now = folder.with_name(f"{folder.name}.older"), folder.with_name(f"{folder.name}.now")
    if not folder.exists():
        return ""
    folder.rename(now)
    if kept.exists():
        kept.rename(folder)
    else:
        shutil.copytree(now, folder, symlinks=True)
    now.rename(kept)
    return "older folder back"


def edit(folder: Path, chance: random.Random) -> str:
    """Somebody changes a file by hand."""
    if file := _one(folder, chance):
        file.write_bytes(file.read_bytes() + b"<!-- by hand -->")
        return f"{file.name} edited"
    return ""


TO_STATE: tuple[Damage, ...] = (forget, lose, truncate, flip, litter, swap, older)
TO_SITE: tuple[Damage, ...] = (forget, lose, truncate, edit)
