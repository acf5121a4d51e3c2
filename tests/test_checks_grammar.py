"""Rules of grammar and meaning: agreement, address, articles, opposites, what cannot be seen."""

from __future__ import annotations

import pytest

from l10n.catalog import Catalog
from l10n.checks.context import CheckContext
from l10n.checks.entries import check_entry, check_pair
from l10n.checks.reading import Pair


def rules_found(source: str, target: str, to: str, *, is_article: bool = True) -> set[str]:
    context = CheckContext("en" if to == "es" else "es", to, is_article=is_article)
    return {finding.rule for finding in check_pair(Pair(source, target), context)}


@pytest.mark.parametrize(
    ("rule", "source", "wrong", "right", "to"),
    [
        ("agreement", "The old doors are red.", "Las puertas viejas son rojos.", "Las puertas viejas son rojas.", "es"),
        ("agreement", "The neighbours want rain.", "Los vecinos quiere lluvia.", "Los vecinos quieren lluvia.", "es"),
        ("agreement", "Los libros están en la mesa.", "The books is on the table.", "The books are on the table.", "en"),
        ("register", "Choose your seat and bring your ticket.", "Elija su asiento y trae tu entrada.", "Elija su asiento y traiga su entrada.", "es"),
        ("article-form", "Un huevo cada día.", "A egg every day.", "An egg every day.", "en"),
        ("article-form", "Un perro ladra.", "An dog barks.", "A dog barks.", "en"),
        ("opposite", "Sales rose in June.", "Las ventas cayeron en junio.", "Las ventas subieron en junio.", "es"),
        ("invisible-character", "The bridge is old.", "El puen\u200bte es viejo.", "El puente es viejo.", "es"),
        ("sentences", "It rained. The road flooded. Buses stopped.", "Llovió. Los autobuses pararon.", "Llovió. Se inundó la carretera. Los autobuses pararon.", "es"),
        ("space-after-mark", "The rain stopped, and people left.", "La lluvia cesó,y la gente se fue.", "La lluvia cesó, y la gente se fue.", "es"),
        ("false-friend", "La actual ministra dimite.", "The actual minister resigns.", "The current minister resigns.", "en"),
        ("untranslated", "Village Bakery Wins the Regional Prize", "Village Bakery Wins the Regional Prize", "La panadería gana el premio regional", "es"),
    ],
)  # fmt: skip
def test_the_mistake_is_found_and_its_right_counterpart_is_not(
    rule: str, source: str, wrong: str, right: str, to: str
) -> None:
    assert rule in rules_found(source, wrong, to)
    assert not rules_found(source, right, to)


@pytest.mark.parametrize(
    ("source", "target", "to"),
    [
        ("Mondays are quiet.", "Los lunes es difícil aparcar.", "es"),
        ("La noticia es buena.", "The news is good.", "en"),
        ("Un uniforme y una hora.", "A uniform and an hour.", "en"),
        ("It is not open today.", "Hoy está cerrado.", "es"),
        ("Raise or lower the volume.", "Suba o baje el volumen.", "es"),
    ],
)
def test_what_only_looks_wrong_is_left_alone(source: str, target: str, to: str) -> None:
    judged = {"agreement", "register", "article-form", "opposite"}
    assert not judged & rules_found(source, target, to)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("translator-credits", "Ana Pino <ana@example.org>, 2017\nLuis Mar <luis@example.org>, 2018"),
        ("write to FILE", "escribe en el fichero FICHERO"),
        ("Mail the editors.", "Escriba a la redacción <red@example.org>, por favor."),
        ("`", "«"),
        ("cannot open `%s': not a file", "no se puede abrir «%s»: no es un fichero"),
        ("Write to someone@example.com", "Escriba a alguien@example.com"),
        ("DIR <file1> <file2>", "DIR <fichero1> <fichero2>"),
    ],
)  # fmt: skip
def test_customs_of_other_projects_are_no_mistakes(source: str, target: str) -> None:
    escaped = [text.replace("\n", "\\n") for text in (source, target)]
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    catalog = Catalog.parse((header + 'msgid "{}"\nmsgstr "{}"\n'.format(*escaped)).encode())
    context = CheckContext("en", "es", is_article=False)
    findings = [finding for entry in catalog.entries for finding in check_entry(entry, context)]
    assert not [finding for finding in findings if finding.severity.rank > 0]
