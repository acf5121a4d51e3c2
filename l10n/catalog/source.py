"""The bytes of a catalog file: where its lines are, whether it is UTF-8, how to point at a place in it."""

from __future__ import annotations

import codecs
import re
import shlex
from pathlib import Path

from l10n.errors import CatalogError
from l10n.interface import gettext as _

_CHARSET = re.compile(rb"Content-Type:[^\n\"]*charset=[ \t]*+([^\s\\\"]*)")
_READABLE = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "charset", ""})
"""Charsets that can be read as UTF-8; `CHARSET` is what templates say."""
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)
_HEADER = 8192
"""Bytes at the start of a file among which the charset is looked for when it is not UTF-8."""
_BLOCK = 1 << 16


class Source:
    """The bytes of one file."""

    __slots__ = ("_lines_before", "data", "newline", "nplurals", "path", "reviewers")

    def __init__(self, data: bytes, path: Path | None = None) -> None:
        self.data = data
        self.path = path
        end = data.find(b"\n")
        self.newline = "\r\n" if end > 0 and data[end - 1 : end] == b"\r" else "\n"
        self.nplurals = 0
        """Plural forms that the header asks for; 0 when it does not say."""
        self.reviewers = 1
        """People who have to review an entry before it counts as reviewed."""
        self._lines_before: list[int] = []

    def line_at(self, offset: int) -> int:
        """Return the 1-based line of an offset; cheap for any number of them."""
        # Lines are asked for in any order, and a check asks for thousands: counting from the top
        # each time would take longer than the check.
        if not self._lines_before:
            total = 0
            for start in range(0, len(self.data) + 1, _BLOCK):
                self._lines_before.append(total)
                total += self.data.count(b"\n", start, start + _BLOCK)
        block = offset // _BLOCK
        return 1 + self._lines_before[block] + self.data.count(b"\n", block * _BLOCK, offset)

    def error(self, message: str, offset: int, hint: str = "") -> CatalogError:
        """Return the error for something wrong at an offset."""
        return CatalogError(message, path=self.path, line=self.line_at(offset), hint=hint)

    def duplicate(self, again: int, first: int) -> CatalogError:
        """Return the error for a message that stands in the file twice."""
        message = _("the same message already stands on line {line}")
        return self.error(message.format(line=self.line_at(first)), again)

    def check_encoding(self) -> None:
        """Refuse bytes that are not UTF-8, or start with a byte order mark."""
        if self.data.startswith(_MARKS):
            hint = _("save it as UTF-8 without a byte order mark")
            if self.path and self.data.startswith(codecs.BOM_UTF8):
                hint = f"sed -i '1s/^\\xef\\xbb\\xbf//' {shlex.quote(str(self.path))}"
            raise self.error(_("the file starts with a byte order mark"), 0, hint)
        # UTF-16 without a mark is valid UTF-8 as long as its text is ASCII.
        nul = self.data.find(b"\0")
        if nul >= 0:
            raise self.error(_("not a text file: it holds a NUL byte"), nul)
        if not self.data.isascii():
            self._check_utf8()

    def check_charset(self, start: int, end: int) -> None:
        """Refuse a header between two offsets that declares something else than UTF-8."""
        match = _CHARSET.search(self.data, start, end)
        charset = match[1].decode("ascii", "replace") if match else ""
        if match and charset.lower() not in _READABLE:
            message = _("the header declares the charset {charset}, not UTF-8")
            name = shlex.quote(str(self.path))
            hint = f"msgconv -t UTF-8 -o {name} {name}" if self.path else ""
            raise self.error(message.format(charset=charset), match.start(), hint)

    def _check_utf8(self) -> None:
        # Block by block: the whole text of a large file decoded at once would double the memory.
        decoder = codecs.getincrementaldecoder("utf-8")()
        view = memoryview(self.data)
        for start in range(0, len(view), _BLOCK):
            pending = len(decoder.getstate()[0])
            try:
                decoder.decode(view[start : start + _BLOCK], start + _BLOCK >= len(view))
            except UnicodeDecodeError as error:
                self.check_charset(0, _HEADER)
                offset = start - pending + error.start
                message = _("not UTF-8: the byte {byte} cannot stand here")
                byte = f"0x{self.data[offset]:02x}"
                raise self.error(message.format(byte=byte), offset) from None
