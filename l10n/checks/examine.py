"""Examine one catalog file: counts, findings, and the keys that whole-project rules compare."""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from l10n.checks.context import CheckContext
from l10n.checks.entries import check_catalog
from l10n.errors import CatalogError
from l10n.model import Counts, Finding, Key, Severity, State

if TYPE_CHECKING:
    from l10n.catalog import Catalog
    from l10n.checks.spelling import Speller
    from l10n.glossary import Glossary

KEY = struct.Struct("<8s8sI")
"""A row of `Outcome.keys`: digest of the key, digest of the accepted translation or zeros, line."""
NO_TEXT = bytes(8)
_NONE = Counts()


@dataclass(frozen=True, slots=True)
class Settings:
    """How a catalog is to be judged; small, and equal when the findings would be equal."""

    target_locale: str
    source_locale: str | None = None
    """None: as the catalog's header says, else the other one of Spanish and English."""
    severities: tuple[tuple[str, Severity | None], ...] = ()
    only: frozenset[str] = frozenset()
    drafts: bool = False
    glossary: Path | None = None
    words: Path | None = None
    """List of the project's own words; spelling is checked where it exists."""
    is_article: bool = True
    counts_only: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one catalog file turned out to be."""

    counts: Counts = _NONE
    findings: tuple[Finding, ...] = ()
    """Without path: it is the file's."""
    language: str = ""
    """Language of the catalog's header; empty when it has none."""
    keys: bytes = b""
    """KEY rows of the live entries in file order; empty when only counts were asked for."""
    unfinished: tuple[tuple[int, str | None, str], ...] = ()
    """(line, msgctxt, state) of the first untranslated entries and drafts, metadata first."""
    damage: tuple[str, int | None, str] | None = None
    """(what is wrong, line, hint) when the file cannot be read."""


def examine(data: bytes, path: Path, settings: Settings) -> Outcome:
    """Judge the bytes of a catalog; damage is part of the outcome, never an exception."""
    from l10n.catalog import Catalog, scan_counts  # noqa: PLC0415 - a warm cache never needs it

    try:
        if settings.counts_only:
            return Outcome(scan_counts(data), language=_header_field(data, "Language"))
        catalog = Catalog.parse(data, path)
    except CatalogError as error:
        return Outcome(damage=(error.message, error.line, error.hint))
    context = context_of(settings, catalog.header)
    return Outcome(
        counts=catalog.counts(),
        findings=check_catalog(catalog, context),
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
        glossary=_glossary(settings.glossary) if settings.glossary else None,
        severities=dict(settings.severities),
        only=settings.only,
        words=_words(settings.words) if settings.words else frozenset(),
        speller=_speller(target) if settings.words or "spelling" in settings.only else None,
        is_article=settings.is_article,
        drafts=settings.drafts,
    )


def key_digest(key: Key) -> bytes:
    """Give eight bytes that stand for (msgctxt, msgid)."""
    context, msgid = key
    text = msgid if context is None else f"{context}\x04{msgid}"
    return hashlib.blake2b(text.encode(), digest_size=8).digest()


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


def is_metadata(context: str | None) -> bool:
    """Tell whether a msgctxt is that of a title, a description or other metadata."""
    return context is not None and context.startswith("meta:")


def _header_field(data: bytes, name: str) -> str:
    found = re.search(rb'^"' + name.encode() + rb": *([^\\\n]*)\\n", data[:8192], re.MULTILINE)
    return found[1].decode("utf-8", "replace").strip() if found else ""


@cache
def _glossary(path: Path) -> Glossary:
    from l10n.glossary import Glossary  # noqa: PLC0415 - loads lemmas, rarely needed

    return Glossary.load(path)


@cache
def _words(path: Path) -> frozenset[str]:
    return frozenset(
        word
        for line in path.read_text(encoding="utf-8").splitlines()
        if (word := line.partition("#")[0].strip().lower())
    )


@cache
def _speller(locale: str) -> Speller | None:
    from l10n.checks.spelling import Speller  # noqa: PLC0415 - an optional extra

    return Speller.find(locale)
