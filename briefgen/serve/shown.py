"""What can be shown while files are at fault: the newest site that compiles, made of what was saved and of what was shown.

Nothing is guessed: a faulty file stands there as it was shown last, or, if it never was, not at all, and the whole is
compiled like any other snapshot. So one broken meeting takes no other page down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from briefgen.compile import Checked
from briefgen.diagnostic import has_errors
from briefgen.serve.sources import changed_files
from briefgen.source import Snapshot

_ROUNDS = 3  # a file that is left out may leave others at fault, which are left out in their turn
_TEMPLATES = "templates/"

Compile = Callable[[Snapshot], Checked]


class Shown(NamedTuple):
    """A site that compiles, and what it was compiled from."""

    snapshot: Snapshot
    checked: Checked


def showable(saved: Snapshot, failed: Checked, shown: Snapshot | None, last: Snapshot | None, compiled: Compile) -> Shown | None:
    """The newest site that can be shown instead of `saved`, whose build `failed`; None where what is shown is the newest.

    `shown` is what the pages on screen were made from, `last` what the build before this one read; either may be None. Where
    the fault lies in no file that changed (a record was deleted, and others still name it), only the last save is tried on
    top of what is shown.
    """
    found = _without_faults(saved, failed, shown, compiled)
    if found is None and shown and last:
        newest = _taken(shown, saved, changed_files(last, saved))
        if newest not in (saved, shown):
            checked = compiled(newest)
            found = Shown(newest, checked) if _good(checked) else _without_faults(newest, checked, shown, compiled)
    return found if found and found.snapshot != shown else None


def _without_faults(trial: Snapshot, failed: Checked, shown: Snapshot | None, compiled: Compile) -> Shown | None:
    for _ in range(_ROUNDS):
        faulty = {d.span.file for d in failed.diagnostics if d.severity == "error"}
        older = _taken(trial, shown or Snapshot({}), faulty)
        if older in (trial, shown) or not older.content:
            return None
        trial, failed = older, compiled(older)
        if _good(failed):
            return Shown(trial, failed)
    return None


def _good(checked: Checked) -> bool:
    return not has_errors(checked.diagnostics)


def _taken(base: Snapshot, other: Snapshot, paths: Iterable[str]) -> Snapshot:
    """`base` with these files as they stand in `other`; what is not there is left out, but never a template."""
    chosen = set(paths)
    names = {path.removeprefix(_TEMPLATES) for path in chosen if path.startswith(_TEMPLATES)}
    return replace(
        base,
        content=_laid(base.content, other.content, chosen),
        templates={**base.templates, **{name: other.templates[name] for name in names & other.templates.keys()}},
        assets={**base.assets, **{name: other.assets[name] for name in names & other.assets.keys()}},
    )


def _laid(base: Mapping[str, bytes], other: Mapping[str, bytes], paths: set[str]) -> dict[str, bytes]:
    kept = {path: data for path, data in base.items() if path not in paths}
    merged = kept | {path: other[path] for path in paths if path in other}
    return {path: merged[path] for path in sorted(merged)}
