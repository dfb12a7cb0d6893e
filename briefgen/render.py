"""Page = template(view): the key of a page, and rendering through a store.

A page is rendered only if the store has no bytes under its key (I2), which is made from a salt, the words, the sources of the
template's closure and the canonical bytes of the view. What was printed before may have come without its view (`AWAY`): its
key says whether it is still the same page. Where the last build told its pages apart in groups, only the groups that are others
now are looked at.

A file of data comes in pieces (`pieces.py`) and without a template: there is nothing to render, and its key is that of the pieces.
A page that is bound (`binding.py`) is rendered part by part; its key is made of theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from briefgen.binding import APART, Bound, bind
from briefgen.canonical import alike, key
from briefgen.checks.outlines import Outline, outline
from briefgen.diagnostic import Diagnostic, error
from briefgen.outputs import Content, Outputs
from briefgen.pages.groups import Group, Pages, printable, same_addresses
from briefgen.pages.site import Page
from briefgen.patched import patched
from briefgen.pieces import Joined, Pieces
from briefgen.source import whole_file
from briefgen.tables import Revised, changes
from briefgen.theme import Closure, Codes, guarded, template_closure, theme
from briefgen.words import Words

if TYPE_CHECKING:
    from jinja2 import Environment


class Store(Protocol):
    """Where rendered pages are kept between builds, by key."""

    def get(self, key: str) -> Content | None:
        """What is under a key, or None."""

    def put(self, key: str, content: Content) -> Content:
        """Keep bytes under a key; returns them as they are kept."""


class MemoryStore:
    """A store that lasts as long as the process."""

    def __init__(self) -> None:
        self.held: dict[str, Content] = {}

    def get(self, key: str) -> Content | None:
        """What is under a key, or None."""
        return self.held.get(key)

    def put(self, key: str, content: Content) -> Content:
        """Keep bytes under a key."""
        self.held[key] = content
        return content


class Away(NamedTuple):
    """Stands for a view that nobody kept."""


AWAY = Away()


class Printing(NamedTuple):
    """A page as it was rendered: the page, the templates and words it was rendered by, its key, its bytes, its outline."""

    page: Page
    closure: Closure
    words: Words
    key: str
    content: Content
    outline: Outline | None


class Printed:
    """What the last build rendered, by URL, and the bytes that it took the place of (so that taking an edit back renders nothing).

    Pages that are alike need no key, if their templates and words are the same. `rendered` counts the pages of this build; one that
    is bound counts once, however many of its parts were rendered. `groups` are those of the pages, if all went well, and `contents`
    their bytes; parts stand in `now` alone.
    """

    def __init__(self) -> None:
        self.now: dict[str, Printing] = {}
        self.groups: tuple[Group, ...] = ()
        self.contents: Revised[str, Content] = Revised({})
        self.replaced: dict[str, Content] = {}
        self.rendered = 0
        self.theme: tuple[Mapping[str, str], Words] | None = None
        self.closures: dict[str, Closure] = {}

    def turn(self, now: dict[str, Printing]) -> None:
        """A build is done, and these are all of its pages."""
        self._replace(self.now, {url: now.get(url) for url, held in self.now.items() if now.get(url) is not held})
        self.now, self.contents = now, Revised(files_of(now))

    def turn_some(self, fresh: dict[str, Printing], parts: dict[str, Printing]) -> None:
        """A build is done, and all pages but these are as they were; where any was bound, `parts` are all there are."""
        lost = [url for url in self.now if APART in url and url not in parts] if parts else []
        self._replace(self.now, {**fresh, **parts, **dict.fromkeys(lost)})
        self.now |= fresh | parts
        for url in lost:
            del self.now[url]
        held = self.contents
        self.contents = patched(held, {url: one.content for url, one in fresh.items() if held[url] is not one.content})

    def _replace(self, before: Mapping[str, Printing], after: Mapping[str, Printing | None]) -> None:
        other = ((before[url], held) for url, held in after.items() if url in before)
        gone = {p.key: p.content for p, held in other if held is None or held.key != p.key}
        self.replaced = gone or self.replaced

    def outline(self, url: str) -> Outline | None:
        """The outline of a page that was rendered."""
        held = self.now.get(url)
        return held.outline if held else None

    def is_under(self, templates: Mapping[str, str], words: Words) -> bool:
        """Whether the last build had these very templates and words."""
        return self.theme is not None and self.theme[1] is words and self.theme[0] == templates

    def under(self, templates: Mapping[str, str], words: Words) -> dict[str, Closure]:
        """The closures found so far, which hold for these very templates and words."""
        if not self.is_under(templates, words):
            self.theme, self.closures = (templates, words), {}
        return self.closures


def files_of(printed: Mapping[str, Printing]) -> dict[str, Content]:
    """The bytes of those that are files, and no parts of one."""
    return {url: one.content for url, one in printed.items() if APART not in url}


_NO_CLOSURE = Closure(())

Rendered = tuple[Outputs, tuple[Diagnostic, ...]]


def render_pages(
    pages: Iterable[Page],
    templates: Mapping[str, str],
    words: Words,
    store: Store | None = None,
    salt: str = "",
    printed: Printed | None = None,
) -> Rendered:
    """The bytes of every page by its URL, and what went wrong; a page whose template fails is absent. See `Press`."""
    return Press(templates, words, store, salt, printed).print_all(pages)


class Press:
    """All that turns pages into bytes in one build.

    `salt` stands for everything else that decides the bytes (the versions of briefgen and its dependencies). `is_new` says that
    templates or words are others than in the last build.
    """

    def __init__(
        self,
        templates: Mapping[str, str],
        words: Words,
        store: Store | None = None,
        salt: str = "",
        printed: Printed | None = None,
        codes: Codes | None = None,
    ) -> None:
        self.templates, self.words, self.salt, self.codes = templates, words, salt, codes
        self.store = store or MemoryStore()
        self.printed = printed or Printed()
        self.is_new = not self.printed.is_under(templates, words)
        self._closures = self.printed.under(templates, words)
        self._heads: dict[str, str] = {}
        self._parts: dict[str, Printing] = {}  # of the pages that were bound in this build

    def print_all(self, pages: Iterable[Page]) -> Rendered:
        """See `render_pages`."""
        groups: tuple[Group, ...] = pages.groups if isinstance(pages, Pages) else ({"": tuple(pages)},)
        findings = () if self._printed_some(groups) else self._printed(groups)
        self.printed.groups = () if findings else groups
        return Outputs(self.printed.contents), findings

    def _printed(self, groups: tuple[Group, ...]) -> tuple[Diagnostic, ...]:
        findings: list[Diagnostic] = []
        now: dict[str, Printing] = {}
        for page in Pages(groups):
            if page.url in now:
                findings.append(_collision(page))
                continue
            made = self.print(page)
            if isinstance(made, Printing):
                now[page.url] = made
            else:
                findings += made
        self.printed.turn(now | self._parts)
        return tuple(dict.fromkeys(findings))

    def _printed_some(self, groups: tuple[Group, ...]) -> bool:
        """Print what is another page than in the last build; False where that is not all there is to do."""
        last, fresh = self.printed.groups, dict[str, Printing]()
        if self.is_new or not same_addresses(last, groups):  # a page that came may claim the address of another
            return False
        for before, after in zip(last, groups, strict=True):
            for page in (page for part in changes(before, after) for page in printable(after[part])):
                made = self.print(page)
                if not isinstance(made, Printing):
                    return False
                fresh[page.url] = made
        self.printed.turn_some(fresh, self._parts)
        return True

    def print(self, page: Page) -> Printing | tuple[Diagnostic, ...]:
        """One page: as printed last, from a store, or rendered; or what is wrong with its template."""
        if isinstance(page.view, Pieces):
            return self._laid_together(page, page.view)
        if isinstance(page.view, Bound):
            return self._bound(page, page.view)
        closure, last = self.closure(page.template), self.printed.now.get(page.url)
        if closure.findings:
            return closure.findings
        if last and not self._is_outdated(last, closure) and (last.page is page or alike(last.page, page)):
            # What is new of two that are alike is kept, because the next build will look at it.
            return last if last.page is page and last.closure is closure else last._replace(page=page, closure=closure)
        which = key(self._head(page.template, closure), (), page.view)
        if last and last.key == which:
            return last._replace(page=page, closure=closure, words=self.words)
        content = self.printed.replaced.get(which) or self.store.get(which)
        data = content.read() if content else self._rendered(page)
        if isinstance(data, Diagnostic):
            return (data,)
        read = outline(data.decode()) if page.url.endswith(".html") else None
        return Printing(page, closure, self.words, which, content or self.store.put(which, Content(data)), read)

    def _laid_together(self, page: Page, pieces: Pieces) -> Printing:
        last = self.printed.now.get(page.url)
        if last and isinstance(last.page.view, Pieces) and last.page.view.key == pieces.key:
            return last if last.page is page else last._replace(page=page)
        # Not for the store: what it is made of is known from build to build, and 24 MB would be laid down there at each edit.
        return Printing(page, _NO_CLOSURE, self.words, pieces.key, Joined(pieces), None)

    def _bound(self, page: Page, given: Bound) -> Printing | tuple[Diagnostic, ...]:
        last, pages = self.printed.now.get(page.url), [cast("Page", one) for one in (given.shell, *given.parts)]
        if last and last.page is page and not self.is_new:
            self._parts |= {one.url: self.printed.now[one.url] for one in pages}
            return last
        made = [self.print(one) for one in pages]
        sheets = [one for one in made if isinstance(one, Printing)]
        if len(sheets) < len(made):
            return tuple(dict.fromkeys(finding for one in made if not isinstance(one, Printing) for finding in one))
        self._parts |= {one.page.url: one for one in sheets}
        which = key(self.salt, [one.key for one in sheets], given.bundles)
        if last and last.key == which:
            return last._replace(page=page)
        content = self.printed.replaced.get(which) or self.store.get(which)
        if content is None:
            self.printed.rendered += 1
            shell, *parts = (one.content.read().decode() for one in sheets)
            whole = guarded(page.template, lambda: bind(shell, parts, given.bundles))
            if isinstance(whole, Diagnostic):
                return (whole,)
            content = self.store.put(which, Content(whole.encode()))
        return Printing(page, _NO_CLOSURE, self.words, which, content, outline(content.read().decode()))

    def take(self, page: Page, which: str, content: Content, read: Outline | None) -> None:
        """A page that was printed elsewhere, by these templates and words."""
        closure, kept = self.closure(page.template), self.store.put(which, content)
        self.printed.now[page.url] = Printing(page, closure, self.words, which, kept, read)

    def is_lost(self, page: Page) -> bool:
        """Whether a page would have to be rendered that came without its view."""
        last = self.printed.now.get(page.url)
        return isinstance(page.view, Away) and (last is None or self._is_outdated(last, self.closure(page.template)))

    def _is_outdated(self, last: Printing, closure: Closure) -> bool:
        return last.words is not self.words or (last.closure is not closure and last.closure != closure)

    def closure(self, template: str) -> Closure:
        """What a template is made of."""
        held = self._closures.get(template)
        if held is None:
            held = self._closures[template] = template_closure(self.templates, template, self.words)
        return held

    def _head(self, template: str, closure: Closure) -> str:
        """What the keys of all pages of one template have in common."""
        held = self._heads.get(template)
        if held is None:
            held = self._heads[template] = key(self.salt, (self.words.source, *closure.sources), ())
        return held

    def _rendered(self, page: Page) -> bytes | Diagnostic:
        self.printed.rendered += APART not in page.url
        made = guarded(page.template, lambda: self._environment.get_template(page.template).render(view=page.view))
        return made if isinstance(made, Diagnostic) else made.encode()

    @cached_property
    def _environment(self) -> Environment:
        return theme(tuple(sorted(self.templates.items())), self.words, self.codes)


def _collision(page: Page) -> Diagnostic:
    message = f"Two pages claim the address “{page.url}”. One is perhaps the old id (`was:`) of a record that is still there."
    return error("url-collision", message, whole_file(f"site/{page.url}"))
