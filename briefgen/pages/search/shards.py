"""A file of the index: a script that hands over what it holds, small enough to be fetched while somebody types."""

from __future__ import annotations

import json
from typing import NamedTuple


class Shard(NamedTuple):
    """A file: its name (t… terms, p… postings, b… texts, or "manifest"), what it holds, and how its terms begin."""

    name: str
    data: object
    prefix: str = ""


def as_json(data: object) -> str:
    """What a shard holds, as the template prints it into a script: no HTML and no script parser stumbles over it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def file_name(text: str) -> str:
    """Letters as a part of a file's name, in characters that every file system and address takes as they are."""
    return "".join(c if c.isascii() and (c.islower() or c.isdigit()) else f"_{ord(c):x}_" for c in text)
