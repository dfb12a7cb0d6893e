"""One finished page as rule 10 needs it: its ids, and where it links.

Read by expressions, some fifteen times as fast as the standard library's parser, which builds what nobody asks for here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from html import unescape
from itertools import chain
from urllib.parse import unquote

from briefgen.frozen import dataclass
from briefgen.outputs import Content

_LINKS = {("a", "href"), ("link", "href"), ("area", "href"), ("img", "src"), ("script", "src"), ("source", "src")}
DOTS = (".", "..")
_REFRESH = "url="
_GAP = "\0"
_FEW = 8  # names that are looked for in a text one by one
_LONG = 4_000  # characters from which on names are looked up faster than looked for


@dataclass(frozen=True, slots=True)
class Names:
    """Some strings, one behind the other in one: a set of them takes ten times the memory, and every page has three."""

    text: str

    @staticmethod
    def of(names: Iterable[str]) -> Names:
        """The names in their order; no name in a page has the character that parts them."""
        return Names("".join(f"{name}{_GAP}" for name in names))

    def __contains__(self, name: str) -> bool:
        if len(self.text) > _LONG:
            return name in _apart(self.text)
        return self._holds(name)

    def _holds(self, name: str) -> bool:
        return self.text.startswith(f"{name}{_GAP}") or f"{_GAP}{name}{_GAP}" in self.text

    def __iter__(self) -> Iterator[str]:
        return iter(self.text.split(_GAP)[:-1])

    def hold_any(self, names: Collection[str]) -> bool:
        """Whether one of these is among them: a few are looked for in the text, which costs a tenth of taking it apart."""
        return any(map(self._holds, names)) if len(names) < _FEW else not set(names).isdisjoint(self)


@lru_cache(maxsize=64)  # print.html leads to ten thousand places in itself
def _apart(text: str) -> frozenset[str]:
    return frozenset(text.split(_GAP)[:-1])


@dataclass(frozen=True, slots=True)
class Outline:
    """What matters of a page: its ids, those that stand in it more than once, and where it links, in order.

    Lines are not kept: where something is wrong, the page is read again for them.
    `named` are the last parts of the paths it links to, so that pages which cannot lead to a file are told in one step.
    """

    ids: Names
    again: tuple[str, ...]
    links: Names
    named: Names


# A comment; a script or style with its text, which is no markup; or a tag with its attributes, from the first on that matters:
# half of all tags have none that does, and are passed over. Groups are repeated as `(?>(?:…)*)`, not as `(?:…)*+`: up to Python
# 3.11.4 (Debian 12 has 3.11.2) the latter finds nothing where its last turn fails half-way (CPython, gh-106052).
_OTHER = r"(?>(?:\s++(?!(?:id|href|src|content|http-equiv)\b)[a-z-]++=\"[^\"<]*+\"(?=[\s>]))*)"
_INSIDE = r"(?:\s(?>(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*))"
_TAG = re.compile(
    rf"<(?:!--.*?(?:-->|\Z)|(?i:(script|style))\b({_INSIDE}?)>.*?(?:</(?i:\1)\s*>|\Z)|([a-zA-Z][a-zA-Z0-9-]*+){_OTHER}({_INSIDE})>)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")

_Mark = tuple[bool, str]  # whether it is an id, or else a link; and the text


def outline(text: str) -> Outline:
    """What matters of a page of HTML; of broken HTML, what the standard library's parser would find."""
    marks = list(chain.from_iterable(map(_marks, _TAG.findall(text))))
    ids = [value for is_id, value in marks if is_id]
    links = dict.fromkeys(value for is_id, value in marks if not is_id)
    first = dict.fromkeys(ids)
    # What leads to a place in the page itself (an empty path) changes with the page.
    named = dict.fromkeys(filter(None, map(_named, links)))
    again = () if len(first) == len(ids) else _repeated(ids)
    return Outline(Names.of(first), again, Names.of(links), Names.of(named))


def _repeated(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(one for one, times in Counter(ids).items() if times > 1)


@lru_cache(maxsize=1 << 12)  # three of four have been seen before, on this page or another
def _marks(tag: tuple[str, str, str, str]) -> tuple[_Mark, ...]:
    """The ids and links of a tag, which is a match of `_TAG`."""
    name = (tag[0] or tag[2]).lower()
    marks: list[_Mark] = []
    given = _ATTRIBUTE.findall(tag[1] or tag[3])
    for written, a, b, c in given:
        key = written.lower()
        if key == "id" or (name, key) in _LINKS:
            marks.append((key == "id", unescape(a or b or c)))
    if name == "meta":
        marks += _moved({key.lower(): unescape(a or b or c) for key, a, b, c in given})
    return tuple(marks)


def _moved(given: Mapping[str, str]) -> Iterator[_Mark]:
    """Where a <meta> leads that refreshes a page."""
    if given.get("http-equiv") == "refresh" and _REFRESH in given.get("content", ""):
        yield False, given["content"].partition(_REFRESH)[2]


@lru_cache(maxsize=1 << 12)
def _named(link: str) -> str:
    """The last part of the path of an address, "" where it has none."""
    path = link.partition("#")[0].partition("?")[0]
    return last_part(unquote(path)) if path else ""


def last_part(path: str) -> str:
    """The last part of a path; a folder means its index.html."""
    last = path.rpartition("/")[2]
    return last if last and last not in DOTS else "index.html"


class Lines:
    """The lines of a page on which its ids and links stand; read once, and only where something is wrong."""

    def __init__(self, content: Content) -> None:
        self._content = content

    @cached_property
    def of(self) -> Mapping[_Mark, list[int]]:
        """Id or link -> lines."""
        text = self._content.read().decode("utf-8", "replace")
        found: dict[_Mark, list[int]] = {}
        line, at = 1, 0
        for tag in _TAG.finditer(text):
            line, at = line + text.count("\n", at, tag.start()), tag.start()
            for one in _marks(tag.groups("")):
                found.setdefault(one, []).append(line)
        return found
