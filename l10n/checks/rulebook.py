"""Every rule by its id, in the order in which pages and reports list them."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from importlib import import_module

from l10n.checks import rules
from l10n.checks.context import CheckContext
from l10n.checks.rule import REGISTERED, Finder, Rule
from l10n.checks.rules.structure import COMPLETENESS, WHOLE
from l10n.errors import UsageError, nearest
from l10n.interface import gettext as _
from l10n.model import Severity
from l10n.plugins import RULES as GROUP
from l10n.plugins import load_plugin, plugins

_FAMILIES = [
    "placeholders",
    "links",
    "addresses",
    "numbers",
    "units",
    "dates",
    "punctuation",
    "spacing",
    "capitals",
    "remnants",
    "invisible",
    "wording",
    "negation",
    "friends",
    "terms",
]
"""Order of the pages; a family that is not named here follows."""


def _load() -> Mapping[str, Rule]:
    """Return the rules about whole catalogs, then those of single texts, then those of plug-ins."""
    modules = [module.name for module in pkgutil.iter_modules(rules.__path__)]
    for family in dict.fromkeys((*_FAMILIES, *modules)):
        import_module(f"{rules.__name__}.{family}")
    # After ours: a rule of a plug-in cannot take the id of one, and its pages come last.
    for point in plugins(GROUP):
        load_plugin(point, object, partial(_problem, point.module.partition(".")[0]))
    return {**WHOLE, **REGISTERED}


def _problem(package: str, _plugin: object) -> str:
    """Return what is wrong with a plug-in that could be loaded: that no rule came with its package."""
    packages = {
        rule.find.__module__.partition(".")[0] for rule in REGISTERED.values() if rule.find
    }
    return "" if package in packages else _("it registers no rule")


RULES = _load()
"""Loading them takes longer than a warm check: import this module only where a rule is needed."""


@lru_cache(maxsize=8)
def active_rules(context: CheckContext) -> tuple[tuple[Rule, Severity, Finder], ...]:
    """Return the rules that judge single entries of a pair of languages, and how bad their findings are."""
    return tuple(
        (rule, severity, rule.find)
        for rule in RULES.values()
        if rule.find is not None
        and (severity := severity_of(rule.id, context)) is not None
        and rule.applies(context)
    )


def severity_of(rule_id: str, context: CheckContext) -> Severity | None:
    """Return how bad a finding of a rule is here; None when the rule is off."""
    if context.only and rule_id not in context.only:
        return None
    severity = context.severities.get(rule_id, RULES[rule_id].severity)
    if severity is None and rule_id in context.only:
        return Severity.WARNING
    return severity


def select_rules(names: Iterable[str]) -> frozenset[str]:
    """Return the rules that names mean; UsageError names the nearest rule."""
    selected: set[str] = set()
    for name in names:
        for rule_id in name.replace(",", " ").split():
            if rule_id == "completeness":
                selected |= COMPLETENESS
            else:
                selected.add(find_rule(rule_id).id)
    return frozenset(selected)


def find_rule(name: str) -> Rule:
    """Return a rule by its id; UsageError names the nearest one."""
    if name not in RULES:
        raise UsageError(_("no such rule: {name}").format(name=name), hint=_nearest(name))
    return RULES[name]


def _nearest(name: str) -> str:
    near = nearest(name, [*RULES, "completeness"])
    return _("did you mean {name}?").format(name=near) if near else "l10n check --explain all"
