"""Letters across case and accents: what a search finds alike, and which words stay two."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from l10n.languages.folding import fold_for_search, fold_word
from l10n.memory import Memory, Translation

_TYPED = [("ano", "año"), ("strasse", "Straße"), ("pinguino", "PINGÜINO"), ("garcon", "garçon")]


@pytest.mark.parametrize(("typed", "written"), _TYPED)
def test_a_search_finds_what_is_typed_without_accents(
    tmp_path: Path, typed: str, written: str
) -> None:
    assert fold_for_search(written) == fold_for_search(typed)
    with Memory.open(tmp_path / "memory.sqlite") as memory:
        memory.add([Translation(f"Un {written} más", "One more")], "es", "en", origin="test")
        assert memory.concordance(typed, "es", "en")


def test_a_year_is_another_word_in_spite_of_its_letters() -> None:
    assert fold_word("Año") == "año" != fold_word("ano")
    assert fold_word("CANCIÓN") == fold_word("cancion")


@pytest.mark.parametrize("written", [written for _typed, written in _TYPED])
def test_letters_fold_alike_however_they_are_composed(written: str) -> None:
    decomposed = unicodedata.normalize("NFD", written)
    assert fold_for_search(decomposed) == fold_for_search(written)
    assert fold_word(decomposed) == fold_word(written)
