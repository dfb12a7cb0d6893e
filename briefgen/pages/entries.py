"""What stands in the tables of a `Site`: records, statements and articles seen from what concerns a page.

Nothing here looks anything up; `pages/published.py` makes them, and leaves out what is a draft.
"""

from __future__ import annotations

from typing import NamedTuple

from briefgen import edtf
from briefgen.model import Claim, Delegation, Member, Passage, Position, Record, Value


class Sitting(NamedTuple):
    """A person in a seat; `member` of `delegation` at `meeting`."""

    meeting: Record
    delegation: Delegation
    member: Member


class Delegated(NamedTuple):
    """A delegation and the meeting it sat at."""

    meeting: Record
    delegation: Delegation


class Posted(NamedTuple):
    """A seat whose roster line names an organisation."""

    sitting: Sitting
    org: Value


class Said(NamedTuple):
    """A position and where it was taken."""

    where: Record
    position: Position


class Backref(NamedTuple):
    """A record that names another one in a field."""

    record: Record
    value: Value


class Resting(NamedTuple):
    """A claim and one of the passages it rests on."""

    passage: Passage
    claim: Claim


BETWEEN = "\n\n"  # what stands between the paragraphs of a text, for offsets and digests


class Text(NamedTuple):
    """An article's text as data: the digests of the file's text and of the paragraphs joined (SHA-256, hex), where each begins."""

    digest: str
    joined: str
    starts: tuple[int, ...]


class Listed(NamedTuple):
    """What an index goes by: the type of a record, its place in the index of that type, whether it is a person."""

    kind: str
    key: tuple[str, str]
    is_person: bool


class Called(NamedTuple):
    """All that a link to a record or article says: its page, its name, the language of that name ("" for the site's)."""

    url: str
    name: str
    lang: str


class Imprint(NamedTuple):
    """What an article's front matter says of each passage of it: where and when it was published, how much may be shown.

    `lang` is that of its words, "" for the site's; `publisher` may be empty, `outlet` is its title then; `origin` is what it
    rests on, itself where that is nothing else (`based_on` is "" then); `order` its place among articles by date.
    """

    show: str
    lang: str
    publisher: str
    outlet: str
    date: edtf.Edtf | None
    translated_from: str
    based_on: str
    origin: str
    original: str
    order: tuple[int, object, str]
