"""What was tuned, with and without a translation of one side.

Found by random search (`tests/benchmarks/tune_align.py`) for the mean strict F1 over the development sets,
noisy, moved and real, and over a noisy set made of the Python documentation. `Feature.KIND` and
`Prices.border` are not tuned: no set knows blocks. They are chosen so that the sample newsroom comes out right.
"""

from __future__ import annotations

from dataclasses import dataclass

from l10n.align.evidence import Feature, Weights
from l10n.align.search import Prices


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
            Feature.STEM: 0.5,
            Feature.FUNCTION: 0.174,
            Feature.ENTRY: 1.01,
            Feature.FUNCTION_ENTRY: 0.531,
            Feature.PREFIX: 0.0811,
            Feature.LONG_PREFIX: 0.399,
            Feature.NUMBER: 0.288,
            Feature.NAME: 1.02,
            Feature.SIGN: 0.216,
            Feature.LEARNT: 0.437,
            Feature.LONE: 0.0,
            Feature.KIND: 0.6,
        },
        rarity=0.28,
    ),
    prices=Prices(
        threshold=0.13,
        pair=0.266,
        triple=0.547,
        square=0.589,
        length=0.133,
        ratio=-0.0416,
        shrink=0.648,
        cover=0.656,
        covered=0.3,
        border=0.15,
        mass=0.3,
        alone=0.0101,
        gap=0.0519,
    ),
    parity=0.0516,
    parity_share=0.169,
    parity_facing=0.346,
    weak=0.2,
    moved=0.5,
    near=0.4,
    dice=0.611,
    calibration=(-0.372, 2.645, 0.152, -0.33, -0.781, 0.957, 1.367, -0.798, 3.621),
)

WITHOUT_ENGINE = Settings(
    weights=Weights(
        {
            Feature.STEM: 0.0944,
            Feature.FUNCTION: 0.0179,
            Feature.ENTRY: 1.0,
            Feature.FUNCTION_ENTRY: 0.634,
            Feature.PREFIX: 0.2,
            Feature.LONG_PREFIX: 0.363,
            Feature.NUMBER: 0.637,
            Feature.NAME: 1.02,
            Feature.SIGN: 0.092,
            Feature.LEARNT: 0.437,
            Feature.LONE: 0.0,
            Feature.KIND: 0.6,
        },
        rarity=0.28,
    ),
    prices=Prices(
        threshold=0.0724,
        pair=0.293,
        triple=0.547,
        square=0.589,
        length=0.104,
        ratio=0.0104,
        shrink=0.648,
        cover=0.5,
        covered=0.3,
        border=0.15,
        mass=0.2,
        alone=0.00733,
        gap=0.0409,
    ),
    parity=0.0516,
    parity_share=0.08,
    parity_facing=0.341,
    weak=0.2,
    moved=0.5,
    near=0.4,
    dice=0.729,
    calibration=(-0.842, 3.598, -0.204, -1.065, -0.619, 0.537, 2.214, -0.491, 5.694),
)
