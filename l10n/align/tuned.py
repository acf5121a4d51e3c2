"""What was tuned, with and without a translation of one side.

Found by random search (`tests/benchmarks/tune_align.py`) for the mean strict F1 over the development sets,
noisy, moved and real, and over a noisy set made of the Python documentation. `Feature.KIND` and
`Prices.border` are not tuned: no set knows blocks. They are chosen so that the sample newsroom comes out right.
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
    dice: float
    """From where two words of the document are taken for translations of each other."""


WITH_ENGINE = Settings(
    weights=Weights(
        {
            Feature.STEM: 0.4996,
            Feature.FUNCTION: 0.1736,
            Feature.ENTRY: 1.008,
            Feature.FUNCTION_ENTRY: 0.5307,
            Feature.PREFIX: 0.08112,
            Feature.LONG_PREFIX: 0.3987,
            Feature.NUMBER: 0.2876,
            Feature.NAME: 1.017,
            Feature.SIGN: 0.216,
            Feature.LEARNT: 0.4373,
            Feature.LONE: 0.0,
            Feature.KIND: 0.6,
        },
        rarity=0.28,
    ),
    prices=Prices(
        threshold=0.1297,
        pair=0.2664,
        triple=0.5474,
        square=0.5888,
        length=0.1331,
        ratio=-0.04164,
        common=0.0,
        shrink=0.648,
        cover=0.656,
        covered=0.3,
        border=0.15,
        mass=0.3,
        alone=0.01008,
        gap=0.05191,
    ),
    parity=0.0516,
    parity_share=0.1688,
    parity_facing=0.3463,
    weak=0.2,
    moved=0.5,
    near=0.4,
    dice=0.6114,
    calibration=(-0.372, 2.645, 0.152, -0.33, -0.781, 0.957, 1.367, -0.798, 3.621),
)

WITHOUT_ENGINE = Settings(
    weights=Weights(
        {
            Feature.STEM: 0.09437,
            Feature.FUNCTION: 0.01788,
            Feature.ENTRY: 1.0,
            Feature.FUNCTION_ENTRY: 0.634,
            Feature.PREFIX: 0.2,
            Feature.LONG_PREFIX: 0.3631,
            Feature.NUMBER: 0.6369,
            Feature.NAME: 1.017,
            Feature.SIGN: 0.09199,
            Feature.LEARNT: 0.4373,
            Feature.LONE: 0.0,
            Feature.KIND: 0.6,
        },
        rarity=0.28,
    ),
    prices=Prices(
        threshold=0.07243,
        pair=0.293,
        triple=0.5474,
        square=0.5888,
        length=0.1037,
        ratio=0.01044,
        common=0.0,
        shrink=0.648,
        cover=0.5,
        covered=0.3,
        border=0.15,
        mass=0.2,
        alone=0.007327,
        gap=0.04092,
    ),
    parity=0.0516,
    parity_share=0.08,
    parity_facing=0.3411,
    weak=0.2,
    moved=0.5,
    near=0.4,
    dice=0.7288,
    calibration=(-0.842, 3.598, -0.204, -1.065, -0.619, 0.537, 2.214, -0.491, 5.694),
)
