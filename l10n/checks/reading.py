"""What a reader reads of a message: markup gone, code and addresses one opaque character, offsets kept."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property
from typing import Protocol, TypeVar, cast

from l10n.text.description import kind_of
from l10n.text.references import decode_references

T = TypeVar("T")

OPAQUE = "\ufffc"
"""Stands in a reading text for code, an address, a variable: something that has no grammar."""

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]*\w@\w[\w-]*(?:\.[\w-]*\w)+")

_LETTER = "[A-Za-zªºÀ-ÖØ-öø-ʯͰ-ϿЀ-ҁҊ-ԯḀ-ỿ]"
WORD = re.compile(f"{_LETTER}+(?:[’']{_LETTER}+)*")
"""A word of a Latin, Greek or Cyrillic text; naming the letters is twice as fast as `[^\\W\\d_]`."""

_SUSPECT = re.compile(r"[<&:{%|@/*`\\_\[(#~$+]|\w\.\w|--")
"""A text without any of these has nothing to take out."""

_PIECES = re.compile(
    r"""
    (?=[^\w\s,;()"])(?:
      (?P<break> <br[1-9]\d*/> | <br\s*/?>
        | </?(?:p|li|[uod]l|d[dt]|div|t[dhr]|table|h[1-6](?=>)|blockquote|pre|section)\b[^<>]*> )
    | (?P<literal> <(?P<code>code|kbd|samp|tt)>[^<>]{1,80}</(?P=code)> )
    | (?P<gone> </?[a-z][a-z-]*[1-9]\d*> | <omit/> | </?[A-Za-z](?![\w.+-]*(?:@|://))[^<>]*(?<!/)>
        | \\[ ] | (?<![\w*])\*{1,2}(?=[\w¿¡"“«'(`]) | (?<=[\w.,;:!?"”»')`])\*{1,2}(?![\w*]) )
    | (?P<opaque> <[a-z][a-z-]*[1-9]\d*/> | <[A-Za-z][^<>]*/>
        | (?: :[A-Za-z][\w.+-]*(?: :[A-Za-z][\w.+-]*)* : )? (?: ``[^`]+(?:`[^`]+)*`` | `(?!_{1,2}(?:[\s.,;:)]|$))(?![^`\s]*')[^`]+` ) _{0,2}
        | \|[\w][\w .-]*\| | \[[\#]?\w*\]_\b
        | %\(\w+\)[sdrifgxX] | (?<!\d)%(?:\d+\$)?[-+\#0']*(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:hh?|ll?|[qjztL])?(?:[sdiouxXeEfgGcrpm@]\b|<PRI\w+>) | %L?\d{1,2}(?![\d.,%]|\s?%)\b | \$?\{[^{}\s]*\}
        | (?<![\w/.])(?:~|\.{1,2})?(?:/[\w.+-]*\w){2,}/?
        | (?<![\w@])[@\#][A-Za-z]\w* | (?<![\w-])--?[A-Za-z][\w-]* )
    | (?P<entity> &(?:[A-Za-z]+|\#\d+|\#x[\da-fA-F]+); ) )
    | (?<![\w.])(?=_\w|[A-Za-z][\w+-]*[._@(:]) (?P<word>
        (?:https?|ftp)://[^\s<>"«»“”`|]*[^\s<>"«»“”`|.,;:!?')\]*] | www\.[\w-]+\.[^\s<>"«»“”`|]*[\w/]
        | [\w.+-]*\w@\w[\w-]*(?:\.[\w-]*\w)+
        | \w+(?:\.\w+)*\(\) | \w*[A-Za-z]_\w+ | _\w+
        | (?![a-z](?:\.[a-z])+\b|p\.ej|[Ee]tc)[A-Za-z_][\w-]*(?:\.[a-z_][\w-]*)+(?!\w) )
    """,
    re.VERBOSE,
)


_BARE_TAG = re.compile(r"<([A-Za-z][A-Za-z-]{2,})>")


def _is_stand_in(tag: str, text: str) -> bool:
    """Whether what looks like a tag stands for a word: nothing closes the `<file>` of `copy <file>`."""
    bare = _BARE_TAG.fullmatch(tag)
    return bare is not None and f"</{bare[1]}" not in text


class Reading:
    """A text as it is read, and where its characters stand in the message."""

    __slots__ = ("_cuts", "opaque", "raw", "text")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self._cuts: list[tuple[int, int, int, int]] = []
        self.opaque: list[str] = []
        """The pieces that became OPAQUE, in order."""
        self.text = self._read() if _SUSPECT.search(raw) else raw

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where text[start:end] stands in the message, markup at its edges left out."""
        if not self._cuts:
            return start, end
        first = self._place(start)[0]
        return first, max(first, self._place(end - 1)[1] if end > start else first)

    def _read(self) -> str:
        raw, parts, last, length = self.raw, [], 0, 0
        # Each cut remembers where it stands in both texts, so that an offset is found by bisection.
        for match in _PIECES.finditer(raw):
            start, end = match.span()
            parts.append(raw[last:start])
            length += start - last
            kind = match.lastgroup
            if kind == "gone":
                piece = OPAQUE if _is_stand_in(match[0], raw) else ""
                if piece:
                    self.opaque.append(match[0])
            elif kind in ("opaque", "literal", "word"):
                piece = OPAQUE
                self.opaque.append(match[0])
            elif kind == "break":
                piece = "\n"
            else:
                piece = decode_references(match[0])
            self._cuts.append((length, len(piece), start, end))
            parts.append(piece)
            length += len(piece)
            last = end
        parts.append(raw[last:])
        return "".join(parts)

    def _place(self, offset: int) -> tuple[int, int]:
        """Return start and end in the message of the character at an offset of the reading text."""
        at = bisect_right(self._cuts, offset, key=lambda cut: cut[0]) - 1
        if at < 0:
            return offset, offset + 1
        begins, length, start, end = self._cuts[at]
        if offset < begins + length:
            return start, end
        place = end + offset - begins - length
        return place, place + 1


class Message(Protocol):
    """What rules may ask of the entry that a pair is from; read only when they do."""

    @property
    def flags(self) -> frozenset[str]:
        """`python-brace-format` and the like."""

    @property
    def extracted(self) -> tuple[str, ...]:
        """Comments for translators."""

    @property
    def references(self) -> tuple[str, ...]:
        """The articles that have it."""

    @property
    def msgid_plural(self) -> str | None:
        """None for a message without plural forms."""


class Pair:
    """A source text and its translation, and what rules ask of them, worked out once."""

    def __init__(
        self,
        source: str,
        target: str,
        *,
        message: Message | None = None,
        kind: str = "",
    ) -> None:
        self.source_raw = source
        self.target_raw = target
        self._message = message
        self._kind = kind
        self._remembered: dict[str, object] = {}
        self.source_reading = Reading(source)
        self.target_reading = Reading(target)
        self.source = self.source_reading.text
        """What a reader reads of the source."""
        self.target = self.target_reading.text
        """What a reader reads of the translation."""

    @property
    def kind(self) -> str:
        """Kind of block as the catalog's comment tells it: `heading`, `caption`; may be empty."""
        return self._kind if self._message is None else kind_of(self._message.extracted)

    @property
    def flags(self) -> frozenset[str]:
        """Flags of the message: `python-brace-format`."""
        return self._message.flags if self._message else frozenset()

    @property
    def comments(self) -> tuple[str, ...]:
        """What the catalog tells translators of the message."""
        return self._message.extracted if self._message else ()

    @property
    def places(self) -> tuple[str, ...]:
        """The articles that have the message."""
        return self._message.references if self._message else ()

    @property
    def plural(self) -> bool:
        """True for a form of a message that has plural forms."""
        return self._message is not None and self._message.msgid_plural is not None

    def remember(self, name: str, work_out: Callable[[], T]) -> T:
        """Return what several rules need of this pair, worked out by the first that asks."""
        if name not in self._remembered:
            self._remembered[name] = work_out()
        return cast("T", self._remembered[name])

    @cached_property
    def source_words(self) -> list[str]:
        """Words of the source in their order and case; OPAQUE pieces are none."""
        return WORD.findall(self.source)

    @cached_property
    def target_words(self) -> list[str]:
        """Words of the translation in their order and case."""
        return WORD.findall(self.target)

    @cached_property
    def target_lower_words(self) -> list[str]:
        """Words of the translation in small letters."""
        return [word.lower() for word in self.target_words]

    @cached_property
    def source_vocabulary(self) -> frozenset[str]:
        """Words of the source in lower case."""
        return frozenset(word.lower() for word in self.source_words)
