"""Files of the output that somebody changed by hand: copies are kept before they are replaced or removed.

Looked for twice: before the new site is laid out, and in the old one once it is out of the way, when nobody changes it any more.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable, Set
from pathlib import Path

from briefgen.publish import manifest
from briefgen.publish.links import own
from briefgen.publish.staging import Plan
from briefgen.publish.tree import mark


def rescued(plan: Plan, rescue: Path) -> tuple[str, ...]:
    """Copy to `rescue` what was changed by hand and the new site does not hold in just that form; the paths of that."""
    before = plan.before
    edited = [path for path in before.edited if before.present[path] != plan.digests.get(path)]
    return _copied(plan.output, edited, rescue)


def rescued_late(old: Path, others: Set[str], plan: Plan, rescue: Path) -> tuple[str, ...]:
    """The same for what was changed since, of what the new site does not keep (`others`).

    What it keeps is the same file there, changed in the same way, and found the next time.
    """
    return _copied(old, sorted(path for path in others if path in plan.before.present and _is_another(old, path, plan)), rescue)


def _is_another(old: Path, path: str, plan: Plan) -> bool:
    found = os.lstat(f"{old}/{path}")
    now, was = mark(found), plan.before.marks[path]
    # The second time is that of a second name, too, which it got or lost.
    if not stat.S_ISREG(found.st_mode) or (now[0], now[2:]) == (was[0], was[2:]):
        return False
    return manifest.digest((old / path).read_bytes()) not in (plan.before.present[path], plan.digests.get(path))


def _copied(folder: Path, paths: Iterable[str], rescue: Path) -> tuple[str, ...]:
    paths = tuple(paths)
    for path in paths:
        copy = own(rescue / path, rescue.parent.parent)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(folder / path, copy)
    return paths
