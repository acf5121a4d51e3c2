"""Lines of a source file: a translation is broken where its author broke lines, so that later changes stay small."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.text.sentences import split_sentences

_SPACE = " \t\r\n\f"
_ATOM = re.compile(
    rf"""(?:<(?![{_SPACE}])(?>(?:[^<>"']|"[^"]*"|'[^']*')*)>|[^{_SPACE}<]++|<)+"""
)
"""What no line may be broken in: a word with the tags that touch it; the spaces inside a tag are its own."""
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
    line: list[str] = []
    length = column
    for atom in _ATOM.findall(written):
        if line and length + 1 + len(atom) > width:
            yield " ".join(line) if column >= 0 else indent + " ".join(line)
            line, length, column = [], len(indent), -1
        length += len(atom) + (1 if line else 0)
        line.append(atom)
        if after_break and _BREAK.search(atom):
            yield " ".join(line) if column >= 0 else indent + " ".join(line)
            line, length, column = [], len(indent), -1
    if line:
        yield " ".join(line) if column >= 0 else indent + " ".join(line)
