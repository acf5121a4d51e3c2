"""How an article of Markdown writes emphasis, for the emphasis that a translator adds."""

from __future__ import annotations

from collections import Counter

from l10n.articles.emphasis import Spell
from l10n.model import Article
from l10n.text.markup import Emphasis

_USUAL = {"em": ("*", "_"), "strong": ("**", "__")}
"""The marks of each emphasis; the first where an article has none: it works inside words too."""


def emphasis_of(article: Article) -> Spell:
    """Return the signs that an article marks emphasis with most often; `*` inside a word, where `_` is a letter."""
    counts: Counter[tuple[str, str]] = Counter()
    marks: dict[str, str] = {}

    def spell(msgstr: str, pair: Emphasis) -> tuple[str, str]:
        if not marks:
            counts.update(
                (placeholder.tag, placeholder.opening)
                for block in article.blocks
                for placeholder in block.unit.placeholders
            )
            for tag, signs in _USUAL.items():
                marks[tag] = max(signs, key=lambda sign: counts[tag, sign])
        around = msgstr[: pair.start][-1:] + msgstr[pair.marks[1][1] :][:1]
        inside_word = any(character.isalnum() or character == "_" for character in around)
        mark = _USUAL[pair.tag][0] if inside_word else marks[pair.tag]
        return mark, mark

    return spell
