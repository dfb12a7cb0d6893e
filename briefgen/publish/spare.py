"""The spare tree: the last version of the site without the files that the new one has no more, for the next version to grow in.

Laying out a site anew means a second name for each file that did not change, and its removal after the exchange. The spare
has these names already: it lies in the state folder, holds nothing but second names of files that are in the site, and so
takes no room but that of the names. Each output of a project has one, and it may be deleted at any time (files that lose a
second name get another time of change of state, so the next build reads them once).

Nothing in it is trusted: a name in it counts only if it is that of the very file in the output (by its number), whatever the
spare has been through; everything else in it goes. A spare in which there is anything that briefgen did not put there, or
whose folders belong to somebody else or have other rights than new ones would have, is not used.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Set
from contextlib import suppress
from pathlib import Path

from briefgen.publish import manifest
from briefgen.publish.staging import Laid, Plan, Tree, going, tree_of
from briefgen.publish.swap import discard
from briefgen.publish.tree import LITTER

ENDING = ".spare"


def take(spare: Path, staged: Path, plan: Plan) -> Set[str] | None:
    """Move the spare to `staged`, with nothing in it but what the new site holds; the paths of that, None where it is of no use."""
    with suppress(OSError):
        if not stat.S_ISDIR(os.lstat(spare).st_mode):
            return None
        tree = tree_of(spare)
        if _is_sound(spare, tree, plan):
            os.rename(spare, staged)
            return _pruned(staged, tree, going(tree, plan), plan)
        discard(spare)
    with suppress(OSError):  # what cannot be pruned is in the way
        discard(staged)
    return None


def clear_lone(state: Path) -> None:
    """Remove the spares in a folder whose sites are gone: they would hold the room that somebody wanted by removing these."""
    with suppress(OSError):
        for entry in list(os.scandir(state)):
            if entry.name.endswith(ENDING) and entry.is_dir(follow_symlinks=False) and _is_lone(entry.path):
                discard(Path(entry.path))


def _is_lone(spare: str) -> bool:
    """Told by a file that every site has, and that has no second name any more."""
    with suppress(OSError):
        return os.lstat(f"{spare}/{manifest.IGNORE}").st_nlink == 1
    return False


def leave(old: Path, tree: Tree, others: Set[str], spare: Path, plan: Plan, laid: Laid) -> bool:
    """Make the old output the spare; False where it was left for others to clear away.

    That is where less than half of it would stay, where something has strayed into it, and where files cannot have two names.
    """
    if 2 * len(plan.kept) < len(plan.wanted) or laid.copied:
        return False
    with suppress(OSError):
        if all(_is_own(path) for path in tree.files.keys() - plan.before.present.keys()):
            _pruned(old, tree, others, plan)
            os.rename(old, spare)
            return True
    return False


def _pruned(folder: Path, tree: Tree, others: Set[str], plan: Plan) -> Set[str]:
    """Remove what the new site does not keep (`others`); the paths of what stays. The list stays, too."""
    for path in others - {manifest.NAME}:
        os.unlink(f"{folder}/{path}")
    for below in reversed(tree.folders):
        if below[:-1] not in plan.folders:
            os.rmdir(f"{folder}/{below}")
    return tree.files.keys() - others


def _is_sound(spare: Path, tree: Tree, plan: Plan) -> bool:
    """Whether a spare may be used; where the output is gone there is nothing that it could hold."""
    if not plan.kept or not all(_is_as_new(f"{spare}/{folder}", folder, plan) for folder in tree.folders):
        return False
    return all(_is_own(path) for path in tree.files.keys() - plan.before.listed.keys())


def _is_own(path: str) -> bool:
    return path in manifest.OWN or path.rpartition("/")[2] in LITTER


def _is_as_new(folder: str, name: str, plan: Plan) -> bool:
    """Whether a folder is on the file system of the output, ours, and has the rights of one made now (the top gets its own)."""
    if sys.platform == "win32":
        return False
    found = os.lstat(folder)
    here = (found.st_dev, found.st_uid, found.st_gid) == (os.lstat(plan.output).st_dev, os.geteuid(), os.getegid())
    return here and (not name or found.st_mode & 0o777 == 0o777 & ~_umask())


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
