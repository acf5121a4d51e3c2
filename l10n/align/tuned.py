"""What was tuned, with and without a translation of one side.

Found by random search (`tests/benchmarks/tune_align.py`) for the mean strict F1 over the development sets,
noisy, moved and real, and over noisy documents made of the Python documentation. `Feature.KIND`,
`Prices.border` and the last of `borders` are not tuned: no set knows blocks. They are chosen so that the sample newsroom comes out right.
With an engine `Feature.NUMBER` is not tuned either: the search had found 0.27 on texts with few numbers, and release notes, where
numbers are what tells lines apart, lost 0.016 of F1 by it; at 1.0 hours that two languages write unlike (13.30, 1:30 p.m.) fell apart in
the newsroom.
"""

from __future__ import annotations

from dataclasses import dataclass

from l10n.align.evidence import Feature, Weights
from l10n.align.scoring import Prices


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that was tuned."""

    weights: Weights
    prices: Prices
    parity: float
    """How much dearer lone segments become when the first pass finds next to none."""
    parity_share: float
    """Share of lone segments from which on nothing becomes dearer."""
    parity_facing: float
    """How much lone segments count that stand opposite others."""
    weak: float
    """Up to which gain a bead gives way to a block that moved."""
    moved: float
    """What a block must gain to be taken for one that moved."""
    near: float
    """The share of that which is enough for one that changed places with its neighbours."""
    calibration: tuple[float, ...]
    """Coefficients of `calibration.FEATURES`; `bench_align.py --fit` finds them."""
    borders: tuple[float, ...]
    """Coefficients of `borders.FEATURES`; `tests/benchmarks/tune_borders.py` finds them."""
    joints: tuple[float, ...]
    """Coefficients of `joints.FEATURES`; `tests/benchmarks/tune_joints.py` finds them."""
    dice: float
    """From where two words of the document are taken for translations of each other."""


WITH_ENGINE = Settings(
    weights=Weights(
        {
            Feature.STEM: 0.4208,
            Feature.FUNCTION: 0.1849,
            Feature.ENTRY: 1.03,
            Feature.FUNCTION_ENTRY: 0.5307,
            Feature.PREFIX: 0.1052,
            Feature.LONG_PREFIX: 0.3987,
            Feature.NUMBER: 0.75,
            Feature.NAME: 0.8819,
            Feature.SIGN: 0.2763,
            Feature.LEARNT: 0.8871,
            Feature.LONE: 0,
            Feature.KIND: 0.6,
        },
        rarity=0.6396,
    ),
    prices=Prices(
        threshold=0.1047,
        pair=0.1732,
        triple=0.2918,
        square=0.3726,
        length=0.1503,
        ratio=-0.04164,
        common=0.2335,
        shrink=0.4791,
        cover=0.4088,
        covered=0.2765,
        border=0.15,
        mass=0.2368,
        alone=0.01008,
        gap=0.06432,
    ),
    parity=0.04,
    parity_share=0.1613,
    parity_facing=0.3092,
    weak=0.3936,
    moved=0.5,
    near=0.4,
    dice=0.47,
    joints=(-5.374, 1.491, -1.318, 1.241, 2.123, -1.162, -1.268, 1.738),
    borders=(
        -3.684,
        0.9,
        1.348,
        4.333,
        0.13,
        4.297,
        -0.153,
        1.056,
        1.239,
        0.143,
        -1.439,
        2.093,
        0.036,
        -0.547,
        0.021,
        1.163,
        -1.5,
    ),
    calibration=(
        0.06,
        2.551,
        -0.475,
        -0.597,
        -0.037,
        -0.591,
        0.668,
        -0.739,
        -0.968,
        2.841,
        0.741,
        0.146,
        -0.352,
        -1.056,
        2.093,
    ),
)

WITHOUT_ENGINE = Settings(
    weights=Weights(
        {
            Feature.STEM: 0.1335,
            Feature.FUNCTION: 0.01192,
            Feature.ENTRY: 0.9887,
            Feature.FUNCTION_ENTRY: 0.3889,
            Feature.PREFIX: 0.3634,
            Feature.LONG_PREFIX: 0.3499,
            Feature.NUMBER: 1.087,
            Feature.NAME: 1.017,
            Feature.SIGN: 0.2659,
            Feature.LEARNT: 0.7901,
            Feature.LONE: 0,
            Feature.KIND: 0.6,
        },
        rarity=0.3897,
    ),
    prices=Prices(
        threshold=0.04796,
        pair=0.163,
        triple=0.3121,
        square=0.366,
        length=0.1078,
        ratio=-0.05383,
        common=0.1402,
        shrink=1.206,
        cover=0.3884,
        covered=0.3231,
        border=0.15,
        mass=0.2137,
        alone=0.008993,
        gap=0.07073,
    ),
    parity=0.03778,
    parity_share=0.09999,
    parity_facing=0.2754,
    weak=0.5184,
    moved=0.3654,
    near=0.5,
    dice=0.6369,
    joints=(-5.509, 2.452, -1.056, 0.723, 1.877, -1.114, -1.594, 1.724),
    borders=(
        -3.246,
        0.946,
        2.097,
        5.153,
        0.866,
        3.352,
        -0.152,
        1.142,
        0.855,
        0.563,
        -1.355,
        1.272,
        -0.407,
        0.013,
        -0.52,
        1.069,
        -1.5,
    ),
    calibration=(
        -0.017,
        2.957,
        -0.673,
        -0.651,
        -0.124,
        -0.987,
        0.709,
        -0.726,
        -0.972,
        3.187,
        0.607,
        0.065,
        -0.41,
        -0.951,
        3.193,
    ),
)
