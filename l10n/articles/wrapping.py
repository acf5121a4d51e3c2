"""Lines of a source file: a translation is broken where its author broke lines, so that later changes stay small."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from l10n.articles.sitecode import CODE
from l10n.articles.words import line_break, line_start
from l10n.text.sentences import split_sentences

_SPACE = " \t\r\n\f"
_SPACES = re.compile(rf"[{_SPACE}]+")
_TAG = re.compile(rf"""{CODE}|<(?![{_SPACE}])(?>(?:[^<>"']|"[^"]*"|'[^']*')*)>""")
"""A tag, or code of a site generator, which may hold tags."""
_SIGNS = re.compile(r"[<{]")
_HELD = str.maketrans(" \t\r\n\f", "\0\1\2\3\4")
_FREED = str.maketrans("\0\1\2\3\4", " \t\r\n\f")
"""What stands for white space inside a tag while lines are broken; no page holds it."""
_OWN = "\5"
"""Stands before a line that begins as it did in the source."""
_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_BREAK_ENDS_LINE = re.compile(r"<br\b[^<>]*>[ \t]*\r?\n", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n?|\n")
_SENTENCE_END = re.compile(r"""[.!?…:;]["'»”’)\]*_`]*(?:</[a-z][^<>]*>)*\Z""", re.IGNORECASE)
_TO_LINE_END = re.compile(r"[ \t\f]*(?:\r\n?|\n)[ \t\f]*")
_FIRST_WORD = re.compile(rf"""(?:<(?>(?:[^<>"']|"[^"]*"|'[^']*')*)>|[^<{_SPACE}])+""")


def wrapped(spelled: str, written: str, column: int) -> str:
    """Return markup broken into lines as the text that it replaces was.

    `column` is where that text begins on its line. A text on one line stays on one. White space must mean no more
    than a space in it.
    """
    lines = _LINE_END.split(spelled)
    if len(lines) == 1:
        return written
    newline = line_break(spelled)
    indent = lines[1][: len(lines[1]) - len(lines[1].lstrip(" \t"))]
    if is_by_sentence(spelled):
        return (newline + indent).join(_LINE_END.split(written))
    width = max(column + len(lines[0].rstrip()), *(len(line.rstrip()) for line in lines[1:]))
    after_break = _BREAK_ENDS_LINE.search(spelled) is not None
    kept = _own_lines(spelled, width, column) if _SIGNS.search(spelled) else {}
    return newline.join(
        _filled(written, width, column, indent, kept=kept, after_break=after_break)
    )


_Side = tuple[str, int, bool]
"""A tag, its number among those spelled alike, and whether what is before it is meant or what is behind it."""


def _own_lines(spelled: str, width: int, column: int) -> Mapping[_Side, str]:
    """Return the sides of tags at which lines end that had room for more, for their author wanted that, and what begins the next."""
    seen: Counter[str] = Counter()
    kept: dict[_Side, str] = {}
    for tag in _TAG.finditer(spelled):
        name = tag[0].translate(_HELD)
        start, end = tag.span()
        text_end = start
        while text_end and spelled[text_end - 1] in _SPACE:
            text_end -= 1
        following = _TO_LINE_END.match(spelled, end)
        if _LINE_END.search(spelled, text_end, start) and _had_room(
            spelled, text_end, start, width, column
        ):
            kept[name, seen[name], True] = _LINE_END.split(spelled[text_end:start])[-1]
        if following is not None and _had_room(spelled, end, following.end(), width, column):
            kept[name, seen[name], False] = _LINE_END.split(following[0])[-1]
        seen[name] += 1
    return kept


def _had_room(spelled: str, end: int, start: int, width: int, column: int) -> bool:
    """Whether the word at `start` would have had room on the line before, whose text ends at `end`."""
    line = line_start(spelled, end)
    length = end - line + (0 if line else column)
    word = _FIRST_WORD.match(spelled, start)
    # A line that is not half full was ended on purpose, however long what follows is.
    return word is not None and (length + 1 + len(word[0]) <= width or 2 * length < width)


def ends_sentence(line: str) -> bool:
    """Whether a line ends with its sentence, or a part of it that stands by itself."""
    return _SENTENCE_END.search(line) is not None


def one_sentence_a_line(msgstr: str, line_end: str = "\n") -> str:
    """Return a msgstr with the end of a line instead of the space behind each sentence but the last."""
    # Which abbreviations a language has is of no weight here: a break too many or too few changes no text.
    sentences = split_sentences(msgstr, "und")
    lines = [
        sentence[:-1] + line_end if sentence.endswith(" ") else sentence
        for sentence in sentences[:-1]
    ]
    return "".join([*lines, *sentences[-1:]])


def is_by_sentence(spelled: str) -> bool:
    """Whether every line of a text ends with its sentence, so that it has one sentence a line."""
    lines = _LINE_END.split(spelled.strip(_SPACE))
    if len(lines) == 1 or not all(ends_sentence(line.rstrip()) for line in lines[:-1]):
        return False
    # At a margin, lines end where the next word would have passed it: sentences know none.
    lengths = [len(line.strip()) for line in lines[:-1]]
    return len(lengths) == 1 or max(lengths) > 1.2 * min(lengths)


def _filled(
    written: str,
    width: int,
    column: int,
    indent: str,
    *,
    kept: Mapping[_Side, str],
    after_break: bool,
) -> Iterator[str]:
    """Yield lines of at most a width, the first one beginning at a column; they end at the tags that are kept, too."""
    if _SIGNS.search(written):
        # Inside a tag no line is broken: its own spaces are out of the way meanwhile.
        written = _TAG.sub(lambda tag: tag[0].translate(_HELD), written)
    text = _SPACES.sub(" ", written)
    if kept:
        text = _with_own_lines(text, kept)
    if after_break:
        text = _BREAK.sub(r"\g<0>\n", text)
    lead = ""
    for passage in filter(None, (piece.strip(" ") for piece in text.split("\n"))):
        if passage[0] == _OWN:
            passage, lead, column = passage[1:], "", 0  # noqa: PLW2901 - its own beginning
        start, room = 0, width - column
        # Line by line, not word by word: of ten words nine need no look.
        while len(passage) - start > room:
            cut = passage.rfind(" ", start, start + max(room, 0) + 1)
            if cut <= start:
                cut = passage.find(" ", start + max(room, 0))
                if cut < 0:
                    break
            yield lead + passage[start:cut].translate(_FREED)
            lead, start, room = indent, cut + 1, width - len(indent)
        yield lead + passage[start:].translate(_FREED)
        lead, column = indent, len(indent)


def _with_own_lines(text: str, kept: Mapping[_Side, str]) -> str:
    """Return text with the ends of lines at the tags that have them, where white space is."""
    seen: Counter[str] = Counter()
    parts: list[str] = []
    position = 0
    for tag in _TAG.finditer(text):
        name = tag[0]
        start, end = tag.span()
        before, behind = text[position:start], ""
        indent = kept.get((name, seen[name], True))
        if indent is not None and before.endswith(" "):
            before = f"{before[:-1]}\n{_OWN}{indent.translate(_HELD)}"
        indent = kept.get((name, seen[name], False))
        if indent is not None and text.startswith(" ", end):
            behind = f"\n{_OWN}{indent.translate(_HELD)}"
        parts += (before, name, behind)
        position = end + bool(behind)
        seen[name] += 1
    return "".join((*parts, text[position:]))
