"""Reading PO strictly: every byte belongs to an entry, or the file is refused with its line.

Entries of the usual layout are matched whole by one regular expression, nothing decoded but their
key. Whatever does not match goes to the lexer, which reads it or says what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.catalog.lexer import Odd, read_odd
from l10n.catalog.quoting import text_of
from l10n.catalog.source import Source
from l10n.interface import gettext as _

_EOL = rb"\r?+\n"
# Every quantifier is possessive: where a quotation mark is missing, nothing is tried again.
_QUOTED = rb'"[^"\\\n\4]*+(?>(?:\\[abfnrtv"\\][^"\\\n\4]*+)*)"' + _EOL
_COMMENTS = rb"(?>(?:#(?:[^~|\n][^\n]*+)?\n|" + _EOL + rb")*)"


def _strings(prefix: bytes) -> bytes:
    return _QUOTED + rb"(?>(?:" + prefix + _QUOTED + rb")*)"


def _previous(prefix: bytes) -> bytes:
    strings = _strings(prefix)
    return b"".join(
        (
            rb"(?>(?:(?>(?:" + prefix + rb"msgctxt " + strings + rb")?)",
            prefix + rb"msgid " + strings,
            rb"(?>(?:" + prefix + rb"msgid_plural " + strings + rb")?))?)",
        )
    )


def _entry(prefix: bytes, previous: bytes) -> re.Pattern[bytes]:
    strings = _strings(prefix)
    return re.compile(
        b"".join(
            (
                _COMMENTS,
                _previous(previous),
                rb"()(?>(?:" + prefix + rb"msgctxt (" + strings + rb"))?)",
                prefix + rb"msgid (" + strings + rb")",
                rb"(?:" + prefix + rb"msgstr (" + strings + rb")",
                rb"|" + prefix + rb"msgid_plural (" + strings + rb")",
                rb"((?>(?:" + prefix + rb"msgstr\[[0-9]\] " + strings + rb")+)))",
                # More of the same message in another layout: the lexer reads it whole.
                rb"(?!\s*+(?:#~\s*+)?(?:\"|msgstr))",
            )
        )
    )


_LIVE = _entry(rb"", rb"#\| ")
_OBSOLETE = _entry(rb"#~ ", rb"#~\| ")
_MARK_SIGN = b"#-#-#-#-#"
_MARK = re.compile(
    rb'^(?:#~ ?)?(?:msgstr(?:\[[0-9]+\])? *)?"(?:[^"\n]*\\n)?(#-#-#-#-#  [^"\\\n]{0,80})',
    re.MULTILINE,
)
"""What msgcat writes between several translations of one message; in a comment it does no harm."""
BODY, MSGCTXT, MSGID, MSGSTR, PLURAL, FORMS = range(1, 7)
"""Groups of a match: empty where the keywords begin, then the quoted lines after each keyword, and all `msgstr[]` lines."""

Piece = tuple["re.Match[bytes] | Odd", bool, str | None, str]
"""An entry as found, whether it is obsolete, its msgctxt and its msgid."""


def pieces(source: Source) -> Iterator[Piece]:
    """Yield every entry in file order, the header too; raises CatalogError at the first damage."""
    source.check_encoding()
    _refuse_marks(source)
    data, position = source.data, 0
    # Obsolete entries stand together at the end: what matched last is tried first.
    likely, other, obsolete = _LIVE.match, _OBSOLETE.match, False
    while True:
        match = likely(data, position)
        if match is None:
            match = other(data, position)
            if match is not None:
                likely, other, obsolete = other, likely, not obsolete
        if match is None:
            odd = read_odd(source, position)
            if odd is None:
                return
            position = odd.end
            # The header says so itself when the file is not UTF-8, though its bytes may look like it.
            if not odd.msgid and odd.msgctxt is None:
                source.check_charset(odd.body, odd.end)
            yield odd, odd.obsolete, odd.msgctxt, odd.msgid
            continue
        position = match.end()
        if match[FORMS] is not None:
            _check_forms(source, match)
        raw_context = match[MSGCTXT]
        msgctxt = None if raw_context is None else text_of(raw_context)
        msgid = text_of(match[MSGID])
        if not msgid and msgctxt is None:
            source.check_charset(match.start(BODY), match.end())
        yield match, obsolete, msgctxt, msgid


def _refuse_marks(source: Source) -> None:
    """Refuse translations that msgcat joined because it could not choose, as conflicts of git are refused."""
    # Hardly any catalog has the sign, and looking for it costs nothing beside reading one.
    match = _MARK.search(source.data) if _MARK_SIGN in source.data else None
    if match is not None:
        message = _("translations that msgcat could not choose between: {text}")
        text = match[1].decode().rstrip()
        hint = _("choose one of them, or join the files with msgcat --use-first")
        raise source.error(message.format(text=text), match.start(1), hint)


def forms_of(raw: bytes) -> tuple[str, ...]:
    """Decode the `msgstr[0]` … lines of an entry."""
    return tuple(text_of(lines) for _number, lines in _forms(raw))


def _forms(raw: bytes) -> list[tuple[int, bytes]]:
    forms: list[tuple[int, bytes]] = []
    for line in raw.replace(b"\r\n", b"\n").split(b"\n")[:-1]:
        text = line.removeprefix(b"#~ ") + b"\n"
        if text.startswith(b"msgstr["):
            forms.append((text[7] - 0x30, text[10:]))
        else:
            forms[-1] = (forms[-1][0], forms[-1][1] + text)
    return forms


def _check_forms(source: Source, match: re.Match[bytes]) -> None:
    numbers = [number for number, _lines in _forms(match[FORMS])]
    if numbers != list(range(len(numbers))):
        raise source.error(_("the plural forms are not numbered 0, 1, 2 …"), match.start(FORMS))
