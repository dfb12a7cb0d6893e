"""The words of the interface: one catalogue a language, `templates/words/LANGUAGE.yaml`, English below all of them.

No word that a page prints of its own stands in Python or in a template; what sources and editors wrote is none of this. A
template says `{{ "menu" | t }}`, which Jinja resolves when it compiles the template, or `{{ "facts" | t(n=3) }}`; a page kind
says `site.say("facts", n=3)`. The plural rule is GNU gettext's (https://www.gnu.org/software/gettext/manual/, Plural forms).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from gettext import c2py

from markupsafe import Markup, escape

from briefgen.diagnostic import Diagnostic
from briefgen.load.yaml_tree import Map, Node, Scalar, Seq, parse

FOLDER = "words/"
FALLBACK = "en"
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, eq=False)  # by identity: the theme is compiled once for a catalogue
class Words:
    """A catalogue: `say(id, **values)` gives the text.

    texts    id -> the text, or its plural forms
    form     number -> which of the forms
    source   everything that decides the texts, as one string: part of the key of every page
    """

    texts: Mapping[str, tuple[str, ...]]
    form: Callable[[int], int]
    source: str

    def __call__(self, id_: str, n: int | None = None, **values: object) -> str:
        """The text with its slots filled; `n` chooses the plural form and fills {n}.

        Safe HTML as soon as one of the values is; the text itself is escaped then. Raises KeyError for an id that no catalogue
        has, or a slot without a value.
        """
        forms = self.texts[id_]
        text = forms[min(self.form(n), len(forms) - 1) if n is not None and len(forms) > 1 else 0]
        if n is not None:
            values["n"] = n
        if not values:
            return text
        if any(hasattr(v, "__html__") for v in values.values()):
            return Markup(_SLOT.sub(lambda m: escape(values[m[1]]), escape(text)))  # noqa: S704  # each part is escaped
        return _SLOT.sub(lambda m: str(values[m[1]]), text)

    def has(self, id_: str) -> bool:
        """Whether there is such a text; for ids that data make (`kind.government`)."""
        return id_ in self.texts


def read_words(templates: Mapping[str, str], language: str) -> tuple[Words, tuple[Diagnostic, ...]]:
    """The catalogue of a language over the English one, and what is wrong with either.

    `templates` is that of a snapshot; `language` a tag: `fr-CA` is looked for as such, then as `fr`.
    """
    names = dict.fromkeys((FALLBACK, language.split("-")[0], language))
    return _read(tuple((path, templates[path]) for name in names if (path := f"{FOLDER}{name}.yaml") in templates))


@lru_cache(maxsize=4)  # the preview builds over and over with the same words
def _read(files: tuple[tuple[str, str], ...]) -> tuple[Words, tuple[Diagnostic, ...]]:
    texts: dict[str, tuple[str, ...]] = {}
    findings: list[Diagnostic] = []
    rule = "0"
    for path, text in files:
        tree, found = parse(f"templates/{path}", text)
        findings += found
        entries = dict(_entries(tree))
        rule = entries.pop("plural", (rule,))[0]
        texts |= entries
    return Words(texts, c2py(rule), "\0".join(text for _, text in files)), tuple(findings)


def _entries(tree: Node | None) -> list[tuple[str, tuple[str, ...]]]:
    pairs = tree.pairs if isinstance(tree, Map) else ()
    return [(key.text, _forms(node)) for key, node in pairs]


def _forms(node: Node) -> tuple[str, ...]:
    if isinstance(node, Seq):
        return tuple(item.text for item in node.items if isinstance(item, Scalar))
    return (node.text,) if isinstance(node, Scalar) else ()
