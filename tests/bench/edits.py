"""What an editor changes, for the benchmarks: an article, a person's name, a template.

Each edit can be made any number of times, leaves no error, and says on which page and by which words it is to be seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.kit import ROOT


class Edit(NamedTuple):
    """`apply(n)` makes the edit for the n-th time; then `page` shows `words(n)`."""

    name: str
    page: str
    apply: Callable[[int], None]
    words: Callable[[int], str]


def edits(project: Path) -> Iterator[Edit]:
    """The edits for a project."""
    yield _article(project)
    yield _name(project)
    yield _template(project)


def _shown(project: Path) -> Path:
    """An article that is shown in full, from the middle."""
    articles = sorted((project / "content/articles").glob("*.md"))
    shown = [a for a in articles if "\nrights: us-gov\n" in a.read_text(encoding="utf-8")]
    return shown[len(shown) // 2]


def _article(project: Path) -> Edit:
    file = _shown(project)
    text = file.read_text(encoding="utf-8").rstrip("\n")

    def apply(n: int) -> None:
        save(file, f"{text}\n\nNobody had counted on round {_letters(n)} of the talks.\n")

    return Edit("article", f"articles/{file.stem}.html", apply, lambda n: f"round {_letters(n)} of the talks")


def _name(project: Path) -> Edit:
    """A person is called otherwise, wherever the name stands: in the articles, so that citations hold, and in the records."""
    person, name = _person(project)
    texts = {f: f.read_text(encoding="utf-8") for f in sorted((project / "content").rglob("*.*")) if f.suffix in (".yaml", ".md")}
    held = {f: text for f, text in texts.items() if name in text}

    def called(n: int) -> str:
        return f"{name} {_letters(n).capitalize()}"

    def apply(n: int) -> None:
        for file, text in held.items():
            save(file, text.replace(name, called(n)))

    return Edit("name", f"actors/{person}.html", apply, called)


def _person(project: Path) -> tuple[str, str]:
    """Id and name of the last person of the first file of persons whose name is given in the block form."""
    file = sorted((project / "content/actors").glob("people*.yaml"))[0]
    *_, last = re.finditer(r"^([a-z0-9-]+):\n  name: (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return last[1], last[2]


def _template(project: Path) -> Edit:
    theirs = (ROOT / "templates/article.html").read_text(encoding="utf-8")
    own = project / "templates/article.html"

    def apply(n: int) -> None:
        own.parent.mkdir(exist_ok=True)
        save(own, theirs.replace("{% block main %}", "{% block main %}" + f"<p>Edition {_letters(n)}</p>", 1))

    return Edit("template", f"articles/{_shown(project).stem}.html", apply, lambda n: f"Edition {_letters(n)}")


def _letters(n: int) -> str:
    """A number as letters, so that it is a word and no figure."""
    return "q" + "".join(chr(ord("a") + int(digit)) for digit in str(n))


def save(file: Path, text: str) -> None:
    """As vim and VS Code save: a new file takes the place of the old one."""
    beside = file.with_name(".saving.tmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)
