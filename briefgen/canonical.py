"""Canonical bytes of the values of views: equal values have equal bytes, and values that differ never share them (I2).

No pickle, no `repr`, no hash of Python's: the bytes are the same in every process. Views hold strings, safe HTML, whole
numbers, booleans, None, tuples and frozen dataclasses, and nothing else (I1).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import cast

from markupsafe import Markup


def key(salt: str, sources: Iterable[str], view: object) -> str:
    """The key of a page: a digest of everything that decides its bytes (SHA-256, hex)."""
    parts: list[bytes] = []
    _walk(salt, parts)
    _walk(tuple(sources), parts)
    _walk(view, parts)
    return hashlib.sha256(b"".join(parts)).hexdigest()


def _walk(value: object, parts: list[bytes]) -> None:
    """Canonical bytes of a view: each value with its type and length, so that different views never share bytes (I2).

    Raises TypeError for anything a view may not hold (I1).
    """
    if isinstance(value, str):
        data = value.encode("utf-8", "surrogatepass")
        parts += (b"m" if isinstance(value, Markup) else b"s", b"%d:" % len(data), data)
    elif value is None or isinstance(value, (bool, int)):
        parts.append(f"{type(value).__name__[0]}{value};".encode())
    elif type(value) is tuple:
        parts.append(b"t%d:" % len(value))
        for item in value:
            _walk(item, parts)
    else:
        head, names = _shape(type(value))  # type: ignore[arg-type]  # mypy does not see that a class is hashable
        parts.append(head)
        for name in names:
            _walk(getattr(value, name), parts)


def alike(one: object, other: object) -> bool:
    """Whether two values of views have the same canonical bytes: told without making them, and at once for what is one object."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, tuple):
        return len(one) == len(cast("tuple[object, ...]", other)) and all(map(alike, one, cast("tuple[object, ...]", other)))
    if one is None or isinstance(one, (str, bool, int)):
        return one == other
    names = _shape(type(one))[1]  # type: ignore[arg-type]  # as above
    return all(alike(getattr(one, name), getattr(other, name)) for name in names)


@lru_cache(maxsize=256)
def _shape(kind: type) -> tuple[bytes, tuple[str, ...]]:
    """The head and the field names of a frozen view type. Raises TypeError for any other type."""
    if not is_dataclass(kind) or not kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]  # there on every dataclass
        raise TypeError(f"a view holds a {kind.__name__}")
    names = tuple(f.name for f in fields(kind))
    return f"d{kind.__module__}.{kind.__qualname__}({','.join(names)}):".encode(), names
