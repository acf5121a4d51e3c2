"""Quoted strings of PO files: the text they stand for, texts fit for them, the lines that say a text."""

from __future__ import annotations

import re
import unicodedata

RESERVED = "\0\4"
"""Characters no text of a catalog may hold: gettext ends texts with NUL and contexts with EOT."""

_ESCAPE = re.compile(rb"\\(?:([abfnrtv\"\\])|([0-7]{1,3})|x([0-9A-Fa-f]+))")
_NAMED = {
    b"a": b"\a",
    b"b": b"\b",
    b"f": b"\f",
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"v": b"\v",
    b'"': b'"',
    b"\\": b"\\",
}
_WRITTEN = str.maketrans(
    {
        "\\": r"\\",
        '"': r"\"",
        "\n": r"\n",
        "\t": r"\t",
        "\r": r"\r",
        "\b": r"\b",
        "\f": r"\f",
        "\v": r"\v",
    }
)
"""What must be escaped; other control characters stand as they are, since polib reads no `\\a` or `\\001`."""
_NOTHING = re.compile(rb'""\r?+\n(?>(?:(?>(?:#~ )?)""\r?+\n)*)')
_OBSOLETE = re.compile(rb"^#~ ", re.MULTILINE)


def unescape(raw: bytes) -> bytes:
    """Resolve the escapes of GNU gettext: C letters, octal and hexadecimal bytes."""
    return _ESCAPE.sub(_resolve, raw) if b"\\" in raw else raw


def text_of(raw: bytes) -> str:
    r"""Decode quoted lines, `"a"\n"b"\n`, the continuing ones possibly after `#~ `."""
    if raw.find(b"\n") == len(raw) - 1:
        return unescape(raw[1:-3] if raw.endswith(b"\r\n") else raw[1:-2]).decode()
    if b"\r\n" in raw:
        raw = raw.replace(b"\r\n", b"\n")
    if b"\n#~ " in raw:
        raw = _OBSOLETE.sub(b"", raw)
    # A raw newline never stands inside quotes: this cuts exactly where one line meets the next.
    return unescape(raw[1:-2].replace(b'"\n"', b"")).decode()


def says_nothing(raw: bytes) -> bool:
    """Whether quoted lines stand for the empty text."""
    return raw.startswith(b'""') and _NOTHING.fullmatch(raw) is not None


def escape(text: str) -> str:
    """Write a text so that it can stand in quotes."""
    return text.translate(_WRITTEN)


def quoted(keyword: str, text: str) -> list[str]:
    """Return the lines that say a text: one, or one for each line of the text after an empty string."""
    parts = [escape(part) for part in _lines(text)]
    if len(parts) <= 1:
        return [f'{keyword} "{"".join(parts)}"']
    return [f'{keyword} ""', *(f'"{part}"' for part in parts)]


def sound(text: str) -> str:
    """Return a text without what gettext refuses (NUL, EOT) and UTF-8 cannot say (lone surrogates)."""
    return text.translate(dict.fromkeys(map(ord, RESERVED))).encode("utf-8", "replace").decode()


def clean(msgstr: str, msgid: str) -> str:
    """Return a text that a msgstr can be: sound, NFC, newlines at its ends as in its msgid.

    `msgfmt --check` fails where only one of both starts or ends with a newline.
    """
    text = sound(msgstr)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    # Engines and people lose such newlines, which nobody sees on the screen.
    if text.startswith("\n") or text.endswith("\n") or "\n" in (msgid[:1], msgid[-1:]):
        inner = text.strip("\n")
        before = "\n" if msgid.startswith("\n") else ""
        after = "\n" if msgid.endswith("\n") else ""
        return f"{before}{inner}{after}" if inner else ""
    return text


def _lines(text: str) -> list[str]:
    parts = text.split("\n")
    ended = [part + "\n" for part in parts[:-1]]
    return [*ended, parts[-1]] if parts[-1] else ended


def _resolve(match: re.Match[bytes]) -> bytes:
    letter, octal, hexadecimal = match.groups()
    if letter:
        return _NAMED[letter]
    number = int(octal, 8) if octal else int(hexadecimal, 16)
    return bytes((number & 0xFF,))
