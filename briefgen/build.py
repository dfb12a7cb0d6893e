"""Where shell and core meet: snapshot -> compile_site -> write.

With an error, or a warning where those count, nothing is written. Nothing is printed here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from briefgen.checks.hosting import Target, check_hosting
from briefgen.compile import Checked, compile_site
from briefgen.diagnostic import Diagnostic, canonical_order
from briefgen.link import Briefing
from briefgen.publish.disk import packaged_theme, take
from briefgen.publish.guard import checked_output
from briefgen.publish.lock import STATE, locked, state_folder
from briefgen.publish.refusal import os_refusal
from briefgen.publish.site import Written, write_site
from briefgen.publish.swap import recover
from briefgen.source import Snapshot
from briefgen.tools import SCHEMAS, write_schemas


class Order(NamedTuple):
    """What is to be built: the project's folder, the address it is for ("" for that of site.yaml), whether warnings fail.

    `repository` is the one at GitHub that the site is published from, as "owner/name"; "" where none is known.
    """

    project: Path
    base_url: str = ""
    strict: bool = False
    repository: str = ""


class Result(NamedTuple):
    """What came of a run; `written` is None where nothing was published.

    `sources` are the bytes of the files that findings point into; `pages` and `citations` count what was rendered and verified.
    """

    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, bytes]
    pages: int
    citations: int
    failed: bool
    written: Written | None = None


def check(order: Order) -> Result:
    """Everything but the writing."""
    return _compile(order)[0]


def build(order: Order, output: Path, on_wait: Callable[[], None]) -> Result:
    """Compile a project and publish it to `output`; `on_wait` is called if another build must be waited for.

    Raises Refusal where the output folder cannot be used or the disk does not play along.
    """
    folder = checked_output(order.project, output)
    try:
        with locked(order.project, folder, on_wait):
            return _publish(order, folder)
    except OSError as fault:
        at = f" ({fault.filename})" if fault.filename else ""
        raise os_refusal(f"The site cannot be written to {output}{at}", fault) from None


def _publish(order: Order, folder: Path) -> Result:
    recover(folder)
    result, checked = _compile(order)
    refresh_schemas(order.project, checked.briefing)
    if result.failed:
        return result
    rescue = state_folder(order.project) / "replaced" / folder.name
    return result._replace(written=write_site(folder, checked.outputs, rescue))


def refresh_schemas(project: Path, briefing: Briefing) -> None:
    """Schemas that an editor uses know new ids after each build; where there are none, none are made. May raise OSError."""
    folder = project / STATE / SCHEMAS
    if folder.is_dir():
        write_schemas(briefing, folder)


def _compile(order: Order) -> tuple[Result, Checked]:
    snapshot = take(order.project, packaged_theme(), order.base_url)
    checked = hosted(compile_site(snapshot), Target(order.repository, order.base_url))
    return _result(order, snapshot, checked), checked


def hosted(checked: Checked, target: Target) -> Checked:
    """A build with what would go wrong where the site is to stand."""
    found = check_hosting(checked.briefing, checked.outputs, target)
    return checked._replace(diagnostics=canonical_order((*checked.diagnostics, *found)))


def _result(order: Order, snapshot: Snapshot, checked: Checked) -> Result:
    fatal = ("error", "warning") if order.strict else ("error",)
    failed = any(d.severity in fatal for d in checked.diagnostics)
    pages = sum(1 for path in checked.outputs if path.endswith(".html"))
    templates = {f"templates/{name}": text.encode() for name, text in snapshot.templates.items()}
    return Result(checked.diagnostics, {**snapshot.content, **templates}, pages, len(checked.briefing.passages), failed)
