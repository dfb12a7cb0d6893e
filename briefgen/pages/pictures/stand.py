"""Who stands with whom: at the start those who do something, each verb a line that leads to the one it is done to.

Each line reads as a sentence, from the name above it over the verb to the name at its head, and carries the number of its
evidence. An article's own voice is a solid line, what somebody asserts a dashed one with their name, what the editors say a
dotted one. No verb is judged: all have the same weight and colour. Many relations are shown in several panels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from briefgen.pages.pictures.lettering import Label, label, lines, rooms

HEAD, WIRE, SAID = 26, 26, 40  # heights: a name, a verb, a verb with who says so
GAP = 10
TALLEST = 640  # what a page of paper holds below its heading
VERBS, HEADS, NAMES = 500, 655, 685  # where the verbs end, the lines end, the names begin
INDENT = 24  # pixels; the numbers stand before the verbs
ONE_LINE, TWO_LINES = 26, 40


class Actor(NamedTuple):
    """An end of a relation: its page and name; `own` where the page is about it."""

    href: str
    name: str
    own: bool


class Tie(NamedTuple):
    """A relation: number, ends (ids), verb, where its evidence stands, who asserts it ("said: US"), and the voice.

    `voice` is "own" (an article's), "said" or "editors"; `says` is the second line, "" but for "said"; `title` the sentence.
    """

    number: int
    subject: str
    verb: str
    object: str
    href: str
    says: str
    voice: str
    title: str


class Node(NamedTuple):
    """A name: its page, the name in full, its lines and their middle; `own` where the page is about it."""

    href: str
    title: str
    own: bool
    middle: int
    labels: tuple[Label, ...]


class Wire(NamedTuple):
    """A verb on its line: `y` is that of the line, which ends at the height `to`."""

    number: int
    href: str
    title: str
    voice: str
    label: Label
    says: Label | None
    y: int
    to: int


class StandPanel(NamedTuple):
    """Some actors with all that they do."""

    height: int
    subjects: tuple[Node, ...]
    wires: tuple[Wire, ...]
    objects: tuple[Node, ...]


class StandPicture(NamedTuple):
    """The panels, which voices occur in them (for the key), and how many relations had no room."""

    panels: tuple[StandPanel, ...]
    voices: tuple[str, ...]
    more: int


VOICES = ("own", "said", "editors")


def stand_picture(ties: Sequence[Tie], actors: Mapping[str, Actor], at_most: int) -> StandPicture:
    """The picture, of at most so many panels; relations of one subject stand together, in the order given."""
    groups = _groups(ties)[:at_most]
    shown = {tie.voice for group in groups for tie in group}
    left = len(ties) - sum(map(len, groups))
    return StandPicture(tuple(_panel(group, actors) for group in groups), tuple(v for v in VOICES if v in shown), left)


def _height(tie: Tie) -> int:
    return SAID if tie.says else WIRE


def _groups(ties: Sequence[Tie]) -> list[list[Tie]]:
    """As many relations a panel as there is room for; a subject with very many is begun again in the next one."""
    groups: list[list[Tie]] = [[]]
    height = 0
    first = {tie.subject: n for n, tie in reversed(list(enumerate(ties)))}
    for tie in sorted(ties, key=lambda t: first[t.subject]):
        last = groups[-1][-1].subject if groups[-1] else ""
        new = _height(tie) + (HEAD + GAP if tie.subject != last else 0)
        if height + new > TALLEST:
            groups.append([])
            height, new = 0, _height(tie) + HEAD + GAP
        groups[-1].append(tie)
        height += new
    return [group for group in groups if group]


def _panel(ties: Sequence[Tie], actors: Mapping[str, Actor]) -> StandPanel:
    subjects: list[Node] = []
    places: list[int] = []
    y = 0
    before = ""
    for tie in ties:
        if tie.subject != before:
            y += GAP if before else 0
            subjects.append(_node(actors[tie.subject], y + 13, (_name(actors[tie.subject].name, y + 17),)))
            y += HEAD
            before = tie.subject
        y += _height(tie)
        places.append(y - (_height(tie) - WIRE) - 6)
    middles = _middles(ties, places, actors)
    objects = tuple(_node(actors[o], m, _words(actors[o].name, m)) for o, m in middles.items())
    wires = tuple(_wire(tie, place, middles[tie.object]) for tie, place in zip(ties, places, strict=True))
    lowest = max(m + _tall(actors[o].name) // 2 for o, m in middles.items())
    return StandPanel(max(y, lowest) + 6, tuple(subjects), wires, objects)


def _name(text: str, y: int) -> Label:
    return label(text, 0, y, "right", rooms(HEADS), 13)


def _words(text: str, middle: int) -> tuple[Label, ...]:
    return lines(text, NAMES, middle, rooms(1000 - NAMES))


def _tall(text: str) -> int:
    return ONE_LINE if len({one.y for one in _words(text, 0)}) == 1 else TWO_LINES


def _node(actor: Actor, middle: int, labels: tuple[Label, ...]) -> Node:
    return Node(actor.href, actor.name, actor.own, middle, labels)


def _wire(tie: Tie, y: int, to: int) -> Wire:
    indent = INDENT if tie.number else 8
    room = rooms(VERBS, indent + 2)
    says = label(tie.says, 0, y + 14, "right", room, 11, indent) if tie.says else None
    return Wire(tie.number, tie.href, tie.title, tie.voice, label(tie.verb, 0, y - 5, "right", room, dx=indent), says, y, to)


def _middles(ties: Sequence[Tie], places: Sequence[int], actors: Mapping[str, Actor]) -> dict[str, int]:
    """Where the objects stand: each as near as it can be to the lines that lead to it, none on another."""
    held: dict[str, list[int]] = {}
    for tie, place in zip(ties, places, strict=True):
        held.setdefault(tie.object, []).append(place)
    wanted = sorted((sum(p) // len(p), o) for o, p in held.items())
    tall = {o: _tall(actors[o].name) for o in held}
    return _spread(wanted, tall, places[-1] + 6)


def _spread(wanted: Iterable[tuple[int, str]], tall: Mapping[str, int], bottom: int) -> dict[str, int]:
    """Middles in this order without overlaps: pushed down by the one above, then up again from the bottom."""
    found: dict[str, int] = {}
    at = 0
    for middle, one in wanted:
        found[one] = max(middle, at + tall[one] // 2)
        at = found[one] + tall[one] // 2
    at = max(bottom, sum(tall.values()))
    for one in reversed(list(found)):
        found[one] = min(found[one], at - tall[one] // 2)
        at = found[one] - tall[one] // 2
    return found
