"""What rules know besides the entry: the two locales, and what the project says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from l10n.checks.rulebook import RULES
from l10n.model import Severity

if TYPE_CHECKING:
    from l10n.checks.reading import Pair
    from l10n.checks.rule import Hit, Rule
    from l10n.checks.spelling import Speller
    from l10n.glossary import Glossary

Finder = Callable[["Pair", "CheckContext"], Iterable["Hit"]]


@dataclass(frozen=True)
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
    def source(self) -> str:
        """Language of the source, without region."""
        return self.source_locale.partition("-")[0].partition("_")[0].lower()

    @cached_property
    def target(self) -> str:
        """Language of the translation, without region."""
        return self.target_locale.partition("-")[0].partition("_")[0].lower()

    @cached_property
    def region(self) -> str:
        """Region of the translation in capitals, such as `MX`; empty when its locale has none."""
        return self.target_locale.replace("_", "-").partition("-")[2].upper()

    @cached_property
    def active(self) -> tuple[tuple[Rule, Severity, Finder], ...]:
        """The rules that judge single entries of this pair of languages."""
        return tuple(
            (rule, severity, rule.find)
            for rule in RULES.values()
            if rule.find is not None
            and rule.target in (None, self.target)
            and (severity := self.severity(rule.id)) is not None
        )

    def severity(self, rule_id: str) -> Severity | None:
        """Give how bad a finding of a rule is here; None when the rule is off."""
        if self.only and rule_id not in self.only:
            return None
        rule = RULES[rule_id]
        severity = self.severities.get(rule_id, rule.severity)
        if severity is None and rule_id in self.only:
            return Severity.WARNING
        return severity
