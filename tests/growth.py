"""Families of input for the measure of growth (issue 6, point 11): each is a small site with something of any size in it.

A family takes the size in bytes of what grows. Half of the families are sound, so that their pages are made too; the rest
are as wrong as can be, so that what is measured is how findings are made.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

from briefgen.compile import compile_site
from briefgen.source import Snapshot
from tests.badinput import Content, sound, theme

Family = Callable[[int], Content]


# ---------------------------------------------------------------- what grows


def _article(text: str) -> Content:
    return {"content/articles/big.md": f"---\ntitle: Big\nrights: us-gov\n---\n{text}\n".encode()}


def _excerpted(text: str) -> Content:
    return {"content/articles/big.md": f"---\ntitle: Big\nrights: press\n---\n{text}\n".encode()}


def _actors(text: str) -> Content:
    return {"content/actors/big.yaml": text.encode()}


def _prose(text: str) -> Content:
    return {"content/index.md": f"---\ntitle: T\n---\n{text}\n".encode()}


def _lines(form: str, size: int) -> str:
    """As many lines of a form as make the size; {n} is their number."""
    return "".join(form.format(n=n) for n in range(1, max(size // len(form), 1) + 1))


def _cited(words: str, text: str) -> Content:
    """One citation of a big article."""
    return _article(text) | {
        "content/events/big.yaml": f"so-it-was:\n  name: So\n  from: big\n  outcome: {{x: {words}}}\n".encode()
    }


def _facts(each: str, size: int, sentence: str, article: Callable[[str], Content] = _article) -> Content:
    """As many citations as sentences, of one event."""
    count = max(size // (len(each) + len(sentence)), 1)
    facts = "".join(each.format(n=n) for n in range(1, count + 1))
    head = "so-it-was:\n  name: So\n  kind: statement\n  from: big\n  outcome:\n"
    return article("".join(sentence.format(n=n) for n in range(1, count + 1))) | {
        "content/events/big.yaml": (head + facts).encode()
    }


TEXTS: dict[str, Family] = {
    "words": lambda n: _article("word " * (n // 5)),
    "one word": lambda n: _article("w" * n),
    "paragraphs": lambda n: _article("A short one.\n\n" * (n // 14)),
    "sentences": lambda n: _article("It is so. " * (n // 10)),
    "initials": lambda n: _article("U. S. A. " * (n // 9)),
    "full stops": lambda n: _article(". " * (n // 2)),
    "points": lambda n: _article("." * n),
    "odd spaces": lambda n: _article("a \u00a0\u2003 b\u2019s " * (n // 13)),
    "marks": lambda n: _article("e\u0301" * (n // 3)),
    "one letter and its marks": lambda n: _article("e" + "\u0301" * (n // 2)),
    "arabic": lambda n: _article("اجتمع الطرفان على الجسر. " * (n // 45)),
    "hidden characters": lambda n: _article("a\u200bb " * (n // 6)),
    "isolates": lambda n: _article("\u2067" * (n // 6) + "\u2069" * (n // 6)),
    "names": lambda n: _article("Captain Ana Ferro met Bela Kos. " * (n // 32)),
    "name paragraphs": lambda n: _article("Captain Ana Ferro met Bela Kos.\n\n" * (n // 33)),
    "emphasis": lambda n: _article("*a **b " * (n // 7)),
    "closed emphasis": lambda n: _article("*a* **b** North " * (n // 16)),
    "underscores": lambda n: _article("_a __b " * (n // 7)),
    "stars": lambda n: _article("*" * n),
    "brackets": lambda n: _article("[a" * (n // 2)),
    "closing brackets": lambda n: _article("a] " * (n // 3)),
    "links": lambda n: _article("[a](record.html) " * (n // 17)),
    "broken links": lambda n: _article(_lines("[a](b{n}) ", n)),
    "half links": lambda n: _article("[a](" * (n // 4)),
    "half links apart": lambda n: _article("[a](b " * (n // 6)),
    "pictures": lambda n: _article("![a](b) " * (n // 8)),
    "definitions": lambda n: _article(_lines("[r{n}]: http://example.org/{n}\n", n) + "[r1]"),
    "definitions of the same": lambda n: _article(_lines("[r]: http://example.org/{n}\n", n) + "[r]"),
    "rows too long": lambda n: _article("|a|b|\n|-|-|\n" + "|c|d|e|\n" * (n // 8)),
    "quotes": lambda n: _article("> " * min(n // 2, 90) + "a\n" + "> b\n" * (n // 4)),
    "quotes in quotes": lambda n: _article("".join("> " * (k % 40) + "a\n" for k in range(n // 40))),
    "backticks": lambda n: _article(" ".join("`" * (k % 90 + 1) for k in range(n // 46))),
    "longer backticks": lambda n: _article(" ".join("`" * k for k in range(1, int((2 * n) ** 0.5)))),
    "entities": lambda n: _article("&amp;" * (n // 5)),
    "angles": lambda n: _article("<a " * (n // 3)),
    "comments of HTML": lambda n: _article("a <!-- b " * (n // 9)),
    "declarations of HTML": lambda n: _article("a <!A <?b <![CDATA[ " * (n // 21)),
    "tags": lambda n: _article("<b>x</b> " * (n // 9)),
    "escapes": lambda n: _article("\\*" * (n // 2)),
    "backslashes": lambda n: _article("\\" * n),
    "hard breaks": lambda n: _article("a\\\n" * (n // 3)),
    "headings": lambda n: _article("# a\n" * (n // 4)),
    "fences": lambda n: _article("```\na\n```\n" * (n // 10)),
    "open fence": lambda n: _article("```\n" + "a\n" * (n // 2)),
    "code": lambda n: _article("a `b` c\n" * (n // 8)),
    "indented": lambda n: _article("    a\n\n" * (n // 7)),
    "tables": lambda n: _article("|a|b|\n|-|-|\n" + "|c|d|\n" * (n // 6)),
    "wide table": lambda n: _article("|a" * (n // 8) + "|\n" + "|-" * (n // 8) + "|\n" + "|c" * (n // 8) + "|\n"),
    "almost tables": lambda n: _article("|a|b|\n|-|\n\n" * (n // 11)),
    "list": lambda n: _article("- a\n" * (n // 4)),
    "list in lists": lambda n: _article("".join(" " * (2 * (k % 40)) + "- a\n" for k in range(n // 44))),
    "loose list": lambda n: _article("- a\n\n" * (n // 5)),
    "rules": lambda n: _article("---\n\n" * (n // 5)),
    "plain text": lambda n: {
        "content/articles/big.md": b"---\ntitle: B\nformat: plain\nrights: us-gov\n---\n" + b"A line.\n\n" * (n // 9)
    },
    "furniture": lambda n: {
        "content/articles/big.md": b"---\ntitle: B\nfurniture: [Printed]\n---\n" + b"Printed so.\n\n" * (n // 13)
    },
    "headlines": lambda n: _article("Big\n\n" * (n // 5)),
    "references": lambda n: _prose("[[north]] said. " * (n // 16)),
    "unknown references": lambda n: _prose(_lines("[[north-{n}]] said. ", n)),
    "unread brackets": lambda n: _prose("[[north said. [@record] " * (min(n, 2300) // 24) + "\n\n" + "[[x said.\n\n" * (n // 11)),
    "citations in prose": lambda n: _prose("So it was [@record: met on the Old Bridge]. " * (n // 44)),
    "wrong citations in prose": lambda n: _prose("So it was [@record: never said]. " * (n // 33)),
}

CITATIONS: dict[str, Family] = {
    "citation not there": lambda n: _cited("nobody ever said this", "Somebody said that. " * (n // 20)),
    "citation almost there": lambda n: _cited("a a a a a a a a a b", "a " * (n // 2)),
    "long citation not there": lambda n: _cited("a b " * (n // 8) + "c", "a b " * (n // 8)),
    "skips": lambda n: _cited("it is ... was so ... never there", "It is it is was so was so. " * (n // 27)),
    "skips in one sentence": lambda n: _cited("it is ... was so ... never there", "it is it is was so was so " * (n // 26)),
    "many skips": lambda n: _cited("a b ... " * (n // 14) + "a b", "a b c " * (n // 12)),
    "repeated": lambda n: _cited("it is so", "it is so " * (n // 9)),
    "passages": lambda n: _facts("    Say {n}: It was {n} then\n", n, "It was {n} then.\n\n"),
    "passages of a paragraph": lambda n: _facts("    Say {n}: It was {n} then\n", n, "It was {n} then. "),
    "passages with skips": lambda n: _facts("    Say {n}: It was {n} ... far off then\n", n, "It was {n} and not far off then.\n\n"),
    "passages with skips of a paragraph": lambda n: _facts("    Say {n}: It was {n} ... far off then\n", n, "It was {n} and not far off then. "),
    "passages of an excerpt": lambda n: _facts("    Say {n}: It was {n} then\n", n, "It was {n} then, and so it went on.\n\n", _excerpted),
    "the same passage": lambda n: _facts("    Say {n}: It was then so\n", n, "It was then so.\n\n"),
    "short passages that repeat": lambda n: _facts("    Say {n}: It was\n", n, "It was {n} then.\n\n"),
    "passages not there": lambda n: _facts("    Say {n}: It was {n} men\n", n, "It was {n} then.\n\n"),
    "passages almost there": lambda n: _facts("    Say {n}: it Was {n} then\n", n, "It was {n} then. "),
    "citations of nothing": lambda n: _facts("    Say {n}: {{big-{n}: words}}\n", n, ""),
    "articles": lambda n: {f"content/articles/a-{k}.md": b"---\ntitle: A\n---\nIt was so.\n" for k in range(n // 200)},
}  # fmt: skip

_MEETING = "content/meetings/big.yaml"


def _roster(size: int) -> Content:
    """A delegation, its members, and the article in which each has a sentence."""
    count = size // 100
    people = "".join(f"m-{n}: Anna {n}\n" for n in range(count))
    text = "".join(f"The North sent Toll Keeper {n}, Anna {n}.\n\n" for n in range(count))
    lines = "".join(f"  m-{n}: Toll Keeper {n}\n" for n in range(count))
    meeting = "name: Big talks\nfrom: big\ndate: {2021-03-04: On 4 March}\n"
    return (
        _article(f"It was On 4 March.\n\n{text}")
        | _actors(people)
        | {"content/meetings/big-talks.yaml": meeting.encode()}
        | {"content/delegations/big-talks.yaml": f"from: big\nnorth:\n{lines}".encode()}
    )


FACTS: dict[str, Family] = {
    "records": lambda n: _actors(_lines("person-{n}: Person Number {n}\n", n)),
    "names that begin alike": lambda n: _actors(_lines("p-{n}: " + "Ana " * 20 + "{n}\n", n)),
    "the same name": lambda n: _actors(_lines("person-{n}: Nomen Nescio\n", n)),
    "aliases of a name": lambda n: _actors("big:\n  name: Big\n  aka:\n" + _lines("    - Name Number {n}\n", n)),
    "old ids": lambda n: _actors("big:\n  name: Big\n  was:\n" + _lines("    - old-{n}\n", n)),
    "roles": lambda n: _actors("big:\n  name: Big\n  from: record\n  roles:\n" + "    - Captain\n" * (n // 14)),
    "roles in other words": lambda n: _actors("big:\n  name: Big\n  roles:\n" + _lines("    Role {n}: {{record: Captain Ana Ferro}}\n", n)),
    "notes": lambda n: _actors("big:\n  name: Big\n  notes: " + "It is [[north]]. " * (n // 17) + "\n"),
    "long name": lambda n: _actors(f"big: {'Name ' * (n // 5)}\n"),
    "chains of 20 parts": lambda n: _actors("g-0: {name: G, kind: office}\n" + "".join(f"g-{k}: {{name: G {k}, kind: office, part_of: g-{k - 1 if k % 20 else 0}}}\n" for k in range(1, n // 48))),
    "parts of one": lambda n: _actors(_lines("g-{n}: {{name: G {n}, kind: office, part_of: north}}\n", n)),
    "relations": lambda n: {"content/relations.yaml": _lines("- north opposes toll: {{record: that the toll must fall}}\n", n).encode()},
    "unknown relations": lambda n: {"content/relations.yaml": _lines("- north-{n} opposes toll: {{record: that the toll must fall}}\n", n).encode()},
    "positions": lambda n: {_MEETING: ("name: B\nfrom: record\nparticipants: {north: North}\npositions:\n" + _lines("  - north: the toll must fall\n", n)).encode()},
    "roster": _roster,
    "unknown members": lambda n: {"content/delegations/bridge-2021.yaml": ("from: record\nnorth:\n" + _lines("  unknown-{n}: Envoy\n", n)).encode()},
    "topics": lambda n: {"content/topics/big.yaml": _lines("topic-{n}: Topic Number {n}\n", n).encode()},
    "events": lambda n: {"content/events/big.yaml": _lines("e-{n}:\n  name: E {n}\n  date: {{2021-03-04: {{record: On 4 March}}}}\n", n).encode()},
    "static files": lambda n: {f"content/static/f-{k}.txt": b"x" for k in range(n // 100)},
}  # fmt: skip

FAULTS: dict[str, Family] = {
    "nested brackets": lambda n: _actors("big: " + "[" * n),
    "nested maps": lambda n: _actors("a: {" * (n // 4)),
    "flat list": lambda n: _actors("big: [" + "a, " * (n // 3) + "]\n"),
    "flat map": lambda n: _actors("big: {" + _lines("a{n}: b, ", n) + "}\n"),
    "quotation marks": lambda n: _actors('big: "' + 'a" ' * (n // 3) + "\n"),
    "unclosed quotation marks": lambda n: _actors(_lines('a{n}: "b\n', n)),
    "words in quotation marks": lambda n: _actors(_lines('a{n}: "b" c\n', n)),
    "duplicate keys": lambda n: _actors("big: Big\n" * (n // 9)),
    "unknown fields": lambda n: _actors("big:\n" + _lines("  field-{n}: x\n", n)),
    "unknown ids": lambda n: {"content/events/big.yaml": _lines("e-{n}: {{name: E, place: {{no-{n}: {{record: Old Bridge}}}}}}\n", n).encode()},
    "unknown articles": lambda n: {"content/events/big.yaml": _lines("e-{n}: {{name: E, outcome: {{x: {{rec-{n}: Bridge}}}}}}\n", n).encode()},
    "unknown kinds": lambda n: _actors(_lines("a-{n}: {{name: A, kind: govrnment}}\n", n)),
    "bad ids": lambda n: _actors(_lines("A {n}: Big\n", n)),
    "bad dates": lambda n: {"content/events/big.yaml": _lines("e-{n}: {{name: E, date: {{2024-02-30: {{record: On 4 March}}}}}}\n", n).encode()},
    "a long number for a date": lambda n: {"content/events/big.yaml": b"e: {name: E, date: {" + b"9" * n + b": {record: On 4 March}}}\n"},
    "empty values": lambda n: _actors(_lines("a-{n}:\n", n)),
    "stray files": lambda n: {f"content/actors/f-{k}.yml": b"x" for k in range(n // 100)},
    "strange files": lambda n: {f"content/meetings/F {k}.yaml": b"name: x" for k in range(n // 100)},
    "tabs": lambda n: _actors("\tbig: Big\n" * (n // 10)),
    "colons": lambda n: _actors("big: a: " + "b: " * (n // 3) + "\n"),
    "lines with colons": lambda n: _actors(_lines("a-{n}: b: c\n", n)),
    "dashes": lambda n: _actors("- " * (n // 2)),
    "question marks": lambda n: _actors("? " * (n // 2)),
    "anchors": lambda n: _actors(_lines("a-{n}: &a{n} b\n", n)),
    "comments": lambda n: _actors("# nothing\n" * (n // 10) + "big: Big\n"),
    "blank lines": lambda n: _actors("\n" * n + "big: Big\n"),
    "block of blank lines": lambda n: _actors("big: >-\n" + "\n" * n + "  Big\n"),
    "many block scalars": lambda n: _actors(_lines("a-{n}: >-\n  b\n", n)),
    "hidden in facts": lambda n: _actors(_lines("a-{n}: b\u200bc\n", n)),
    "Windows line ends": lambda n: _actors(_lines("a-{n}: b\r\n", n)),
    "old Mac line ends": lambda n: _actors(_lines("a-{n}: b\r", n)),
    "not UTF-8": lambda n: {"content/actors/big.yaml": b"a: b\n" * (n // 5) + b"\xff"},
    "front matter without end": lambda n: {"content/articles/big.md": b"---\n" + b"a: b\n" * (n // 5)},
}  # fmt: skip

FAMILIES: dict[str, Family] = TEXTS | CITATIONS | FACTS | FAULTS


# ---------------------------------------------------------------- measuring

SMALL = 200  # bytes: what a family costs before it grows


def cost(family: Family, size: int, runs: int) -> float:
    """Processor seconds of a build, the least of several runs."""
    snapshot = Snapshot(sound() | family(size), *theme())
    return min(_seconds(snapshot) for _ in range(runs))


def _seconds(snapshot: Snapshot) -> float:
    # Without the passes of the garbage collector, which go over everything there is (the preview builds so too).
    gc.collect()
    gc.disable()
    try:
        begun = time.process_time()
        compile_site(snapshot)
        return time.process_time() - begun
    finally:
        gc.enable()
