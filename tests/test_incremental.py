"""I3: after any sequence of edits an incremental build gives what a clean build gives, byte for byte, findings included.

And it does no more than that: what is done again is counted (DESIGN, convention 14).
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from briefgen.binding import APART
from briefgen.compile import Checked, Known, compile_site
from briefgen.load.files import Result
from briefgen.load.memo import LastMemo
from briefgen.outputs import Outputs
from briefgen.pages import KINDS
from briefgen.pages.articles import article_index
from briefgen.pages.corrections import corrections
from briefgen.pages.differences import differences
from briefgen.pages.home import home
from briefgen.pages.other import redirects
from briefgen.publish.kept import Kept, read_state, write_state
from briefgen.publish.store import PageStore
from briefgen.remaking import alone
from briefgen.render import MemoryStore
from briefgen.source import BELOW, Snapshot, is_catalogue
from tests.kit import site
from tests.pagekit import SMALL

STEPS = int(os.environ.get("STEPS", "50"))  # of each of the eight sequences; by hand with more
FAULT = "- us knows shadow: {wire: the LNA and the United States met virtually}\n"  # it names a draft
Files = dict[str, str]


class Memo:
    """What each file gave the last time (`load.Memo`), as the preview keeps it."""

    def __init__(self) -> None:
        self.held: dict[str, tuple[bytes, frozenset[str], Result]] = {}

    def get(self, path: str, data: bytes, articles: frozenset[str]) -> Result | None:
        held = self.held.get(path)
        return held[2] if held and held[:2] == (data, articles) else None

    def put(self, path: str, data: bytes, articles: frozenset[str], result: Result) -> None:
        self.held[path] = (data, articles, result)


class Desk:
    """A briefing that is built over and over. `clean` builds share rendered bytes by key and nothing else."""

    def __init__(self) -> None:
        whole = site(SMALL.replace(FAULT, "")).snapshot()
        self.good: Files = {path: data.decode() for path, data in whole.content.items()}
        self.good |= {f"templates/{name}": text for name, text in whole.templates.items()}
        self.files = dict(self.good)
        # As in every project: whatever befalls a catalogue, the packaged one lies below it.
        self.below = {f"{BELOW}{name}": text for name, text in whole.templates.items() if is_catalogue(name)}
        self.assets = whole.assets
        self.known, self.memo, self.store = Known(), Memo(), MemoryStore()
        self.failed = False

    def snapshot(self) -> Snapshot:
        content = {path: text.encode() for path, text in self.files.items() if path.startswith("content/")}
        looks = {path.removeprefix("templates/"): text for path, text in self.files.items() if path.startswith("templates/")}
        return Snapshot(content, self.below | looks, self.assets)

    def build(self) -> Checked:
        return compile_site(self.snapshot(), None, self.memo, self.known)

    def clean(self) -> Checked:
        return compile_site(self.snapshot(), self.store)


# ---------------------------------------------------------------- edits


def spoil_words(desk: Desk, path: str, chance: random.Random) -> None:
    """A word becomes another: names, quoted words, dates, ids, whatever is hit."""
    words = re.findall(r"\w+", desk.files[path])
    old = chance.choice(words)
    desk.files[path] = desk.files[path].replace(old, chance.choice((old + "x", old.upper(), chance.choice(words))), 1)


def rename(desk: Desk, path: str, chance: random.Random) -> None:
    """Somebody or something is called otherwise, wherever the name stands."""
    names = (("Farj", "Farrah"), ("Ann Able", "Anna Able"), ("LNA", "LNArmy"), ("Peace", "Truce"), ("Tripoli", "Tripolis"))
    old, new = chance.choice(names)
    for one in desk.files:
        if one.startswith("content/") and (chance.random() < 0.8 or one == path):
            desk.files[one] = desk.files[one].replace(old, new)


def shift(desk: Desk, path: str, chance: random.Random) -> None:
    """A comment or an empty line at the top moves everything down."""
    line = "\n" if path.endswith((".md", ".html")) else "# a comment\n"
    desk.files[path] = line + desk.files[path] if not path.endswith(".md") else desk.files[path] + line


def drop_line(desk: Desk, path: str, chance: random.Random) -> None:
    lines = desk.files[path].split("\n")
    del lines[chance.randrange(len(lines))]
    desk.files[path] = "\n".join(lines)


def swap_lines(desk: Desk, path: str, chance: random.Random) -> None:
    lines = desk.files[path].split("\n")
    one, other = (chance.randrange(len(lines)) for _ in range(2))
    lines[one], lines[other] = lines[other], lines[one]
    desk.files[path] = "\n".join(lines)


def delete(desk: Desk, path: str, chance: random.Random) -> None:
    if not path.startswith("templates/"):
        del desk.files[path]


def move(desk: Desk, path: str, chance: random.Random) -> None:
    """A file gets another name: an article another id, a meeting too; records stay as they are but stand elsewhere."""
    if not path.startswith("templates/"):
        folder, _, name = path.rpartition("/")
        desk.files[f"{folder}/moved-{name}"] = desk.files.pop(path)


def draft(desk: Desk, path: str, chance: random.Random) -> None:
    text = desk.files[path]
    if path.endswith(".md"):
        off, on = text.replace("draft: true\n", ""), text.replace("---\n", "---\ndraft: true\n", 1)
        desk.files[path] = off if off != text else on
    elif "actors" in path or "topics" in path:
        name = chance.choice(re.findall(r"^([a-z-]+):", text, re.MULTILINE) or ["none"])
        desk.files[path] = re.sub(rf"^{name}:\n", f"{name}:\n  draft: true\n", text, count=1, flags=re.MULTILINE)


def add_record(desk: Desk, path: str, chance: random.Random) -> None:
    number = chance.randrange(5)
    folder, kind = chance.choice((("actors", ""), ("topics", ""), ("places", "  kind: city\n"), ("events", "  kind: talks\n")))
    was = "  was: [older]\n" if chance.random() < 0.3 else ""
    desk.files[f"content/{folder}/new-{number}.yaml"] = f"new-{folder}-{number}:\n  name: Newcomer {folder} {number}\n{kind}{was}"


def add_note(desk: Desk, path: str, chance: random.Random) -> None:
    desk.files["content/actors/noted.yaml"] = (
        f"noted:\n  name: Noted {chance.randrange(3)}\n  notes: See [[lna]] and Ann Able. [@wire: met virtually]\n"
    )


def add_meeting(desk: Desk, path: str, chance: random.Random) -> None:
    day = chance.choice(("2020-06-01", "2020-06-30", "2020-08-01"))
    desk.files["content/meetings/third.yaml"] = (
        f"name: The third talks\ndate: {{{day}: {{paper: on Wednesday}}}}\nplace: {{tripoli: {{wire: met virtually}}}}\n"
    )


def undo(desk: Desk, path: str, chance: random.Random) -> None:
    """Everything as it was, or one file of it."""
    if chance.random() < 0.5:
        desk.files = dict(desk.good)
    else:
        one = chance.choice(sorted(desk.good))
        desk.files[one] = desk.good[one]


EDITS: tuple[Callable[[Desk, str, random.Random], None], ...] = (
    spoil_words, rename, shift, drop_line, swap_lines, delete, move, draft, add_record, add_note, add_meeting, undo, undo, undo,
)  # fmt: skip


def step(desk: Desk, chance: random.Random) -> None:
    """One edit, or a few at once as a checkout makes them; faults are often mended first, or there would be little but faults."""
    if desk.failed and chance.random() < 0.6:
        desk.files = dict(desk.good)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        facts = [p for p in desk.files if p.startswith("content/")]
        looks = [p for p in desk.files if p.startswith("templates/")]
        path = chance.choice(sorted(facts)) if facts and chance.random() < 0.9 else chance.choice(sorted(looks))
        chance.choice(EDITS)(desk, path, chance)


class Office(Desk):
    """A briefing that is built by the command: views are not kept, and now and then all is read back from the disk."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder, self.builds, self.kept, self.pages = folder, 0, Kept(), PageStore(folder / "pages")

    def build(self) -> Checked:
        self.builds += 1
        if self.builds % 3 == 0:
            write_state(self.folder / "state", b"salt", self.kept)
            self.pages.close()
            self.pages = PageStore(self.folder / "pages")
            read = read_state(self.folder / "state", b"salt", self.pages)
            assert read
            self.kept = read
        return compile_site(self.snapshot(), self.pages, self.kept.memo, self.kept.known, crew=alone)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", ["preview", "command"])
def test_any_sequence_of_edits_equals_a_clean_build(kind: str, seed: int, tmp_path: Path) -> None:
    desk, chance = Desk() if kind == "preview" else Office(tmp_path), random.Random(seed)
    good = 0
    for n in range(STEPS):
        step(desk, chance)
        built, clean = desk.build(), desk.clean()
        assert built.diagnostics == clean.diagnostics, n
        assert built.outputs == clean.outputs, (n, [u for u in clean.outputs if built.outputs.get(u) != clean.outputs[u]])
        assert list(built.outputs) == list(clean.outputs), n
        desk.failed = not built.outputs
        good += not desk.failed
    assert STEPS / 4 < good < STEPS, "edits that are all faults, or none, try too little"


# ---------------------------------------------------------------- no more than that


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    assert made.build().outputs
    assert made.known.counts.rendered > 50
    return made


def edit(desk: Desk, path: str, old: str, new: str) -> set[str]:
    """Change a file; the URLs whose bytes are others afterwards."""
    before = Outputs(desk.known.outlines.files)
    assert old in desk.files[path]
    desk.files[path] = desk.files[path].replace(old, new)
    built = desk.build()
    assert built.outputs == desk.clean().outputs != {}
    return {url for url in {*built.outputs, *before} if before.get(url) != built.outputs.get(url)}


def of_data(paths: set[str]) -> set[str]:
    """Files of data, which no template makes: they are laid together."""
    return {path for path in paths if path.startswith("data/")}


PEOPLE = "content/actors/all.yaml"


def test_nothing_new_does_nothing(desk: Desk) -> None:
    desk.build()
    assert desk.known.counts == (0, 0, 0, 0)


def test_shifted_lines_render_nothing(desk: Desk) -> None:
    assert edit(desk, PEOPLE, "us:\n", "# A comment.\n\nus:\n") == set()
    assert desk.known.counts.linked > 0
    assert desk.known.counts.rendered == 0


def test_a_comment_behind_everything_links_and_views_nothing(desk: Desk) -> None:
    assert edit(desk, PEOPLE, "draft: true}\n", "draft: true}\n# A comment.\n") == set()
    assert desk.known.counts == (0, 0, 0, 0)


def test_a_field_that_no_page_shows_renders_nothing(desk: Desk) -> None:
    assert edit(desk, PEOPLE, "bo-best: Bo Best\n", "bo-best: {name: Bo Best, sort: Bo Best}\n") == set()
    assert desk.known.counts.viewed > 0
    assert desk.known.counts.rendered == 0


def test_a_name_that_changes_renders_the_pages_that_show_it_and_no_others(desk: Desk) -> None:
    told = "tripoli: {name: Tripoli,"
    made = desk.build().outputs
    changed = edit(desk, "content/places/all.yaml", told, told.replace("Tripoli,", "Tarabulus,"))
    pages = {url for url in changed if url.endswith(".html")}
    assert pages == {url for url, data in made.items() if url.endswith(".html") and b"Tripoli" in data}
    assert desk.known.counts.rendered == len(changed) - len(of_data(changed))


def test_what_is_taken_back_renders_nothing(desk: Desk) -> None:
    told = "The June talks"
    changed = edit(desk, "content/meetings/june.yaml", told, "The talks of June")
    assert desk.known.counts.rendered == len(changed) - len(of_data(changed)) > 3
    assert edit(desk, "content/meetings/june.yaml", "The talks of June", told) == changed
    assert desk.known.counts.rendered == 0


def test_an_article_that_gains_a_paragraph_views_its_own_page_and_few_more(desk: Desk) -> None:
    path = "content/articles/paper.md"
    edit(desk, path, "unquoted paragraph.\n", "unquoted paragraph.\n\nIt rained.\n")
    assert desk.known.counts.judged == 1
    assert desk.known.counts.viewed < len(desk.known.pages.trace.made) / 8


def test_what_is_known_does_not_grow(desk: Desk) -> None:
    traces = (desk.known.link.parts, desk.known.checks, desk.known.pages.trace)

    def size() -> int:
        sheaves = (sheaf for t in traces for name in t._readers for _, sheaf in t._readers._sheaves(name))
        return sum(len(numbers) for sheaf in sheaves for numbers in sheaf.values())

    first = size()
    for n in range(60):
        desk.files["content/actors/more.yaml"] = f"more-{n}: More {n}\n"
        desk.build()
        assert size() < 2.5 * first  # what counts no more goes once it is half of all
    del desk.files["content/actors/more.yaml"]
    desk.build()
    assert size() <= 2 * first
    files = [url for url in desk.known.printed.now if APART not in url]
    assert len(files) == len(desk.known.outlines.files) - len(desk.assets) - 1  # .nojekyll


def test_what_says_nothing_of_a_record_is_not_viewed_again(desk: Desk) -> None:
    def viewed(*kinds: Callable[..., object]) -> list[object]:
        return [desk.known.pages.trace.made[KINDS.index(kind), ""] for kind in kinds]

    def same(before: list[object], after: list[object]) -> bool:
        return all(a is b for a, b in zip(before, after, strict=True))

    kinds = (corrections, redirects, differences, home, article_index)
    before = viewed(*kinds)
    edit(desk, PEOPLE, "bo-best: Bo Best\n", "bo-best: {name: Bo Best, notes: Seen once.}\n")
    assert same(before, viewed(*kinds))
    edit(desk, "content/articles/wire.md", "Talks held\n\nOn July 1,", "Talks held\n\nMore of it.\n\nOn July 1,")
    assert same(before[-1:], viewed(article_index)), "the words stand further down, and are as many"


def test_of_what_the_document_does_not_hold_any_more_no_part_is_kept(desk: Desk) -> None:
    """A topic of which nothing is said stands in no chapter: no page comes or goes."""
    at, told = "print.html#topics.peace", "topics: {peace: The LNA's aim is peace}\n"
    assert at in desk.known.printed.now
    edit(desk, "content/meetings/july.yaml", told, "")
    assert "topics/peace.html" in desk.known.printed.now
    assert at not in desk.known.printed.now
    edit(desk, "content/meetings/july.yaml", "positions:\n", told + "positions:\n")
    assert at in desk.known.printed.now


def test_of_the_document_no_entry_is_rendered_again_but_those_that_are_others(desk: Desk) -> None:
    before = {url: held.key for url, held in desk.known.printed.now.items() if APART in url}
    told = "bo-best: {name: Bo Best, notes: Seen once.}\n"
    edit(desk, PEOPLE, "bo-best: Bo Best\n", told)
    after = {url: held.key for url, held in desk.known.printed.now.items() if APART in url}
    other = {url for url in before if after[url] != before[url]}
    assert other == {"print.html#actors.bo-best"}
    edit(desk, PEOPLE, told, "bo-best: Bo Best\n")
    assert {url: desk.known.printed.now[url].key for url in before} == before


def test_a_new_article_has_no_file_read_again_but_those_that_asked_for_its_id() -> None:
    desk, memo, known = Desk(), LastMemo(), Known()
    compile_site(desk.snapshot(), None, memo, known)

    def read_for(id_: str) -> int:
        desk.files[f"content/articles/{id_}.md"] = desk.files["content/articles/paper.md"]
        memo.read = 0
        after = compile_site(desk.snapshot(), None, memo, known)
        read = memo.read
        assert after.diagnostics == compile_site(desk.snapshot()).diagnostics
        del desk.files[f"content/articles/{id_}.md"]
        before = compile_site(desk.snapshot(), None, memo, known)
        assert before.outputs == compile_site(desk.snapshot()).outputs != {}
        return read

    assert read_for("nobody-asked-for-this") == 1
    assert read_for("ann-able") > 1, "a roster has a line for her"
