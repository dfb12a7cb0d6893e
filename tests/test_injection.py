"""What keeps text from becoming more than text, looked at without a browser (issue 6, point 12).

Everything is escaped unless one of a few listed places says that it is safe; attributes stand in quotes; addresses are http,
https, mailto or paths in the site. What 300 payloads come to in a browser is counted in test_injection_browser.py.
"""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass

import pytest

from briefgen.load import markdown
from briefgen.load.fields import FIELDS
from briefgen.load.filenames import fault_of
from briefgen.model import Html, Record
from briefgen.pages.site import Page
from briefgen.render import render_pages
from briefgen.source import Span
from tests.injectkit import file_name, j, site_of
from tests.kit import ROOT, MiniSite, build, english, find, look, theme
from tests.payloads import payloads
from tests.reliability import tries

TEMPLATES = {name: text for name, text in theme()[0].items() if name.endswith(".html")}
MODULES = {p.relative_to(ROOT / "briefgen").as_posix(): p for p in sorted((ROOT / "briefgen").rglob("*.py"))}


# ---------------------------------------------------------------- what is safe as it is


@dataclass(frozen=True, slots=True)
class _Text:
    """A view of nothing but a text."""

    text: str


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.xhtml", "a.atom", "a.xml", "a.txt", "a.js", "a.json", "a.css", "a", "a.j2"])
def test_every_template_is_escaped_whatever_its_ending(name: str) -> None:
    macro = "{% macro m(y) %}{{ y }}{% endmacro %}{{ m(x) }}"
    source = "{{ view.text }}{% set x = view.text %}<i title=\"{{ x }}\">{{ [x] | join }}{{ x ~ '<' }}" + macro
    outputs, findings = render_pages((Page("x", name, _Text("\"'><script>&")),), {name: source}, english())
    assert findings == ()
    made = bytes(outputs["x"]).decode()
    assert "<script" not in made
    assert made.count("<") == 1
    assert made.count('"') == 2


def _calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _makes_markup(node: ast.AST) -> bool:
    """`Markup(…)` around anything but a constant, `Markup` handed to anything but isinstance, or another name for it."""
    if isinstance(node, ast.Assign | ast.NamedExpr):
        return isinstance(node.value, ast.Name) and node.value.id == "Markup"
    if not isinstance(node, ast.Call) or _name(node) == "isinstance":
        return False
    if _name(node) == "Markup":
        return not (node.args and isinstance(node.args[0], ast.Constant))
    return any(isinstance(arg, ast.Name) and arg.id == "Markup" for arg in node.args)


def test_a_text_becomes_markup_in_two_places_of_the_program() -> None:
    """`html.safe`, which all others go through, and the catalogue of words."""
    trees = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}
    assert Counter(name for name, tree in trees.items() for node in ast.walk(tree) if _makes_markup(node)) == {
        "pages/html.py": 1,
        "words.py": 1,
    }


def test_those_who_say_that_markup_is_safe_are_few() -> None:
    """Each escapes what it did not write itself. A new one is to be read by somebody before it comes into this list."""
    found = {
        name
        for name, path in MODULES.items()
        for call in _calls(ast.parse(path.read_text(encoding="utf-8")))
        if _name(call) == "safe"
    }
    assert found == {
        "generator.py",  # what a macro printed, as in Jinja itself
        "pages/embedding.py",  # pages within a page: ids and headings of markup that is safe already
        "pages/facts.py",  # <time>
        "pages/hovercards.py",  # JSON, in a script file of its own
        "pages/html.py",
        "pages/jsonld.py",  # JSON with <, > and & as escapes
        "pages/markers.py",  # markers and their cards
        "pages/marking.py",  # marks and links in an article
        "pages/search/shards.py",  # JSON, in script files of their own
        "pages/sheet.py",  # the words of a passage with their gaps
        "pages/text_blocks.py",  # the markup of Markdown, made by load/markdown.py
    }


def test_two_templates_say_that_something_is_safe_and_both_are_plain_text() -> None:
    found = [
        (name, line.strip()) for name, text in TEMPLATES.items() for line in text.split("\n") if re.search(r"\|\s*safe\b", line)
    ]
    assert found == [("robots.html", "Sitemap: {{ address | safe }}")]
    assert not any("autoescape" in text for text in TEMPLATES.values())


def _tags(text: str) -> list[str]:
    """The tags of a template, each with what its attributes print; `{# … #}` and the texts of filters left out."""
    bare = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
    bare = re.sub(r"\{%-?.*?-?%\}", " ", bare, flags=re.DOTALL)
    bare = re.sub(r"\{\{.*?\}\}", "{{}}", bare, flags=re.DOTALL)
    return re.findall(r"<[a-zA-Z][^<>]*>", bare)


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_stands_in_an_attribute_stands_in_quotes(name: str) -> None:
    for tag in _tags(TEMPLATES[name]):
        outside = re.sub(r'="[^"]*"', "", tag)
        assert "{{" not in outside, (name, tag)
        assert "=" not in outside, (name, tag)
        assert not re.search(r"\s(on\w+|style|srcdoc)\b", outside), (name, tag)
        assert not re.search(r'(?:href|src|action)="\s*(?:javascript|data|vbscript):', tag), (name, tag)
    assert len(TEMPLATES) > 30


def test_the_search_for_bare_attributes_finds_them() -> None:
    tags = _tags('<a href={{ x }} {% if y %}class="{{ "a>b" | t }}"{% endif %}>{# <b on=1> #}<i style="x" {{ y }}>')
    assert tags == ['<a href={{}}  class="{{}}" >', '<i style="x" {{}}>']


@pytest.mark.parametrize("name", ["site.js", "search.js"])
def test_our_scripts_make_no_markup_of_text(name: str) -> None:
    text = (ROOT / "templates" / name).read_text(encoding="utf-8")
    text += (ROOT / "briefgen/serve/assets/preview.js").read_text(encoding="utf-8")
    never = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|createContextualFragment"
    assert not re.search(r"setTimeout\(\s*[\"'`]", text)
    assert not re.search(never, text)
    assert not re.search(r"document\.cookie|localStorage|indexedDB|caches\.|serviceWorker", text)


def test_nothing_is_kept_by_the_browser_but_the_preview_remembers_its_panel() -> None:
    """sessionStorage, of the preview alone: whether its panel is folded, whether it follows, what it says after a move."""
    holders = [p.name for p in (ROOT / "templates").glob("*.js") if "sessionStorage" in p.read_text(encoding="utf-8")]
    assert holders == []
    preview = (ROOT / "briefgen/serve/assets/preview.js").read_text(encoding="utf-8")
    assert preview.count("sessionStorage") == 2


_OWN_TAGS = {"p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "a", "br", "hr"}
_OWN_TAGS |= {"table", "thead", "tbody", "tr", "th", "td", "div"}
_FORMS = (
    "{}", "- {}", "1. {}", "> {}", "# {}", "{}\n===", "|{}|\n|-|\n|{}|", "[{}]({})", "[x](<{}>)", "![{}]({} '{}')", "`{}`",
    "```{}\n{}\n```",
    "**{}**", "<{}>", "[x][y]\n\n[y]: <{}> '{}'", "[x](https://example.org/ '{}')", "    {}", "{}\\\n{}", "[[{}|{}]]", "[@a: {}]",
)  # fmt: skip


def test_markdown_makes_no_markup_but_its_own() -> None:
    """Every payload in every construct: the pieces that are markup are whole tags of a short list, with attributes in quotes."""
    tag = re.compile(r"</?(\w+)((?: (?:href|title|start|value|class|tabindex)=\"[^\"<>]*\")*)>|\n")
    seen: set[str] = set()
    for payload in payloads(300):
        for form in _FORMS:
            text = form.replace("{}", payload)
            span = Span("a.yaml", 1, 1, 1, 1)
            for prose in (markdown.article(text, "a.md")[0], markdown.prose(text, "a.md")[0], markdown.inline(text, span)[0]):
                for markup in (piece.markup for piece in prose.pieces if isinstance(piece, Html)):
                    assert tag.sub("", markup) == "", (text, markup)
                    seen |= {found[1] for found in tag.finditer(markup) if found[1]}
    assert seen <= _OWN_TAGS
    assert len(seen) > 15


# ---------------------------------------------------------------- where payloads are put

_TEXTS = ("text", "notes", "names", "changes", "see", "kinds")


def _hold(record: Record, payload: str) -> set[str]:
    """The fields of a record in which a payload stands: as value, as key, or in its notes."""
    noted = {"notes"} if any(payload in note.text for note in record.notes.values()) else set()
    return noted | {name for name, held in record.fields.items() if any(payload in v.text or payload in v.key for v in held)}


def test_every_field_that_takes_text_holds_every_payload() -> None:
    """A new field comes into the table, and this asks for it. `was` takes ids, and `alt` is the name of the record."""
    for number, payload in enumerate(payloads(9), 1):
        mini = site_of((payload,), number)
        briefing, _ = look(mini.snapshot())
        held: dict[str, set[str]] = {}
        for record in (*briefing.records.values(), *(a.record for a in briefing.articles.values()), briefing.site):
            held.setdefault(record.kind, set()).update(_hold(record, " ".join(payload.split())) | _hold(record, payload))
        wanted = {(kind, row.name) for row in FIELDS for kind in row.of if row.type in _TEXTS} | {("actor", "image")}
        wanted -= {(kind, "was") for kind in held} | {("page", "title")}
        wanted -= {("actor", "rank")} if number % 3 == 1 else set()  # it must stand in its words, which Markdown changes
        assert {(kind, name) for kind, name in wanted if name not in held[kind]} == set(), payload
        assert briefing.pages[0].title == payload


def test_words_with_an_address_in_them_are_no_link() -> None:
    """They were taken for a path in the site, and the build failed on a page instead of showing them."""
    see = {"the archive": "box 7, see https://example.org/7", "a list": "https://example.org/8"}
    made = build(MiniSite({"content/actors/a.yaml": j({"a": {"name": "A", "see": see}})}, ()).snapshot()).outputs
    page = bytes(made["actors/a.html"]).decode()
    assert "box 7, see https://example.org/7" in page
    assert re.findall(r'href="(https://example.org[^"]*)"', page) == ["https://example.org/8"]


# ---------------------------------------------------------------- files


@tries(60, 300)
def test_a_file_named_by_a_payload_is_refused_or_is_text(times: int) -> None:
    """An article or page cannot have such a name, a picture can: then its name is an address in quotes."""
    for n, payload in enumerate(payloads(300)[:times]):
        name = file_name(payload).removesuffix(".svg")
        for folder, ending in (("articles", ".md"), ("pages", ".md"), ("meetings", ".yaml")):
            found = find(MiniSite({f"content/{folder}/{name}{ending}": "name: x\n"}, ()).snapshot())
            assert {"bad-id"} & {d.code for d in found if d.severity == "error"}, (folder, name)
        raw = " ".join(payload.replace("/", "").split())
        found = find(MiniSite({f"content/static/{raw}.png": "x"}, ()).snapshot())
        assert bool(fault_of(f"{raw}.png")) == ("bad-file-name" in {d.code for d in found}), raw
        one = {"name": "One", "image": {"file": f"{name}.png", "credit": "x"}}
        mini = MiniSite({"content/actors/a.yaml": j({f"a-{n}": one}), f"content/static/{name}.png": "x"}, ())
        page = build(mini.snapshot()).outputs[f"actors/a-{n}.html"].decode()
        (source,) = re.findall(r'<img [^>]*src="([^"]*)"', page)
        assert re.fullmatch(r"\.\./[\w.%~-]+\.png", source, re.ASCII)


def test_files_for_programs_stay_whole() -> None:
    """Feed, sitemap, data, tables and scripts of a site full of payloads are read by their own readers, and hold the payloads."""
    chosen = [" ".join(p.split()) for p in payloads(24)]
    outputs = build(site_of(chosen).snapshot()).outputs
    for url in ("feed.xml", "sitemap.xml"):
        names = {element.tag.partition("}")[2] for element in ET.fromstring(outputs[url].decode()).iter()}
        assert not names & {"script", "img", "svg", "iframe"}
    titles = "".join(ET.fromstring(outputs["feed.xml"].decode()).itertext())
    assert len([p for p in chosen if p in titles]) > 5  # the newest corrections alone
    data = json.dumps(json.loads(outputs["data/briefing.json"]), ensure_ascii=False)
    assert all(json.dumps(p, ensure_ascii=False)[1:-1] in data for p in chosen)
    for url, held in outputs.items():
        if url.endswith(".csv"):
            rows = list(csv.reader(io.StringIO(held.decode("utf-8-sig"))))
            assert len({len(row) for row in rows}) == 1, url
        if url.startswith(("search/", "cards/")) and url.endswith(".js"):
            (inside,) = re.findall(r"detail: (.*) \}\)\);\s*\Z", held.decode(), re.DOTALL)
            json.loads(inside)


def test_the_line_on_paper_is_one_string_of_css() -> None:
    for payload in payloads(300)[::7]:
        made = (
            build(MiniSite({"content/site.yaml": f"name: {json.dumps(payload)}\n"}, ()).snapshot())
            .outputs["print-name.css"]
            .decode()
        )
        (content,) = re.findall(r'content: "(.*)";', made)
        assert re.fullmatch(r"(?:[A-Za-z0-9]|\\[0-9a-f]+ )*", content)
