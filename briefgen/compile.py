"""THE LINE: snapshot -> load -> link -> check -> pages -> render. No logic stands here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from briefgen.checks import run_checks
from briefgen.checks.common import answering
from briefgen.checks.finished import Outlines, check_finished
from briefgen.diagnostic import Diagnostic, canonical_order, has_errors
from briefgen.link import Briefing, link
from briefgen.load import Memo, load
from briefgen.pages import assets, view_pages
from briefgen.render import Store, render_pages
from briefgen.source import Snapshot
from briefgen.words import FALLBACK, read_words


class Checked(NamedTuple):
    """What a build knows at its end: the files of the site (none where there is an error) and all findings in order."""

    outputs: Mapping[str, bytes]
    diagnostics: tuple[Diagnostic, ...]
    briefing: Briefing


def compile_site(snapshot: Snapshot, store: Store | None = None, memo: Memo | None = None, kept: Outlines | None = None) -> Checked:
    """The whole site from a snapshot; store, memo and kept hold what need not be done again."""
    documents, d1 = load(snapshot, memo)
    briefing = link(documents)
    d2 = run_checks(briefing)
    if has_errors(d1 + d2):
        return Checked({}, canonical_order(d1 + d2), briefing)
    words, d3 = read_words(snapshot.templates, briefing.site.text("language", FALLBACK))
    pages = view_pages(briefing, words, snapshot.base_url, answering(d2))
    rendered, d4 = render_pages(pages, snapshot.templates, words, store)
    copied = assets(snapshot)
    d5 = tuple(check_finished(rendered, copied, kept)) if not d4 else ()
    found = canonical_order(d1 + d2 + d3 + d4 + d5)
    return Checked({} if has_errors(found) else rendered | copied, found, briefing)


def inspect(snapshot: Snapshot) -> tuple[Briefing, tuple[Diagnostic, ...]]:
    """Load and link only, for the tools that look things up."""
    documents, findings = load(snapshot)
    return link(documents), findings
