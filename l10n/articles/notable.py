"""What a start tag says to a translator besides its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from l10n.articles import elements as el
from l10n.articles.tokens import attribute_values, decode_attribute
from l10n.model import Kind


class Notable(NamedTuple):
    """The meaning of a start tag's attributes."""

    texts: tuple[str, ...] = ()
    """Its attributes that hold text."""
    translate: bool | None = None
    """What `translate` or the class `notranslate` says; None when neither is there."""
    lang: str | None = None
    skip: bool = False
    context: str | None = None
    """msgctxt that the author set."""
    note: str | None = None
    kind: Kind | None = None
    """What class names and roles tell."""
    faq: bool = False
    """Whether they speak of questions and answers."""
    meta: str = ""
    """Name of the metadata that `content` holds."""
    json: bool = False
    """Whether it begins a JSON-LD script."""

    @property
    def scoping(self) -> bool:
        """Whether it changes how the text inside is to be translated."""
        return (
            self.translate is not None
            or self.lang is not None
            or self.skip
            or self.context is not None
            or self.note is not None
        )


NOTHING = Notable()

_TELLING = re.compile(
    r"[ \t\n\r\f\"'/](?:alt|title|placeholder|aria-|label|abbr|summary|value|translate|lang|xml:lang"
    r"|data-l10n-|content|notranslate)|application/ld",
    re.IGNORECASE,
)
"""What a start tag has somewhere when it says more than its name and class."""
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_CLASS_LIKE = re.compile(
    r"""[\s"'](?:class|id|itemprop|itemtype|rel|role)\s*=\s*["']?([^"'>]{1,200})""",
    re.IGNORECASE,
)
"""Attributes whose words tell the kind of a block, and the beginning of their value."""


def notable(tag: str, name: str) -> Notable:
    """The meaning of a start tag given as text."""
    inline = name in el.INLINE
    kind, faq = (None, False) if inline else _hinted(tag)
    if kind is None and not faq and not (_may_tell(tag) and _TELLING.search(tag)):
        return NOTHING
    values = attribute_values(tag, name)
    return Notable(
        tuple(a for a in values if a in el.TEXT_ATTRIBUTES and _is_text(a, name, values)),
        _translate(values),
        values.get("lang") or values.get("xml:lang"),
        "data-l10n-skip" in values,
        _said(values, "data-l10n-context"),
        _said(values, "data-l10n-note"),
        kind,
        faq,
        _metadata_name(values) if name == "meta" else "",
        name == "script" and values.get("type", "").strip().lower() == "application/ld+json",
    )


def _may_tell(tag: str) -> bool:
    """Whether a tag can hold a telling attribute; looking for letters is quicker than for a pattern."""
    tag = tag.lower()
    return (
        "alt" in tag
        or "title" in tag
        or "lang" in tag
        or "aria-" in tag
        or "transl" in tag
        or "l10n" in tag
        or "content" in tag
        or "label" in tag
        or "abbr" in tag
        or "value" in tag
        or "placeh" in tag
        or "summary" in tag
        or "ld+json" in tag
    )


def _said(values: Mapping[str, str], attribute: str) -> str | None:
    value = values.get(attribute)
    return " ".join(decode_attribute(value).split()) if value else None


def _translate(values: Mapping[str, str]) -> bool | None:
    if "notranslate" in values.get("class", "").split():
        return False
    value = values.get("translate")
    if value is None:
        return None
    return {"no": False, "yes": True, "": True}.get(value.strip().lower())


def _is_text(attribute: str, name: str, values: Mapping[str, str]) -> bool:
    elements = el.TEXT_ATTRIBUTES[attribute]
    if elements is not None and name not in elements:
        return False
    if attribute == "title":
        return name not in el.TITLE_IS_NO_TEXT
    if attribute == "value":
        return values.get("type", "").lower() in el.BUTTON_TYPES
    return True


def _metadata_name(values: Mapping[str, str]) -> str:
    name = (
        values.get("name") or values.get("property") or values.get("itemprop") or ""
    ).lower()
    return name if name in el.METADATA else ""


def _hinted(tag: str) -> tuple[Kind | None, bool]:
    """Kind that the class names and roles of a block tell, and whether they speak of questions."""
    kind, faq = None, False
    for value in _CLASS_LIKE.findall(tag):
        told = _told(value)
        kind = kind or told[0]
        faq = faq or told[1]
    return kind, faq


@lru_cache(maxsize=2048)
def _told(value: str) -> tuple[Kind | None, bool]:
    words = _WORD.findall(value.lower())
    kind = next((el.HINTS[word] for word in words if word in el.HINTS), None)
    return kind, not el.FAQ_HINTS.isdisjoint(words)
