"""Catalogs as tables for spreadsheets, CSV or with tabs, and the tables that come back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Protocol

from l10n.catalog import Catalog
from l10n.errors import L10nError
from l10n.exchange.inline import split
from l10n.exchange.messages import (
    Answer,
    AnsweredFile,
    Message,
    form_of,
    messages_of,
    read_basis,
)
from l10n.files import read_bytes
from l10n.interface import gettext as _
from l10n.model import State
from l10n.text.delimited import declared_separator, decode_table, defuse, restore, separator_of

COLUMNS = (
    "id",
    "context",
    "kind",
    "source",
    "target",
    "state",
    "notes",
    "article",
    "source_locale",
    "target_locale",
    "basis",
)
_REQUIRED = ("source", "target")


class _Reader(Protocol):
    """What `csv.reader` returns, which has no public name."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


def write(catalogs: Iterable[Catalog], *, separator: str = ",") -> str:
    """Return a table with a row for each text; what a spreadsheet would compute is text."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for catalog in catalogs:
        for message in messages_of(catalog):
            cells = _cells(message, catalog)
            writer.writerow([defuse(cells[name]) for name in COLUMNS])
    return out.getvalue()


def read(path: Path, content: bytes | None = None) -> tuple[AnsweredFile, ...]:
    """Read a table of any separator, in UTF-8, UTF-16 or Windows-1252; L10nError, with the line, for what is none."""
    text = _text_of(path, content)
    declared = declared_separator(text)
    separator = declared or separator_of(text.partition("\n")[0])
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
    try:
        if declared:
            next(reader)
        names = [name.strip().lower() for name in next(reader, [])]
        missing = [name for name in _REQUIRED if name not in names]
        if missing:
            raise L10nError(
                _("the table lacks the column {name}").format(name=missing[0]),
                path=path,
                line=1,
                hint=_("the first line is: {columns}").format(columns=",".join(COLUMNS)),
            )
        rows = list(_rows(reader, names))
    except csv.Error as error:
        message = _("the file is no table: {reason}").format(reason=error)
        raise L10nError(message, path=path, line=reader.line_num) from error
    return tuple(
        AnsweredFile(*place, 1, tuple(_answer(line, row, path) for line, row in group))
        for place, group in groupby(rows, key=lambda row: _place(row[1]))
    )


def _place(row: Mapping[str, str]) -> tuple[str, str, str]:
    """Return which catalog a row is of, as far as it says."""
    return row.get("article", ""), row.get("source_locale", ""), row.get("target_locale", "")


def _cells(message: Message, catalog: Catalog) -> dict[str, str]:
    entry = message.entry
    return {
        "id": message.identifier,
        "context": entry.msgctxt or "",
        "kind": message.kind,
        "source": message.source,
        "target": message.target,
        "state": entry.state if message.target else State.UNTRANSLATED,
        "notes": "\n".join(entry.notes),
        "article": catalog.article or "",
        "source_locale": catalog.source_locale or "",
        "target_locale": catalog.target_locale,
        "basis": message.basis,
    }


def _text_of(path: Path, content: bytes | None) -> str:
    try:
        text = decode_table(read_bytes(path) if content is None else content)
    except OSError as error:
        reason = _("cannot be read: {reason}").format(reason=error.strerror)
        raise L10nError(reason, path=path) from error
    except UnicodeDecodeError as error:
        message = _("the table is neither UTF-8 nor UTF-16 nor Windows-1252")
        raise L10nError(message, path=path) from error
    if "\0" in text:
        raise L10nError(_("not a text file: it holds a NUL byte"), path=path)
    return text


def _rows(reader: _Reader, names: list[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the cells of each row that has any by their column, and the line on which it begins."""
    for row in reader:
        start = reader.line_num - sum(cell.count("\n") for cell in row)
        if any(cell.strip() for cell in row):
            # Spreadsheets end the lines within a cell as their system ends lines.
            cells = (restore(cell).replace("\r\n", "\n") for cell in row)
            yield start, dict(zip(names, cells, strict=False))


def _answer(line: int, row: Mapping[str, str], path: Path) -> Answer:
    # A table of somebody else's has no kinds, and its texts are those of an article.
    verbatim = not row.get("kind", "other")
    return Answer(
        identifier=row.get("id", ""),
        line=line,
        source=split(row.get("source", ""), verbatim=verbatim),
        target=split(row.get("target", ""), verbatim=verbatim),
        state=_state(row, line, path),
        form=form_of(row.get("id", "")),
        context=row["context"] or None if "context" in row else None,
        notes=tuple(line for line in row.get("notes", "").split("\n") if line.strip()),
        basis=read_basis(row.get("basis", "")),
    )


def _state(row: Mapping[str, str], line: int, path: Path) -> State | None:
    """Return what a row is said to be; who fills an empty cell seldom fills the one for the state too."""
    name = row.get("state", "").strip().lower()
    if not name or name == State.UNTRANSLATED:
        return None if row.get("target") else State.UNTRANSLATED
    if name not in set(State):
        message = _("“{name}” is no state").format(name=name)
        raise L10nError(
            message,
            path=path,
            line=line,
            hint=_("write {states}, or leave it empty").format(states=", ".join(State)),
        )
    return State(name)
