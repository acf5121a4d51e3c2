"""What is remembered between checks, in the ledger: outcomes of catalogs by path and content, the units of articles."""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import astuple, fields, replace
from functools import cache as remembered
from pathlib import Path
from typing import TYPE_CHECKING, Any

from l10n.articles import reading_of
from l10n.checks.outcome import KEY, ArticleFacts, Comparison, Damage, Outcome
from l10n.foreign import ForeignError, fitting, stored_json, understood
from l10n.ledger import Ledger
from l10n.model import Counts, Finding, Fix, Key, Severity
from l10n.project.judging import Criteria

if TYPE_CHECKING:
    from l10n.project import ArticleRef

_LENGTH = struct.Struct("<I")


class Cache:
    """Outcomes of catalogs, and units of articles, as far as they are what they were."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._digest = remembered(self._criteria_digest)

    def recall(self, path: Path, criteria: Criteria) -> Outcome | None:
        """Return what is known of a catalog as it is now; None when nothing is."""
        if criteria.counts_only:
            return self._recall_counts(path, criteria)
        known = self.ledger.recall(
            "check", self._name(path, criteria), self._inputs(path, criteria)
        )
        if not isinstance(known, bytes):
            return None
        return understood(_outcome, known)

    def keep(self, path: Path, criteria: Criteria, inputs: bytes, outcome: Outcome) -> None:
        """Remember what was found in a catalog; `inputs` is what it was before anybody looked."""
        if inputs != self.inputs(path, criteria):
            # Somebody wrote it meanwhile: nobody knows which of the two was looked at.
            return
        counts = [astuple(outcome.counts), outcome.language, outcome.damage]
        self.ledger.keep(
            "counts",
            self.ledger.name(path),
            self._counted(path, criteria),
            json.dumps(counts, ensure_ascii=False),
        )
        if criteria.counts_only:
            return
        text = json.dumps(
            [
                *counts,
                [_pack(finding) for finding in outcome.findings],
                outcome.unfinished,
            ],
            ensure_ascii=False,
        ).encode("utf-8", "surrogatepass")
        value = _LENGTH.pack(len(text)) + text + outcome.keys
        self.ledger.keep("check", self._name(path, criteria), inputs, value)

    def inputs(self, path: Path, criteria: Criteria) -> bytes:
        """Return what differs when the outcome of a catalog may."""
        return (
            self._counted(path, criteria)
            if criteria.counts_only
            else self._inputs(path, criteria)
        )

    def recall_units(self, ref: ArticleRef) -> ArticleFacts | None:
        """Return the units of an article as it is now; None when they are not known."""
        known = self.ledger.recall(
            "units", self.ledger.name(ref.path), self.inputs_of_units(ref)
        )
        return understood(_facts, known) if isinstance(known, str) else None

    def keep_units(self, ref: ArticleRef, inputs: bytes, facts: ArticleFacts) -> None:
        """Remember the units of an article; `inputs` is what it was before it was read."""
        if inputs == self.inputs_of_units(ref):
            text = json.dumps([[(key.hex(), line) for key, line in facts.units], facts.unread])
            self.ledger.keep("units", self.ledger.name(ref.path), inputs, text)

    def inputs_of_units(self, ref: ArticleRef) -> bytes:
        """Return what differs when the units of an article may."""
        reading = reading_of(ref.path, ref.locale, ref.options)
        return self.ledger.fingerprint(self.ledger.digest(ref.path), reading)

    def inputs_of_comparison(self, path: Path, ref: ArticleRef) -> bytes:
        """Return what differs when what an article and its catalog differ in may."""
        reading = reading_of(ref.path, ref.locale, ref.options)
        digests = self.ledger.digest(ref.path), self.ledger.digest(path)
        return self.ledger.fingerprint(reading, *digests)

    def recall_comparison(self, path: Path, inputs: bytes) -> Comparison | None:
        """Return what an article and its catalog differ in; None when that is not known."""
        known = self.ledger.recall("comparison", self.ledger.name(path), inputs)
        return understood(_comparison, known) if isinstance(known, str) else None

    def keep_comparison(self, path: Path, inputs: bytes, comparison: Comparison) -> None:
        """Remember what an article and its catalog differ in."""
        self.ledger.keep("comparison", self.ledger.name(path), inputs, json.dumps(comparison))

    def recall_keys(self) -> dict[bytes, Key]:
        """Return keys by their digests, as far as they were asked for before."""
        known = self.ledger.last("keys", "")
        return (understood(_keys, known) if isinstance(known, str) else None) or {}

    def keep_keys(self, keys: Mapping[bytes, Key]) -> None:
        """Remember keys by their digests, instead of those remembered before."""
        text = json.dumps(
            [(digest.hex(), *key) for digest, key in keys.items()], ensure_ascii=False
        )
        self.ledger.keep("keys", "", b"", text)

    def _recall_counts(self, path: Path, criteria: Criteria) -> Outcome | None:
        known = self.ledger.recall(
            "counts", self.ledger.name(path), self._counted(path, criteria)
        )
        return understood(_counts, known) if isinstance(known, str) else None

    def _name(self, path: Path, criteria: Criteria) -> str:
        # A check of few rules makes nobody forget what the whole one found.
        return (
            f"{self.ledger.name(path)}\0{' '.join(sorted(criteria.only))}\0{criteria.drafts:d}"
        )

    def _counted(self, path: Path, criteria: Criteria) -> bytes:
        return self.ledger.fingerprint(self.ledger.digest(path), str(criteria.reviewers))

    def _inputs(self, path: Path, criteria: Criteria) -> bytes:
        return self.ledger.fingerprint(self.ledger.digest(path), self._digest(criteria))

    def _criteria_digest(self, criteria: Criteria) -> bytes:
        """Return what changes whenever findings may: every criterion, and the contents of glossary and word list."""
        parts = [
            self._digest_of(value) if isinstance(value, Path) else _ordered(value)
            for value in (getattr(criteria, field.name) for field in fields(criteria))
        ]
        return hashlib.blake2b("\0".join(parts).encode(), digest_size=12).digest()

    def _digest_of(self, path: Path) -> str:
        return f"{self.ledger.name(path)} {self.ledger.digest(path).hex()}"


def _ordered(value: object) -> str:
    # What is in a set comes in another order in each process.
    return repr(sorted(value)) if isinstance(value, frozenset) else repr(value)


def _pack(finding: Finding) -> list[Any]:
    return [
        finding.rule,
        finding.severity.value,
        finding.message,
        finding.line,
        finding.msgctxt,
        finding.msgid,
        finding.msgstr,
        finding.span,
        [finding.fix.msgstr, finding.fix.is_safe] if finding.fix else None,
    ]


_TEXT = (str, type(None))
_NUMBER = (int, type(None))
_FINDING = (str, str, str, _NUMBER, _TEXT, _TEXT, _TEXT, (list, type(None)), (list, type(None)))


def _numbers(values: Sequence[Any]) -> tuple[int, ...]:
    return tuple(fitting(values, [int] * len(values)))


def _facts(known: str) -> ArticleFacts:
    units, unread = stored_json(known)
    rows = [fitting(unit, (str, int)) for unit in units]
    return ArticleFacts(
        tuple((bytes.fromhex(key), line) for key, line in rows), _numbers(unread)
    )


def _comparison(known: str) -> Comparison:
    return Comparison(*map(_numbers, stored_json(known)))


def _keys(known: str) -> dict[bytes, Key]:
    rows = [fitting(row, (str, _TEXT, str)) for row in stored_json(known)]
    return {bytes.fromhex(digest): (context, msgid) for digest, context, msgid in rows}


def _counts(known: str) -> Outcome:
    return _counted(stored_json(known))


def _counted(row: Sequence[Any]) -> Outcome:
    counts, header, damage = fitting(row, (list, str, (list, type(None))))
    return Outcome(
        Counts(*_numbers(counts)),
        language=header,
        damage=Damage(*fitting(damage, (str, _NUMBER, str))) if damage else None,
    )


def _outcome(known: bytes) -> Outcome:
    (length,) = _LENGTH.unpack_from(known)
    end = _LENGTH.size + length
    keys = known[end:]
    if len(keys) % KEY.size:
        raise ForeignError
    *counts, findings, unfinished = stored_json(
        known[_LENGTH.size : end].decode("utf-8", "surrogatepass")
    )
    rows = [fitting(row, (int, _TEXT, str)) for row in unfinished]
    return replace(
        _counted(counts),
        findings=tuple(_unpack(row) for row in findings),
        keys=keys,
        unfinished=tuple((line, context, state) for line, context, state in rows),
    )


def _unpack(row: Sequence[Any]) -> Finding:
    rule, severity, message, line, msgctxt, msgid, msgstr, span, fix = fitting(row, _FINDING)
    start, end = fitting(span, (int, int)) if span else (0, 0)
    fix = Fix(*fitting(fix, (str, bool))) if fix else None
    return Finding(
        rule=rule,
        severity=Severity(severity),
        message=message,
        line=line,
        msgctxt=msgctxt,
        msgid=msgid,
        msgstr=msgstr,
        span=(start, end) if span else None,
        fix=fix,
    )
