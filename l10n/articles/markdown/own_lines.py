"""Lines that an author of Markdown ended on purpose, long before the margin: a translation ends them at the same places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple

from l10n.articles.markdown.wrapping import MUST_END
from l10n.articles.words import line_start
from l10n.articles.wrapping import ends_sentence
from l10n.text.markup import TOKEN
from l10n.text.sentences import split_sentences

_LINE_END = re.compile(r"[ \t]*(?:\r\n?|\n)[ \t>]*")
_BREAK = re.compile(r"<br ?/?>\Z", re.IGNORECASE)
_FIRST_WORD = re.compile(r"\S*")


class _End(NamedTuple):
    """Where a line of a source ends, and where the next one begins."""

    at: int
    following: int
    is_early: bool
    """Whether the line is not half as long as others."""
    has_room: bool
    """Whether the next word would have stood on it, too."""


def with_own_lines(
    msgid: str, msgstr: str, markup: Mapping[str, str], spelled: str, *, width: int, column: int
) -> str:
    """Return a msgstr in which the space where a line must end tells so.

    `spelled` is the source of the msgid, `markup` what its tokens are there. A line ends beside the token that its
    source ends beside, and behind the sentence of the same number.
    """
    ends = list(_ends(spelled, width, column))
    if not ends:
        return msgstr
    starts, stops = _token_places(msgid, markup, spelled)
    before = {token for end in ends if end.is_early and (token := starts.get(end.following))}
    behind = {
        token
        for end in ends
        if (token := stops.get(end.at)) and (end.is_early or _BREAK.search(markup[token]))
    }
    msgstr = _behind_sentences(msgstr, spelled, ends)
    for token in before - behind:
        msgstr = msgstr.replace(f" {token}", f"{MUST_END}{token}", 1)
    for token in behind:
        msgstr = msgstr.replace(f"{token} ", f"{token}{MUST_END}", 1)
    return msgstr


def _ends(spelled: str, width: int, column: int) -> Iterator[_End]:
    line = -column
    for end in _LINE_END.finditer(spelled):
        length = end.start() - line
        word = _FIRST_WORD.match(spelled, end.end())
        room = length + 1 + len(word[0] if word is not None else "") <= width
        yield _End(end.start(), end.end(), 2 * length < width, room)
        line = line_start(spelled, end.end())


def _token_places(
    msgid: str, markup: Mapping[str, str], spelled: str
) -> tuple[Mapping[int, str], Mapping[int, str]]:
    """Return the tokens of a msgid by the offsets where their markup begins and ends in its source."""
    starts: dict[int, str] = {}
    stops: dict[int, str] = {}
    position = 0
    for token in TOKEN.findall(msgid):
        mark = markup.get(token)
        at = spelled.find(mark, position) if mark else -1
        if mark and at >= 0:
            position = at + len(mark)
            starts[at] = stops[position] = token
    return starts, stops


def _behind_sentences(msgstr: str, spelled: str, ends: list[_End]) -> str:
    lines = _ended(spelled, ends)
    if not any(is_wanted for _line, is_wanted in lines[:-1]):
        return msgstr
    sentences = list(split_sentences(msgstr, "und"))
    source = split_sentences(" ".join(line for line, _is_wanted in lines), "und")
    if len(sentences) != len(source):
        return msgstr
    # Both were cut once, and are gone through side by side: a text has thousands of lines.
    numbers = {stop: number for number, stop in enumerate(accumulate(map(len, source)))}
    stop = 0
    for line, is_wanted in lines[:-1]:
        stop += len(line) + 1
        number = numbers.get(stop)
        if is_wanted and number is not None and sentences[number].endswith(" "):
            sentences[number] = sentences[number][:-1] + MUST_END
    return "".join(sentences)


def _ended(spelled: str, ends: list[_End]) -> list[tuple[str, bool]]:
    """Return each line of a source in single spaces, and whether it ends with its sentence where it had room for more."""
    lines: list[tuple[str, bool]] = []
    start = 0
    for end in ends:
        line = " ".join(spelled[start : end.at].split())
        lines.append((line, end.has_room and ends_sentence(line)))
        start = end.following
    return [*lines, (" ".join(spelled[start:].split()), False)]
