"""How much of something is done, in percent: one figure wherever the desk tells it."""

from __future__ import annotations

from l10n.interface import gettext as _
from l10n.interface import pgettext

NOTHING = "–"
"""Stands for the percentage of nothing: an empty catalog is neither translated nor untranslated."""
_ROUNDING = 1e-6
"""Below what a float may be off: 29 % stays 29 %."""


def percent(part: int, total: int) -> float | None:
    """Return a part of a total in percent; None where there is nothing to do."""
    return 100 * part / total if total else None


def reaches(part: int, total: int, least: float) -> bool:
    """Whether a part of a total is at least so many percent; where there is nothing to do, nothing is missing."""
    share = percent(part, total)
    return share is None or share >= least


def format_percent(value: float) -> str:
    """Return a percentage in the interface language, without a sign: `91.8`, in Spanish `91,8`.

    It is 100 only when nothing is missing, and 0 only when nothing is done.
    """
    tenths = int(value * 10 + _ROUNDING)
    figure = f"{max(tenths, 1 if value > 0 else 0) / 10:g}"
    # Asked of the interface's catalog: loading a whole language for it costs a warm check a tenth of its time.
    return figure.replace(".", pgettext("decimal sign", "."))


def share(part: int, total: int) -> str:
    """Return a part of a total as text sets percentages: `91.8%`, in Spanish `91,8 %`."""
    value = percent(part, total)
    return NOTHING if value is None else _("{percent}%").format(percent=format_percent(value))


def with_sign(part: int, total: int) -> str:
    """Return a part of a total as tables set percentages, in every language: `91.8 %`."""
    value = percent(part, total)
    return NOTHING if value is None else f"{format_percent(value)} %"


def with_share(part: int, total: int) -> str:
    """Return a number and its percentage: `34 (91.8 %)`."""
    return f"{part} ({with_sign(part, total)})"
