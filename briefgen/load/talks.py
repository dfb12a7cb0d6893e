"""What a meeting has beyond plain fields: positions, and delegations with their rosters.

Nothing here is verified; whether posts and names stand together in the article is the matter of checks/rosters.py.
"""

from __future__ import annotations

from briefgen.diagnostic import as_in, error, instead
from briefgen.load.fields import BY_KIND, Field
from briefgen.load.slots import File, Source, cite_slot, fact_slot, pair_under
from briefgen.load.values import ID, did_you_mean, nearest
from briefgen.load.yaml_tree import Map, Node, Scalar, Seq, is_empty
from briefgen.model import Cite, Delegation, Member, Position, Value

_POST = Field("post", (), "text", "one", "fact", "", "post: Deputy Assistant Secretary of State")
_RANK = Field("rank", (), "text", "one", "fact", "", "rank: Major General")
_ORG = Field("org", (), "id", "many", "fact", "", "org: {us-nsc: National Security Council}")
_PARTS = {row.name: row for row in (_POST, _RANK, _ORG)}
_LINE = (*_PARTS, "cite", "notes")
_BESIDE = ("members", "cite", "notes")
_ABOUT = Field("about", (), "id", "many", "label", "", "about: [ddr, ssr]")


def positions(file: File, node: Node, source: Source | None) -> tuple[Position, ...]:
    """A list of `party: cite`, each with `about:` and `notes:` beside it where wanted."""
    if not isinstance(node, Seq):
        example = BY_KIND["meeting"]["positions"].example
        file.wrong(
            error("wrong-type", "“positions:” is a list: each begins with a hyphen and the party.", node.span, as_in(example))
        )
        return ()
    return tuple(p for item in node.items if (p := _position(file, item, source)))


def _position(file: File, node: Node, source: Source | None) -> Position | None:
    pairs = dict_of(node)
    parties = [key for key in pairs if key.text not in ("about", "notes")]
    if len(parties) != 1:
        message = "A position names one party and its words, as in `- lna: briefed the U.S. delegation`."
        file.wrong(error("wrong-type", message, node.span))
        return None
    party = parties[0]
    if not ID.fullmatch(party.text):
        file.report(error("bad-id", f"“{party.text}” is not the id of a party.", party.span))
        return None
    cites = cite_slot(file, pairs[party], source, f"the position of “{party.text}”")
    if not cites:
        return None
    about = next((v for k, v in pairs.items() if k.text == "about"), None)
    return Position(party.text, party.span, cites, fact_slot(file, _ABOUT, about, None) if about else (), note_in(file, pairs))


def dict_of(node: Node) -> dict[Scalar, Node]:
    """The pairs of a map node; of any other node, none."""
    return dict(node.pairs) if isinstance(node, Map) else {}


def note_in(file: File, pairs: dict[Scalar, Node]) -> Value | None:
    """The `notes:` among the pairs of a map."""
    for key, node in pairs.items():
        if key.text == "notes":
            if isinstance(node, Scalar) and not is_empty(node):
                return Value(node.text, node.span)
            file.wrong(error("wrong-type", "“notes:” takes a text here.", key.span, as_in("notes: A sentence of the editors.")))
    return None


def delegations(file: File, node: Node, source: Source | None) -> tuple[Delegation, ...]:
    """A map of party -> roster, or words, or `{members: …, cite: …, notes: …}`."""
    if not isinstance(node, Map):
        file.wrong(error("wrong-type", "Delegations begin with the party's id and a colon, the members below it.", node.span))
        return ()
    return tuple(d for key, value in node.pairs if key.text != "from" and (d := _delegation(file, key, value, source)))


def _delegation(file: File, party: Scalar, node: Node, source: Source | None) -> Delegation | None:
    if not ID.fullmatch(party.text):
        file.report(error("bad-id", f"“{party.text}” is not the id of a party.", party.span))
        return None
    what = f"the delegation “{party.text}”"
    if isinstance(node, Seq) and any(
        key.text not in file.articles and ID.fullmatch(key.text) for item in node.items for key in dict_of(item)
    ):
        message = "Members stand without hyphens: the person's id, a colon, the post."
        file.report(error("wrong-type", message, node.span, as_in(BY_KIND["meeting"]["delegations"].example)))
        return None
    if not isinstance(node, Map):
        words_alone = cite_slot(file, node, source, what)
        return Delegation(party.text, party.span, (), words_alone) if words_alone else None
    pairs = dict(node.pairs)
    rest = {k: v for k, v in pairs.items() if k.text not in _BESIDE}
    listed = next((v for k, v in pairs.items() if k.text == "members"), None)
    members = dict_of(listed) if listed else {k: v for k, v in rest.items() if k.text not in file.articles}
    words = [v for k, v in pairs.items() if k.text == "cite"]
    cites = tuple(c for v in words for c in cite_slot(file, v, source, what)) + _outlets(file, rest, source, what)
    if listed:
        _strays(file, rest)
    return Delegation(party.text, party.span, _members(file, members, source), cites, note_in(file, pairs))


def _outlets(file: File, rest: dict[Scalar, Node], source: Source | None, what: str) -> tuple[Cite, ...]:
    pairs = tuple((k, v) for k, v in rest.items() if k.text in file.articles)
    return cite_slot(file, Map(pairs, pairs[0][0].span), source, what) if pairs else ()


def _strays(file: File, rest: dict[Scalar, Node]) -> None:
    for key in rest:
        if key.text not in file.articles:
            message = f"“{key.text}” stands beside “members:”. Beside it only `cite:`, `notes:` and articles may stand."
            message += did_you_mean(key.text, _BESIDE)
            file.report(error("unknown-field", message, key.span, fix=instead(key.span, nearest(key.text, _BESIDE))))


def _members(file: File, pairs: dict[Scalar, Node], source: Source | None) -> tuple[Member, ...]:
    return tuple(m for key, node in pairs.items() if (m := _member(file, key, node, source)))


def _member(file: File, person: Scalar, node: Node, source: Source | None) -> Member | None:
    if not ID.fullmatch(person.text):
        file.report(error("bad-id", f"“{person.text}” is not the id of a person.", person.span))
        return None
    pairs = dict_of(node)
    if not has_any(file, pairs, _LINE):
        return Member(person.text, person.span, _line(file, person, node, source))
    parts: dict[str, tuple[Value, ...]] = {}
    pairs = keyed(file, pairs, _LINE, "A roster line")
    for key, value in pairs.items():
        if key.text in _PARTS:
            parts[key.text] = fact_slot(file, _PARTS[key.text], value, source)
        elif key.text == "cite":
            parts |= _line(file, person, value, source)
    return Member(person.text, person.span, parts, note_in(file, pairs))


def has_any(file: File, pairs: dict[Scalar, Node], known: tuple[str, ...]) -> bool:
    """Whether a map has one of the keys, if misspelt, so that it is more than a citation."""
    return any(k.text in known or (k.text not in file.articles and nearest(k.text, known, 75)) for k in pairs)


def keyed(file: File, pairs: dict[Scalar, Node], known: tuple[str, ...], what: str) -> dict[Scalar, Node]:
    """The pairs with the keys that were meant; a misspelt key is a finding and read on, any other is left out."""
    found: dict[Scalar, Node] = {}
    for key, node in pairs.items():
        meant = key.text if key.text in known else nearest(key.text, known, 75)
        if key.text in file.articles:
            message = f"“{key.text}” is an article. Beside other keys its words stand under “cite:”."
            file.report(error("unknown-field", message, key.span, fix=pair_under(key, node, "cite: {}")))
            meant, node = "cite", Map(((key, node),), key.span)
        elif key.text not in known:
            message = f"{what} has no “{key.text}”.{did_you_mean(key.text, known)}"
            file.report(error("unknown-field", message, key.span, fix=instead(key.span, nearest(key.text, known))))
        if meant and all(meant != k.text for k in found):
            found[key._replace(text=meant)] = node
    return found


def _line(file: File, person: Scalar, node: Node, source: Source | None) -> dict[str, tuple[Value, ...]]:
    """A plain roster line: the post as printed, which is its own evidence; in several articles, the first gives the text."""
    cites = cite_slot(file, node, source, f"“{person.text}”")
    return {"post": (Value(" ".join(cites[0].words.split()), cites[0].span, cites),)} if cites else {}
