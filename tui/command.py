"""The command `l10n review`: light to import; Textual is loaded when it runs."""

from __future__ import annotations

import click

from l10n.interface import gettext as _


@click.command(
    short_help=_("Review translations in the terminal."),
    help=_(
        "Review translations in the terminal.\n\n"
        "WHAT is a locale of the project or a PO file; without it you choose from a list."
    ),
)
@click.argument("selection", required=False, metavar=_("[LOCALE|PO]"))
@click.option(
    "--filter", "query", default="", help=_("Show only these units, e.g. state:draft.")
)
@click.option("--plain", is_flag=True, help=_("Line by line, for screen readers and pipes."))
@click.option("--by", "reviewer", default="", help=_("Your name in the review stamps."))
@click.option(
    "--sample",
    "sample_size",
    type=click.IntRange(min=1),
    metavar=_("NUMBER"),
    help=_("Look at so many reviewed units of one translator again, drawn by lot."),
)
@click.option("--of", "translator", default="", help=_("Whose units are drawn."))
@click.option("--language", "language", default="", help=_("Interface language: en or es."))
def review(
    *,
    selection: str | None,
    query: str,
    plain: bool,
    reviewer: str,
    sample_size: int | None,
    translator: str,
    language: str,
) -> None:
    """Open the reviewer on a catalog, or on the list of catalogs."""
    from tui.launch import Wishes, launch  # noqa: PLC0415 - Textual only when it is needed

    launch(
        selection,
        Wishes(query, reviewer, sample_size or 0, translator, language),
        plain=plain,
    )
