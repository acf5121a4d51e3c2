"""The rule about how readers are addressed: in one way, within a text and across those of an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from l10n.checks.rule import Example, Hit, rule
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.model import Severity, State

if TYPE_CHECKING:
    from l10n.catalog import Entry
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair
    from l10n.languages.concord import Address


@rule(
    "register",
    Severity.WARNING,
    N_("readers are addressed in two ways"),
    N_(
        "One text says both `tú` and `usted`: `Rellene el formulario y envíanos tu foto`; or a few texts of an article say "
        "one where three times as many say the other. What stands in quotation marks is somebody else's. Readers notice. "
        "Choose the form that the rest of the article has."
    ),
    Example(
        "Fill in your form and send us your photo.",
        "Rellene su formulario y envíanos tu foto.",
        "Rellene su formulario y envíenos su foto.",
    ),
    applies=lambda context: context.target_language.address is not None,
)
def find_mixed_address(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find texts that address readers in both forms."""
    address = context.target_language.address
    if address is None or not (familiar := _compiled(address.familiar).search(pair.target)):
        return
    if _compiled(address.formal).search(pair.target):
        yield Hit(_("readers are addressed in two ways here"), *familiar.span())


_LONGEST_QUOTATION = 500
"""Letters; a mark that nobody closed quotes nothing, and each would look through the whole text."""
_QUOTED = re.compile(
    "|".join(
        f"{opening}[^{closing}]{{0,{_LONGEST_QUOTATION}}}{closing}"
        for opening, closing in ("«»", "“”", '""', "‘’")
    )
    + r"|^[^\S\n]*[—–-].*",
    re.MULTILINE,
)
"""What somebody says; a dash begins a line of dialogue."""
_MANY_TIMES = 3
"""How many times as many texts must have one form before the other is out of place."""
_LEAST = 3
"""Texts that must have it."""


def odd_addresses(
    entries: Sequence[Entry], context: CheckContext
) -> Iterator[tuple[Entry, str]]:
    """Yield the texts of an article that address readers otherwise than most of its texts do, with what is to be said."""
    address = context.target_language.address
    if address is None or not context.is_article:
        return
    forms: dict[bool, list[Entry]] = {True: [], False: []}
    for entry in entries:
        is_counted = entry.state is State.TRANSLATED or entry.state is State.REVIEWED
        is_familiar = _form(entry.msgstr, address) if is_counted else None
        if is_familiar is not None:
            forms[is_familiar].append(entry)
    many, few = sorted(forms, key=lambda form: -len(forms[form]))
    if len(forms[many]) < max(_LEAST, _MANY_TIMES * len(forms[few])):
        return
    message = (
        _("readers are addressed formally here, and familiarly in the rest of the article")
        if many
        else _("readers are addressed familiarly here, and formally in the rest of the article")
    )
    yield from ((entry, message) for entry in forms[few])


def _form(text: str, address: Address) -> bool | None:
    """Return whether a text addresses readers as friends; None where it tells neither, or both."""
    shown = _QUOTED.sub(" ", text)
    is_familiar, is_formal = (
        _compiled(pattern).search(shown) is not None
        for pattern in (address.familiar, address.formal)
    )
    return None if is_familiar == is_formal else is_familiar


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
