"""What states, severities and kinds are called in the interface; untranslated."""

from __future__ import annotations

from l10n.interface import N_
from l10n.model import Severity, State

STATE_NAMES = {
    State.UNTRANSLATED: N_("untranslated"),
    State.DRAFT: N_("draft"),
    State.TRANSLATED: N_("translated"),
    State.REVIEWED: N_("reviewed"),
}

SEVERITY_NAMES = {
    Severity.ERROR: N_("error"),
    Severity.WARNING: N_("warning"),
    Severity.INFO: N_("info"),
}

KIND_NAMES = {
    "headline": N_("headline"),
    "standfirst": N_("standfirst"),
    "heading": N_("heading"),
    "paragraph": N_("paragraph"),
    "quote": N_("quote"),
    "item": N_("list item"),
    "cell": N_("table cell"),
    "caption": N_("caption"),
    "question": N_("question"),
    "term": N_("term"),
    "label": N_("label"),
    "field": N_("option"),
    "author": N_("author"),
    "boilerplate": N_("boilerplate"),
    "attribute": N_("attribute"),
    "metadata": N_("metadata"),
    "other": N_("text"),
}

_BANDS = (N_("good"), N_("fair"), N_("poor"))
"""Said by the adviser as they stand in stamps; named here so that they are translated."""
