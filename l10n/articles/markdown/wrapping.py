"""Where the lines of a Markdown source end, and text written with its lines ending in the same manner."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import ceil

from l10n.articles.wrapping import ends_sentence, one_sentence_a_line

MAY_END, MUST_END, KEEP_END = "\0", "\1", "\2"
"""Stand for a space at which a line may end, ends with a sentence, or ends as in the source; no text holds them."""
_SENTENCES = 0.8
"""Share of lines ending with a sentence from which a source has one sentence on a line; text wrapped at a width has 0.1 to 0.2."""
_EXPLAINED = 0.6
"""Share of lines that the next word would have made too long, from which a source is wrapped at a width."""
_WIDTH_SHARE = 0.95
"""Share of lines that the width holds; the rest have an address or code that could not be parted."""
NARROWEST = 30
"""Characters below which lines end for another reason than their length: verses, addresses."""
_PROSE = 60
"""Width from which lines of prose are broken; verses, addresses and records have shorter ones."""
_CHANGED_WORDS = 6
"""Words in one place that may be others and the lines around them still end where they did."""
_GROWTH = 6
"""Characters by which a line may be longer than the width, or a tenth of it, before its paragraph is broken anew."""
_LINE_BREAK = re.compile(r"[ \t]*(?:\r\n?|\n)[ \t>]*")
_HARD_BREAK = re.compile(r"(?:  |\\|<br ?/?>)\Z")
_MAY_BEGIN = re.compile(
    r"(?![0-9]{1,9}[.)]\Z|[\w.-]+:\Z)[^\W_]|[*_]{1,3}[^\s*_]|`(?!``)|\[(?!\^|[^\]]*\]:)|[(\"'“”‘’«»¿¡—–…]|!\[",
    re.UNICODE,
)
"""What a line may begin with and still go on with the text: no mark of a list, a table, a directive."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a source ends the lines of its paragraphs."""

    width: int = 0
    """Longest line; 0 where nothing is wrapped at a width."""
    sentences: bool = False
    """Whether each sentence has a line of its own."""


WRAPS_NOTHING = Manner()


def manner_of(paragraphs: Iterable[Sequence[str]]) -> Manner:
    """Return how paragraphs of several lines end them; the lines are whole, with the marks before them."""
    lengths: list[int] = []
    sentences = 0
    breaks: list[tuple[int, int]] = []
    for lines in paragraphs:
        for line, following in pairwise(lines):
            if _HARD_BREAK.search(line):
                continue
            words = following.lstrip(" \t>").split(None, 1)
            breaks.append((len(line), len(words[0]) if words else 0))
            sentences += ends_sentence(line)
        lengths += map(len, lines)
    if not breaks:
        return WRAPS_NOTHING
    if sentences >= _SENTENCES * len(breaks):
        return Manner(sentences=True)
    width = sorted(lengths)[ceil(_WIDTH_SHARE * (len(lengths) - 1))]
    full = sum(length + 1 + word > width for length, word in breaks)
    is_wrapped = width >= NARROWEST and full >= _EXPLAINED * len(breaks)
    return Manner(width=width) if is_wrapped else WRAPS_NOTHING


def is_filled(lines: Sequence[str]) -> bool:
    """Whether most lines of a paragraph end as lines of prose do: because the next word had no room."""
    width = max(map(len, lines))
    if width < _PROSE:
        return False
    full = sum(
        len(line) + 1 + len(following.split(None, 1)[0]) > width
        for line, following in pairwise(lines)
        if following.strip()
    )
    return full >= _EXPLAINED * (len(lines) - 1)


def marked(text: str, manner: Manner) -> str:
    """Return a msgstr in which the space behind each sentence tells that a line must end there."""
    return one_sentence_a_line(text, MUST_END) if manner.sentences else text


def unwrapped(text: str) -> str:
    """Return text on as few lines as its markup has."""
    return text.replace(MAY_END, " ").replace(MUST_END, " ").replace(KEEP_END, " ")


def wrapped(text: str, width: int, column: int, line_end: str) -> str:
    """Return text whose lines end at its sentences, or before a width (0 for none) is exceeded.

    `column` is where its first line begins, `line_end` what ends a line with the marks that begin the next.
    """
    indent = len(line_end.lstrip("\r\n"))
    lines: list[str] = []
    for number, (end, sentence) in enumerate(_sentences(text)):
        if number and end == MUST_END and not _MAY_BEGIN.match(sentence):
            lines[-1] += " " + unwrapped(sentence)
        else:
            lines.append(_filled(sentence, width, indent if number else column, line_end))
    return line_end.join(lines)


def as_before(written: str, spelled: str, width: int, column: int, line_end: str) -> str | None:
    """Return text whose lines end beside the words that they end beside in the source; None where few are the same.

    The same words stand at the beginning and at the end of both, as where somebody changed some in between.
    """
    if "\n" in written or "\r" in written:
        return None
    new = unwrapped(written).split(" ")
    old = [line.split() for line in _LINE_BREAK.split(spelled)]
    words = [word for line in old for word in line]
    start, longest = 0, min(len(new), len(words))
    while start < longest and new[start] == words[start]:
        start += 1
    end = 0
    while end < longest - start and new[-1 - end] == words[-1 - end]:
        end += 1
    changed = max(len(new), len(words)) - start - end
    if 2 * (start + end) < len(words) or changed > _CHANGED_WORDS:
        return None
    begins = accumulate(map(len, old[:-1]))
    # A line that ended among the changed words ends there again where their number is the same.
    shift, alike = len(new) - len(words), len(new) == len(words)
    starts = {
        at if at <= start else at + shift
        for at in begins
        if at <= start or at >= len(words) - end or alike
    }
    limit = width + max(_GROWTH, width // 10)
    parts: list[str] = []
    for number, word in enumerate(new):
        if number in starts:
            parts.append(line_end)
            column = len(line_end.lstrip("\r\n"))
        elif number:
            parts.append(" ")
            column += 1
        parts.append(word)
        column += len(word)
        if column > limit and len(word) < width:
            return None
    return "".join(parts)


def may_begin(text: str) -> bool:
    """Whether a line may begin with a text and still go on with its paragraph."""
    return _MAY_BEGIN.match(text) is not None


def _sentences(text: str) -> Iterator[tuple[str, str]]:
    """Yield the stretches between ends of lines, with the sign of the end before each."""
    pieces = re.split(f"([{MUST_END}{KEEP_END}])", text)
    yield "", pieces[0]
    yield from zip(pieces[1::2], pieces[2::2], strict=True)


def _filled(text: str, width: int, column: int, line_end: str) -> str:
    if not width:
        return unwrapped(text)
    parts: list[str] = []
    for word in text.split(MAY_END):
        head, newline, _rest = word.partition("\n")
        if parts and column + 1 + len(head.rstrip()) > width and _MAY_BEGIN.match(word):
            parts.append(line_end)
            column = len(line_end.lstrip("\r\n"))
        elif parts:
            parts.append(" ")
            column += 1
        parts.append(word)
        column = len(word.rpartition("\n")[2]) if newline else column + len(word)
    return "".join(parts)
