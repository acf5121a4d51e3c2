"""What makes an engine's answer worthless, whatever it was asked: nothing, a loop, debris, the source again."""

from __future__ import annotations

import re

_LOOP = re.compile(r"(\S.{1,40}?)\1{3,}", re.DOTALL)
_WORD_LOOP = re.compile(r"\b((?:[^\W_]+[ ,]+){0,3}[^\W_]+)(?:[ ,]+\1\b){2,}", re.IGNORECASE)
_RULER = re.compile(r"[\W_]+")
_DEBRIS = re.compile(r"<unk>|⁇|▁|@@|�|[\x00-\x08\x0e-\x1f]")
_WORD = re.compile(r"[^\W\d_]+")


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


def repeats(text: str) -> bool:
    """Whether a text runs in a loop: three equal word groups in a row, or four equal strings."""
    if _WORD_LOOP.search(text):
        return True
    return any(not _RULER.fullmatch(loop[1]) for loop in _LOOP.finditer(text))


def is_copy(source: str, text: str) -> bool:
    """Whether a draft is its source again, where that cannot be a name or a number."""
    words = [word for word in _WORD.findall(source) if word.islower() and len(word) > 2]
    return len(words) >= 3 and squeeze(source) == squeeze(text)


def squeeze(text: str) -> str:
    """Return the words of a text alone, letters folded, one space between them."""
    return " ".join(_WORD.findall(text.casefold()))
