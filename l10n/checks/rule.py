"""What a quality rule is, and how a function becomes one: an id, a severity, a page to read, examples."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from l10n.errors import ProjectError
from l10n.interface import gettext as _
from l10n.model import Severity

if TYPE_CHECKING:
    # A warm check names rules and reads no text: it loads neither of them.
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
    """What start:end would read once mended; None when nothing is known that would mend it."""
    raw: bool = False
    """True when start and end count characters of the msgstr itself."""
    is_safe: bool = True
    """False where a person has to see whether the replacement is right there."""


@dataclass(frozen=True, slots=True)
class Example:
    """A source text with a translation that breaks a rule and one that does not."""

    source: str
    bad: str
    good: str
    to: str = "es"
    """Locale of the translations."""
    source_locale: str = "en"
    fixed: bool = False
    """True when the rule's fix turns `bad` into `good`."""


Finder = Callable[["Pair", "CheckContext"], Iterable[Hit]]
"""Looks at one text and its translation; changes neither."""
Condition = Callable[["CheckContext"], object]
"""Whether a rule has anything to look for between two languages."""


def everywhere(_context: CheckContext) -> bool:
    """Whether a rule that is the same in every language applies: always."""
    return True


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
    find: Finder | None = None
    """None when findings come from whole catalogs or projects instead of one entry."""
    applies: Condition = everywhere
    """Asked once a catalog: where languages differ, whether enough is known of these two."""


REGISTERED: dict[str, Rule] = {}
"""Rules by id, in the order in which their modules were loaded."""


def rule(
    rule_id: str,
    severity: Severity | None,
    summary: str,
    page: str,
    *examples: Example,
    applies: Condition = everywhere,
    without_examples: str = "",
) -> Callable[[Finder], Finder]:
    """Register the function below as a rule.

    `without_examples` says why two texts alone cannot show what is wrong; else one example is the least.
    Raises ProjectError when something is missing: a rule that is half done stops the check, it is never skipped.
    """

    def register(find: Finder) -> Finder:
        new = Rule(rule_id, severity, summary, page, examples, find, applies)
        if lack := _lack(new, without_examples):
            raise ProjectError(_("rule {id}: {lack}").format(id=rule_id, lack=lack))
        REGISTERED[rule_id] = new
        return find

    return register


def _lack(new: Rule, without_examples: str) -> str:
    """Return what keeps a rule from being registered; empty when it is whole."""
    if not re.fullmatch("[a-z][a-z0-9]*(?:-[a-z0-9]+)*", new.id):
        return _("an id is small letters with hyphens between words")
    if new.id in REGISTERED:
        return _("another rule has this id")
    if new.severity is not None and not isinstance(new.severity, Severity):
        return _("no such severity: {severity}").format(severity=new.severity)
    if not new.summary.strip() or not new.page.strip():
        return _("it has no description")
    if not new.examples and not without_examples:
        return _("it has no example")
    return ""
