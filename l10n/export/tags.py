"""Opening tags, read and changed in place: attributes set, classes added, elements found."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from l10n.articles.tokens import Attribute, Token, TokenKind, attributes
from l10n.export.edits import Edit

_NAME = re.compile(r"<([a-zA-Z][^ \t\n\r\f/>]*)")


def opening_tag(source: str, place: tuple[int, int]) -> Token | None:
    """Give the token of an opening tag whose offsets are known."""
    found = _NAME.match(source, place[0])
    return Token(TokenKind.START, found[1].lower(), *place) if found else None


def attribute(source: str, tag: Token, name: str) -> Attribute | None:
    """Give an attribute of a tag; of doubled ones the first, as browsers do."""
    return next((one for one in attributes(source, tag) if one.name == name), None)


def values(source: str, tag: Token) -> dict[str, str]:
    """Give every attribute of a tag, decoded."""
    found: dict[str, str] = {}
    for one in attributes(source, tag):
        found.setdefault(one.name, one.value)
    return found


def set_attributes(source: str, tag: Token, wanted: Mapping[str, str]) -> list[Edit]:
    """Give the edits after which a tag has these attributes; none for those it has already."""
    edits = []
    added = ""
    for name, value in wanted.items():
        has = attribute(source, tag, name)
        if has is None:
            added += f' {name}="{escape_attribute(value)}"'
        elif has.value_start < 0:
            edits.append(Edit(has.start, has.end, f'{name}="{escape_attribute(value)}"'))
        elif has.value != value:
            edits.append(_replace_value(has, value))
    if added:
        last = max((one.end for one in attributes(source, tag)), default=0)
        place = last or tag.start + 1 + len(tag.name)
        edits.append(Edit(place, place, added))
    return edits


def _replace_value(has: Attribute, value: str) -> Edit:
    """Keep the quotes of the source; an unquoted value gets some."""
    if has.quote == "'":
        return Edit(
            has.value_start, has.value_end, escape_attribute(value).replace("'", "&#39;")
        )
    quote = "" if has.quote else '"'
    return Edit(has.value_start, has.value_end, f"{quote}{escape_attribute(value)}{quote}")


def add_class(source: str, tag: Token, name: str) -> list[Edit]:
    """Give the edits after which a tag has a class beside those it has."""
    has = attribute(source, tag, "class")
    classes = has.value.split() if has else []
    return (
        []
        if name in classes
        else set_attributes(source, tag, {"class": " ".join((*classes, name))})
    )


def escape_attribute(value: str) -> str:
    """Write text as the content of a double-quoted attribute."""
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def escape_text(value: str) -> str:
    """Write text as the content of an element."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def element_end(tokens: Sequence[Token], number: int) -> int:
    """Give the index of the end tag that closes the start tag at an index; the last index when none does."""
    name = tokens[number].name
    depth = 0
    for place in range(number, len(tokens)):
        token = tokens[place]
        if token.name == name and token.kind <= TokenKind.END:
            depth += 1 if token.kind is TokenKind.START else -1
            if not depth:
                return place
    return len(tokens) - 1
