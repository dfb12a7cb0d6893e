"""The tool that breaks the guarding code on purpose: what it makes, that its list of exceptions is true, and the long run."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest

from tests.equivalent import EQUIVALENT
from tests.kit import ROOT
from tests.mutants import GUARDS, Outcome, all_of, by_group, rate, table
from tests.mutators import Mutant, mutants


def faults(source: str) -> list[str]:
    return [mutant.after for mutant in mutants(source)]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("a = b < c", ["a = b <= c", "a = b >= c"]),
        ("a = b == c", ["a = b != c"]),
        ("a = b <= c <= d", ["a = b < c <= d", "a = b > c <= d", "a = b <= c < d", "a = b <= c > d"]),
        ("a = b and c", ["a = b or c", "a = c", "a = b"]),
        ("a = not b", ["a = b"]),
        ("a = b + c", ["a = b - c"]),
        ("a = b + 'c'", ["a = b + ''"]),
        ("a = 7", ["a = 8", "a = 6"]),
        ("a = True", ["a = False"]),
        ("a = ''", ["a = 'x'"]),
        ("a = b if c else d", ["a = b", "a = d", "a = b if not c else d"]),
        ("a = min(b)", ["a = max(b)"]),
        ("a = b.strip()", ["a = b"]),
        ("a = b(c=d)", ["a = b()"]),
        ("with suppress(A):\n    b = c", ["with suppress():"]),
        ("a = (b.c, d.e)", ["a = (d.e,)", "a = (b.c,)"]),
        ("if a:\n    b()", ["if not a:", "pass"]),
        ("def a():\n    return b", ["return None"]),
        ("def a():\n    return b in c", ["return not b in c", "return b not in c"]),
        ("try:\n    a = b\nexcept B:\n    c()", ["raise", "pass"]),
        ("raise A", ["pass"]),
        ("a.b = c", ["pass"]),
        ("a = [b for b in c if d]", ["a = [b for b in c if not d]"]),
    ],
)
def test_the_faults_of_a_line(source: str, wanted: list[str]) -> None:
    assert sorted(faults(source)) == sorted(wanted)


@pytest.mark.parametrize(
    "source",
    [
        '"""A docstring."""',
        "a = 'Put it into the folder.'",
        "a = f'Put it into {b + 1} folders.'",
        "def a(b: Literal[1]) -> Literal[2]:\n    pass",
        "@lru_cache(7)\ndef a():\n    pass",
        "if TYPE_CHECKING:\n    a = 7",
    ],
)
def test_what_is_no_guard_is_left_alone(source: str) -> None:
    assert faults(source) == []


def test_a_fault_knows_where_it_is_and_leaves_all_else_as_it_was() -> None:
    source = "class A:\n\n    def b(self):\n        return 1 < c\n\n    def d(self):\n        return 1\n"
    (found,) = (m for m in mutants(source, ("b",)) if m.after == "return 1 <= c")
    assert found == Mutant("A.b", "return 1 < c", "return 1 <= c", source.replace("<", "<=").strip())
    assert not list(mutants(source, ("e",)))


def test_no_fault_is_made_twice() -> None:
    for module in GUARDS:
        made = Counter(mutant.source for mutant in all_of(module))
        assert made
        assert set(made.values()) == {1}, module


def test_what_cannot_be_told_apart_is_a_fault_that_is_made_and_has_its_reason() -> None:
    made = {(module, mutant.where, mutant.before, mutant.after) for module in GUARDS for mutant in all_of(module)}
    assert [key for key in EQUIVALENT if key not in made] == []
    assert all(len(reason.split()) > 3 for reason in EQUIVALENT.values())


def test_rates_leave_out_what_cannot_be_told_apart() -> None:
    mutant = Mutant("", "", "", "")
    ends = ["killed"] * 8 + ["hung", "survived", "equivalent"]
    outcomes = [Outcome("text", mutant, end, 0.0) for end in ends]
    assert by_group(outcomes) == {"matching": ends}
    assert rate(ends) == 90
    assert table(outcomes) == "| matching | 11 | 1 | 9 | 1 | 90.0 % |"


@pytest.mark.long
@pytest.mark.parametrize("group", sorted({guard.group for guard in GUARDS.values()}))
def test_nine_of_ten_die(group: str) -> None:
    command = [sys.executable, "-m", "tests.mutants", "--group", group, "--sample", "150", "--seed", "2"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if "unshare" in done.stderr:
        pytest.skip("this system lets nobody unshare its mounts")
    print(done.stdout.splitlines()[-1])
    assert done.returncode == 0, done.stdout + done.stderr
