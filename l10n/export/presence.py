"""Whether the translations that a page was to show are on it: looked for in the finished page, whatever made it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape

from l10n.export.choices import Choices, Shown
from l10n.model import Article, Block
from l10n.text.markup import TOKEN, decode

_LETTERS = re.compile(r"[^\W_]+")
_OWN_EMPHASIS = re.compile(r"</?(?:em|strong)>")
_SHOWN = (Shown.TRANSLATION, Shown.DRAFT)


def absent(article: Article, choices: Choices, page: str) -> Iterator[int]:
    """Yield the blocks whose translation was chosen and is not on the page.

    Of each the longest text between two tokens is looked for: as it is, which nearly all are, else by its letters,
    for formats break lines and spell signs in their own ways.
    """
    if not any(choice.shown in _SHOWN for choice in choices.blocks):
        return
    text = " ".join(page.split())
    letters: tuple[str, ...] = ()
    at = 0
    for number, (block, choice) in enumerate(zip(article.blocks, choices.blocks, strict=True)):
        if choice.shown not in _SHOWN:
            continue
        piece = max(TOKEN.split(_OWN_EMPHASIS.sub("<omit/>", choice.msgstr)), key=len)
        written = " ".join(piece.split())
        # Blocks stand in order: mostly the next one is near.
        place = text.find(written, at)
        if place < 0:
            place = text.find(written)
        if place >= 0:
            at = max(at, place)
            continue
        # HTML reads a reference without a semicolon, `&copy now`, for which Markdown has the letters.
        letters = letters or (_letters(unescape(text)), _letters(decode(text)))
        wanted = _letters(decode(piece))
        if not any(wanted in there for there in letters) and not _in_json(block, piece, text):
            yield number


def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(text)).casefold()


def _in_json(block: Block, piece: str, page: str) -> bool:
    """Whether a text stands on the page as structured data spells it, letters by their numbers."""
    if not (block.unit.context or "").startswith(("jsonld:", "meta:")):
        return False
    spelled = json.dumps(decode(piece))[1:-1]
    return spelled in page or spelled.lower() in page.lower()
