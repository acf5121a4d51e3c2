"""Forms of a report: text for people, the rest for CI; each is a function from Report to text."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from l10n.checks.run import Report

FORMATS = {
    "text": "l10n.checks.reports.text:render",
    "json": "l10n.checks.reports.machine:render_json",
    "github": "l10n.checks.reports.github:render",
    "sarif": "l10n.checks.reports.sarif:render",
    "junit": "l10n.checks.reports.junit:render",
    "gitlab": "l10n.checks.reports.machine:render_gitlab",
    "summary": "l10n.checks.reports.summary:render",
    "badge": "l10n.checks.reports.badge:render_svg",
    "shields": "l10n.checks.reports.badge:render_shields",
}
"""Name → where the function lives; imported when asked for."""


def renderer(name: str) -> Callable[[Report], str]:
    """Return the function that writes a format."""
    module, _colon, function = FORMATS[name].partition(":")
    render: Callable[[Report], str] = getattr(importlib.import_module(module), function)
    return render
