"""Open elements of a page, and what they mean for the text inside: its kind, its scope, its notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from l10n.articles import kinds
from l10n.articles.html import elements as el
from l10n.articles.html.tag_meaning import TagMeaning
from l10n.languages import primary
from l10n.model import Kind, Reason
from l10n.text.markup import plain


class Scope(NamedTuple):
    """What an element and those around it say about the text inside; mostly the same for all."""

    no_translate: bool = False
    foreign: bool = False
    skip: bool = False
    faq: bool = False
    preserve: bool = False
    context: str | None = None
    notes: tuple[str, ...] = ()
    code: bool = False
    """Whether the text is code; then it is not translated, either."""
    unsure: bool = False
    """Whether nobody can tell if it is code."""

    @property
    def untranslated(self) -> bool:
        """Whether the text is not to be translated."""
        return self.no_translate or self.foreign or self.skip


@dataclass(slots=True)
class OpenElement:
    """An element that breaks the text, and what it means for the text inside."""

    name: str
    start: int
    """Offset of its opening tag."""
    content_start: int
    outer: OpenElement | None
    kind: Kind
    """Kind of the text directly in it."""
    scope: Scope
    lists: int
    """How many lists are around the text."""
    end: int = -1
    """Offset after the element; -1 while it is open."""
    units: int = 0
    """Units of text inside, those of elements inside it too."""

    @property
    def level(self) -> int:
        """Level of a heading, depth of a list item, otherwise 0."""
        if self.name in HEADINGS:
            return HEADINGS[self.name]
        return self.lists if self.kind is _ITEM else 0


ROOTS = frozenset({"", "html", "head", "body"})
"""Elements that say nothing about a text in them."""
HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS = frozenset({"ul", "ol", "menu", "dir"})
PREFORMATTED = frozenset({"pre", "listing"})
QUOTED = PREFORMATTED | el.CODE
"""Elements whose text is translated only if the author says so."""
PLAIN_SCOPE = Scope()
_PARAGRAPH, _HEADING, _TERM, _ITEM = Kind.PARAGRAPH, Kind.HEADING, Kind.TERM, Kind.ITEM
"""Looked up once: a member of an enumeration takes seven times as long to read as a name of the module."""


def scope_inside(name: str, meaning: TagMeaning, outer: Scope, language: str) -> Scope:
    """Return what holds for the text in an element."""
    no_translate, foreign = outer.no_translate, outer.foreign
    # On the whole page the language is that of the page, and translate="no" is there for browsers.
    if name not in ROOTS:
        if meaning.translate is not None:
            no_translate = not meaning.translate
        if meaning.lang:
            foreign = primary(meaning.lang) != language
    is_code = name in QUOTED and meaning.translate is None
    if is_code:
        no_translate = True
    return Scope(
        no_translate,
        foreign,
        outer.skip or meaning.skip,
        outer.faq or meaning.faq,
        outer.preserve or name in PREFORMATTED,
        outer.context if meaning.context is None else meaning.context,
        outer.notes if meaning.note is None else (meaning.note,),
        is_code or (outer.code and no_translate),
        meaning.unsure or outer.unsure,
    )


def reason_of(scope: Scope, *, is_off: bool) -> Reason:
    """Return why a text in a scope is not to be translated; `is_off` when a comment has switched translation off."""
    if is_off or scope.skip:
        return Reason.AUTHOR
    if scope.foreign:
        return Reason.LANGUAGE
    if scope.unsure:
        return Reason.UNREAD
    return Reason.CODE if scope.code else Reason.AUTHOR


def whole_element(element: OpenElement) -> tuple[int, int] | None:
    """Return the offsets of the element to remove with its only text: a list item goes with its paragraph."""
    if element.name not in el.REMOVABLE:
        return None
    outer = element.outer
    while outer is not None and outer.units == 1 and outer.name in el.GOING_ALONG:
        element, outer = outer, outer.outer
    return element.start, element.end


def refined_kind(msgid: str, kind: Kind, level: int, *, faq: bool) -> Kind:
    """Return the kind of a short text, its words and its surroundings taken into account."""
    if kind is _PARAGRAPH:
        # Most texts are sentences, which are told without taking their markup out.
        if msgid[-1] in kinds.SENTENCE_ENDS:
            return kind
        return kinds.of_paragraph(plain(msgid))
    if kind is _TERM:
        return Kind.QUESTION if faq else kind
    if kind is _HEADING:
        text = plain(msgid)
        if (faq or level > 2) and kinds.is_question(text):
            return Kind.QUESTION
        if kinds.is_boilerplate(text):
            return Kind.BOILERPLATE
    return kind
