"""The web application: who may ask, what is answered, and the connections of the open tabs.

Only addresses of this very machine are answered: a foreign site whose name was made to lead here (DNS rebinding) is
refused by the Host header, a foreign page that opens a connection by its Origin. Nothing is shared across origins and
nothing is kept by the browser. A tab has one WebSocket: browsers allow hundreds, where of event streams they allow six.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from briefgen import urls
from briefgen.serve.answers import OWN, answer, find, media_type
from briefgen.serve.citation import citation
from briefgen.serve.messages import to_all, to_one
from briefgen.serve.paper import on_paper
from briefgen.serve.state import State

ASSETS = Path(__file__).resolve().parent / "assets"
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Starlette's own names for those who leave while they are being written to.
_GONE = (WebSocketDisconnect, RuntimeError, OSError)


class Tabs:
    """The open tabs. A tab that is slow to read gets the latest state, not a queue of old ones."""

    def __init__(self, current: Callable[[], State], boot: str) -> None:
        self._current = current
        self._boot = boot
        self._wakes: set[asyncio.Event] = set()
        self._common: tuple[State, dict[str, Any]] | None = None

    def tell(self) -> None:
        """Have every tab told of the current state; to be called in the server's thread."""
        for wake in self._wakes:
            wake.set()

    async def serve(self, tab: WebSocket) -> None:
        """A tab's connection, from its first message (the state on connect) until it is closed."""
        await tab.accept()
        wake = asyncio.Event()
        wake.set()
        self._wakes.add(wake)
        sender = asyncio.create_task(self._send(tab, wake))
        try:
            with suppress(*_GONE):
                while (await tab.receive())["type"] != "websocket.disconnect":
                    pass
        finally:
            self._wakes.discard(wake)
            sender.cancel()

    async def _send(self, tab: WebSocket, wake: asyncio.Event) -> None:
        page, missing = tab.query_params.get("page", ""), tab.query_params.get("missing") == "1"
        with suppress(*_GONE):
            while await wake.wait():
                wake.clear()
                state = self._current()
                await tab.send_json({**self._to_all(state), **to_one(state, page, missing=missing)})

    def _to_all(self, state: State) -> dict[str, Any]:
        if self._common is None or self._common[0] is not state:
            self._common = (state, to_all(state, self._boot))
        return self._common[1]


class Guard:
    """Lets nobody through but browsers of this machine that mean this very server."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._hosts = {f"{name}:{port}" for name in _LOOPBACK} | (set(_LOOPBACK) if port == 80 else set())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, connection or lifespan."""
        if scope["type"] == "lifespan" or self._allowed(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocket(scope, receive, send).close(1008)
        else:
            refusal = "The preview answers on 127.0.0.1 and localhost alone."
            await PlainTextResponse(refusal, 403, headers=_HEADERS)(scope, receive, send)

    def _allowed(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return False
        return scope["type"] == "http" or headers.getlist("origin") == [f"http://{hosts[0]}"]


def application(
    current: Callable[[], State], tabs: Tabs, port: int, running: Callable[[], AbstractAsyncContextManager[None]]
) -> ASGIApp:
    """The application; `running` is entered when the server starts and left when it stops."""

    async def page(request: Request) -> Response:
        state, path = current(), request.scope["path"]
        if find(state, path).path == urls.WHOLE:
            state = await run_in_threadpool(on_paper, state)
        given = answer(state, path)
        headers = {**_HEADERS, "Location": given.location} if given.location else _HEADERS
        return Response(given.body, given.status, headers, given.media)

    async def own(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in ("preview.js", "preview.css"):
            return PlainTextResponse("There is no such file.", 404, headers=_HEADERS)
        return Response((ASSETS / name).read_bytes(), 200, _HEADERS, media_type(name))

    def cite(request: Request) -> Response:  # not async, so that starlette gives it a thread: looking takes a moment
        asked = request.query_params
        return JSONResponse(citation(current().briefing, asked.get("page", ""), asked.get("words", "")), headers=_HEADERS)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with running():
            yield

    routes = [
        WebSocketRoute(f"{OWN}live", tabs.serve),
        Route(f"{OWN}citation", cite),
        Route(f"{OWN}{{name}}", own),
        Route("/{path:path}", page),
    ]
    return Guard(Starlette(routes=routes, lifespan=lifespan), port)
