"""Entries of unusual layout: read token by token, as GNU gettext does, or refused with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, NoReturn

from l10n.catalog.quoting import RESERVED, unescape
from l10n.catalog.source import Source
from l10n.interface import gettext as _

_BLANK = re.compile(rb"[ \t\r\f\v]*+")
_COMMENT = re.compile(rb"#[^\n]*+")
_STRING = re.compile(rb'"[^"\\\n]*+(?>(?:\\[^\n][^"\\\n]*+)*)')
_ESCAPES = re.compile(rb'[^\\]*+(?>(?:\\(?:[abfnrtv"\\]|[0-7]{1,3}|x[0-9A-Fa-f]++)[^\\]*+)*)')
_WORD = re.compile(rb"[A-Za-z_][A-Za-z_0-9]*+")
_INDEX = re.compile(rb"\[\s*+([0-9]{1,9})\s*+\]")
_KEYWORDS = frozenset({"msgctxt", "msgid", "msgid_plural", "msgstr"})
_CONFLICT = ("<<<<<<< ", ">>>>>>> ", "||||||| ", "=======")
_EXCERPT = 30
"""Characters of a wrong line that a message quotes."""


class _Mark(NamedTuple):
    """What stands before a line that is no longer in force."""

    sign: bytes
    obsolete: bool
    previous: bool


_MARKS = (_Mark(b"#~|", True, True), _Mark(b"#~", True, False), _Mark(b"#|", False, True))


@dataclass(frozen=True, slots=True)
class Odd:
    """An entry of unusual layout, already decoded."""

    start: int
    body: int
    """Offset of `msgid`."""
    end: int
    lines: tuple[str, ...]
    msgctxt: str | None
    msgid: str
    msgid_plural: str | None
    msgstrs: tuple[str, ...]
    obsolete: bool


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    """`comment`, `word`, `string`, `index` or `end`."""
    raw: bytes
    """A string without its quotes, an index without its brackets."""
    start: int
    end: int
    obsolete: bool = False
    previous: bool = False


def read_odd(source: Source, position: int) -> Odd | None:
    """Read the entry that starts at or after a position; None when only comments are left."""
    return _Reader(source, position).entry()


class _Reader:
    def __init__(self, source: Source, position: int) -> None:
        self._source = source
        self._start = position
        self._tokens = _lex(source, position)
        self._next = next(self._tokens)
        self._end = position
        self._lines = [""] * self._blank_lines()

    def entry(self) -> Odd | None:
        while self._next.kind == "comment":
            self._lines.append(self._take().raw.decode().rstrip("\r"))
        if self._next.kind == "end":
            return None
        if self._next.previous:
            self._previous()
        obsolete = self._next.obsolete
        msgctxt = self._strings("msgctxt") if self._at("msgctxt") else None
        body = self._next.start
        if not self._at("msgid"):
            self._refuse_start()
        msgid = self._strings("msgid")
        plural = self._strings("msgid_plural") if self._at("msgid_plural") else None
        if not self._at("msgstr"):
            self._refuse_word()
            self._refuse(_("a msgid without msgstr"), body)
        forms = (self._strings("msgstr"),) if plural is None else self._forms()
        return Odd(
            self._start,
            body,
            self._after(self._end),
            tuple(self._lines),
            msgctxt,
            msgid,
            plural,
            forms,
            obsolete,
        )

    def _blank_lines(self) -> int:
        """Count the blank lines before the first token; the end of a line begun before is none."""
        data, start = self._source.data, self._start
        begun = start > 0 and data[start - 1] != 0x0A
        return max(0, data.count(b"\n", start, self._next.start) - begun)

    def _at(self, keyword: str) -> bool:
        return self._next.kind == "word" and self._next.raw.decode() == keyword

    def _take(self) -> _Token:
        token = self._next
        self._next = next(self._tokens)
        self._end = token.end
        return token

    def _strings(self, keyword: str) -> str:
        """Take a keyword and the strings that follow it, all marked like the keyword."""
        first = self._take()
        if self._next.kind == "index":
            self._refuse(_("a msgstr[] without msgid_plural"))
        return self._text(keyword, first)

    def _text(self, keyword: str, first: _Token) -> str:
        texts: list[bytes] = []
        while self._next.kind == "string":
            if (self._next.obsolete, self._next.previous) != (first.obsolete, first.previous):
                self._refuse(_("only some lines of this message are marked with #~ or #|"))
            # Kept as comment lines: only `comments.previous` ever reads them again.
            if first.previous:
                head = "" if texts else f"{keyword} "
                self._lines.append(f'#| {head}"{self._next.raw.decode()}"')
            texts.append(unescape(self._take().raw))
        if not texts:
            self._refuse(_("{keyword} without a text in quotes").format(keyword=keyword))
        try:
            text = b"".join(texts).decode()
        except UnicodeDecodeError:
            self._refuse(_("the escapes of this text make no UTF-8"), first.start)
        if any(character in text for character in RESERVED):
            message = _("this text holds a character that gettext reserves, NUL or EOT")
            self._refuse(message, first.start)
        # `#~ msgid "a"` before a bare `msgstr "b"`: gettext refuses it, too, rather than choose.
        if self._next.kind in {"word", "string"} and self._same_message(first):
            self._refuse(_("only some lines of this message are marked with #~ or #|"))
        return text

    def _same_message(self, first: _Token) -> bool:
        """Whether the next token continues the message but is marked in another way."""
        continues = self._next.kind == "string" or self._next.raw in {
            b"msgid_plural",
            b"msgstr",
        }
        return continues and self._next.obsolete != first.obsolete and not first.previous

    def _forms(self) -> tuple[str, ...]:
        forms: list[str] = []
        while self._at("msgstr"):
            first = self._take()
            if self._next.kind != "index":
                self._refuse(_("a message with msgid_plural needs msgstr[0], msgstr[1] …"))
            if int(self._take().raw) != len(forms):
                self._refuse(_("the plural forms are not numbered 0, 1, 2 …"), first.start)
            forms.append(self._text("msgstr", first))
        return tuple(forms)

    def _previous(self) -> None:
        """Take the `#|` lines: what the message was before its source changed."""
        if self._at("msgctxt"):
            self._strings("msgctxt")
        if not (self._at("msgid") and self._next.previous):
            self._refuse(_("#| lines without a previous msgid"))
        self._strings("msgid")
        if self._at("msgid_plural") and self._next.previous:
            self._strings("msgid_plural")
        if self._next.kind != "word" or self._next.previous:
            self._refuse(_("#| lines must stand right before their message"))

    def _refuse_start(self) -> NoReturn:
        token = self._next
        excerpt = token.raw.decode()[:_EXCERPT]
        if token.kind == "string":
            self._refuse(_('the text "{text}" belongs to no keyword').format(text=excerpt))
        if token.kind == "word" and excerpt in {"msgstr", "msgid_plural"}:
            self._refuse(_("{keyword} without msgid").format(keyword=excerpt))
        if token.kind == "word" and excerpt == "domain":
            self._refuse(_("a catalog holds one domain: the line domain cannot stand here"))
        self._refuse_word()
        self._refuse(_("a msgctxt without msgid"))

    def _refuse_word(self) -> None:
        """Refuse a word that is no keyword."""
        word = self._next.raw.decode()
        if self._next.kind == "word" and word not in _KEYWORDS:
            self._refuse(_("text outside quotes: {text}").format(text=word[:_EXCERPT]))

    def _refuse(self, message: str, offset: int | None = None) -> NoReturn:
        raise self._source.error(message, self._next.start if offset is None else offset)

    def _after(self, end: int) -> int:
        """Take the rest of the last line into the entry, unless something else stands there."""
        data = self._source.data
        blank = _BLANK.match(data, end)
        after = blank.end() if blank else end
        return after + 1 if data[after : after + 1] == b"\n" else end


def _lex(source: Source, position: int) -> Iterator[_Token]:
    data, size = source.data, len(source.data)
    obsolete = previous = False
    while True:
        blank = _BLANK.match(data, position)
        position = blank.end() if blank else position
        if position >= size:
            break
        # A mark holds to the end of its line.
        if data[position] == 0x0A:
            obsolete = previous = False
            position += 1
            continue
        mark = next((mark for mark in _MARKS if data.startswith(mark.sign, position)), None)
        if mark:
            obsolete, previous = mark.obsolete, mark.previous
            position += len(mark.sign)
            continue
        kind, raw, end = _token(source, position)
        yield _Token(kind, raw, position, end, obsolete, previous)
        position = end
    while True:
        yield _Token("end", b"", size, size)


def _token(source: Source, position: int) -> tuple[str, bytes, int]:
    data = source.data
    if match := _COMMENT.match(data, position):
        return "comment", match[0], match.end()
    if match := _STRING.match(data, position):
        return "string", _string(source, match), match.end() + 1
    if match := _WORD.match(data, position):
        return "word", match[0], match.end()
    if match := _INDEX.match(data, position):
        return "index", match[1], match.end()
    rest = data[position : data.find(b"\n", position) % (len(data) + 1)].decode().strip()
    if rest.startswith(_CONFLICT):
        message = _("a conflict that git could not merge: {text}")
        hint = _("choose one side, or read the file again from git")
        raise source.error(message.format(text=rest[:_EXCERPT]), position, hint)
    raise source.error(_("text outside quotes: {text}").format(text=rest[:_EXCERPT]), position)


def _string(source: Source, match: re.Match[bytes]) -> bytes:
    if source.data[match.end() : match.end() + 1] != b'"':
        raise source.error(_("a text in quotes that does not end on its line"), match.start())
    raw = match[0][1:]
    sound = _ESCAPES.match(raw)
    bad = sound.end() if sound else 0
    if bad < len(raw):
        escape = raw[bad:].decode()[:2]
        message = _("{escape} is no escape; write \\\\ for a backslash").format(escape=escape)
        raise source.error(message, match.start())
    return raw
