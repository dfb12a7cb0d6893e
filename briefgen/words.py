"""The words of the interface: one catalogue a language, `templates/words/LANGUAGE.yaml`, English below all of them.

No word that a page prints of its own stands in Python or in a template; what sources and editors wrote is none of this. A
template says `{{ "menu" | t }}`, which Jinja resolves when it compiles the template, or `{{ "facts" | t(n=3) }}`; a page kind
says `site.say("facts", n=3)`. The plural rule is GNU gettext's (https://www.gnu.org/software/gettext/manual/, Plural forms).

A faulty catalogue never breaks a page: what is wrong with an entry is a finding, and the text below it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from gettext import c2py
from typing import NamedTuple

from markupsafe import Markup, escape

from briefgen.diagnostic import Diagnostic, as_in, error, has_errors, info, warning
from briefgen.frozen import dataclass
from briefgen.load.values import did_you_mean, nearest
from briefgen.load.yaml_tree import Map, Node, Scalar, Seq, parse
from briefgen.model import Value
from briefgen.source import BELOW, WORDS

FALLBACK = "en"
# Ids that data make: a project may add its own kinds, verbs and languages, which English need not know.
OPEN = ("kind.", "kinds.", "verb.", "country.", "language.", "rights.", "month-day.")
_PLURAL = "plural"
_SLOT = re.compile(r"\{([a-z]\w*)\}")
_TRIED = (*range(1001), 10**6)  # numbers for which a plural rule is tried: French and Spanish have a form for millions

Form = Callable[[int], int]
Forms = tuple[str, ...]
Files = tuple[tuple[str, str], ...]  # path and text of each catalogue


@dataclass(frozen=True, slots=True, eq=False)  # by identity: the theme is compiled once for a catalogue
class Words:
    """A catalogue: `say(id, **values)` gives the text.

    texts    id -> the text, or its plural forms
    rules    id -> the plural rule of the language that the text is in
    files    everything that decides the texts: path and text of each catalogue, the English one first
    found    what is wrong with them
    """

    texts: Mapping[str, Forms]
    rules: Mapping[str, str]
    files: Files
    found: tuple[Diagnostic, ...]

    @property
    def source(self) -> str:
        """Everything that decides the texts, as one string: part of the key of every page."""
        return "\0".join(text for _, text in self.files)

    def __reduce__(self) -> tuple[object, ...]:
        return words_of, (self.texts, self.rules, self.files, self.found)  # the same files give the very same object

    def __call__(self, id_: str, n: int | None = None, **values: object) -> str:
        """The text with its slots filled; `n` chooses the plural form and fills {n}.

        Safe HTML as soon as one of the values is; the text itself is escaped then. Raises LookupError, with a sentence, for
        an id that no catalogue has, or a slot without a value.
        """
        forms = self.texts.get(id_)
        if forms is None:
            raise LookupError(self.fault(id_, values.keys()))
        text = forms[0]
        if n is not None:
            values["n"] = n
            if len(forms) > 1:
                text = forms[min(_form(self.rules[id_])(n), len(forms) - 1)]
        if not values:
            return text
        try:
            return _filled(text, values)
        except LookupError:
            raise LookupError(self.fault(id_, values.keys())) from None

    def has(self, id_: str) -> bool:
        """Whether there is such a text; for ids that data make (`kind.government`)."""
        return id_ in self.texts

    def fault(self, id_: str, given: AbstractSet[str]) -> str:
        """What is wrong with asking for a text with these values, as a sentence; "" where nothing is."""
        if id_ not in self.texts:
            return f"There is no text “{id_}” among the words of the interface.{did_you_mean(id_, self.texts)}"
        missing = sorted(_slots(self.texts[id_]) - given)
        return f"The text “{id_}” takes {{{missing[0]}}}, and nothing is given for it here." if missing else ""


def _filled(text: str, values: Mapping[str, object]) -> str:
    for value in values.values():
        if hasattr(value, "__html__"):
            escaped = {name: escape(one) for name, one in values.items()}
            return Markup(_pattern(str(escape(text))).format(**escaped))  # noqa: S704  # text and values are escaped
    return _pattern(text).format(**values)


@lru_cache(maxsize=2048)  # a page says the same few things again and again
def _pattern(text: str) -> str:
    """A text for str.format, which is four times as fast as filling by an expression: braces that are no slot stay."""
    parts = _SLOT.split(text)
    return "".join(f"{{{part}}}" if at % 2 else part.replace("{", "{{").replace("}", "}}") for at, part in enumerate(parts))


def read_words(templates: Mapping[str, str], language: Sequence[Value] = ()) -> tuple[Words, tuple[Diagnostic, ...]]:
    """The catalogue of a language over the English one, and what is wrong with either.

    `templates` is that of a snapshot; `language` the value of site.yaml, none for English: `fr-CA` is looked for as such and
    lies over `fr`.
    """
    below = _paths(templates, FALLBACK)
    tag = language[0].text if language else FALLBACK
    main = tag.split("-")[0].lower()
    own = _paths(templates, main, tag)
    files = tuple((path, templates[path]) for path in dict.fromkeys((*below, *own)))
    words = _one_of(files, lambda: _read(files))
    if own or main == FALLBACK:
        return words, words.found
    message = f"There is no templates/{WORDS}{main}.yaml, so the words of the interface stay English."
    return words, (*words.found, info("no-catalogue", message, language[0].span))


def _paths(templates: Mapping[str, str], *names: str) -> tuple[str, ...]:
    """The catalogues of these names, a packaged one before the project's own."""
    paths = (f"{place}{WORDS}{name}.yaml" for name in names for place in (BELOW, ""))
    return tuple(path for path in paths if path in templates)


# ---------------------------------------------------------------- reading


class _Rule(NamedTuple):
    """A plural rule as it is written, and how many forms it tells apart."""

    text: str
    forms: int


@lru_cache(maxsize=16)
def _form(rule: str) -> Form:
    """A plural rule: number -> which of the forms. Raises ValueError where it is none."""
    return c2py(rule)


class _Below(NamedTuple):
    """What an entry is held against: the English texts so far, and the plural rule of its own file."""

    english: Mapping[str, Forms]
    rule: _Rule
    adds: bool  # English that lies over English: a project's own templates may need words of their own


_HELD = 4  # catalogues: the preview builds over and over with the same words, and a state that was kept brings them along
_held: dict[Files, Words] = {}


def _one_of(files: Files, make: Callable[[], Words]) -> Words:
    """The one catalogue of these files; it is made where there is none yet."""
    words = _held.get(files)
    if words is None:
        while len(_held) >= _HELD:
            del _held[next(iter(_held))]
        words = _held[files] = make()
    return words


def words_of(texts: Mapping[str, Forms], rules: Mapping[str, str], files: Files, found: tuple[Diagnostic, ...]) -> Words:
    """The words of these files, the English one first, as they were read before."""
    return _one_of(files, lambda: Words(texts, rules, files, found))


def _read(files: Files) -> Words:
    texts: dict[str, Forms] = {}
    rules: dict[str, str] = {}
    findings: list[Diagnostic] = []
    english: dict[str, Forms] = {}
    rule = _Rule("0", 1)
    for path, text in files:
        pairs, found = _pairs(path, text)
        rule, wrong = _rule(pairs, rule)
        findings += (*found, *wrong)
        is_english = path.endswith(f"{WORDS}{FALLBACK}.yaml")
        below = _Below(english, rule, is_english)
        for key, node in pairs:
            faults = tuple(_faults(key, node, below)) if key.text != _PLURAL else ()
            findings += faults
            if key.text != _PLURAL and not has_errors(faults):
                texts[key.text], rules[key.text] = _forms(node), rule.text
        english = dict(texts) if is_english else english
    return Words(texts, rules, files, tuple(findings))


def _pairs(path: str, text: str) -> tuple[tuple[tuple[Scalar, Node], ...], tuple[Diagnostic, ...]]:
    """The entries of one file."""
    tree, findings = parse(f"templates/{path}", text)
    if isinstance(tree, Map) or tree is None:
        return (tree.pairs if tree else ()), findings
    return (), (error("wrong-type", "A catalogue of words takes lines of the form `id: text`.", tree.span),)


def _rule(pairs: Iterable[tuple[Scalar, Node]], before: _Rule) -> tuple[_Rule, tuple[Diagnostic, ...]]:
    """The plural rule of a file, else that of the one before; its forms are counted by trying it."""
    node = next((node for key, node in pairs if key.text == _PLURAL), None)
    if node is None:
        return before, ()
    try:
        text = node.text if isinstance(node, Scalar) else ""
        return _Rule(text, max(map(_form(text), _TRIED)) + 1), ()
    except (ValueError, ArithmeticError, RecursionError) as fault:
        message = f"This plural rule cannot be read: {fault}. It is written as for GNU gettext, with n for the number."
        return before, (error("plural-rule", message, node.span, as_in('plural: "n == 1 ? 0 : 1"')),)


def _forms(node: Node) -> Forms:
    """A text, or its plural forms; nothing for what is neither."""
    if isinstance(node, Seq):
        return tuple(item.text for item in node.items if isinstance(item, Scalar))
    return (node.text,) if isinstance(node, Scalar) else ()


def _faults(key: Scalar, node: Node, below: _Below) -> Iterator[Diagnostic]:
    """What is wrong with one entry."""
    id_, forms = key.text, _forms(node)
    if not forms or (isinstance(node, Seq) and len(forms) < len(node.items)):
        yield error("wrong-type", f"“{id_}” takes a text, or a list of its plural forms.", node.span)
    elif isinstance(node, Scalar) and not node.text and node.style == "plain":
        yield error("empty-value", f"Nothing stands behind “{id_}:”.", node.span)
    elif id_ in below.english:
        yield from _against(id_, node, forms, below)
    elif below.english and not id_.startswith(OPEN):
        yield from _unknown(key, below)
    if isinstance(node, Seq) and len(forms) not in (0, below.rule.forms):
        forms_are = f"has {len(forms)} form{'' if len(forms) == 1 else 's'}"
        message = f"“{id_}” {forms_are}, and the rule under `plural:` gives numbers for {below.rule.forms}."
        yield error("text-forms", message, node.span)


def _unknown(key: Scalar, below: _Below) -> Iterator[Diagnostic]:
    guess = nearest(key.text, below.english, 80 if below.adds else 60)
    if guess or not below.adds:
        meant = f" Did you mean “{guess}”?" if guess else ""
        yield warning("unknown-text", f"The English catalogue has no text “{key.text}”.{meant}", key.span)


def _against(id_: str, node: Node, forms: Forms, below: _Below) -> Iterator[Diagnostic]:
    """A text against the English one: the same slots, and forms only where a number decides."""
    english = below.english[id_]
    wanted = _slots(english)
    counted = len(english) > 1 or "n" in wanted
    if isinstance(node, Seq) and not counted:
        yield error("text-forms", f"No number decides “{id_}”: it takes one text and no list of forms.", node.span)
        return
    known = wanted | {"n"} if counted else wanted
    for slot in sorted(_slots(forms) - known):
        meant = did_you_mean(slot, known)
        yield error("text-slots", f"“{id_}” has {{{slot}}}, and the English text has no such place.{meant}", node.span)
    lacking = wanted - _slots(forms) | {s for form in forms for s in wanted - {"n"} - _slots((form,))}
    for slot in sorted(lacking):
        yield error("text-slots", f"“{id_}” lacks {{{slot}}}, which the English text has.", node.span)


def _slots(forms: Forms) -> frozenset[str]:
    return frozenset(slot for form in forms for slot in _SLOT.findall(form))
