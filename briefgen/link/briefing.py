"""The linked model: what checks and pages read. Nothing is computed here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from briefgen.link.names import NameIndex
from briefgen.model import Article, Cite, Claim, EditorsPage, Mention, Passage, Prose, Published, Record, Relation
from briefgen.source import Span


@dataclass(frozen=True, slots=True)
class Briefing:
    """Everything resolved.

    `records` holds actors, meetings, events, places, topics and comparisons by id, drafts included (`record.draft`);
    `claims` every statement that may rest on a citation; `passages` where the words of a citation were found (a
    citation that was not found is absent, and a finding); `mentions` the names found in article texts, in their order;
    `published` what of each article may be shown; `seated` the roster lines (by the span of the member and the article)
    whose words stand beside the member's name. Pages take records, articles and claims that are not drafts only.
    """

    site: Record
    records: Mapping[str, Record]
    articles: Mapping[str, Article]
    relations: tuple[Relation, ...]
    pages: tuple[EditorsPage, ...]
    note_prose: Mapping[Span, Prose]
    static: tuple[str, ...]
    lost: frozenset[str]
    claims: tuple[Claim, ...]
    passages: Mapping[Cite, Passage]
    names: NameIndex
    mentions: tuple[Mention, ...]
    published: Mapping[str, Published]
    seated: frozenset[tuple[Span, str]]

    def article_of(self, cite: Cite) -> Article | None:
        """The article a citation names, if it exists."""
        return self.articles.get(cite.article)

    def words_of(self, passage: Passage) -> tuple[str, ...]:
        """The source's own characters of a passage, part by part."""
        text = self.articles[passage.article].prose.units[passage.unit].text
        return tuple(text[start:end] for start, end in passage.parts)
