"""Comments and strings of fenced code, found with Pygments: the one part of it that is for readers in their language."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from l10n.articles.runs import UnitText
from l10n.articles.words import has_words, normalize
from l10n.foreign import ForeignError, foreign_data
from l10n.text.markup import escape

COMMENT, STRING = "code comment", "code string"
ROLES = frozenset({COMMENT, STRING})
"""The roles of blocks in fenced code."""
CONTEXTS = {COMMENT: "attr:comment", STRING: "attr:string"}
_LONGEST = 100_000
"""Characters of a block of code that a lexer, which looks back and ahead as it likes, is given."""
_LANGUAGE = re.compile(r"\{?[ \t]*\.?([\w+#.-]+)")
"""What the line of a fence begins with: `python`, `{.python .numbered}`, `js{1,3}`."""
_OPENER = re.compile(
    r"[ \t]*(?:#+!?|//+[/!<]?|--+|;+|%+|/\*+!?|\*+(?!/)|<!--|\{-|\(\*|'|(?:REM|rem|dnl)(?=\s))?[ \t]*"
)
"""What a line of a comment begins with before its text."""
_CLOSER = re.compile(r"[ \t]*(?:\*+/|-->|-\}|\*\))?[ \t]*\Z")
_ENDS = ("*/", "-->", "-}", "*)")
"""What ends a comment of several lines: no translation may."""
_TO_TOOLS = re.compile(
    r"(?:noqa|nosec|type:|mypy:|pyright:|ruff:|pylint:|flake8:|isort:|fmt:|yapf:|pragma[: ]|eslint|tslint|stylelint|prettier|biome|jshint|@ts-|@flow"
    r"|istanbul|c8 |v8 |webpackChunkName|@vite-|@__PURE__|#__PURE__|highlight-|\[!code|region\b|endregion\b|snippet-|start-|end-|docusaurus|twoslash"
    r"|l10n-ignore|rustfmt|clippy|nolint|go:|\+build|NOLINT|clang-|shellcheck|vim:|-\*-|sourceMapping|\^+)"
)
"""What linters, formatters and the generators themselves look for in comments; all of it is in their manuals."""
_SWITCHED_OFF = re.compile(
    r"""[\w."'-]+[ \t]*=[ \t]*(?:"[^"]*"|'[^']*'|\[.*\]|\{.*\}|true|false|[0-9][0-9._]*)(?:[ \t]+\#+[ \t]*(?P<said>.+))?"""
)
"""A setting that a reader is to use by taking the mark away, `# theme = "dark"`, and what is said of it behind."""
_FILE = re.compile(r"[\w./@~-]*\.[A-Za-z]\w{0,9}")
"""A comment that only names the file whose contents follow."""
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]]*\Z")
_WORD = re.compile(r"[^\W\d_]{2}")
"""Two letters: `# (1)!` refers to a note."""
_FULL = 30
"""Characters of a line below which no sentence goes on to the next."""
_ITEM = re.compile(r"[-*+•]\s|[0-9]+[.)]\s|@\w|\\\w")
_QUOTES = re.compile(r"""(?s)[A-Za-z]{0,2}("|'|`)((?:(?!\1)[^\\\n])*)\1""")


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of a comment on one line of code, or of a string."""

    start: int
    """Offset in the code."""
    end: int
    line: int
    lead: str
    """What stands before it on its line."""
    is_closed: bool = False
    """Whether its comment ends behind it."""


def code_units(
    info: str, code: str, offsets: Sequence[int], *, with_strings: bool
) -> Iterator[tuple[UnitText, str]]:
    """Yield the texts of comments, and of strings, in a block of code with their roles, in order.

    `info` is what stands behind the marks of its fence, `offsets` where each character of `code` stands in the
    source. A language that Pygments does not know has none.
    """
    tokens = _tokens(info, code)
    for group in _groups(code, list(_comments(code, tokens))):
        text = " ".join(code[piece.start : piece.end] for piece in group)
        yield _unit(text, offsets, group[0].start, group[-1].end), COMMENT
    if with_strings:
        for start, end in _strings(tokens):
            yield _unit(code[start:end], offsets, start, end), STRING


def _unit(text: str, offsets: Sequence[int], start: int, end: int) -> UnitText:
    msgid = escape(normalize(" ".join(text.split())))
    return UnitText(offsets[start], offsets[end - 1] + 1, msgid)


def _tokens(info: str, code: str) -> list[tuple[int, str, str]]:
    """Return offset, dotted type and text of what a lexer finds; nothing for a language that has none."""
    name = _LANGUAGE.match(info.strip())
    if name is None or len(code) > _LONGEST:
        return []
    # It takes a tenth of a second to load, and few projects ask for it.
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        lexer = get_lexer_by_name(name[1].lower())
    except ClassNotFound:
        return []
    try:
        with foreign_data():
            found = lexer.get_tokens_unprocessed(code)
            return [(start, ".".join(kind), text) for start, kind, text in found]
    except ForeignError:
        return []


_NO_COMMENTS = (
    "Comment.Preproc",
    "Comment.PreprocFile",
    "Comment.Hashbang",
    "Comment.Directive",
)
"""What lexers call comments and a compiler or a shell reads."""


def _comments(code: str, tokens: Sequence[tuple[int, str, str]]) -> Iterator[Piece]:
    """Yield the texts of comments line by line."""
    for start, end in _stretches(tokens):
        line = code.count("\n", 0, start)
        position = start
        for text in code[start:end].split("\n"):
            piece = _piece(code, position, position + len(text), line)
            if piece is not None:
                yield piece
            position += len(text) + 1
            line += 1


def _stretches(tokens: Sequence[tuple[int, str, str]]) -> Iterator[tuple[int, int]]:
    """Yield where comments stand; the marks around one may be tokens of their own."""
    begin = end = -1
    for start, kind, text in tokens:
        if not kind.startswith("Comment") or kind.startswith(_NO_COMMENTS):
            continue
        if start != end:
            if end > begin:
                yield begin, end
            begin = start
        end = start + len(text)
    if end > begin:
        yield begin, end


def _piece(code: str, start: int, end: int, line: int) -> Piece | None:
    opener = _OPENER.match(code, start, end)
    first = opener.end() if opener is not None else start
    closer = _CLOSER.search(code, first, end)
    last = closer.start() if closer is not None else end
    line_start = code.rfind("\n", 0, first) + 1
    setting = _SWITCHED_OFF.fullmatch(code, first, last)
    if setting is not None and not re.search(r"[^\W_]", code[line_start:first]):
        first = setting.start("said") if setting["said"] else last
    text = code[first:last]
    if not _WORD.search(text) or _TO_TOOLS.match(text) or _FILE.fullmatch(text):
        return None
    lead = code[line_start:first]
    return Piece(first, last, line, lead, bool(code[last:end].strip()))


def _groups(code: str, pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield the lines that belong together: a sentence that goes on below is one unit."""
    group: list[Piece] = []
    for piece in pieces:
        if group and not _goes_on(code, group[-1], piece):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _goes_on(code: str, before: Piece, piece: Piece) -> bool:
    """Whether a line goes on with the sentence of the line before: in small letters, below a full one, without a mark."""
    text = code[before.start : before.end]
    following = code[piece.start : piece.end]
    is_below = piece.line == before.line + 1 and not before.is_closed
    is_own = not re.search(r"[^\W_]", piece.lead + before.lead)
    return (
        is_below
        and is_own
        and len(piece.lead) == len(before.lead)
        and len(text) >= _FULL
        and not _SENTENCE_END.search(text)
        and not following[:1].isupper()
        and _ITEM.match(following) is None
    )


def _strings(tokens: Sequence[tuple[int, str, str]]) -> Iterator[tuple[int, int]]:
    """Yield where the contents of strings stand that say something: in one piece, of several words."""
    begin, text, is_plain = -1, "", True
    for start, kind, value in [*tokens, (-1, "", "")]:
        if kind.startswith("Literal.String"):
            if start != begin + len(text):
                begin, text, is_plain = start, "", True
            text += value
            is_plain = is_plain and not kind.endswith(
                (".Escape", ".Interpol", ".Doc", ".Regex")
            )
            continue
        match = _QUOTES.fullmatch(text) if text and is_plain else None
        if match is not None and " " in match[2].strip() and has_words(match[2]):
            yield begin + match.start(2), begin + match.end(2)
        begin, text, is_plain = -1, "", True


def write(source: str, start: int, end: int, text: str, role: str) -> str | None:
    """Return a translation as it stands in the place of a comment or a string; None where it would end it.

    A comment over several lines is broken at the width of the widest, with what begins those lines.
    """
    text = " ".join(text.split())
    if role == STRING:
        quote = source[start - 1]
        return None if quote in text or "\\" in text else text
    if any(mark in text for mark in _ENDS):
        return None
    lines = re.split(r"\r\n?|\n", source[start:end])
    if len(lines) == 1:
        return text
    begin = source.rfind("\n", 0, start) + 1
    column = start - begin
    width = max(column + len(lines[0]), *map(len, lines[1:]))
    newline = re.search(r"\r\n?|\n", source[start:end])
    # The marks of quotes and lists, and that of the comment, are as wide as before the first line.
    further = (newline[0] if newline else "\n") + lines[1][:column]
    wrapper = textwrap.TextWrapper(
        width=max(width - column, _FULL), break_long_words=False, break_on_hyphens=False
    )
    return further.join(wrapper.wrap(text))
