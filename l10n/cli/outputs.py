"""What is asked for of an alignment."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Outputs:
    """What is asked for of an alignment."""

    form: str | None = None
    """`text`, `beads` or `json`; None: text where nothing else is asked for."""
    report: Path | None = None
    """File of the side-by-side page; a folder for many pairs."""
    gold: Path | None = None
    """Beads to compare with."""
