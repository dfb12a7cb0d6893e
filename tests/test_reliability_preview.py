"""The preview under attack (issue 6, point 15): strange paths, strange hosts, an evil page in the same browser."""

from __future__ import annotations

import http.server
import itertools
import json
import random
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.lookkit import needs_browser
from tests.reliability import tries
from tests.test_serve import Server, put, put_small

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SECRET = "canary-of-the-parent-folder"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    put_small(folder)
    put(folder, "content/static/.well-known/ok.txt", "meant to be seen\n")
    put(folder, ".env", SECRET)
    put(folder, ".git/config", SECRET)
    put(tmp_path, "secret.txt", SECRET)
    put(tmp_path, "site/secret.txt", SECRET)
    return folder


def _read_away(server: Server) -> None:
    """The lines of the terminal, which a pipe that nobody reads would hold up after some hundreds."""
    with suppress(OSError, ValueError):
        while server.process.poll() is None:
            server.line(1.0)


@pytest.fixture
def server(project: Path) -> Iterator[Server]:
    running = Server(project)
    yield running
    assert running.stop() == 0


# ---------------------------------------------------------------- paths


def raw(port: int, request: bytes, *, leave: bool = True) -> bytes:
    """What comes back on a bare connection, "" where the server hangs up; `leave` says at once that no more will be asked."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=10)) as connection:
        connection.sendall(request)
        if leave:  # a server may take this for a reader who has gone, and stop working on a long answer
            connection.shutdown(socket.SHUT_WR)
        found = b""
        try:
            while part := connection.recv(65536):
                found += part
        except ConnectionError:
            pass
        return found


_UP = (
    "..",
    "%2e%2e",
    ".%2e",
    "%2e.",
    "%252e%252e",
    "..%00",
    "..;",
    "%c0%ae%c0%ae",
    "..%5c",
    "\\..",
    "....",
    "．．",
    "%uff0e%uff0e",
)
_SLASH = ("/", "%2f", "//", "\\", "%5c", "%252f", "/./", ";/")
_GOAL = ("secret.txt", ".env", ".git/config", "content/site.yaml", "etc/passwd", "site/secret.txt", "proc/self/environ")
_ODD = (
    "", "/", "//", "///etc/passwd", "*", "http://evil.example/", "http://127.0.0.1/../secret.txt", "/%", "/%zz", "/%00", "/\x7f",
    "/a" * 4000, "/?" + "x" * 8000, "/#x", "/desk", "/desk/", "/desk/.", "/desk/..", "/desk/%2e", "/desk/actors/", "/desk/actors",
    "/desk/.briefgen-manifest", "/desk/.nojekyll", "/desk/.gitignore", "/desk/style.css/", "/desk/index.html/x", "/__briefgen__/",
    "/__briefgen__/../secret.txt", "/__briefgen__/app.py", "/__briefgen__/..%2fapp.py", "/__briefgen__/citation?page=../x&words=y",
    "/__briefgen__/citation", "/__briefgen__/live", "/desk/CON", "/desk/NUL.html", "/desk/index.html::$DATA", "/desk/\ud7ff",
)  # fmt: skip


def paths() -> list[str]:
    """More than 500 paths that no honest browser sends."""
    climbs = (f"/{'desk' if base else ''}{s}{s.join([up] * depth)}{s}{goal}"
              for base, up, s, depth, goal in itertools.product((0, 1), _UP, _SLASH, (1, 6), _GOAL))  # fmt: skip
    every = list(climbs)
    random.Random(3).shuffle(every)
    return [*_ODD, *every]


@tries(150, 2900)
def test_no_path_leads_out(server: Server, times: int) -> None:
    tried = 0
    for path in paths()[:times]:
        request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nConnection: close\r\n\r\n".encode("utf-8", "replace")
        answered = raw(server.port, request)
        tried += 1
        assert SECRET.encode() not in answered, path
        assert b"Traceback" not in answered, path
        assert b"root:" not in answered, path
        assert answered == b"" or int(answered.split(b" ")[1]) < 500, (path, answered[:200])
    print(f"{tried} paths")
    assert server.process.poll() is None
    assert SECRET.encode() not in raw(server.port, b"GARBAGE\r\n\r\n")
    assert server.get(f"{server.base}index.html").status == 200
    assert server.get(f"{server.base}.well-known/ok.txt").status == 200


# ---------------------------------------------------------------- who asks

HOSTS = (
    "evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "0.0.0.0", "[::]", "127.0.0.2", "127.1",
    "[::1]", "localhost", "127.0.0.1",
)  # fmt: skip
ORIGINS = ("http://evil.example", "null", "https://127.0.0.1:{port}", "http://localhost:1", "file://", "http://{host}:{port}")


def test_hosts_and_origins(server: Server) -> None:
    """60 pairs: a page is given to this machine's own names alone, a connection only to a page of the very same origin."""
    good_hosts = {"[::1]", "localhost", "127.0.0.1"}
    for host, template in itertools.product(HOSTS, ORIGINS):
        origin = template.format(host=host, port=server.port)
        head = f"Host: {host}:{server.port}\r\nOrigin: {origin}\r\n"
        page = raw(server.port, f"GET {server.base} HTTP/1.1\r\n{head}Connection: close\r\n\r\n".encode())
        assert (b" 200 " in page[:15]) == (host in good_hosts), (host, origin)
        assert b"access-control" not in page.lower()
        upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        upgrade += "Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n"
        live = raw(server.port, f"GET /__briefgen__/live?page=index.html HTTP/1.1\r\n{head}{upgrade}\r\n".encode())
        assert (b" 101 " in live[:15]) == (host in good_hosts and origin == f"http://{host}:{server.port}"), (host, origin)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
def test_nothing_can_be_done_to_it(server: Server, project: Path, method: str) -> None:
    before = sorted(project.rglob("*"))
    for path in (server.base, "/__briefgen__/citation", "/__briefgen__/preview.js", f"{server.base}index.html"):
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}"
        assert b" 405 " in raw(server.port, head.encode())[:15], path
    assert sorted(project.rglob("*")) == before


class _Evil(http.server.BaseHTTPRequestHandler):
    """The page of a stranger, which tries all that a page may try."""

    target = ""

    def do_GET(self) -> None:
        body = _EVIL.replace("TARGET", self.target).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


_EVIL = """<!doctype html><title>evil</title><script>
window.read = [];
const target = "TARGET", live = target + "__briefgen__/live?page=index.html";
const note = (what, value) => window.read.push([what, String(value).slice(0, 80)]);
const text = (what, url, how) => fetch(url, how).then(r => r.text()).then(t => t && note(what, t), () => {});
const element = (name, fields, loaded) => new Promise(done => {
  const made = Object.assign(document.createElement(name), fields);
  made.onload = () => { try { loaded(made); } catch {} done(); };
  made.onerror = done;
  document.documentElement.append(made);
  setTimeout(done, 3000);
});
const talk = (what, socket) => new Promise(done => {
  socket.onmessage = e => { note(what, e.data); done(); };
  socket.onerror = socket.onclose = done;
});
window.tried = Promise.all([
  text("fetch", target),
  text("no-cors", target, {mode: "no-cors"}),
  text("post", target, {method: "POST", mode: "no-cors", body: "x"}),
  text("citation", target + "__briefgen__/citation?page=x&words=y"),
  talk("events", new EventSource(live)),
  talk("socket", new WebSocket(live.replace("http", "ws"))),
  element("script", {src: target + "__briefgen__/preview.js"}, () => note("script", "ran")),
  element("link", {rel: "stylesheet", href: target + "style.css"}, made => note("style", made.sheet.cssRules.length)),
  element("img", {src: target + "icon.svg"}, made => note("img", made.width)),
  element("iframe", {src: target}, made => note("frame", made.contentDocument.body.innerHTML)),
]);
</script>"""


@needs_browser[0]
@needs_browser[1]
def test_an_evil_page_reads_nothing(server: Server, browser: Browser) -> None:
    handler = type("Evil", (_Evil,), {"target": f"http://127.0.0.1:{server.port}/"})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as evil:
        threading.Thread(target=evil.serve_forever, daemon=True).start()
        page = browser.new_page()
        # Another name for the same machine is another origin: what a rebound or a local evil page would be.
        page.goto(f"http://localhost:{evil.server_port}/")
        page.evaluate("window.tried")
        read = page.evaluate("window.read")
        page.close()
        evil.shutdown()
    assert read == [], json.dumps(read)
