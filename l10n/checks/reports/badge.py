"""A badge that tells the share of translated entries: an SVG of our own, or an endpoint for shields.io."""

from __future__ import annotations

import json
from xml.sax.saxutils import escape

from l10n.checks.run import Report
from l10n.interface import gettext as _
from l10n.text.percent import NOTHING, percent

_COLOURS = ((100, "#2e7d32"), (80, "#5c7a1f"), (50, "#9a6700"), (0, "#b3261e"))
"""From which percentage on which colour; white text on each has a contrast of 4.5 or more."""


def render_svg(report: Report) -> str:
    """Return a badge as a picture that needs no network."""
    label, message, colour = _parts(report)
    left, right = (_width(text) for text in (label, message))
    total = left + right
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{total}" height="20" role="img" aria-label="{escape(label)}: {escape(message)}">\n'
        f"<title>{escape(label)}: {escape(message)}</title>\n"
        f'<clipPath id="r"><rect width="{total}" height="20" rx="3"/></clipPath>\n'
        f'<g clip-path="url(#r)"><rect width="{left}" height="20" fill="#444"/>'
        f'<rect x="{left}" width="{right}" height="20" fill="{colour}"/></g>\n'
        '<g fill="#fff" text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">'
        f'<text x="{left / 2:g}" y="14">{escape(label)}</text>'
        f'<text x="{left + right / 2:g}" y="14">{escape(message)}</text></g>\n'
        "</svg>\n"
    )


def render_shields(report: Report) -> str:
    """Return the JSON that shields.io reads from an endpoint."""
    label, message, colour = _parts(report)
    return (
        json.dumps(
            {"schemaVersion": 1, "label": label, "message": message, "color": colour},
            ensure_ascii=False,
        )
        + "\n"
    )


def _parts(report: Report) -> tuple[str, str, str]:
    share = percent(report.totals.translated, report.totals.shown)
    colour = next(colour for least, colour in _COLOURS if (share or 0) >= least)
    # A badge has room for whole percents, never for more than there are.
    return _("translated"), NOTHING if share is None else f"{int(share)} %", colour


def _width(text: str) -> int:
    """Return the width of a field: text of 11 pixels takes about 6.5 a letter in Verdana."""
    return round(6.5 * len(text)) + 12
