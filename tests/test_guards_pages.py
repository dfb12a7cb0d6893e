"""What keeps pages safe and whole, piece by piece: addresses that may be linked, pictures that run, words that Markdown drops.

Many small cases that take no time, so that every fault put into this code (tests/mutants.py) meets them.
"""

from __future__ import annotations

import re

import pytest

from briefgen.addresses import is_elsewhere, safe_address
from briefgen.load import markdown
from briefgen.load.pictures import active
from briefgen.model import Html
from briefgen.pages.html import safe_url
from briefgen.source import Span
from tests.kit import ROOT, MiniSite, build, find
from tests.test_words_kept import read

# ---------------------------------------------------------------- addresses

ADDRESSES = (
    "javascript:x", "JAVASCRIPT:x", " javascript:x", "\x01javascript:x", "\t\x01 javascript:x", "java\tscript:x", "java\nscript:x",
    "\njava\r\nscript\t:x", "javascript\t:x", "data:text/html,x", "vbscript:x", "blob:https://x", "view-source:https://x",
    "file:///etc", "filesystem:https://x", "about:blank", "ws://x", "ftp://x", "tel:1", "x-y+z.1:x", "//evil.example",
    "/\\evil.example", "\\\\evil.example", "\\/evil.example", "\t//evil.example", "/\t/evil.example", "/\n\\evil.example",
    "\\evil.example", "https:evil.example", "http:/evil.example", "https:\\\\evil.example", "https:/\\evil.example",
)  # fmt: skip
GOOD = ("https://x.org/a:b", "HTTP://X.org", "mailto:a@b.org", "a/b.html", "./a:b", "#x", "?x=y:z", "", "a b.html", "/abs")


@pytest.mark.parametrize("url", ADDRESSES, ids=repr)
def test_any_other_address_is_none(url: str) -> None:
    assert not safe_address(url)
    assert safe_url(url) == ""
    assert is_elsewhere(url) is False


@pytest.mark.parametrize("url", GOOD, ids=repr)
def test_these_are_linked(url: str) -> None:
    assert safe_address(url)
    assert safe_url(url) == url


@pytest.mark.parametrize("url", ADDRESSES, ids=repr)
def test_in_markdown_no_other_address_is_linked(url: str) -> None:
    """As it stands, and in the spellings that Markdown undoes; what is linked is http, https, mailto or a path."""
    first = re.search(r"[a-z:\t]", url, re.IGNORECASE)
    at = first.start() if first else 0
    forms = [url, *(url[:at] + spell.format(ord(url[at])) + url[at + 1 :] for spell in ("&#{};", "&#x{:x};"))]
    for form in [*forms, url.replace(":", "&colon;"), url.replace("\t", "&Tab;"), url.replace("\n", "&NewLine;")]:
        ways = ("[x]({})", "[x](<{}>)", "<{}>", "![x]({})", "[x]\n\n[x]: {}", "[x]\n\n[x]: <{}>")
        for text in (way.format(form) for way in ways):
            pieces = markdown.article(text, "a.md")[0].pieces
            markup = "".join(piece.markup for piece in pieces if isinstance(piece, Html))
            for href in re.findall(r' (?:href|src)="([^"]*)"', markup):
                assert re.match(r"https?://|mailto:|[^:/\\]*(?:$|[/?#])|[^a-z]|[^:]*%", href), (text, href)
                assert not href.startswith(("//", "/\\", "\\"))


# ---------------------------------------------------------------- pictures


@pytest.mark.parametrize(
    "text",
    [
        "<svg><script>x</script></svg>", "<svg onload='x'/>", "<svg\nONLOAD = 'x'/>", "<s:svg><s:script/></s:svg>",
        "<svg><foreignObject/></svg>", "<svg><a href='javascript:x'/></svg>",
        "<svg><a href=\"javascript:x\"/></svg>", "<svg><a href=' javascript:x'/></svg>",
        "<svg><a href='java\nscript:x'/></svg>",
        "<svg><a href='&#106;avascript:x'/></svg>",
        "<!DOCTYPE svg [<!ENTITY x '&#60;script>y&#60;/script>'>]><svg>&x;</svg>", "<?xml-stylesheet href='x'?><svg/>",
        "<!DOCTYPE svg [<!ENTITY x '&#38;#60;script>'>]><svg>&x;</svg>", "<svg><use href='data:image/svg+xml,x'/></svg>",
        "<svg><set attributeName='onclick' to='x'/><a onclick ='x'/></svg>",
    ],
)  # fmt: skip
def test_a_picture_that_runs_is_refused(text: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-16-le", "utf-32"):
        (found,) = active("content/static/A.SVG", text.encode(encoding))
        assert found.code == "active-picture"
        assert found.span == Span("content/static/A.SVG", 1, 1, 1, 1) or "\n" in text
    assert active("content/static/a.png", text.encode()) == ()
    assert active("content/static/asvg", text.encode()) == ()


ELEMENTS = ("script", "foreignObject", "iframe", "object", "embed", "handler", "listener", "svg:SCRIPT", "x-y:script")


@pytest.mark.parametrize("name", ELEMENTS)
def test_an_element_that_runs_is_named_with_its_line(name: str) -> None:
    (found,) = active("a.svg", f"<svg>\n\n<g/>\xff\n  <{name} >\n\n".encode("latin-1"))
    assert found.span == Span("a.svg", 4, 1, 4, 1)
    assert f"“<{name}”" in found.message


def test_the_line_of_what_is_escaped_lies_in_the_file() -> None:
    (found,) = active("a.svg", b"<svg>&#10;&#10;&#10;\n<a href='javascript:x'/></svg>")
    assert found.span.line == 2
    (found,) = active("a.svg", b"\n<svg>&#106;<a href='&#106;avascript:x'/>\n</svg>")
    assert found.span.line == 2


PLAIN = (
    "<svg style='fill:red'><title>On data: a script, javascript: none</title></svg>",
    "<svg><a href='https://example.org/'/><use href='#x'/><one two='3' front='6'/></svg>",
    "<svg><scripted/><objects/><embedded/><a href='javascript.html'/></svg>",
    "<svg><text>one = two, only = 'three'</text></svg>".replace(" only", "-only"),
    *(
        f"<svg><image href='data:{kind};base64,x'/></svg>"
        for kind in ("image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp")
    ),
    "<svg><style>@font-face{src:url(data:font/woff2;base64,x)}</style></svg>",
)


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_picture_passes(text: str) -> None:
    assert active("content/static/a.svg", text.encode()) == ()


@pytest.mark.parametrize("kind", ["image/svg+xml", "text/html", "image/pngx", "application/json", "image/jpe"])
def test_other_data_in_a_picture_is_refused(kind: str) -> None:
    assert active("a.svg", f"<svg><image href='data:{kind},x'/></svg>".encode())


def test_our_own_pictures_pass() -> None:
    assert active("icon.svg", (ROOT / "templates/icon.svg").read_bytes()) == ()
    for path in (ROOT / "content/static").rglob("*.svg"):
        assert active(str(path), path.read_bytes()) == ()


# ---------------------------------------------------------------- words that Markdown drops

LOST = (
    ("[Applause]: long", "[Applause]: long"),
    ("> [Applause]: long\n\nText.", "[Applause]: long"),
    ("- a\n\n  [Applause]: <long>", "[Applause]: <long>"),
    ("[a]: /x\n[a]: /y\n\nSee [a].", "[a]: /y"),
    ("|a|b|\n|-|-|\n|c|d|e|", "|c|d|e|"),
    ("> |a|\n> |-|\n> |a|a|", "|a|a|"),
    ("``` these are words\nx\n```", "``` these are words"),
    ("~~~ two words\nx\n~~~", "~~~ two words"),
)


@pytest.mark.parametrize(("text", "line"), LOST, ids=[line for _, line in LOST])
@pytest.mark.parametrize("path", ["articles/a.md", "pages/a.md", "index.md"])
def test_words_that_markdown_shows_nowhere_are_refused(text: str, line: str, path: str) -> None:
    head = "---\ntitle: A\nrights: us-gov\n---\n" if path.startswith("articles") else "---\ntitle: A\n---\n"
    mini = MiniSite({f"content/{path}": f"{head}Before.\n\n{text}\n"}, ())
    (found,) = [d for d in find(mini.snapshot()) if d.severity == "error"]
    assert found.code == "dropped-words"
    said = mini.files[found.span.file].split("\n")[found.span.line - 1]
    assert line in said[found.span.col - 1 : found.span.end_col - 1]


@pytest.mark.parametrize(
    ("text", "says", "help_"),
    [
        ("[Applause]: long", "is read as the address of a link", "\\[Applause]: long"),
        ("   [Note]: [sic", "is read as the address of a link", "   \\[Note]: [sic"),
        ("[a]: /x\n[a]: /y\n\nSee [a].", "defines a link that another line has defined already", "\\[a]: /y"),
        ("|a|\n|-|\n|b|c|", "more cells than the head", ""),
        ("``` two words\n```", "behind the fence", ""),
    ],
)
def test_what_would_be_lost_is_said_with_the_line_to_write(text: str, says: str, help_: str) -> None:
    (found,) = markdown.article(text, "a.md")[1]
    assert says in found.message
    assert found.help == help_


@pytest.mark.parametrize(
    "text",
    [
        "See [one] and [two][b].\n\n[one]: https://example.org/\n[b]: https://example.org/b 'title'",
        "[a]: https://example.org/x\n[a]: https://example.org/x\n\n[A] and ![a picture of [A]][a].",
        "\\[Applause]: long",
        "|a|b|\n|-|-|\n|c|\n|d \\| e|f|",
        "- |a|\n  |-|\n  |b|",
        "``` python\nx\n```",
        "    not a fence, but code",
    ],
)
def test_what_is_shown_is_not_refused(text: str) -> None:
    mini = MiniSite({"content/articles/a.md": f"---\ntitle: A\nrights: us-gov\n---\n{text}\n"}, ())
    assert [d for d in find(mini.snapshot()) if d.severity == "error"] == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1986. One\n1990. Two\n1991. Three", ["1986", "1990", "1991"]),
        ("3. One\n1. Two\n\n   7. In it\n   9. In it", ["3", "1", "7", "9"]),
        ("1. One\n1. Two\n1. Three", ["1", "2", "3"]),
        ("0) One\n2) Two\n3) Three", ["0", "2", "3"]),
        ("3. One\n2. Two\n1. Three", ["3", "2", "1"]),
        ("1. One\n1. Two\n2. Three", ["1", "1", "2"]),
        ("1. One\n\n   1. In it\n   1. In it\n   1. In it\n\n2. Two", ["1", "1", "2", "3", "2"]),
        ("1. One\n   - x\n   - y\n5. Two", ["1", "5"]),
        ("- x\n\n  7. One\n  9. Two\n- y\n\n3. One\n5. Two", ["7", "9", "3", "5"]),
    ],
)
def test_items_of_a_list_keep_the_numbers_they_are_written_with(text: str, numbers: list[str]) -> None:
    mini = MiniSite({"content/articles/a.md": f"---\ntitle: A\nrights: us-gov\n---\n{text}\n"}, ())
    assert [w for w in read(build(mini.snapshot()).outputs["articles/a.html"]) if w.isdecimal()] == numbers


def test_the_words_of_a_picture_are_shown_without_their_marks() -> None:
    text = "See ![a *bridge* at `dusk` &amp; [more](https://example.org/)](https://example.org/a.png) here."
    mini = MiniSite({"content/articles/a.md": f"---\ntitle: A\nrights: us-gov\n---\n{text}\n"}, ())
    assert b"See a bridge at dusk &amp; more here." in build(mini.snapshot()).outputs["articles/a.html"]
