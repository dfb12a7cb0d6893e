"""What editors use beside the build, where it meets the disk: schemas for their text editor, and files to begin with.

Nothing is checked here: a project with errors can still be looked at, as far as it can be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from briefgen.compile import inspect
from briefgen.link import Briefing
from briefgen.model import Article
from briefgen.publish.disk import packaged_theme, take
from briefgen.publish.links import own
from briefgen.publish.lock import state_folder
from briefgen.publish.refusal import Refusal
from briefgen.publish.tree import SCHEMAS
from briefgen.schema import NAMES, schemas
from briefgen.starter import starter


class Begun(NamedTuple):
    """A starter file that was written, and the folder of the schemas that its first line leads to."""

    file: Path
    schemas: Path


def look(project: Path) -> Briefing:
    """The briefing of a project as far as it can be read."""
    return inspect(take(project, packaged_theme()))[0]


def articles(project: Path, id_: str = "") -> Mapping[str, Article]:
    """The articles of a project, or the one with this id; Refusal if there is none."""
    found = look(project).articles
    if id_ and id_ not in found:
        raise Refusal(f"There is no article “{id_}”. There are: {', '.join(sorted(found))}.")
    return {id_: found[id_]} if id_ else found


def schema_text(project: Path, name: str) -> str:
    """One schema, by its name or the singular of it."""
    known = next((n for n in (name, f"{name}s") if n in NAMES), None)
    if known is None:
        raise Refusal(f"There is no schema “{name}”. There are: {', '.join(NAMES)}.")
    return schemas(look(project))[known]


def schema_folder(project: Path) -> Path:
    """Where the first lines of starter files look for schemas."""
    return own(state_folder(project) / SCHEMAS, project)


def write_schemas(briefing: Briefing, folder: Path) -> tuple[str, ...]:
    """Write every schema as NAME.json; files that hold it already stay as they are. Returns the names."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = schemas(briefing)
    for name, text in texts.items():
        file, data = own(folder / f"{name}.json", folder), text.encode()
        if not file.exists() or file.read_bytes() != data:
            file.write_bytes(data)
    return tuple(texts)


def new(project: Path, word: str, id_: str) -> Begun:
    """Write the starter file of a record, and the schemas, which know its id from then on. Overwrites nothing."""
    begun = starter(look(project), word, id_)
    file = own(project / begun.path, project)
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("x", encoding="utf-8", newline="\n") as out:
            out.write(begun.text)
    except FileExistsError:
        raise Refusal(f"{begun.path} is there already. Nothing was written.") from None
    folder = schema_folder(project)
    write_schemas(look(project), folder)
    return Begun(file, folder)
