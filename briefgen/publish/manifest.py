"""What in an output folder is briefgen's own: the list of files it wrote, each with its SHA-256.

A file that is not listed is never touched. The list is in the form of `sha256sum`, so `sha256sum -c .briefgen-manifest`
checks a site. No link is ever followed in an output folder.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from briefgen.publish.refusal import Refusal
from briefgen.publish.tree import LITTER, has_control, mark_of

NAME = ".briefgen-manifest"
IGNORE = ".gitignore"
IGNORE_ALL = b"*\n"


@dataclass(frozen=True, slots=True)
class Survey:
    """An output folder as it is: what the manifest lists, and what is there (both: path -> SHA-256 in hex)."""

    listed: Mapping[str, str]
    present: Mapping[str, str]

    @property
    def edited(self) -> tuple[str, ...]:
        """Listed files that somebody has changed since."""
        return tuple(path for path, digest in self.listed.items() if self.present.get(path, digest) != digest)


def survey(folder: Path, marks: Mapping[str, str] | None = None) -> Survey:
    """Look through an output folder; Refusal naming the first file there that briefgen did not write.

    A file that has the mark it had when its digest was listed (`marks`) is not read.
    """
    known = marks or {}
    listed = read(folder)
    present: dict[str, str] = {}
    foreign: list[str] = []
    for entry, path in walk(folder):
        if path == NAME or entry.name in LITTER:
            continue
        if entry.is_symlink() or not entry.is_file() or (path not in listed and not is_ours(path, entry)):
            foreign.append(path)
        else:
            as_listed = path in known and path in listed and known[path] == str(mark_of(entry))
            present[path] = listed[path] if as_listed else digest(Path(entry.path).read_bytes())
    if foreign:
        raise Refusal(_foreign_sentence(folder, sorted(foreign), known=bool(listed)))
    return Survey(listed, present)


def is_ours(path: str, entry: os.DirEntry[str]) -> bool:
    """Whether this is the one file of an output folder that a repository may track; it comes with a clone, the list does not."""
    return path == IGNORE and Path(entry.path).read_bytes().strip() == IGNORE_ALL.strip()


def _foreign_sentence(folder: Path, foreign: list[str], *, known: bool) -> str:
    more = f" (and {len(foreign) - 1} more)" if len(foreign) > 1 else ""
    first = f"{folder.name}/{foreign[0]}{more} was not written by briefgen, so the build stops before it could be lost."
    if known or len(foreign) == 1:
        return f"{first} Move it to content/static/ if it belongs to the site, or else out of {folder.name}/."
    return f"{first} {folder.name}/ has no {NAME}, the list of briefgen's own files. Empty the folder, or choose another."


def walk(folder: Path, prefix: str = "") -> Iterator[tuple[os.DirEntry[str], str]]:
    """Every entry below a folder that is not itself a folder, with its path from there; links are not followed."""
    if not folder.is_dir():
        return
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from walk(Path(entry.path), f"{prefix}{entry.name}/")
        else:
            yield entry, prefix + entry.name


def digest(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def render(digests: Mapping[str, str]) -> bytes:
    """The list as it is written, sorted by path."""
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode()


def read(folder: Path) -> dict[str, str]:
    """The list of a folder; empty where there is none. Lines that make no sense are no files of ours."""
    try:
        text = (folder / NAME).read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, UnicodeDecodeError):
        return {}
    rows = (line.partition("  ") for line in text.split("\n"))
    return {path: digest for digest, gap, path in rows if gap and len(digest) == 64 and is_safe(path)}


def is_safe(path: str) -> bool:
    """Whether a path stays below the folder it is taken from, and is plain enough to be a line of the list."""
    plain = "\\" not in path and not has_control(path)
    parts = PurePosixPath(path)
    # "." has no parts at all, and leads to the folder itself.
    return plain and bool(parts.parts) and not parts.is_absolute() and ".." not in parts.parts and str(parts) == path
