"""Settings for all tests.

No deadline on a property, because a shared machine stalls now and then. The repository and the address of the machine that
the tests run on (at GitHub, in a codespace) decide nothing: tests bring their own, and a folder for caches. In a browser test
`page.wait_for_function` asks from outside: Playwright's own evaluates a string in the page, which our policy for scripts
forbids, and with the policy switched off nothing would be tested under it.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from tests.kit import build, demo
from tests.lookkit import chromium, write

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

settings.register_profile("briefgen", deadline=None)
settings.load_profile("briefgen")

for name in ("GITHUB_REPOSITORY", "PAGES_BASE_URL"):
    os.environ.pop(name, None)

_CACHE = tempfile.TemporaryDirectory(prefix="briefgen-tests-")  # gone with the process
os.environ["XDG_CACHE_HOME"] = os.environ["LOCALAPPDATA"] = _CACHE.name


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration on the disk, in a folder whose name serves as a sub-path."""
    return write(build(demo()).outputs, tmp_path_factory.mktemp("www") / "libya")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with chromium() as one:
        yield one


@pytest.fixture(autouse=True)
def waiting_from_outside(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Browser tests wait by asking, see above."""
    if request.node.get_closest_marker("browser"):
        from playwright.sync_api import Page

        monkeypatch.setattr(Page, "wait_for_function", wait_for_function)


def wait_for_function(page: Page, expression: str, *, arg: Any = None, timeout: float = 20_000) -> None:
    """Ask the page every 20 ms until it says yes; raises TimeoutError after `timeout` ms. A page that loads has not answered."""
    from playwright.sync_api import Error

    end = time.monotonic() + timeout / 1000
    while time.monotonic() < end:
        try:
            if page.evaluate(expression, arg):
                return
        except Error as fault:
            if "context was destroyed" not in str(fault) and "navigat" not in str(fault):
                raise
        page.wait_for_timeout(20)
    raise TimeoutError(f"not within {timeout} ms: {expression}")
