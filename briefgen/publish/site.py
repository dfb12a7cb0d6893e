"""Whole site out (invariant I6).

The output goes from one whole version to the next whole version; a killed build leaves the old one. Only files that
briefgen wrote are ever replaced or pruned. Files that did not change keep their time of change.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Set
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from briefgen.outputs import Content, Outputs
from briefgen.publish import manifest
from briefgen.publish.refusal import Refusal
from briefgen.publish.rescue import rescued, rescued_late
from briefgen.publish.spare import leave, take
from briefgen.publish.staging import Plan, folders_of, going, stage, tree_of
from briefgen.publish.swap import beside, discard, recover, swap, sync
from briefgen.publish.tree import Mark, mark


class Written(NamedTuple):
    """What a publication did: how many files were written, kept as they were and pruned.

    `edited` are files that somebody had changed by hand in the output, or did meanwhile; they were replaced, and copies kept.
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


def write_site(
    output: Path,
    files: Mapping[str, bytes],
    rescue: Path,
    marks: Mapping[str, Mark] | None = None,
    spare: Path | None = None,
) -> Published:
    """Publish `files` (paths below the output -> bytes) as the whole of `output`.

    The caller holds the lock, has had the folder checked by `guard`, and has called `swap.recover`. What was changed by
    hand is copied to `rescue` first. Files that have the `marks` of the last publication are not read. In `spare` may lie what
    the last publication left for this one to be quicker. Raises Refusal, before anything is touched, for foreign files and
    unusable names.
    """
    wanted = Outputs({manifest.IGNORE: Content(manifest.IGNORE_ALL), **Outputs.of(files).contents})
    _check_names(wanted.contents.keys())
    digests = {path: content.digest for path, content in wanted.contents.items()}
    before = manifest.survey(output, marks)
    kept = {path for path, digest in digests.items() if before.present.get(path) == digest}
    pruned = len(before.present.keys() - digests.keys())
    if len(kept) == len(wanted) and before.listed == digests:
        return Published(Written(0, len(kept), 0), before.marks)
    plan = Plan(output, wanted, digests, kept, folders_of(wanted), before)
    edited = rescued(plan, rescue)
    late, strays, now = _exchange(plan, rescue, spare)
    edited = tuple(dict.fromkeys(edited + late))
    return Published(Written(len(wanted) - len(kept), len(kept), pruned, edited, strays), now)


def _check_names(paths: Iterable[str]) -> None:
    paths = tuple(paths)
    if manifest.are_safe(paths) and not set(manifest.OWN) & set(paths):
        return
    path = next(path for path in paths if path in manifest.OWN or not manifest.is_safe(path))
    raise Refusal(f"{path!r} cannot be the name of a file of the site. Rename it.")


def _exchange(plan: Plan, rescue: Path, spare: Path | None) -> tuple[tuple[str, ...], tuple[str, ...], Mapping[str, Mark]]:
    """Have the new site in the place of the old one; what was changed in that meanwhile, what strayed into it, and marks."""
    output = plan.output
    output.parent.mkdir(parents=True, exist_ok=True)
    staged = beside(output, "staging")
    try:
        laid = stage(staged, plan, take(spare, staged, plan) if spare else None)
        sync(staged)
        old = swap(staged, output)
    except BaseException:
        recover(output)
        raise
    late: tuple[str, ...] = ()
    strays: tuple[str, ...] = ()
    touched = laid.linked
    # The new site is there, whole. Whatever hinders the clearing up now does not undo that, and the next run clears up.
    with suppress(OSError):
        sync(output.parent)
        if old:
            tree = tree_of(old)
            others = going(tree, plan)
            late = rescued_late(old, others, plan, rescue)
            if not (spare and leave(old, tree, others, spare, plan, laid)):
                touched = plan.kept - laid.copied.keys()
                strays = discard(old)
    return late, strays, {**_marks_of_kept(plan, touched), **laid.copied, **laid.made}


def _marks_of_kept(plan: Plan, touched: Set[str]) -> dict[str, Mark]:
    """The marks of files that did not change: taken again where one got or lost a name, which is a change of another kind.

    None of a file that was changed besides: its mark of before would hide that from the next build.
    """
    found = dict(plan.before.marks)
    for path in plan.before.marks.keys() - plan.kept:
        del found[path]
    for path in touched:
        was = found.pop(path)
        with suppress(OSError):
            now = mark(os.lstat(f"{plan.output}/{path}"))
            if (now[0], now[2:]) == (was[0], was[2:]):
                found[path] = now
    return found
