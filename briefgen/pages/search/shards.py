"""A file of the index: a script that hands over what it holds, small enough to be fetched while somebody types."""

from __future__ import annotations

import json
from typing import NamedTuple

from markupsafe import Markup

from briefgen.pages import html


class Shard(NamedTuple):
    """A file: its name (t… terms, p… postings, b… texts, or "manifest"), and what it holds, as JSON for a script.

    What it was made from is not kept: as values it takes more than as text, and the page of the shard needs the text.
    """

    name: str
    data: Markup


def shard(name: str, data: object) -> Shard:
    """The file that holds these values."""
    return Shard(name, script(data))


def shard_of_keys(name: str, data: str) -> Shard:
    """The file that holds one text of keys and codes, in which nothing is to be escaped."""
    return Shard(name, html.safe(f'"{data}"'))


def script(data: object) -> Markup:
    """Values as JSON that a template prints into a script."""
    # Never markup: it stands in a script file of its own.
    return html.safe(as_json(data))


def as_json(data: object) -> str:
    """JSON over which no HTML and no script parser stumbles."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def file_name(text: str) -> str:
    """Letters as a part of a file's name, in characters that every file system and address takes as they are."""
    return "".join(c if c.isascii() and (c.islower() or c.isdigit()) else f"_{ord(c):x}_" for c in text)
