"""print.html in the preview: not made at a save, and whole when somebody asks for it."""

from __future__ import annotations

import http.client
from contextlib import closing
from pathlib import Path

from briefgen.compile import compile_site
from briefgen.publish.disk import packaged_theme, take
from briefgen.serve.paper import on_paper
from briefgen.serve.state import State
from briefgen.serve.studio import Studio
from tests.test_serve import Server, project, server, studio

__all__ = ["project", "server", "studio"]  # the fixtures

ENTRY = b'<section class="entry'


def test_a_save_does_not_make_it(studio: Studio) -> None:
    assert ENTRY not in studio.state.outputs["print.html"]


def test_who_asks_for_it_gets_what_a_build_makes(project: Path, studio: Studio) -> None:
    clean = compile_site(take(project, packaged_theme())).outputs
    assert ENTRY in clean["print.html"]
    assert on_paper(studio.state).outputs == clean


def test_there_is_none_where_no_site_is_shown() -> None:
    assert on_paper(State()) == State()


def test_a_browser_that_asks_for_it_gets_it(server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    with closing(connection):
        connection.request("GET", f"{server.base}print.html")
        assert ENTRY in connection.getresponse().read()
