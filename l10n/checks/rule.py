"""What a quality rule is: an id, a severity, a page to read, examples, and a function that finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from l10n.checks.reading import Pair
from l10n.model import Severity

if TYPE_CHECKING:
    from l10n.checks.spelling import Speller
    from l10n.glossary import Glossary


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What rules know besides the entry: the two locales, and what the project says."""

    source_locale: str
    target_locale: str
    glossary: Glossary | None = None
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    """Severity by rule where it is not the rule's own; None is off."""
    only: frozenset[str] = frozenset()
    """Rules to run; empty means every rule."""
    words: frozenset[str] = frozenset()
    """Words of the project that are spelled right, in lower case."""
    speller: Speller | None = None
    is_article: bool = True
    """False for catalogs of other programs, which do not know our placeholders."""
    drafts: bool = False
    """True to apply quality rules to drafts too."""

    @property
    def source(self) -> str:
        """Language of the source, without region."""
        return self.source_locale.partition("-")[0]

    @property
    def target(self) -> str:
        """Language of the translation, without region."""
        return self.target_locale.partition("-")[0]

    def severity(self, rule: Rule) -> Severity | None:
        """Give how bad a finding of a rule is here; None when the rule is off."""
        if self.only and rule.id not in self.only:
            return None
        if rule.id in self.severities:
            return self.severities[rule.id]
        if self.only and rule.severity is None:
            return Severity.WARNING
        return rule.severity


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a rule is broken."""

    message: str
    """One sentence in the interface language."""
    start: int | None = None
    """First offending character of the reading text of the translation; None: the whole entry."""
    end: int | None = None
    replacement: str | None = None
    """What start:end would read once mended; None when no safe fix is known."""


@dataclass(frozen=True, slots=True)
class Example:
    """A source text with a translation that breaks a rule and one that does not."""

    source: str
    bad: str
    good: str
    source_locale: str = "en"
    target_locale: str = "es"
    fixed: bool = False
    """True when the rule's fix turns `bad` into `good`."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong with a translation."""

    id: str
    severity: Severity | None
    """None: off unless the project turns it on."""
    summary: str
    """What is wrong, in a few words; a gettext msgid."""
    page: str
    """One paragraph: what it finds, why it matters, what to do; a gettext msgid."""
    examples: tuple[Example, ...] = ()
    find: Callable[[Pair, CheckContext], Iterable[Hit]] | None = None
    """None when findings come from whole catalogs or projects instead of one entry."""
    target: str | None = None
    """Language of the translations it is about; None for every language."""
