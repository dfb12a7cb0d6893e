"""Small faults for the guarding code: one source text in, every faulty version of it out. Runs nothing.

A fault is one that a person might make: a comparison off by one or turned round, `and` for `or`, a condition left out, a
number one too many, a character missing from a table or a pattern, a call, a `raise` or a keyword left out, another result.
Not touched are sentences for readers (their wording is no guard), docstrings, annotations, decorators, and branches that
this system never takes (TYPE_CHECKING, Windows).
"""

from __future__ import annotations

import ast
import re
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import zip_longest
from typing import Any, NamedTuple

_COMPARES: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_SUMS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_TWINS = {"min": "max", "max": "min", "any": "all", "all": "any"}
_TIDYING = ("strip", "rstrip", "lstrip", "lower", "casefold", "resolve")
_SENTENCE = re.compile(r"[A-Za-z]{2,}[,.:;)]* \(?[a-z]{2,}")
_ELSEWHERE = ("TYPE_CHECKING", "sys.platform == 'win32'")
_LEFT_ALONE = ("annotation", "returns", "decorator_list", "bases", "type_params")


class Mutant(NamedTuple):
    """One fault: the function it is in, the line before and after, and the whole faulty source."""

    where: str
    before: str
    after: str
    source: str


class _Change(NamedTuple):
    """What to put where: `holder.field`, or `holder.field[at]`."""

    holder: ast.AST
    field: str
    at: int | None
    new: Any


def mutants(source: str, only: tuple[str, ...] = ()) -> Iterator[Mutant]:
    """Every faulty version of a module; `only` names the functions (and "" for the module's own lines) to be looked at."""
    tree = ast.parse(source)
    sound = ast.unparse(tree)
    seen = {sound}
    for where, change in _changes(tree, ""):
        if only and where.split(".")[-1] not in only:
            continue
        with _made(change):
            text = ast.unparse(tree)
        if text not in seen:
            seen.add(text)
            yield Mutant(where, *_apart(sound.split("\n"), text.split("\n")), text)


def _apart(old: list[str], new: list[str]) -> tuple[str, str]:
    """The lines in which two texts differ, each in one line."""
    start = next(n for n, (one, other) in enumerate(zip_longest(old, new)) if one != other)
    most = min(len(old), len(new)) - start
    same = next((n for n in range(most) if old[-1 - n] != new[-1 - n]), most)
    before, after = (" ".join(line.strip() for line in lines[start : len(lines) - same]) for lines in (old, new))
    return before, after


@contextmanager
def _made(change: _Change) -> Iterator[None]:
    old = getattr(change.holder, change.field)
    if change.at is None:
        setattr(change.holder, change.field, change.new)
    else:
        setattr(change.holder, change.field, [*old[: change.at], *change.new, *old[change.at + 1 :]])
    try:
        yield
    finally:
        setattr(change.holder, change.field, old)


def _changes(node: ast.AST, where: str) -> Iterator[tuple[str, _Change]]:
    """Every change below a node, with the function that it is made in."""
    for field, value in ast.iter_fields(node):
        if field in _LEFT_ALONE or _never_taken(node, field):
            continue
        for index, child in enumerate(value) if isinstance(value, list) else ((None, value),):
            if not isinstance(child, ast.AST) or _is_words(child):
                continue
            name = f"{where}.{child.name}".strip(".") if isinstance(child, (ast.FunctionDef, ast.ClassDef)) else where
            for new in _instead(child, field):
                yield name, _Change(node, field, index, new if index is None or isinstance(new, list) else [new])
            yield from _changes(child, name)


def _never_taken(node: ast.AST, field: str) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) in _ELSEWHERE and field in ("test", "body")


def _is_words(node: ast.AST) -> bool:
    """Docstrings, sentences for readers, type aliases for the checker."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if isinstance(node, ast.JoinedStr):
        return any(_is_words(part) for part in node.values)
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(_SENTENCE.search(node.value))


def _instead(node: ast.AST, field: str) -> Iterator[Any]:
    """What may stand in the place of a node."""
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            yield from (ast.Compare(left, [other()], [right]) for other in _COMPARES[type(op)])
        case ast.Compare(left=left, ops=ops, comparators=rights):
            for n, op in enumerate(ops):
                yield from (ast.Compare(left, [*ops[:n], other(), *ops[n + 1 :]], rights) for other in _COMPARES[type(op)])
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            for n in range(len(values)):
                rest = [*values[:n], *values[n + 1 :]]
                yield rest[0] if len(rest) == 1 else ast.BoolOp(op, rest)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _SUMS and not _is_text(left, right):
            yield ast.BinOp(left, _SUMS[type(op)](), right)
        case ast.IfExp(body=body, orelse=orelse):
            yield from (body, orelse)
        case ast.Constant():
            yield from (ast.Constant(value) for value in _constants(node.value))
        case ast.Call():
            yield from _calls(node)
        case ast.Tuple(elts=elts, ctx=ast.Load()) if len(elts) > 1 and all(isinstance(e, ast.Attribute) for e in elts):
            yield from (ast.Tuple([*elts[:n], *elts[n + 1 :]], ast.Load()) for n in range(len(elts)))
        case ast.stmt() | ast.ExceptHandler():
            yield from _statements(node)
    if field in ("test", "ifs") and not isinstance(node, (ast.Compare, ast.BoolOp, ast.UnaryOp)) and isinstance(node, ast.expr):
        yield ast.UnaryOp(ast.Not(), node)


def _is_text(*nodes: ast.AST) -> bool:
    return any(isinstance(n, (ast.JoinedStr, ast.Tuple, ast.List)) or _is_string(n) for n in nodes)


def _is_string(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes))


def _constants(value: object) -> Iterator[int | str | bytes]:
    match value:
        case bool():
            yield not value
        case int():
            yield value + 1
            yield value - 1
        case str() | bytes() if not value:
            yield "x" if isinstance(value, str) else b"x"
        case str():
            yield from _shorter(value)
        case bytes():
            yield value[:-1]


def _shorter(text: str) -> Iterator[str]:
    """A text without one of its characters: one try for each eight of them, at places that are always the same."""
    for n in range(1 + len(text) // 8):
        at = zlib.crc32(f"{n}{text}".encode("utf-8", "surrogatepass")) % len(text)
        short = text[:at] + text[at + 1 :]
        if _compiles(short) or not _compiles(text):
            yield short


def _compiles(pattern: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(pattern)
    except re.error:
        return False
    return True


def _calls(node: ast.Call) -> Iterator[ast.expr]:
    """A call with its counterpart's name, without tidying up, without a condition on what it is given."""
    match node.func:
        case ast.Name(id=name) if name in _TWINS:
            yield ast.Call(ast.Name(_TWINS[name], ast.Load()), node.args, node.keywords)
        case ast.Name(id="suppress"):
            yield ast.Call(node.func, [], [])
        case ast.Attribute(value=value, attr=attr) if attr in _TIDYING:
            yield value
    for n, keyword in enumerate(node.keywords):
        if keyword.arg in ("default", "help", None) or _is_switch(keyword.value):
            continue  # a default is no question of guarding, and a switch is turned round elsewhere
        yield ast.Call(node.func, node.args, [*node.keywords[:n], *node.keywords[n + 1 :]])


def _is_switch(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, bool)


def _statements(node: ast.stmt | ast.ExceptHandler) -> Iterator[Any]:
    match node:
        case ast.Expr() | ast.Raise() | ast.AugAssign() | ast.Continue() | ast.Break() | ast.Delete():
            yield [ast.Pass()]
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield [ast.Pass()]
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield [ast.Return(_other_result(value))]
        case ast.ExceptHandler(type=kind, name=name, body=body) if not isinstance(body[-1], ast.Raise):
            yield ast.ExceptHandler(kind, name, [ast.Raise()])


def _other_result(value: ast.expr) -> ast.expr:
    if isinstance(value, (ast.Compare, ast.BoolOp)) or (isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.Not)):
        return ast.UnaryOp(ast.Not(), value)
    if isinstance(value, ast.Constant) and isinstance(value.value, bool):
        return ast.Constant(not value.value)
    return ast.Constant(None)
