"""Examine one catalog file: its counts, its findings, the keys of its entries."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
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
    Outcome,
    Settings,
    is_metadata,
    key_digest,
    stamp_of,
)
from l10n.checks.reading import kind_of
from l10n.errors import CatalogError
from l10n.interface import gettext as _
from l10n.model import Finding, State

if TYPE_CHECKING:
    from l10n.checks.spelling import Speller
    from l10n.glossary import Glossary


def examine(data: bytes, path: Path, settings: Settings) -> Outcome:
    """Judge the bytes of a catalog; damage is part of the outcome, never an exception."""
    try:
        catalog = Catalog.parse(data, path)
    except CatalogError as error:
        return Outcome(damage=(error.message, error.line, error.hint))
    context = replace(context_of(settings, catalog.header), lengths=_lengths(catalog))
    return Outcome(
        counts=catalog.counts(),
        findings=(*check_catalog(catalog, context), *_read_differently(catalog, context)),
        language=catalog.header.get("Language", ""),
        keys=_keys(catalog),
        unfinished=_unfinished(catalog),
    )


def context_of(settings: Settings, header: Mapping[str, str]) -> CheckContext:
    """Give the context in which the entries of a catalog are judged."""
    target = settings.target_locale or header.get("Language", "") or "es"
    source = (
        header.get("X-Source-Language")
        or settings.source_locale
        or ("en" if not target.startswith("en") else "es")
    )
    return CheckContext(
        source_locale=source.replace("_", "-"),
        target_locale=target.replace("_", "-"),
        glossary=_glossary(settings.glossary, stamp_of(settings.glossary))
        if settings.glossary
        else None,
        severities=dict(settings.severities),
        only=settings.only,
        words=_words(settings.words, stamp_of(settings.words))
        if settings.words
        else frozenset(),
        speller=_speller(target) if settings.words or "spelling" in settings.only else None,
        is_article=settings.is_article,
        drafts=settings.drafts,
    )


def _read_differently(catalog: Catalog, context: CheckContext) -> Iterator[Finding]:
    severity = context.severity("read-differently")
    if severity is None:
        return
    from l10n.catalog.second import read_differently  # noqa: PLC0415 - polib, rarely needed

    for entry in read_differently(catalog):
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
    """Give the lengths of translations per length of their sources that are usual in a large catalog, by kind.

    Usual is within five deviations of the median, and within a factor of 1.8, on a logarithmic scale; the
    deviation is the median one, so that a few wrong translations do not widen it.
    """
    if len(catalog.entries) < _MANY:
        return {}
    ratios: dict[str, list[float]] = defaultdict(list)
    for entry in catalog.entries:
        if len(entry.msgid) >= 30 and entry.state in (State.TRANSLATED, State.REVIEWED):
            ratios[kind_of(entry.extracted)].append(
                log((len(entry.msgstr) + 10) / (len(entry.msgid) + 10))
            )
    return {kind: _usual(found) for kind, found in ratios.items() if len(found) >= _MANY}


def _usual(ratios: list[float]) -> tuple[float, float]:
    middle = median(ratios)
    width = max(log(1.8), 5 * 1.4826 * median(abs(one - middle) for one in ratios))
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
        for line in path.read_text(encoding="utf-8").splitlines()
        if (word := line.partition("#")[0].strip().lower())
    )


@cache
def _speller(locale: str) -> Speller | None:
    from l10n.checks.spelling import Speller  # noqa: PLC0415 - an optional extra

    return Speller.find(locale)
