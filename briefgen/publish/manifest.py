"""What in an output folder is briefgen's own: the list of files it wrote, each with its SHA-256.

A file that is not listed is never touched. The list is in the form of `sha256sum`, so `sha256sum -c .briefgen-manifest`
checks a site. No link is ever followed in an output folder.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Mapping
from dataclasses import field
from pathlib import Path

from briefgen.frozen import dataclass
from briefgen.publish.refusal import Refusal
from briefgen.publish.tree import Mark, files_below, has_control, mark

NAME = ".briefgen-manifest"
NEW = f"{NAME}.new"  # the list while it is being written
OWN = (NAME, NEW)
IGNORE = ".gitignore"
IGNORE_ALL = b"*\n"


@dataclass(frozen=True, slots=True)
class Survey:
    """An output folder as it is: what the list says and what is there (both: path -> SHA-256 in hex), and the marks of it.

    The marks are of what is present and of the list itself. `edited` are listed files that somebody has changed since.
    """

    listed: Mapping[str, str]
    present: Mapping[str, str]
    marks: Mapping[str, Mark] = field(default_factory=dict)
    edited: tuple[str, ...] = ()


def survey(folder: Path, marks: Mapping[str, Mark] | None = None) -> Survey:
    """Look through an output folder; Refusal naming the first file there that briefgen did not write.

    A file that has the mark it had when its digest was listed (`marks`) is not read, if that list is the one that is there.
    """
    listed, known = read(folder), _of_this_list(folder, marks or {})
    found, others = files_below(str(folder))
    unlike = {path for path, now in found.items() if known.get(path) != now or path not in listed} - {NAME}
    now = {path: digest((folder / path).read_bytes()) for path in unlike if path in listed or is_ours(path, f"{folder}/{path}")}
    foreign = sorted({*others, *unlike} - now.keys() - {NAME})
    if foreign:
        raise Refusal(_foreign_sentence(folder, foreign, known=bool(listed)))
    present = {**listed, **now}
    for path in present.keys() - found.keys() | {NAME}:
        present.pop(path, None)
    edited = sorted(path for path in now if listed.get(path, now[path]) != now[path])
    return Survey(listed, present, found, tuple(edited))


def _of_this_list(folder: Path, marks: Mapping[str, Mark]) -> Mapping[str, Mark]:
    """The marks, if they were taken when the list of a folder was written."""
    try:
        return marks if marks.get(NAME) == mark(os.lstat(folder / NAME)) else {}
    except OSError:
        return {}


def is_ours(path: str, file: str) -> bool:
    """Whether this is the one file of an output folder that a repository may track; it comes with a clone, the list does not."""
    return path == IGNORE and Path(file).read_bytes().strip() == IGNORE_ALL.strip()


def _foreign_sentence(folder: Path, foreign: list[str], *, known: bool) -> str:
    more = f" (and {len(foreign) - 1} more)" if len(foreign) > 1 else ""
    first = f"{folder.name}/{foreign[0]}{more} was not written by briefgen, so the build stops before it could be lost."
    if known or len(foreign) == 1:
        return f"{first} Move it to content/static/ if it belongs to the site, or else out of {folder.name}/."
    return f"{first} {folder.name}/ has no {NAME}, the list of briefgen's own files. Empty the folder, or choose another."


def digest(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def render(digests: Mapping[str, str]) -> bytes:
    """The list as it is written, sorted by path."""
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode()


def write(folder: str, digests: Mapping[str, str]) -> Mark:
    """Write the list of a folder in one step, and give its mark: a run killed here leaves the old list or the new one."""
    with open(f"{folder}/{NEW}", "wb") as file:
        file.write(render(digests))
    os.replace(f"{folder}/{NEW}", f"{folder}/{NAME}")
    return mark(os.lstat(f"{folder}/{NAME}"))


def read(folder: Path) -> dict[str, str]:
    """The list of a folder; empty where there is none. Lines that make no sense are no files of ours."""
    try:
        text = (folder / NAME).read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, UnicodeDecodeError):
        return {}
    found = {line[66:]: line[:64] for line in text.split("\n") if line[64:66] == "  "}
    return found if are_safe(found) else {path: digest for path, digest in found.items() if is_safe(path)}


def are_safe(paths: Collection[str]) -> bool:
    """Whether all of many paths are safe: they are if they are, one behind the other, one long path that is."""
    return not paths or is_safe("/".join(paths))


def is_safe(path: str) -> bool:
    """Whether a path stays below the folder it is taken from, and is plain enough to be a line of the list."""
    whole = f"/{path}/"
    return not any(part in whole for part in ("//", "/./", "/../", "\\")) and not has_control(path)
