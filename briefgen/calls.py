"""What all commands share: how they were called, what they end with, how their help looks. Nothing heavy is imported here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import click

CLEAN, FINDINGS, USAGE = 0, 1, 2  # exit status

HELP = {"help_option_names": ["-h", "--help"]}


class Call(NamedTuple):
    """How the command was called: its arguments, and the folder that it is for or inside of."""

    arguments: Sequence[str]
    folder: Path


def call() -> Call:
    """How the command that is running was called."""
    found: Call = click.get_current_context().obj
    return found


def chosen_project() -> Path:
    """The project that the command is for. Raises Refusal where there is none."""
    from briefgen.publish.disk import find_project

    return find_project(call().folder)


def example(*lines: str) -> str:
    """The end of a help text."""
    # \b keeps click from filling the lines into a paragraph.
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)
