"""The pages of rules: what each finds, why it matters, examples; `make reference` writes them all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks.rule import Example, Rule
from l10n.checks.rulebook import RULES
from l10n.interface import gettext as _
from l10n.model import Severity


def explain(rule: Rule) -> str:
    """Return the page of one rule as Markdown that reads well as plain text."""
    return "\n".join(_page(rule)) + "\n"


def explain_all() -> str:
    """Return the pages of every rule, with a table of contents."""
    lines = [f"# {_('Rules of l10n check')}", ""]
    lines += [
        _(
            "Written by `l10n check --explain all`. A rule is silenced for one entry with a translator comment, "
            "`# l10n-ignore: RULE`, which gettext tools keep, and set for a project in `l10n.toml`:"
        ),
        "",
        "```toml",
        "[check.rules]",
        'quote-style = "warning"',
        'end-mark = "off"',
        "```",
        "",
        f"| {_('rule')} | {_('severity')} | {_('what is wrong')} |",
        "|---|---|---|",
    ]
    lines += [
        f"| [{rule.id}](#{rule.id}) | {severity_name(rule.severity)} | {_(rule.summary)} |"
        for rule in RULES.values()
    ]
    for rule in RULES.values():
        lines += ["", *_page(rule)]
    return "\n".join(lines) + "\n"


def severity_name(severity: Severity | None) -> str:
    """Return a severity as the interface language says it."""
    return {
        Severity.ERROR: _("error"),
        Severity.WARNING: _("warning"),
        Severity.INFO: _("note"),
        None: _("off"),
    }[severity]


def _page(rule: Rule) -> Iterator[str]:
    yield f"## {rule.id}"
    yield ""
    yield f"*{severity_name(rule.severity)}: {_(rule.summary)}*"
    yield ""
    yield _(rule.page)
    for example in rule.examples:
        yield ""
        yield from _example(example)
    if any(example.fixed for example in rule.examples):
        yield ""
        yield _("`l10n check --fix` mends it.")


def _example(example: Example) -> Iterator[str]:
    yield f"- {_('source')} ({example.source_locale}): {_quoted(example.source)}"
    yield f"  - {_('wrong')} ({example.to}): {_quoted(example.bad)}"
    yield f"  - {_('right')} ({example.to}): {_quoted(example.good)}"


def _quoted(text: str) -> str:
    visible = text.replace("\n", "⏎").replace("\u00a0", "⍽")
    return f"`{_CONTROLS.sub(lambda match: f'⟨U+{ord(match[0]):04X}⟩', visible)}`"


_CONTROLS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
"""What would turn the page around."""
