"""`briefgen init`: a new briefing from the packaged starter.

Nothing is ever overwritten: every file is looked for before the first is written. The starter is an invented example of every
kind of record, and says so. Its names begin with `dot-` where a project's begin with a dot, so that no tool takes the
packaged workflow or ignore list for the program's own.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from briefgen import __version__
from briefgen.publish.links import own
from briefgen.publish.refusal import Refusal
from briefgen.publish.tree import CONTENT, SCHEMAS, STATE
from briefgen.schema import settings
from briefgen.tools import look, schema_folder, write_schemas

WHEELS = "wheels"
REQUIREMENTS = """\
# The program that builds this briefing: the workflow installs what stands in the last line. Other forms of it are
# ./wheels/briefgen-1.0-py3-none-any.whl (a file of this folder) and briefgen @ git+https://github.com/OWNER/briefgen@COMMIT
{line}
"""


def init(folder: Path) -> int:
    """Make a new briefing in a folder, which may exist; returns the number of files, schemas aside.

    Raises Refusal, before anything is written, for the first file that is in the way.
    """
    wanted = starter_files() | program(installed_from())
    _check_free(folder, wanted)
    for name, data in wanted.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as out:
            out.write(data)
    write_schemas(look(folder), schema_folder(folder))
    return len(wanted)


def _check_free(folder: Path, wanted: Mapping[str, bytes]) -> None:
    above = {parent.as_posix() for name in wanted for parent in Path(name).parents}
    blocked = [name for name in sorted(above) if os.path.lexists(folder / name) and not (folder / name).is_dir()]
    taken = [name for name in wanted if not blocked and os.path.lexists(folder / name)]
    for name in sorted(above):
        own(folder / name, folder)
    there = blocked + taken + [CONTENT] * (folder / CONTENT).is_dir()
    if there:
        raise Refusal(f"{folder / there[0]} is there already. Nothing was written. Choose another folder, or move it away.")


# ---------------------------------------------------------------- the starter


def starter_files() -> dict[str, bytes]:
    """The packaged files by their path in a project, and the settings of VS Code, which follow from the schemas."""
    packaged = dict(_tree(files("briefgen") / "starter_site", ""))
    return packaged | {".vscode/settings.json": f"{settings(f'{STATE}/{SCHEMAS}')}\n".encode()}


def _tree(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        name = prefix + (f".{entry.name[4:]}" if entry.name.startswith("dot-") else entry.name)
        if entry.is_dir():
            yield from _tree(entry, f"{name}/")
        else:
            yield name, entry.read_bytes()


# ---------------------------------------------------------------- the program


def installed_from() -> Mapping[str, Any]:
    """Where this program was installed from (PEP 610, direct_url.json); empty for an index or a plain checkout."""
    try:
        text = distribution("briefgen").read_text("direct_url.json")
    except PackageNotFoundError:
        text = None
    return json.loads(text) if text else {}


def program(source: Mapping[str, Any]) -> dict[str, bytes]:
    """requirements.txt, so that everybody builds with the same program; a wheel that is at hand comes along.

    A bare name and version is left for an index alone: whoever owns that name there is trusted.
    """
    url, commit = source.get("url", ""), source.get("vcs_info", {}).get("commit_id")
    wheel = Path(url2pathname(urlsplit(url).path)) if url.startswith("file:") and url.endswith(".whl") else None
    if wheel and wheel.is_file():
        line = f"./{WHEELS}/{wheel.name}"
        return {**_requirements(line), f"{WHEELS}/{wheel.name}": wheel.read_bytes()}
    if commit:
        return _requirements(f"briefgen @ {source['vcs_info']['vcs']}+{url}@{commit}")
    return _requirements(f"briefgen=={__version__}")


def _requirements(line: str) -> dict[str, bytes]:
    return {"requirements.txt": REQUIREMENTS.format(line=line).encode()}
