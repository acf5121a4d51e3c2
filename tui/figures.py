"""Numbers as people write them in the interface language."""

from __future__ import annotations

from l10n.interface import language


def figure(number: int) -> str:
    """Return a number with its thousands set apart: 1,234 and 12,345; in Spanish 1234 and 12.345."""
    if language() == "es":
        return str(number) if abs(number) < 10_000 else f"{number:,}".replace(",", ".")
    return f"{number:,}"
