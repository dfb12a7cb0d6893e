"""Canonical bytes of the values of views: equal values have equal bytes, and values that differ never share them (I2).

No pickle, no `repr`, no hash of Python's: the bytes are the same in every process. Views hold strings, safe HTML, whole
numbers, booleans, None, tuples, frozen dataclasses and named tuples, and nothing else (I1).

A value becomes a list of tokens, each of which says how many follow it: `(2` before two values, and before the fields of a
class a digest of its name, their names and the types of what they hold. So one look at a class writes all of its texts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from operator import attrgetter, itemgetter
from typing import Any, cast

from markupsafe import Markup

_TEXTS: dict[type, str] = {str: "s", Markup: "m"}
_LEAVES: dict[type, str] = {**_TEXTS, int: "i", bool: "b", type(None): "n"}
_EMPTY = ()

Types = tuple[type, ...]
Items = tuple[Any, ...]


def key(salt: str, sources: Iterable[str], view: object) -> str:
    """The key of a page: a digest of everything that decides its bytes (SHA-256, hex).

    Raises TypeError for anything a view may not hold.
    """
    made_of = tuple(sources)
    tokens = [salt, f"({len(made_of)}", *made_of]
    _write(view, tokens)
    return _digest(tokens)


def _digest(tokens: list[str]) -> str:
    """Of tokens in a form that can be taken apart again: lengths first, if one of them holds what stands between them."""
    joined = "\0".join(tokens)
    lengths = " ".join(str(len(one)) for one in tokens) if joined.count("\0") >= len(tokens) else ""
    digest = hashlib.sha256(f"{lengths}\0".encode())
    digest.update(joined.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _write(value: Any, tokens: list[str]) -> None:
    kind = type(value)
    if kind is tuple:
        tokens.append(f"({len(value)}")
        for item in value:
            _write(item, tokens)
    elif kind in _LEAVES:
        tokens += (_LEAVES[kind], f"{value}")
    else:
        taken, rows = _SHAPES[kind]
        items = taken(value)
        head, texts, numbers, inner = rows[tuple(map(type, items))]
        tokens.append(head)
        tokens += texts(items) if texts else items
        for at in numbers:
            tokens.append(f"{items[at]}")
        for at in inner:
            if items[at] is _EMPTY:  # half of all tuples
                tokens.append("(0")
            else:
                _write(items[at], tokens)


def alike(one: object, other: object) -> bool:
    """Whether two values of views have the same canonical bytes: told without making them, and at once for what is one object."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, tuple):
        return len(one) == len(cast("Items", other)) and all(map(alike, one, cast("Items", other)))
    if type(one) in _LEAVES:
        return one == other
    taken, _ = _SHAPES[type(one)]
    return all(map(alike, taken(one), taken(other)))


# ---------------------------------------------------------------- classes

# How the fields of a class are written that hold certain types: a head; its texts (None: all it holds are texts), and the
# places of its numbers and of what is written in a way of its own. Plain tuples: a named one is three times as slow to unpack.
_Row = tuple[str, "Callable[[Items], Items] | None", tuple[int, ...], tuple[int, ...]]


class _Rows(dict[Types, _Row]):
    """The rows of a class, made when they are first asked for."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __missing__(self, types: Types) -> _Row:
        head = hashlib.sha256(f"{self.name}:{''.join(_LEAVES.get(one, '.') for one in types)}".encode()).hexdigest()
        texts = [at for at, one in enumerate(types) if one in _TEXTS]
        numbers = tuple(at for at, one in enumerate(types) if one in _LEAVES and one not in _TEXTS)
        inner = tuple(at for at, one in enumerate(types) if one not in _LEAVES)
        picked = _several(itemgetter, texts) if len(texts) < len(types) else None
        made = self[types] = (head[:32], picked, numbers, inner)
        return made


_Shape = tuple["Callable[[Any], Items]", _Rows]  # how the fields of a value are taken, and the rows of its class


class _Shapes(dict[type, _Shape]):
    """The classes that views are made of. Raises TypeError for any other type."""

    def __missing__(self, kind: type) -> _Shape:
        names = _names(kind)
        rows = _Rows(f"{kind.__module__}.{kind.__qualname__}({','.join(names)})")
        made = self[kind] = (tuple if issubclass(kind, tuple) else _several(attrgetter, names), rows)
        return made


_SHAPES = _Shapes()


def _names(kind: type) -> tuple[str, ...]:
    if issubclass(kind, tuple) and hasattr(kind, "_fields"):
        return cast("tuple[str, ...]", kind._fields)
    if not is_dataclass(kind) or not kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]  # there on every dataclass
        raise TypeError(f"a view holds a {kind.__name__}")
    return tuple(f.name for f in fields(kind))


def _several(getter: Callable[..., Callable[[Any], Any]], which: Iterable[Any]) -> Callable[[Any], Items]:
    """A getter of several things as a tuple, also of one or none."""
    match tuple(which):
        case ():
            return lambda _: ()
        case (one,):
            get = getter(one)
            return lambda value: (get(value),)
        case several:
            return getter(*several)
