"""Every rule finds its bad examples, accepts its good ones, and mends what it says it mends."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n.checks.context import CheckContext
from l10n.checks.entries import check_pair
from l10n.checks.reading import Pair
from l10n.checks.rule import Example, Rule
from l10n.checks.rulebook import RULES
from l10n.model import Finding

ROOT = Path(__file__).parent.parent

CASES = [
    pytest.param(rule, example, id=f"{rule.id}-{example.to}-{number}")
    for rule in RULES.values()
    for number, example in enumerate(rule.examples)
]


def found(rule: Rule, example: Example, target: str) -> list[Finding]:
    context = CheckContext(example.source_locale, example.to, only=frozenset({rule.id}))
    return list(check_pair(Pair(example.source, target), context))


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_finds_the_bad_example_and_accepts_the_good_one(rule: Rule, example: Example) -> None:
    assert found(rule, example, example.bad)
    assert found(rule, example, example.good) == []


@pytest.mark.parametrize(("rule", "example"), [case for case in CASES if case.values[1].fixed])
def test_the_fix_turns_the_bad_example_into_the_good_one(rule: Rule, example: Example) -> None:
    text = example.bad
    for _round in range(5):
        fixes = [one.fix for one in found(rule, example, text) if one.fix]
        if not fixes:
            break
        text = fixes[0].msgstr
    assert text == example.good


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_good_examples_break_no_other_rule(rule: Rule, example: Example) -> None:
    context = CheckContext(example.source_locale, example.to)
    findings = list(check_pair(Pair(example.source, example.good), context))
    assert [(one.rule, one.message) for one in findings if one.severity.rank > 0] == []


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_is_explained(rule: Rule) -> None:
    assert rule.summary
    assert len(rule.page) > 60
    if rule.find is not None and rule.id not in {
        "placeholder-order",
        "glossary",
        "forbidden-term",
        "spelling",
    }:
        targets = {example.to[:2] for example in rule.examples}
        pairs = [
            (of, to)
            for of in ("en", "en-US", "es", "es-MX")
            for to in ("es", "es-MX", "en", "en-US")
        ]
        assert targets == {
            to[:2]
            for of, to in pairs
            if of[:2] != to[:2] and rule.applies(CheckContext(of, to))
        } or rule.id in {
            "length",
            "sentences",
            "quote-stop",
        }
