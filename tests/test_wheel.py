"""The wheel carries all that it needs: templates, guide and starter. Skipped where there is no package index."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from briefgen.pages.styles import published
from tests.kit import ROOT
from tests.test_readme import walk_the_tour

# Nothing of this checkout may be found by accident.
ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "GITHUB_", "PAGES_", "VIRTUAL_ENV"))}


def attempt(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(list(map(str, command)), cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)


def run(folder: Path, *command: str | Path) -> str:
    done = attempt(folder, *command)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture
def index(tmp_path: Path) -> None:
    """Whether packages can be had: without them nothing can be built or installed."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--retries", "0", "--timeout", "5", "hatchling"]
    if subprocess.run(command, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, check=False).returncode:
        if os.environ.get("REQUIRE_INDEX"):
            pytest.fail("there is no package index")
        pytest.skip("there is no package index")


@pytest.mark.usefixtures("index")
def test_a_new_briefing_from_the_wheel_alone(tmp_path: Path) -> None:
    run(tmp_path, sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", "dist", ROOT)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {f"briefgen/{p.relative_to(ROOT)}" for p in (ROOT / "templates").rglob("*") if p.is_file()}
    for part in ("guide", "starter_site"):
        wanted |= {str(p.relative_to(ROOT)) for p in (ROOT / "briefgen" / part).rglob("*") if p.is_file()}
    assert wanted <= names

    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    run(tmp_path, programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel)
    briefgen = programs / "briefgen"
    run(tmp_path, briefgen, "init", "x")
    project = tmp_path / "x"
    assert "0 errors, 0 warnings" in run(project, briefgen, "build", "--strict")
    assert (project / "site/style.css").read_bytes() == published("style.css", (ROOT / "templates/style.css").read_bytes())
    assert "nearest there" in run(project, briefgen, "explain", "words-not-found")
    tour = tmp_path / "tour"
    tour.mkdir()
    walk_the_tour(tour, lambda folder, *words: attempt(folder, briefgen, *words))
    # What the workflow installs is the very wheel, which came along.
    assert (project / "wheels" / wheel.name).read_bytes() == wheel.read_bytes()
    run(project, programs / "python", "-m", "pip", "install", "--quiet", "--dry-run", "--no-deps", "-r", "requirements.txt")
