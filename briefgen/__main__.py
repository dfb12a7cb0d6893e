"""`python -m briefgen`, the same as the command.

Where nothing has changed since the last build, its answer is given again, and no library is loaded for it (`publish/fresh.py`).
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from contextlib import suppress

TYPE_CHECKING = False  # that of typing, without typing: with it comes `re`, a fifth of the time where nothing has changed
if TYPE_CHECKING:
    from typing import NoReturn


def main() -> NoReturn:
    """Run the command line."""
    # A command ends soon and keeps what it has: looking through millions of values for waste takes longer than its work.
    # The preview switches the collector on again.
    gc.disable()
    from briefgen.publish.fresh import said_again

    said = said_again(sys.argv[1:])
    if said is not None:
        sys.stdout.write(said)
        _leave(SystemExit(0))
    from briefgen.cli import main as run

    try:
        run()
    except SystemExit as end:
        _leave(end)


def _leave(end: SystemExit) -> NoReturn:
    """End the process without freeing what is in memory: value by value, that takes a third of the time of an edit."""
    threading = sys.modules.get("threading")  # who has not imported it has no second thread
    if (threading and threading.active_count() > 1) or _is_watched() or not isinstance(end.code, int):
        raise end
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # closed, or read by nobody any more
            stream.flush()
    os._exit(end.code)


def _is_watched() -> bool:
    """Whether a profiler or the like looks on, which says what it saw when all is over."""
    monitoring = getattr(sys, "monitoring", None)  # from Python 3.12 on
    tools = any(monitoring.get_tool(n) for n in range(6)) if monitoring else False
    return tools or sys.getprofile() is not None or sys.gettrace() is not None


if __name__ == "__main__":
    main()
