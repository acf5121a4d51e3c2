"""The aligner: what it pairs, what it leaves alone, and that nothing upsets it."""

from __future__ import annotations

import json
import os
import random
import time
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n.align import align_segments
from l10n.align.calibration import FEATURES, explain
from l10n.align.notation import evaluate, format_bead, groups_of, parse_beads
from l10n.align.scoring import Step
from l10n.align.tuned import WITHOUT_ENGINE
from l10n.errors import UsageError
from l10n.model import Bead, Doubt, Segment

FLOORS = json.loads((Path(__file__).parent / "quality_floors.json").read_text())

STORY = [
    ("La biblioteca abre el lunes.", "The library opens on Monday."),
    ("Tiene 12.500 libros y tres salas.", "It has 12,500 books and three rooms."),
    ("El alcalde cortó la cinta a las once.", "The mayor cut the ribbon at eleven."),
    ("Hubo música en la plaza.", "There was music in the square."),
    ("Los vecinos esperaron siete años.", "The neighbors waited seven years."),
    ("«Es un buen día», dijo Marta Gil.", "“It is a good day,” said Marta Gil."),
    ("La escuela cierra en verano.", "The school closes in the summer."),
    ("El río creció dos metros en marzo.", "The river rose two meters in March."),
    ("Nadie sufrió heridas graves.", "Nobody suffered serious injuries."),
    ("El puente de Valdemar costó 3,5 millones.", "The Valdemar bridge cost 3.5 million."),
    ("¿Cuándo volverá el autobús?", "When will the bus return?"),
    ("El hospital contratará diez enfermeras.", "The hospital will hire ten nurses."),
]


def side(texts: Sequence[str]) -> list[Segment]:
    return [Segment(text, number) for number, text in enumerate(texts)]


def align(source: Sequence[str], target: Sequence[str], **more: object) -> tuple[Bead, ...]:
    return align_segments(
        side(source), side(target), source_locale="es", target_locale="en", **more
    )  # type: ignore[arg-type]


def spanish(*numbers: int) -> list[str]:
    return [STORY[n][0] for n in numbers]


def english(*numbers: int) -> list[str]:
    return [STORY[n][1] for n in numbers]


def covers_once(beads: Sequence[Bead], n: int, m: int) -> bool:
    return sorted(i for b in beads for i in b.source) == list(range(n)) and sorted(
        j for b in beads for j in b.target
    ) == list(range(m))


def pairs(beads: Sequence[Bead]) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    return {(s, t) for s, t in groups_of(beads) if s and t}


def test_parallel_texts_are_paired_one_to_one() -> None:
    beads = align(spanish(*range(12)), english(*range(12)))
    assert pairs(beads) == {((n,), (n,)) for n in range(12)}
    assert min(bead.score for bead in beads) > 0.6


def test_direction_does_not_matter() -> None:
    beads = align_segments(
        side(english(*range(12))),
        side(spanish(*range(12))),
        source_locale="en-GB",
        target_locale="es-MX",
    )
    assert pairs(beads) == {((n,), (n,)) for n in range(12)}


def test_two_sentences_face_the_one_they_became() -> None:
    joined = f"{STORY[2][1][:-1]}, and {STORY[3][1][0].lower()}{STORY[3][1][1:]}"
    beads = align(spanish(0, 1, 2, 3, 4, 5), [*english(0, 1), joined, *english(4, 5)])
    assert ((2, 3), (2,)) in pairs(beads)


def test_a_short_sentence_of_a_longer_line_is_not_left_out() -> None:
    both = "A veces nadie está de acuerdo. La persona avisada puede enfadarse o no cambiar su conducta."
    apart = [
        "Sometimes nobody agrees.",
        "Whoever has been warned may get angry or not change their conduct.",
    ]
    beads = align([*spanish(7), both, *spanish(2)], [*english(7), *apart, *english(2)])
    assert pairs(beads) == {((0,), (0,)), ((1,), (1, 2)), ((2,), (3,))}


def test_a_line_among_lines_of_several_sentences_may_stay_alone() -> None:
    source = [
        " ".join(spanish(0, 1)),
        *spanish(2),
        "Síganos",
        " ".join(spanish(7, 8)),
        *spanish(9),
    ]
    target = [
        *english(0, 1),
        *english(2),
        " ".join(english(7, 8)),
        "All rights reserved",
        *english(9),
    ]
    assert pairs(align(source, target)) == {
        ((0,), (0, 1)), ((1,), (2,)), ((3,), (3,)), ((4,), (5,)),
    }  # fmt: skip


def test_sentences_that_changed_lines_join_no_lines_that_do_not_touch() -> None:
    source = [
        " ".join(spanish(0, 1)),
        *spanish(2, 3, 4, 5),
        " ".join(spanish(6, 7)),
        *spanish(8),
    ]
    target = [
        " ".join(english(0, 7)),
        *english(2, 3, 4, 5),
        " ".join(english(6, 1)),
        *english(8),
    ]
    beads = align(source, target)
    assert covers_once(beads, 7, 7)
    assert pairs(beads) >= {((n,), (n,)) for n in (1, 2, 3, 4, 6)}


def test_an_omitted_block_stays_alone() -> None:
    beads = align(spanish(*range(12)), english(0, 1, 2, 8, 9, 10, 11))
    assert pairs(beads) == {((s,), (t,)) for t, s in enumerate([0, 1, 2, 8, 9, 10, 11])}
    assert [bead.score for bead in beads if not bead.target] == [0.0] * 5


def test_a_moved_block_is_found_and_says_so() -> None:
    order = [4, 5, 6, 7, 8, 9, 10, 11, 0, 1, 2, 3]
    beads = align(spanish(*range(12)), english(*order))
    assert pairs(beads) == {((n,), (order.index(n),)) for n in range(12)}
    moved = {bead.source.start for bead in beads if bead.moved}
    assert moved == {0, 1, 2, 3}


def test_a_block_that_moved_into_another_one_is_found_too() -> None:
    # What stands between two parts of a moved block can be taken by another.
    order = [0, 3, 9, 10, 4, 8, 1, 2, 5, 6, 7, 11]
    beads = align(spanish(*range(12)), english(*order))
    assert pairs(beads) == {((n,), (order.index(n),)) for n in range(12)}


def test_unrelated_texts_are_left_alone_or_score_low() -> None:
    other = [
        "Mix the flour with butter.",
        "Bake it until golden brown.",
        "Owls hunt mice by ear.",
        "His violin squeaked badly.",
    ]
    beads = align(spanish(0, 1, 2, 3), other)
    assert all(bead.score < 0.6 for bead in beads)


def test_a_translation_of_one_side_helps() -> None:
    source = ["Zarandajas y bagatelas.", "Un batiburrillo.", "Menudencias sueltas."]
    target = ["Whatever.", "Trifles and baubles.", "A hotchpotch.", "Odds and ends."]
    known = dict(zip(source, target[1:], strict=True))

    def translate(texts: Sequence[str], source: str, target: str) -> list[str]:
        assert (source, target) == ("es", "en")
        return [known[text] for text in texts]

    assert pairs(align(source, target, translate=translate)) == {
        ((n,), (n + 1,)) for n in range(3)
    }


def test_an_engine_is_asked_for_each_sentence_once() -> None:
    asked: list[str] = []

    def translate(texts: Sequence[str], _source: str, _target: str) -> list[str]:
        asked.extend(texts)
        return [STORY[[s for s, _t in STORY].index(text.strip())][1] for text in texts]

    lines = [" ".join(spanish(0, 1)), *spanish(2), " ".join(spanish(3, 4))]
    beads = align(lines, english(0, 1, 2, 3, 4), translate=translate)
    assert pairs(beads) == {((0,), (0, 1)), ((1,), (2,)), ((2,), (3, 4))}
    assert [text.strip() for text in asked] == spanish(0, 1, 2, 3, 4)


@pytest.mark.parametrize(
    ("own", "same", "other"),
    [
        ("MAX_SIZE", "MAX_SIZE", "MIN_SIZE"),
        ("1987", "1987", "1978"),
        ("pageCount", "pageCount", "pageIndex"),
    ],
)
def test_a_pair_whose_code_or_figures_differ_is_less_sure_and_says_why(
    own: str, same: str, other: str
) -> None:
    source = [*spanish(0, 2), f"El valor {own} figura en la primera hoja.", *spanish(4, 6)]
    scores = []
    for value in (same, other):
        target = [
            *english(0, 2),
            f"The value {value} stands on the first sheet.",
            *english(4, 6),
        ]
        bead = next(bead for bead in align(source, target) if bead.source == range(2, 3))
        assert bead.target == range(2, 3)
        assert (Doubt.FACT in bead.doubts) == (value != same)
        scores.append(bead.score)
    assert scores[0] > scores[1]


def test_a_number_in_words_answers_one_in_figures() -> None:
    source = [*spanish(0, 2), "Quedan 7 sillas en la sala pequeña.", *spanish(4, 6)]
    target = [*english(0, 2), "Seven chairs are left in the small room.", *english(4, 6)]
    assert all(Doubt.FACT not in bead.doubts for bead in align(source, target))


def test_that_there_is_much_evidence_is_never_a_reason() -> None:
    usual = dict(
        zip(
            FEATURES,
            (1, 0.55, 3.5, 0.05, 0, 0, 0.8, 0, -4, 0.38, 0.12, 0, 0, 0, 0.5),
            strict=False,
        )
    )
    rows = np.array([[*(usual | {"mass": 12.0}).values(), 0.5]])
    order = [(Step(range(1), range(1)), False)]
    assert explain(rows, WITHOUT_ENGINE.calibration, order, np.array([0.5])) == [()]


def test_a_lexicon_helps() -> None:
    source = ["Un zascandil.", "El gurruño azul.", "Dos ñiquiñaques viejos."]
    target = ["A whippersnapper.", "The crumple.", "Two doodahs."]
    before = align(source, target)
    after = align(source, target, lexicon={"zascandil": ["whippersnapper"]})
    assert after[0].score > before[0].score


def test_an_engine_without_the_pair_is_the_same_as_none() -> None:
    texts = spanish(*range(6)), english(*range(6))
    assert align(*texts, translate=lambda t, _s, _t: [""] * len(t)) == align(*texts)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ([], []),
        (["Uno."], []),
        ([], ["One."]),
        (["Uno."], ["One."]),
        ([""], [""]),
        (["", "", ""], ["", "x"]),
        (["Uno."], ["One."] * 300),
        (["Uno.", "Dos."] * 80, ["Two."]),
        (["Igual."] * 40, ["Same."] * 40),
        (["\x00\x01\x02", "\ufeff\u200b", "\ud7ff"], ["\x07", "¿?", "—"]),
        (["---", "***", "→"], ["---", "***", "→"]),
        (["<a1>", "</a1><br1/>", "<omit/>"], ["&oacute;&lt;", "&amp;"]),
        (["Αλφα βήτα.", "Это текст."], ["これは文です。", "مرحبا"]),
    ],
)
def test_odd_input_gives_every_segment_once(source: list[str], target: list[str]) -> None:
    beads = align(source, target)
    assert covers_once(beads, len(source), len(target))
    assert all(0 <= bead.score <= 1 for bead in beads)
    assert beads == align(source, target)


def test_one_side_a_thousand_times_longer() -> None:
    beads = align(spanish(1), english(*([0, 2, 3, 4] * 250), 1))
    assert covers_once(beads, 1, 1001)
    assert ((0,), (1000,)) in pairs(beads)


def test_a_line_of_two_megabytes() -> None:
    start = time.process_time()
    beads = align(["palabra larga " * 140_000, "Dos."], ["word " * 400_000, "Two."])
    assert covers_once(beads, 2, 2)
    assert time.process_time() - start < 20


def test_the_same_text_on_both_sides_faces_itself() -> None:
    texts = english(*range(12))
    beads = align_segments(side(texts), side(texts), source_locale="en", target_locale="en")
    assert pairs(beads) == {((n,), (n,)) for n in range(12)}


SENTENCE = st.sampled_from(
    [text for pair in STORY for text in pair] + ["", "12", "¿?", "<b1>x</b1>"]
)


@given(st.lists(SENTENCE, max_size=12), st.lists(SENTENCE, max_size=12))
@settings(max_examples=60, deadline=None)
def test_every_segment_stands_in_exactly_one_bead(source: list[str], target: list[str]) -> None:
    beads = align(source, target)
    assert covers_once(beads, len(source), len(target))
    assert beads == align(source, target)


def test_beyond_the_whole_table_a_band_is_enough() -> None:
    rng = random.Random(3)
    rooms = [f"sala{rng.randrange(10**6)}" for _ in range(600)]
    source = [f"La {room} tiene {n} sillas y un piano." for n, room in enumerate(rooms)]
    target = [f"The {room} has {n} chairs and a piano." for n, room in enumerate(rooms)]
    del target[200:230]
    expected = {((n,), (n if n < 200 else n - 30,)) for n in range(600) if not 200 <= n < 230}
    assert pairs(align(source, target)) == expected


def test_beads_as_lines_and_back() -> None:
    beads = (
        Bead(range(2), range(1), 0.934),
        Bead(range(2, 3), range(0), 0.0),
        Bead(range(0), range(1, 2), 0.0),
    )
    lines = [format_bead(bead) for bead in beads]
    assert lines == ["[0, 1]:[0]:0.93", "[2]:[]:0", "[]:[1]:0"]
    assert parse_beads("\n".join(lines)) == groups_of(beads)


def test_a_line_that_is_no_bead_is_named() -> None:
    with pytest.raises(UsageError, match="2: not a bead: hello"):
        parse_beads("[0]:[0]\nhello", Path("gold.txt"))


def test_quality_counts_lone_segments_in_precision_only() -> None:
    gold = [((0,), (0,)), ((1,), ()), ((2, 3), (1,))]
    found = [((0,), (0,)), ((1,), ()), ((2,), (1,)), ((3,), ())]
    quality = evaluate([(gold, found)])
    assert (quality.precision, quality.recall) == (2 / 4, 1 / 2)
    assert (quality.lax_precision, quality.lax_recall) == (3 / 4, 1.0)


@pytest.mark.parametrize(
    "name", ["pud-noisy", "react-noisy", "react-real", "pydoc-real", "pud-moved"]
)
def test_f1_without_engine_keeps_its_floor(name: str) -> None:
    folder = Path(os.environ.get("L10N_DATA", "/nonexistent")) / "align" / name
    if not folder.is_dir():
        pytest.skip("L10N_DATA does not name the folder of the measuring data")
    results = []
    for path in sorted(folder.iterdir()):
        meta = json.loads((path / "meta.json").read_text())
        texts = [
            (path / file).read_text(encoding="utf-8").removesuffix("\n").split("\n")
            for file in ("src.txt", "tgt.txt")
        ]
        beads = align_segments(
            side(texts[0]),
            side(texts[1]),
            source_locale=meta["src_lang"],
            target_locale=meta["tgt_lang"],
        )
        results.append((parse_beads((path / "gold.txt").read_text()), groups_of(beads)))
    assert evaluate(results).f1 >= FLOORS["align"]["without_engine"][name]


@pytest.mark.parametrize("is_one_line", [True, False])
def test_long_texts_need_little_memory(is_one_line: bool) -> None:
    numbers = range(3000)
    english_lines = [
        f"Chapter {n} tells of the harbour number {n * 7} and its keeper{n}." for n in numbers
    ]
    spanish_lines = [
        f"El capítulo {n} habla del puerto número {n * 7} y de su keeper{n}." for n in numbers
    ]
    if is_one_line:
        english_lines, spanish_lines = [" ".join(english_lines)], [" ".join(spanish_lines)]
    tracemalloc.start()
    try:
        beads = align_segments(
            side(spanish_lines), side(english_lines), source_locale="es", target_locale="en"
        )
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sum(bead.source == bead.target for bead in beads) == len(english_lines)
    assert peak < 150_000_000
