"""Mutants that behave as the sound code does wherever it can be observed: module, line before, line after -> the reason."""

from __future__ import annotations

EQUIVALENT: dict[tuple[str, str, str], str] = {}
