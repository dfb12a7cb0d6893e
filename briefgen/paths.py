"""Paths as a user sees them from the current folder."""

from __future__ import annotations

import os
from pathlib import Path


def near(path: Path) -> str:
    """A path as seen from the current folder, or in full where that is shorter."""
    return min(seen_from(Path.cwd(), path), str(path), key=len)


def seen_from(start: Path, path: Path) -> str:
    """A path as seen from a folder."""
    try:
        return os.path.relpath(path, start)
    except ValueError:  # another drive
        return str(path)
