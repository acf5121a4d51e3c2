"""Finding engines by name, and the pseudo-translator that needs nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

from l10n.engines import engine_names, load_engine, pick_engine, resolve_pair
from l10n.errors import EngineError


def test_engines_are_found_by_entry_points() -> None:
    assert {"apertium", "argos", "libretranslate", "ollama", "pseudo"} <= set(engine_names())


def test_unknown_engine_names_the_known() -> None:
    with pytest.raises(EngineError, match="magic") as caught:
        load_engine("magic")
    assert "pseudo" in caught.value.hint


def test_first_engine_that_can_do_the_pair_wins() -> None:
    engine = pick_engine(["magic", "ollama", "pseudo", "apertium"], "en", "es")
    assert engine is not None
    assert engine.name == "pseudo"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (("en", "es"), ("en", "es")),
        (("en-GB", "es-MX"), ("en", "es")),
        (("es", "en-US"), ("es", "en-US")),
        (("es", "en"), ("es", "en")),
        (("es", "fr"), None),
    ],
)
def test_pairs_fit_by_language(wanted: tuple[str, str], found: tuple[str, str] | None) -> None:
    assert resolve_pair({("en", "es"), ("es", "en"), ("es", "en-US")}, *wanted) == found


def test_pseudo_shows_what_is_translatable_and_keeps_what_is_not() -> None:
    (draft,) = load_engine("pseudo").translate(["See https://a.b and {name}."], "en", "es")
    assert draft.text == "[Šéé https://a.b áñď {name}.]"


def test_command_line_loads_no_engine() -> None:
    code = (
        "import sys, l10n.cli\n"
        "print([m for m in ('ctranslate2', 'argostranslate', 'sentencepiece', 'numpy', 'textual')"
        " if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
