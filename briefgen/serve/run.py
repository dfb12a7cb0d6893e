"""From the command line to a running preview: a port, the threads, one line for every rebuild.

Three threads: the web server, the one that builds, and the one that compares folders. They meet in `Hints` and in
`Studio.state`, nowhere else.
"""

from __future__ import annotations

import asyncio
import secrets
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import uvicorn

from briefgen.checks.hosting import Target
from briefgen.diagnostic import has_errors
from briefgen.publish.disk import packaged_theme
from briefgen.publish.refusal import Refusal
from briefgen.publish.tree import CONTENT, TEMPLATES
from briefgen.report import count, counts
from briefgen.serve.app import Tabs, application
from briefgen.serve.state import State, differing, read_again
from briefgen.serve.studio import Rebuilt, Studio
from briefgen.serve.watch import Hints, Watcher, signature

HOST = "127.0.0.1"
_MORE = 20  # ports tried after the one asked for
_MANY = 500  # files from which the first build is announced
_EVERY = 2.0  # seconds between two lines about it
_REST = 0.2  # seconds without a save after which there is time for what can wait
_SAVES = 10  # after so many it is done all the same

Say = Callable[[str], None]


class Wish(NamedTuple):
    """What is to be previewed and how: port 0 is any free one; `poll` compares folders instead of waiting for events.

    `repository` is the one the site will be published from, as "owner/name"; "" where none is known.
    """

    project: Path
    port: int = 8000
    poll: bool = False
    open: bool = False
    repository: str = ""


def preview(wish: Wish, say: Say) -> None:
    """Serve until Ctrl-C. Raises Refusal if no port is free."""
    listening = _listen(wish.port)
    port = listening.getsockname()[1]
    theme = packaged_theme()
    studio = Studio(wish.project, theme, Target(wish.repository))
    hints = Hints()
    folders = tuple(dict.fromkeys((wish.project / CONTENT, wish.project / TEMPLATES, theme)))
    watcher = Watcher(folders, hints.hint, poll=wish.poll)
    watcher.start()  # before the first build, so that nothing saved meanwhile is missed
    with _progress(studio, len(signature(folders[:1])), say):
        first = studio.step()
    tabs = Tabs(lambda: studio.state, secrets.token_hex(4))
    address = f"http://{HOST}:{port}{studio.state.base}"
    taken = f"Port {wish.port} is taken. " if wish.port not in (0, port) else ""
    poll = " The system gives no events, so folders are compared." if watcher.polling and not wish.poll else ""
    greeting = f"{taken}The preview is at {address} ({_summary(studio.state, first)}). It follows every save. Ctrl-C ends it.{poll}"

    def greet() -> None:
        say(greeting)
        if wish.open:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    app = application(lambda: studio.state, tabs, port, lambda: _running(studio, hints, watcher, tabs, say, greet))
    config = uvicorn.Config(
        app,
        access_log=False,
        log_level="error",
        lifespan="on",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=1,
        ws="websockets-sansio",
        ws_max_size=4096,
    )
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])


@contextmanager
def _progress(studio: Studio, files: int, say: Say) -> Iterator[None]:
    """While many files are read for the first time, a line says every now and then how far that is."""
    done = threading.Event()

    def tell() -> None:
        while not done.wait(_EVERY):
            read, rendered = studio.progress()
            say(f"  {rendered:,} pages rendered" if rendered else f"  {read:,} of {files:,} files read")

    if files >= _MANY:
        say(f"Building the site from {files:,} files for the first time …")
        threading.Thread(target=tell, name="progress", daemon=True).start()
    try:
        yield
    finally:
        done.set()


def _listen(wanted: int) -> socket.socket:
    for port in range(wanted, min(wanted + _MORE, 65536)) if wanted else (0,):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if sys.platform != "win32":  # there it would take a port away from whoever has it
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, port))
            listening.listen(128)
        except OSError:
            listening.close()
            continue
        return listening
    raise Refusal(f"No port from {wanted} to {wanted + _MORE - 1} is free. Name another with --port.")


@asynccontextmanager
async def _running(
    studio: Studio, hints: Hints, watcher: Watcher, tabs: Tabs, say: Say, greet: Callable[[], None]
) -> AsyncIterator[None]:
    """The building thread, as long as the server runs."""
    loop = asyncio.get_running_loop()

    def publish(rebuilt: Rebuilt) -> None:
        loop.call_soon_threadsafe(tabs.tell)
        with suppress(OSError, ValueError):  # the terminal was closed
            say(line(rebuilt, time.strftime("%H:%M:%S")))

    builder = threading.Thread(target=work, args=(studio, hints, publish), name="build", daemon=True)
    builder.start()
    greet()  # not before: from here on Ctrl-C is the server's, which ends quietly
    try:
        yield
    finally:
        hints.end()
        await asyncio.to_thread(builder.join)
        await asyncio.to_thread(watcher.stop)


def work(studio: Studio, hints: Hints, publish: Callable[[Rebuilt], None]) -> None:
    """Build whenever hints have settled, and publish what came of it, until `hints` end."""
    studio.tidy()
    waiting = 0
    while hints.settled():
        rebuilt = studio.step(hints.pending, hints.paths)
        if rebuilt:
            publish(rebuilt)
        waiting += 1
        # Who saves again at once does not wait for this, and the tabs are not kept from fetching what is new.
        if waiting == _SAVES or not hints.busy(_REST):
            waiting = 0
            _finish(studio, hints, publish)


def _finish(studio: Studio, hints: Hints, publish: Callable[[Rebuilt], None]) -> None:
    """Look at all files, where a build looked at some, and tidy up."""
    rebuilt = studio.step(hints.pending) if studio.partly else None
    if rebuilt:
        publish(rebuilt)
    studio.tidy()


# ---------------------------------------------------------------- lines


def line(rebuilt: Rebuilt, clock: str) -> str:
    """One line for the terminal: what changed, what came of it, milliseconds."""
    what = _named(read_again(rebuilt.before, rebuilt.after)) or "the project's files"
    took = f"{rebuilt.seconds * 1000:.0f} ms"
    if has_errors(rebuilt.after.findings):
        return f"{clock} {what}: {_faults(rebuilt.after)}, {took}"
    changed = len(differing(rebuilt.before, rebuilt.after))
    return f"{clock} {what}: {count(rebuilt.rendered, 'page')} rendered, {count(changed, 'file')} changed, {took}"


def _named(paths: tuple[str, ...]) -> str:
    if len(paths) > 2:
        return f"{len(paths)} files ({paths[0]} …)"
    return ", ".join(paths)


def _faults(state: State) -> str:
    first = next(d for d in state.findings if d.severity == "error")
    number = count(counts(state.findings)["error"], "error")
    return f"{number} (first: {first.span.file}:{first.span.line}:{first.span.col} {first.code}), {_older(state)}"


def _older(state: State) -> str:
    if not state.outputs:
        return "nothing can be shown yet"
    held = len(state.held)
    return f"{count(held, 'file')} shown as before" if held else "the last good pages stay"


def _summary(state: State, first: Rebuilt | None) -> str:
    took = f"{first.seconds * 1000:.0f} ms" if first else ""
    if state.failing:
        return f"{_faults(state)}, {took}"
    pages = sum(1 for path in state.outputs if path.endswith(".html"))
    return f"{count(pages, 'page')}, {count(counts(state.findings)['warning'], 'warning')}, {took}"
