"""Every mini-site of the guide and of tests/cases: each fault on its line and column, and no other."""

from __future__ import annotations

import ast
import re

import pytest

from tests.kit import ROOT, Case, cases, mismatches

GUIDE = sorted((ROOT / "briefgen" / "guide").glob("*.md"))
FILES = [*GUIDE, *sorted((ROOT / "tests" / "cases").glob("*.md"))]
CASES = [case for path in FILES for case in cases(path)]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_case(case: Case) -> None:
    assert mismatches(case.mini) == []


# Who makes findings, and which of the arguments is the code.
MAKERS = {
    "error": 0,
    "warning": 0,
    "info": 0,
    "finding": 0,
    "twice": 0,
    "_keyed": 0,
    "Fault": 0,
    "_Fault": 0,
    "Wrong": 0,
    "stop": 0,
}


def codes_in_source() -> set[str]:
    """Every code that the program can give: an argument of one of the makers, or what stands in a variable `code`."""
    found = set()
    for path in sorted((ROOT / "briefgen").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                at = MAKERS.get(node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", ""))
                found |= {s for a in node.args[at : at + 1] for s in _strings(a)} if at is not None else set()
            elif isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "code" for t in node.targets):
                found |= _strings(node.value)
    return {code for code in found if CODE.fullmatch(code)}


CODE = re.compile(r"[a-z]+(-[a-z]+)*")


def _strings(node: ast.expr) -> set[str]:
    """The text of an expression: itself, or either side of a choice."""
    if isinstance(node, ast.IfExp):
        return _strings(node.body) | _strings(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def headings() -> set[str]:
    """The codes that the guide explains."""
    return {line[4:].strip() for path in GUIDE for line in path.read_text(encoding="utf-8").split("\n") if line.startswith("### ")}


def test_the_guide_explains_every_code_and_no_other() -> None:
    assert headings() == codes_in_source()


# These need a whole build, or a file that no page of a guide can show; they are tested where they arise.
ELSEWHERE = {
    "too-large",  # tests/test_bytes.py
    "key-too-long",  # tests/test_fuzz.py
    "whole-too-long",  # tests/test_print.py
    "broken-link", "broken-anchor", "duplicate-anchor",  # tests/test_pages_finished.py
    "url-collision", "template-error",  # tests/test_render.py
    "no-address", "other-address", "site-too-large", "file-too-large",  # tests/test_publishing.py
}  # fmt: skip


@pytest.mark.parametrize("code", sorted(codes_in_source() - ELSEWHERE))
def test_every_code_has_a_mini_site_of_its_own(code: str) -> None:
    assert any(code == want.code for case in CASES for want in case.mini.expected)
