"""Templates: the environment they run in, and the closure of each (all that it extends, includes and imports).

A template sees its view and the words of the interface and nothing else: no globals, no clock, no dynamic include. The
environment escapes always and fails on anything undefined. What a template raises becomes a finding here, in one place.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import CodeType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from briefgen.diagnostic import Diagnostic, error
from briefgen.pages.embedding import within
from briefgen.source import Span, whole_file
from briefgen.words import Words

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment, nodes

T = TypeVar("T")


class Closure(NamedTuple):
    """Everything a template is made of: the sources of itself and of all it names, or what is wrong with one of them."""

    sources: tuple[str, ...]
    findings: tuple[Diagnostic, ...] = ()


@lru_cache(maxsize=2)
def theme(templates: tuple[tuple[str, str], ...], words: Words) -> Environment:
    """What follows from the templates alone: compiled once for as long as they stay the same (85 ms of a preview's rebuild)."""
    return _environment(dict(templates), words)


def _environment(templates: Mapping[str, str], words: Words) -> Environment:
    # jinja2 costs 50 ms to import; a build that changes nothing never gets here.
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    from briefgen.generator import Generator

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        # The file name is what tracebacks show, so that a finding can say which template failed.
        return (templates[name], f"templates/{name}", lambda: True) if name in templates else None

    environment = Environment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=-1,
        bytecode_cache=_compiled(words),
    )
    environment.code_generator_class = Generator
    environment.globals.clear()
    environment.filters["t"] = words  # a constant id is resolved when the template is compiled
    environment.filters["within"] = within
    del environment.filters["random"]  # a page is the same in every build
    return environment


@lru_cache(maxsize=2)  # by identity of the words, which are compiled in
def _compiled(words: Words) -> BytecodeCache:
    """Templates compiled with these words: after an edit of one template the others need not be compiled again (0.1 s)."""
    from jinja2 import BytecodeCache
    from jinja2.bccache import Bucket

    class Compiled(BytecodeCache):
        def __init__(self) -> None:
            self.held: dict[str, tuple[str, CodeType]] = {}

        def load_bytecode(self, bucket: Bucket) -> None:
            checksum, code = self.held.get(bucket.key, ("", None))
            bucket.code = code if checksum == bucket.checksum else None

        def dump_bytecode(self, bucket: Bucket) -> None:
            if bucket.code is not None:
                self.held[bucket.key] = bucket.checksum, bucket.code

    return Compiled()


def template_closure(templates: Mapping[str, str], name: str, words: Words | None = None) -> Closure:
    """A template with all that it extends, includes and imports, itself first; only names written out are allowed.

    With `words`, every text that one of them asks for must be there, on whatever branch it stands.
    """
    sources: dict[str, str] = {}
    todo = [name]
    while todo:
        one = todo.pop()
        if one in sources:
            continue
        if one not in templates:
            message = f"The template “{one}” does not exist. “{name}” needs it."
            return Closure((), (error("template-error", message, whole_file(f"templates/{one}")),))
        named = _named(one, templates[one])
        if isinstance(named, Diagnostic):
            return Closure((), (named,))
        missing = _texts_missing(one, templates[one], words) if words else ()
        if missing:
            return Closure((), missing)
        sources[one] = templates[one]
        todo += named
    return Closure(tuple(f"{one}\0{sources[one]}" for one in (name, *sorted(sources.keys() - {name}))))


@lru_cache(maxsize=256)
def _named(name: str, source: str) -> tuple[str, ...] | Diagnostic:
    """The templates that a source names, or what is wrong with it."""
    from jinja2 import nodes

    tree = _tree(name, source)
    if isinstance(tree, Diagnostic):
        return tree
    found: list[str] = []
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        target = node.template  # type: ignore[attr-defined]  # all four have one
        if not isinstance(target, nodes.Const) or not isinstance(target.value, str):
            message = (
                "A template is named by an expression here. Write its name out, so that briefgen knows what a page depends on."
            )
            return error("template-error", message, _line(f"templates/{name}", node.lineno))
        found.append(target.value)
    return tuple(found)


@lru_cache(maxsize=256)
def _tree(name: str, source: str) -> nodes.Template | Diagnostic:
    from jinja2 import Environment

    return guarded(name, lambda: Environment(autoescape=True).parse(source, name, f"templates/{name}"))


@lru_cache(maxsize=256)  # many pages are made of the same templates
def _texts_missing(name: str, source: str, words: Words) -> tuple[Diagnostic, ...]:
    """What a template asks of the words of the interface in vain: a text that is not there, or one with a place left open."""
    from jinja2 import nodes

    tree = _tree(name, source)
    found: list[Diagnostic] = []
    for node in () if isinstance(tree, Diagnostic) else tree.find_all(nodes.Filter):
        if node.name == "t" and isinstance(node.node, nodes.Const):
            fault = words.fault(str(node.node.value), {"n", *(str(pair.key) for pair in node.kwargs)})
            found += [error("template-error", fault, _line(f"templates/{name}", node.lineno))] if fault else []
    return tuple(found)


def guarded(name: str, action: Callable[[], T]) -> T | Diagnostic:
    """The one place where what a template raises becomes a finding. Views are plain values, so the fault is the template's."""
    from jinja2 import TemplateError

    try:
        return action()
    except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError) as fault:
        file, line = _place(fault, name)
        return error("template-error", f"The template cannot be rendered: {_sentence(fault)}", _line(file, line))


def _place(fault: Exception, name: str) -> tuple[str, int]:
    """Template and line of a fault: where a syntax error says so, else the innermost frame that is a template's."""
    at = getattr(fault, "lineno", 0)
    if at:
        return f"templates/{getattr(fault, 'name', None) or name}", at
    found = (f"templates/{name}", 1)
    for frame in traceback.extract_tb(fault.__traceback__):
        if frame.filename.startswith("templates/"):
            found = (frame.filename, frame.lineno or 1)
    return found


def _sentence(fault: Exception) -> str:
    """What was wrong, in one line, with a full stop."""
    text = " ".join(str(getattr(fault, "message", None) or fault).split()) or type(fault).__name__
    return text if text.endswith((".", "?")) else f"{text}."


def _line(file: str, line: int) -> Span:
    return Span(file, line, 1, line, 1)
