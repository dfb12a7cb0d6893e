"""Articles made by chance, of every construct that Markdown has, and the words that a reader must find of each, in their order.

The words are written down by whoever makes the text, not read from it, so that no reader of Markdown vouches for itself. Every
word stands once in its article. `write(chance, names)` gives the text and the words; `names` are strings that will be linked.
"""

from __future__ import annotations

import re
from random import Random
from typing import NamedTuple

WORD = re.compile(r"[^\W_]+")
_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_ROUND = (
    "",
    "",
    "",
    ".",
    ",",
    ";",
    ":",
    "!",
    "?",
    " –",
    "…",
    "’s",
    "”",
    " (aside)",
    " & co",
    " < more",
    " > less",
    " 50%",
    " #5",
    "^",
    "~",
)
_DEEP = 24


class Inline(NamedTuple):
    """A piece of a line: as written, and as a reader sees it."""

    raw: str
    seen: str


class Block(NamedTuple):
    """A block: its lines as written, and what a reader sees of it."""

    lines: list[str]
    seen: str


class Maker:
    """Makes one article."""

    def __init__(self, chance: Random, names: tuple[str, ...], *, editors: bool = False) -> None:
        self.chance, self.names, self.editors = chance, names, editors
        self.count = 0
        self.definitions: list[str] = []

    def word(self) -> str:
        """A word that stands nowhere else in the article."""
        self.count += 1
        kind = self.chance.random()
        if kind < 0.08:
            return "".join(self.chance.choices(_ARABIC, k=4)) + f"{self.count}"
        if kind < 0.12:
            return f"{self.chance.choice(('Ünïcode', 'Straße', 'naïve', 'Ελλάδα', 'Київ', '東京', 'é'))}{self.count}"
        return f"{self.chance.choice(('talks', 'Lake', 'the', 'envoy', 'U', 'peace', 'of', 'm', 'SSR'))}{self.count}"

    def words(self, least: int = 1, most: int = 5) -> str:
        return " ".join(self.word() for _ in range(self.chance.randint(least, most)))

    # ------------------------------------------------------------ inline

    def inline(self, depth: int = 0, *, links: bool = True) -> Inline:
        """Some words with marks around and between them."""
        parts = [self.atom(depth, links=links) for _ in range(self.chance.randint(1, 4))]
        return Inline(" ".join(p.raw for p in parts), " ".join(p.seen for p in parts))

    def atom(self, depth: int, *, links: bool) -> Inline:
        plain = [self.plain, self.plain, self.plain, self.name, self.escaped, self.entity, self.code]
        plain += [self.reference, self.citation] if self.editors else [self.literal, self.quoted]
        if depth > 2 or self.chance.random() < 0.5:
            return self.chance.choice(plain)()
        within = (self.emphasis, self.emphasis, self.picture)
        return self.chance.choice((*within, self.link, self.link) if links else within)(depth + 1, links)

    def plain(self) -> Inline:
        text = self.words() + self.chance.choice(_ROUND)
        return Inline(text, text)

    def name(self) -> Inline:
        name = self.chance.choice(self.names)
        return Inline(name, name)

    def quoted(self) -> Inline:
        before, after = self.chance.choice((("“", "”"), ('"', '"'), ("«", "»"), ("'", "'"), ("(", ")"), ("[", "]"), ("[[", "]]")))
        text = f"{before}{self.words()}{after}"
        return Inline(text, text)

    def reference(self) -> Inline:
        """Of editors alone: a record, by its name or by words of theirs. `actor-0` has the first of the names."""
        words = self.words()
        return self.chance.choice((Inline("[[actor-0]]", self.names[0]), Inline(f"[[actor-0|{words}]]", words)))

    def citation(self) -> Inline:
        """Of editors alone: a marker, of which no word is shown in the text."""
        return Inline(f"{(word := self.word())} [@cited: words that are cited].", f"{word}.")

    def escaped(self) -> Inline:
        word, sign = self.word(), self.chance.choice("*_`[]()#+-.!|<>\\&")
        return Inline(f"\\{sign}{word}\\{sign}", f"{sign}{word}{sign}")

    def entity(self) -> Inline:
        raw, seen = self.chance.choice(
            (
                ("&amp;", "&"),
                ("&eacute;", "é"),
                ("&#233;", "é"),
                ("&#x62d;", "ح"),
                ("&lt;", "<"),
                ("&nbsp;", "\xa0"),
                ("&nope;", "&nope;"),
            )
        )
        one, two = self.word(), self.word()
        return Inline(f"{one}{raw}{two}", f"{one}{seen}{two}")

    def code(self) -> Inline:
        text = self.chance.choice(("{}", "<b>{}</b>", "&amp;{}", "*{}*", "\\{}", "[{}](x)", "a  {}")).format(self.word())
        fence = "``" if self.chance.random() < 0.3 else "`"
        inside = text + (" ` " + self.word() if fence == "``" else "")
        return Inline(f"{fence} {inside} {fence}", inside)

    def literal(self) -> Inline:
        """What looks like markup and is none."""
        word = self.word()
        form = self.chance.choice(
            (
                "<b>{}</b>", "<!-- {} -->", "<script>{}</script>", "<?php {} ?>", "2 * {} * 3", "snake_{}_case",
                "[{}] (aside)", "![{}]", "[@wire: {}]", "{{{{ {} }}}}", "{{% {} %}}", "$x_{}$", "~~{}~~", "javascript:{}",
                "<javascript:{}>", "[{}](javascript:x)", "http://example.org/{}", "{}|pipe", "*{}", "**{}", "](x) {}",
            )
        )  # fmt: skip
        text = form.format(word)
        return Inline(text, text)

    def emphasis(self, depth: int, links: bool) -> Inline:
        inside = self.inline(depth, links=links)
        inside = Inline(f"{(first := self.word())} {inside.raw} {(last := self.word())}", f"{first} {inside.seen} {last}")
        mark = self.chance.choice(("*", "**", "_", "__", "***"))
        return Inline(f"{mark}{inside.raw}{mark}", inside.seen)

    def text(self) -> Inline:
        """Words with some marks, and without brackets, for the inside of a link or a picture."""
        parts = [self.chance.choice((self.plain, self.name, self.entity, self.strong))() for _ in range(self.chance.randint(1, 3))]
        return Inline(" ".join(p.raw for p in parts), " ".join(p.seen for p in parts))

    def strong(self) -> Inline:
        words, mark = self.words(), self.chance.choice(("*", "**", "_", "`"))
        return Inline(f"{mark}{words}{mark}", words)

    def link(self, _: int, __: bool) -> Inline:
        text, form = self.text(), self.chance.randrange(5)
        if form == 0:
            address = f"https://example.org/{self.word()}"
            return Inline(f"<{address}>", address) if address.isascii() else self.plain()
        if form == 1:
            return Inline(f'[{text.raw}](https://example.org/x_(y) "a title")', text.seen)
        if form == 2:
            return Inline(f"[{text.raw}](<https://example.org/a b>)", text.seen)
        label = f"ref{len(self.definitions)}"
        self.definitions.append(f"[{label}]: https://example.org/{label} 'a title'")
        return Inline(f"[{text.raw}][{label}]", text.seen)

    def picture(self, _: int, __: bool) -> Inline:
        text = self.text()
        return Inline(f"![{text.raw}](https://example.org/a.png)", text.seen)

    # ------------------------------------------------------------ blocks

    def document(self, size: int) -> Block:
        return self.blocks(size, 0)

    def blocks(self, count: int, depth: int) -> Block:
        made = [self.block(depth) for _ in range(count)]
        lines: list[str] = []
        for number, one in enumerate(made):
            lines += ["", "<!-- -->", ""] if number and self.chance.random() < 0.1 else [""] if number else []
            lines += one.lines
        return Block(lines, "\n".join(one.seen for one in made))

    def block(self, depth: int) -> Block:
        leaves = (self.paragraph, self.paragraph, self.paragraph, self.heading, self.fence, self.indented, self.table, self.rule)
        if depth > 2 or self.chance.random() < 0.55:
            return self.chance.choice(leaves)()
        return self.chance.choice((self.bullets, self.numbers, self.quotation, self.ladder))(depth + 1)

    def paragraph(self) -> Block:
        lines = [self.inline() for _ in range(self.chance.randint(1, 3))]
        # A line begins with a word, so that nothing in it begins another block.
        first = [self.word() for _ in lines]
        ends = [self.chance.choice(("", "", "  ", "\\")) for _ in lines[:-1]] + [""]
        raw = [f"{word} {line.raw}{end}" for word, line, end in zip(first, lines, ends, strict=True)]
        return Block(raw, "\n".join(f"{word} {line.seen}" for word, line in zip(first, lines, strict=True)))

    def heading(self) -> Block:
        text = self.inline()
        if self.chance.random() < 0.3:
            word = self.word()
            return Block([f"{word} {text.raw}", self.chance.choice(("===", "---"))], f"{word} {text.seen}")
        word = self.word()
        return Block(
            [f"{'#' * self.chance.randint(1, 6)} {text.raw} {word}{self.chance.choice(('', ' ##'))}"], f"{text.seen} {word}"
        )

    def fence(self) -> Block:
        inside = [f"{self.chance.choice(('', '  ', '<b>', '- ', '# ', '&amp; ', '> '))}{self.words()}" for _ in range(3)]
        fence = self.chance.choice(("```", "~~~", "~~~~~"))
        inside += ["", f"{self.word()} end"]
        return Block([fence + self.chance.choice(("", "python")), *inside, fence], "\n".join(inside))

    def indented(self) -> Block:
        inside = [f"    {self.words()} *{self.word()}*" for _ in range(2)]
        return Block(["<!-- -->", "", *inside], "\n".join(inside))

    def table(self) -> Block:
        columns = self.chance.randint(1, 4)
        rows = [[self.cell() for _ in range(columns)] for _ in range(self.chance.randint(1, 4))]
        rule = "|" + "|".join(self.chance.choice(("---", ":--", "--:", ":-:")) for _ in range(columns)) + "|"
        raw = ["| " + " | ".join(c.raw for c in row) + " |" for row in rows]
        if len(raw) > 1 and columns > 1 and self.chance.random() < 0.3:  # a short row
            rows[-1] = rows[-1][:-1]
            raw[-1] = "| " + " | ".join(c.raw for c in rows[-1])
        return Block([raw[0], rule, *raw[1:]], "\n".join(" ".join(c.seen for c in row) for row in rows))

    def cell(self) -> Inline:
        kind = self.chance.random()
        if kind < 0.2:
            one, two = self.word(), self.word()
            return Inline(f"{one} \\| {two}", f"{one} | {two}")
        if kind < 0.4:
            word = self.word()
            return Inline(f"**{word}**", word)
        text = self.words(1, 3)
        return Inline(text, text)

    def rule(self) -> Block:
        return Block([self.chance.choice(("***", "___", "* * *"))], "")

    def item(self, depth: int) -> Block:
        first = self.paragraph()
        if self.chance.random() < 0.3:
            inner = self.blocks(self.chance.randint(1, 2), depth)
            return Block([*first.lines, "", *inner.lines], f"{first.seen}\n{inner.seen}")
        return first

    def bullets(self, depth: int) -> Block:
        sign = self.chance.choice("-+*")
        return _listed([(f"{sign} ", "", self.item(depth)) for _ in range(self.chance.randint(1, 4))], self.chance.random() < 0.5)

    def numbers(self, depth: int) -> Block:
        """Numbers as people write them: in order, all alike, or with gaps, such as years."""
        count, start, sign = self.chance.randint(1, 4), self.chance.choice((0, 1, 1, 7, 1986)), self.chance.choice(".)")
        steps = [self.chance.choice((1, 1, 1, 2, 5)) for _ in range(count)]
        written = [start + sum(steps[:n]) for n in range(count)]
        seen = list(written)
        if self.chance.random() < 0.3:
            written, seen = [start] * count, [start + n for n in range(count)]
        items = [(f"{number}{sign} ", f"{shown}", self.item(depth)) for number, shown in zip(written, seen, strict=True)]
        return _listed(items, self.chance.random() < 0.5)

    def quotation(self, depth: int) -> Block:
        inner = self.blocks(self.chance.randint(1, 3), depth)
        return Block([f"> {line}".rstrip() if not line else f"> {line}" for line in inner.lines], inner.seen)

    def ladder(self, _: int) -> Block:
        """A list in a list in a list, much deeper than the preset of Markdown reads."""
        return nested(self, self.chance.randint(5, _DEEP), self.chance.choice(("- ", "1. ", "> ")))


def nested(maker: Maker, depth: int, *signs: str) -> Block:
    """A word on each of `depth` levels of lists or quotations, one in the other, by turns of the `signs` that begin them."""
    lines, seen, before = [], [], ""
    for level in range(depth):
        word, sign = maker.word(), signs[level % len(signs)]
        lines.append(before + sign + word)
        seen.append(f"1 {word}" if sign == "1. " else word)
        before += sign if sign == "> " else " " * len(sign)
    return Block(["<!-- -->", "", *lines], "\n".join(seen))


def _listed(items: list[tuple[str, str, Block]], loose: bool) -> Block:
    lines: list[str] = []
    for sign, _, item in items:
        lines += [""] if lines and loose else []
        lines += [(sign if n == 0 else " " * len(sign)) + line if line else "" for n, line in enumerate(item.lines)]
    return Block(["<!-- -->", "", *lines], "\n".join(f"{number} {item.seen}" for _, number, item in items))


def write(chance: Random, names: tuple[str, ...], size: int = 8, *, editors: bool = False) -> tuple[str, list[str]]:
    """A text in Markdown, a source's or the editors' own, and its words in order."""
    maker = Maker(chance, names, editors=editors)
    made = maker.document(size)
    return "\n".join([*made.lines, "", *maker.definitions, ""]), WORD.findall(made.seen)
