"""Every mini-site of the guide and of tests/cases: each fault on its line and column, and no other."""

from __future__ import annotations

import ast

import pytest

from tests.kit import ROOT, Case, cases, mismatches

GUIDE = sorted((ROOT / "briefgen" / "guide").glob("*.md"))
FILES = [*GUIDE, *sorted((ROOT / "tests" / "cases").glob("*.md"))]
CASES = [case for path in FILES for case in cases(path)]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_case(case: Case) -> None:
    assert mismatches(case.mini) == []


def codes_in_source() -> set[str]:
    """Every code that the program can give: the first argument of error(), warning(), info() and _fault()."""
    found = set()
    for path in sorted((ROOT / "briefgen").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("error", "warning", "info"):
                found |= {s for a in node.args[:1] for s in _strings(a)}
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_fault":
                found |= {s for a in node.args[1:2] for s in _strings(a)}
    return found


def _strings(node: ast.expr) -> set[str]:
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def headings() -> set[str]:
    """The codes that the guide explains."""
    return {line[4:].strip() for path in GUIDE for line in path.read_text(encoding="utf-8").split("\n") if line.startswith("### ")}


def test_the_guide_explains_every_code_and_no_other() -> None:
    assert headings() == codes_in_source()


# These need a whole build or a program of their own to come about; they are tested where they arise.
ELSEWHERE: set[str] = set()


@pytest.mark.parametrize("code", sorted(codes_in_source() - ELSEWHERE))
def test_every_code_has_a_mini_site_of_its_own(code: str) -> None:
    assert any(code == want.code for case in CASES for want in case.mini.expected)
