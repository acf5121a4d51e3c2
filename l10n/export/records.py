"""What is known of a page from the run that wrote it: whether it has to be made again.

A page is as it should be when what it is made from is the same, what it asked of the site has the same answers, and the
file still holds what was written.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from l10n.export.making import Refusal
from l10n.export.planning import Plan
from l10n.export.report import ExportReport
from l10n.export.site import Question, Site
from l10n.files import read_bytes
from l10n.foreign import ForeignError, fitting, foreign_data, stored_json, texts, understood
from l10n.ledger import Ledger
from l10n.project.pages import DIGITS

_ON_DISK = frozenset({"file", "style"})
"""Kinds of questions whose answers no digest of the site covers."""


@dataclass(frozen=True, slots=True)
class PageRecord:
    """What a finished page brings into the report and onto the site."""

    assets: Mapping[str, Path] = field(default_factory=dict)
    """Files to copy, by path below the output folder."""
    counterparts: frozenset[str] = frozenset()
    """Addresses of the project's table of links that the page has."""
    refusals: tuple[Refusal, ...] = ()
    """Translations that the page should show and does not."""


class _Row(NamedTuple):
    """A record as the ledger keeps it."""

    written: str
    """Digest of the page."""
    site: str
    """Digest of the site that it was made for."""
    answers: Sequence[tuple[str, str, str]]
    files: Sequence[tuple[str, str, str]]
    assets: Mapping[str, str]
    counterparts: Sequence[str]
    refusals: Sequence[Sequence[Any]]

    @classmethod
    def read(cls, text: str, site: str) -> _Row:
        """Read a row; ForeignError, or whatever else, for text that is none.

        Answers of the site are looked at only where it is not the one that they were given by.
        """
        row = cls(*fitting(stored_json(text), (str, str, list, list, dict, list, list)))
        for answer in row.files if row.site == site else (*row.answers, *row.files):
            fitting(answer, (str, str, str))
        return row

    def record(self, root: str) -> PageRecord:
        """Return what the page brings; ForeignError where a file to copy is none of the project's."""
        names = texts([*self.assets, *self.assets.values()])
        if not all(map(_stays_below, names)):
            raise ForeignError
        kinds = (str, (int, type(None)), bool)
        return PageRecord(
            {path: Path(root, file) for path, file in self.assets.items()},
            frozenset(texts(self.counterparts)),
            tuple(Refusal(*fitting(row, kinds)) for row in self.refusals),
        )


def _stays_below(name: str) -> bool:
    """Whether a path leads to a place below where it begins."""
    return not name.startswith("/") and ".." not in name.split("/") and "\0" not in name


class PageRecords:
    """The records of the pages of one export."""

    def __init__(
        self,
        ledger: Ledger,
        site: Site,
        root: Path,
        settings: Sequence[str],
        templates: Path | None,
    ) -> None:
        self.ledger = ledger
        self.site = site
        self.root = f"{root}/"
        self.makings = ledger.fingerprint(site.settings, *settings, *self._templates(templates))
        """What is the same for all pages and decides how they are made."""

    def recall(self, plan: Plan, place: Path) -> PageRecord | None:
        """Return the record of a page that is as it should be; None for one that has to be made."""
        known = self.ledger.recall("page", self.ledger.name(place), self._inputs(plan))
        if not isinstance(known, str):
            return None
        read = understood(self._read, known)
        if read is None:
            return None
        row, record = read
        if self.ledger.digest(place).hex() != row.written:
            return None
        if not self._are_same(row.files) or not (
            row.site == self.site.digest or self._are_same(row.answers)
        ):
            return None
        if row.site != self.site.digest:
            # The next run need not ask again.
            self._keep(plan, place, list(row._replace(site=self.site.digest)))
        return record

    def digest(self, place: Path) -> str:
        """Return the digest of a page that is as it should be, as the list of our own pages has it."""
        return self.ledger.digest(place).hex()[:DIGITS]

    def _read(self, known: str) -> tuple[_Row, PageRecord]:
        row = _Row.read(known, self.site.digest)
        return row, row.record(self.root)

    def keep(
        self,
        plan: Plan,
        place: Path,
        content: bytes,
        record: PageRecord,
        asked: frozenset[Question],
    ) -> None:
        """Remember a page, and what it asked of the site."""
        questions = sorted(asked)
        answers = [[*question, self.site.answer(question)] for question in questions]
        self._keep(
            plan,
            place,
            [
                hashlib.sha256(content).hexdigest(),
                self.site.digest,
                [row for row in answers if row[0] not in _ON_DISK],
                [row for row in answers if row[0] in _ON_DISK],
                {path: self.ledger.name(file) for path, file in record.assets.items()},
                sorted(record.counterparts),
                record.refusals,
            ],
        )

    def copy(self, report: ExportReport, place: Path, file: Path) -> None:
        """Copy a file beside the pages unless it is there already; OSError where it cannot be read."""
        content = self.ledger.digest(file)
        if not content or content != self.ledger.digest(place):
            self.write(report, place, read_bytes(file))
        elif not report.dry:
            self._note_written(place, content)

    def write_of_site(
        self, report: ExportReport, place: Path, content: Callable[[], bytes | None]
    ) -> None:
        """Write a file that all pages decide about, which is made only where they, or what stands there, are others.

        `content` is asked for what it is to be; None leaves what stands there.
        """
        name = self.ledger.name(place)
        inputs = self.ledger.fingerprint(self.site.digest, self.makings)
        known = self.ledger.recall("whole", name, inputs)
        if known is not None and known == self.ledger.digest(place):
            return
        made = content()
        if made is not None:
            self.write(report, place, made)
            if not report.dry:
                self.ledger.keep("whole", name, inputs, hashlib.sha256(made).digest())

    def write(self, report: ExportReport, place: Path, content: bytes) -> None:
        """Write a file that is no page, unless this is a dry run."""
        report.note_file(place, content)
        if not report.dry:
            self._note_written(place, hashlib.sha256(content).digest())

    def _note_written(self, place: Path, digest: bytes) -> None:
        name = self.ledger.name(place)
        if self.ledger.recall("written", name, digest) is None:
            self.ledger.keep("written", name, digest, digest.hex())

    def _keep(self, plan: Plan, place: Path, row: list[object]) -> None:
        value = json.dumps(row, ensure_ascii=False)
        self.ledger.keep("page", self.ledger.name(place), self._inputs(plan), value)

    def _inputs(self, plan: Plan) -> bytes:
        return self.ledger.fingerprint(plan.inputs, self.makings, plan.page.row)

    def _are_same(self, answers: Sequence[tuple[str, str, str]]) -> bool:
        return all(
            self.site.answer(_question(kind, subject)) == answer
            for kind, subject, answer in answers
        )

    def _templates(self, folder: Path | None) -> list[str | bytes]:
        """Return the names and contents of a project's templates."""
        parts: list[str | bytes] = []
        for place, _folders, names in os.walk(folder) if folder is not None else ():
            for name in sorted(names):
                path = os.path.join(place, name)  # noqa: PTH118 - a string is what the ledger asks for
                parts += (self.ledger.name(path), self.ledger.digest(path))
        return parts


def _question(kind: str, subject: str) -> Question:
    return kind, subject


def written_digests(ledger: Ledger, name: str) -> tuple[str, ...]:
    """Return the digests of what was written to a file of the site, named by its path below the project's root."""
    page, file = ledger.last("page", name), ledger.last("written", name)
    digests = [file] if isinstance(file, str) else []
    if isinstance(page, str):
        with suppress(ForeignError), foreign_data():
            digests.append(_Row.read(page, "").written)
    return tuple(digests)


def forget_written(ledger: Ledger, name: str) -> None:
    """Forget what was written to a file of the site that is no more."""
    ledger.forget("page", name)
    ledger.forget("written", name)
