"""What states, severities, kinds and origins are called in the interface; the tables are untranslated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.model import Origin, Severity, State
from l10n.text.description import kind_of

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

_ORIGINS = {
    Origin.MT: N_("MT"),
    Origin.TM: N_("TM"),
    Origin.ALIGNED: "≈",
    Origin.SOURCE_CHANGED: "Δ",
}
_LEADS = (N_("link to"), N_("image"))
"""How a description says what a placeholder stands for."""


def describe_origin(origin: Origin | None, fields: Mapping[str, str]) -> str:
    """Return a draft's origin in a few characters: `MT argos good`, `TM 87 %`, `≈ 0.94`."""
    if origin is None:
        return ""
    sign = _(_ORIGINS[origin])
    match origin:
        case Origin.TM:  # of one that a person has changed nobody knows the percentage any more
            return f"{sign} {fields['tm']} %" if "tm" in fields else sign
        case Origin.ALIGNED:
            return f"{sign} {fields.get('aligned', '')}".rstrip()
        case Origin.MT:
            engine = fields.get("mt", "").partition(":")[0]
            band = fields.get("band", "")
            return " ".join(part for part in (sign, engine, _(band) if band else "") if part)
    return f"{sign} " + _("source changed")


def describe_kind(lines: Iterable[str]) -> str:
    """Return the kind of a unit that its description tells; empty where it tells none."""
    kind = kind_of(lines)
    return _(KIND_NAMES[kind]) if kind in KIND_NAMES else ""


def describe_remark(line: str) -> str:
    """Return a line of the article's description in the interface language: catalogs hold it in English."""
    for lead in _LEADS:
        before, sign, after = line.partition(f" = {lead} ")
        if sign:
            return f"{before} = {_(lead)} {after}"
    return line
