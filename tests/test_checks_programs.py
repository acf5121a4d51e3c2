"""Catalogs of other programs: symbols for texts, samples to fill in, braces and addresses that a text speaks of."""

from __future__ import annotations

import pytest

from l10n.catalog import Catalog
from l10n.checks.context import CheckContext
from l10n.checks.entries import check_catalog

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: es\\n"\n\n'


def rules_of(text: str, *rules: str) -> list[tuple[str, str]]:
    """Return rule and msgid of each finding in a program's catalog."""
    catalog = Catalog.parse((HEADER + text).encode())
    context = CheckContext("en", "es", is_article=False, only=frozenset(rules))
    return [(finding.rule, finding.msgid or "") for finding in check_catalog(catalog, context)]


def entry(source: str, target: str, *comments: str) -> str:
    quoted = [text.replace('"', '\\"').replace("\n", "\\n") for text in (source, target)]
    return "".join(
        f"{comment}\n" for comment in comments
    ) + 'msgid "{}"\nmsgstr "{}"\n\n'.format(*quoted)


def test_a_symbol_is_judged_by_the_text_in_its_comment() -> None:
    text = entry(
        "help_port", "El puerto suele ser el 52.", '#. Default: "The port is usually \\"25\\"."'
    )
    text += entry("help_host", "El servidor es el 7.")
    text += entry(
        "help_mode", "Puede ser 3.", '#. Default: "It may be 3."', "#: kernel/settings.py"
    )
    assert rules_of(text, "number") == [("number", "help_port")]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Hello {{ name }}", "Hola, {{name}}"),
        ("Hello {{name}} and {{ other }}", "Hola, {{ name }} y {{other }}"),
        (
            'To print a brace, double it: "{{" or "}}".',
            "Para imprimir una llave, escríbala dos veces: «{{» o «}}».",
        ),
    ],
)
def test_variables_that_a_generator_reads_alike(source: str, target: str) -> None:
    assert rules_of(entry(source, target), "variable") == []


@pytest.mark.parametrize(
    ("source", "target"),
    [("Hello {{ name }}", "Hola, {{ nombre }}"), ("Hello {{ a b }}", "Hola, {{ab}}")],
)
def test_variables_that_differ(source: str, target: str) -> None:
    assert {rule for rule, _msgid in rules_of(entry(source, target), "variable")} == {
        "variable"
    }


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("The address begins with http:// there.", "La dirección empieza por http:// ahí."),
        ("https://domain.com", "https://dominio.com"),
        ("name@domain.com", "nombre@dominio.com"),
        ("http://example.com/my-picture", "http://example.com/mi-imagen"),
    ],
)
def test_addresses_that_a_text_speaks_of_or_shows_as_samples(source: str, target: str) -> None:
    assert rules_of(entry(source, target), "url", "email") == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("See https://docs.python.org/a.", "Vea https://docs.python.org/b."),
        ("See https://docs.python.org/a.", "Vea https:// docs.python.org/a."),
        ("Write to help@debian.org.", "Escriba a ayuda@debian.org."),
    ],
)
def test_addresses_that_are_lost(source: str, target: str) -> None:
    assert len(rules_of(entry(source, target), "url", "email")) == 1


def test_headings_of_html_are_no_placeholders() -> None:
    source, target = (
        "<h2><strong>Hi</strong></h2><p>One</p>",
        '<h2><strong>Eh</strong></h2><p class="a">Uno</p>',
    )
    assert rules_of(entry(source, target), "literal-tag") == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("The file '%s' is not readable.", "El archivo «%s» es ilegible."),
        ("The addresses are not different.", "Las direcciones son iguales."),
        ("There are no changes after that.", "Después no hay ningunas modificaciones."),
    ],
)
def test_denials_said_by_a_contrary(source: str, target: str) -> None:
    assert rules_of(entry(source, target), "negation") == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("The file is not readable.", "El archivo es legible."),
        ("The server must not answer.", "El servidor debe responder."),
    ],
)
def test_denials_that_are_lost(source: str, target: str) -> None:
    assert rules_of(entry(source, target), "negation") == [("negation", source)]


def test_the_sign_of_the_first_in_a_list_without_spaces() -> None:
    assert rules_of(entry("Not in (-1, 255)", "No está en (-1,255)"), "number") == []
    assert rules_of(entry("Not in (-1, 255)", "No está en (1,255)"), "number") != []


def test_a_name_in_the_spelling_of_the_other_language() -> None:
    assert rules_of(entry("the 3rd of Hanuka", "el 3 de Janucá"), "name") == []
    assert rules_of(entry("I met Allingham there", "Allí vi a Allimgham"), "name") != []


def test_a_translation_of_another_text_is_told() -> None:
    source = "The mayor opened the new bridge over the river yesterday morning."
    pasted = "Corte la cebolla muy fina y añada aceite, sal y pimienta a la sartén."
    right = "La alcaldesa inauguró ayer el puente nuevo sobre el río."
    assert rules_of(entry(source, pasted), "unrelated") == [("unrelated", source)]
    assert rules_of(entry(source, right), "unrelated") == []
    # Too little is known of short messages of programs.
    assert rules_of(entry("Drop zone", "Suelte aquí el archivo"), "unrelated") == []


@pytest.mark.parametrize(
    ("source", "target", "is_right"),
    [
        ("Half of the farms have no water.", "Un tercio de las granjas no tiene agua.", False),
        ("Half of the farms have no water.", "La mitad de las granjas no tiene agua.", True),
        ("It took half an hour.", "Tardó media hora.", True),
    ],
)
def test_fractions_in_words_face_each_other(source: str, target: str, is_right: bool) -> None:
    assert (rules_of(entry(source, target), "number") == []) is is_right
