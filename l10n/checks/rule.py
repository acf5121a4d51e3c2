"""What a quality rule is: an id, a severity, a page to read, examples, and a function that finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from l10n.model import Severity

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair


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
    raw: bool = False
    """True when start and end count characters of the msgstr itself."""


@dataclass(frozen=True, slots=True)
class Example:
    """A source text with a translation that breaks a rule and one that does not."""

    source: str
    bad: str
    good: str
    to: str = "es"
    """Locale of the translations."""
    fixed: bool = False
    """True when the rule's fix turns `bad` into `good`."""

    @property
    def source_locale(self) -> str:
        """The other language of the pair."""
        return "en" if self.to.startswith("es") else "es"


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
