"""What each file gave the last time it was read (a `load.Memo`): one entry a file, so it is bounded by the size of the briefing."""

from __future__ import annotations

from collections.abc import Collection

from briefgen.load.files import Result


class LastMemo:
    """What each file gave the last time, for one set of articles. `read` counts the files that were read."""

    def __init__(self) -> None:
        self.read = 0
        self._articles: frozenset[str] = frozenset()
        self._held: dict[str, tuple[bytes, Result]] = {}

    def get(self, path: str, data: bytes, articles: frozenset[str]) -> Result | None:
        """What this file gave before, or None."""
        if articles is not self._articles:
            other = articles ^ self._articles
            if other:  # what a file was told of them may not be so any more
                self._held = {path: held for path, held in self._held.items() if other.isdisjoint(held[1][0].asked)}
            self._articles = articles
        held = self._held.get(path)
        return held[1] if held and held[0] == data else None

    def put(self, path: str, data: bytes, articles: frozenset[str], result: Result) -> None:
        """Keep it."""
        self.read += 1
        self._held[path] = (data, result)

    def keep(self, paths: Collection[str]) -> None:
        """Forget the files that are gone; those that are left have been read, or given, since."""
        if len(paths) == len(self._held):
            return
        self._held = {path: held for path, held in self._held.items() if path in paths}
