"""Mini-sites as finished files, for the tests of what programs read. Findings do not matter there, so the checks are not run."""

from __future__ import annotations

from functools import lru_cache

from briefgen.pages import view_pages
from briefgen.render import render_pages
from tests.kit import build, demo, english, theme
from tests.pagekit import briefing_of


@lru_cache(maxsize=8)
def rendered(text: str, base_url: str = "") -> dict[str, bytes]:
    """Every file that is made for a mini-site, at the address of its site.yaml or at `base_url`."""
    outputs, findings = render_pages(view_pages(briefing_of(text), english(), base_url), theme()[0], english())
    assert findings == ()
    return dict(outputs)


@lru_cache(maxsize=1)
def demonstration() -> dict[str, bytes]:
    """The files of the demonstration site."""
    made = build(demo())
    assert made.outputs, [d for d in made.diagnostics if d.severity == "error"]
    return dict(made.outputs)
