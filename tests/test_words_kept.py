"""No word of a source is lost (issue 6, point 6): every visible word of an article shown in full stands in its page, in its order.

The articles are made by chance of every construct of Markdown, with names that are linked and passages that are cited; what a
reader must find is written down by who makes them (tests/articlegen.py) and looked for in the finished page, read by an HTML
parser as browsers read it. What Markdown itself leaves out is refused by name.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from typing import Any

import html5lib
import pytest

from tests.articlegen import WORD, Maker, nested, write
from tests.kit import MiniSite, build, demo, find, site
from tests.reliability import tries

NAMES = ("Council of the Lake", "Namib Onetwo", "the Harbour Guild", "مجلس البحيرة", "Ferro", "U.S. Mission")
ACTORS = "".join(f"actor-{n}: {{name: {json.dumps(name, ensure_ascii=False)}}}\n" for n, name in enumerate(NAMES))
_AT_ONCE = 50  # articles in one site
_BLOCKS = frozenset(
    ("p", "div", "li", "ul", "ol", "blockquote", "pre", "h2", "h3", "h4", "h5", "h6", "td", "th", "tr", "table", "br", "hr")
)


# ---------------------------------------------------------------- reading a page


def read(html: bytes, css: str = "words") -> list[str]:
    """The words of the text that a page shows, in order: what the page itself adds left out, numbers of lists counted."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    parts: list[str] = []
    for words in (e for e in tree.iter("div") if e.get("class") == css):
        _gather(words, parts)
    return WORD.findall("".join(parts))


def _gather(element: Any, parts: list[str]) -> None:
    css = (element.get("class") or "").split()
    if {"rests", "here", "role", "cite"} & set(css):
        return
    space = " " if element.tag in _BLOCKS else ""
    parts += [space, element.text or ""]
    number = int(element.get("start", "1"))
    for child in element:
        if element.tag == "ol" and child.tag == "li":
            number = int(child.get("value", number))
            parts.append(f" {number} ")
            number += 1
        _gather(child, parts)
        parts.append(child.tail or "")
    parts.append(space)


# ---------------------------------------------------------------- making a site


def cited(chance: random.Random, article: str, text: str) -> Iterator[str]:
    """Some stretches of what was read of an article, as passages of a comparison."""
    units = [u.text for u in _units(text) if len(u.text.split()) > 5]
    for unit in chance.sample(units, min(len(units), 6)):
        edges = [m.start() for m in re.finditer(r"(?<=\s)\S|\A\S", unit)]
        first = chance.randrange(len(edges) - 4)
        last = min(len(edges) - 1, first + chance.randint(4, 12))
        words = unit[edges[first] : edges[last]].strip()
        if not re.search(r"\.\.\.|…", words):
            yield f"  - {article}: {json.dumps(' '.join(words.split()), ensure_ascii=False)}\n"


def _units(text: str) -> Any:
    from briefgen.load.markdown import article

    return article(text, "a.md")[0].units


def made(seed: int, count: int) -> tuple[MiniSite, dict[str, list[str]]]:
    """A site with articles made by chance, and the words of each."""
    chance = random.Random(seed)
    files, wanted = {"content/actors/all.yaml": ACTORS}, {}
    for n in range(count):
        id_ = f"a-{n}"
        text, words = write(chance, NAMES, chance.randint(2, 12))
        plain = n % 10 == 9  # in plain text every mark is the source's own
        kind, words = ("plain", WORD.findall(text)) if plain else ("markdown", words)
        files[f"content/articles/{id_}.md"] = f"---\ntitle: Article {n}\nrights: us-gov\nformat: {kind}\n---\n{text}"
        wanted[id_] = words
        if says := "" if plain else "".join(cited(chance, id_, text)):
            files[f"content/comparisons/c-{n}.yaml"] = f"c-{n}:\n  name: Comparison {n}\n  says:\n" + says.replace("  -", "    -")
    return MiniSite(files, ()), wanted


@tries(150, 10_000)
def test_every_word_of_an_article_stands_in_its_page_in_order(times: int) -> None:
    missing: list[tuple[int, str, list[str]]] = []
    words = passages = links = 0
    for seed in range(-(-times // _AT_ONCE)):
        mini, wanted = made(seed, _AT_ONCE)
        checked = build(mini.snapshot())
        assert checked.outputs, (seed, [d for d in checked.diagnostics if d.severity == "error"][:3])
        for id_, expected in wanted.items():
            page = checked.outputs[f"articles/{id_}.html"]
            shown = read(page)
            words += len(expected)
            passages += page.count(b'class="cited')
            links += page.count(b'class="name"')
            if shown != expected:
                missing.append((seed, id_, _parting(expected, shown)))
    print(f"{times} articles, {words} words, {passages} marked passages, {links} linked names, {len(missing)} articles that differ")
    assert words > 100 * times
    assert passages > times
    assert links > times
    assert missing == []


@tries(60, 2_000)
def test_every_word_of_the_editors_pages_stands_in_order(times: int) -> None:
    """References show the record's name or the editors' words, citations nothing but a marker."""
    cited = "---\ntitle: Cited\nrights: us-gov\n---\nThere are words that are cited.\n"
    files, wanted = {"content/actors/all.yaml": ACTORS, "content/articles/cited.md": cited}, {}
    for n in range(times):
        text, wanted[f"p-{n}"] = write(random.Random(n), NAMES, editors=True)
        files[f"content/pages/p-{n}.md"] = f"---\ntitle: Page {n}\n---\n{text}"
    checked = build(MiniSite(files, ()).snapshot())
    assert checked.outputs, [d for d in checked.diagnostics if d.severity == "error"][:3]
    shown = {id_: read(bytes(checked.outputs[f"pages/{id_}.html"]), "prose") for id_ in wanted}
    print(f"{times} pages, {sum(map(len, wanted.values()))} words")
    assert [(id_, _parting(wanted[id_], shown[id_])) for id_ in wanted if wanted[id_] != shown[id_]] == []


def _parting(expected: list[str], shown: list[str]) -> list[str]:
    """Where two lists of words part."""
    at = next((n for n, (a, b) in enumerate(zip(expected, shown, strict=False)) if a != b), min(len(expected), len(shown)))
    return ["expected", *expected[max(0, at - 2) : at + 4], "shown", *shown[max(0, at - 2) : at + 4]]


def test_every_word_of_the_demonstrations_full_articles_stands_in_its_page() -> None:
    """They have no marks of Markdown, so that the file itself says what a reader must find."""
    snapshot = demo()
    checked = build(snapshot)
    full = [article.id for article in checked.briefing.articles.values() if article.show == "full"]
    for id_ in full:
        body = snapshot.content[f"content/articles/{id_}.md"].decode().split("---\n", 2)[2]
        assert read(bytes(checked.outputs[f"articles/{id_}.html"])) == WORD.findall(body)
    assert len(full) >= 2


def test_the_search_for_lost_words_finds_one() -> None:
    """On a page without any one of its words, and on one without the numbers of its lists."""
    mini, wanted = made(3, 2)
    outputs = build(mini.snapshot()).outputs
    for id_, expected in wanted.items():
        page = outputs[f"articles/{id_}.html"].decode()
        head, text, tail = re.split(r'(?=<section class="part text)|(?<=</section>)', page, maxsplit=2)
        assert read(page.encode()) == expected
        for word in random.Random(1).sample([w for w in expected if expected.count(w) == 1 and len(w) > 1], 20):
            without = re.sub(rf"(?<![^\W_]){word}(?![^\W_])", "", text)
            assert read((head + without + tail).encode()) != expected, word
        assert read((head + re.sub(r"(<li[^>]*>)(.*?)</li>", r"\2", text, flags=re.DOTALL) + tail).encode()) != expected


DEPTHS = (9, 10, 11, 20, 30, 45, 48, 49, 50, 51, 60, 98, 99, 100, 101, 120, 300)


@pytest.mark.parametrize("signs", [("- ",), ("1. ",), ("> ",), ("- ", "> "), ("> ", "1. ", "* ")])
def test_what_is_nested_is_shown_or_refused(signs: tuple[str, ...]) -> None:
    """The preset of Markdown drops what lies deeper than 10 lists; nothing here is dropped, and too much of it is an error."""
    refused = []
    for depth in DEPTHS:
        maker = Maker(random.Random(depth), NAMES)
        made = nested(maker, depth, *signs)
        text = "\n".join(made.lines)
        mini = site(f"//- content/articles/deep.md\n---\ntitle: Deep\nrights: us-gov\n---\n{text}\n\nThe end.")
        codes = {d.code for d in find(mini.snapshot()) if d.severity == "error"}
        if codes:
            assert codes == {"too-deep"}
            refused.append(depth)
        else:
            assert read(build(mini.snapshot()).outputs["articles/deep.html"]) == [*WORD.findall(made.seen), "The", "end"]
    assert refused
    assert min(refused) > 20, "twenty levels are more than anybody writes"
    assert refused == [d for d in DEPTHS if d >= min(refused)]


INLINE = (
    ("*", "*"),
    ("**", "**"),
    ("_", "_"),
    ("[", "]"),
    ("![", "](x.png)"),
    ("[", "](https://example.org)"),
    ("`", "`"),
    ("<b>", "</b>"),
)


@pytest.mark.parametrize(("before", "after"), INLINE)
def test_what_is_nested_in_a_line_is_shown_or_refused(before: str, after: str) -> None:
    for depth in (30, 60, 99, 100, 101, 120):
        words = [f"w{n}x" for n in range(2 * depth + 1)]
        text = words[depth]
        for n in range(1, depth + 1):
            text = f"{before}{words[depth - n]} {text} {words[depth + n]}{after}"
        mini = MiniSite({"content/articles/deep.md": f"---\ntitle: Deep\nrights: us-gov\n---\n{text}\n"}, ())
        codes = {d.code for d in find(mini.snapshot()) if d.severity == "error"}
        if not codes:
            shown = read(bytes(build(mini.snapshot()).outputs["articles/deep.html"]))
            assert [w for w in shown if w in set(words)] == words, depth
        else:
            assert codes == {"too-deep"}
            assert depth > 99
