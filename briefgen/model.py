"""The values that flow down the line.

Nothing here is mutable, knows a file system, or is a page: views are made from these in `pages/`.
First what `load` yields (Documents), then what `link` adds (Briefing).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import ClassVar, Literal, NamedTuple

from briefgen.frozen import dataclass
from briefgen.source import Span
from briefgen.trace import World

# ---------------------------------------------------------------- load: facts


class Cite(NamedTuple):
    """Words of an article, as the editor pasted them.

    `span` is where the words stand in the fact file, `named` where the article's id does (the key, or the `from:`).
    """

    article: str
    words: str
    span: Span
    named: Span


class Value(NamedTuple):
    """One value of one field.

    `key` is used by fields that map (a language tag in `names`, an article in `named`, an authority in `see`,
    a date in `changed`, a field name in `notes`); elsewhere it is empty.
    """

    text: str
    span: Span
    cites: tuple[Cite, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Position:
    """What a party said at a meeting or event; `party` is an actor id or "all"."""

    party: str
    span: Span
    cites: tuple[Cite, ...]
    about: tuple[Value, ...] = ()
    note: Value | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """One roster line: `parts` maps post, rank and org to their values (a plain line is all post)."""

    person: str
    span: Span
    parts: Mapping[str, tuple[Value, ...]]
    note: Value | None = None


@dataclass(frozen=True, slots=True)
class Delegation:
    """One party's seats at a meeting; `cites` are its words where it has no named members."""

    party: str
    span: Span
    members: tuple[Member, ...] = ()
    cites: tuple[Cite, ...] = ()
    note: Value | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """An actor, meeting, event, place, topic or comparison, also `site` and an article's front matter.

    `fields` holds every field of the field table that was given, in its order, except those with a type of their own:
    positions, delegations, says, notes. `notes` maps a field name to the editors' note on it, "" to the record's own.
    """

    kind: str
    id: str
    span: Span
    fields: Mapping[str, tuple[Value, ...]]
    notes: Mapping[str, Value] = field(default_factory=dict)
    positions: tuple[Position, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    says: tuple[Cite, ...] = ()
    draft: bool = False

    def all(self, name: str) -> tuple[Value, ...]:
        """Every value of a field, in the order written."""
        return self.fields.get(name, ())

    def text(self, name: str, default: str = "") -> str:
        """The first value of a field as text."""
        values = self.fields.get(name)
        return values[0].text if values else default

    @property
    def name(self) -> str:
        """What the site calls it; the id where the editor gave no name."""
        return self.text("name") or self.id

    @property
    def sort_key(self) -> tuple[str, str]:
        """Where it stands in an index: `sort`, else the name without a leading al-/Al/el-/ال; then the id."""
        given = self.text("sort")
        return (given or _without_article(self.name)).casefold(), self.id


def _without_article(name: str) -> str:
    for article in ("al-", "Al-", "Al ", "al ", "el-", "El-", "ال"):
        if name.startswith(article) and len(name) > len(article):
            return name[len(article) :]
    return name


@dataclass(frozen=True, slots=True)
class Relation:
    """`subject verb object`, asserted by `by` or, where that is empty, by the article in its own voice."""

    subject: str
    verb: str
    object: str
    span: Span
    cites: tuple[Cite, ...]
    by: Value | None = None
    note: Value | None = None
    draft: bool = False


def notes_of(record: Record) -> Iterator[Value]:
    """Every note of the editors in a record, corrections included."""
    yield from record.notes.values()
    yield from record.all("changed")
    yield from (p.note for p in record.positions if p.note)
    for delegation in record.delegations:
        yield from (delegation.note,) if delegation.note else ()
        yield from (m.note for m in delegation.members if m.note)


# ---------------------------------------------------------------- load: prose


class Html(NamedTuple):
    """Markup made by briefgen itself, safe as it is."""

    markup: str


class Run(NamedTuple):
    """Plain characters (not yet escaped): `text` stands at `start` of unit `unit`. Names link only where `linkable`."""

    unit: int
    start: int
    text: str
    linkable: bool = True


class Ref(NamedTuple):
    """`[[id]]` or `[[id|label]]` in editors' prose; an empty label means the record's name."""

    id: str
    label: str
    span: Span


class Quote(NamedTuple):
    """`[@article: words]` in editors' prose."""

    cite: Cite


Piece = Html | Run | Ref | Quote


class Unit(NamedTuple):
    """What words never cross: a paragraph, heading, list item or table cell, as its rendered text.

    `line` is the line in the file where it begins. Roles: "headline" and "furniture" occur in articles only.
    """

    text: str
    role: Literal["body", "headline", "furniture"]
    line: int = 1


@dataclass(frozen=True, slots=True)
class Prose(World):
    """A text ready to be shown: its pieces in order, and the units their runs point into."""

    itemwise: ClassVar[frozenset[str]] = frozenset(("units",))

    pieces: tuple[Piece, ...]
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Article(World):
    """A source article: front matter as a record (kind "article"), its text, and the SHA-256 of that text (hex)."""

    record: Record
    prose: Prose
    digest: str

    @property
    def id(self) -> str:
        """Its id, the name of its file."""
        return self.record.id

    @property
    def show(self) -> Literal["full", "excerpts", "link"]:
        """How much of the text may be published: `show`, else what `rights` allow."""
        given = self.record.text("show")
        if given in ("full", "excerpts", "link"):
            return given  # type: ignore[return-value]  # narrowed by the test above
        rights = self.record.text("rights")
        free = rights in ("us-gov", "permission", "cc0") or rights.startswith("cc-")
        return "full" if free else "excerpts"

    @property
    def origin(self) -> str:
        """What it rests on: the event of `based_on`, else itself."""
        return self.record.text("based_on") or self.id


@dataclass(frozen=True, slots=True)
class EditorsPage:
    """content/index.md (id "index") or a page of content/pages/."""

    id: str
    title: str
    order: int
    prose: Prose
    span: Span
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Documents:
    """Everything the files say, each on its own, references unresolved.

    `lost` holds ids that stand in files which could not be read: references to them are not reported.
    `static` are the paths under content/static/, without that prefix. Notes are parsed too: `note_prose`
    maps the span of a note to its inline prose.
    """

    site: Record
    records: tuple[Record, ...]
    articles: tuple[Article, ...]
    relations: tuple[Relation, ...]
    pages: tuple[EditorsPage, ...]
    note_prose: Mapping[Span, Prose]
    static: tuple[str, ...] = ()
    lost: frozenset[str] = frozenset()


# ---------------------------------------------------------------- link


class Passage(NamedTuple):
    """Words found in an article.

    `parts` are the stretches found, as offsets into the unit's text (one, or several around `...`);
    `sentence` is the sentence (or sentences) they stand in; `times` says how often the words stand in the article;
    `anchor` is the id of the passage on the article's page, made from the words, so that it outlives edits elsewhere;
    `recurs` says whether the first part stands elsewhere in the article too, capitals and word edges aside.
    """

    article: str
    unit: int
    parts: tuple[tuple[int, int], ...]
    sentence: tuple[int, int]
    times: int
    anchor: str
    recurs: bool = False

    @property
    def start(self) -> int:
        """Where the first part begins."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """Where the last part ends."""
        return self.parts[-1][1]


@dataclass(frozen=True, slots=True)
class Claim:
    """Any statement that may rest on a citation, from whatever corner of the model, in one flat form.

    `owner` is a record id, or "index" / "pages/ID" for prose, or "" for a relation. `field` is the field's name, and
    for the rest: "positions" (value = party), "delegations" (value = party, words of a delegation without members),
    "post" | "rank" | "org" with `person` and `party` (a part of a roster line), "relations" (see `relation`),
    "says" (a comparison's passage), "prose" (a citation in editors' prose or in a note).
    """

    owner: str
    field: str
    value: str
    cites: tuple[Cite, ...]
    span: Span
    note: Value | None = None
    person: str = ""
    party: str = ""
    about: tuple[Value, ...] = ()
    relation: Relation | None = None
    draft: bool = False


class Mention(NamedTuple):
    """A name of `record` at `start:end` of a unit of an article."""

    article: str
    unit: int
    start: int
    end: int
    record: str


@dataclass(frozen=True, slots=True)
class Published:
    """What of an article may be shown (I9): merged stretches per unit, and the figures of the excerpt rules.

    `words` counts the body (headline and furniture aside), `shown` those of them in a published passage,
    `longest` is the longest unbroken published run in words. An article shown in full has every unit whole.
    """

    stretches: Mapping[int, tuple[tuple[int, int], ...]]
    words: int
    shown: int
    longest: int
    longest_at: tuple[int, int] = (0, 0)
