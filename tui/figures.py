"""Numbers as people write them in the interface language."""

from __future__ import annotations

from l10n.interface import pgettext


def figure(number: int) -> str:
    """Return a number with its thousands set apart: 1,234 and 12,345; in Spanish 1234 and 12.345."""
    # Spanish spelling leaves four digits together; a translator says so by writing the example.
    if (
        abs(number) < 10_000
        and pgettext("how a number of four digits is written", "1,234").isdigit()
    ):
        return str(number)
    return f"{number:,}".replace(",", pgettext("thousands sign", ","))
