"""Lines that an author of Markdown ended on purpose, long before the margin: a translation ends them at the same places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from l10n.articles.markdown.wrapping import MUST_END
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
        line = max(spelled.rfind("\n", 0, end.end()), spelled.rfind("\r", 0, end.end())) + 1


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
    wanted = [end for end in ends if end.has_room and ends_sentence(spelled[: end.at])]
    if not wanted:
        return msgstr
    sentences = list(split_sentences(msgstr, "und"))
    if len(sentences) != len(_sentences(spelled)):
        return msgstr
    for end in wanted:
        number = len(_sentences(spelled[: end.at])) - 1
        if number < len(sentences) and sentences[number].endswith(" "):
            sentences[number] = sentences[number][:-1] + MUST_END
    return "".join(sentences)


def _sentences(spelled: str) -> tuple[str, ...]:
    return split_sentences(" ".join(_LINE_END.sub(" ", spelled).split()), "und")
