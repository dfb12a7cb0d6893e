"""Templates: the environment they run in, and the closure of each (all that it extends, includes and imports).

A template sees its view and the words of the interface and nothing else: no globals, no clock, no dynamic include. The
environment escapes always and fails on anything undefined. What a template raises becomes a finding here, in one place.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import CodeType
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from briefgen.diagnostic import Diagnostic, error
from briefgen.pages.embedding import within
from briefgen.source import Span, whole_file
from briefgen.words import Words

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

T = TypeVar("T")

_SYNTAX: dict[str, Any] = {"trim_blocks": True, "lstrip_blocks": True, "keep_trailing_newline": True}


_NAMED = "A template is named by an expression here. Write its name out, so that briefgen knows what a page depends on."


class Closure(NamedTuple):
    """Everything a template is made of: the sources of itself and of all it names, or what is wrong with one of them."""

    sources: tuple[str, ...]
    findings: tuple[Diagnostic, ...] = ()


class Codes(Protocol):
    """Where compiled templates are kept from process to process, by all that one is made of: name, source and words."""

    def get(self, made_of: Sequence[str]) -> CodeType | None:
        """The code made of this, or None."""

    def put(self, made_of: Sequence[str], code: CodeType) -> None:
        """Keep a code."""

    def __hash__(self) -> int:
        """By identity: a theme goes on with the same."""


@lru_cache(maxsize=2)
def theme(templates: tuple[tuple[str, str], ...], words: Words, codes: Codes | None = None) -> Environment:
    """What follows from the templates alone: compiled once for as long as they stay the same (85 ms of a preview's rebuild)."""
    return _environment(dict(templates), words, codes)


def _environment(templates: Mapping[str, str], words: Words, codes: Codes | None) -> Environment:
    # jinja2 costs 50 ms to import; a build that changes nothing never gets here.
    from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateNotFound

    from briefgen.generator import Generator

    class Loader(BaseLoader):
        def load(self, environment: Environment, name: str, globals: Any = None) -> Template:  # noqa: A002  # Jinja's name
            if name not in templates:
                raise TemplateNotFound(name)
            return Template.from_code(environment, _code(environment, name, templates[name], words, codes), {})

    environment = Environment(
        loader=Loader(),
        autoescape=True,
        undefined=StrictUndefined,
        optimized=False,  # what is printed is found out at once anyway; trying it everywhere is a sixth of compiling
        cache_size=-1,
        auto_reload=False,
        **_SYNTAX,
    )
    environment.code_generator_class = Generator
    environment.globals.clear()
    environment.filters["t"] = words  # a constant id is resolved when the template is compiled
    environment.filters["within"] = within
    del environment.filters["random"]  # a page is the same in every build
    return environment


def _code(environment: Environment, name: str, source: str, words: Words, codes: Codes | None) -> CodeType:
    """A template compiled: after an edit of one template the others need not be compiled again (0.1 s)."""
    held = _codes(words).get(name)
    if held is None or held[0] != source:
        made_of = (name, source, words.source)
        code = codes.get(made_of) if codes else None
        if code is None:
            code = _compiled(environment, name, source)
            if codes:
                codes.put(made_of, code)
        held = _codes(words)[name] = (source, code)
    return held[1]


def _compiled(environment: Environment, name: str, source: str) -> CodeType:
    trees = _read(name, source).trees
    # The file name is what tracebacks show, so that a finding can say which template failed.
    return environment.compile(trees.pop() if trees else source, name, f"templates/{name}")


@lru_cache(maxsize=2)  # by identity of the words, which are compiled in
def _codes(words: Words) -> dict[str, tuple[str, CodeType]]:
    return {}


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
        read = _read(one, templates[one])
        wrong = read.findings or (_texts_missing(one, templates[one], words) if words else ())
        if wrong:
            return Closure((), wrong)
        sources[one] = templates[one]
        todo += read.named
    return Closure(tuple(f"{one}\0{sources[one]}" for one in (name, *sorted(sources.keys() - {name}))))


class _Asked(NamedTuple):
    """A text of the interface that a template asks for on a line, with the names of the values it gives."""

    id: str
    given: frozenset[str]
    line: int


class _Source(NamedTuple):
    """What stands in a template: the templates it names and the texts it asks for; or what is wrong with it.

    `trees` holds the tree until it is compiled, which changes it: texts of the interface become part of it.
    """

    named: tuple[str, ...] = ()
    asked: tuple[_Asked, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    trees: list[nodes.Template] = []  # noqa: RUF012  # never added to


@lru_cache(maxsize=256)  # many pages are made of the same templates
def _read(name: str, source: str) -> _Source:
    """Read a template: once, for its closure and for the compiler."""
    from jinja2 import Environment, nodes

    tree = guarded(name, lambda: Environment(autoescape=True, **_SYNTAX).parse(source, name, f"templates/{name}"))
    if isinstance(tree, Diagnostic):
        return _Source(findings=(tree,))
    found = list(tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport, nodes.Filter)))
    asked = tuple(_asked(node) for node in found if isinstance(node, nodes.Filter) and node.name == "t")
    naming = [node for node in found if not isinstance(node, nodes.Filter)]
    targets = [(node.template, node.lineno) for node in naming]  # type: ignore[attr-defined]  # all four have one
    for target, line in targets:
        if not isinstance(target, nodes.Const) or not isinstance(target.value, str):
            return _Source(findings=(error("template-error", _NAMED, _line(f"templates/{name}", line)),))
    return _Source(tuple(target.value for target, _ in targets), tuple(filter(None, asked)), (), [tree])


def _asked(node: nodes.Filter) -> _Asked | None:
    """None for a text whose id is found only when the page is made."""
    id_ = getattr(node.node, "value", None)
    return _Asked(id_, frozenset(("n", *(str(pair.key) for pair in node.kwargs))), node.lineno) if isinstance(id_, str) else None


@lru_cache(maxsize=256)
def _texts_missing(name: str, source: str, words: Words) -> tuple[Diagnostic, ...]:
    """What a template asks of the words of the interface in vain: a text that is not there, or one with a place left open."""
    faults = ((words.fault(one.id, one.given), one.line) for one in _read(name, source).asked)
    return tuple(error("template-error", fault, _line(f"templates/{name}", line)) for fault, line in faults if fault)


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
