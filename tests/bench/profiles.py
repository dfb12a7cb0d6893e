"""Where the time goes: in a cold build and in one edit by the command, whole processes, and in a rebuild of the preview.

A profiler makes calls dear, so the shares are what counts, not the seconds. Where work is shared out among processes, only the
first of them is looked at; so there is only one unless `--jobs` says otherwise.
"""

from __future__ import annotations

import cProfile
import pstats
import re
from pathlib import Path

from briefgen.cli import cli
from briefgen.publish.disk import packaged_theme
from briefgen.serve.studio import Studio
from tests.bench.edits import edits
from tests.bench.processes import Command, run
from tests.bench.sides import Side, clear

_LINES = 40


def profile(side: Side) -> None:
    """Print all of it for a project of ours."""
    clear(side)
    _command(side, "cold build")
    run(side.build)
    edit = next(edits(side.project))
    edit.apply(1)
    _imports(side.build)
    edit.apply(2)
    _command(side, "one edited article")
    edit.undo()
    run(side.build)
    _command(side, "nothing changed")
    _counted(side)
    _rebuild(side.project)


def _python(command: Command, *options: str) -> Command:
    """The same command under other options of Python."""
    program, *rest = command.words
    return command._replace(words=(program, *options, *rest))


def _command(side: Side, what: str) -> None:
    print(f"\n================ {what}")
    to = side.output.parent / "profile"
    run(_python(side.build, "-m", "cProfile", "-o", str(to)))
    _show(pstats.Stats(str(to)))


def _show(stats: pstats.Stats) -> None:
    stats.sort_stats("cumulative").print_stats(_LINES)
    stats.sort_stats("tottime").print_stats(_LINES // 2)


def _imports(command: Command) -> None:
    """What one edit imports, the dearest first."""
    run(_python(command, "-X", "importtime"))
    found = re.findall(r"import time:\s+(\d+) \|\s+(\d+) \| +(\S+)", command.said.read_text(errors="replace"))
    own = sorted(((int(us), name) for us, _, name in found), reverse=True)
    print(f"\n================ imports of one edited article: {len(own)} modules, {sum(us for us, _ in own) / 1000:.0f} ms")
    for us, name in own[:20]:
        print(f"{us / 1000:8.1f} ms  {name}")


def _counted(side: Side) -> None:
    """What one edit does again, as `build --stats` says, where that is known."""
    if any("--stats" in option.opts for option in cli.commands["build"].params):
        edit = next(edits(side.project))
        edit.apply(3)
        run(side.build._replace(words=(*side.build.words, "--stats")))
        print(f"\n================ one edited article, counted\n{side.build.said.read_text()}")
        edit.undo()


def _rebuild(project: Path) -> None:
    studio = Studio(project, packaged_theme())
    studio.step()
    studio.tidy()
    edit = next(edits(project))
    edit.apply(1)
    studio.step()
    edit.apply(2)
    with cProfile.Profile() as watched:
        studio.step()
    edit.undo()
    print("\n================ rebuild of the preview, one edited article")
    _show(pstats.Stats(watched))
