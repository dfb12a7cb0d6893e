"""Mutants that behave as the sound code does wherever it can be observed.

(module, function, line before, line after) -> the reason.
"""

from __future__ import annotations

_EMPTY = "whoever asks looks only whether it is empty"
_ONE_SENTENCE = "the parts around a skip stand in one sentence, so each of them leads to it"
_DEFENCE = "libyaml has always given a problem and its mark; the rest is for a version that does not"
_NO_MARK = "the size below nothing is what no file has, whatever stands beside it"
_WORD_CHAR = "isalnum is the quick answer; every character it takes has a category of L or N, and every N is one of them"
_BLOCK_END = "libyaml never marks an end behind the last line; the bound is for a version that does"

_CACHE = "how much is remembered changes what is done again, never what is answered"
_NAME = "the name that a rule is kept under is asked for by nobody"
_LINK = "a link always has its address, and its parts nest by 1 and -1"
EQUIVALENT: dict[tuple[str, str, str, str], str] = {
    ("link/quotations", "_follow", "return ()", "return None"): _EMPTY,
    (
        "link/quotations",
        "_follow",
        "if len(parts) > 1:",
        "if len(parts) >= 1:",
    ): "with one part there is nothing to follow: the loop is empty",
    (
        "link/quotations",
        "_follow",
        "if len(parts) > 1:",
        "if len(parts) > 0:",
    ): "with one part there is nothing to follow: the loop is empty",
    (
        "link/quotations",
        "passage",
        "sentence = sentence_at(text, parts[0][0], parts[-1][1])",
        "sentence = sentence_at(text, parts[-1][0], parts[-1][1])",
    ): _ONE_SENTENCE,
    (
        "link/quotations",
        "passage",
        "sentence = sentence_at(text, parts[0][0], parts[-1][1])",
        "sentence = sentence_at(text, parts[0][0], parts[-0][1])",
    ): _ONE_SENTENCE,
    (
        "text",
        "",
        "_LONG_SPACE = re.compile('\\\\s{2,}|[^\\\\S ]')",
        "_LONG_SPACE = re.compile('\\\\s{2}|[^\\\\S ]')",
    ): "it is only asked whether two are found",
    (
        "text",
        "find_whole",
        "at = text.find(words, start, end) if words else -1",
        "at = text.find(words, start, end) if words else -2",
    ): "any number below 0 ends the loop",
    (
        "text",
        "is_word_char",
        "return char.isalnum() or unicodedata.category(char)[0] in 'LNM'",
        "return unicodedata.category(char)[0] in 'LNM'",
    ): _WORD_CHAR,
    (
        "text",
        "is_word_char",
        "return char.isalnum() or unicodedata.category(char)[0] in 'LNM'",
        "return char.isalnum() or unicodedata.category(char)[0] in 'LM'",
    ): _WORD_CHAR,
    (
        "text",
        "without_the",
        "return name[4:].lstrip() if name[:4].lower() == 'the ' else name",
        "return name[3:].lstrip() if name[:4].lower() == 'the ' else name",
    ): "the space that stays goes with the others",
    (
        "publish/lock",
        "locked",
        "with beside(state_folder(project), output, 'lock').open('a+b') as file:",
        "with beside(state_folder(project), output, 'lock').open('ab') as file:",
    ): "nothing is read from a lock",
    ("publish/tree", "", "NO_MARK: Mark = (0, 0, -1, 0, 0)", "NO_MARK: Mark = (1, 0, -1, 0, 0)"): _NO_MARK,
    ("publish/tree", "", "NO_MARK: Mark = (0, 0, -1, 0, 0)", "NO_MARK: Mark = (-1, 0, -1, 0, 0)"): _NO_MARK,
    ("publish/tree", "", "NO_MARK: Mark = (0, 0, -1, 0, 0)", "NO_MARK: Mark = (0, 1, -1, 0, 0)"): _NO_MARK,
    ("publish/tree", "", "NO_MARK: Mark = (0, 0, -1, 0, 0)", "NO_MARK: Mark = (0, -1, -1, 0, 0)"): _NO_MARK,
    ("publish/tree", "", "NO_MARK: Mark = (0, 0, -1, 0, 0)", "NO_MARK: Mark = (0, 0, -2, 0, 0)"): _NO_MARK,
    ("publish/tree", "", "NO_MARK: Mark = (0, 0, -1, 0, 0)", "NO_MARK: Mark = (0, 0, -1, 1, 0)"): _NO_MARK,
    ("publish/tree", "", "NO_MARK: Mark = (0, 0, -1, 0, 0)", "NO_MARK: Mark = (0, 0, -1, -1, 0)"): _NO_MARK,
    ("publish/tree", "", "NO_MARK: Mark = (0, 0, -1, 0, 0)", "NO_MARK: Mark = (0, 0, -1, 0, 1)"): _NO_MARK,
    ("publish/tree", "", "NO_MARK: Mark = (0, 0, -1, 0, 0)", "NO_MARK: Mark = (0, 0, -1, 0, -1)"): _NO_MARK,
    (
        "load/yaml_reader",
        "_failure",
        "mark: Any = broken.problem_mark or broken.context_mark",
        "mark: Any = broken.problem_mark",
    ): _DEFENCE,
    (
        "load/yaml_reader",
        "_failure",
        "return Failure(broken.problem or '', mark.line, mark.column, context.line, context.column)",
        "return Failure(broken.problem, mark.line, mark.column, context.line, context.column)",
    ): _DEFENCE,
    (
        "load/yaml_reader",
        "_failure",
        "return Failure(broken.problem or '', mark.line, mark.column, context.line, context.column)",
        "return Failure(broken.problem or 'x', mark.line, mark.column, context.line, context.column)",
    ): _DEFENCE,
    (
        "load/yaml_reader",
        "_LimitError.__init__",
        "super().__init__(fault.message)",
        "pass",
    ): "the exception never leaves its module, so nobody reads its text",
    (
        "load/yaml_reader",
        "_Reader.run",
        "return children[0] if children else None",
        "return children[-1] if children else None",
    ): "a document has one node at its top",
    (
        "load/yaml_reader",
        "_Reader._lines",
        "self.lines = self.lines or BREAK.split(self.text)",
        "self.lines = BREAK.split(self.text)",
    ): "the lines are kept only to save time",
    (
        "load/yaml_reader",
        "_Reader._words_span",
        "first, last = (event.start_mark.line + 1, min(event.end_mark.line - (event.end_mark.column == 0), len(lines) - 1))",
        "first, last = (event.start_mark.line + 1, min(event.end_mark.line - (event.end_mark.column == 0), len(lines) + 1))",
    ): _BLOCK_END,
    (
        "load/yaml_reader",
        "_Reader._words_span",
        "first, last = (event.start_mark.line + 1, min(event.end_mark.line - (event.end_mark.column == 0), len(lines) - 1))",
        "first, last = (event.start_mark.line + 1, min(event.end_mark.line - (event.end_mark.column == 0), len(lines) - 0))",
    ): _BLOCK_END,
    (
        "load/yaml_reader",
        "_Reader._words_span",
        "while first < last and (not lines[first].strip()):",
        "while first <= last and (not lines[first].strip()):",
    ): "where all lines are blank the next test says so, by one way or the other",
    ("serve/answers", "", "_REMEMBERED = 64", "_REMEMBERED = 65"): _CACHE,
    ("serve/answers", "", "_REMEMBERED = 64", "_REMEMBERED = 63"): _CACHE,
    (
        "serve/answers",
        "links",
        "data = outputs.get(path) or outputs.get(urls.NOT_FOUND, b'')",
        "data = outputs.get(path) or outputs.get(urls.NOT_FOUND, b'x')",
    ): "a page that is not there has no links, nor has one of a single letter",
    (
        "text",
        "fold",
        "return Folded(text, ()) if _is_folded(text) else _fold(text)",
        "return _fold(text)",
    ): "a short way to the same value, for texts that fold to themselves",
    (
        "text",
        "_is_abbreviation",
        "if end - 3 >= start and text[end - 3].isalnum():",
        "if end - 3 > start and text[end - 3].isalnum():",
    ): "a short way: the pattern says the same, a little later",
    (
        "load/markdown",
        "_parser",
        "parser.inline.ruler.before('link', 'record', _record_rule)",
        "parser.inline.ruler.before('link', 'ecord', _record_rule)",
    ): _NAME,
    (
        "load/markdown",
        "_parser",
        "parser.inline.ruler.before('link', 'citation', _citation_rule)",
        "parser.inline.ruler.before('link', 'cittion', _citation_rule)",
    ): _NAME,
    (
        "load/markdown",
        "_parser",
        "parser.inline.ruler.before('link', 'citation', _citation_rule)",
        "parser.inline.ruler.before('link', 'itation', _citation_rule)",
    ): _NAME,
    (
        "load/walk",
        "_Walk._link",
        "href = escape(str(token.attrs.get('href', '')))",
        "href = escape(str(token.attrs.get('href', 'x')))",
    ): _LINK,
    (
        "load/walk",
        "_Walk._link",
        "self._html(f'<a href=\"{href}\"{extra}>' if token.nesting > 0 else '</a>')",
        "self._html(f'<a href=\"{href}\"{extra}>' if token.nesting > -1 else '</a>')",
    ): _LINK,
    ("publish/marks", "", "TYPE_CHECKING = False", "TYPE_CHECKING = True"): "what is imported then is there",
    ("publish/marks", "packed", "return b''", "return b'x'"): "neither is a list of marks",
}
