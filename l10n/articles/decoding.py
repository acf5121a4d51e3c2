"""From the bytes of an article file to its text, or to one clear error."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from l10n.errors import ArticleError
from l10n.files import read_bytes, recoding
from l10n.interface import gettext as _

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Longer marks before those they begin with. None of these codecs takes the mark away: it stays in the text."""

_DECLARED = re.compile(
    rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})"""
    rb"""|<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})""",
    re.IGNORECASE,
)
_DECLARATION_AREA = 4096
"""Bytes in which a declaration counts; browsers look at 1024, real pages are less orderly."""

_LATIN = {"iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii"}
"""Names that the web takes for windows-1252."""

_NO_CHARACTER_SETS = {
    "utf-7",
    "idna",
    "punycode",
    "unicode-escape",
    "raw-unicode-escape",
    "undefined",
}
"""Codecs of Python that no page is written in."""

_MAGIC = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"\x7fELF",
    b"{\\rtf",
)


_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""What no text holds. Vertical tab and form feed are what a line and a page break of Word become; escape is in ISO-2022."""
_SAMPLE = 8192
"""Characters of an article that are looked at for them."""
_FEW = 8
"""Control characters that slip into a text; more of them, one in ten, make a program or a picture."""


def read_source(path: Path, *, markup: bool) -> tuple[str, str]:
    """Return the text of an article file, newlines and byte order mark kept, and the name of its encoding.

    `markup` lets a `<meta charset>` or an XML declaration name an encoding other than UTF-8.
    """
    try:
        content = read_bytes(path)
    except FileNotFoundError:
        raise ArticleError(_("no such file"), path=path) from None
    except IsADirectoryError:
        raise ArticleError(_("is a folder, not an article"), path=path) from None
    except PermissionError:
        raise ArticleError(_("no permission to read it"), path=path) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise ArticleError(
            _("cannot be read: {reason}").format(reason=reason), path=path
        ) from error
    return decode_source(content, path, markup=markup)


def decode_source(content: bytes, path: Path, *, markup: bool) -> tuple[str, str]:
    """Return the text of an article from its bytes, and the name of their encoding."""
    if not content.strip():
        raise ArticleError(_("the file is empty"), path=path)
    if content.startswith(_MAGIC):
        raise ArticleError(_("is a binary file, not an article"), path=path)
    encoding = _encoding(content, path, markup=markup)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        # UTF-16 without a mark, or a program: no line of it would tell anybody what to mend.
        if content.count(b"\0", 0, 8192) > 8:
            raise ArticleError(_("is a binary file, not an article"), path=path) from error
        raise ArticleError(
            _("is not {encoding}: byte {byte}").format(
                encoding=encoding.upper(), byte=f"0x{content[error.start]:02X}"
            ),
            path=path,
            line=line,
            hint=recoding(path),
        ) from error
    _refuse_controls(text, path)
    return text, encoding


def check_text(source: str, path: Path) -> None:
    """Raise ArticleError when a text holds nothing, or characters that no file can hold."""
    if not source.strip("\ufeff \t\r\n\f"):
        raise ArticleError(_("the file is empty"), path=path)
    if "<<<<<<< " in source:
        _check_conflict(source, path)
    if source.isascii():
        return
    try:
        # Of the encodings that refuse half a character this one takes the least time.
        source.encode("utf-16-le")
    except UnicodeEncodeError as error:
        raise ArticleError(
            _("holds half a character (a lone surrogate, U+{code})").format(
                code=f"{ord(source[error.start]):04X}"
            ),
            path=path,
            line=source.count("\n", 0, error.start) + 1,
        ) from error


_CONFLICT = re.compile(r"<<<<<<< \S|={7}\s*\Z|>>>>>>> \S")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_PREFORMATTED = re.compile(r"<(/?)(?:pre|textarea|xmp)\b", re.IGNORECASE)


def _check_conflict(source: str, path: Path) -> None:
    """Raise ArticleError for a conflict that git left in a text; one that is shown as code is an example."""
    found: list[tuple[int, str]] = []
    fence, enclosed = "", 0
    for number, line in enumerate(source.split("\n"), 1):
        if match := _FENCE.match(line):
            mark = match[1]
            if not fence:
                fence = mark
            elif mark.startswith(fence):
                fence = ""
        for tag in _PREFORMATTED.finditer(line):
            enclosed = max(0, enclosed - 1 if tag[1] else enclosed + 1)
        if fence or enclosed or not _CONFLICT.match(line):
            continue
        if line[0] == "<":
            found = []
        found.append((number, line.strip()))
        if "".join(text[0] for _line, text in found) == "<=>":
            start, text = found[0]
            message = _("a conflict that git could not merge: {text}")
            raise ArticleError(
                message.format(text=text[:_EXCERPT]),
                path=path,
                line=start,
                hint=_("choose one side, or read the file again from git"),
            )


_EXCERPT = 40
"""Characters of a line that a message shows."""


def _encoding(content: bytes, path: Path, *, markup: bool) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return encoding
    match = _DECLARED.search(content, 0, _DECLARATION_AREA) if markup else None
    if match is None:
        return "utf-8"
    declared = (match[1] or match[2]).decode("ascii").lower()
    # Pages that claim to be Latin-1 are read as windows-1252 by every browser: it has the quotation marks.
    if declared in _LATIN:
        return _latin(content)
    try:
        b"a".decode(declared, "replace")
        name = codecs.lookup(declared).name
    except (LookupError, UnicodeError):
        name = ""
    if not name or name in _NO_CHARACTER_SETS:
        line = content.count(b"\n", 0, match.start()) + 1
        raise ArticleError(
            _("declares an unknown character set “{name}”").format(name=declared),
            path=path,
            line=line,
        )
    return "utf-8" if name.startswith(("utf-16", "utf-32", "utf-8")) else name


def _latin(content: bytes) -> str:
    """Return windows-1252 as browsers do, or ISO 8859-1 where bytes stand that windows-1252 does not know."""
    try:
        content.decode("windows-1252")
    except UnicodeDecodeError:
        return "iso-8859-1"
    return "windows-1252"


def _refuse_controls(text: str, path: Path) -> None:
    """Raise ArticleError when control characters make up a hundredth of the beginning of a text."""
    sample = text[:_SAMPLE]
    controls = _CONTROL.findall(sample)
    if len(controls) * 100 <= len(sample):
        return
    # A program or a picture: no line of it would tell anybody what to mend.
    if len(controls) > _FEW and len(controls) * 10 > len(sample):
        raise ArticleError(_("is a binary file, not an article"), path=path)
    raise ArticleError(
        _("holds the control character U+{code}, which no article has").format(
            code=f"{ord(controls[0]):04X}"
        ),
        path=path,
        line=text.count("\n", 0, text.index(controls[0])) + 1,
    )
