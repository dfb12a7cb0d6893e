"""Where things stand in the files of a project.

No file is read here: a snapshot is taken by `publish.disk` and handed on as a value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of a file: lines and columns count from 1, columns in code points, the end excluded."""

    file: str
    line: int
    col: int
    end_line: int
    end_col: int


def whole_file(path: str) -> Span:
    """The span that stands for a file as such: its first character."""
    return Span(path, 1, 1, 1, 1)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything a build reads, taken at one moment.

    `content` maps paths relative to the project ("content/actors/people.yaml") to bytes;
    `templates` maps template names to their text, the project's own already laid over the packaged ones;
    `assets` maps the theme's files that are copied as they are ("style.css") to bytes;
    `base_url` overrides the `url` of site.yaml where it is not empty.
    """

    content: Mapping[str, bytes]
    templates: Mapping[str, str] = field(default_factory=dict)
    assets: Mapping[str, bytes] = field(default_factory=dict)
    base_url: str = ""
