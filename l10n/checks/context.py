"""What rules know besides the entry: the two locales, and what the project says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from l10n.languages import Language, language_of, region_of
from l10n.model import Severity

if TYPE_CHECKING:
    from l10n.checks.spelling import Speller
    from l10n.glossary import Glossary


# Compared by identity: the rules that apply are remembered for each context.
@dataclass(frozen=True, eq=False)
class CheckContext:
    """The locales of a catalog, and what the project says about its rules and words."""

    source_locale: str
    target_locale: str
    glossary: Glossary | None = None
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    """Severity by rule where it is not the rule's own; None is off."""
    only: frozenset[str] = frozenset()
    """Rules to run; empty means every rule that is not off."""
    words: frozenset[str] = frozenset()
    """Words of the project that are spelled right, in lower case."""
    speller: Speller | None = None
    lengths: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Least and most length of a translation per length of its source, by kind of block; empty: as usual."""
    is_article: bool = True
    """False for catalogs of other programs, which do not know our placeholders."""
    drafts: bool = False
    """True to apply quality rules to the drafts of a catalog too."""

    @cached_property
    def region(self) -> str:
        """Region of the translation in capitals, such as `MX`; empty when its locale has none."""
        return region_of(self.target_locale)

    @cached_property
    def source_region(self) -> str:
        """Region of the source in capitals; empty when its locale has none."""
        return region_of(self.source_locale)

    @cached_property
    def source_language(self) -> Language:
        """What is known of the language of the source."""
        return language_of(self.source_locale)

    @cached_property
    def target_language(self) -> Language:
        """What is known of the language of the translation."""
        return language_of(self.target_locale)
