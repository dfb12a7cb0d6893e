"""One input for a fuzzer: bytes become a file of the content, and every finding about it must have its place.

By hand, guided by coverage, with atheris (no dependency of the tests):

    pip install atheris
    python -m tests.fuzz -runs=1000000 -max_len=600 -timeout=2 -rss_limit_mb=512 FOLDER

The folder is the fuzzer's own collection of inputs; `python -m tests.fuzz --seeds FOLDER` fills it with the files of a sound
site and with the examples of tests/examples. tests/test_fuzz.py gives the same target to Hypothesis.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

# What a file may be: the first byte of an input says which of them it is.
PLACES = (
    "content/actors/x.yaml", "content/articles/x.md", "content/pages/x.md", "content/index.md", "content/meetings/x.yaml",
    "content/delegations/x.yaml", "content/events/x.yaml", "content/relations.yaml", "content/site.yaml",
    "content/comparisons/x.yaml", "content/places/x.yaml", "content/topics/x.yaml",
)  # fmt: skip


def content_of(data: bytes) -> dict[str, bytes]:
    """A site with an input in it."""
    from tests.badinput import little

    return little() | {PLACES[data[0] % len(PLACES)] if data else PLACES[0]: data[1:]}


def target(data: bytes) -> int:
    """Put an input through load, link and the rules; how many findings it gave."""
    from tests.badinput import assert_placed, found

    content = content_of(data)
    findings = found(content)
    assert_placed(findings, content)
    return len(findings)


def seeds(folder: Path) -> int:
    """Fill a fuzzer's collection; how many inputs it has then."""
    from tests.badinput import examples, sound

    held = [bytes([_number(path)]) + data for path, data in sound().items() if _number(path) < len(PLACES)]
    held += [bytes([0]) + text.encode("utf-8", "surrogatepass") for _, text in examples("yaml-test-suite")]
    held += [bytes([at]) + text.encode() for _, text in examples("commonmark") for at in (1, 3)]
    folder.mkdir(parents=True, exist_ok=True)
    for data in held:
        (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    return len(held)


def _number(path: str) -> int:
    """Which of the places a file of the sound site would take."""
    folder = path.split("/")[1]
    return next((n for n, place in enumerate(PLACES) if place == path or place.split("/")[1] == folder), len(PLACES))


def main() -> None:
    """The fuzzer's own command line."""
    import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]  # by hand, where it is installed

    with atheris.instrument_imports(include=["briefgen", "markdown_it"]):
        import tests.badinput  # noqa: F401  # for its code to be watched
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--seeds"]:
        print(seeds(Path(sys.argv[2])))
    else:
        main()
