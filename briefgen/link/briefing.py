"""The linked model: what checks and pages read. Nothing is computed here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from briefgen.frozen import dataclass
from briefgen.link.ids import Ids
from briefgen.link.names import NameIndex
from briefgen.link.parts import Part, Rest
from briefgen.link.quotations import Sheet
from briefgen.model import Article, Cite, Claim, EditorsPage, Mention, Passage, Prose, Published, Record, Relation, Unit
from briefgen.source import Span
from briefgen.trace import World


def paragraphs_of(article: Article) -> dict[tuple[str, int], Unit]:
    """The paragraphs of an article, by its id and their number."""
    return {(article.id, n): unit for n, unit in enumerate(article.prose.units)}


class Known(NamedTuple):
    """What an id stands for: a type of record, or "article"."""

    kind: str
    draft: bool
    person: bool


@dataclass(frozen=True, slots=True)
class Briefing(World):
    """Everything resolved.

    `records` holds actors, meetings, events, places, topics and comparisons by id, drafts included (`record.draft`);
    `paragraphs` those of the articles by article and number; `sheets` the articles ready to be searched;
    `claims` every statement that may rest on a citation, `stated` the same by part (see `link.parts`); `passages` where the
    words of a citation were found (a citation that was not found is absent, and a finding); `rests` each statement with each
    passage it rests on, `note_rests` the same for citations in notes, both by part; `mentions` the names found in
    each article (by its part), in their order; `published` what of each article may be shown; `seated` has the roster lines
    (by the span of the member and the article) whose words stand beside the member's name. Pages take records, articles and
    claims that are not drafts only.
    For the rules: `subjects` and `texts` are the records and articles under judgement, as `claims` are the statements: all of
    them here, those of one part where a rule judges part by part. `known` says what each id stands for, `ids` has them by kind,
    `namesakes` whom each (article or "", string) names; `cited` has the passages of each article from whatever statement,
    `pointed` an entry for each id that is named anywhere. `verified` are the citations of `claims` that were found, None where
    nobody has gathered them.
    """

    site: Record
    records: Mapping[str, Record]
    articles: Mapping[str, Article]
    paragraphs: Mapping[tuple[str, int], Unit]
    sheets: Mapping[str, Sheet]
    relations: tuple[Relation, ...]
    pages: tuple[EditorsPage, ...]
    note_prose: Mapping[Span, Prose]
    static: tuple[str, ...]
    lost: frozenset[str]
    subjects: tuple[Record, ...]
    texts: tuple[Article, ...]
    known: Mapping[str, Known]
    ids: Mapping[str, Ids]
    namesakes: Mapping[tuple[str, str], tuple[str, ...]]
    stated: Mapping[Part, tuple[Claim, ...]]
    claims: tuple[Claim, ...]
    passages: Mapping[Cite, Passage]
    cited: Mapping[str, tuple[Passage, ...]]
    rests: Mapping[Part, tuple[Rest, ...]]
    note_rests: Mapping[Part, tuple[Rest, ...]]
    names: NameIndex
    mentions: Mapping[Part, tuple[Mention, ...]]
    pointed: Mapping[str, tuple[str, ...]]
    published: Mapping[str, Published]
    seated: Mapping[tuple[Span, str], bool]
    verified: tuple[tuple[Claim, Cite, Passage], ...] | None = None

    def article_of(self, cite: Cite) -> Article | None:
        """The article a citation names, if it exists."""
        return self.articles.get(cite.article)

    def words_of(self, passage: Passage) -> tuple[str, ...]:
        """The source's own characters of a passage, part by part."""
        text = self.paragraphs[passage.article, passage.unit].text
        return tuple(text[start:end] for start, end in passage.parts)
