"""Catalogs of other programs: symbols for texts, samples to fill in, braces and addresses that a text speaks of."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n.catalog import Catalog
from l10n.checks.context import CheckContext
from l10n.checks.entries import check_catalog
from l10n.checks.run import check_files
from l10n.model import Severity

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


def test_braces_of_a_document_are_filled_in_by_nobody() -> None:
    texts = "Add {first} to {second}.", "Sume {primero} y {segundo}."
    flag = "#, python-brace-format"
    assert rules_of(entry(*texts, "#: docs/sums.md:12", flag), "variable") == []
    assert rules_of(entry(*texts, "#: docs/sums.py:12", flag), "variable") != []


@pytest.mark.parametrize(
    ("source", "target", "is_right"),
    [
        ("See https://example.net/a/guide.", "Vea https://example.net/a/guia-es.", True),
        ("See https://tram.example.net/b.", "Vea https://tranvia.example.mx/c.", True),
        ("See https://example.net/a/guide.", "Vea https://example.net/a/guia.", False),
        ("See https://example.net/es/a.", "Vea https://example.net/es/b.", False),
    ],
)
def test_pages_in_the_language_of_the_translation(
    source: str, target: str, *, is_right: bool
) -> None:
    assert (rules_of(entry(source, target), "url") == []) is is_right


@pytest.mark.parametrize(
    ("source", "target", "is_right"),
    [
        ("A tone of 2000 Hz", "Un tono de 2 Khz", True),
        ("A tone of 2000 Hz", "Un tono de 3 kHz", False),
        ("Comments", "Comentarios (máximo 200 letras)", True),
        ("Comments (200 letters)", "Comentarios (máximo 250 letras)", False),
    ],
)
def test_numbers_that_programs_texts_say_otherwise(
    source: str, target: str, *, is_right: bool
) -> None:
    assert (rules_of(entry(source, target), "number") == []) is is_right


def test_a_denial_that_sets_one_thing_against_another_is_no_statement() -> None:
    aside = entry("A port of the kernel (not hardware)", "Un puerto del núcleo")
    statement = entry("The port was not opened", "El puerto se abrió")
    assert rules_of(aside + statement, "negation") == [("negation", "The port was not opened")]


def test_what_is_wanted_more_of_is_too_little() -> None:
    text = entry("Raise it to make menus faster.", "Súbalo si el menú es demasiado lento.")
    text += entry("The menu is too slow.", "El menú es demasiado rápido.")
    assert rules_of(text, "opposite") == [("opposite", "The menu is too slow.")]


def test_the_layout_of_a_template_is_no_space_at_an_end() -> None:
    text = entry("\n\t  Your groups\n\t", "\nSus grupos\n\t\t") + entry(
        "Your groups ", "Sus grupos"
    )
    assert rules_of(text, "edge-space") == [("edge-space", "Your groups ")]


def test_markup_of_pages_parts_words_and_shows_code() -> None:
    text = entry(
        "<li>One.</li><li>Two: '<code>?</code>' or <file>.</li>",
        "<li>Uno.</li><li>Dos: <code>?</code> o <file>.</li>",
    )
    assert rules_of(text, "space-after-mark", "space-before-mark") == []


def test_a_row_of_one_invisible_character_is_told_once() -> None:
    text = entry("Based on it", "Basado \u200b\u200ben ello")
    assert rules_of(text, "invisible-character") == [("invisible-character", "Based on it")]


def test_codes_in_a_list_are_no_words() -> None:
    text = entry(
        "Values: fr, it, at, pt or es here", "Valores: fr, it, at, pt o es en este punto"
    )
    assert rules_of(text, "source-language") == []


def test_names_of_translators_in_the_style_of_old_catalogs() -> None:
    text = entry("_: NAME OF TRANSLATORS\nYour names", "Ana Gil (2003),Eva Paz")
    assert rules_of(text, "space-after-mark", "number") == []


@pytest.mark.parametrize(
    ("rule", "source", "target"),
    [
        ("number", "A 3D model of the 3rd street", "Un modelo tridimensional de otra calle"),
        ("exchanged", "See points 2-3 and 3-2 today.", "Vea hoy los puntos 2-3 y 3-2."),
        ("doubled-word", "It is set to Series.", "Queda puesto en **En serie**."),
        ("doubled-word", "It was set up by them.", "Fue creada/fijada fijada por ellos."),
        ("unfinished", "lorem ipsum dolor", "Lorem ipsum dolor"),
        ("machine-artefact", "Each 2, each 3", "Uno de cada 2, uno de cada 3, uno de cada 4"),
        ("inner-space", "With an underscore", "Con un guion bajo ( _ )"),
        ("inner-space", "“A”, ”B”, ”C”", "“A”, ”B”, ”C”"),
        ("brackets", "Open `it` (see `that`).", "Ábralo en` `eso (vea `aquello)`."),
        (
            "name",
            "**Max Thickness** sets how thick lines are.",
            "**Grosor máximo** fija el de las líneas.",
        ),
        ("name", "It speaks French, German and Dutch.", "Habla Neerlandés, Alemán y Francés."),
        ("variable", "$\\\\frac{a}{\\\\text{all}}$", "$\\\\frac{a}{{todas}}$"),
        ("url", "See https://host.org/myplace/.", "Vea https://host.org/misitio/."),
        (
            "source-language",
            "Gil, A. (2019). The way of the sea. <https://a.org/b>",
            "Gil, A. (2019). El mar: The way of the sea. <https://a.org/b>",
        ),
        (
            "source-language",
            "Read the Long Guide to Writing of an essay.",
            "Lea la Long Guide to Writing of an essay.",
        ),
        ("source-language", "su=poetry not kw=sea", "su=poesía not kw=mar"),
        (
            "name",
            "For Christmas, bring wine to the party.",
            "Para Navidad, traiga vino a la fiesta.",
        ),
        (
            "name",
            "Open the App Connnect page of the shop.",
            "Abra la página App Connect de la tienda.",
        ),
        ("calendar", "It dates from 28 March 2007.", "It dates from 28 March 2007."),
        ("percent", "Is it 100 percent free?", "¿Es del todo gratis?"),
        ("number", "Is it 100% free?", "¿Es del todo gratis?"),
        ("email", "Such as username@server.com", "Como usuario@servidor.com"),
        ("url", "Change it to http://YOURHOST/login", "Cámbielo a http://SUHOST/login"),
        ("negation", "Don't automatically", "Manualmente"),
        (
            "source-language",
            "Use the Image for the Whole Time",
            "Use the Image for the Whole Time (usar la imagen siempre)",
        ),
    ],
)
def test_what_is_right_in_programs(rule: str, source: str, target: str) -> None:
    assert rules_of(entry(source, target), rule) == []


@pytest.mark.parametrize(
    ("rule", "source", "target"),
    [
        ("number", "A tower of 3 floors", "Una torre de pisos"),
        ("exchanged", "From 20 to 30 days.", "De 30 a 20 días."),
        ("brackets", "Open it (see that).", "Ábralo (vea eso."),
        ("source-language", "The way of the sea is long.", "El camino of the sea is long."),
        (
            "name",
            "The singer Carlos Peña was born here.",
            "El cantante Carlos Pérez nació aquí.",
        ),
        ("negation", "The row was not changed.", "La fila se cambió."),
    ],
)
def test_what_is_wrong_in_programs(rule: str, source: str, target: str) -> None:
    assert rules_of(entry(source, target), rule) != []


def test_a_wrong_address_of_a_program_is_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "es.po"
    path.write_text(
        HEADER + entry("See https://host.org/a.", "Vea https://host.org/b."), encoding="utf-8"
    )
    (finding,) = check_files([path]).findings
    assert (finding.rule, finding.severity) == ("url", Severity.WARNING)
