"""Page = template(view): Jinja, the closure of a template, the key of a page, and rendering through a store.

A template sees its view and the words of the interface and nothing else: no globals, no clock, no dynamic include. The
environment escapes always and fails on anything undefined. A page is rendered only if the store has no bytes under its key
(I2), which is made from a salt, the words, the sources of the template's closure and the canonical bytes of the view.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import CodeType
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from briefgen.canonical import alike, key
from briefgen.diagnostic import Diagnostic, error
from briefgen.pages.embedding import within
from briefgen.pages.site import Page
from briefgen.source import Span, whole_file
from briefgen.words import Words

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment, nodes

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


class Printing(NamedTuple):
    """A page as it was rendered: the page, the templates and words it was rendered by, its key, its bytes."""

    page: Page
    closure: Closure
    words: Words
    key: str
    data: bytes


class Printed:
    """What the last build rendered, by URL, and the bytes that it took the place of (so that taking an edit back renders nothing).

    Pages that are alike need no key, if their templates and words are the same. `rendered` counts the pages of this build.
    """

    def __init__(self) -> None:
        self.now: dict[str, Printing] = {}
        self.replaced: dict[str, bytes] = {}
        self.rendered = 0

    def turn(self, now: dict[str, Printing]) -> None:
        """A build is done."""
        other = ((p, now.get(url)) for url, p in self.now.items() if now.get(url) is not p)
        gone = {p.key: p.data for p, after in other if after is None or after.key != p.key}
        self.replaced, self.now = gone or self.replaced, now


Rendered = tuple[dict[str, bytes], tuple[Diagnostic, ...]]


def render_pages(
    pages: Iterable[Page],
    templates: Mapping[str, str],
    words: Words,
    store: Store | None = None,
    salt: str = "",
    printed: Printed | None = None,
) -> Rendered:
    """The bytes of every page by its URL, and what went wrong; a page whose template fails is absent.

    `salt` stands for everything else that decides the bytes (the versions of briefgen and its dependencies).
    """
    environment, closures = _theme(tuple(sorted(templates.items())), words)
    press = _Press(environment, words, store or MemoryStore(), salt, printed or Printed())
    findings: list[Diagnostic] = []
    now: dict[str, Printing] = {}
    for page in pages:
        made_of = closures.get(page.template) or template_closure(templates, page.template, words)
        closure = closures.setdefault(page.template, made_of)
        findings += closure.findings
        if page.url in now:
            findings.append(_collision(page))
        elif not closure.findings:
            made = press.print(page, closure)
            if isinstance(made, Diagnostic):
                findings.append(made)
            else:
                now[page.url] = made
    press.printed.turn(now)
    return {url: p.data for url, p in now.items()}, tuple(dict.fromkeys(findings))


class _Press(NamedTuple):
    """All that turns pages into bytes in one build."""

    environment: Environment
    words: Words
    store: Store
    salt: str
    printed: Printed

    def print(self, page: Page, closure: Closure) -> Printing | Diagnostic:
        """One page: as printed last, from a store, or rendered."""
        last = self.printed.now.get(page.url)
        if last and last.words is self.words and alike(last.page, page) and last.closure == closure:
            # What is new of two that are alike is kept, because the next build will look at it.
            return last if last.page is page and last.closure is closure else last._replace(page=page, closure=closure)
        which = key(self.salt, (self.words.source, *closure.sources), page.view)
        held = last.data if last and last.key == which else self.printed.replaced.get(which)
        made = self._made(page, which) if held is None else held
        return made if isinstance(made, Diagnostic) else Printing(page, closure, self.words, which, made)

    def _made(self, page: Page, which: str) -> bytes | Diagnostic:
        held = self.store.get(which)
        if held is not None:
            return held
        self.printed.rendered += 1
        made = _guarded(page.template, lambda: self.environment.get_template(page.template).render(view=page.view))
        if isinstance(made, Diagnostic):
            return made
        data = made.encode()
        self.store.put(which, data)
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
        bytecode_cache=_compiled(words),
    )
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

    return _guarded(name, lambda: Environment(autoescape=True).parse(source, name, f"templates/{name}"))


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
