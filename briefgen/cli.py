"""The command line. Exit status: 0 clean, 1 findings, 2 wrong use.

No work is done here. Whatever a user may do ends in a sentence, never in a traceback. Everything but click is imported
where it is used, so that `--help` and refusals do not wait for the libraries of a build.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar
from urllib.parse import urlsplit

import click

from briefgen import __version__
from briefgen.calls import CLEAN, FINDINGS, HELP, USAGE, Call, call, chosen_project, example
from briefgen.desk import COMMANDS
from briefgen.paths import near

if TYPE_CHECKING:
    from briefgen.build import Order, Result

Command = TypeVar("Command", bound=Callable[..., Any])


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run a command and end the process."""
    from briefgen.publish.refusal import Refusal

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # where the terminal's encoding lacks a letter, its number is shown
            stream.reconfigure(errors="backslashreplace")
    try:
        given = sys.argv[1:] if arguments is None else arguments
        status = cli.main(args=list(given), prog_name="briefgen", standalone_mode=False, obj=given)
        sys.stdout.flush()
    except click.ClickException as fault:
        fault.show()
        sys.exit(USAGE)
    except click.exceptions.Abort:  # Ctrl-C
        sys.exit(130)
    except Refusal as fault:
        _stop(str(fault))
    except BrokenPipeError:  # the reader of our output, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FINDINGS)
    except OSError as fault:
        place = f"{fault.filename}: " if fault.filename else ""
        _stop(f"{place}{(fault.strerror or str(fault)).lower()}.")
    sys.exit(status if isinstance(status, int) else CLEAN)


def _stop(sentence: str) -> NoReturn:
    click.echo(f"briefgen: {sentence}", err=True)
    sys.exit(USAGE)


@click.group(context_settings=HELP, epilog=example("briefgen build --strict", "briefgen -C ~/libya-briefing check"))
@click.option("-C", "--project", metavar="DIR", default=".", help="The project, if it is not the current folder or around it.")
@click.version_option(__version__, message="briefgen %(version)s")
@click.pass_context
def cli(context: click.Context, project: str) -> None:
    """Build a briefing site in which every fact rests on verified words of a source."""
    context.obj = Call(context.obj, Path(project).expanduser())


# ---------------------------------------------------------------- build, check


def _base_url(_: click.Context, __: click.Parameter, value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment or " " in value):
        raise click.BadParameter(f"{value} is not the address of a site, such as https://example.org/briefing/")
    return value


def _run_options(command: Command) -> Command:
    """The options that build and check share."""
    for option in (
        click.option("-v", "--verbose", is_flag=True, help="Show what is worth knowing, too, not only errors and warnings."),
        click.option(
            "--format", "form", type=click.Choice(["text", "json", "github"]), default="text", help="How findings are shown."
        ),
        click.option("-q", "--quiet", is_flag=True, help="Show no progress."),
        click.option("--fresh", is_flag=True, help="Do everything again, and forget what the last builds left in .briefgen/."),
        click.option(
            "-j",
            "--jobs",
            metavar="N",
            type=click.IntRange(0, 64),
            default=0,
            help="How many processes share the work; by default as many as there are processors.",
        ),
        click.option("--strict", is_flag=True, help="Warnings fail as well."),
        click.option(
            "--base-url",
            metavar="URL",
            default="",
            envvar="PAGES_BASE_URL",
            callback=_base_url,
            help="Where the site will stand, if not at `url` of site.yaml; or $PAGES_BASE_URL.",
        ),
    ):
        command = option(command)
    return command


@cli.command(
    context_settings=HELP,
    epilog=example("briefgen build --strict --output public", "briefgen build --base-url https://example.org/briefing/"),
)
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Where the site is written; by default site/ in the project.",
)
@click.option("--stats", is_flag=True, help="Say how much was done and how much was known from the last build.")
@_run_options
def build(output: Path | None, stats: bool, form: str, verbose: bool, quiet: bool, **wish: Any) -> int:
    """Check the project and publish it as a site.

    With an error nothing is published: the site that is there stays as it is. What has not changed since the last build is not
    done again.
    """
    started = time.perf_counter()
    from briefgen import saying
    from briefgen.build import build as run
    from briefgen.progress import Progress

    order = _order(**wish)
    folder = output or order.project / "site"
    shown = f"{near(folder)}/"
    with Progress(sys.stderr, quiet=quiet) as progress:
        waiting = f"Another build of {shown} is running. Waiting for it."
        result = run(order, folder, lambda: click.echo(waiting, err=True), progress.step)
    saying.warn_of_replaced(result, shown)
    said = saying.said(result, order, form, verbose, {"output": str(folder), "published": result.written is not None})
    end = "" if form == "json" else saying.outcome(result, order, verbose, shown, _time_since(started))
    click.echo(said + end, nl=False, color=True)
    if stats and form != "json":
        click.echo(saying.counted(result))
    if not result.failed:
        again = "" if form == "json" else saying.outcome(result, order, verbose, shown, "nothing has changed")
        _remember(result, order, str(folder.resolve()), said + again)
    return FINDINGS if result.failed else CLEAN


def _remember(result: Result, order: Order, output: str, said: str) -> None:
    """Leave a record with which the next run sees at once that nothing has changed; it is a convenience."""
    from briefgen.publish.fresh import remember

    with suppress(OSError):
        taken = result.taken
        remember(call().arguments, str(order.project), output, taken.seen, taken.moment, result.marks, said)


@cli.command(context_settings=HELP, epilog=example("briefgen check", "briefgen check --format github --strict"))
@_run_options
def check(form: str, verbose: bool, quiet: bool, **wish: Any) -> int:
    """Check the project: everything that build does but the writing."""
    started = time.perf_counter()
    from briefgen import saying
    from briefgen.build import check as run
    from briefgen.progress import Progress

    order = _order(**wish)
    with Progress(sys.stderr, quiet=quiet) as progress:
        result = run(order, progress.step)
    said = saying.said(result, order, form, verbose, {"published": False})
    end = "" if form == "json" else saying.outcome(result, order, verbose, "", _time_since(started))
    click.echo(said + end, nl=False, color=True)
    if not result.failed:
        again = "" if form == "json" else saying.outcome(result, order, verbose, "", "nothing has changed")
        _remember(result, order, "", said + again)
    return FINDINGS if result.failed else CLEAN


def _time_since(started: float) -> str:
    return f"{time.perf_counter() - started:.1f} s"


def _repository() -> str:
    """Where the site is published from, if this runs at GitHub."""
    return os.environ.get("GITHUB_REPOSITORY", "")


def _order(base_url: str, strict: bool, fresh: bool, jobs: int) -> Order:
    from briefgen.build import Order
    from briefgen.publish.crew import processors

    return Order(chosen_project(), base_url, strict, _repository(), fresh, jobs or processors())


# ---------------------------------------------------------------- serve


@cli.command(context_settings=HELP, epilog=example("briefgen serve --open", "briefgen -C ~/libya-briefing serve --port 8080"))
@click.option(
    "--port", metavar="N", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The first port tried; 0 for any."
)
@click.option("--poll", is_flag=True, help="Compare files instead of waiting for events, as on network disks.")
@click.option("--open", "open_", is_flag=True, help="Open the site in the browser.")
def serve(port: int, poll: bool, open_: bool) -> int:
    """Show the site while it is being edited.

    Every save changes the open pages at once. Findings appear on the page. Nothing is written to site/, and nobody but this
    computer sees it.
    """
    project = chosen_project()
    from briefgen.serve.run import Wish, preview  # 400 ms of web server, for this command alone

    preview(Wish(project, port, poll, open_, _repository()), click.echo)
    return CLEAN


for command in COMMANDS:
    cli.add_command(command)
