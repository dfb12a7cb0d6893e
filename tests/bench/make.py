"""A briefing of N pages in our own format, the same bytes for the same size: what the benchmarks build.

No fact is without a citation, and every citation stands in its article: the briefing gives no error and no warning, so that all
of the verification runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.bench.world import PHRASES, TOPICS, Article, Body, Person, Round, Said, World, day_name, world


def write(folder: Path, pages: int, seed: int = 1) -> None:
    """Make the briefing's content/ in a folder."""
    lay_down(folder / "content", files(pages, seed))


def lay_down(folder: Path, files: Iterator[tuple[str, str]]) -> None:
    """Write files, given by their paths below the folder."""
    for path, text in files:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def files(pages: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Every file, by its path below content/."""
    made = world(pages, seed)
    yield "site.yaml", "name: A briefing of invented talks\ndescription: Made to be measured.\nurl: https://example.org/bench/\n"
    yield "index.md", "---\ntitle: What the talks came to\n---\n\n" + _index(made)
    yield "topics/topics.yaml", "".join(f"{i}:\n  name: {name}\n" for i, name in TOPICS.items())
    for article in made.articles:
        yield f"articles/{article.id}.md", _article(article)
    yield from _actors(made)
    for one in made.rounds:
        yield f"meetings/{one.id}.yaml", _meeting(one)
        yield f"delegations/{one.id}.yaml", _delegations(one)


def _article(article: Article) -> str:
    front = "".join(f"{key}: {value}\n" for key, value in article.head.items())
    return f"---\n{front}---\n\n{article.text}"


def _index(made: World) -> str:
    one = made.rounds[-1]
    first, second = one.sides[0][0], one.sides[1][0]
    return (
        f"The last round was between the [[{first.id}]] and the [[{second.id}]].\n\n"
        f"- The talks took place online. [@{one.article}: held a round of talks that took place online]\n"
        f"- {one.sides[0][1][0][0].name} was there.\n"
    )


def _actors(made: World) -> Iterator[tuple[str, str]]:
    """Fifty records to a file."""
    people = [_person(n, p, made, made.said[p.id]) for n, p in enumerate(made.people)]
    bodies = [_organisation(n, b, made, made.said[b.id]) for n, b in enumerate(made.bodies)]
    for name, records in (("people", people), ("bodies", bodies)):
        for start in range(0, len(records), 50):
            yield f"actors/{name}-{start // 50 + 1:04}.yaml", "".join(records[start : start + 50])


def _person(n: int, person: Person, made: World, said: Said) -> str:
    body = made.bodies[n % len(made.bodies)]
    return f"{person.id}:\n  name: {person.name}\n  org:\n    {body.id}:\n      {said.article}: {said.words}\n"


def _organisation(n: int, body: Body, made: World, said: Said) -> str:
    leader = made.people[n % len(made.people)]
    facts = f"  leader:\n    {leader.id}:\n      {said.article}: {said.words}\n"
    return f"{body.id}:\n  name: {body.name}\n  kind: {body.kind}\n{facts}"


def _meeting(one: Round) -> str:
    (first, _), (second, _) = one.sides
    lines = [
        f"name: {one.name}",
        f"from: {one.article}",
        f"date:\n  {one.day.isoformat()}: On {day_name(one.day)}, {one.day.year}",
        "format:\n  virtual: held a round of talks that took place online",
        "topics:",
        *(f"  {t}: {PHRASES[t]}" for t in one.topics),
        "positions:",
        *(f"  - {b.id}: affirmed {PHRASES[t]}\n    about: [{t}]" for b, t in ((first, one.topics[0]), (second, one.topics[1]))),
    ]
    return "\n".join(lines) + "\n"


def _delegations(one: Round) -> str:
    lines = [f"from: {one.article}"]
    for body, seats in one.sides:
        lines.append(f"{body.id}:")
        lines += [f"  {person.id}: {post}" for person, post in seats]
    return "\n".join(lines) + "\n"
