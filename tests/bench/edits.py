"""What an editor changes, for the benchmarks: an article, a person's name, a template; in our project and in Hugo's alike.

Each edit can be made any number of times, leaves no error, can be taken back, and says on which page and by which words it is
to be seen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.bench.world import Person
from tests.kit import ROOT

APPEARANCES = 50  # pages on which the renamed person's name stands, as near as there is somebody


class Edit(NamedTuple):
    """`apply(n)` makes the edit for the n-th time; then `page` shows `words(n)`. `undo()` brings every file back."""

    name: str
    page: str
    apply: Callable[[int], None]
    words: Callable[[int], str]
    undo: Callable[[], None]


def edits(project: Path, person: Person | None = None) -> Iterator[Edit]:
    """The edits for a project of ours; the renamed person is one of the first file of persons where none is given."""
    person = person or some_person(project)
    yield _article(project)
    yield _name(project, f"actors/{person.id}.html", person.name)
    theirs = (ROOT / "templates/article.html").read_text(encoding="utf-8")
    yield _template(project, project / "templates/article.html", theirs, "{% block main %}")


def hugo_edits(project: Path, person: Person) -> Iterator[Edit]:
    """The same edits for Hugo's project of the same pages."""
    yield _article(project)
    yield _name(project, f"people/{person.id}.html", person.name)
    layout = project / "layouts/articles/page.html"
    yield _template(project, layout, layout.read_text(encoding="utf-8"), '{{ define "main" }}')


def appearing(site: Path, people: Iterable[Person], pages: int = APPEARANCES) -> Person:
    """Whose name stands on about so many pages of a site that was built; the first of those who come equally near."""
    people = list(people)
    names = {person.name for person in people}
    held: Counter[str] = Counter()
    for file in site.rglob("*.html"):
        held.update(names.intersection(re.findall(r"\b[A-Z][a-z]+ [A-Z][a-z]+\b", file.read_text(encoding="utf-8"))))
    return min(people, key=lambda person: abs(held[person.name] - pages))


def _shown(project: Path) -> Path:
    """An article that is shown in full, from the middle."""
    articles = sorted((project / "content/articles").glob("*.md"))
    shown = [a for a in articles if re.search(r'\nrights: "?us-gov"?\n', a.read_text(encoding="utf-8"))]
    return shown[len(shown) // 2]


def _article(project: Path) -> Edit:
    file = _shown(project)
    whole = file.read_text(encoding="utf-8")

    def apply(n: int) -> None:
        save(file, f"{whole.rstrip()}\n\nNobody had counted on round {_letters(n)} of the talks.\n")

    return Edit(
        "article",
        f"articles/{file.stem}.html",
        apply,
        lambda n: f"round {_letters(n)} of the talks",
        lambda: save(file, whole),
    )


def _name(project: Path, page: str, name: str) -> Edit:
    """A person is called otherwise, wherever the name stands: in the articles, so that citations hold, and in the records."""
    texts = {f: f.read_text(encoding="utf-8") for f in sorted((project / "content").rglob("*.*")) if f.suffix in (".yaml", ".md")}
    held = {f: text for f, text in texts.items() if name in text}

    def called(n: int) -> str:
        return f"{name} {_letters(n).capitalize()}"

    def apply(n: int) -> None:
        for file, text in held.items():
            save(file, text.replace(name, called(n)))

    def undo() -> None:
        for file, text in held.items():
            save(file, text)

    return Edit("name", page, apply, called, undo)


def some_person(project: Path) -> Person:
    """The last person of the first file of persons whose name is given in the block form."""
    file = sorted((project / "content/actors").glob("people*.yaml"))[0]
    *_, last = re.finditer(r"^([a-z0-9-]+):\n  name: (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return Person(last[1], last[2])


def _template(project: Path, own: Path, theirs: str, block: str) -> Edit:
    """The template of articles says one thing more; `own` is the project's, made where there is none yet."""
    before = own.read_text(encoding="utf-8") if own.exists() else None

    def apply(n: int) -> None:
        own.parent.mkdir(parents=True, exist_ok=True)
        save(own, theirs.replace(block, f"{block}<p>Edition {_letters(n)}</p>", 1))

    def undo() -> None:
        if before is None:
            own.unlink(missing_ok=True)
        else:
            save(own, before)

    return Edit("template", f"articles/{_shown(project).stem}.html", apply, lambda n: f"Edition {_letters(n)}", undo)


def _letters(n: int) -> str:
    """A number as letters, so that it is a word and no figure."""
    return "q" + "".join(chr(ord("a") + int(digit)) for digit in str(n))


def save(file: Path, text: str) -> None:
    """As vim and VS Code save: a new file takes the place of the old one."""
    beside = file.with_name(".saving.tmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)
