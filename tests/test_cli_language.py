"""The command line speaks the person's language, click's own words and yes/no questions included."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import click
import pytest
from click.testing import CliRunner

from l10n.cli.asking import confirm
from l10n.interface import set_language

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def test_usage_and_complaints_are_spanish(l10n: Run) -> None:
    run = l10n("nada", L10N_LANG="es")
    assert run.returncode == 2
    assert run.stderr == "l10n: No existe la orden 'nada'.\n  sugerencia: l10n --help\n"
    assert "Uso: l10n" in l10n("--help", L10N_LANG="es").stdout


def test_english_needs_no_catalog(l10n: Run) -> None:
    assert "No such command 'nada'." in l10n("nada", L10N_LANG="en").stderr


@pytest.mark.parametrize(
    ("language", "typed", "answer"),
    [
        ("es", "s\n", True),
        ("es", "sí\n", True),
        ("es", "n\n", False),
        ("es", "\n", False),
        ("es", "quizá\ns\n", True),
        ("en", "y\n", True),
        ("en", "No\n", False),
    ],
)
def test_a_question_takes_the_words_of_the_language(
    language: str, typed: str, answer: bool
) -> None:
    @click.command()
    def ask() -> None:
        click.echo(str(confirm("?")))

    set_language(language)
    try:
        assert (
            CliRunner().invoke(ask, input=typed).stdout.splitlines()[-1].endswith(str(answer))
        )
    finally:
        set_language("en")
