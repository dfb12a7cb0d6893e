"""Page = template(view): Jinja, the closure of a template, the key of a page, and rendering through a store.

A template sees its view and the words of the interface and nothing else: no globals, no clock, no dynamic include. The
environment escapes always and fails on anything undefined. A page is rendered only if the store has no bytes under its key
(I2), which is made from a salt, the words, the sources of the template's closure and the canonical bytes of the view.
"""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from markupsafe import Markup

from briefgen.diagnostic import Diagnostic, error
from briefgen.pages.site import Page
from briefgen.source import Span, whole_file
from briefgen.words import Words

if TYPE_CHECKING:
    from jinja2 import Environment

T = TypeVar("T")


class Store(Protocol):
    """Where rendered pages are kept between builds, by key."""

    def get(self, key: str) -> bytes | None:
        """The bytes under a key, or None."""

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key."""


class MemoryStore:
    """A store that lasts as long as the process."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """The bytes under a key, or None."""
        return self.held.get(key)

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key."""
        self.held[key] = data


Rendered = tuple[dict[str, bytes], tuple[Diagnostic, ...]]


def render_pages(
    pages: Iterable[Page], templates: Mapping[str, str], words: Words, store: Store | None = None, salt: str = ""
) -> Rendered:
    """The bytes of every page by its URL, and what went wrong; a page whose template fails is absent.

    `salt` stands for everything else that decides the bytes (the versions of briefgen and its dependencies).
    """
    kept = store or MemoryStore()
    environment, closures = _theme(tuple(sorted(templates.items())), words)
    findings: list[Diagnostic] = []
    outputs: dict[str, bytes] = {}
    for page in pages:
        closure = closures.get(page.template) or closures.setdefault(page.template, template_closure(templates, page.template))
        findings += closure.findings
        if page.url in outputs:
            findings.append(_collision(page))
        elif not closure.findings:
            made = _page(environment, page, key(salt, (words.source, *closure.sources), page.view), kept)
            if isinstance(made, Diagnostic):
                findings.append(made)
            else:
                outputs[page.url] = made
    return outputs, tuple(dict.fromkeys(findings))


def _page(environment: Environment, page: Page, which: str, store: Store) -> bytes | Diagnostic:
    """One page, from the store or rendered."""
    held = store.get(which)
    if held is not None:
        return held
    made = _guarded(page.template, lambda: environment.get_template(page.template).render(view=page.view))
    if isinstance(made, Diagnostic):
        return made
    data = made.encode()
    store.put(which, data)
    return data


def _collision(page: Page) -> Diagnostic:
    message = f"Two pages claim the address “{page.url}”. One is perhaps the old id (`was:`) of a record that is still there."
    return error("url-collision", message, whole_file(f"site/{page.url}"))


# ---------------------------------------------------------------- templates


class Closure(NamedTuple):
    """Everything a template is made of: the sources of itself and of all it names, or what is wrong with one of them."""

    sources: tuple[str, ...]
    findings: tuple[Diagnostic, ...] = ()


@lru_cache(maxsize=2)
def _theme(templates: tuple[tuple[str, str], ...], words: Words) -> tuple[Environment, dict[str, Closure]]:
    """What follows from the templates alone: compiled once for as long as they stay the same (85 ms of a preview's rebuild)."""
    return _environment(dict(templates), words), {}


def _environment(templates: Mapping[str, str], words: Words) -> Environment:
    # jinja2 costs 50 ms to import; a build that changes nothing never gets here.
    from jinja2 import Environment, FunctionLoader, StrictUndefined

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
    )
    environment.globals.clear()
    environment.filters["t"] = words  # a constant id is resolved when the template is compiled
    del environment.filters["random"]  # a page is the same in every build
    return environment


def template_closure(templates: Mapping[str, str], name: str) -> Closure:
    """A template with all that it extends, includes and imports, itself first; only names written out are allowed."""
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
        sources[one] = templates[one]
        todo += named
    return Closure(tuple(f"{one}\0{sources[one]}" for one in (name, *sorted(sources.keys() - {name}))))


@lru_cache(maxsize=256)
def _named(name: str, source: str) -> tuple[str, ...] | Diagnostic:
    """The templates that a source names, or what is wrong with it."""
    from jinja2 import Environment, nodes

    tree = _guarded(name, lambda: Environment(autoescape=True).parse(source, name, f"templates/{name}"))
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


def _guarded(name: str, action: Callable[[], T]) -> T | Diagnostic:
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


# ---------------------------------------------------------------- keys


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


@lru_cache(maxsize=256)
def _shape(kind: type) -> tuple[bytes, tuple[str, ...]]:
    """The head and the field names of a frozen view type. Raises TypeError for any other type."""
    if not is_dataclass(kind) or not kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]  # there on every dataclass
        raise TypeError(f"a view holds a {kind.__name__}")
    names = tuple(f.name for f in fields(kind))
    return f"d{kind.__module__}.{kind.__qualname__}({','.join(names)}):".encode(), names
