"""`python -m briefgen`, the same as the command.

Where nothing has changed since the last build, its answer is given again, and no library is loaded for it (`publish/fresh.py`).
"""

from __future__ import annotations

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line."""
    from briefgen.publish.fresh import said_again

    said = said_again(sys.argv[1:])
    if said is not None:
        sys.stdout.write(said)
        sys.exit(0)
    from briefgen.cli import main as run

    run()


if __name__ == "__main__":
    main()
