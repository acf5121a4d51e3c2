"""What a person decided about entries, and what stood in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from l10n.model import Finding, Key, Origin
from l10n.review.content import Content

if TYPE_CHECKING:
    from l10n.catalog import Snapshot


@dataclass(frozen=True, slots=True)
class Change:
    """One entry before and after a decision."""

    row: int
    key: Key
    before: Content
    after: Content
    snapshots: tuple[Snapshot, Snapshot]
    """The same in full, good for the entry they were taken of."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person did, in one step that can be undone."""

    label: str
    """Untranslated message: `Approved`, `Draft`, ….."""
    changes: tuple[Change, ...]
    row: int
    """Where the person stood."""
    generation: int = 0
    """Which version of the file it was about; the snapshots are worth nothing in another."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text somebody or something proposes, and where it comes from."""

    text: str
    origin: Origin | None
    """None for a text that is no draft of anybody's."""
    fields: Mapping[str, str]
    """Of the stamp: `mt`, `band`, `tm`, `aligned`."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an entry was not approved."""

    row: int
    findings: tuple[Finding, ...] = ()
    """Errors in it; empty when a translation is missing."""
    form: int = 0
    """Plural form it is about."""
    unseen: bool = False
    """True where nothing but this stands in the way: the person has not looked at that form."""


@dataclass
class Bulk:
    """How far a decision over many entries is."""

    total: int
    done: int = 0
    refused: list[int] = field(default_factory=list)
    """Rows left as they were: nothing to approve, or errors."""
