"""Translations put in the place of source text, at source offsets; all else stays as it is."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from l10n.articles import jsonld
from l10n.articles.elements import OPAQUE
from l10n.articles.tokens import VOID, TokenKind, tokenize
from l10n.markup import decode, restore
from l10n.model import Block, Placeholder, Unit


class Edit(NamedTuple):
    """A stretch of the source and what replaces it."""

    start: int
    end: int
    text: str


_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_FORBIDDEN = {code: None for code in (*range(9), 11, *range(14, 32), 127)}
"""Control characters that HTML does not allow."""


def apply(source: str, edits: Iterable[Edit]) -> str:
    """The source with edits made; they are in order and do not overlap."""
    parts: list[str] = []
    position = 0
    for edit in edits:
        parts += (source[position : edit.start], edit.text)
        position = edit.end
    parts.append(source[position:])
    return "".join(parts)


def html_edits(
    source: str,
    blocks: Sequence[Block],
    replacements: Mapping[int, str | None],
    encoding: str = "utf-8",
) -> list[Edit]:
    """Edits that put msgstrs in the place of blocks of HTML; None leaves a block out."""
    order = sorted(replacements, key=lambda index: (blocks[index].start, -blocks[index].end))
    edits: list[Edit] = []
    covered = 0
    for place, index in enumerate(order):
        block, msgstr = blocks[index], replacements[index]
        if block.start < covered:
            continue
        if msgstr is None:
            start, end = _left_out(source, block)
            edits.append(Edit(start, end, ""))
            covered = end
            continue
        inner: list[Edit] = []
        if block.role == "text":
            for other in order[place + 1 :]:
                if blocks[other].start >= block.end:
                    break
                inner.append(_edit(source, blocks[other], replacements[other] or "", encoding))
        edits.append(_edit(source, block, msgstr, encoding, inner))
        covered = block.end
    return edits


def escaper(spelled: str, encoding: str, *, quote: str = "") -> Callable[[str], str]:
    """What escapes text for HTML, with the character references that the source used in this place.

    `quote` is the quotation mark around an attribute value.
    """
    table: dict[int, str | None] = dict(_FORBIDDEN)
    table |= {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
    if quote:
        table[ord(quote)] = "&quot;" if quote == '"' else "&#39;"
    for reference in _REFERENCE.findall(spelled):
        character = html.unescape(reference)
        if len(character) == 1:
            table[ord(character)] = reference
    lossless = encoding.replace("_", "-").lower().startswith("utf")

    def escape(text: str) -> str:
        escaped = text.translate(table)
        if not lossless:
            escaped = escaped.encode(encoding, "xmlcharrefreplace").decode(encoding)
        return escaped

    return escape


def _edit(
    source: str, block: Block, msgstr: str, encoding: str, inner: Sequence[Edit] = ()
) -> Edit:
    spelled = source[block.start : block.end]
    match block.role:
        case "attribute":
            text = escaper(spelled, encoding, quote=_quote_before(source, block.start))
            return Edit(block.start, block.end, text(decode(msgstr)))
        case "bare":
            text = escaper(spelled, encoding, quote='"')
            return Edit(block.start, block.end, f'"{text(decode(msgstr))}"')
        case "rcdata":
            return Edit(block.start, block.end, escaper(spelled, encoding)(decode(msgstr)))
        case "json":
            return Edit(block.start, block.end, _json(spelled, decode(msgstr), encoding))
    unit = _with_edits(block.unit, inner) if inner else block.unit
    restored = restore(unit, msgstr, text=escaper(spelled, encoding))
    if "<!" in spelled or "<?" in spelled:
        restored = _with_comments(source, block, msgstr, restored, inner)
    return Edit(block.start, block.end, restored)


def _with_comments(
    source: str, block: Block, msgstr: str, restored: str, inner: Sequence[Edit]
) -> str:
    """Restored text with the comments that stood between its words, which no token stands for.

    An unchanged text keeps its source; in a changed one they go to its end.
    """
    taken = [(p.offset, p.offset + len(p.opening)) for p in block.unit.placeholders]
    comments = [
        source[block.start + token.start : block.start + token.end]
        for token in tokenize(source[block.start : block.end])
        if token.kind == TokenKind.COMMENT
        and not any(start <= block.start + token.start < end for start, end in taken)
    ]
    if not comments:
        return restored
    if msgstr == block.unit.msgid:
        shifted = (Edit(e.start - block.start, e.end - block.start, e.text) for e in inner)
        return apply(source[block.start : block.end], shifted)
    return restored + "".join(comments)


def _with_edits(unit: Unit, edits: Sequence[Edit]) -> Unit:
    """The unit with attribute values inside its placeholders replaced."""
    return replace(
        unit, placeholders=tuple(_placeholder_with(p, edits) for p in unit.placeholders)
    )


def _placeholder_with(placeholder: Placeholder, edits: Sequence[Edit]) -> Placeholder:
    start = placeholder.offset
    inside = [
        Edit(edit.start - start, edit.end - start, edit.text)
        for edit in edits
        if start <= edit.start < start + len(placeholder.opening)
    ]
    return (
        replace(placeholder, opening=apply(placeholder.opening, inside))
        if inside
        else placeholder
    )


def _quote_before(source: str, start: int) -> str:
    return source[max(source.rfind('"', 0, start), source.rfind("'", 0, start))]


def _json(spelled: str, text: str, encoding: str) -> str:
    written = jsonld.write(spelled, text)
    try:
        written.encode(encoding)
    except UnicodeEncodeError:
        written = jsonld.write(spelled + "\\u00e9", text)
    return written


def _left_out(source: str, block: Block) -> tuple[int, int]:
    """What to remove so that a block is not there: its element if nothing else is in it, or its text."""
    if block.role != "text" or block.whole is None:
        return block.start, block.end
    start, end = block.whole
    around = source[start : block.start], source[block.end : end]
    if all(_is_wrapping(part) for part in around):
        return start, end
    return block.start, block.end


def _is_wrapping(markup: str) -> bool:
    """Whether a stretch of source is white space, comments and tags that only wrap text."""
    for token in tokenize(markup):
        if token.kind == TokenKind.TEXT:
            if not markup[token.start : token.end].isspace():
                return False
        elif token.kind == TokenKind.COMMENT:
            continue
        elif token.kind > TokenKind.END or token.name in VOID or token.name in OPAQUE:
            return False
    return True
