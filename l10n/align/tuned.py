"""What was tuned, with and without a translation of one side.

Found by random search (`tests/benchmarks/tune_align.py`) for the mean strict F1 over the development sets,
noisy, moved and real, and over noisy documents made of the Python documentation. `Feature.KIND`,
`Prices.border` and the last of `borders` are not tuned: no set knows blocks. They are chosen so that the sample newsroom comes out right.
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
            Feature.NUMBER: 0.2701,
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
    joints=(-5.403, 1.09, -0.237, 1.793, 2.3, -1.125, -0.822),
    borders=(
        -3.059,
        1.398,
        1.351,
        4.298,
        -0.312,
        4.437,
        0.136,
        0.653,
        1.217,
        0.292,
        -1.067,
        1.798,
        -0.293,
        -0.511,
        -0.616,
        -1.5,
    ),
    calibration=(
        -0.038,
        2.142,
        -0.523,
        -0.212,
        0.34,
        -0.333,
        0.734,
        -0.518,
        -1.124,
        2.018,
        1.002,
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
    joints=(-5.911, 2.983, -1.315, 1.832, 1.895, -1.497, -1.315),
    borders=(
        -3.008,
        1.189,
        1.913,
        5.234,
        1.081,
        3.011,
        0.092,
        0.986,
        0.537,
        0.434,
        -0.983,
        1.545,
        -0.557,
        -0.366,
        -0.783,
        -1.5,
    ),
    calibration=(
        -0.209,
        2.969,
        -0.703,
        -0.418,
        0.349,
        -0.877,
        0.384,
        -0.743,
        -1.168,
        2.374,
        1.024,
    ),
)
