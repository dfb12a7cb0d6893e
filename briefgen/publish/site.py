"""Whole site out (invariant I6).

The output goes from one whole version to the next whole version; a killed build leaves the old one. Only files that
briefgen wrote are ever replaced or pruned. Files that did not change keep their time of change.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from briefgen.outputs import Content, Outputs
from briefgen.publish import manifest
from briefgen.publish.links import own
from briefgen.publish.manifest import Survey
from briefgen.publish.refusal import Refusal
from briefgen.publish.swap import beside, discard, recover, swap, sync


class Written(NamedTuple):
    """What a publication did: how many files were written, kept as they were and pruned.

    `edited` are files that somebody had changed by hand in the output; they were replaced, and copies kept.
    `strays` are files that appeared in the old output during the build; they are kept where it is now.
    """

    written: int
    kept: int
    pruned: int
    edited: tuple[str, ...] = ()
    strays: tuple[str, ...] = ()


def write_site(output: Path, files: Mapping[str, bytes], rescue: Path, marks: Mapping[str, str] | None = None) -> Written:
    """Publish `files` (paths below the output -> bytes) as the whole of `output`.

    The caller holds the lock, has had the folder checked by `guard`, and has called `swap.recover`. What was changed by
    hand is copied to `rescue` first. Files that have the `marks` of the last publication are not read. Raises Refusal, before
    anything is touched, for foreign files and unusable names.
    """
    wanted = Outputs({manifest.IGNORE: Content(manifest.IGNORE_ALL), **Outputs.of(files).contents})
    _check_names(wanted)
    digests = {path: content.digest for path, content in wanted.contents.items()}
    before = manifest.survey(output, marks)
    kept = {path for path, digest in digests.items() if before.present.get(path) == digest}
    pruned = len(before.present.keys() - digests.keys())
    if len(kept) == len(wanted) and before.listed == digests:
        return Written(0, len(kept), 0)
    edited = _rescue(output, rescue, before, digests)
    strays = _exchange(output, wanted, digests, kept)
    return Written(len(wanted) - len(kept), len(kept), pruned, edited, strays)


def _check_names(files: Mapping[str, bytes]) -> None:
    for path in files:
        if not manifest.is_safe(path) or path == manifest.NAME:
            raise Refusal(f"{path!r} cannot be the name of a file of the site. Rename it.")


def _rescue(output: Path, rescue: Path, before: Survey, digests: Mapping[str, str]) -> tuple[str, ...]:
    """Keep copies of files changed by hand which the new site does not hold in just that form."""
    edited = tuple(path for path in before.edited if before.present[path] != digests.get(path))
    for path in edited:
        copy = own(rescue / path, rescue.parent.parent)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(output / path, copy)
    return edited


def _exchange(output: Path, wanted: Mapping[str, bytes], digests: Mapping[str, str], kept: set[str]) -> tuple[str, ...]:
    output.parent.mkdir(parents=True, exist_ok=True)
    staged = beside(output, "staging")
    try:
        _stage(staged, output, wanted, digests, kept)
        old = swap(staged, output)
    except BaseException:
        recover(output)
        raise
    # The new site is there, whole. Whatever hinders the clearing up now does not undo that, and the next run clears up.
    with suppress(OSError):
        sync(output.parent)
        return discard(old) if old else ()
    return ()


def _stage(staged: Path, output: Path, wanted: Mapping[str, bytes], digests: Mapping[str, str], kept: set[str]) -> None:
    staged.mkdir()
    # First the list, so that whatever a killed run leaves is known to be ours.
    (staged / manifest.NAME).write_bytes(manifest.render(digests))
    for folder in sorted({os.path.dirname(path) for path in wanted}):
        (staged / folder).mkdir(parents=True, exist_ok=True)
    for path in wanted:
        if path in kept:
            _carry_over(output / path, staged / path)
        else:
            (staged / path).write_bytes(wanted[path])
    if output.exists():
        staged.chmod(stat.S_IMODE(output.stat().st_mode) | stat.S_IRWXU)
    sync(staged)


def _carry_over(source: Path, target: Path) -> None:
    """The same file under a second name, where the file system can; else a copy with its time of change."""
    with suppress(OSError):
        os.link(source, target)
        return
    shutil.copy2(source, target)
