"""Every rule by its id, in the order in which pages and reports list them."""

from __future__ import annotations

from collections.abc import Iterable

from l10n.checks.rule import Rule
from l10n.checks.rules import (
    addresses,
    capitals,
    dates,
    friends,
    negation,
    numbers,
    placeholders,
    punctuation,
    remnants,
    spacing,
    structure,
    terms,
    units,
    wording,
)
from l10n.checks.rules.structure import COMPLETENESS
from l10n.errors import UsageError
from l10n.interface import gettext as _

RULES: dict[str, Rule] = {
    rule.id: rule
    for module in (
        structure,
        placeholders,
        addresses,
        numbers,
        units,
        dates,
        punctuation,
        spacing,
        capitals,
        remnants,
        wording,
        negation,
        friends,
        terms,
    )
    for rule in module.RULES
}


def select_rules(names: Iterable[str]) -> frozenset[str]:
    """Give the rules that names mean; UsageError names the nearest rule."""
    chosen: set[str] = set()
    for name in names:
        for one in filter(None, name.replace(",", " ").split()):
            if one == "completeness":
                chosen |= COMPLETENESS
            else:
                chosen.add(find_rule(one).id)
    return frozenset(chosen)


def find_rule(name: str) -> Rule:
    """Give a rule by its id; UsageError names the nearest one."""
    if name not in RULES:
        raise UsageError(_("no such rule: {name}").format(name=name), hint=_nearest(name))
    return RULES[name]


def _nearest(name: str) -> str:
    import difflib  # noqa: PLC0415 - only to say what is wrong

    near = difflib.get_close_matches(name, [*RULES, "completeness"], 1)
    return (
        _("did you mean {name}?").format(name=near[0]) if near else "l10n check --explain all"
    )
