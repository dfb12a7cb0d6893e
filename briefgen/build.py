"""Where shell and core meet: snapshot -> compile_site -> write.

With an error, or a warning where those count, nothing is written. Nothing is printed here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TypeVar

from briefgen.checks.hosting import Target, check_hosting
from briefgen.compile import Checked, compile_site
from briefgen.diagnostic import Diagnostic
from briefgen.findings import with_more
from briefgen.link import Briefing
from briefgen.publish.codes import UserCodes, cache_folder
from briefgen.publish.crew import shared
from briefgen.publish.disk import Taken, packaged_theme, take
from briefgen.publish.guard import checked_output
from briefgen.publish.kept import Kept, Project, keep, opened, without_collector
from briefgen.publish.links import own
from briefgen.publish.lock import beside, locked, state_folder
from briefgen.publish.marks import read_list, write_list
from briefgen.publish.refusal import os_refusal
from briefgen.publish.site import Written, write_site
from briefgen.publish.spare import ENDING, clear_lone
from briefgen.publish.store import DamageError
from briefgen.publish.swap import recover
from briefgen.publish.tree import SCHEMAS, STATE, Mark
from briefgen.remaking import Tally
from briefgen.render import MemoryStore
from briefgen.source import Snapshot

P = TypeVar("P")
R = TypeVar("R")
Watch = Callable[[str, int, int], None]  # told what is being done, how much of it is done, and of how much


class Order(NamedTuple):
    """What is to be built: the project's folder, the address it is for ("" for that of site.yaml), whether warnings fail.

    `repository` is the one at GitHub that the site is published from, as "owner/name"; "" where none is known. `fresh` throws
    away what the last builds left; `jobs` is how many processes share the work.
    """

    project: Path
    base_url: str = ""
    strict: bool = False
    repository: str = ""
    fresh: bool = False
    jobs: int = 1


class Result(NamedTuple):
    """What came of a run; `written` is None where nothing was published.

    `sources` are the bytes of the files that findings point into; `pages` and `citations` count what was rendered and verified;
    `done` is how much was done and not known before, `taken` what was read, and when; `marks` are those of the site as it was left.
    """

    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, bytes]
    pages: int
    citations: int
    failed: bool
    done: Done
    taken: Taken
    written: Written | None = None
    marks: Mapping[str, Mark] = {}


class Done(NamedTuple):
    """How much a build did: files parsed; parts linked, judged and viewed; pages rendered."""

    parsed: int
    linked: int
    judged: int
    viewed: int
    rendered: int


def check(order: Order, watch: Watch = lambda *_: None) -> Result:
    """Everything but the writing."""
    try:
        folder = state_folder(order.project)
    except OSError:  # a project that may only be read
        return _compile(order, Project(Kept(), MemoryStore(), is_new=True), watch)[0]
    return _on(folder, order, lambda order, project: _check(order, folder, project, watch))


def _check(order: Order, state: Path, project: Project, watch: Watch) -> Result:
    result = _compile(order, project, watch)[0]
    if not result.failed:
        keep(state, project, watch)
    return result


def build(order: Order, output: Path, on_wait: Callable[[], None], watch: Watch = lambda *_: None) -> Result:
    """Compile a project and publish it to `output`; `on_wait` is called if another build must be waited for.

    Raises Refusal where the output folder cannot be used or the disk does not play along.
    """
    folder = checked_output(order.project, output)
    try:
        with locked(order.project, folder, on_wait):
            recover(folder)
            state = state_folder(order.project)
            return _on(state, order, lambda order, project: _publish(order, folder, state, project, watch))
    except OSError as fault:
        at = f" ({fault.filename})" if fault.filename else ""
        raise os_refusal(f"The site cannot be written to {output}{at}", fault) from None


def _on(state: Path, order: Order, run: Callable[[Order, Project], Result]) -> Result:
    """Run with what is kept; where that turns out to be damaged, run without."""
    try:
        with without_collector(), opened(state, fresh=order.fresh) as project:
            return run(order, project)
    except DamageError:
        if order.fresh:
            raise
    return _on(state, order._replace(fresh=True), run)


def _publish(order: Order, folder: Path, state: Path, project: Project, watch: Watch) -> Result:
    result, checked = _compile(order, project, watch)
    refresh_schemas(order.project, checked.briefing)
    if result.failed:
        return result
    watch("Writing the site", 0, len(checked.outputs))
    listed = str(beside(state, folder, "marks"))
    known = {} if order.fresh else read_list(listed)
    clear_lone(state)
    spare = beside(state, folder, ENDING[1:])
    published = write_site(folder, checked.outputs, state / "replaced" / folder.name, known, spare)
    with suppress(OSError):  # the next build reads the files instead
        write_list(listed, published.marks)
    # Not by a second process meanwhile: it would have memory of its own for all that it touches, and this touches everything.
    keep(state, project, watch)
    return result._replace(written=published.written, marks=published.marks)


def refresh_schemas(project: Path, briefing: Briefing) -> None:
    """Schemas that an editor uses know new ids after each build; where there are none, none are made. May raise OSError."""
    folder = own(project / STATE / SCHEMAS, project)
    if folder.is_dir():
        from briefgen.tools import write_schemas

        write_schemas(briefing, folder)


def _compile(order: Order, project: Project, watch: Watch) -> tuple[Result, Checked]:
    kept = project.kept
    snapshot = take(order.project, packaged_theme(), order.base_url, kept.taken)
    kept.memo.read = 0
    crew = _WatchedCrew(order.jobs, watch)
    codes = UserCodes(cache_folder(order.project), project.salt) if project.salt and not order.fresh else None
    built = compile_site(snapshot, project.store, kept.memo, kept.known, crew=crew, salt=project.salt, codes=codes)
    kept.memo.keep(snapshot.content)
    checked = hosted(built, Target(order.repository, order.base_url))
    return _result(order, snapshot, checked, kept), checked


class _WatchedCrew(NamedTuple):
    """A crew that says what it does, and how far it is."""

    jobs: int
    watch: Watch

    def __call__(
        self, make: Callable[[P], R], parts: Sequence[P], doing: str, tally: Tally | None = None, /
    ) -> Iterator[tuple[P, R]]:
        """As of any crew."""
        for n, made in enumerate(shared(self.jobs, make, parts, tally)):
            self.watch(doing, n, len(parts))
            yield made


def hosted(checked: Checked, target: Target) -> Checked:
    """A build with what would go wrong where the site is to stand."""
    found = check_hosting(checked.briefing, checked.outputs, target)
    return checked._replace(diagnostics=with_more(checked.diagnostics, found))


def _result(order: Order, snapshot: Snapshot, checked: Checked, kept: Kept) -> Result:
    fatal = ("error", "warning") if order.strict else ("error",)
    failed = any(d.severity in fatal for d in checked.diagnostics)
    pages = sum(1 for path in checked.outputs if path.endswith(".html"))
    templates = {f"templates/{name}": text.encode() for name, text in snapshot.templates.items()}
    sources, citations = {**snapshot.content, **templates}, len(checked.briefing.passages)
    done = Done(kept.memo.read, *kept.known.counts)
    return Result(checked.diagnostics, sources, pages, citations, failed, done, kept.taken)
