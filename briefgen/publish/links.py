"""Symbolic links, judged by where they really lead.

Nothing is read or written here. Whoever may put a file into a project (a stranger's pull request too) may put a link there:
one to /etc or to a key would be published with the rest, one in the place of our own folders would be written through.
"""

from __future__ import annotations

import os

from briefgen.publish.refusal import Refusal

TYPE_CHECKING = False  # as in `__main__`
if TYPE_CHECKING:
    from pathlib import Path

SHOWN = frozenset((".nojekyll", ".well-known", ".htaccess"))  # hidden files that web hosts look for


def check_link(path: str, home: str) -> None:
    """Refusal where a path really lies outside of `home`, or is hidden there (.git, .env); `home` is a real path."""
    real = os.path.realpath(path)
    if real != home and os.path.commonpath((real, home)) != home:
        raise Refusal(f"{path} is a link that leads out of the project, to {real}. Put the files themselves there.")
    hidden = [part for part in os.path.relpath(real, home).split(os.sep) if part.startswith(".") and part not in (".", *SHOWN)]
    if hidden:
        raise Refusal(f"{path} is a link to what is hidden in the project ({hidden[0]}). Put the files themselves there.")


def own(path: Path, project: Path) -> Path:
    """A path of briefgen's own below a project, if no part of it is a link; else Refusal, before anything is written there."""
    for part in (path, *path.parents):
        if part == project:
            break
        if part.is_symlink():
            raise Refusal(f"{part} is a link, and briefgen writes there. Remove the link.")
    return path
