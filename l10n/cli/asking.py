"""Questions that are answered with yes or no, in the interface language."""

from __future__ import annotations

import click

from l10n.interface import gettext as _
from l10n.text.visible import masked


def confirm(question: str, *, default: bool = False, err: bool = True) -> bool:
    """Ask (on stderr) until the answer is yes or no; Enter alone is the default. Raises click.Abort at the end of input."""
    yes, no = _("yes"), _("no")
    keys = f"{yes[0].upper()}/{no[0]}" if default else f"{yes[0]}/{no[0].upper()}"

    def understand(answer: str) -> bool:
        word = answer.strip().lower()
        if not word:
            return default
        # English is understood too: it is what most programs ask for.
        if word in {yes, yes[0], "y", "yes"}:
            return True
        if word in {no, no[0], "n", "no"}:
            return False
        raise click.BadParameter(_("answer {yes} or {no}").format(yes=yes[0], no=no[0]))

    answer: bool = click.prompt(
        f"{masked(question)} [{keys}]",
        default="",
        show_default=False,
        value_proc=understand,
        err=err,
    )
    return answer
