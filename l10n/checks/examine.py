"""Examine one catalog file: its counts, its findings, the keys of its entries."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import exp, log
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from l10n.catalog import Catalog
from l10n.checks.context import CheckContext
from l10n.checks.entries import check_catalog
from l10n.checks.outcome import (
    KEY,
    NO_TEXT,
    Damage,
    Outcome,
    is_metadata,
    key_digest,
    stamp_of,
)
from l10n.checks.rulebook import severity_of
from l10n.errors import CatalogError
from l10n.files import read_text
from l10n.interface import gettext as _
from l10n.model import Finding, State
from l10n.project.judging import Criteria
from l10n.text.description import kind_of

if TYPE_CHECKING:
    from l10n.checks.spelling import Speller
    from l10n.glossary import Glossary


@dataclass(frozen=True, slots=True)
class Aids:
    """What files beside the catalogs say: the glossaries and lists of words that criteria name."""

    glossaries: Mapping[Path, Glossary]
    words: Mapping[Path, frozenset[str]]

    @classmethod
    def of(cls, criteria: Iterable[Criteria]) -> Aids:
        """Read what some criteria name."""
        criteria = set(criteria)
        glossaries = {judged.glossary for judged in criteria if judged.glossary}
        words = {judged.words for judged in criteria if judged.words}
        return cls(
            {path: _glossary(path, stamp_of(path)) for path in glossaries},
            {path: _words(path, stamp_of(path)) for path in words},
        )


def examine(data: bytes, path: Path, criteria: Criteria, aids: Aids | None = None) -> Outcome:
    """Judge the bytes of a catalog; damage is part of the outcome, never an exception.

    Without `aids` the files that the criteria name are read.
    """
    try:
        catalog = Catalog.parse(data, path)
    except CatalogError as error:
        return Outcome(damage=Damage(error.message, error.line, error.hint))
    if criteria.reviewers is not None:
        catalog.reviewers = criteria.reviewers
    context = context_of(criteria, catalog, aids)
    return Outcome(
        counts=catalog.counts(),
        findings=(*check_catalog(catalog, context), *_read_differently(catalog, context)),
        language=catalog.header.get("Language") or catalog.target_locale,
        keys=_keys(catalog),
        unfinished=_unfinished(catalog),
    )


def context_of(criteria: Criteria, catalog: Catalog, aids: Aids | None = None) -> CheckContext:
    """Return the context in which the entries of a catalog are judged."""
    target = criteria.target(catalog.target_locale)
    aids = aids or Aids.of([criteria])
    return CheckContext(
        source_locale=criteria.source(
            catalog.source_locale, target, (entry.msgid for entry in catalog.entries)
        ),
        target_locale=target,
        glossary=aids.glossaries[criteria.glossary] if criteria.glossary else None,
        severities=dict(criteria.severities),
        only=criteria.only,
        words=aids.words[criteria.words] if criteria.words else frozenset(),
        speller=_speller(target) if criteria.words or "spelling" in criteria.only else None,
        lengths=_lengths(catalog) if criteria.usual_lengths else {},
        is_article=criteria.is_article,
        drafts=criteria.drafts,
    )


def _read_differently(catalog: Catalog, context: CheckContext) -> Iterator[Finding]:
    severity = severity_of("read-differently", context)
    if severity is None:
        return
    from l10n.catalog.bridge import read_differently  # noqa: PLC0415 - polib, rarely needed

    for entry in read_differently(catalog.dumps(), catalog.entries):
        message = _("polib reads another text here")
        yield Finding(
            "read-differently",
            severity,
            message,
            line=entry.line,
            msgctxt=entry.msgctxt,
            msgid=entry.msgid,
        )


_MANY = 100
"""Translations of a kind of block from which on their own lengths tell what is usual."""


def _lengths(catalog: Catalog) -> dict[str, tuple[float, float]]:
    """Return the lengths of translations per length of their sources that are usual in a large catalog, by kind.

    Usual is within five deviations of the median, and within a factor of 1.8, on a logarithmic scale; the
    deviation is the median one, so that a few wrong translations do not widen it.
    """
    if len(catalog.entries) < _MANY:
        return {}
    ratios: dict[str, list[float]] = defaultdict(list)
    for entry in catalog.entries:
        # Short texts vary too much to tell what is usual.
        if len(entry.msgid) >= 30 and entry.state in (State.TRANSLATED, State.REVIEWED):
            ratios[kind_of(entry.extracted)].append(
                log((len(entry.msgstr) + 10) / (len(entry.msgid) + 10))
            )
    return {
        kind: _usual(ratios_of_kind)
        for kind, ratios_of_kind in ratios.items()
        if len(ratios_of_kind) >= _MANY
    }


def _usual(ratios: list[float]) -> tuple[float, float]:
    middle = median(ratios)
    width = max(log(1.8), 5 * 1.4826 * median(abs(ratio - middle) for ratio in ratios))
    return exp(middle - width), exp(middle + width)


def _keys(catalog: Catalog) -> bytes:
    rows = bytearray()
    for entry in catalog.entries:
        accepted = entry.state in (State.TRANSLATED, State.REVIEWED)
        text = (
            hashlib.blake2b("\0".join(entry.msgstrs).encode(), digest_size=8).digest()
            if accepted
            else NO_TEXT
        )
        rows += KEY.pack(key_digest(entry.key), text, entry.line)
    return bytes(rows)


def _unfinished(catalog: Catalog, most: int = 5) -> tuple[tuple[int, str | None, str], ...]:
    rows = [
        (entry.line, entry.msgctxt, entry.state.value)
        for entry in catalog.entries
        if entry.state in (State.UNTRANSLATED, State.DRAFT)
    ]
    rows.sort(key=lambda row: not is_metadata(row[1]))
    return tuple(rows[:most])


@cache
def _glossary(path: Path, _stamp: str) -> Glossary:
    from l10n.glossary import Glossary  # noqa: PLC0415 - loads lemmas, rarely needed

    return Glossary.load(path)


@cache
def _words(path: Path, _stamp: str) -> frozenset[str]:
    return frozenset(
        word
        for line in read_text(path).splitlines()
        if (word := line.partition("#")[0].strip().lower())
    )


@cache
def _speller(locale: str) -> Speller | None:
    from l10n.checks.spelling import Speller  # noqa: PLC0415 - an optional extra

    return Speller.find(locale)
