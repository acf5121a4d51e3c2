"""What `l10n check --fix` shows and asks before it mends anything."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from l10n.cli.asking import confirm
from l10n.cli.streams import say
from l10n.interface import gettext as _
from l10n.interface import ngettext

if TYPE_CHECKING:
    from l10n.checks.fixes import Mended


def mend(mendings: Iterable[Mended], *, sure: bool) -> None:
    """Show what would change, ask on a terminal, and write it when it is wanted."""
    catalogs, texts = [], 0
    for mended in mendings:
        texts += mended.texts
        catalogs.append(mended.catalog)
        say(mended.diff.rstrip("\n"), err=True)
    if not texts:
        say(_("Nothing to mend."), err=True)
        return
    question = ngettext("Mend {n} translation?", "Mend {n} translations?", texts).format(
        n=texts
    )
    if not sure and not sys.stdin.isatty():
        say(_("Nothing was written; --yes writes it."), err=True)
    elif sure or confirm(question):
        for catalog in catalogs:
            catalog.save()
        message = ngettext("Mended {n} translation.", "Mended {n} translations.", texts)
        say(message.format(n=texts), err=True)
