"""What is remembered between checks, under `.l10n/`: outcomes by path and content. It can be deleted."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import astuple
from functools import cache as remembered
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from l10n import __version__
from l10n.articles.options import Options
from l10n.checks.outcome import ArticleFacts, Damage, Outcome, stamp_of
from l10n.databases import connect, is_damaged
from l10n.errors import L10nError
from l10n.files import make_folder, read_bytes, write_atomically
from l10n.interface import language
from l10n.model import Counts, Finding, Fix, Key, Severity
from l10n.plugins import FORMATS, RULES, plugin_versions
from l10n.project.judging import Criteria

if TYPE_CHECKING:
    from l10n.project import ArticleRef

_FILE = "checks.sqlite"
_KEYS = "keys"
"""The row that holds keys of entries instead of the outcome of a file."""
_SCHEMA = """
create table if not exists outcome (
  path text, settings blob, size int, mtime int, seen int, digest blob, outcome text, keys blob,
  primary key (path, settings)
) without rowid
"""
_SETTLED = 2_000_000_000
"""A file changed less than these nanoseconds before it was read may change again within one tick of the
file system's clock, so its size and time prove nothing (the race that git calls racily clean)."""


class _Row(NamedTuple):
    """What is kept of a file; the columns of the table, in their order."""

    path: str
    criteria: bytes
    """Digest of how the file was judged."""
    size: int
    mtime: int
    read_at: int
    """When the file was read, in nanoseconds as its mtime."""
    digest: bytes
    outcome: str
    keys: bytes


class Cache:
    """Outcomes by (path, settings): believed when size and time of the file fit, else when its content does."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rows: dict[tuple[str, bytes], _Row] = {}
        self._new: list[_Row] = []
        self._digest = remembered(criteria_digest)
        for row in map(_Row._make, connection.execute("select * from outcome")):
            self._rows[row.path, row.criteria] = row

    @classmethod
    def open(cls, folder: Path) -> Self | None:
        """Open the cache of a folder of derived state; None when nothing can be kept there."""
        try:
            make_folder(folder)
            if not (folder / ".gitignore").exists():
                # Nobody has to think of it, and a hook that writes here changes nothing of the repository.
                with suppress(L10nError):
                    write_atomically(folder / ".gitignore", b"*\n")
            return cls._connect(folder / _FILE)
        except sqlite3.DatabaseError as error:
            # One that another run is writing is whole, and not to be deleted.
            if not is_damaged(error):
                return None
            try:
                (folder / _FILE).unlink(missing_ok=True)
                return cls._connect(folder / _FILE)
            except (OSError, sqlite3.DatabaseError):
                return None
        except OSError:
            return None

    @classmethod
    def _connect(cls, path: Path) -> Self:
        connection = connect(path, timeout=2, autocommit=True)
        try:
            connection.execute("pragma synchronous=off")
            connection.execute(_SCHEMA)
            return cls(connection)
        except sqlite3.DatabaseError:
            connection.close()
            raise

    def recall(self, path: Path, criteria: Criteria) -> Outcome | None:
        """Return what is known of a catalog as it is now; None when nothing is."""
        row = self._row(path, self._digest(criteria))
        return None if row is None else _outcome(row.outcome, row.keys)

    def keep(self, path: Path, criteria: Criteria, outcome: Outcome) -> None:
        """Remember what was found in a catalog."""
        text = json.dumps(
            [
                astuple(outcome.counts),
                [_pack(finding) for finding in outcome.findings],
                outcome.language,
                outcome.unfinished,
                outcome.damage,
            ],
            ensure_ascii=False,
        )
        self._keep(path, self._digest(criteria), text, outcome.keys)

    def recall_units(self, ref: ArticleRef) -> ArticleFacts | None:
        """Return the units of an article as it is now; None when they are not known."""
        row = self._row(ref.path, _units_digest(ref.locale, ref.options))
        if row is None:
            return None
        units, unread = json.loads(row.outcome)
        return ArticleFacts(
            tuple((bytes.fromhex(key), line) for key, line in units), tuple(unread)
        )

    def keep_units(self, ref: ArticleRef, facts: ArticleFacts) -> None:
        """Remember the units of an article."""
        text = json.dumps([[(key.hex(), line) for key, line in facts.units], facts.unread])
        self._keep(ref.path, _units_digest(ref.locale, ref.options), text, b"")

    def recall_keys(self) -> dict[bytes, Key]:
        """Return keys by their digests, as far as they were asked for before."""
        row = self._rows.get((_KEYS, b""))
        if row is None:
            return {}
        return {
            bytes.fromhex(digest): (context, msgid)
            for digest, context, msgid in json.loads(row.outcome)
        }

    def keep_keys(self, keys: Mapping[bytes, Key]) -> None:
        """Remember keys by their digests, instead of those remembered before."""
        text = json.dumps(
            [(digest.hex(), *key) for digest, key in keys.items()], ensure_ascii=False
        )
        self._new.append(_Row(_KEYS, b"", 0, 0, 0, b"", text, b""))

    def close(self) -> None:
        """Write what is new; a cache that another process holds is left as it is."""
        with closing(self._connection):
            if not self._new:
                return
            try:
                self._connection.execute("begin immediate")
                self._connection.executemany(
                    "insert or replace into outcome values (?, ?, ?, ?, ?, ?, ?, ?)", self._new
                )
                self._connection.execute("commit")
            except sqlite3.OperationalError:
                return

    def _row(self, path: Path, criteria: bytes) -> _Row | None:
        """Return what is kept of a file that has not changed."""
        row = self._rows.get((str(path), criteria))
        if row is None:
            return None
        try:
            stat = path.stat()
            unchanged = (stat.st_size, stat.st_mtime_ns) == (row.size, row.mtime)
            if unchanged and row.read_at - row.mtime > _SETTLED:
                return row
            # A fresh clone gives every file a new time: its content tells that nothing changed.
            if stat.st_size != row.size or _digest(read_bytes(path)) != row.digest:
                return None
        except OSError:
            return None
        self._new.append(row._replace(mtime=stat.st_mtime_ns, read_at=time.time_ns()))
        return row

    def _keep(self, path: Path, criteria: bytes, outcome: str, keys: bytes) -> None:
        """Remember a file, unless this is known of it already."""
        row = self._rows.get((str(path), criteria))
        if row and (row.outcome, row.keys) == (outcome, keys) and self._row(path, criteria):
            return
        try:
            stat, digest = path.stat(), _digest(read_bytes(path))
        except OSError:
            return
        read_at = time.time_ns()
        self._new.append(
            _Row(
                str(path),
                criteria,
                stat.st_size,
                stat.st_mtime_ns,
                read_at,
                digest,
                outcome,
                keys,
            )
        )


def criteria_digest(criteria: Criteria) -> bytes:
    """Return what changes whenever findings may: criteria, glossary, word list, language, and the rules themselves."""
    parts = [
        repr((criteria.target_locale, criteria.source_locale, criteria.severities)),
        repr((sorted(criteria.only), criteria.drafts, criteria.is_article)),
        repr((criteria.counts_only, criteria.usual_lengths)),
        *(stamp_of(path) for path in (criteria.glossary, criteria.words) if path),
        language(),
        _version(),
    ]
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=12).digest()


@remembered
def _units_digest(locale: str, options: Options) -> bytes:
    parts = f"units\0{locale}\0{options}\0{_version()}"
    return hashlib.blake2b(parts.encode(), digest_size=12).digest()


@remembered
def _version() -> str:
    """Return what changes with the tool: its version, the content of every file of it, and its plug-ins."""
    # By content, not by time: every file of a wheel carries the same date, and installers that keep
    # it would make two releases look equal. About 2.5 ms for 250 files.
    tool = f"{__version__}\n{plugin_versions(FORMATS, RULES)}"
    digest = hashlib.blake2b(tool.encode(), digest_size=12)
    for name, content in _contents(str(Path(__file__).parent.parent), ""):
        digest.update(f"\0{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


_ABOVE = frozenset({"cli", "desk", "export", "review"})
"""Rooms that the checks never import, as the import contracts say: no finding depends on them."""


def _contents(folder: str, prefix: str) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file of a folder and its folders, compiled code aside."""
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        if entry.name == "__pycache__" or (not prefix and entry.name in _ABOVE):
            continue
        if entry.is_dir():
            yield from _contents(entry.path, f"{prefix}{entry.name}/")
        else:
            # Path.read_bytes() takes twice as long, for each of 250 files.
            with open(entry.path, "rb", buffering=0) as stream:  # noqa: PTH123
                yield prefix + entry.name, stream.read()


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()


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
        finding.fix.msgstr if finding.fix else None,
    ]


def _outcome(text: str, keys: bytes) -> Outcome:
    counts, findings, header, unfinished, damage = json.loads(text)
    return Outcome(
        counts=Counts(*counts),
        findings=tuple(_unpack(row) for row in findings),
        language=header,
        keys=keys,
        unfinished=tuple((line, context, state) for line, context, state in unfinished),
        damage=Damage(*damage) if damage else None,
    )


def _unpack(row: Sequence[Any]) -> Finding:
    rule, severity, message, line, msgctxt, msgid, msgstr, span, fix = row
    return Finding(
        rule=rule,
        severity=Severity(severity),
        message=message,
        line=line,
        msgctxt=msgctxt,
        msgid=msgid,
        msgstr=msgstr,
        span=(span[0], span[1]) if span else None,
        fix=Fix(fix) if fix is not None else None,
    )
