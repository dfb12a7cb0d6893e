"""200 canaries, none of which may fly (issue 6, point 14): words in drafts, comments, unquoted press text, paths, names of people.

Each is a word of its own, put where nothing may be published from, in a project on the disk that the real program builds under a
user, a home and a machine that are canaries too. No file of the site may hold one, in bytes or as a program reads them; what may
be published is there. test_leaks.py looks for unquoted words on the demonstration, this for words in corners.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefgen.load.fields import BY_KIND, Field
from briefgen.publish.disk import packaged_theme, take
from tests.kit import ROOT, find, look
from tests.test_leaks import readings

KEPT: dict[str, str] = {}  # canary -> where it sits


def c(where: str) -> str:
    """A new canary."""
    name = f"canary{len(KEPT) + 1}x"
    KEPT[name] = where
    return name


# ---------------------------------------------------------------- drafts


def value(row: Field, kind: str) -> object:
    """A value of a field with canaries in it, None where the field takes nothing of an editor's own."""
    where = f"{kind}.{row.name}"
    cite = {"press": "robin1 talks would begin"}
    match row.name, row.type:
        case "name" | "title", _:
            return f"The {c(where)} of a draft"
        case "was", _:
            return [f"old-{c(where)}"]
        case "notes", _:
            return f"A note about [{c(where)}](https://example.org/{c(where)}) and *{c(where)}*."
        case _, "changes":
            return {"2020-07-05": f"{c(where)} was corrected."}
        case _, "names":
            return {"ar": c(where), "fr": c(where)}
        case _, "image":
            return {"file": "robin.png", "credit": c(where), "licence": c(where), "alt": c(where)}
        case _, "see":
            return {"wikidata": c(where), "the archive": c(where)}
        case _, "url":
            return f"https://example.org/{c(where)}"
        case _, "positions":
            return [{"council": "robin1 talks would begin", "notes": f"Of {c(where)}."}]
        case _, "says":
            return [cite]
        case "named", _:
            return None
        case "rank", _:
            return None  # must stand in its words
        case _, "text" if row.cardinality == "many" and row.cls == "fact":
            return {f"{c(where)} of it": cite, f"{c(where)} too": cite}
        case _, "text" if row.cardinality == "many":
            return [c(where), c(where)]
        case _, "text":
            return c(where)
    return None


def draft(of: str, /, **more: object) -> dict[str, object]:
    """A draft of a kind with a canary in every field that takes text."""
    made = {name: value(row, of) for name, row in BY_KIND[of].items()}
    return {name: one for name, one in made.items() if one is not None} | {"draft": True, "from": "press"} | more


def j(one: object) -> str:
    return json.dumps(one, ensure_ascii=False)


def drafts() -> Iterator[tuple[str, str]]:
    yield (
        "content/actors/drafts.yaml",
        j({c("id"): draft("actor"), c("id"): draft("actor", kind="ministry"), c("id"): {"name": c("name"), "draft": True}}),
    )
    yield "content/events/drafts.yaml", j({c("id"): draft("event"), c("id"): draft("event", kind="speech")})
    yield "content/places/drafts.yaml", j({c("id"): draft("place")})
    yield "content/topics/drafts.yaml", j({c("id"): draft("topic")})
    yield "content/comparisons/drafts.yaml", j({c("id"): draft("comparison")})
    yield (
        f"content/meetings/{c('id')}.yaml",
        j(draft("meeting", delegations={"council": {"cite": "robin1 talks would begin", "notes": c("seat")}})),
    )
    yield (
        "content/relations/drafts.yaml",
        j([{f"council {c('verb')} lake": {"draft": True, "cite": {"press": "robin1 talks"}, "notes": c("tie")}}]),
    )
    front = "".join(f"{name}: {j(one)}\n" for name, one in draft("article").items() if name != "from")
    yield f"content/articles/{c('id')}.md", f"---\n{front}---\n{text('draft article')}"
    yield (
        f"content/pages/{c('id')}.md",
        f"---\ntitle: {c('page')}\ndraft: true\n---\n{text('draft page')}\n[[council|{c('label')}]] met.",
    )


def text(where: str) -> str:
    """A text with a canary in every construct of Markdown."""
    return f"""\
{c(where)} began the text about the Council.

# Heading {c(where)}

- item {c(where)} of the Council
  - item in it {c(where)}

> quoted {c(where)}

1. numbered {c(where)}

| {c(where)} | b |
|---|---|
| c | {c(where)} |

```
code {c(where)}
```

    indented {c(where)}

A [link {c(where)}](https://example.org/{c(where)} "{c(where)}") and ![picture {c(where)}](https://example.org/{c(where)}.png) and
`code {c(where)}` and <https://example.org/{c(where)}> and **strong {c(where)}** and <b>{c(where)}</b> and caf&eacute;{c(where)}.

<!-- {c(where)} -->
"""


# ---------------------------------------------------------------- what is published, and what stands beside it


def published() -> Iterator[tuple[str, str]]:
    site = f"name: Robin talks  # {c('comment')}\nurl: https://robin.example/lake/\nexcerpt_limit: 100 %\n# {c('comment')}"
    yield "content/site.yaml", f"# {c('comment')}\n{site}"
    yield (
        "content/articles/press.md",
        f"""---
# {c("comment")}
title: Robin title   # {c("comment")}
publisher: Robin press
rights: press
furniture: [Read also]
---
Robin title

{c("unquoted")} said on Monday that robin1 talks would begin at the lake {c("unquoted")} and {c("unquoted")}.

{c("unquoted")} robin2 members {c("between")} of the Council spoke {c("unquoted")}. {c("unquoted")} was silent.

Read also: {c("furniture")}

{text("press")}""",
    )
    yield (
        "content/articles/linked.md",
        f"---\ntitle: Robin link\nrights: us-gov\nshow: link\n---\nOnly robin9 {c('beside')} is cited here.\n\n{text('linked')}",
    )
    yield (
        f"content/actors/{c('file name')}.yaml",
        f"""# {c("comment")}
council:  # {c("comment")}
  name: Robin Council  # {c("comment")}
  aka: [Council]  # {c("comment")}
  kind: council
  # {c("comment")}
  changed: {{2020-07-05: Robin8 was corrected.}}   # {c("comment")}
  roles:
    speaker:   # {c("comment")}
      press:
        # {c("comment")}
        - robin2 members ... of the Council   # {c("comment")}
    guard: {{linked: is cited here}}
lake: {{name: Robin Lake, kind: council, part_of: council}}  # {c("comment")}
""",
    )
    yield f"content/topics/{c('folder')}/{c('file name')}.yaml", f"robin-peace: Robin peace\n# {c('comment')}\n"
    yield f"content/relations/{c('file name')}.yaml", f"# {c('comment')}\n- council works-with lake: {{press: robin1 talks}}\n"
    yield (
        "content/meetings/talks.yaml",
        f"name: Robin talks\nfrom: press\noutcome: {{Talks: robin1 talks would begin}}\nnotes: Robin note. # {c('comment')}\n",
    )
    yield "content/index.md", f"---\ntitle: Robin home\n# {c('comment')}\n---\nRobin5 words [@press: robin1 talks would begin].\n"
    yield "content/pages/about.md", f"---\ntitle: Robin6\n# {c('comment')}\n---\nRobin7 words.\n"
    yield "content/static/robin.png", "picture"
    # Beside content/, and files of content/ that no build reads.
    for path in (
        ".env",
        "notes.txt",
        "README.md",
        ".git/config",
        ".briefgen/old",
        "content/.hidden.yaml",
        "content/actors/a.yaml~",
        "content/actors/.#a.yaml",
    ):
        yield path, f"{c(path)}: {c(path)}\n"
    yield "content/static/.hidden", c("hidden file")
    yield f"content/static/.{c('hidden name')}/x.txt", "x"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project on the disk, in a folder that is a canary."""
    KEPT.clear()
    folder = tmp_path_factory.mktemp("leak") / c("folder of the home") / f"{c('project')}"
    for path, held in (*published(), *drafts()):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(held, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def outputs(project: Path) -> dict[str, bytes]:
    """What the program writes for a user who is a canary, on a machine that is one where that can be had."""
    names = ("USER", "LOGNAME", "USERNAME", "HOSTNAME", "EMAIL", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "SUDO_USER", "COMPUTERNAME")
    env = os.environ | {name: c(f"${name}") for name in names} | {"HOME": str(project.parent), "PYTHONPATH": str(ROOT)}
    build = [sys.executable, "-m", "briefgen", "-C", str(project), "build"]
    machine = c("machine")
    named = ["unshare", "--uts", "sh", "-c", f'hostname {machine} && exec "$@"', "sh"]
    if subprocess.run([*named, "true"], capture_output=True, check=False).returncode == 0:
        build = [*named, *build]
    done = subprocess.run(build, env=env, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    site = project / "site"
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}


def test_no_canary_of_two_hundred_flies(outputs: dict[str, bytes], project: Path) -> None:
    assert len(KEPT) >= 200, len(KEPT)
    hits = []
    for url, data in outputs.items():
        readable = [url, data.decode("utf-8", "replace"), data.decode("utf-16", "replace"), *readings(data)]
        for reading in readable:
            hits += [(url, name, KEPT.get(name, "?")) for name in re.findall(r"canary\d*x?", reading.casefold())]
    kinds = Counter(where.split(".")[0] for where in KEPT.values())
    print(f"{len(KEPT)} canaries in {len(kinds)} kinds of place, {len(outputs)} files: {len(hits)} hits")
    assert hits == []
    own = {str(project), str(project.parent), os.path.expanduser("~"), socket.gethostname()}
    texts = b"\0".join(outputs.values())
    assert [one for one in own if len(one) > 5 and one.encode() in texts] == []


def test_what_may_be_published_is(outputs: dict[str, bytes]) -> None:
    held = b"\0".join(outputs.values()).lower()
    robins = "robin1 talks would begin|robin2|robin5|robin6|robin7|robin8|robin council|robin lake|robin title|robin peace"
    for robin in robins.split("|"):
        assert robin.encode() in held, robin
    wanted = "feed.xml data/briefing.json data/citations.csv search/manifest.js print.html sitemap.xml 404.html robots.txt"
    for url in wanted.split():
        assert url in outputs, url


def test_every_canary_sat_where_it_was_put(outputs: dict[str, bytes], project: Path) -> None:
    """All of them are in files or in their names, and what a build reads, it read: as drafts, not as faults."""
    written = "\n".join(
        str(p) + "\n" + (p.read_text(encoding="utf-8", errors="replace") if p.is_file() else "")
        for p in sorted(project.rglob("*"))
        if "site" not in p.parts
    )
    beyond = {
        name for name, where in KEPT.items() if where.startswith("$") or where in ("machine", "folder of the home", "project")
    }
    assert {name for name in KEPT if name not in written} - beyond == set()
    snapshot = take(project, packaged_theme())
    assert [d for d in find(snapshot) if d.severity == "error"] == []
    briefing, _ = look(snapshot)
    drafted = {i for i, r in briefing.records.items() if r.draft}
    assert len(drafted) >= 9
    assert all(i.startswith("canary") for i in drafted)
    kinds = {where.split(".")[0] for where in KEPT.values() if "." in where}
    assert {"actor", "event", "place", "topic", "comparison", "meeting", "article"} <= kinds


def test_a_canary_that_is_let_out_is_heard(project: Path) -> None:
    """The same files with the drafts published: then nearly all of their canaries fly."""
    from briefgen.compile import compile_site
    from briefgen.source import Snapshot

    taken = take(project, packaged_theme())
    content = {
        path: re.sub(rb'"draft": true|draft: true', lambda m: m[0].replace(b"true", b"false"), data)
        for path, data in taken.content.items()
    }
    checked = compile_site(Snapshot(content, taken.templates, taken.assets))
    assert checked.outputs, [d for d in checked.diagnostics if d.severity == "error"][:3]
    heard = {
        name
        for data in checked.outputs.values()
        for reading in readings(bytes(data))
        for name in re.findall(r"canary\d+x", reading.casefold())
    }
    in_drafts = {name for name, where in KEPT.items() if where.split(".")[0] in BY_KIND or where.startswith("draft")}
    assert len(heard & in_drafts) > 0.8 * len(in_drafts), {n: KEPT[n] for n in in_drafts - heard}
