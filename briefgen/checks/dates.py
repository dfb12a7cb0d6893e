"""Rule 6: what the words print of a date agrees with the date.

**date-words-disagree** (error). Every day, month, weekday and year that the cited words print must agree with the date, as far
as the date is known: `2020-06` agrees with "On June 24th", `2020-07-02` does not agree with "On Wednesday", because that day
was a Thursday. Of an interval (`2019-04-04/..`, `2020-05-04/2020-05-06`) each printed date must agree with an end that is given.
What is not printed is not compared, so the year is usually the editors' own, and the page says so.

**date-words-missing** (warning). None of the words cited for a date or interval print any part of a date. Cite words that do,
or say under `notes:` how the date was found: a note turns the warning into information.

**date-words-not-checked** (information). Only English month and weekday names are read. Words of an article in another
language are left to the editors.

A one-day span (`2019-12-13..2020-04-04`, `..2020-06-24`) is always the editors' inference. It is shown so and not checked.
Dates that cannot be read at all are reported where they are decoded, not here.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.checks.common import answered
from briefgen.datetext import display
from briefgen.datewords import agreeing, disagreement, prints_date
from briefgen.diagnostic import Diagnostic, error, info, instead, warning
from briefgen.edtf import Edtf, parse
from briefgen.link.briefing import Briefing
from briefgen.model import Cite, Claim


def check(briefing: Briefing) -> Iterator[Diagnostic]:
    """The findings of rule 6."""
    for claim in briefing.claims:
        e = parse(claim.value) if claim.field == "date" else ""
        if isinstance(e, Edtf) and e.form != "one-day" and claim.cites:
            yield from _of_claim(briefing, claim, e)


def _of_claim(briefing: Briefing, claim: Claim, e: Edtf) -> Iterator[Diagnostic]:
    known = [cite for cite in claim.cites if cite in briefing.passages]  # words that are not found are a finding of their own
    english = [cite for cite in known if _is_english(_language(briefing, cite))]
    for cite in known:
        if cite in english:
            yield from _disagreement(claim, cite, e)
        else:
            yield _not_checked(cite, _language(briefing, cite))
    if english and len(english) == len(claim.cites) and not any(prints_date(cite.words) for cite in english):
        yield _missing(claim, english[0])


def _language(briefing: Briefing, cite: Cite) -> str:
    article = briefing.article_of(cite)
    own = article.record.text("language") if article else ""
    return own or briefing.site.text("language", "en")


def _is_english(language: str) -> bool:
    return language.lower().split("-")[0] == "en"


def _disagreement(claim: Claim, cite: Cite, e: Edtf) -> Iterator[Diagnostic]:
    clause = disagreement(cite.words, e)
    if clause:
        message = f"The words and the date do not agree: {clause}."
        yield error("date-words-disagree", message, cite.span, fix=instead(claim.span, agreeing(cite.words, e)))


def _missing(claim: Claim, cite: Cite) -> Diagnostic:
    date = display(parse(claim.value))  # type: ignore[arg-type]  # check() let only readable dates through
    message = f"The words print no day, month, weekday or year of “{date}”. Cite words that do, or add a note on the date."
    return answered(claim, warning("date-words-missing", message, cite.span))


def _not_checked(cite: Cite, language: str) -> Diagnostic:
    return info(
        "date-words-not-checked", f"Date words are read in English only; these are in “{language}”. Check them yourself.", cite.span
    )
