"""What makes an engine's answer worthless, whatever it was asked: nothing, a loop, debris, the source again."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from l10n.errors import EngineError
from l10n.model import Draft
from l10n.text.references import decode_references

_LONGEST_LOOP, _ROUNDS = 41, 4
"""Characters of a string that comes again and again, and how often it does: each time after the same number of them."""
_LOOP = re.compile(rf"(\S.{{1,{_LONGEST_LOOP - 1}}}?)\1{{{_ROUNDS - 1},}}", re.DOTALL)
_WORD_LOOP = re.compile(r"\b((?:[^\W_]+[ ,]+){0,3}[^\W_]+)(?:[ ,]+\1\b){2,}", re.IGNORECASE)
_TWICE = re.compile(r"\b((?:\w[\w:.,]*\s+){0,6}\w(?:[\w:.,]*\w)?)[.,;]?\s+\1\b", re.IGNORECASE)
"""Words, or as many as a short phrase has, and the same behind them: “Desayuno Desayuno”, “a las 9. a las 9”."""
_LONGEST = 5000
"""Characters of a text in which such words are looked for."""
_RULER = re.compile(r"[\W_]+")
_DEBRIS = re.compile(r"<unk>|⁇|▁|@@|�|[\x00-\x08\x0e-\x1f]")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff]")
_WORD = re.compile(r"[^\W\d_]+")


class UnreadableAnswerError(EngineError):
    """A service answered, but not what it was asked for."""


_UNREADABLE_IN_A_ROW = 5
"""Texts without a readable answer after which the service is taken for broken: it would be asked twice for each text."""


def ask_in_parts(
    texts: Sequence[str],
    ask: Callable[[Sequence[str]], Sequence[str]],
    *,
    gives_up: bool = True,
) -> list[Draft]:
    """Return drafts of some texts; where an answer cannot be read, those of each half are asked for.

    A text whose answer alone cannot be read gets an empty draft, with a note. With `gives_up` a service that
    gives no readable answer at all is an UnreadableAnswerError.
    """
    drafts: list[Draft] = []
    unreadable = 0
    waiting = [texts]
    while waiting:
        part = waiting.pop()
        try:
            answers = ask(part)
        except UnreadableAnswerError:
            if len(part) > 1:
                half = len(part) // 2
                waiting += [part[half:], part[:half]]
                continue
            unreadable += 1
            broken = unreadable == min(len(texts), _UNREADABLE_IN_A_ROW) == len(drafts) + 1
            if gives_up and broken:
                raise
            drafts.append(Draft("", notes=("unreadable",)))
        else:
            unreadable = 0
            drafts += map(Draft, answers)
    return drafts


def unusable_reason(source: str, text: str) -> str | None:
    """Return why a draft is degenerate, or None: nothing, a loop, debris, a far too long or short text."""
    if not text.strip():
        return "empty" if source.strip() else None
    if _DEBRIS.search(text) and not _DEBRIS.search(source):
        return "debris"
    if repeats(text) and not repeats(source):
        return "repeats"
    shorter, longer = sorted((len(source.strip()), len(text.strip())))
    if longer > 3 * shorter + 24:
        return "length"
    return None


def tidied(source: str, text: str) -> str:
    """Return an answer to a sentence as one line, without references and invisible characters the source has not."""
    if "&" in text and "&" not in source:
        # `&amp;apos;` was escaped on the way there and on the way back.
        text = decode_references(decode_references(text))
    text = _INVISIBLE.sub("", text) if not _INVISIBLE.search(source) else text
    return " ".join(text.splitlines()) if "\n" not in source else text


def repeats(text: str) -> bool:
    """Whether a text runs in a loop: three equal word groups in a row, or four equal strings."""
    if _WORD_LOOP.search(text):
        return True
    return _may_loop(text) and any(
        not _RULER.fullmatch(loop[1]) for loop in _LOOP.finditer(text)
    )


def _may_loop(text: str) -> bool:
    """Whether a text is so much like itself some characters later that it may loop; ten times as fast as looking for it."""
    # Characters beyond a byte are one here: that only says of some texts that they may.
    letters = text.encode("latin-1", "replace")
    number = int.from_bytes(letters, "little")
    for length in range(2, _LONGEST_LOOP + 1):
        differing = (number ^ number >> 8 * length).to_bytes(len(letters), "little")
        if bytes((_ROUNDS - 1) * length) in differing:
            return True
    return False


def said_twice(source: str, text: str, usual: Collection[str]) -> str:
    """Return the words that a draft says twice in a row and its source does not; "" for none.

    `usual` are words that may stand so in its language: “muy muy”.
    """
    if len(text) > _LONGEST:
        return ""
    matches = (match[1] for match in _TWICE.finditer(text))
    words = next((words for words in matches if words.lower() not in usual), "")
    # Few drafts have such words, and the source is long, too.
    return "" if words and _TWICE.search(source) else words


def is_copy(source: str, text: str) -> bool:
    """Whether a draft is its source again, where that cannot be a name or a number."""
    words = [word for word in _WORD.findall(source) if word.islower() and len(word) > 2]
    return len(words) >= 3 and squeeze(source) == squeeze(text)


def squeeze(text: str) -> str:
    """Return the words of a text alone, letters folded, one space between them."""
    return " ".join(_WORD.findall(text.casefold()))
