"""Two judges that are not of Python, run by hand: the Nu checker on every page and Lighthouse on four.

`python -m tests.outside nu PATH/vnu.jar` (npm package vnu-jar, needs Java) checks the pages of the demonstration and of the
stress content; `python -m tests.outside lighthouse PATH/lighthouse` (npm package lighthouse, uses the system's Chromium)
serves the demonstration as a server would, compressed, and prints the four scores of each page on the mobile preset.
Both end with 1 where something is found. tests/LOOK.md keeps what was measured last.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from tests.kit import build, demo
from tests.lookkit import CHROMIUM, write
from tests.stress.make import snapshot

PAGES = ("index.html", "actors/khalifa-haftar.html", "meetings/us-lna-2020-07-01.html", "articles/mirage-lna.html")
AIMS = {"performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100}


def nu(jar: str, folder: Path) -> int:
    """The errors of the Nu checker, printed; 1 where there is any."""
    found = 0
    for name, source in (("demo", demo()), ("stress", snapshot())):
        site = write(build(source).outputs, folder / name)
        pages = [str(p.relative_to(site)) for p in sorted(site.rglob("*.html"))]
        for n in range(0, len(pages), 200):
            command = ["java", "-jar", jar, "--errors-only", "--format", "gnu", *pages[n : n + 200]]
            found |= subprocess.run(command, cwd=site, check=False).returncode
        print(f"{name}: {len(pages)} pages checked")
    return 1 if found else 0


class Compressed(http.server.SimpleHTTPRequestHandler):
    """Files as a server hands them out: compressed, with a type, to be kept for a while."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def lighthouse(program: str, folder: Path) -> int:
    """The scores of four pages, printed; 1 where one misses its aim."""
    site = write(build(demo()).outputs, folder / "demo")
    missed = 0
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Compressed, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for page in PAGES:
            scores = _scores(program, f"http://127.0.0.1:{server.server_port}/{page}")
            missed |= any(scores[name] < aim for name, aim in AIMS.items())
            print(page, *(f"{name} {score}" for name, score in scores.items()))
        server.shutdown()
    return int(missed)


def _scores(program: str, address: str) -> dict[str, int]:
    command = [program, address, "--quiet", "--output=json", "--chrome-flags=--headless=new --no-sandbox"]
    told = subprocess.run(command, env={**os.environ, "CHROME_PATH": str(CHROMIUM)}, capture_output=True, check=True).stdout
    return {name: round(100 * (one["score"] or 0)) for name, one in json.loads(told)["categories"].items() if name in AIMS}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as where:
        sys.exit({"nu": nu, "lighthouse": lighthouse}[sys.argv[1]](sys.argv[2], Path(where)))
