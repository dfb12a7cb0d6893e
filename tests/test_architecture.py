"""The shape of the house, as rules that run: arrows downwards only, a pure core, light start, every page kind listed."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kit import ROOT

PACKAGE = ROOT / "briefgen"

# From the ground up; a module may import from its own layer and from those below it.
LAYERS = (
    (
        "frozen",
        "source",
        "text",
        "finding",
        "addresses",
        "urls",
        "tables",
        "packing",
        "trace",
        "readers",
        "remaking",
        "folding",
        "edtf",
        "datetext",
        "datewords",
        "canonical",
        "outputs",
        "patched",
        "pieces",
        "binding",
    ),
    ("diagnostic",),
    ("findings",),
    ("model",),
    ("load", "words"),
    ("link",),
    ("checks",),
    ("pages",),
    ("generator",),
    ("theme",),
    ("render",),
    ("ahead",),
    ("compile",),
    ("publish", "corrected", "report", "explain", "quote", "schema", "starter"),
    ("tools", "init", "progress", "paths"),
    ("build", "serve"),
    ("calls",),
    ("saying", "desk"),
    ("cli",),
    ("__main__",),
)
# All up to `compile`. But `packing` reads from a stream, which is one in memory, and `frozen` writes methods as dataclasses do.
_BESIDE = {"packing", "frozen"}
PURE = tuple(name for names in LAYERS[: LAYERS.index(("compile",)) + 1] for name in names if name not in _BESIDE)
IMPURE = {
    "os",
    "sys",
    "io",
    "pathlib",
    "shutil",
    "tempfile",
    "time",
    "datetime",
    "random",
    "socket",
    "subprocess",
    "logging",
    "locale",
}


def modules() -> list[tuple[str, Path]]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found.append((".".join(p for p in parts if p != "__init__" or len(parts) == 1), path))
    return found


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def layer(name: str) -> int:
    head = name.split(".")[0]
    return next((n for n, names in enumerate(LAYERS) if head in names), -1)


@pytest.mark.parametrize(("name", "path"), modules(), ids=lambda v: v if isinstance(v, str) else "")
def test_arrows_run_downwards(name: str, path: Path) -> None:
    if name == "__init__":
        assert not imports(path) - {"__future__.annotations"}
        return
    assert layer(name) >= 0, f"{name} has no layer"
    for target in imports(path):
        if target.startswith("briefgen."):
            inner = target.removeprefix("briefgen.")
            if inner != "__version__":
                assert 0 <= layer(inner) <= layer(name), f"{name} imports {target}"


# finished.py reads HTML text, never a file.
CORE = [m for m in modules() if m[0].split(".")[0] in PURE]


@pytest.mark.parametrize(("name", "path"), CORE, ids=lambda v: v if isinstance(v, str) else "")
def test_the_core_is_pure(name: str, path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not {t.split(".")[0] for t in imports(path)} & IMPURE, name
    calls = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    assert not calls & {"open", "print", "input", "exec", "eval"}, name


def test_help_loads_nothing_heavy() -> None:
    probe = "import sys, briefgen.cli; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True, cwd=ROOT).stdout.split()
    assert not {"jinja2", "yaml", "markdown_it", "rapidfuzz"} & set(loaded)


def test_no_module_is_a_heap() -> None:
    long = {name: n for name, path in modules() if (n := len(path.read_text(encoding="utf-8").splitlines())) > 400}
    assert not long


def test_no_pattern_repeats_a_group_possessively() -> None:
    # Up to Python 3.11.4 such a pattern finds nothing where its last turn fails half-way (CPython, gh-106052).
    strings = {
        (name, node.value)
        for name, path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert [one for one in strings if re.search(r"(?<!\\)\)(?:[*+?]|\{[0-9,]+\})\+", one[1]) and "(?" in one[1]] == []


def test_public_functions_say_what_they_do() -> None:
    silent = []
    for name, path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        silent += [] if ast.get_docstring(tree) or name.endswith("py.typed") else [name]
        for node in tree.body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_") and not ast.get_docstring(node):
                silent.append(f"{name}.{node.name}")
    assert not silent
