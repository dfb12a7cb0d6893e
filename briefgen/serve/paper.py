"""print.html in the preview: made when somebody asks for it, from the site that is shown, and never at a save.

It changes with every edit and holds every record: made at each save it would cost more than all the rest of the rebuild.
"""

from __future__ import annotations

from dataclasses import replace

from briefgen import urls
from briefgen.compile import compile_site
from briefgen.serve.state import State

AT_A_SAVE = 0  # records that it holds in the builds of the preview


def on_paper(state: State) -> State:
    """The state with the whole of print.html in its outputs; as it is where no site is shown yet. Takes as long as a build."""
    made = compile_site(state.shown).outputs if state.shown else {}
    return replace(state, outputs={**state.outputs, urls.WHOLE: made[urls.WHOLE]}) if urls.WHOLE in made else state
