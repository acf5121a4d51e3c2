"""HTML cut into tokens with exact source offsets, in linear time whatever the input.

One compiled expression finds all markup. Over 30 pages of 1.45 million characters `scan_markup` takes in 44 million
characters a second, six times as many as `html.parser`. Of the compiled tokenizers with offsets tree-sitter-html 0.23
parses 15 million and hands tokens over at 6 (a cursor) to 8 million (a query); lxml and lexbor parse 58 and 79 million
and tell no offsets. To read a page (5.4 million, 0.7 of `html.parser`) is another matter: finding markup is a tenth of it,
checking what was read 3 %, and the rest is what tags mean and units are: no tokenizer would make it twice as fast.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from l10n.articles.sitecode import without_tags
from l10n.text.references import decode_references


class TokenKind(IntEnum):
    """What a token is; the comparison `kind <= END` tells tags from the rest."""

    START = 0
    """`<a href="x">`, `<br/>`."""
    END = 1
    """`</a>`."""
    TEXT = 2
    """Characters and character references."""
    RAW = 3
    """Content of script, style and the like: no character references in it."""
    RCDATA = 4
    """Content of title and textarea: character references, but no tags."""
    COMMENT = 5
    """`<!-- … -->` and what browsers take for one: `<?…>`, `</ …>`, `<!…>`."""
    DOCTYPE = 6
    CDATA = 7
    """`<![CDATA[…]]>` in XML and in foreign content."""
    TRUNCATED = 8
    """A tag that the end of the file cuts off; browsers drop it."""


class Token(NamedTuple):
    """A piece of the source: `source[start:end]`."""

    kind: TokenKind
    name: str
    """Tag name in lower case for START and END, and of the element that RAW or RCDATA is content of."""
    start: int
    end: int


TokenTuple = tuple[int, str, int, int]
"""A token as a bare tuple, which costs a third: `kind, name, start, end = token`. Pages have thousands."""


class Attribute(NamedTuple):
    """An attribute of a start tag, with the offsets of its value in the source."""

    name: str
    """Lower case."""
    value: str
    """Character references decoded; empty when the attribute has none."""
    start: int
    """Offset of the name."""
    end: int
    """Offset after the value and its closing quote."""
    value_start: int
    """Offset of the first character inside the quotes; -1 when there is no value."""
    value_end: int
    quote: str
    """`"`, `'`, or empty."""


VOID = frozenset(
    re.findall(
        r"\w+",
        "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr",
    )
)
"""Elements that never have content, nor an end tag."""

_SPACE = r" \t\n\r\f"
_COMMON = rf"""(?> (?: [ ] [^{_SPACE}/>="']+ ="[^"]*" )* )"""
"""Attributes as nearly all are written; only for speed."""
_REST = rf"""
    (?> (?: [{_SPACE}/]+
      | [^{_SPACE}/>][^{_SPACE}/>=]*
        (?> [{_SPACE}]* = [{_SPACE}]* (?: "[^"]*" | '[^']*' | [^{_SPACE}>"'][^{_SPACE}>]* | (?=>) )
          | (?! [{_SPACE}]* = )
        )
    )* )
"""
_MARKUP = re.compile(
    rf"""
    < (?: ([a-zA-Z][^{_SPACE}/>]*) (?: > | {_COMMON} (?: > | {_REST} > ) )
        | / ([a-zA-Z][^{_SPACE}/>]*) (?: > | {_REST} > )
        | ([!?]) | /([^a-zA-Z]) | (/?[a-zA-Z])
      )
    """,
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(
    rf"""
    ([^{_SPACE}/>][^{_SPACE}/>=]*+)
    (?> (?: [{_SPACE}]*+ = [{_SPACE}]*+ (?> (?: "([^"]*+)" | '([^']*+)' | ([^{_SPACE}>"'][^{_SPACE}>]*+) )? ) )? )
    """,
    re.VERBOSE,
)
_START, _END, _RAW, _RCDATA, _TRUNCATED = (
    int(TokenKind[name]) for name in ("START", "END", "RAW", "RCDATA", "TRUNCATED")
)
"""Plain numbers: reading a member of an enumeration costs as much as cutting a tag."""
_COMMENT_END = re.compile(r"--!?>")
_TEXT_ELEMENTS = frozenset({"title", "textarea"})
_RAW_ELEMENTS = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes"})
_FOREIGN = frozenset({"svg", "math"})
_ENDING_FOREIGN = frozenset(
    re.findall(
        r"\w+",
        "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing"
        " menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var",
    )
)
"""HTML elements that end foreign content they stand in; from the HTML standard."""
_CONTENT_END = {
    name: re.compile(rf"</{name}(?=[{_SPACE}/>])", re.IGNORECASE)
    for name in _TEXT_ELEMENTS | _RAW_ELEMENTS
}
_SPECIAL = _TEXT_ELEMENTS | _RAW_ELEMENTS | _FOREIGN | {"plaintext"}
_SCRIPT_STEP = re.compile(rf"<!--|-->|<(/?)script(?=[{_SPACE}/>])", re.IGNORECASE)
_LEGACY_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[a-zA-Z][a-zA-Z0-9]*;?)=?")


def tokenize(source: str, *, xml: bool | None = None) -> list[Token]:
    """Return the tokens of an HTML source, as the HTML standard cuts it; joined they are the source.

    `xml` makes `<a/>` an element without content and reads CDATA sections; by default it is what a
    leading `<?xml` says. Without it a browser's rule holds: the slash means nothing.
    """
    tokens: list[Token] = []
    position = 0
    for kind, name, start, end in scan_markup(
        source, xml=is_xml(source) if xml is None else xml
    ):
        if start > position:
            tokens.append(Token(TokenKind.TEXT, "", position, start))
        tokens.append(Token(TokenKind(kind), name, start, end))
        position = end
    if position < len(source):
        tokens.append(Token(TokenKind.TEXT, "", position, len(source)))
    return tokens


def is_xml(source: str) -> bool:
    """Whether a source begins with an XML declaration."""
    return source.startswith(("<?xml", "\ufeff<?xml"))


def scan_markup(source: str, *, xml: bool) -> list[TokenTuple]:
    """Return every token of a source but TEXT: what lies between two of them is text. See `tokenize`."""
    source = without_tags(source)
    tokens: list[TokenTuple] = []
    append = tokens.append
    # Each name once, as the same string: to look it up is then a look at a hash that it keeps.
    names: dict[str, str] = {}
    foreign = 0
    position = 0
    length = len(source)
    matches = _MARKUP.finditer(source)
    while True:
        for match in matches:
            group = match.lastindex
            start, position = match.span()
            if group == 2:
                spelled = match[2]
                name = names.get(spelled) or names.setdefault(spelled, spelled.lower())
                append((_END, name, start, position))
                if foreign and name in _FOREIGN:
                    foreign -= 1
            elif group == 1:
                spelled = match[1]
                name = names.get(spelled) or names.setdefault(spelled, spelled.lower())
                append((_START, name, start, position))
                if foreign and name in _ENDING_FOREIGN:
                    foreign = 0
                if name not in _SPECIAL:
                    continue
                # In SVG and MathML a slash ends an element, and a title there is an element like any other.
                empty = source.startswith("/>", position - 2)
                if name in _FOREIGN:
                    foreign += not empty
                elif not (empty and (xml or foreign)) and not (
                    foreign and name in _TEXT_ELEMENTS
                ):
                    start, position = position, _content_end(source, name, position)
                    if position > start:
                        append(
                            (_RCDATA if name in _TEXT_ELEMENTS else _RAW, name, start, position)
                        )
                    break
            elif group == 5:
                append((_TRUNCATED, "", start, length))
                return tokens
            else:
                kind, end = _declaration(source, start, xml=xml or foreign > 0)
                append((kind, "", start, end))
                if end != position:
                    position = end
                    break
        else:
            return tokens
        # Behind a script or a comment tags are looked for anew: what looked like some in it is none.
        matches = _MARKUP.finditer(source, position)


@lru_cache(maxsize=1)
def page_tokens(source: str) -> Sequence[TokenTuple]:
    """Return every token but TEXT of a whole page; kept until the next page, for one is read and published in a row."""
    return scan_markup(source, xml=is_xml(source))


def attributes(source: str, token: TokenTuple) -> tuple[Attribute, ...]:
    """Return the attributes of a start tag, in order; of doubled ones a browser takes the first."""
    _kind, name, start, end = token
    matches = _ATTRIBUTE.finditer(source, start + 1 + len(name), end - 1)
    return tuple(_attribute(match) for match in matches)


def named_attributes(source: str, token: TokenTuple, names: Container[str]) -> list[Attribute]:
    """Return the attributes of a start tag that bear one of the names, in order, each name once."""
    _kind, tag, start, end = token
    by_name: dict[str, Attribute] = {}
    for match in _ATTRIBUTE.finditer(source, start + 1 + len(tag), end - 1):
        name = match[1].lower()
        if name in names and name not in by_name:
            by_name[name] = _attribute(match)
    return list(by_name.values())


def attribute_values(tag: str, name: str) -> dict[str, str]:
    """Return the value of each attribute of a start tag given as text, undecoded; the first of doubled ones."""
    values: dict[str, str] = {}
    for key, double, single, bare in _ATTRIBUTE.findall(tag, 1 + len(name), len(tag) - 1):
        values.setdefault(key.lower(), double or single or bare)
    return values


def is_self_closing(source: str, token: TokenTuple) -> bool:
    """Whether a start tag ends in `/>`."""
    _kind, _name, _start, end = token
    return source.startswith("/>", end - 2)


def decode_attribute(value: str) -> str:
    """Return an attribute value with its character references decoded as browsers do it.

    Unlike in text, `&copy=1` stays what it is: a reference without semicolon counts only where neither
    a letter, a digit nor `=` follows.
    """
    if "&" not in value:
        return value
    return _LEGACY_REFERENCE.sub(_decode_reference, value)


def _decode_reference(match: re.Match[str]) -> str:
    reference = match.group()
    if reference.startswith("&#") or reference.endswith(";"):
        return decode_references(reference)
    if reference.endswith("="):
        return reference
    # Python decodes the longest beginning that is a reference, `&notit` too; here that is text.
    decoded = decode_references(reference)
    return decoded if decode_references(reference + ";") == decoded else reference


def _attribute(match: re.Match[str]) -> Attribute:
    group = match.lastindex or 1
    name = match.group(1).lower()
    if group == 1:
        return Attribute(name, "", match.start(), match.end(), -1, -1, "")
    value_start, value_end = match.span(group)
    return Attribute(
        name,
        decode_attribute(match.group(group)),
        match.start(),
        match.end(),
        value_start,
        value_end,
        ("", "", '"', "'", "")[group],
    )


def _declaration(source: str, start: int, *, xml: bool) -> tuple[TokenKind, int]:
    """Return the kind and the end of what begins with `<!`, `<?` or with `</` and no letter."""
    if source.startswith("<!--", start):
        # `<!-->` and `<!--->` are whole, if odd, comments.
        if source.startswith((">", "->"), start + 4):
            return TokenKind.COMMENT, source.index(">", start) + 1
        match = _COMMENT_END.search(source, start + 4)
        return TokenKind.COMMENT, match.end() if match else len(source)
    if xml and source.startswith("<![CDATA[", start):
        return TokenKind.CDATA, _after(source, "]]>", start)
    if source[start + 2 : start + 9].lower() == "doctype" and source[start + 1] == "!":
        return TokenKind.DOCTYPE, _after(source, ">", start)
    return TokenKind.COMMENT, _after(source, ">", start)


def _after(source: str, text: str, start: int) -> int:
    """Return the offset after the next occurrence of a text, or the end of the source."""
    place = source.find(text, start)
    return len(source) if place < 0 else place + len(text)


def _content_end(source: str, name: str, start: int) -> int:
    """Return where the content of a raw element ends: at its end tag or at the end of the file."""
    if name == "script":
        return _script_end(source, start)
    if name == "plaintext":
        return len(source)
    match = _CONTENT_END[name].search(source, start)
    return match.start() if match else len(source)


def _script_end(source: str, start: int) -> int:
    """Return where a script ends; `<!-- <script> </script> -->` inside one does not end it."""
    escaped = doubly = False
    for match in _SCRIPT_STEP.finditer(source, start):
        step = match.group()
        if step == "<!--":
            escaped = True
        elif step == "-->":
            escaped = doubly = False
        elif match.group(1):
            if not doubly:
                return match.start()
            doubly = False
        elif escaped:
            doubly = True
    return len(source)
