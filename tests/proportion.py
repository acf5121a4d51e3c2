"""Whether work takes time in proportion to its size, told apart from the noise of a machine with other things to do."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

_ATTEMPTS = 4
_STARTING = 0.1
"""Seconds that do not grow: what is loaded at the first use, and the grain of the clock."""


def processor_seconds(work: Callable[[], object]) -> float:
    """Give the processor time of some work, without the collector, whose time grows with all that other tests left."""
    gc.collect()
    gc.disable()
    try:
        begun = time.process_time()
        work()
        return time.process_time() - begun
    finally:
        gc.enable()


def is_in_proportion(seconds: Callable[[int], float], sizes: tuple[int, int]) -> bool:
    """Whether `seconds` of the larger size are nearer to the ratio of the sizes than to its square.

    Small and large are measured in turns and the least of each counts, for other work only ever adds time.
    """
    small, large = sizes
    ratio = large / small
    least = [float("inf"), float("inf")]
    for _attempt in range(_ATTEMPTS):
        least = [
            min(known, seconds(size)) for known, size in zip(least, (small, large), strict=True)
        ]
        if least[1] < ratio**1.4 * least[0] + _STARTING:
            return True
    return False
