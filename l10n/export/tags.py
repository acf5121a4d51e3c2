"""Opening tags, read and changed in place: attributes set, classes added, elements found."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from l10n.articles.html.tokens import (
    Attribute,
    TokenKind,
    TokenTuple,
    attribute_values,
    attributes,
    decode_attribute,
)
from l10n.export.edits import Edit

START, END, RAW = int(TokenKind.START), int(TokenKind.END), int(TokenKind.RAW)
_NAME = re.compile(r"<([a-zA-Z][^ \t\n\r\f/>]*)")


def opening_tag(source: str, place: tuple[int, int]) -> TokenTuple | None:
    """Return the opening tag whose offsets are known."""
    match = _NAME.match(source, place[0])
    return (START, match[1].lower(), *place) if match else None


def values(source: str, tag: TokenTuple) -> dict[str, str]:
    """Return every attribute of a tag, decoded."""
    _kind, name, start, end = tag
    encoded = attribute_values(source[start:end], name)
    return {
        key: decode_attribute(value) if "&" in value else value
        for key, value in encoded.items()
    }


def set_attributes(
    source: str, tag: TokenTuple, required: Mapping[str, str], *, extra_class: str = ""
) -> list[Edit]:
    """Return the edits after which a tag has these attributes; none for those it has already.

    `extra_class` is added to the classes it has.
    """
    present = attributes(source, tag)
    by_name = {attribute.name: attribute for attribute in reversed(present)}
    if extra_class:
        classes = by_name["class"].value.split() if "class" in by_name else []
        if extra_class not in classes:
            required = {"class": " ".join((*classes, extra_class)), **required}
    edits = []
    added = ""
    for name, value in required.items():
        attribute = by_name.get(name)
        if attribute is None:
            added += f' {name}="{escape_attribute(value)}"'
        elif attribute.value_start < 0:
            edits.append(
                Edit(attribute.start, attribute.end, f'{name}="{escape_attribute(value)}"')
            )
        elif attribute.value != value:
            edits.append(_replace_value(attribute, value))
    # Behind the last attribute, or behind the name of a tag that has none.
    if added:
        _kind, tag_name, start, _end = tag
        place = present[-1].end if present else start + 1 + len(tag_name)
        edits.append(Edit(place, place, added))
    return edits


def _replace_value(has: Attribute, value: str) -> Edit:
    """Keep the quotes of the source; an unquoted value gets some."""
    if has.quote == "'":
        text = escape_attribute(value).replace("'", "&#39;")
        return Edit(has.value_start, has.value_end, text)
    quote = "" if has.quote else '"'
    return Edit(has.value_start, has.value_end, f"{quote}{escape_attribute(value)}{quote}")


def escape_attribute(value: str) -> str:
    """Write text as the content of a double-quoted attribute."""
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def escape_text(value: str) -> str:
    """Write text as the content of an element."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def element_end(tokens: Sequence[TokenTuple], number: int) -> TokenTuple | None:
    """Return the end tag that closes the start tag at an index; None when none does."""
    _kind, name, _start, _end = tokens[number]
    depth = 0
    for place in range(number, len(tokens)):
        kind, other, _start, _end = tokens[place]
        if other == name and kind <= END:
            depth += 1 if kind == START else -1
            if not depth:
                return tokens[place]
    return None
