"""What programs fill in, by the grammar of their formats; msgfmt is asked wherever it knows the format."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from l10n.catalog import Catalog
from l10n.checks.context import CheckContext
from l10n.checks.entries import check_catalog

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: es\\n"\n\n'

GOOD = [
    ("c-format", "%s copies %d pages", "copia %2$d páginas %1$s"),
    ("c-format", "%'u rows", "%u filas"),
    ("c-format", "%5.1f of %s", "%.2f de %s"),
    ("c-format", "%lf of %s", "%f de %s"),
    ("c-format", "%*d rows", "%*d filas"),
    ("c-format", "100%% of %s", "el 100%% de %s"),
    ("c-format", "%<PRIu64> rows", "%<PRIu64> filas"),
    ("python-format", "by %(who)s", "por%(who)s"),
    ("python-format", "%s and %s", "%s y %s"),
    ("python-brace-format", "{a} and {b}", "{b} y {a}: {a}"),
    ("php-format", "%s on %d", "%2$d de %1$s"),
    ("perl-brace-format", "{name} left", "se fue {name}"),
    ("qt-format", "%1 of %2", "%2: %1"),
    ("kde-format", "%1 of %2", "%2: %1"),
    ("objc-format", "%@ of %d", "%2$d: %1$@"),
]
BAD = [
    ("c-format", "%s copies %d pages", "%d páginas que copia %s"),
    ("c-format", "%1$s of %2$s", "%2$s y %2$s"),
    ("c-format", "%d rows", "filas"),
    ("c-format", "rows", "%d filas"),
    ("c-format", "%'d rows", "filas"),
    ("c-format", "%<PRIu64> rows", "filas"),
    ("c-format", "%ld rows", "%d filas"),
    ("c-format", "%hd and %d", "%d y %hd"),
    ("c-format", "%s full", "%s al 100%"),
    ("python-format", "%s has %d", "%d en %s"),
    ("python-format", "%(who)s", "%(quien)s"),
    ("python-brace-format", "Copy {name}?", "¿Copiar {nombre}?"),
    ("php-format", "%s on %d", "%d de %s"),
    ("perl-brace-format", "{name} left", "se fue {nombre}"),
    ("qt-format", "%1 of %2", "%1"),
    ("kde-format", "%1 of %2", "%1 de %3"),
    ("objc-format", "%@ of %d", "%d: %@"),
]


def catalog_of(form: str, source: str, target: str) -> str:
    return f'{HEADER}#, {form}\nmsgid "{source}"\nmsgstr "{target}"\n'


def variables(text: str) -> list[str]:
    catalog = Catalog.parse(text.encode(), Path("a.po"))
    context = CheckContext("en", "es", is_article=False, only=frozenset({"variable"}))
    return [finding.message for finding in check_catalog(catalog, context)]


def msgfmt_refuses(text: str, folder: Path) -> bool:
    path = folder / "a.po"
    path.write_text(text, encoding="utf-8")
    run = subprocess.run(
        ["msgfmt", "--check-format", "-o", folder / "a.mo", path],
        capture_output=True,
        check=False,
    )
    return run.returncode != 0


@pytest.mark.parametrize(("form", "source", "target"), GOOD)
def test_what_a_program_can_fill_in_is_accepted(form: str, source: str, target: str) -> None:
    assert not variables(catalog_of(form, source, target))


@pytest.mark.parametrize(("form", "source", "target"), BAD)
def test_what_makes_a_program_fail_is_found_once_an_argument(
    form: str, source: str, target: str
) -> None:
    messages = variables(catalog_of(form, source, target))
    assert messages
    assert len(messages) == len(set(messages))


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="GNU gettext is not installed")
@pytest.mark.parametrize(("form", "source", "target"), [*GOOD, *BAD])
def test_msgfmt_says_the_same(form: str, source: str, target: str, tmp_path: Path) -> None:
    text = catalog_of(form, source, target)
    assert msgfmt_refuses(text, tmp_path) == bool(variables(text))


def test_a_plural_form_may_spell_its_number_out() -> None:
    text = (
        f'{HEADER}#, c-format\nmsgid "%d row"\nmsgid_plural "%d rows"\nmsgstr[0] "una fila"\n'
        'msgstr[1] "%d filas"\n'
    )
    assert not variables(text)


def test_texts_of_any_length_are_read_in_linear_time() -> None:
    for sign in ("%", "%1$", "{", "%(", "{a", "%*"):
        variables(catalog_of("c-format", sign * 10_000, sign * 10_000))
        variables(catalog_of("python-brace-format", sign * 10_000, sign * 10_000))
