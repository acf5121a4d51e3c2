"""Texts as the screen shows them: control characters made visible, placeholders and findings marked."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from textual.content import Content, Span

from l10n.text.markup import marks

_SHIFT = 0xF0000
"""Supplementary private use: where characters that a terminal would obey stand while they are edited."""

_SHOWN: Mapping[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    0x09: "⇥",
    0x7F: "␡",
    0x85: "␤",
    0xAD: "‧",
    0x200B: "·",
    0x200C: "·",
    0x200D: "·",
    0x2028: "↵",
    0x2029: "¶",
    0x200E: "→",
    0x200F: "←",
    0x061C: "←",
    0x202A: "→",
    0x202B: "←",
    0x202C: "↔",
    0x202D: "→",
    0x202E: "←",
    0x2066: "→",
    0x2067: "←",
    0x2068: "↔",
    0x2069: "↔",
    0xFEFF: "·",
}
"""What stands on the screen for a character that would move the cursor, turn the line round or hide."""

_HIDDEN = re.compile(
    "["
    + "".join(
        re.escape(chr(code)) for code in _SHOWN if code not in {0x0A, 0xA0, 0x200C, 0x200D}
    )
    + "\x80-\x9f\ud800-\udfff]"
)
_SPACES = {0xA0: "␣", 0x202F: "␣"}
"""Spaces that do not break: text like any other in the editor, but people have to see them."""
_SHIFTED = re.compile("[\U000f0000-\U000fffff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_LONG = 4000
"""Characters beyond which word differences are not worked out."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text with a meaning."""

    start: int
    end: int
    kind: str
    """`placeholder`, `error`, `warning`, `info`, `term`, `control`."""


def to_screen(text: str) -> str:
    """Return a text that is safe in the editor: one harmless character for every dangerous one."""
    return _HIDDEN.sub(lambda match: chr(_SHIFT + ord(match[0])), text)


def from_screen(text: str) -> str:
    """Return the text that `to_screen` was given."""
    return _SHIFTED.sub(_unshift, text)


def visible(text: str) -> str:
    """Return a text to look at, of the same length: every character that would not show has a sign."""
    text = _SHIFTED.sub(lambda match: _sign(ord(match[0]) - _SHIFT), text)
    return _HIDDEN.sub(lambda match: _sign(ord(match[0])), text).translate(_SPACES)


def one_line(text: str, limit: int) -> str:
    """Return the beginning of a text for a row of a list."""
    return visible(text[:limit].replace("\n", "⏎"))


def placeholder_marks(text: str) -> list[Mark]:
    """Return where placeholders and emphasis of the translator's own stand."""
    if "<" not in text:
        return []
    return [Mark(token.start, token.end, "placeholder") for token in marks(text)]


def content(text: str, marks: Iterable[Mark], styles: Mapping[str, str]) -> Content:
    """Return a text with its marks painted."""
    spans = [
        Span(mark.start, mark.end, styles[mark.kind]) for mark in marks if mark.end > mark.start
    ]
    return Content(visible(text), spans, strip_control_codes=False)


def moved(marks: Iterable[Mark], before: str, after: str) -> list[Mark]:
    """Return the marks of a text as they stand in it after a change; those in what was changed are gone."""
    shorter = min(len(before), len(after))
    start = _common(before, after)
    end = _common(before[::-1], after[::-1])
    end = len(before) - min(end, shorter - start)
    shift = len(after) - len(before)
    return [mark for mark in marks if mark.end <= start] + [
        Mark(mark.start + shift, mark.end + shift, mark.kind)
        for mark in marks
        if mark.start >= end and mark.end > start
    ]


def _common(first: str, second: str) -> int:
    """Return how many characters two texts begin with alike; by halves, for a key waits for it in long texts."""
    least, most = 0, min(len(first), len(second))
    while least < most:
        middle = (least + most + 1) // 2
        if first[least:middle] == second[least:middle]:
            least = middle
        else:
            most = middle - 1
    return least


def difference(old: str, new: str, removed: str, added: str) -> Content:
    """Return the new text with what the old one had struck out, word by word.

    What is struck out stands in brackets too: not every terminal has a line through letters.
    """
    # Comparing word by word takes quadratic time, and a key waits for it.
    if len(old) + len(new) > _LONG:
        return Content(visible(new))
    parts: list[tuple[str, str]] = []
    for operation, before, after in _word_changes(old, new):
        if operation == "equal":
            parts.append((visible(after), ""))
            continue
        if before:
            old_words = visible(before)
            parts.append((f"[{old_words}]" if old_words.strip("\n") else old_words, removed))
        if after:
            parts.append((visible(after), added))
    return Content.assemble(*parts)


def compose(text: str) -> str:
    """Return a typed or pasted text in composed characters, line ends as one kind."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def without_controls(text: str) -> str:
    """Return a pasted text without what only a terminal obeys: bells, escapes, deletes; breaks and tabs stay."""
    return _CONTROLS.sub("", text)


def _word_changes(old: str, new: str) -> Iterator[tuple[str, str, str]]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    # Without `autojunk`: it takes the spaces of a long text for noise and marks whole paragraphs.
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        yield operation, "".join(before[i1:i2]), "".join(after[j1:j2])


def _unshift(match: re.Match[str]) -> str:
    code = ord(match[0]) - _SHIFT
    return (
        chr(code)
        if code in _SHOWN or 0x80 <= code <= 0x9F or 0xD800 <= code <= 0xDFFF
        else match[0]
    )


def _sign(code: int) -> str:
    return _SHOWN.get(code, "\ufffd")
