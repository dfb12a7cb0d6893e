"""One small site, whole, byte for byte. `UPDATE_GOLDEN=1 python -m pytest tests/test_golden.py` takes the new bytes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from briefgen.pages.styles import published
from briefgen.source import Snapshot
from tests.kit import ROOT, build, theme

SMALL = ROOT / "tests" / "golden" / "small"
WANTED = SMALL / "site"


def small() -> Snapshot:
    content = {p.relative_to(SMALL).as_posix(): p.read_bytes() for p in sorted((SMALL / "content").rglob("*")) if p.is_file()}
    return Snapshot(content, *theme())


def test_the_small_site_is_as_it_was() -> None:
    checked = build(small())
    assert [d for d in checked.diagnostics if d.severity != "info"] == []
    if os.environ.get("UPDATE_GOLDEN"):
        _update(checked.outputs)
    wanted = {p.relative_to(WANTED).as_posix(): p.read_bytes() for p in WANTED.rglob("*") if p.is_file()}
    # The stylesheet is the theme's own file, compared by test_the_stylesheet_is_the_themes_without_its_comments.
    made = {url: data for url, data in checked.outputs.items() if url != "style.css"}
    assert sorted(made) == sorted(wanted), "orphans or missing files"
    for url, data in made.items():
        assert data == wanted[url], url


def _update(outputs: Mapping[str, bytes]) -> None:
    for old in WANTED.rglob("*"):
        if old.is_file():
            old.unlink()
    for url, data in outputs.items():
        if url != "style.css":
            path = WANTED / url
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def test_the_stylesheet_is_the_themes_without_its_comments() -> None:
    assert build(small()).outputs["style.css"] == published("style.css", (ROOT / "templates" / "style.css").read_bytes())


def test_a_second_build_gives_the_same_bytes() -> None:
    assert build(small()).outputs == build(small()).outputs


def test_drafts_are_nowhere() -> None:
    for url, data in build(small()).outputs.items():
        assert b"Hidden Hand" not in data, url
        assert "hidden-hand" not in url


def test_old_addresses_lead_on() -> None:
    assert Path("actors/ferro.html").as_posix() in build(small()).outputs
