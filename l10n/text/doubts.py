"""What is to be said against an aligned pair, in the interface language."""

from __future__ import annotations

from collections.abc import Iterable

from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.model import Doubt

_WORDS = {
    Doubt.NUMBER: N_("a number differs"),
    Doubt.NAME: N_("a name is missing"),
    Doubt.WORDS: N_("few words agree"),
    Doubt.LENGTH: N_("the lengths do not fit"),
    Doubt.BORDER: N_("where it begins or ends is not sure"),
    Doubt.RIVAL: N_("a sentence close by fits nearly as well"),
    Doubt.MERGED: N_("several sentences face each other"),
    Doubt.MOVED: N_("it stands elsewhere in the translation"),
    Doubt.AROUND: N_("what stands around it is doubtful"),
    Doubt.BESIDE: N_("nothing faces a sentence beside it"),
    Doubt.SHORT: N_("too short to tell"),
    Doubt.FACT: N_("a figure or code stands on one side only"),
    Doubt.MEANING: N_("the meanings do not seem to agree"),
    Doubt.PART: N_("nothing faces a part of it"),
    Doubt.MORE: N_("the translation says more"),
    Doubt.SENSE: N_("made for a text with other words"),
}


def in_words(doubts: Iterable[Doubt]) -> str:
    """Return what is to be said against a pair, in the interface language: `a number differs; too short to tell`."""
    return "; ".join(_(_WORDS[doubt]) for doubt in doubts)
