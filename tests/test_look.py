"""The style sheets as text: contrast of every colour by its role in both themes, logical directions, nothing from outside."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import pytest

from tests.kit import ROOT

SHEETS = sorted((ROOT / "templates").glob("*.css"))
STYLE = (ROOT / "templates" / "style.css").read_text(encoding="utf-8")
TEXT = ("ink", "ink-soft", "accent", "link", "editors")
GROUNDS = ("paper", "raised", "sunk")
PARTIES = tuple(f"party-{n}" for n in range(1, 7))


def tokens() -> dict[str, dict[str, str]]:
    """The colours of both themes by role, dark over light."""
    blocks = re.findall(r":root \{(.*?)\n\s*\}", STYLE.split("/* ---", 2)[1] + STYLE.split("/* ---", 2)[2], re.DOTALL)
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in blocks[:2])
    return {"light": light, "dark": light | dark}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_colour_can_be_read_on_every_ground(theme: str) -> None:
    held = tokens()[theme]
    pairs = [(text, ground) for text in TEXT for ground in GROUNDS]
    pairs += [("accent", "accent-wash"), ("ink", "cited"), ("paper", "accent"), ("paper", "cited-edge")]
    weak = {pair: round(contrast(held[pair[0]], held[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_parties_can_be_told_apart_also_in_grey(theme: str) -> None:
    """Each is visible on its ground, no two are the same grey, and neighbours at a table are far apart."""
    held = tokens()[theme]
    assert all(contrast(held[party], held[ground]) >= 3 for party in PARTIES for ground in GROUNDS)
    assert all(contrast(held[one], held[other]) > 1.04 for one, other in combinations(PARTIES, 2))
    assert all(contrast(held[one], held[other]) > 1.25 for one, other in pairwise(PARTIES))


def test_no_party_has_another_ones_line() -> None:
    forms = {
        n: (re.search(r"--edge: (\w+)", block), re.search(r"--edge-size: (\w+)", block))
        for n, block in re.findall(r"\n\.p(\d) \{(.*?)\}", STYLE, re.DOTALL)
    }
    lines = {tuple(found[1] if found else "" for found in form) for form in forms.values()}
    assert len(lines) == len(forms) == 6


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_directions_are_logical(sheet: str) -> None:
    """Nothing says left or right, so a page in Arabic is the same page mirrored."""
    text = re.sub(r"/\*.*?\*/", "", (ROOT / "templates" / sheet).read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(r"[{;]\s*((?:margin|padding|border)-(?:left|right)|left|right)\s*:", text) == []
    assert re.findall(r"(?:text-align|float|clear)\s*:\s*(left|right)", text) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_nothing_is_fetched_from_elsewhere(sheet: str) -> None:
    text = (ROOT / "templates" / sheet).read_text(encoding="utf-8")
    assert re.findall(r"@import|@font-face|url\(\s*[\"']?(?:https?:)?//", text) == []


def test_the_value_that_crashes_chromium_156_is_not_used() -> None:
    assert "flip-block flip-inline" not in re.sub(r"/\*.*?\*/", "", STYLE, flags=re.DOTALL)
