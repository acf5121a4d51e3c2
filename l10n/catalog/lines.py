"""The lines of an entry: the state they tell, and how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from l10n.catalog import comments
from l10n.catalog.quoting import quoted, says_nothing, text_of
from l10n.catalog.stamp import digest
from l10n.model import State

_LINE_START = re.compile(rb"^(?=[^\n])", re.MULTILINE)
_MARK = re.compile(rb"^#~ ", re.MULTILINE)


def state_of(
    lines: bytes, msgstr: bytes, msgctxt: str | None, msgid: str, reviewers: int
) -> State:
    """Derive the state of a singular from its bytes: comment lines, and the quoted lines of msgstr."""
    if says_nothing(msgstr):
        return State.UNTRANSLATED
    if comments.is_fuzzy(lines):
        return State.DRAFT
    reviews = comments.review_hashes(lines, reviewers)
    if reviews and digest(msgctxt, msgid, None, (text_of(msgstr),)).encode() in reviews:
        return State.REVIEWED
    return State.TRANSLATED


def msgstr_lines(has_plural: bool, msgstrs: Sequence[str]) -> Iterator[str]:
    """Yield the lines of the translation."""
    for index, form in enumerate(msgstrs):
        yield from quoted(f"msgstr[{index}]" if has_plural else "msgstr", form)


def joined(lines: Iterable[str], newline: str, mark: str = "") -> bytes:
    """Return lines as bytes of the file, each behind a mark."""
    return "".join(f"{mark}{line}{newline}" for line in lines).encode()


def remarked(raw: bytes, was_obsolete: bool, is_obsolete: bool) -> bytes:
    """Mark lines of the file as obsolete, or as obsolete no longer, when that changed."""
    if was_obsolete == is_obsolete:
        return raw
    return _LINE_START.sub(b"#~ ", raw) if is_obsolete else _MARK.sub(b"", raw)
