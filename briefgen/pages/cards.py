"""Articles in lists, and which of them rest on one origin."""

from __future__ import annotations

from collections.abc import Iterable

from briefgen.model import Article
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import by_date
from briefgen.pages.sources import origins_label, published_on
from briefgen.pages.views import ArticleCard, Link, OriginGroup


def article_card(sheet: Sheet, article: Article, owner: str = "") -> ArticleCard:
    """An article in a list; with an `owner`, only what of that record rests on it is counted."""
    facts, passages = _counted(sheet, article.id, owner) if owner else sheet.site.tallies.get(article.id, (0, 0))
    return ArticleCard(
        link=sheet.link(article.id),
        outlet=article.record.text("publisher"),
        date=published_on(sheet.site, article),
        show=article.show,
        origin=origin_link(sheet, article),
        facts=facts,
        passages=passages,
    )


def _counted(sheet: Sheet, article: str, owner: str) -> tuple[int, int]:
    held = [r for r in sheet.site.resting.get(article, ()) if r.claim.owner == owner]
    return len({id(r.claim) for r in held}), len({r.passage for r in held})


def origin_link(sheet: Sheet, article: Article) -> Link | None:
    """The statement an article rests on, where it has a page."""
    based_on = article.record.text("based_on")
    return sheet.link(based_on) if sheet.site.url(based_on) else None


def origin_groups(sheet: Sheet, articles: Iterable[Article], owner: str = "") -> tuple[OriginGroup, ...]:
    """Articles by what they rest on; the largest group first, else in the order given."""
    held: dict[str, list[Article]] = {}
    for article in articles:
        held.setdefault(article.origin, []).append(article)
    return tuple(_group(sheet, group, owner) for group in sorted(held.values(), key=len, reverse=True))


def _group(sheet: Sheet, articles: list[Article], owner: str) -> OriginGroup:
    return OriginGroup(
        origin=origin_link(sheet, articles[0]),
        label=origins_label(sheet.site, (a.id for a in articles)),
        articles=tuple(article_card(sheet, a, owner) for a in articles),
    )


def in_order(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Articles by date of publication, undated ones last."""
    return tuple(sorted(articles, key=lambda a: by_date(a.record)))
