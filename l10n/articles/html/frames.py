"""Open elements of a page, and what they mean for the text inside: its kind, its scope, its notes."""

from __future__ import annotations

from typing import NamedTuple

from l10n.articles import kinds
from l10n.articles.html import elements as el
from l10n.articles.html.notable import Notable
from l10n.articles.html.tokens import TokenTuple
from l10n.model import Kind
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

    @property
    def muted(self) -> bool:
        """Whether the text is not to be translated."""
        return self.no_translate or self.foreign or self.skip


class Frame:
    """An open element that parts text, and what it means for the text inside."""

    __slots__ = ("end", "kind", "lists", "mark", "name", "outer", "scope", "units")

    def __init__(
        self, mark: TokenTuple, outer: Frame | None, kind: Kind, scope: Scope, lists: int
    ) -> None:
        self.mark = mark
        self.name = mark[1]
        self.outer = outer
        self.kind = kind
        self.scope = scope
        self.lists = lists
        """How many lists are around the text."""
        self.end = -1
        """Offset after the element; -1 while it is open."""
        self.units = 0
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
PLAIN = Scope()
_PARAGRAPH, _HEADING, _TERM, _ITEM = Kind.PARAGRAPH, Kind.HEADING, Kind.TERM, Kind.ITEM
"""Looked up once: a member of an enumeration takes seven times as long to read as a name of the module."""


def scope_inside(name: str, told: Notable, outer: Scope, language: str) -> Scope:
    """What holds for the text in an element."""
    no_translate, foreign = outer.no_translate, outer.foreign
    if name not in ROOTS:
        if told.translate is not None:
            no_translate = not told.translate
        if told.lang:
            foreign = primary(told.lang) != language
    if name in QUOTED and told.translate is not True:
        no_translate = True
    return Scope(
        no_translate,
        foreign,
        outer.skip or told.skip,
        outer.faq or told.faq,
        outer.preserve or name in PREFORMATTED,
        outer.context if told.context is None else told.context,
        outer.notes if told.note is None else (told.note,),
    )


def whole_element(frame: Frame) -> tuple[int, int] | None:
    """Offsets of the element to remove with its only text: a list item goes with its paragraph."""
    if frame.name not in el.REMOVABLE:
        return None
    outer = frame.outer
    while outer is not None and outer.units == 1 and outer.name in el.GOING_ALONG:
        frame, outer = outer, outer.outer
    return frame.mark[2], frame.end


def refined_kind(msgid: str, kind: Kind, level: int, *, faq: bool) -> Kind:
    """Kind of a short text, its words and its surroundings taken into account."""
    if kind is _PARAGRAPH:
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


def primary(locale: str) -> str:
    """Language of a locale, in lower case."""
    return locale.replace("_", "-").split("-")[0].lower()
