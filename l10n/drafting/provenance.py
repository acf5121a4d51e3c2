"""What a stamp says of a machine draft: who wrote it, how far it can be trusted, what it holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from l10n.catalog import Stamp
from l10n.drafting.units import UnitDraft

HOUSE = "+house"
"""Behind an engine's name in a stamp where lessons of the house have changed the draft."""


class Writer(NamedTuple):
    """What writes machine drafts."""

    engine: str
    version: str

    def label(self, answers: Sequence[UnitDraft]) -> str:
        """Return who wrote a draft: the engine, and the house where lessons changed it."""
        is_corrected = any(answer.corrections for answer in answers)
        return f"{self.engine}{HOUSE if is_corrected else ''}:{self.version}"


def provenance(label: str, answers: Sequence[UnitDraft]) -> dict[str, str]:
    """Return the fields of a machine draft's stamp: what guesses and terms it holds as far as the line has room."""
    fields = {"mt": label, "band": str(answers[0].verdict.band)}
    enforced = sum(
        reason.startswith("enforced:")
        for answer in answers
        for reason in answer.verdict.reasons
    )
    score = answers[0].verdict.score
    more = [] if score is None else [("sure", f"{min(99, int(100 * score)):02}")]
    more += [("tags", "guessed")] if any(answer.is_guessed for answer in answers) else []
    more += [("terms", str(enforced))] if enforced else []
    for name, value in more:
        # A stamp is one line: what has no room beside the engine is left out.
        longer = Stamp("0" * 10, tuple({**fields, name: value}.items()))
        if longer.format().endswith(f" {name}={value}") and f"mt={label}" in longer.format():
            fields[name] = value
    return fields
