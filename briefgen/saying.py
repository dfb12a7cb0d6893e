"""What the commands say: findings, how it went, and paths as they are seen from here. Nothing is decided here."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from briefgen import report
from briefgen.build import Order, Result
from briefgen.paths import near, seen_from


def said(result: Result, order: Order, form: str, verbose: bool, summary: dict[str, object]) -> str:
    """The findings, in the form asked for; as JSON with all there is to say of the build."""
    if form == "json":
        return (
            report.as_json(result.diagnostics, result.sources, {"pages": result.pages, "citations": result.citations, **summary})
            + "\n"
        )
    shown = [d for d in result.diagnostics if verbose or d.severity != "info"]
    if form == "github":
        top = Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd())
        return report.github(shown, result.sources, lambda path: seen_from(top, order.project / path))
    style = report.Style(colour=_wants_colour())
    return f"{report.text(shown, result.sources, lambda path: near(order.project / path), style)}\n" if shown else ""


def outcome(result: Result, order: Order, verbose: bool, where: str, took: str) -> str:
    """How it went, in a line: findings, pages and citations; `where` the site is ("" for a check), and how long it took."""
    score = report.score(result.diagnostics, strict=order.strict, verbose=verbose)
    if result.failed:
        return f"{score} Nothing was published; what is there stays as it was.\n" if where else f"{score}\n"
    place = f" in {where}" if where else ""
    return f"{score} {report.count(result.pages, 'page')}{place}, {report.count(result.citations, 'citation')} verified, {took}\n"


def counted(result: Result) -> str:
    """How much was done."""
    done, written = result.done, result.written
    files = f", {report.count(written.written, 'file')} written, {written.kept} kept, {written.pruned} removed" if written else ""
    parts = f"{done.linked} parts linked, {done.judged} judged, {done.viewed} viewed"
    return f"{report.count(done.parsed, 'file')} parsed, {parts}, {report.count(done.rendered, 'page')} rendered{files}"


def _wants_colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def warn_of_replaced(result: Result, shown: str) -> None:
    """Say which files in the output were not as they were left."""
    if result.written and result.written.edited:
        names = ", ".join(result.written.edited[:3]) + (" …" if len(result.written.edited) > 3 else "")
        click.echo(f"Changed by hand in {shown} and now replaced: {names}. Copies are kept in .briefgen/replaced/.", err=True)
    if result.written and result.written.strays:
        click.echo(f"Appeared in {shown} during the build and kept beside it: {', '.join(result.written.strays)}.", err=True)
