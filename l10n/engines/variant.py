"""From one variant of a language to another: the source itself, for a person to change where the region differs."""

from __future__ import annotations

from collections.abc import Sequence

from l10n.engines import Marked, MarkedDraft, Pair, Settings
from l10n.languages import primary
from l10n.model import Draft

NAME = "variant"


def are_variants(source: str, target: str) -> bool:
    """Whether two locales are of one language: es-ES and es-MX."""
    return source != target and primary(source) == primary(target)


class VariantEngine:
    """Gives every text back; `l10n check` then says which words the region does not use."""

    name = NAME

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or {}

    def pairs(self) -> frozenset[Pair]:
        """Return none: `are_variants` tells what it serves, whatever the language."""
        return frozenset()

    def version(self, source: str, target: str) -> str:
        """Return the version of what it does."""
        return "1"

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[Draft]:
        """Return the texts."""
        return [Draft(text) for text in texts]

    def translate_marked(
        self, texts: Sequence[Marked], source: str, target: str
    ) -> list[MarkedDraft]:
        """Return the texts, every span where it was."""
        return [MarkedDraft(Draft(marked.text), marked.spans) for marked in texts]
