"""Whole site out (invariant I6).

The output goes from one whole version to the next whole version; a killed build leaves the old one. Only files that
briefgen wrote are ever replaced or pruned. Files that did not change keep their time of change.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from briefgen.outputs import Content, Outputs
from briefgen.publish import manifest
from briefgen.publish.links import own
from briefgen.publish.manifest import Survey
from briefgen.publish.refusal import Refusal
from briefgen.publish.staging import Laid, Plan, stage
from briefgen.publish.swap import beside, discard, recover, swap, sync
from briefgen.publish.tree import Mark, mark


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


class Published(NamedTuple):
    """A publication, and the marks of the files of the site as it is now, its list included.

    A file that may have been changed by somebody else meanwhile is left out of the marks.
    """

    written: Written
    marks: Mapping[str, Mark]


def write_site(output: Path, files: Mapping[str, bytes], rescue: Path, marks: Mapping[str, Mark] | None = None) -> Published:
    """Publish `files` (paths below the output -> bytes) as the whole of `output`.

    The caller holds the lock, has had the folder checked by `guard`, and has called `swap.recover`. What was changed by
    hand is copied to `rescue` first. Files that have the `marks` of the last publication are not read. Raises Refusal, before
    anything is touched, for foreign files and unusable names.
    """
    wanted = Outputs({manifest.IGNORE: Content(manifest.IGNORE_ALL), **Outputs.of(files).contents})
    _check_names(wanted.contents.keys())
    digests = {path: content.digest for path, content in wanted.contents.items()}
    before = manifest.survey(output, marks)
    kept = {path for path, digest in digests.items() if before.present.get(path) == digest}
    pruned = len(before.present.keys() - digests.keys())
    if len(kept) == len(wanted) and before.listed == digests:
        return Published(Written(0, len(kept), 0), before.marks)
    edited = _rescue(output, rescue, before, digests)
    strays, now = _exchange(Plan(output, wanted, digests, kept, before))
    return Published(Written(len(wanted) - len(kept), len(kept), pruned, edited, strays), now)


def _check_names(paths: Iterable[str]) -> None:
    paths = tuple(paths)
    if manifest.are_safe(paths) and not set(manifest.OWN) & set(paths):
        return
    path = next(path for path in paths if path in manifest.OWN or not manifest.is_safe(path))
    raise Refusal(f"{path!r} cannot be the name of a file of the site. Rename it.")


def _rescue(output: Path, rescue: Path, before: Survey, digests: Mapping[str, str]) -> tuple[str, ...]:
    """Keep copies of files changed by hand which the new site does not hold in just that form."""
    edited = tuple(path for path in before.edited if before.present[path] != digests.get(path))
    for path in edited:
        copy = own(rescue / path, rescue.parent.parent)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(output / path, copy)
    return edited


def _exchange(plan: Plan) -> tuple[tuple[str, ...], Mapping[str, Mark]]:
    """Have the new site in the place of the old one; what strayed into that, and the marks of the new one."""
    output = plan.output
    output.parent.mkdir(parents=True, exist_ok=True)
    staged = beside(output, "staging")
    try:
        laid = stage(staged, plan)
        sync(staged)
        old = swap(staged, output)
    except BaseException:
        recover(output)
        raise
    strays: tuple[str, ...] = ()
    # The new site is there, whole. Whatever hinders the clearing up now does not undo that, and the next run clears up.
    with suppress(OSError):
        sync(output.parent)
        strays = discard(old) if old else ()
    return strays, laid.made | _marks_again(plan, laid)


def _marks_again(plan: Plan, laid: Laid) -> dict[str, Mark]:
    """The marks of files that had a second name for a while, which is a change; of none that was changed besides."""
    found = {}
    for path in laid.linked:
        with suppress(OSError):
            now, was = mark(os.lstat(f"{plan.output}/{path}")), plan.before.marks[path]
            if (now[0], now[2:]) == (was[0], was[2:]):
                found[path] = now
    return found
