"""`l10n check`."""

from __future__ import annotations

import click

from l10n.language import gettext as _


@click.command(help=_("Report findings and completeness."))
def check() -> None:
    """Check catalogs."""
