"""Translatable strings of JSON-LD scripts, found and written in place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

KEYS = frozenset(
    re.findall(
        r"\w+",
        """
        abstract alternativeHeadline articleBody articleSection award caption cookingMethod description
        disambiguatingDescription genre headline jobTitle keywords recipeCategory recipeCuisine recipeIngredient
        recipeInstructions recipeYield reviewBody slogan step supply teaches text tool transcript
        """,
    )
)
"""Properties of schema.org that hold text for readers, whatever has them."""

_NAMES = frozenset({"name", "alternateName", "title"})
"""Properties that hold text for readers on what is no proper name."""
_TITLED = re.compile(
    r"(?:Article|Posting|Page|Report|CreativeWork|Guide|Recipe|Review|Question|Answer|Event|Object|Menu|Catalog|List|Set)$"
    r"|^(?:HowTo|List|Menu|Course|Lesson|Quiz|Product|Service|Offer|Demand|Dataset|Photograph|Painting|Clip|Episode"
    r"|Chapter|Table|Comment|DefinedTerm|SiteNavigation|WP[A-Z]|Property|Medical|Trip|Exercise|Diet)"
)
"""Types of schema.org whose name says in words what they are; those of persons, places, firms and sites are names."""
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:/|/|#|\./)\S*", re.IGNORECASE)

_STEP = re.compile(r'"(?>(?:[^"\\]|\\.)*)"|[{}\[\],:]', re.DOTALL)
_ESCAPE = re.compile(r'\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])')
_ENDING_SCRIPT = re.compile(r"<(?=/?script|!--)", re.IGNORECASE)


class JsonString(NamedTuple):
    """A string value in a script."""

    key: str
    value: str
    start: int
    """Offset of the first character inside the quotes."""
    end: int


@dataclass(slots=True)
class _Object:
    """An object of a script, as far as it says what it is."""

    key: str | None
    """The key that it, or the array it lies in, is the value of."""
    outer: _Object | None
    type: str = ""

    @property
    def is_titled(self) -> bool:
        """Whether its name is text: by its type, or by that of the list whose item it is."""
        if not self.type and self.key in ("item", "itemListElement") and self.outer is not None:
            return _TITLED.search(self.outer.type) is not None
        return _TITLED.search(self.type) is not None


def strings(source: str, start: int, end: int) -> Iterator[JsonString]:
    """Yield the values of the properties that hold text in `source[start:end]`; broken JSON gives what is whole."""
    values: list[tuple[_Object, str, tuple[int, int]]] = []
    # For each open bracket the object around, and the key that an array is the value of; None for an object.
    around: list[tuple[_Object, str | None]] = []
    this = _Object(None, None)
    key: str | None = None
    pending: tuple[int, int] | None = None
    for match in _STEP.finditer(source, start, end):
        sign = match.group()
        if sign[0] == '"':
            pending = match.span()
            continue
        if sign == ":":
            key = source[pending[0] + 1 : pending[1] - 1] if pending else None
        elif pending is not None and key == "@type":
            # Of several types the first is the one that counts.
            this.type = this.type or source[pending[0] + 1 : pending[1] - 1].rpartition("/")[2]
        elif pending is not None and key is not None and (key in KEYS or key in _NAMES):
            values.append((this, key, pending))
        if sign == "{":
            around.append((this, None))
            this, key = _Object(key, this), None
        elif sign == "[":
            around.append((this, key))
        elif sign in "}]":
            if around:
                this, _key = around.pop()
            key = None
        elif sign == ",":
            key = around[-1][1] if around else None
        pending = None
    # What an object is may stand behind its name.
    for owner, key, span in values:
        if key in KEYS or owner.is_titled:
            yield from _decoded(source, key, span)


def write(spelled: str, text: str) -> str:
    """Return text as the inside of a JSON string, escaped as the string it replaces was, safe inside a script."""
    style = {json.loads(f'"{escape}"'): escape for escape in _ESCAPE.findall(spelled)}
    escaping = any(len(escape) > 2 and not char.isascii() for char, escape in style.items())
    upper = any(
        escape[2:] != escape[2:].lower() for escape in style.values() if len(escape) > 2
    )
    written = "".join(_character(char, style, escaping, upper) for char in text)
    return _ENDING_SCRIPT.sub(r"\\u003c", written)


def _decoded(source: str, key: str, span: tuple[int, int]) -> Iterator[JsonString]:
    start, end = span[0] + 1, span[1] - 1
    inside = source[start:end].strip()
    if not inside:
        return
    start = source.index(inside, start)
    try:
        value = json.loads(f'"{inside}"', strict=False)
        value.encode()
    except ValueError:
        return
    if _ADDRESS.fullmatch(value):
        return
    yield JsonString(key, value, start, start + len(inside))


def _character(char: str, style: dict[str, str], escaping: bool, upper: bool) -> str:
    # The author's own way first: \\u00e9 stays \u00e9, and a slash is escaped where it was before.
    if char in style:
        return style[char]
    if char in '"\\' or char < " ":
        return json.dumps(char)[1:-1]
    if char.isascii() or not escaping:
        return char
    written = json.dumps(char)[1:-1]
    return (
        re.sub(r"(?<=\\u).{4}", lambda match: match.group().upper(), written)
        if upper
        else written
    )
