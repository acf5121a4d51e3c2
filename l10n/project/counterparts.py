"""The `[links]` table: addresses that have a counterpart in other locales, checked and found again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

from l10n.interface import gettext as _

Counterparts = Mapping[str, Mapping[str, str]]
"""Where links lead instead, by address in the original and by locale."""

_EXAMPLE = 'es = "https://es.wikipedia.org/wiki/Gaceta"'
_ADDRESS = re.compile(
    r"(?:(?:https?|mailto|tel):|[^\s:/?#]*(?:[/?#]|$))[^\s<>\"\\\x00-\x1f\x7f]*", re.IGNORECASE
)
"""What may stand in a link of a published page: no white space, no quotation mark, and no scheme that runs code."""


def read_counterparts(
    table: Mapping[str, Any],
    locales: Sequence[str],
    wrong: Callable[[tuple[str, ...], str], NoReturn],
) -> Counterparts:
    """Return the table; `wrong` refuses what stands at a path of keys, with what is expected there."""
    for address, row in table.items():
        if not isinstance(row, dict) or not row:
            wrong(("links", address), f"{{ {_EXAMPLE} }}")
        for locale, counterpart in row.items():
            path = ("links", address, locale)
            if locale not in locales:
                wrong(
                    path,
                    _("a locale of this project: {names}").format(names=", ".join(locales)),
                )
            if not isinstance(counterpart, str) or not is_address(counterpart):
                wrong(path, _EXAMPLE)
    return {address: dict(row) for address, row in table.items()}


def is_address(text: str) -> bool:
    """Whether a text may stand in a link of a published page."""
    return bool(text) and _ADDRESS.fullmatch(text) is not None


def counterpart_of(address: str, counterparts: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the address of the table that a link goes by, and where it leads instead; None where it has none.

    An address stands for the places on its page too: the counterpart of a page is that of its sections,
    whose names are other ones there.
    """
    for key in dict.fromkeys((address, address.partition("#")[0])):
        if key in counterparts:
            return key, counterparts[key]
    return None
