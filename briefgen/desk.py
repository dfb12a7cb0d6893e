"""The commands for editors, beside those that build and show a site. No work is done here."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from briefgen.calls import CLEAN, FINDINGS, HELP, call, chosen_project, example
from briefgen.paths import near, seen_from


@click.command("init", context_settings=HELP, epilog=example("briefgen init harbour-briefing"))
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
def init(directory: Path) -> int:
    """Begin a new briefing in DIR, with an invented example of every kind of record.

    Nothing is overwritten: a file in the way is named, and nothing is written.
    """
    from briefgen.init import init as run

    folder = call().folder / directory.expanduser()
    number = run(folder)
    here = "" if folder.resolve() == Path.cwd() else f"cd {shlex.quote(near(folder))} && "
    click.echo(f"{number} files in {near(folder)}/, an invented example to change piece by piece. README.md says how.")
    click.echo(f"Next: {here}briefgen serve --open, then edit the files in content/ and watch.")
    return CLEAN


@click.command(context_settings=HELP, epilog=example("briefgen schema", "briefgen schema --print actors"))
@click.option(
    "-o", "--output", metavar="DIR", type=click.Path(path_type=Path), help="Where to; by default .briefgen/schemas/ in the project."
)
@click.option("--print", "kind", metavar="KIND", help="Write one schema to the terminal instead: actors, meetings, …")
def schema(output: Path | None, kind: str | None) -> int:
    """Write JSON Schemas, so that a text editor completes and checks.

    They know the project's own ids. Once they are in .briefgen/schemas/, every build brings them up to date.
    """
    from briefgen import tools
    from briefgen.schema import settings

    project = chosen_project()
    if kind:
        click.echo(tools.schema_text(project, kind), nl=False)
        return CLEAN
    folder = output or tools.schema_folder(project)
    names = tools.write_schemas(tools.look(project), folder)
    click.echo(f"{len(names)} schemas in {near(folder)}/. For the YAML extension of VS Code, in .vscode/settings.json:")
    click.echo(settings(seen_from(project, folder)))
    return CLEAN


@click.command(
    context_settings=HELP, epilog=example("briefgen new person fathi-bashagha", "briefgen new meeting us-lna-2020-07-01")
)
@click.argument("kind")
@click.argument("id_", metavar="ID")
def new(kind: str, id_: str) -> int:
    """Begin a record with a commented file of its own.

    KIND is person, organisation, meeting, event, place, topic, comparison, article or page; or a kind such as ministry.
    """
    from briefgen import tools

    begun = tools.new(chosen_project(), kind, id_)
    click.echo(f"{near(begun.file)} is ready to be filled in.")
    return CLEAN


@click.command(
    context_settings=HELP,
    epilog=example(
        'briefgen quote "met virtually"', 'briefgen quote "armed groups ... must not be tolerated" --article mirage-lna'
    ),
)
@click.argument("words", nargs=-1, required=True)
@click.option("-a", "--article", metavar="ID", default="", help="Look in this article only.")
@click.option(
    "--indent", metavar="N", type=click.IntRange(0, 40), default=0, help="How many spaces stand before the lines to paste."
)
def quote(words: tuple[str, ...], article: str, indent: int) -> int:
    """Find words in the articles and print the lines to paste.

    Words are found as the build finds them, and widened until they mean one place. `...` skips words within one sentence.
    What is not found is answered with the nearest passages, and exit status 1.
    """
    from briefgen import tools
    from briefgen.quote import quote as ask
    from briefgen.quote import show

    answer = ask(tools.articles(chosen_project(), article), " ".join(words))
    click.echo(show(answer, indent), nl=False)
    return CLEAN if answer.exact else FINDINGS


@click.command(context_settings=HELP, epilog=example("briefgen explain words-not-found"))
@click.argument("code")
def explain(code: str) -> int:
    """Say more about a finding, by the code in its square brackets."""
    from briefgen import explain as book
    from briefgen.publish.refusal import Refusal

    code = code.strip("[]")  # as findings print it
    known = book.sections(book.guide())
    if code not in known:
        raise Refusal(book.unknown(code, known))
    click.echo(f"{code}\n\n{book.plain(known[code])}")
    return CLEAN


COMMANDS = (init, schema, new, quote, explain)
