"""THE LINE: snapshot -> load -> link -> check -> pages -> render. No logic stands here."""

from __future__ import annotations

from typing import NamedTuple

from briefgen.ahead import forget_lost, print_ahead
from briefgen.checks import CheckTrace, judged
from briefgen.checks.common import answers
from briefgen.checks.finished import Outlines, check_finished
from briefgen.checks.whole import LIMIT
from briefgen.diagnostic import Diagnostic, has_errors
from briefgen.findings import Findings, in_order, with_more
from briefgen.link import Briefing, LinkTrace, link
from briefgen.load import LoadPast, Memo, load
from briefgen.outputs import Outputs
from briefgen.pages import LastPages, copied, published_site, site_pages
from briefgen.patched import Patches
from briefgen.remaking import Crew, Trace, alone
from briefgen.render import Press, Printed, Store
from briefgen.source import Snapshot
from briefgen.theme import Codes
from briefgen.words import read_words


class Checked(NamedTuple):
    """What a build knows at its end: the files of the site (none where there is an error) and all findings in order."""

    outputs: Outputs
    diagnostics: tuple[Diagnostic, ...]
    briefing: Briefing


class Counts(NamedTuple):
    """What the last build did again: parts linked, parts judged, pages (or groups of pages) viewed, pages rendered."""

    linked: int
    judged: int
    viewed: int
    rendered: int


class Known:
    """What the last build knew, stage by stage; handed on from build to build by whoever builds more than once.

    It changes what is done again, never what comes of it: every stage compares by value, and gives the same without it.
    """

    def __init__(self) -> None:
        self.load = LoadPast()
        self.link = LinkTrace()
        self.checks: CheckTrace = Trace()  # CheckTrace() would carry its type along into a written state
        self.found: Findings | None = None
        self.answers = Patches()
        self.pages = LastPages()
        self.printed = Printed()
        self.outlines = Outlines()

    @property
    def counts(self) -> Counts:
        """How much was done again."""
        return Counts(self.link.parts.remade, self.checks.remade, self.pages.trace.remade, self.printed.rendered)

    def start(self) -> None:
        """Another build begins, in which nothing has been done yet."""
        for trace in (self.link.parts, self.link.published, self.checks, self.pages.trace):
            trace.remade = 0
        self.printed.rendered = 0


def compile_site(
    snapshot: Snapshot,
    store: Store | None = None,
    memo: Memo | None = None,
    known: Known | None = None,
    paper: int = LIMIT,
    crew: Crew | None = None,
    salt: str = "",
    codes: Codes | None = None,
) -> Checked:
    """The whole site from a snapshot; store, memo and known hold what need not be done again.

    `paper` is how many records print.html may hold: the preview, which has no use for it, leaves them out of its builds.
    A `crew` does the work by several hands; with it (and `known`) pages are printed ahead, and their views not kept. The `salt`
    stands in the keys of the store for the program itself, where the store may be of another one; `codes` are templates compiled
    before.
    """
    last = known or Known()
    last.start()
    hands = crew or alone
    documents, d1 = load(snapshot, memo, last.load, hands)
    briefing = link(documents, known.link if known else None, hands)
    d2 = judged(briefing, known.checks if known else None, hands)
    found = last.found = in_order(last.found, ({"": d1}, d2))
    if has_errors(found.held):
        return Checked(Outputs({}), found.once, briefing)
    words, d3 = read_words(snapshot.templates, briefing.site.all("language"))
    past = known.pages if known else None
    site = published_site(briefing, words, snapshot.base_url, answers(d2, last.answers), past, paper)
    press = Press(snapshot.templates, words, store, salt, last.printed, codes)
    forget_lost(press, last.pages.trace)
    if crew and known:
        print_ahead(site, press, known.pages.trace, crew)
    rendered, d4 = press.print_all(site_pages(site, past, hands))
    files = copied(snapshot, past)
    d5 = tuple(check_finished(rendered, files, last.outlines, last.printed.outline, snapshot.content)) if not d4 else ()
    every = with_more(found.once, (*d3, *d4, *d5))
    return Checked(Outputs({} if d4 or has_errors(every) else last.outlines.files), every, briefing)


def inspect(snapshot: Snapshot) -> tuple[Briefing, tuple[Diagnostic, ...]]:
    """Load and link only, for the tools that look things up."""
    documents, findings = load(snapshot)
    return link(documents), findings
