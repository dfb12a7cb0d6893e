"""The published part of a briefing, turned round so that each page finds in one look-up what concerns it.

No draft is in here, nor anything that names a draft, nor anything that rests on a draft article alone (I9): page kinds read
from here and never from the briefing's own mappings. `pages/published.py` makes it, once a build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from briefgen import edtf
from briefgen.checks.whole import LIMIT
from briefgen.frozen import dataclass
from briefgen.link.briefing import Briefing
from briefgen.load.fields import BY_KIND
from briefgen.model import Article, Cite, Claim, EditorsPage, Mention, Passage, Record, Relation, Unit, Value
from briefgen.pages.entries import Backref, Called, Delegated, Imprint, Listed, Posted, Resting, Said, Sitting, Text
from briefgen.pages.views import Frame
from briefgen.source import Span
from briefgen.text import folded
from briefgen.trace import World
from briefgen.words import Words


class Page(NamedTuple):
    """A page to be made: where it stands, by which template, from which view."""

    url: str
    template: str
    view: object


@dataclass(frozen=True, slots=True)
class Document(World):
    """The document of the whole briefing: the URL of each page that it holds -> its anchor there, and what surrounds it."""

    places: Mapping[str, str]
    frame: Frame | None = None


@dataclass(frozen=True, slots=True)
class Site(World):
    """What page kinds read. All sequences are in the order of display: by date, else as written.

    say              the words of the interface: `site.say("id", n=2)`
    answering        the notes that answered a warning of the checks
    called           how a record or article is called; addresses: its page. A page that only names a record reads these, so
                     that it stays as it is when anything else about that record changes
    links            id -> both, with the language of its name: what a link needs, in one look-up
    imprints         article -> what its front matter says of each passage of it, and nothing of its text
    found            citation -> where its words stand; None where that may not be published
    paragraphs       (article, number) -> the paragraph; texts: article -> what data files say of its text as a whole
    listing          id of a record -> what an index goes by
    above            id of a record -> what it is part of
    carded           shard of the hover cards -> the records with a card in it
    types            id -> its type and its kind ("" for none): what it is, for those who only name it
    kinds            type -> its records, sorted as an index shows them
    sittings, said   all seats and all positions
    backrefs         (field, id) -> who names that id in that field
    resting          article -> the claims on each of its passages; tallies: article -> how many claims, and on how many passages
    changed, was     id of a record or article with corrections or old ids -> these
    disputed         id of a record in which the sources differ -> the fields
    mentions         record -> its mentions; spotted: (article, unit) -> the mentions there
    states           country code -> the state actors of it
    sections         the indexes that exist
    seats            person -> where they sat; sat_for: party -> who sat for it; posted: organisation ->
                     seats whose roster line names it
    delegated        party -> its delegations
    order            meeting or event -> its place in `happenings`
    neighbours       meeting or event with a date -> the one of its kind before and after it by date ("" for none)
    origins          what articles rest on -> the articles, by date
    related          id -> the relations it stands in or asserts
    said_by          party -> positions; said_about: topic -> positions
    paper            how many records print.html may hold; document: what its entries have to know of it
    cited            (article, unit) -> the passages there, in the order of the text; claims_on: passage -> what rests on it
    """

    briefing: Briefing
    say: Words
    base_url: str
    answering: frozenset[Span]
    records: Mapping[str, Record]
    articles: Mapping[str, Article]
    called: Mapping[str, str]
    addresses: Mapping[str, str]
    links: Mapping[str, Called]
    imprints: Mapping[str, Imprint]
    found: Mapping[Cite, Passage | None]
    paragraphs: Mapping[tuple[str, int], Unit]
    texts: Mapping[str, Text]
    listing: Mapping[str, Listed]
    carded: Mapping[str, tuple[str, ...]]
    above: Mapping[str, tuple[str, ...]]
    types: Mapping[str, tuple[str, str]]
    kinds: Mapping[str, tuple[Record, ...]]
    relations: tuple[Relation, ...]
    pages: tuple[EditorsPage, ...]
    happenings: tuple[Record, ...]
    sittings: tuple[Sitting, ...]
    said: tuple[Said, ...]
    backrefs: Mapping[tuple[str, str], tuple[Backref, ...]]
    resting: Mapping[str, tuple[Resting, ...]]
    tallies: Mapping[str, tuple[int, int]]
    changed: Mapping[str, tuple[Value, ...]]
    was: Mapping[str, tuple[Value, ...]]
    disputed: Mapping[str, tuple[str, ...]]
    mentions: Mapping[str, tuple[Mention, ...]]
    spotted: Mapping[tuple[str, int], tuple[Mention, ...]]
    states: Mapping[str, tuple[str, ...]]
    sections: frozenset[str]
    seats: Mapping[str, tuple[Sitting, ...]]
    sat_for: Mapping[str, tuple[Sitting, ...]]
    posted: Mapping[str, tuple[Posted, ...]]
    delegated: Mapping[str, tuple[Delegated, ...]]
    order: Mapping[str, int]
    neighbours: Mapping[str, tuple[str, str]]
    origins: Mapping[str, tuple[Article, ...]]
    related: Mapping[str, tuple[Relation, ...]]
    said_by: Mapping[str, tuple[Said, ...]]
    said_about: Mapping[str, tuple[Said, ...]]
    cited: Mapping[tuple[str, int], tuple[Passage, ...]]
    claims_on: Mapping[Passage, tuple[Claim, ...]]
    document: Document
    paper: int = LIMIT

    @property
    def menu(self) -> tuple[tuple[str, str], ...]:
        """Id and title of the editors' pages, in their order: all that a page says of the others."""
        return tuple((page.id, page.title) for page in self.pages)

    def is_reading(self, note: Value | None) -> bool:
        """Whether a note answered a warning: what it stands on is then marked as the editors' reading."""
        return note is not None and note.span in self.answering

    def of_kind(self, kind: str) -> tuple[Record, ...]:
        """The records of a type, sorted as an index shows them."""
        return self.kinds.get(kind, ())

    def url(self, record_id: str) -> str:
        """The page of a record or article, "" where there is none (a draft, or an id that leads nowhere)."""
        return self.addresses.get(record_id, "")

    def name(self, record_id: str) -> str:
        """How a record or article is called; the id where it is neither."""
        return self.called.get(record_id, record_id)

    def naming(self, field: str, record_id: str) -> tuple[Backref, ...]:
        """Who names this record in that field."""
        return self.backrefs.get((field, record_id), ())

    def passages(self, cites: Iterable[Cite]) -> tuple[Passage, ...]:
        """The passages of citations, without repetitions; not found or of a draft: left out."""
        found = self.found
        passages = tuple([p for c in cites if (p := found.get(c))])
        return tuple(dict.fromkeys(passages)) if len(passages) > 1 else passages  # to look at one is to hash twelve numbers

    def words_of(self, passage: Passage) -> tuple[str, ...]:
        """The source's own characters of a passage, part by part."""
        text = self.paragraphs[passage.article, passage.unit].text
        return tuple(text[start:end] for start, end in passage.parts)


def wholes(site: Site, record_id: str) -> dict[str, int]:
    """Everything a record is part of, with the number of steps up; itself at 0."""
    return _reach(record_id, lambda one: site.above.get(one, ()))


def parts(site: Site, record_id: str) -> dict[str, int]:
    """Everything that is part of a record, with the number of steps down; itself at 0."""
    return _reach(record_id, lambda one: (b.record.id for b in site.naming("part_of", one)))


def _reach(start: str, following: Callable[[str], Iterable[str]]) -> dict[str, int]:
    found = {start: 0}
    level = [start]
    steps = 0
    while level:
        steps += 1
        level = list(dict.fromkeys(n for one in level for n in following(one) if n not in found))
        found |= dict.fromkeys(level, steps)
    return found


def title_of(article: Article) -> str:
    """An article's title, else its id."""
    return article.record.text("title") or article.id


def is_person(record: Record) -> bool:
    """Whether an actor is a person, which is what an actor without a kind is."""
    return record.kind == "actor" and record.text("kind", "person") == "person"


def disputed(kind: str, name: str, values: tuple[Value, ...]) -> bool:
    """Whether the sources differ: several values in a field that takes one."""
    row = BY_KIND[kind].get(name)
    if row is None or row.cardinality != "one" or row.cls != "fact":
        return False
    return len(values) > 1 and len({folded(v.text) for v in values}) > 1


def disputes(record: Record) -> tuple[str, ...]:
    """The fields of a record in which the sources differ."""
    return tuple(name for name, values in record.fields.items() if disputed(record.kind, name, values))


def date_of(record: Record) -> edtf.Edtf | None:
    """The first date of a meeting, event or article that can be read."""
    for name in ("date", "published"):
        for value in record.all(name):
            parsed = edtf.parse(value.text)
            if not isinstance(parsed, str):
                return parsed
    return None


def by_date(record: Record) -> tuple[int, object, str]:
    """The order of a timeline: what has no date comes last."""
    date = date_of(record)
    return (0, edtf.sort_key(date), record.id) if date else (1, (), record.id)
