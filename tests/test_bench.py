"""The briefings of the benchmarks are sound and always the same; the edits made to them lead to good builds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from briefgen.compile import compile_site
from briefgen.publish.disk import packaged_theme, take
from tests.bench import make
from tests.bench.edits import edits
from tests.kit import ROOT


def test_a_briefing_of_a_hundred_pages_is_as_said(tmp_path: Path) -> None:
    make.write(tmp_path, 100)
    built = compile_site(take(tmp_path, packaged_theme()))
    assert [d for d in built.diagnostics if d.severity != "info"] == []
    pages = [url for url in built.outputs if url.startswith(("articles/", "actors/", "meetings/")) and url.endswith(".html")]
    assert len(pages) == 100
    assert all(c.cites for c in built.briefing.claims)
    assert dict(make.files(100)) == dict(make.files(100)) != dict(make.files(100, seed=2))


@pytest.mark.parametrize("site", ["demonstration", "100"])
def test_every_edit_is_to_be_seen_and_leaves_no_error(tmp_path: Path, site: str) -> None:
    if site == "demonstration":
        shutil.copytree(ROOT / "content", tmp_path / "content")
    else:
        make.write(tmp_path, int(site))
    for edit in edits(tmp_path):
        edit.apply(7)
        page = compile_site(take(tmp_path, packaged_theme())).outputs[edit.page].decode()
        assert edit.words(7) in page, edit.name
