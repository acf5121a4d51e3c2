"""What the rules say of languages the desk does not know: nothing that only a speaker could judge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from l10n.checks.context import CheckContext
from l10n.checks.entries import check_pair
from l10n.checks.reading import Pair
from l10n.checks.rulebook import RULES
from l10n.languages import language_of
from l10n.model import Severity

CLEAN = Path(__file__).parent / "data" / "clean_languages.txt"
EVERY_RULE: dict[str, Severity | None] = {
    rule.id: rule.severity or Severity.INFO for rule in RULES.values()
}
"""Rules that are off by default, too."""


def clean_pairs() -> Iterator[tuple[str, str, str, str]]:
    """Give source locale, source, target locale and target of every pair of correct texts."""
    for part in CLEAN.read_text(encoding="utf-8").split("\n[")[1:]:
        locale, _, body = part.partition("]\n")
        texts = [triple.splitlines() for triple in body.strip().split("\n\n")]
        assert len(texts) >= 15
        for text, english, spanish in texts:
            for known, other in (("en", english), ("es", spanish)):
                yield known, other, locale, text
                yield locale, text, known, other


@pytest.mark.parametrize(
    ("source_locale", "source", "target_locale", "target"),
    list(clean_pairs()),
)
def test_no_rule_finds_anything_in_correct_text(
    source_locale: str, source: str, target_locale: str, target: str
) -> None:
    context = CheckContext(source_locale, target_locale, severities=EVERY_RULE)
    findings = check_pair(Pair(source, target), context)
    assert [(finding.rule, finding.message) for finding in findings] == []


@pytest.mark.parametrize(
    ("source", "target", "rule"),
    [
        ("It was built in 1998.", "Es wurde 1989 gebaut.", "number"),
        ("The fee (15) is due.", "Der Beitrag (15 ist fällig.", "brackets"),
        ("Who pays for it?", "Jemand bezahlt es.", "question"),
        ("Write to press@example.org.", "Schreiben Sie an presse@example.org.", "email"),
        ("The information", "InformaciÃ³n", "encoding"),
        ("The fair opens at noon.", "The fair opens at noon.", "untranslated"),
    ],
)
def test_what_needs_no_language_is_still_found(source: str, target: str, rule: str) -> None:
    findings = check_pair(Pair(source, target), CheckContext("en", "de"))
    assert rule in [finding.rule for finding in findings]


def test_no_small_word_of_another_language_denies() -> None:
    for code, other in (("es", "en"), ("en", "es")):
        negation = language_of(code).negation
        assert negation is not None
        shared = negation.words & language_of(other).function_words
        for word in sorted(language_of(other).function_words - shared):
            for text in (f"{word} la", f"{word.capitalize()} the sea"):
                assert not re.search(negation.denies, text), (code, text)


@pytest.mark.parametrize(
    ("source", "target", "rules"),
    [
        ("The poem “Road to dawn” is read aloud.", "El poema «Road to dawn» se lee.", []),
        (
            "The poem “Road to dawn” is not read aloud.",
            "El poema «Road to dawn» se lee en voz alta.",
            ["negation"],
        ),
    ],
)
def test_a_title_in_the_language_of_the_source_denies_nothing(
    source: str, target: str, rules: list[str]
) -> None:
    context = CheckContext("en", "es", only=frozenset({"negation"}))
    assert [finding.rule for finding in check_pair(Pair(source, target), context)] == rules
