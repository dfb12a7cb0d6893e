"""Where things stand in the files of a project.

No file is read here: a snapshot is taken by `publish.disk` and handed on as a value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import NamedTuple, TypeVar

from briefgen.frozen import dataclass

T = TypeVar("T")
WORDS = "words/"  # the folder of templates/ in which the words of the interface stand
BELOW = "<packaged>/"  # before the name of a packaged catalogue of words that a project has one of its own over


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


def is_catalogue(name: str) -> bool:
    """Whether a file of templates/ holds words of the interface, also one that lies below a project's own."""
    return name.removeprefix(BELOW).startswith(WORDS) and name.endswith(".yaml")


def laid_over(own: Mapping[str, T], theme: Mapping[str, T]) -> dict[str, T]:
    """A project's templates/ over the packaged theme: each file shadows the one of its name.

    A catalogue of words shadows nothing: the packaged one stays below it, so that what it leaves out is still there.
    """
    below = {f"{BELOW}{name}": data for name, data in theme.items() if name in own and is_catalogue(name)}
    return {**theme, **below, **own}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything a build reads, taken at one moment.

    `content` maps paths relative to the project ("content/actors/people.yaml") to bytes;
    `templates` maps template names to their text, the project's own already laid over the packaged ones (`laid_over`);
    `assets` maps the theme's files that are copied as they are ("style.css") to bytes;
    `base_url` overrides the `url` of site.yaml where it is not empty.
    """

    content: Mapping[str, bytes]
    templates: Mapping[str, str] = field(default_factory=dict)
    assets: Mapping[str, bytes] = field(default_factory=dict)
    base_url: str = ""
