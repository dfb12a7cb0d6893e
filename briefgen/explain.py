"""`briefgen explain`: what the packaged guide says about the code of a finding. Nothing is explained here, only found."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files

_SECTION = re.compile(r"^### +`?([a-z0-9-]+)`? *$\n(.*?)(?=^#{1,3} |\Z)", re.MULTILINE | re.DOTALL)


def guide() -> tuple[str, ...]:
    """The texts of the packaged guide, in the order of their names."""
    folder = files("briefgen") / "guide"
    pages = sorted((p for p in folder.iterdir() if p.name.endswith(".md")), key=lambda p: p.name) if folder.is_dir() else []
    return tuple(p.read_text("utf-8") for p in pages)


def sections(texts: tuple[str, ...]) -> dict[str, str]:
    """Code -> its section, without the heading. A section is headed `### code` and ends at the next heading as high."""
    return dict(_sections(texts))


def _sections(texts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for text in texts:
        for found in _SECTION.finditer(text):
            yield found[1], found[2].strip()


def plain(section: str) -> str:
    """A section for the terminal: the files of its examples by name and set in, each finding under its column."""
    pieces = re.split(r"^```(?:site)?$", section, flags=re.MULTILINE)
    return "".join(_set_in(piece.strip("\n")) if n % 2 else piece for n, piece in enumerate(pieces)).strip()


def _set_in(example: str) -> str:
    return "\n".join(f"    {_readable(line)}".rstrip() for line in example.split("\n"))


def _readable(line: str) -> str:
    """A line of an example as tests read it (tests/kit.py), as a person would write it."""
    if line.startswith("//- "):
        return f"# {line[4:]}"
    found = re.match(r"//(?:@(\d+)|( *)\^) (\S+)", line)
    if not found:
        return line
    column = int(found[1]) - 1 if found[1] else len(found[2]) + 2
    return f"{' ' * column}^ {found[3]}"


def unknown(code: str, known: Mapping[str, str]) -> str:
    """The sentence for a code that the guide does not have, with the nearest one and all there are."""
    guess = difflib.get_close_matches(code.casefold(), list(known), n=1, cutoff=0.5)
    meant = f" Did you mean “{guess[0]}”?" if guess else ""
    listed = "".join(f"\n  {name}" for name in sorted(known))
    return f"There is no finding with the code “{code}”.{meant} The codes:{listed}"
