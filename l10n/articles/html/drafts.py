"""Texts of a page on their way to blocks: sorted, numbered by line, their kinds refined by their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from l10n.articles import kinds
from l10n.articles.html.open_elements import (
    HEADINGS,
    ROOTS,
    OpenElement,
    refined_kind,
    whole_element,
)
from l10n.articles.runs import UnitText
from l10n.model import Block, Kind, Unit

_SHORT = 200
"""Characters up to which the words of a text may tell its kind."""
_FAQ_LEVEL = 2
"""Headings below this level are questions of the list that one of this level announces."""


@dataclass(slots=True)
class Draft:
    """A block in the making."""

    text: UnitText
    kind: Kind
    role: str
    context: str | None
    notes: tuple[str, ...] = ()
    element: OpenElement | None = None
    """What it stands in, when it is running text."""


def blocks_of(drafts: Sequence[Draft], source: str) -> tuple[Block, ...]:
    """Return the blocks of a source, in document order."""
    count = source.count
    blocks: list[Block] = []
    line, counted = 1, 0
    faq_title = False
    for draft in sorted(drafts, key=_start_of):
        start, end, msgid, placeholders, container = draft.text
        line += count("\n", counted, start)
        counted = start
        kind, level, whole = draft.kind, 0, None
        element = draft.element
        if element is not None:
            level = element.level
            if len(msgid) <= _SHORT:
                faq = faq_title or element.scope.faq
                kind = refined_kind(msgid, kind, level, faq=faq)
            # Questions go on until a heading as high as the one that announced them.
            if element.name in HEADINGS:
                title = kinds.is_faq_title(msgid)
                faq_title = title or (faq_title and level > _FAQ_LEVEL)
            # Alone in its element: export marks that one, and leaves it out with its text.
            if element.units == 1 and element.name not in ROOTS:
                container = element.start, element.content_start
                whole = whole_element(element)
        unit = Unit(msgid, draft.context, kind, placeholders, draft.notes)
        blocks.append(Block(unit, start, end, line, level, draft.role, container, whole))
    return tuple(blocks)


def _start_of(draft: Draft) -> int:
    return draft.text.start
