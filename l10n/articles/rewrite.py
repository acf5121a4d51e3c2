"""Translations put in the place of source text, at source offsets; all else stays as it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from l10n.articles import sitecode
from l10n.articles.emphasis import as_elements, with_emphasis
from l10n.articles.html import jsonld
from l10n.articles.html.elements import OPAQUE
from l10n.articles.html.tokens import (
    VOID,
    TokenKind,
    decode_attribute,
    is_xml,
    scan_markup,
    tokenize,
)
from l10n.articles.words import line_break
from l10n.articles.wrapping import is_by_sentence, one_sentence_a_line, wrapped
from l10n.model import Block, Placeholder, Unit
from l10n.text.markup import decode, restore
from l10n.text.references import decode_references


class Edit(NamedTuple):
    """A stretch of the source and what replaces it."""

    start: int
    end: int
    text: str


_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TEXT: Mapping[int, str | None] = {
    **dict.fromkeys((*range(9), 11, *range(14, 32), 127)),
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
}
"""What text becomes in HTML, without the control characters that it does not allow."""
_TABLES: Mapping[str, Mapping[int, str | None]] = {
    "": _TEXT,
    '"': {**_TEXT, ord('"'): "&quot;"},
    "'": {**_TEXT, ord("'"): "&#39;"},
}
"""The same by the quotation mark around an attribute value."""
_COMMENT = re.compile(r"<(?:[!?]|/[^a-zA-Z])")
"""What begins a comment, or what browsers take for one."""
_WORD = re.compile(r"[^ \t\r\n\f]+")
_TAGS = re.compile(r"<[a-zA-Z/!?](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_SPECIAL = re.compile(r"[&<>\x00-\x08\x0b\x0e-\x1f\x7f]")
"""The characters of the first table: looking for them takes a tenth of the time of putting others in their place."""


def apply(source: str, edits: Iterable[Edit]) -> str:
    """Return the source with edits made; they are in order and do not overlap."""
    parts: list[str] = []
    position = 0
    for start, end, text in edits:
        parts += (source[position:start], text)
        position = end
    parts.append(source[position:])
    return "".join(parts)


def nested_edits(
    blocks: Sequence[Block],
    replacements: Mapping[int, str | None],
    write: Callable[[Block, str, Sequence[Edit]], Edit | None],
    leave_out: Callable[[Block], Edit],
) -> list[Edit]:
    """Return edits that put msgstrs in the place of blocks, in order; None leaves a block out.

    `write` gets those for attributes inside the markup of the block, too; when it gives None the block
    stays, and only they are made.
    """
    order = sorted(replacements, key=lambda index: (blocks[index].start, -blocks[index].end))
    edits: list[Edit] = []
    covered = 0
    for place, index in enumerate(order):
        block, msgstr = blocks[index], replacements[index]
        if block.start < covered:
            continue
        if msgstr is None:
            edit: Edit | None = leave_out(block)
        else:
            inner = _inner(blocks, order, place, replacements, write)
            edit = write(block, msgstr, inner)
        if edit is not None:
            # Attributes of an element that is left out stand before its text, and go with it.
            while edits and edits[-1].start >= edit.start:
                edits.pop()
            edits.append(edit)
            covered = edit.end
    return edits


def _inner(
    blocks: Sequence[Block],
    order: Sequence[int],
    place: int,
    replacements: Mapping[int, str | None],
    write: Callable[[Block, str, Sequence[Edit]], Edit | None],
) -> list[Edit]:
    """Return the edits inside the markup of the block that stands at `place`."""
    block = blocks[order[place]]
    edits: list[Edit] = []
    if not block.unit.placeholders:
        return edits
    for following in range(place + 1, len(order)):
        index = order[following]
        if blocks[index].start >= block.end:
            break
        edit = write(blocks[index], replacements[index] or "", ())
        if edit is not None:
            edits.append(edit)
    return edits


def html_edits(
    source: str,
    blocks: Sequence[Block],
    replacements: Mapping[int, str | None],
    encoding: str = "utf-8",
) -> list[Edit]:
    """Return edits that put msgstrs in the place of blocks of HTML; None leaves a block out."""
    return nested_edits(
        blocks,
        replacements,
        lambda block, msgstr, inner: html_edit(source, block, msgstr, encoding, inner),
        lambda block: left_out(source, block),
    )


def escaper(spelled: str, encoding: str, *, quote: str = "") -> Callable[[str], str]:
    """Return what escapes text for HTML, with the character references that the source used in this place.

    `quote` is the quotation mark around an attribute value.
    """
    # Who wrote &eacute; in this text gets &eacute; back: nothing else of the page looks changed.
    table = _TABLES[quote]
    words: Mapping[str, str] = {}
    if "&" in spelled or (">" in spelled and not quote):
        table = {**table, **spelled_characters(spelled)}
        words = _spelled_words(spelled, decode_attribute if quote else decode_references)
    always = "&" in spelled or bool(quote)
    lossless = encoding.lower().startswith("utf")

    def escape(text: str) -> str:
        if words:
            escaped = _WORD.sub(
                lambda word: words.get(word[0]) or word[0].translate(table), text
            )
        else:
            escaped = text.translate(table) if always or _SPECIAL.search(text) else text
        if not lossless:
            escaped = escaped.encode(encoding, "xmlcharrefreplace").decode(encoding)
        return escaped

    return escape


def spelled_characters(spelled: str) -> dict[int, str | None]:
    """Return the character references of a text by the code of their character, of such as are never written plainly in it."""
    plain = _REFERENCE.sub("", _TAGS.sub("", spelled))
    references: dict[int, str | None] = {}
    for reference in _REFERENCE.findall(spelled):
        character = decode_references(reference)
        if len(character) == 1 and character not in plain:
            references[ord(character)] = reference
    return references


def _spelled_words(spelled: str, decoded: Callable[[str], str]) -> dict[str, str]:
    """Return as an author wrote them the words that another would write otherwise, by what they read as: `R&D`, `->`."""
    return {
        decoded(word): word
        for word in _WORD.findall(_TAGS.sub(" ", spelled))
        if "&" in word or ">" in word
    }


def html_edit(
    source: str, block: Block, msgstr: str, encoding: str = "utf-8", inner: Sequence[Edit] = ()
) -> Edit:
    """Return the edit that puts a msgstr in the place of a block of HTML."""
    spelled = source[block.start : block.end]
    # What did not change keeps the author's own bytes: spaces, references, breaks of lines.
    if msgstr == block.unit.msgid:
        inside = (Edit(e.start - block.start, e.end - block.start, e.text) for e in inner)
        return Edit(block.start, block.end, apply(spelled, inside))
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
    is_flowing = ("\n" in spelled or "\r" in spelled) and "\n" not in block.unit.msgid
    if is_flowing:
        msgstr = " ".join(msgstr.split("\n"))
        if is_by_sentence(spelled):
            msgstr = one_sentence_a_line(msgstr)
    unit = with_edits(source, block.unit, inner) if inner else block.unit
    unit, numbered = with_emphasis(unit, msgstr, as_elements)
    restored = restore(unit, numbered, text=escaper(spelled, encoding))
    # No token stands for some comments: they would be lost with the text around them.
    if _COMMENT.search(spelled):
        restored = _with_comments(source, block, msgstr, restored)
    if is_flowing:
        column = block.start - 1 - max(source.rfind(end, 0, block.start) for end in "\r\n")
        restored = wrapped(spelled, restored, column)
    # Preformatted text has the breaks of its msgstr, ended as those of its source are.
    elif "\n" in restored and "\r" in spelled:
        restored = restored.replace("\r\n", "\n").replace("\n", line_break(spelled))
    return Edit(block.start, block.end, restored)


def _with_comments(source: str, block: Block, msgstr: str, restored: str) -> str:
    """Return restored text with the comments that stood between its words and no token stands for, at its end."""
    in_placeholders = deque(
        (p.offset - block.start, p.offset - block.start + len(p.opening))
        for p in block.unit.placeholders
        if _COMMENT.search(p.opening) and (p.paired or f"<{p.name}/>" in msgstr)
    )
    spelled = source[block.start : block.end]
    comments = []
    for kind, _name, start, end in scan_markup(spelled, xml=is_xml(source)):
        while in_placeholders and in_placeholders[0][1] <= start:
            in_placeholders.popleft()
        is_restored = in_placeholders and in_placeholders[0][0] <= start
        if kind == TokenKind.COMMENT and not is_restored:
            comments.append(spelled[start:end])
    return restored + "".join(comments)


def with_edits(source: str, unit: Unit, edits: Sequence[Edit]) -> Unit:
    """Return the unit with attribute values inside its placeholders replaced."""
    return replace(
        unit, placeholders=tuple(_placeholder_with(source, p, edits) for p in unit.placeholders)
    )


def _placeholder_with(
    source: str, placeholder: Placeholder, edits: Sequence[Edit]
) -> Placeholder:
    """Return a placeholder whose markup has the edits that fall into it."""
    opening = _edited(placeholder.opening, placeholder.offset, edits)
    closing = placeholder.closing
    # A link of Markdown has its title behind its text, where the placeholder keeps no offset; so have directives.
    if closing.endswith((")", "]}", '"}', "'}")):
        after = bisect_left(edits, placeholder.offset, key=_start_of)
        for edit in edits[after : after + 1]:
            start = source.rfind(closing, 0, edit.end + len(closing))
            if 0 <= start <= edit.start < start + len(closing):
                closing = _edited(closing, start, edits)
    return replace(placeholder, opening=opening, closing=closing)


def _edited(markup: str, start: int, edits: Sequence[Edit]) -> str:
    """Return the markup that stands at `start` with the edits that fall into it; edits are in order."""
    first = bisect_left(edits, start, key=_start_of)
    last = bisect_left(edits, start + len(markup), key=_start_of)
    if first == last:
        return markup
    inside = (Edit(e.start - start, e.end - start, e.text) for e in edits[first:last])
    return apply(markup, inside)


def _start_of(edit: Edit) -> int:
    return edit.start


def _quote_before(source: str, start: int) -> str:
    return source[max(source.rfind('"', 0, start), source.rfind("'", 0, start))]


def _json(spelled: str, text: str, encoding: str) -> str:
    """Return a text as the inside of a JSON string, escaped where the encoding of the page lacks it."""
    written = jsonld.write(spelled, text)
    try:
        written.encode(encoding)
    except UnicodeEncodeError:
        written = jsonld.write(spelled + "\\u00e9", text)
    return written


def left_out(source: str, block: Block) -> Edit:
    """Return the edit that takes a block out: with its element if nothing else is in that, or its text alone.

    Tags whose other half stands elsewhere stay, and so does code that decides about more than this text.
    """
    halves = "".join(p.opening for p in block.unit.placeholders if _is_half(p))
    if block.role == "text" and block.whole is not None and not halves:
        start, end = block.whole
        if _is_wrapping(source[start : block.start]) and _is_wrapping(source[block.end : end]):
            return Edit(start, end, "")
    return Edit(block.start, block.end, '""' if block.role == "bare" else halves)


def _is_half(placeholder: Placeholder) -> bool:
    """Whether a placeholder stands for the begin or the end of something that goes on outside of its block."""
    if placeholder.paired:
        return False
    markup = placeholder.opening
    if sitecode.is_code(markup):
        return not sitecode.prints(markup)
    tokens = scan_markup(markup, xml=False)
    return len(tokens) == 1 and all(
        kind <= TokenKind.END and name not in VOID for kind, name, _start, _end in tokens
    )


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
