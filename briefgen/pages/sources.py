"""What is said of articles beside their words: language, date, origins, and where a passage stands. Nothing is marked here."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from briefgen import urls
from briefgen.model import Article, Passage
from briefgen.pages import dates, html, wording
from briefgen.pages.site import Site, date_of


def passage_url(passage: Passage, show: str) -> str:
    """Where a passage stands; of an article that is shown as a link only, the top of its page."""
    url = urls.record_url("article", passage.article)
    return url if show == "link" else f"{url}#{passage.anchor}"


def published_on(site: Site, article: Article) -> str:
    """Its date of publication as displayed, or nothing."""
    date = date_of(article.record)
    return dates.shown(site.say, date)


def site_language(site: Site) -> str:
    """The language of the briefing."""
    return site.briefing.site.text("language", "en")


@lru_cache(maxsize=64)
def tongue(lang: str, own: str) -> tuple[str, str]:
    """A language with its direction, where it is not the site's `own`, else nothing twice."""
    return (lang, html.direction(lang)) if html.foreign(lang, own) else ("", "")


def language_of(site: Site, article: Article) -> str:
    """The language of an article's words, by default the site's."""
    return article.record.text("language") or site_language(site)


def translated_from(site: Site, article: Article) -> str:
    """The language it was translated from, in words, or nothing."""
    given = article.record.text("translated_from")
    return wording.language(site.say, given) if given else ""


def origins_label(site: Site, articles: Iterable[str]) -> str:
    """`3 articles, 1 origin` where articles have fewer origins than they are, else nothing."""
    distinct = set(articles)
    if len(distinct) < 2:
        return ""
    origins = {site.imprints[a].origin for a in distinct}
    if len(origins) == len(distinct):
        return ""
    say = site.say
    return say("articles-origins", articles=say("count-articles", n=len(distinct)), origins=say("count-origins", n=len(origins)))
