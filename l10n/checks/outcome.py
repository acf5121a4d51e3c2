"""What checking one catalog file gives; light, so that a warm check loads little else."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from l10n.files import read_bytes
from l10n.model import Counts, Finding, Key

KEY = struct.Struct("<8s8sI")
"""A row of `Outcome.keys`: digest of the key, digest of the accepted translation or zeros, line."""
NO_TEXT = bytes(8)
UnitRow = tuple[bytes, int]
"""Digest of a unit's key, line of its first block."""
_NONE = Counts()


class ArticleFacts(NamedTuple):
    """What checks ask of an article."""

    units: tuple[UnitRow, ...]
    unread: tuple[int, ...] = ()
    """Lines of the texts that readers see and nobody was offered."""


class Comparison(NamedTuple):
    """What an article and its catalog differ in."""

    unread: tuple[int, ...]
    """Lines of the article's texts that nobody was offered."""
    new: tuple[int, ...]
    """Lines of its texts that are not in the catalog."""
    orphaned: tuple[int, ...]
    """Lines of the catalog's entries that are not in the article any more."""


class Damage(NamedTuple):
    """Why a catalog cannot be read."""

    message: str
    line: int | None = None
    hint: str = ""


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
    damage: Damage | None = None
    """When the file cannot be read."""


def key_digest(key: Key) -> bytes:
    """Return eight bytes that stand for (msgctxt, msgid)."""
    context, msgid = key
    text = msgid if context is None else f"{context}\x04{msgid}"
    return hashlib.blake2b(text.encode(), digest_size=8).digest()


def is_metadata(context: str | None) -> bool:
    """Whether a msgctxt is that of a title, a description or other metadata."""
    return context is not None and context.startswith("meta:")


def stamp_of(path: Path) -> str:
    """Return what changes when a small file does: its place and its content."""
    return f"{path} {hashlib.blake2b(read_bytes(path), digest_size=12).hexdigest()}"
