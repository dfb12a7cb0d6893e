"""Settings for all tests.

No deadline on a property, because a shared machine stalls now and then. The repository and the address of the machine that
the tests run on (at GitHub, in a codespace) decide nothing: tests bring their own.
"""

import os

from hypothesis import settings

settings.register_profile("briefgen", deadline=None)
settings.load_profile("briefgen")

for name in ("GITHUB_REPOSITORY", "PAGES_BASE_URL"):
    os.environ.pop(name, None)
