"""Markdown's tokens into `Prose`, in one pass over them: markup of our own, runs of text, references and citations.

Nothing here parses, and no markup of a source passes: every tag is made here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from briefgen.diagnostic import Diagnostic, as_in, error
from briefgen.model import Cite, Html, Piece, Prose, Quote, Ref, Run, Unit
from briefgen.source import Span, whole_file

if TYPE_CHECKING:
    from markdown_it.token import Token

DEEPEST = 100  # nested blocks; the preset silently drops what lies deeper than its own limit, so we raise it and refuse
_MARK = re.compile(r"\[\[|\[@")
_UNREAD = {
    "[[": "What begins with [[ here is not read as a record: its end ]] is missing.",
    "[@": "What begins with [@ here is not read as a citation. It takes an article, a colon, a space, the words and ].",
}
_FORMS = {"[[": "[[ID]]", "[@": "[@ARTICLE: words of that article]"}
# A table may be wider than a phone: it scrolls in a frame of its own, which the keyboard can reach.
_FRAME = {"table_open": '<div class="frame" tabindex="0">{}', "table_close": "{}</div>\n"}


def _shown(tokens: Sequence[Token]) -> str:
    """The words that stand for a picture, without their markup; what only editors write stays as written."""
    parts = (t.meta["raw"] if "raw" in t.meta else _shown(t.children) if t.children else _plain(t) for t in tokens)
    return "".join(parts)


def _plain(token: Token) -> str:
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content


@lru_cache(maxsize=256)  # the same few markups, one value each: there are two for every paragraph
def _tag(kind: str, name: str, attrs: str, nesting: int, block: bool) -> Html:
    """The markup of a token; the page itself has the only h1."""
    name = f"h{max(int(name[1]), 2)}" if kind.startswith("heading") else name
    markup = f"<{'/' if nesting < 0 else ''}{name}{attrs}>" + ("\n" if nesting < 1 and block else "")
    return Html(_FRAME.get(kind, "{}").format(markup))


def walked(
    tokens: Sequence[Token], file: str, text: str, first_line: int, *, editors: bool, note: Span | None = None
) -> tuple[Prose, tuple[Diagnostic, ...]]:
    """The prose that the tokens of a text make; `text` is in `file` from `first_line` on. Findings in a note stand at its span."""
    return _Walk(file, text, first_line, editors, note).blocks(tokens)


class _Walk:
    """One pass over the tokens of one text. The cursor finds where an inline construct stands in the file."""

    def __init__(self, file: str, text: str, first_line: int, editors: bool, note: Span | None = None) -> None:
        self.file, self.first_line, self.editors, self.note = file, first_line, editors, note
        self.lines = text.split("\n")
        self.last = len(self.lines)  # the line behind the block that is walked
        self.pieces: list[Piece] = []
        self.units: list[Unit] = []
        self.findings: list[Diagnostic] = []
        self.text: list[str] = []
        self.length = 0
        self.unlinked = 0
        self.cursor = (0, 0)
        self.open = 0  # the run written last, and what came behind it since
        self.behind: list[str] = []

    def blocks(self, tokens: Sequence[Token]) -> tuple[Prose, tuple[Diagnostic, ...]]:
        for token in tokens:
            if token.level >= DEEPEST - 1 and not self.findings:
                at = whole_file(self.file)._replace(line=self._line(token), end_line=self._line(token))
                self.findings.append(error("too-deep", f"Lists or quotations are nested more than {DEEPEST} deep here.", at))
            self._block(token)
        return Prose(tuple(self.pieces), tuple(self.units)), tuple(self.findings)

    def _line(self, token: Token) -> int:
        return self.first_line + (token.map[0] if token.map else 0)

    def _block(self, token: Token) -> None:
        if token.type == "inline":
            if token.map and not self.note:
                self.cursor = max(self.cursor, (token.map[0], 0))
                self.last = token.map[1]
            line = self._line(token)
            self.text, self.length = [], 0
            for child in token.children or ():
                self._inline(child)
            self._settle()
            self.units.append(Unit("".join(self.text), "body", line))
        elif token.type in ("fence", "code_block"):
            self._code_block(token)
        elif not token.hidden:
            self._tag(token)

    def _code_block(self, token: Token) -> None:
        self.pieces += [Html("<pre><code>"), Run(len(self.units), 0, token.content, False), Html("</code></pre>\n")]
        self.units.append(Unit(token.content, "body", self._line(token)))

    def _tag(self, token: Token) -> None:
        if token.type.startswith("heading"):
            self.unlinked += token.nesting
        attrs = "".join(f' {key}="{escape(str(value))}"' for key, value in token.attrs.items() if key in ("start", "value"))
        self.pieces.append(_tag(token.type, token.tag, attrs, token.nesting, token.block))

    def _inline(self, token: Token) -> None:
        match token.type:
            case "text" | "text_special":
                self._unread(token.content)
                self._run(token.content)
            case "softbreak":
                self._run("\n")
            case "hardbreak":
                self._html("<br>")
                self._grow("\n")
            case "code_inline":
                self._find(token.content)
                self._html("<code>")
                self._run(token.content, False)
                self._html("</code>")
            case "image":
                self._run(_shown(token.children or ()))
            case "link_open" | "link_close":
                self._link(token)
            case "record":
                self.pieces.append(Ref(token.content, token.info, self._span(token)))
            case "citation":
                span = self._span(token)
                self._close_up()
                self.pieces.append(Quote(Cite(token.content, token.info, span, span)))
            case _:
                self._html(f"<{'/' if token.nesting < 0 else ''}{token.tag}>")

    def _link(self, token: Token) -> None:
        self.unlinked += token.nesting
        href = escape(str(token.attrs.get("href", "")))
        title = token.attrs.get("title")
        extra = f' title="{escape(str(title))}"' if title else ""
        self._html(f'<a href="{href}"{extra}>' if token.nesting > 0 else "</a>")

    def _html(self, markup: str) -> None:
        self.pieces.append(Html(markup))

    def _run(self, text: str, linkable: bool = True) -> None:
        start = self.length
        last = self.pieces[-1] if self.pieces else None
        ok = linkable and not self.unlinked
        # Neighbouring runs become one, so that a name is never cut by an escape or a line end.
        if isinstance(last, Run) and last.unit == len(self.units) and last.linkable == ok:
            self.behind.append(text)
        elif text:
            self._settle()
            self.pieces.append(Run(len(self.units), start, text, ok))
            self.open = len(self.pieces) - 1
        self._grow(text)

    def _settle(self) -> None:
        """What came behind the run written last becomes part of it: in one step, for each would copy all that was there."""
        run = self.pieces[self.open] if self.behind else None
        if isinstance(run, Run):
            self.pieces[self.open] = run._replace(text="".join((run.text, *self.behind)))
            self.behind.clear()

    def _close_up(self) -> None:
        """A marker follows its word: no white space before it, so that it never stands alone on a line."""
        self._settle()
        last = self.pieces[-1] if self.pieces else None
        if isinstance(last, Run) and last.unit == len(self.units):
            self.pieces[-1] = last._replace(text=last.text.rstrip())

    def _grow(self, text: str) -> None:
        self.text.append(text)
        self.length += len(text)

    def _unread(self, text: str) -> None:
        """What an editor meant as a reference or citation and did not write as one would be published as it stands."""
        for mark in _MARK.findall(text) if self.editors else ():
            if span := self._find(mark):  # escaped marks stand in the text and not in the file
                self.findings.append(error("unread-brackets", _UNREAD[mark], span, as_in(_FORMS[mark])))

    def _span(self, token: Token) -> Span:
        line = self.first_line + self.cursor[0]
        return self._find(token.meta["raw"].split("\n")[0]) or Span(self.file, line, 1, line, 1)

    def _find(self, raw: str) -> Span | None:
        """Where `raw` stands next in the block, and the cursor behind it."""
        row, col = self.cursor
        for i in range(row, self.last):
            found = re.compile(r"(?<!\\)" + re.escape(raw)).search(self.lines[i], col if i == row else 0)
            if found:
                self.cursor = (i, found.end())
                line = self.first_line + i
                return self.note or Span(self.file, line, found.start() + 1, line, found.end() + 1)
        return None
