"""Repeats of a source in the other catalogs of a project: filled when it is approved, emptied again with that."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from l10n.catalog import Catalog, Entry, change_catalog
from l10n.errors import L10nError
from l10n.files import read_bytes
from l10n.model import Key, Origin, Severity, State
from l10n.project import Project
from l10n.project.judging import criteria_of
from l10n.review.content import Content, content_of, put_content
from l10n.review.decisions import MADE_BY_PROGRAMS, Decision
from l10n.review.index import OPEN_STATES
from l10n.review.judge import Judge
from l10n.text.markup import OMIT

_WORD = re.compile(r"\w+")
_TELLING = 3
"""Words of a source, the longest, that a catalog is searched for before it is read."""


_ACCEPTED = frozenset({State.TRANSLATED.value, State.REVIEWED.value})

Texts = Mapping[str, tuple[str, ...]]
"""What was approved, by its source."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A repeat that was filled in another catalog."""

    path: Path
    key: Key
    before: Content
    after: Content


class Elsewhere:
    """Reads and writes the other catalogs of a locale; each is changed on top of what others have written."""

    def __init__(self, project: Project, catalog: Path, target: str, reviewer: str) -> None:
        self._project = project
        self._own = catalog.resolve()
        self._target = target
        self._reviewer = reviewer
        self._filled: dict[int, tuple[Decision, tuple[Filled, ...]]] = {}

    def follow(self, decision: Decision) -> Sequence[Filled]:
        """Fill the open repeats of what a decision approved that nobody has written for their place; returns them.

        They become drafts, or are approved too where the project says so and the checks find no error.
        """
        texts = {
            change.key[1]: tuple(change.after["msgstrs"])
            for change in decision.changes
            if change.after["state"] in _ACCEPTED and OMIT not in change.after["msgstrs"]
        }
        filled = self._fill_all(texts) if texts else ()
        if filled:  # kept with the decision, so that no other ever has its number
            self._filled[id(decision)] = (decision, filled)
        return filled

    def withdraw(self, decision: Decision) -> int:
        """Give the repeats of a decision what they held before, where nobody has touched them since; returns how many."""
        _decision, filled = self._filled.pop(id(decision), (decision, ()))
        by_path: dict[Path, list[Filled]] = {}
        for repeat in filled:
            by_path.setdefault(repeat.path, []).append(repeat)
        number = 0
        for path, group in by_path.items():
            with suppress(L10nError, OSError):
                number += _take_back(path, group)
        return number

    def _fill_all(self, texts: Texts) -> tuple[Filled, ...]:
        """Fill repeats in every catalog but those that cannot be read or written: their own review tells why."""
        words = {msgid: _telling(msgid) for msgid in texts}
        filled: list[Filled] = []
        for path in self._project.catalogs(self._target):
            if path.resolve() == self._own:
                continue
            with suppress(L10nError, OSError):
                data = read_bytes(path)
                if any(all(word in data for word in telling) for telling in words.values()):
                    filled += self._fill(path, texts)
        return tuple(filled)

    def _fill(self, path: Path, texts: Texts) -> Sequence[Filled]:
        if not any(_fits(entry, texts) for entry in Catalog.load(path).entries):
            return ()  # a catalog that has no such unit is not written
        criteria = criteria_of(self._project, path)

        def change(catalog: Catalog) -> Sequence[Filled]:
            if criteria.reviewers is not None:
                catalog.reviewers = criteria.reviewers
            judge = Judge(criteria, catalog)
            return [
                self._fill_entry(path, entry, texts[entry.msgid], judge)
                for entry in catalog.entries
                if _fits(entry, texts)
            ]

        return change_catalog(lambda: Catalog.load(path), change)

    def _fill_entry(
        self, path: Path, entry: Entry, msgstrs: tuple[str, ...], judge: Judge
    ) -> Filled:
        before = content_of(entry)
        entry.fill(msgstrs, origin=Origin.TM, tm="100")
        if self._project.repeats == "approve" and not _has_errors(entry, judge):
            entry.approve(by=self._reviewer)
        return Filled(path, entry.key, before, content_of(entry))


def _telling(msgid: str) -> tuple[bytes, ...]:
    """Return the longest words of a source: a PO file breaks its lines between words, never within one."""
    words = sorted(_WORD.findall(msgid), key=len, reverse=True)
    return tuple(word.encode() for word in words[:_TELLING])


def _fits(entry: Entry, texts: Texts) -> bool:
    """Whether an entry is an open repeat that may be filled."""
    msgstrs = texts.get(entry.msgid, ())
    return (
        len(msgstrs) == len(entry.msgstrs)
        and msgstrs != entry.msgstrs
        and entry.state in OPEN_STATES
        and (not any(entry.msgstrs) or entry.origin in MADE_BY_PROGRAMS)
    )


def _has_errors(entry: Entry, judge: Judge) -> bool:
    return any(
        finding.severity is Severity.ERROR
        for form, text in enumerate(entry.msgstrs)
        for finding in judge.findings(entry, form, text)
    )


def _take_back(path: Path, repeats: Sequence[Filled]) -> int:
    def change(catalog: Catalog) -> int:
        number = 0
        for repeat in repeats:
            msgctxt, msgid = repeat.key
            entry = catalog.find(msgid, msgctxt)
            if entry is not None and content_of(entry) == repeat.after:
                put_content(entry, repeat.before)
                number += 1
        return number

    return change_catalog(lambda: Catalog.load(path), change)
