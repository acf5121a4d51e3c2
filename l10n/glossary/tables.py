"""Terms out of tables: CSV as we write it, with semicolons as Excel does, with tabs as Excel and OmegaT do."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from l10n.errors import L10nError
from l10n.files import read_bytes, recoding
from l10n.interface import gettext as _
from l10n.text.delimited import declared_separator, decode_table, separator_of

COLUMNS = ("source_locale", "source_term", "target_locale", "target_term", "note", "forbidden")
SUFFIXES = frozenset({".csv", ".tsv", ".tab", ".txt", ".utf8"})
"""Names of files that hold tables; the last three are OmegaT's."""

_REQUIRED = COLUMNS[:4]
_OMEGAT_CELLS = (2, 3)
"""A line of OmegaT's: source, target, and mostly a comment."""

Row = TypeVar("Row")


def read_table(
    path: Path,
    make: Callable[[dict[str, str], int], Row],
    *,
    pair: tuple[str, str] | None = None,
) -> list[Row] | None:
    """Return what `make` gives for the cells of each row and its line; None when there is no such file.

    `pair` are the locales of a table without a line of names, as OmegaT writes it; without them the first line
    must name the columns. Raises L10nError for a file that is no table.
    """
    text = _text_of(path)
    if text is None:
        return None
    if "\0" in text:
        # The reader of Python 3.11 and later takes it, and every catalog refuses it then.
        raise L10nError(_("the glossary is no CSV: {reason}").format(reason="NUL"), path=path)
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    declared = declared_separator(text)
    if declared:
        next(lines)
    first = next(lines, "")
    separator = declared or separator_of(first)
    nameless = pair is not None and separator == "\t" and not _names_columns(first, separator)
    lines_of_text = io.StringIO(text, newline="")
    # OmegaT knows no quoting: a quotation mark at the begin of a term is one.
    reader = (
        csv.reader(lines_of_text, delimiter=separator, quoting=csv.QUOTE_NONE)
        if nameless
        else csv.reader(lines_of_text, strict=True, delimiter=separator)
    )
    try:
        if declared:
            next(reader)
        if nameless and pair is not None:
            return [
                make(_of_pair(row, pair, path, reader.line_num), reader.line_num)
                for row in reader
                if any(cell.strip() for cell in row) and not row[0].startswith("#")
            ]
        header = [name.strip() for name in next(reader, [])]
        _check_header(header, path)
        return [
            make(dict(zip(header, row, strict=False)), reader.line_num)
            for row in reader
            if any(cell.strip() for cell in row)
        ]
    except csv.Error as error:
        raise L10nError(
            _("the glossary is no CSV: {reason}").format(reason=error),
            path=path,
            line=reader.line_num,
        ) from error


def _text_of(path: Path) -> str | None:
    try:
        content = read_bytes(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise L10nError(
            _("the glossary cannot be read: {reason}").format(reason=error.strerror), path=path
        ) from error
    try:
        return decode_table(content)
    except UnicodeDecodeError as error:
        raise L10nError(
            _("the glossary is neither UTF-8 nor UTF-16 nor Windows-1252"),
            path=path,
            line=content.count(b"\n", 0, error.start) + 1,
            hint=recoding(path),
        ) from error


def _names_columns(first: str, separator: str) -> bool:
    return any(cell.strip(' "') in COLUMNS for cell in first.split(separator))


def _of_pair(
    row: Sequence[str], pair: tuple[str, str], path: Path, line: int
) -> dict[str, str]:
    """Return the cells of a row without names: source, target, comment."""
    if len(row) not in _OMEGAT_CELLS:
        message = _("a line of source, target and comment has {n} cells").format(n=len(row))
        raise L10nError(message, path=path, line=line, hint=_names_hint())
    cells = (pair[0], row[0], pair[1], row[1], *row[2:])
    return dict(zip(COLUMNS, cells, strict=False))


def _check_header(header: Sequence[str], path: Path) -> None:
    unknown = [name for name in header if name not in COLUMNS]
    absent = [name for name in _REQUIRED if name not in header]
    if unknown:
        message = _("the glossary has an unknown column “{name}”").format(name=unknown[0])
    elif absent:
        message = _("the glossary lacks the column {name}").format(name=absent[0])
    else:
        return
    raise L10nError(message, path=path, line=1, hint=_names_hint())


def _names_hint() -> str:
    return _("the first line is: {columns}").format(columns=",".join(COLUMNS))
