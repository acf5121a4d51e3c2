"""The ends of beads: no part is swallowed that the other side lacks, none left out that it has."""

from __future__ import annotations

import pytest

from l10n.align import align_segments
from l10n.align.notation import Groups, groups_of
from l10n.model import Segment

BEFORE = (
    ("The council met on Monday evening.", "El concejo se reunió el lunes por la tarde."),
    ("Twelve members were present.", "Estuvieron presentes doce miembros."),
)
AFTER = (
    ("The mayor thanked the volunteers.", "La alcaldesa dio las gracias a los voluntarios."),
    ("The next meeting is in March.", "La próxima reunión es en marzo."),
)


def align(middle: tuple[list[str], list[str]]) -> list[Groups]:
    """Align a part that stands between four pairs; gives the beads that touch it, counted from its first segment."""
    sides = [[*(p[s] for p in BEFORE), *middle[s], *(p[s] for p in AFTER)] for s in (0, 1)]
    beads = groups_of(
        align_segments(
            *([Segment(text, at) for at, text in enumerate(side)] for side in sides),
            source_locale="en",
            target_locale="es",
        )
    )
    first, last = len(BEFORE), (len(sides[0]) - len(AFTER), len(sides[1]) - len(AFTER))
    inside = [
        bead
        for bead in beads
        if any(first <= i < last[0] for i in bead[0])
        or any(first <= j < last[1] for j in bead[1])
    ]
    return sorted(
        (tuple(i - first for i in source), tuple(j - first for j in target))
        for source, target in inside
    )


@pytest.mark.parametrize(
    ("english", "spanish", "beads"),
    [
        pytest.param(
            [
                "Before you buy a spade",
                "The short answer is yes, because whatever happens, planting your own garden is a good way to learn how food grows.",
            ],
            [
                "La respuesta corta es «sí», porque, pase lo que pase, plantar tu propio huerto es una buena manera de aprender cómo crecen los alimentos.",
            ],
            [((0,), ()), ((1,), (0,))],
            id="a heading that the translation lacks",
        ),
        pytest.param(
            [
                "Small repairs were made during the 1960s and 1970s.",
                "Major repairs were paid for to finish the harbour wall in 1986, to widen the northern pier in 1992, and to make small repairs to the lighthouse in 2001.",
            ],
            [
                "Se pagaron grandes reparaciones para terminar el muro del puerto en 1986, ensanchar el muelle norte en 1992 y hacer pequeñas reparaciones en el faro en 2001.",
            ],
            [((0,), ()), ((1,), (0,))],
            id="a sentence on the same subject",
        ),
        pytest.param(
            [
                "Sometimes no agreement can be reached. The person in question may become aggressive or hostile, or does not change their behaviour."
            ],
            [
                "En ocasiones, no es posible lograr un acuerdo.",
                "La persona en cuestión puede volverse agresiva u hostil, o puede que no cambie su comportamiento.",
            ],
            [((0,), (0, 1))],
            id="a short sentence of a merge",
        ),
    ],
)
def test_each_end_of_a_bead_has_its_counterpart(
    english: list[str], spanish: list[str], beads: list[Groups]
) -> None:
    assert align((english, spanish)) == beads
    # The same the other way round.
    swapped = align_segments(
        [Segment(text, at) for at, text in enumerate(spanish)],
        [Segment(text, at) for at, text in enumerate(english)],
        source_locale="es",
        target_locale="en",
    )
    assert sorted((t, s) for s, t in groups_of(swapped) if s and t) == [
        b for b in beads if all(b)
    ]


def test_a_sentence_that_joins_its_neighbour_on_one_side_only_keeps_both_in_one_bead() -> None:
    english = [
        "A river crosses the town from north to south, and the oldest houses stand on its eastern bank.",
        "Every spring the water reached the doors. In 1953 a flood destroyed two bridges and a mill, and the council decided to build a wall.",
    ]
    spanish = [
        "Un río cruza la ciudad de norte a sur, y las casas más antiguas están en su orilla oriental. Cada primavera el agua llegaba a las puertas.",
        "En 1953 una inundación destruyó dos puentes y un molino, y el concejo decidió construir un muro.",
    ]
    assert align((english, spanish)) == [((0, 1), (0, 1))]


def test_two_faithful_sentences_on_one_subject_stay_two() -> None:
    english = [
        "The company opened its first workshop beside the river.",
        "The flood of 1953 destroyed the machines of the workshop, and nobody lent it money.",
    ]
    spanish = [
        "La empresa abrió su primer taller junto al río.",
        "La inundación de 1953 destruyó las máquinas del taller y nadie le prestó dinero.",
    ]
    assert align((english, spanish)) == [((0,), (0,)), ((1,), (1,))]
