"""How far a build is: a bar on a terminal, plain lines elsewhere, and nothing at all while it takes less than a second."""

from __future__ import annotations

import time
from types import TracebackType
from typing import IO

PATIENCE = 1.0  # seconds in which nothing is shown
_BEAT = 0.1  # seconds between two looks of the bar
_WIDTH = 24


class Progress:
    """Shows how far a build is, on a stream. Used as a context: at its end the bar is gone."""

    def __init__(self, stream: IO[str], *, quiet: bool = False) -> None:
        """A quiet one shows nothing."""
        self._stream, self._quiet = stream, quiet
        self._is_terminal = stream.isatty()
        self._next = time.monotonic() + PATIENCE
        self._stage = ""
        self._drawn = 0

    def step(self, stage: str, done: int, whole: int) -> None:
        """So much of a stage is done."""
        now = time.monotonic()
        if self._quiet or now < self._next:
            return
        self._next = now + (_BEAT if self._is_terminal else 0)
        if self._is_terminal:
            self._draw(_bar(stage, done, whole))
        elif stage != self._stage:
            # Of what has just begun "0 of 656 done" would stand there to the end, as if it had failed.
            self._stream.write(f"{stage}: {done:,} of {whole:,} done\n" if done else f"{stage}: {whole:,}\n")
            self._stream.flush()
        self._stage = stage

    def _draw(self, line: str) -> None:
        self._stream.write(f"\r{line.ljust(self._drawn)}")
        self._stream.flush()
        self._drawn = len(line)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        if self._drawn:
            self._draw("")
            self._stream.write("\r")


def _bar(stage: str, done: int, whole: int) -> str:
    filled = _WIDTH * done // whole if whole else 0
    return f"{stage} [{'#' * filled}{'.' * (_WIDTH - filled)}] {done:,} of {whole:,}"
