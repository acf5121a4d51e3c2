"""What a start tag says to a translator besides its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from l10n.articles.html import elements as el
from l10n.articles.html.prose import reads_as_prose
from l10n.articles.html.tokens import (
    TokenKind,
    attribute_values,
    decode_attribute,
    named_attributes,
)
from l10n.articles.words import EDGE_SPACE, has_words, normalize, trim
from l10n.model import Kind
from l10n.text.markup import escape


class TagText(NamedTuple):
    """A value in a start tag that holds text to translate."""

    context: str
    """msgctxt: `attr:alt`, `meta:description`."""
    msgid: str
    start: int
    """Offset in the tag of the first character that a translation replaces."""
    end: int
    quoted: bool


class TagMeaning(NamedTuple):
    """The meaning of a start tag's attributes."""

    texts: tuple[TagText, ...] = ()
    translate: bool | None = None
    """What `translate` or the class says, `notranslate` or one of ours; None when neither does."""
    lang: str | None = None
    skip: bool = False
    context: str | None = None
    """msgctxt that the author set."""
    note: str | None = None
    kind: Kind | None = None
    """Kind of the text inside, by class names and roles."""
    faq: bool = False
    """Whether they speak of questions and answers."""
    json: bool = False
    """Whether it begins a JSON-LD script."""
    option: bool = False
    """Whether a value among the texts is that of an option, shown only in a list of proposals."""
    unsure: bool = False
    """Whether nobody can tell if the text inside is prose or code."""

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


NO_MEANING = TagMeaning()


class _Outline(NamedTuple):
    """What tags have in common that differ only in what stands between double quotes."""

    valued: tuple[str, ...]
    """Their attributes that have a value, in lower case."""
    bare: tuple[str, ...]
    """Those that have none."""
    scoping: bool
    """Whether an attribute changes what holds for the text inside."""
    texts: tuple[int, ...]
    """Which values may be text."""
    hinting: tuple[int, ...]
    """Which values may tell the kind of a block."""
    class_at: int
    """Which value is the class; -1 when there is none."""

    def values(self, spelled: Sequence[str]) -> dict[str, str]:
        """Return the value of each attribute of a tag, of which these stand between the quotes."""
        values = dict(zip(self.valued, spelled, strict=True))
        return values | dict.fromkeys(self.bare, "") if self.bare else values


_START = int(TokenKind.START)
_WORDLESS = el.INLINE.difference(
    {"meta", "script"}, *(names for names in el.TEXT_ATTRIBUTES.values() if names is not None)
)
"""Elements of which only attributes that any element can have say something."""
_AMBIGUOUS = frozenset({"content", "value"})
"""Attributes that are text or not by what another attribute says."""
_LONG = 4096
"""Characters of a tag beyond which nothing of it is remembered."""
_LONG_VALUE = 200
"""Characters of an attribute that are looked at for its words."""
_SPACE = r"[ \t\n\r\f]"
_NAME = r"""[^ \t\n\r\f/>"'=<]+"""
_REGULAR = re.compile(rf'<{_NAME}((?:{_SPACE}+{_NAME}(?:=")?)*){_SPACE}*/?>')
_NAMED = re.compile(rf'({_NAME})(=")?')
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_HINTING = frozenset({"class", "id", "itemprop", "itemtype", "rel", "role"})
"""Attributes whose words tell the kind of a block."""
_SCOPING = frozenset(
    {"translate", "lang", "xml:lang", "data-l10n-skip", "data-l10n-context", "data-l10n-note"}
)


def tag_meaning(tag: str, name: str) -> TagMeaning:
    """Return the meaning of a start tag given as text."""
    # A page is mostly links and spans, and a look for words is half of what their attributes cost.
    if name in _WORDLESS:
        spelled = tag.lower()
        if not (
            "title" in spelled
            or "lang" in spelled
            or "aria-" in spelled
            or "l10n-" in spelled
            or "translate" in spelled
        ):
            return NO_MEANING
    # Every second piece stands between quotes, unless a quote of the other kind holds one of these.
    pieces = tag.split('"')
    regular = len(pieces) % 2 == 1 and len(tag) < _LONG
    outline = _outline('"'.join(pieces[::2]), name) if regular else None
    if outline is None:
        return _irregular(tag, name)
    texts = _regular_texts(tag, name, pieces, outline) if outline.texts else ()
    classes = pieces[2 * outline.class_at + 1] if outline.class_at >= 0 else ""
    if outline.scoping or "notranslate" in classes or "l10n-" in classes:
        return _meaning(name, outline.values(pieces[1::2]), texts)
    if outline.hinting:
        kind, faq = _hinted([pieces[2 * at + 1] for at in outline.hinting])
        if faq or kind is not None:
            return TagMeaning(texts, kind=kind, faq=faq, option=name == "option")
    return TagMeaning(texts, option=name == "option") if texts else NO_MEANING


@lru_cache(maxsize=4096)
def _outline(text: str, name: str) -> _Outline | None:
    """Return what tags are like of which this is left without the content of their quotes; None for odd ones.

    The thousands of tags of a page have few outlines, so that most are read without a search for attributes.
    """
    match = _REGULAR.fullmatch(text)
    if match is None:
        return None
    keys = [(key.lower(), has_value) for key, has_value in _NAMED.findall(match[1])]
    distinct = {key for key, _has_value in keys}
    # Of doubled attributes only the first counts: those few tags are read attribute by attribute.
    if len(distinct) < len(keys):
        return None
    valued = tuple(key for key, has_value in keys if has_value)
    return _Outline(
        valued,
        tuple(key for key, has_value in keys if not has_value),
        not distinct.isdisjoint(_SCOPING) or (name == "script" and "type" in distinct),
        tuple(at for at, key in enumerate(valued) if _may_be_text(key, name)),
        ()
        if name in el.INLINE
        else tuple(at for at, key in enumerate(valued) if key in _HINTING),
        valued.index("class") if "class" in valued else -1,
    )


def _irregular(tag: str, name: str) -> TagMeaning:
    values = attribute_values(tag, name)
    texts: list[TagText] = []
    for key in values:
        if _may_be_text(key, name):
            (attribute,) = named_attributes(tag, (_START, name, 0, len(tag)), (key,))
            context = _context(name, key, values)
            # `<img alt>` has a name and no value: nothing to translate, and no place to write it.
            if context and attribute.value_start >= 0:
                bounds = attribute.value_start, attribute.value_end
                texts += _text(tag, context, *bounds, quoted=bool(attribute.quote))
    return _meaning(name, values, tuple(texts))


def _regular_texts(
    tag: str, name: str, pieces: Sequence[str], outline: _Outline
) -> tuple[TagText, ...]:
    texts: list[TagText] = []
    for at in outline.texts:
        value = pieces[2 * at + 1]
        if value:
            key = outline.valued[at]
            context = f"attr:{key}"
            if key in _AMBIGUOUS or name == "link":
                context = _context(name, key, outline.values(pieces[1::2]))
            if context:
                start = len('"'.join(pieces[: 2 * at + 1])) + 1
                texts += _text(tag, context, start, start + len(value), quoted=True)
    return tuple(texts)


def _context(name: str, key: str, values: Mapping[str, str]) -> str:
    """Return the msgctxt of an attribute of a tag with these values; empty when it is no text."""
    if name == "meta" and key == "content":
        metadata = _metadata_name(values)
        return f"meta:{metadata}" if metadata else ""
    if name == "link" and key == "title":
        # That of a style sheet is its name, by which scripts and menus find it.
        relations = values.get("rel", "").lower().split()
        return "" if not relations or "stylesheet" in relations else "attr:title"
    if name == "option" and key == "value":
        return "attr:value"
    if key == "value":
        return "attr:value" if _shows_text(values) else ""
    return f"attr:{key}"


def _shows_text(values: Mapping[str, str]) -> bool:
    """Whether the value of an `<input>` is a text: that of a button, or one that begins a field and reads as prose."""
    kind = values.get("type", "").strip().lower()
    return kind in el.BUTTON_TYPES or (
        kind in el.FIELD_TYPES and reads_as_prose(decode_attribute(values["value"]))
    )


def _text(tag: str, context: str, start: int, end: int, *, quoted: bool) -> Iterator[TagText]:
    """Yield the value that stands between two offsets of a tag, where it says something."""
    start, end = trim(tag, start, end)
    text = decode_attribute(tag[start:end])
    if has_words(text):
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        yield TagText(context, escape(normalize(text).strip(EDGE_SPACE)), start, end, quoted)


def _meaning(name: str, values: Mapping[str, str], texts: tuple[TagText, ...]) -> TagMeaning:
    """Return what the values of a tag's attributes mean."""
    hints = () if name in el.INLINE else (values[key] for key in values if key in _HINTING)
    kind, faq = _hinted(hints)
    meaning = TagMeaning(
        texts,
        _translate(values),
        values.get("lang") or values.get("xml:lang"),
        "data-l10n-skip" in values,
        _author_text(values, "data-l10n-context"),
        _author_text(values, "data-l10n-note"),
        kind,
        faq,
        name == "script" and values.get("type", "").strip().lower() == "application/ld+json",
        name == "option" and bool(texts),
    )
    return NO_MEANING if meaning == NO_MEANING else meaning


def _may_be_text(key: str, name: str) -> bool:
    """Whether an attribute of an element can hold text."""
    if name == "meta" and key == "content":
        return True
    if key == "title":
        return name not in el.TITLE_IS_NO_TEXT
    # Of the pictures of a framework only the name differs: `<amp-img alt="…">`.
    if key == "alt" and "-" in name:
        return True
    elements = el.TEXT_ATTRIBUTES.get(key, frozenset())
    return elements is None or name in elements


def _author_text(values: Mapping[str, str], attribute: str) -> str | None:
    value = values.get(attribute)
    return " ".join(decode_attribute(value).split()) if value else None


def _translate(values: Mapping[str, str]) -> bool | None:
    names = values.get("class", "").split()
    if "notranslate" in names or not el.EXPORTED.isdisjoint(names):
        return False
    value = values.get("translate")
    if value is None:
        return None
    return {"no": False, "yes": True, "": True}.get(value.strip().lower())


def _metadata_name(values: Mapping[str, str]) -> str:
    name = (values.get("name") or values.get("property") or "").lower()
    if name:
        return name if name in el.METADATA else ""
    property_ = values.get("itemprop", "").strip().lower()
    return property_ if property_ in el.ITEM_TEXTS else ""


def _hinted(values: Iterable[str]) -> tuple[Kind | None, bool]:
    """Return the kind that the class names and roles of a block tell, and whether they speak of questions."""
    kind, faq = None, False
    for value in values:
        value_kind, value_faq = _hint(value[:_LONG_VALUE])
        kind = kind or value_kind
        faq = faq or value_faq
    return kind, faq


@lru_cache(maxsize=2048)
def _hint(value: str) -> tuple[Kind | None, bool]:
    """Return the kind that the words of one attribute tell, and whether they speak of questions."""
    words = _WORD.findall(value.lower())
    kind = next((el.HINTS[word] for word in words if word in el.HINTS), None)
    return kind, not el.FAQ_HINTS.isdisjoint(words)
