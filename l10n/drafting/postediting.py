"""Which engine helps: how much reviewers changed of each engine's drafts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from l10n.catalog import Catalog
from l10n.engines.cache import DraftCache
from l10n.model import Origin, State


@dataclass(frozen=True, slots=True)
class EngineUse:
    """What became of the drafts of one origin."""

    engine: str
    """`argos:translate-es_en-1.0`; the bare origin (`mt`, `tm`, `aligned`) where no more is known."""
    target: str
    reviewed: int
    """Drafts that a reviewer has accepted."""
    unchanged: int
    """Of these, accepted as they were, as far as that is known."""
    edits: float | None
    """Mean share of words that were changed, 0 to 1; None where nobody knows it of any."""
    unknown: int = 0
    """Of those accepted, how many nobody knows how much was changed of."""


def report_use(catalogs: Iterable[Path], cache: DraftCache) -> list[EngineUse]:
    """Measure reviewed translations against the drafts they began as, the least changed engine first.

    The draft as written is known for machine drafts made here; for others the share is in the stamp. Where neither
    tells, the review counts all the same.
    """
    shares: dict[tuple[str, str], list[float | None]] = defaultdict(list)
    for path in catalogs:
        catalog = Catalog.load(path)
        for entry in catalog.entries:
            stamp = entry.stamp
            if entry.state is not State.REVIEWED or stamp is None or stamp.origin is None:
                continue
            written = (
                cache.written(catalog.target_locale, entry.msgid)
                if stamp.origin is Origin.MT
                else []
            )
            measured = [(changed(text, entry.msgstr), engine) for engine, text in written]
            if measured:
                # Of several drafts made for one text, the reviewer started from the nearest.
                share, engine = min(measured)
                shares[engine, catalog.target_locale].append(share)
            else:
                shares[stamp.origin.value, catalog.target_locale].append(stamp.edits)
    uses = [_use(*name, all_) for name, all_ in shares.items()]
    return sorted(
        uses, key=lambda use: (use.target, use.edits is None, use.edits or 0.0, use.engine)
    )


def _use(engine: str, target: str, shares: Sequence[float | None]) -> EngineUse:
    known = [share for share in shares if share is not None]
    mean = sum(known) / len(known) if known else None
    unknown = len(shares) - len(known)
    return EngineUse(engine, target, len(shares), known.count(0.0), mean, unknown)


def changed(draft: str, final: str) -> float:
    """Return the share of words that differ between a draft and what was made of it, 0 to 1."""
    return Levenshtein.normalized_distance(draft.split(), final.split())
