"""What the preview knows at one moment, and how a build changes it.

No clock, no disk, no thread: a state is a value, so that a request never sees half a build. With an error the pages are
those of the newest site that can be shown, and the findings are those of what was saved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace

from briefgen import urls
from briefgen.diagnostic import Diagnostic, error, has_errors
from briefgen.frozen import dataclass
from briefgen.link.briefing import Briefing
from briefgen.outputs import Outputs
from briefgen.serve.shown import Shown
from briefgen.serve.sources import changed_files, page_saved
from briefgen.serve.where import Where, where_in
from briefgen.source import Snapshot, whole_file
from briefgen.tables import changes

_INDEXES = {
    "actors": urls.PEOPLE,
    "meetings": urls.MEETINGS,
    "events": urls.EVENTS,
    "places": urls.PLACES,
    "topics": urls.TOPICS,
    "comparisons": urls.DIFFERENCES,
    "articles": urls.ARTICLES,
}


@dataclass(frozen=True, slots=True)
class State:
    """Everything that is served.

    number    counts the builds, from 0 (none yet)
    snapshot  what the last build read; None where it could not be read
    outputs   the site shown, path -> bytes; empty as long as there was none
    shown     what it was compiled from: the last build's snapshot, or an older one, or something between the two
    briefing  its briefing
    base      the path of the site's address ("/", "/repo/")
    findings  of the last build, good or not
    left      pages that are gone -> where their readers are sent
    moved     old addresses (`was`) -> the new ones
    where     where things stand
    saved     the page of the record saved last, "" where that cannot be told
    """

    number: int = 0
    snapshot: Snapshot | None = None
    outputs: Mapping[str, bytes] = field(default_factory=dict)
    shown: Snapshot | None = None
    briefing: Briefing | None = None
    base: str = "/"
    findings: tuple[Diagnostic, ...] = ()
    left: Mapping[str, str] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    where: Where = Where()
    saved: str = ""

    @property
    def failing(self) -> bool:
        """Whether the last build had errors, so that what is shown is not what was saved."""
        return has_errors(self.findings)

    @property
    def held(self) -> tuple[str, ...]:
        """The files that are shown in an older version than the one saved, or not at all."""
        return changed_files(self.shown, self.snapshot) if self.failing and self.shown and self.snapshot else ()


def built(before: State, snapshot: Snapshot, findings: tuple[Diagnostic, ...], shown: Shown | None) -> State:
    """The state after a build of `snapshot` that gave `findings`; `shown` is the site to be shown, None: the one that is."""
    tried = replace(before, number=before.number + 1, snapshot=snapshot, findings=findings, saved="")
    if shown is None:
        return tried
    made, where = shown.checked, where_in(shown.checked.briefing, before.where)
    return replace(
        tried,
        outputs=made.outputs,
        shown=shown.snapshot,
        briefing=made.briefing,
        base=urls.base_path(snapshot.base_url or made.briefing.site.text("url")),
        left=_left(before, made.outputs),
        where=where,
        moved=where.moved,
        saved=page_saved(before.snapshot, snapshot, made.briefing, made.outputs, where),
    )


def refused(before: State, code: str, sentence: str, file: str = "content") -> State:
    """The state after an attempt that did not get as far as a build; the very same state if that is known already."""
    findings = (error(code, sentence, whole_file(file)),)
    if before.findings == findings:
        return before
    return replace(before, number=before.number + 1, snapshot=None, findings=findings, saved="")


def differing(before: State, after: State) -> tuple[str, ...]:
    """The paths that hold other bytes now, that came or that went, sorted."""
    old, new = Outputs.of(before.outputs).contents, Outputs.of(after.outputs).contents
    return tuple(sorted(path for path in changes(old, new) if old.get(path) != new.get(path)))


def read_again(before: State, after: State) -> tuple[str, ...]:
    """The files of the project that changed between two builds."""
    return changed_files(before.snapshot, after.snapshot) if after.snapshot else ()


def _left(before: State, outputs: Mapping[str, bytes]) -> dict[str, str]:
    old, new = Outputs.of(before.outputs).contents, Outputs.of(outputs).contents
    lost = old.keys() - new.keys() if list(old) != list(new) else ()
    gone = {path: _index(before.briefing, path) for path in lost if path.endswith(".html")}
    known = {**gone, **before.left}
    return {path: index if index in outputs else urls.HOME for path, index in known.items() if path not in outputs}


def _index(briefing: Briefing | None, path: str) -> str:
    """The index that a page was listed in."""
    folder, _, name = path.partition("/")
    record = briefing.records.get(name.removesuffix(".html")) if briefing else None
    if folder == "actors" and record and record.text("kind", "person") != "person":
        return urls.ORGANISATIONS
    return _INDEXES.get(folder, urls.HOME)
