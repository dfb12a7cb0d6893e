"""What pages put together from the words of the interface: labels, and words that data choose.

No word stands here. Data may bring a kind, a verb or a language that the catalogue does not have: it appears as it is written,
hyphens as spaces. A project adds it to its own `templates/words/LANGUAGE.yaml` (`kinds.side-talk: Side talks`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from briefgen.model import Relation
from briefgen.pages.site import Site
from briefgen.pages.views import Label
from briefgen.words import Words


@lru_cache(maxsize=64)
def label(say: Words, code: str) -> Label:
    """A label of caution, with the sentence that explains it. Codes are those of `views.Label`."""
    return Label(code, say(f"label.{code}"), say(f"label-says.{code}"))


def word(say: Words, what: str, value: str) -> str:
    """A word that data choose: `word(say, "kind", "armed-force")` is “armed force”, and nothing is nothing."""
    id_ = f"{what}.{value.replace(' ', '-')}"
    return say(id_) if say.has(id_) else in_words(value)


def in_words(value: str) -> str:
    """A kind or verb as it is written, in words: armed-force, armed force."""
    return value.replace("-", " ")


def heading(say: Words, kind: str) -> str:
    """A kind as the heading over several: Military operations."""
    id_ = f"kinds.{kind}"
    return say(id_) if say.has(id_) else _capital(word(say, "kind", kind))


def field_label(say: Words, name: str) -> str:
    """How a field is headed."""
    id_ = f"field.{name}"
    return say(id_) if say.has(id_) else _capital(in_words(name.replace("_", "-")))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def language(say: Words, tag: str) -> str:
    """A language by its tag; the tag itself where it is not among those of the catalogue."""
    id_ = f"language.{tag.lower().split('-')[0]}"
    return say(id_) if say.has(id_) else tag


def listed(say: Words, items: Iterable[str]) -> str:
    """Several in one line: a, b, c."""
    return say("comma").join(items)


def relation(site: Site, one: Relation) -> str:
    """A relation as a sentence, with who asserts it."""
    subject, verb, object_ = site.name(one.subject), word(site.say, "verb", one.verb), site.name(one.object)
    if one.by:
        return site.say("relation-said", subject=subject, verb=verb, object=object_, by=site.name(one.by.text))
    return site.say("relation", subject=subject, verb=verb, object=object_)


def times(say: Words, number: int) -> str:
    """How often words stand in an article, as a sentence; nothing for once."""
    return "" if number < 2 else say("stands-twice") if number == 2 else say("stands", n=number)
