"""Examples of every command, as its help shows them."""

from __future__ import annotations

from collections.abc import Mapping

import click

from l10n.interface import gettext as _

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "init": ("l10n init", "l10n init --source es --target en --dry-run"),
    "update": ("l10n update", "l10n update en/feria", "l10n update feria --explain"),
    "rename": ("l10n rename feria mercado",),
    "retire": ("l10n retire",),
    "align": ("l10n align", "l10n align es/feria.html en/fair.html --report feria.html"),
    "prefill": (
        "l10n prefill en",
        "l10n prefill feria --only tm",
        "l10n prefill --engine none",
    ),
    "approve": (
        "l10n approve feria --by Ana",
        "l10n approve en --origin aligned --min-score 0.95",
    ),
    "check": (
        "l10n check",
        "l10n check en --severity info",
        "l10n check --explain numbers",
        "l10n check --min-reviewed 80 --format github",
    ),
    "status": ("l10n status", "l10n status en/feria", "l10n status en --html status.html"),
    "export": ("l10n export", "l10n export feria --dry-run", "l10n export en -o site --drafts"),
    "preview": ("l10n preview",),
    "build": ("l10n build", "l10n build feria", "l10n build --engine none"),
    "review": ("l10n review", "l10n review en", "l10n review feria"),
    "xliff": ("l10n xliff export en -o exchange", "l10n xliff import exchange/en/feria.xlf"),
    "xliff export": (
        "l10n xliff export en -o exchange",
        "l10n xliff export feria --version 2.1 --segments -o feria.xlf",
    ),
    "xliff import": (
        "l10n xliff import feria.xlf --dry-run",
        "l10n xliff import exchange/en/feria.xlf --by Ana",
    ),
    "pack": ("l10n pack feria -o for-eva.zip", "l10n pack feria --to en --omegat -o for-eva"),
    "unpack": ("l10n unpack for-eva.zip --dry-run", "l10n unpack for-eva.zip"),
    "table": ("l10n table export feria -o feria.csv", "l10n table import feria.csv"),
    "table export": (
        "l10n table export feria -o feria.csv",
        "l10n table export es --joined --separator semicolon -o exchange",
    ),
    "table import": ("l10n table import feria.csv --dry-run",),
    "compile": ("l10n compile", "l10n compile es -o locale"),
    "tm": ("l10n tm search feria", "l10n tm import memory.tmx"),
    "tm rebuild": ("l10n tm rebuild",),
    "tm import": ("l10n tm import memory.tmx",),
    "tm export": ("l10n tm export memory.tmx --from es --to en",),
    "tm search": ("l10n tm search feria del libro", "l10n tm search --similar Hay 42 casetas"),
    "glossary": ("l10n glossary extract es", "l10n glossary check en"),
    "glossary extract": ("l10n glossary extract es --minimum 5",),
    "glossary import": ("l10n glossary import terms.tbx",),
    "glossary export": ("l10n glossary export terms.tbx",),
    "glossary check": ("l10n glossary check en",),
    "engines": ("l10n engines list", "l10n engines install es en"),
    "engines list": ("l10n engines list",),
    "engines add": ("l10n engines add opus-mt-en-es --pair en-es",),
    "engines remove": ("l10n engines remove opus-mt-en-es",),
    "engines try": ("l10n engines try en --sample 50",),
    "engines report": ("l10n engines report en",),
    "engines install": (
        "l10n engines install es en",
        "l10n engines install translate-es_en.argosmodel",
    ),
}
"""What people may type, by command and subcommand; the names are those of the sample newsroom."""


def add_examples(command: click.Command, name: str) -> click.Command:
    """Return a command whose help, and that of its subcommands, ends with examples."""
    if name in EXAMPLES and command.epilog is None:
        # `\\b` keeps click from making one paragraph of the lines.
        lines = "\n".join(f"  {line}" for line in EXAMPLES[name])
        command.epilog = f"\b\n{_('Examples:')}\n{lines}"
    if isinstance(command, click.Group):
        for sub, subcommand in command.commands.items():
            add_examples(subcommand, f"{name} {sub}")
    return command
