"""All that the tests know of the API: mini-sites in one string, and what a build finds in them.

A mini-site is a text in which `//- path` begins a file. Behind a line that must be found fault with stands a line that
begins with `//` and says so; it is no part of the file:

    rank: {Field Marshal: {palpress: Marshal Haftar}}
    //                               ^ words-not-found "nearest there"
    //@1 duplicate-key

The caret stands under the column of the finding; `//@COLUMN` says it in figures (columns 1 and 2 lie under the slashes).
Text in quotation marks must stand in the finding's message, notes or help. `info:CODE` expects a piece of information.
Every error and warning of the mini-site must be expected, and nothing else. Files of templates/ lie over the packaged theme.

Behind the path may stand how the file is written to the disk: `bom` begins it with a byte order mark, `crlf` ends its
lines as Windows does, `latin-1` encodes it so, `control` puts a bell (U+0007) wherever the picture ␇ stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from briefgen.checks import judged
from briefgen.corrected import corrected
from briefgen.diagnostic import Diagnostic, place_of
from briefgen.link import Briefing, link
from briefgen.load import load
from briefgen.report import Lines
from briefgen.source import Snapshot, laid_over
from briefgen.words import Words, read_words

if TYPE_CHECKING:
    from briefgen.compile import Checked

ROOT = Path(__file__).resolve().parent.parent
SITE = "content/site.yaml"
_EXPECTED = re.compile(
    r"//(?:@(?P<column>\d+)| *(?P<caret>\^)) (?P<info>info:)?(?P<code>[a-z0-9-]+)(?P<says>(?: +\"[^\"]*\")*)\s*$"
)


class Expected(NamedTuple):
    """One finding that a mini-site asks for."""

    file: str
    line: int
    column: int
    code: str
    info: bool
    says: tuple[str, ...]


class MiniSite(NamedTuple):
    """Files by path, the findings asked for, and the forms of files that are not plain UTF-8."""

    files: dict[str, str]
    expected: tuple[Expected, ...]
    forms: dict[str, tuple[str, ...]] = {}  # noqa: RUF012  # never changed

    def snapshot(self) -> Snapshot:
        """The files as a build takes them; a site.yaml is added where none is given."""
        files = {SITE: "name: A mini-site\n"} | self.files
        content = {path: _bytes(text, self.forms.get(path, ())) for path, text in files.items() if text != "(none)\n"}
        own = {path.removeprefix("templates/"): text for path, text in files.items() if path.startswith("templates/")}
        content = {path: data for path, data in content.items() if not path.startswith("templates/")}
        return Snapshot(content, laid_over(own, theme()[0]), theme()[1])


def _bytes(text: str, forms: tuple[str, ...]) -> bytes:
    """A file as its forms say."""
    text = text.replace("\n", "\r\n") if "crlf" in forms else text
    text = text.replace("␇", "\a") if "control" in forms else text
    data = text.encode("latin-1" if "latin-1" in forms else "utf-8")
    return b"\xef\xbb\xbf" + data if "bom" in forms else data


def theme() -> tuple[dict[str, str], dict[str, bytes]]:
    """The packaged templates and assets."""
    folder = ROOT / "templates"
    files = [p for p in sorted(folder.rglob("*")) if p.is_file()]
    html = {p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8") for p in files if p.suffix in (".html", ".yaml")}
    return html, {p.relative_to(folder).as_posix(): p.read_bytes() for p in files if p.suffix not in (".html", ".yaml")}


def english() -> Words:
    """The words of the interface in English."""
    return read_words(theme()[0])[0]


def site(text: str) -> MiniSite:
    """Read a mini-site."""
    files: dict[str, list[str]] = {}
    expected: list[Expected] = []
    forms: dict[str, tuple[str, ...]] = {}
    path = ""
    for line in text.strip("\n").split("\n"):
        if line.startswith("//- "):
            path, *how = line[4:].split()
            files[path], forms[path] = [], tuple(how)
            assert set(how) <= {"bom", "crlf", "latin-1", "control"}, f"not understood: {line}"
        elif found := _EXPECTED.match(line):
            column = int(found["column"]) if found["column"] else line.index("^") + 1
            says = tuple(re.findall(r'"([^"]*)"', found["says"]))
            expected.append(Expected(path, len(files[path]), column, found["code"], bool(found["info"]), says))
        else:
            assert not line.startswith("//"), f"not understood: {line}"
            files[path].append(line)
    return MiniSite({p: "\n".join(lines) + "\n" for p, lines in files.items()}, tuple(expected), forms)


def demo() -> Snapshot:
    """The demonstration site."""
    folder = ROOT / "content"
    content = {p.relative_to(ROOT).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
    return Snapshot(content, *theme())


def find(snapshot: Snapshot) -> tuple[Diagnostic, ...]:
    """What load and the rules find (no pages are made)."""
    return look(snapshot)[1]


def run_checks(briefing: Briefing) -> tuple[Diagnostic, ...]:
    """What every rule finds."""
    return tuple(finding for held in judged(briefing).values() for finding in held)


def canonical_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sorted by place, without repetitions: what a build gives, however it comes by it."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=place_of))


def look(snapshot: Snapshot) -> tuple[Briefing, tuple[Diagnostic, ...]]:
    """The linked briefing and the findings."""
    documents, found = load(snapshot)
    briefing = link(documents)
    words = read_words(snapshot.templates, briefing.site.all("language"))[1]
    return briefing, canonical_order(found + run_checks(briefing) + words)


def build(snapshot: Snapshot) -> Checked:
    """The whole line."""
    from briefgen.compile import compile_site

    return compile_site(snapshot)


def told(finding: Diagnostic, files: Mapping[str, bytes]) -> str:
    """Everything that a finding says, in a project of these files."""
    return "\n".join((finding.message, *(n.text for n in finding.notes), helped(finding, files)))


def helped(finding: Diagnostic, files: Mapping[str, bytes]) -> str:
    """The corrected lines that a finding shows, in a project of these files."""
    return corrected(finding, Lines(files).get).text


def mismatches(mini: MiniSite) -> list[str]:
    """Where findings and expectations part; empty where all is as written."""
    snapshot = mini.snapshot()
    files = {**snapshot.content, **{f"templates/{name}": text.encode() for name, text in snapshot.templates.items()}}
    found = find(snapshot)
    seen: set[Diagnostic] = set()
    wrong = []
    for want in mini.expected:
        hits = [
            d
            for d in found
            if d not in seen
            and (d.span.file, d.span.line, d.span.col, d.code) == (want.file, want.line, want.column, want.code)
            and (d.severity == "info") == want.info
            and all(s in told(d, files) for s in want.says)
        ]
        if hits:
            seen.add(hits[0])
        else:
            wrong.append(f"expected and not found: {want}")
    wrong += [f"found and not expected: {d}" for d in found if d.severity != "info" and d not in seen]
    return wrong


class Case(NamedTuple):
    """A fenced mini-site of a Markdown file under its nearest heading."""

    name: str
    heading: str
    mini: MiniSite


def cases(path: Path) -> Iterator[Case]:
    """Every ```site block of a Markdown file."""
    heading = ""
    block: list[str] | None = None
    count = 0
    for line in path.read_text(encoding="utf-8").split("\n"):
        if block is None and line.startswith("#"):
            heading, count = line.lstrip("# "), 0
        elif block is None and line == "```site":
            block = []
        elif block is not None and line == "```":
            count += 1
            yield Case(f"{path.stem}: {heading} ({count})", heading, site("\n".join(block)))
            block = None
        elif block is not None:
            block.append(line)
