"""What others wrote, read by parsers that others wrote: whatever these raise is one ValueError that says why."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from l10n.errors import L10nError
from l10n.interface import gettext as _

_DEEPEST_KEY = 64
"""Names between dots; `tomllib` takes squares of their number: half an hour for 50,000."""


class ForeignError(ValueError):
    """Text that a parser cannot read; says why in one line."""


@contextmanager
def foreign_data(*, passing: tuple[type[Exception], ...] = ()) -> Iterator[None]:
    """Raise ForeignError for whatever a parser raises in the block, which is one call of it.

    `passing` are errors of it that say where in the text they are.
    Parsers document one exception and raise others: RecursionError for depth, ValueError for numbers of more than
    4,300 digits, IndexError and AssertionError for what nobody tried, SyntaxError in the case of XML.
    """
    try:
        yield
    except RecursionError as error:
        raise ForeignError(_("it is nested too deeply")) from error
    except Exception as error:
        if isinstance(error, (L10nError, OSError, ForeignError, *passing)):
            raise
        lines = str(error).splitlines()
        raise ForeignError(lines[0] if lines else type(error).__name__) from error


def load_json(text: str | bytes) -> Any:
    """Return the value of a JSON text; ForeignError where there is none."""
    with foreign_data():
        return json.loads(text)


def stored_json(text: str) -> Any:
    """Return the value of a JSON text that the desk keeps; ValueError or RecursionError for what is none.

    For what is read through `understood`: a build does so some twenty thousand times.
    """
    # Without looking for white space around it, which takes as long as reading a short value.
    value, end = _READER.raw_decode(text)
    if end != len(text):
        raise ValueError(text[end : end + 20])
    return value


_READER = json.JSONDecoder()


def load_toml(text: str) -> dict[str, Any]:
    """Return the table of a TOML text; ForeignError where there is none, TOMLDecodeError its cause where it has a line."""
    if text.count(".") > _DEEPEST_KEY:
        _refuse_deep_keys(text)
    with foreign_data():
        return tomllib.loads(text)


Stored = TypeVar("Stored")
Value = TypeVar("Value")


def understood(read: Callable[[Stored], Value], stored: Stored) -> Value | None:
    """Return what is read from something the desk keeps; None where somebody else wrote it, or a disk lost some."""
    # As `foreign_data` has it, without a context manager: a build asks this of every file it knows, several times.
    try:
        return read(stored)
    except Exception as error:
        if isinstance(error, (L10nError, OSError)):
            raise
        return None


def fitting(values: Sequence[Any], kinds: Sequence[Any]) -> Sequence[Any]:
    """Return values that are of these kinds, as `isinstance` has them; ForeignError for others."""
    if len(values) != len(kinds) or not all(map(isinstance, values, kinds)):
        raise ForeignError
    return values


def texts(values: Sequence[Any]) -> tuple[str, ...]:
    """Return a list of texts; ForeignError for anything else."""
    return tuple(fitting(values, [str] * len(values)))


_TOML = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|\#[^\n]*'  # texts of many lines, comments
    r'|(?P<name>"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|[\w-]+|[ \t]+)|(?P<dot>\.)|.',
    re.DOTALL,
)
"""Parts of a TOML text, as far as keys can be told from texts with dots in them."""


def _refuse_deep_keys(text: str) -> None:
    depth = 0
    for match in _TOML.finditer(text):
        if match.lastgroup == "dot":
            depth += 1
        elif match.lastgroup != "name":
            depth = 0
        if depth > _DEEPEST_KEY:
            line = text.count("\n", 0, match.start()) + 1
            raise ForeignError(_("line {n}: a key of too many parts").format(n=line))
