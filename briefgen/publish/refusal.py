"""What a user may ask for and must not get.

Not a finding: it has no place in a file of the project. The command line prints its sentence and ends with exit status 2.
"""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818  # a sentence for the user, not a bug
    """One or two plain sentences: what cannot be done, and what to do instead."""


def os_refusal(what: str, fault: OSError) -> Refusal:
    """The sentence for a fault of the operating system, such as "site/ cannot be written: permission denied."."""
    reason = (fault.strerror or str(fault)).lower()
    return Refusal(f"{what}: {reason}.")
