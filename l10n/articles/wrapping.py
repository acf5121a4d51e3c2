"""Lines of a source file: a translation is broken where its author broke lines, so that later changes stay small."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.text.sentences import split_sentences

_SPACE = " \t\r\n\f"
_SPACES = re.compile(rf"[{_SPACE}]+")
_TAG = re.compile(rf"""<(?![{_SPACE}])(?>(?:[^<>"']|"[^"]*"|'[^']*')*)>""")
_HELD = "\0"
"""Stands for a space inside a tag while lines are broken; no page holds it."""
_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_BREAK_ENDS_LINE = re.compile(r"<br\b[^<>]*>[ \t]*\r?\n", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n?|\n")
_SENTENCE_END = re.compile(r"""[.!?…:;]["'»”’)\]*_]*(?:</[a-z][^<>]*>)*\Z""", re.IGNORECASE)


def wrapped(spelled: str, written: str, column: int) -> str:
    """Return markup broken into lines as the text that it replaces was.

    `column` is where that text begins on its line. A text on one line stays on one. White space must mean no more
    than a space in it.
    """
    lines = _LINE_END.split(spelled)
    if len(lines) == 1:
        return written
    newline = "\r\n" if "\r\n" in spelled else "\n" if "\n" in spelled else "\r"
    indent = lines[1][: len(lines[1]) - len(lines[1].lstrip(" \t"))]
    if is_by_sentence(spelled):
        return (newline + indent).join(_LINE_END.split(written))
    width = max(column + len(lines[0].rstrip()), *(len(line.rstrip()) for line in lines[1:]))
    after_break = _BREAK_ENDS_LINE.search(spelled) is not None
    return newline.join(_filled(written, width, column, indent, after_break=after_break))


def one_sentence_a_line(msgstr: str) -> str:
    """Return a msgstr with a line break instead of the space behind each sentence but the last."""
    # Which abbreviations a language has is of no weight here: a break too many or too few changes no text.
    sentences = split_sentences(msgstr, "und")
    lines = [
        sentence[:-1] + "\n" if sentence.endswith(" ") else sentence
        for sentence in sentences[:-1]
    ]
    return "".join([*lines, *sentences[-1:]])


def is_by_sentence(spelled: str) -> bool:
    """Whether every line of a text ends with its sentence, so that it has one sentence a line."""
    lines = _LINE_END.split(spelled.strip(_SPACE))
    if len(lines) == 1 or not all(_SENTENCE_END.search(line.rstrip()) for line in lines[:-1]):
        return False
    # At a margin, lines end where the next word would have passed it: sentences know none.
    lengths = [len(line.strip()) for line in lines[:-1]]
    return len(lengths) == 1 or max(lengths) > 1.2 * min(lengths)


def _filled(
    written: str, width: int, column: int, indent: str, *, after_break: bool
) -> Iterator[str]:
    """Yield lines of at most a width, the first one beginning at a column."""
    text = _SPACES.sub(" ", written)
    if "<" in text:
        # Inside a tag no line is broken: its own spaces are out of the way meanwhile.
        text = _TAG.sub(lambda tag: tag[0].replace(" ", _HELD), text)
    passages = _BREAK.sub(r"\g<0>\n", text).split("\n") if after_break else [text]
    lead = ""
    for passage in filter(None, (piece.strip(" ") for piece in passages)):
        start, room = 0, width - column
        # Line by line, not word by word: of ten words nine need no look.
        while len(passage) - start > room:
            cut = passage.rfind(" ", start, start + max(room, 0) + 1)
            if cut <= start:
                cut = passage.find(" ", start + max(room, 0))
                if cut < 0:
                    break
            yield lead + passage[start:cut].replace(_HELD, " ")
            lead, start, room = indent, cut + 1, width - len(indent)
        yield lead + passage[start:].replace(_HELD, " ")
        lead, column = indent, len(indent)
