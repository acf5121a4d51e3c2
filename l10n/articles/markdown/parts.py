"""What a block of Markdown holds besides text: the parts that its reader finds in it."""

from __future__ import annotations

from typing import NamedTuple

from l10n.articles.runs import UnitText
from l10n.model import Block


class Part(NamedTuple):
    """What a block holds: its text or an attribute, which are units, or an address or tag, which are not."""

    text: UnitText
    role: str
    context: str | None = None
    html: Block | None = None
    """What the HTML reader made of it, for attributes of raw HTML."""
