"""The commands in the order of the work: where each lives, and what it does."""

from __future__ import annotations

from l10n.interface import N_

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("l10n.cli.init:init", N_("Start a project: write l10n.toml and the folders.")),
    "update": ("l10n.cli.update:update", N_("Extract units from articles into catalogs.")),
    "rename": ("l10n.cli.rename:rename", N_("Rename an article with its catalogs.")),
    "retire": ("l10n.cli.rename:retire", N_("Put catalogs of deleted articles aside.")),
    "align": ("l10n.cli.align:align", N_("Fill catalogs from existing translations.")),
    "prefill": (
        "l10n.cli.prefill:prefill",
        N_("Draft what is missing: memory, then an engine."),
    ),
    "approve": ("l10n.cli.approve:approve", N_("Mark entries as reviewed, in bulk.")),
    "check": ("l10n.cli.check:check", N_("Report findings and completeness.")),
    "status": ("l10n.cli.status:status", N_("Show how far every article is.")),
    "export": ("l10n.cli.export:export", N_("Write the localized articles.")),
    "preview": ("l10n.cli.preview:preview", N_("Serve the exported site on this machine.")),
    "build": ("l10n.cli.build:build", N_("Update, align, prefill, check and export.")),
    "xliff": ("l10n.cli.xliff:xliff", N_("Exchange catalogs as XLIFF with other tools.")),
    "pack": ("l10n.cli.pack:pack", N_("Pack articles for a translator.")),
    "unpack": ("l10n.cli.pack:unpack", N_("Take in what a translator sent back.")),
    "table": ("l10n.cli.table:table", N_("Exchange catalogs as tables with spreadsheets.")),
    "compile": ("l10n.cli.compile:compile_", N_("Write catalogs as .mo, for programs.")),
    "tm": ("l10n.cli.tm:tm", N_("Look after the translation memory.")),
    "glossary": ("l10n.cli.glossary:glossary", N_("Look after the glossary.")),
    "engines": ("l10n.cli.engines:engines", N_("List and install translation engines.")),
}
"""Name → where it lives and what it does: help lists commands without importing them."""

SYNONYMS = {
    "translate": "prefill",
    "draft": "prefill",
    "extract": "update",
    "sync": "update",
    "publish": "export",
    "serve": "preview",
    "new": "init",
    "stats": "status",
    "lint": "check",
    "validate": "check",
    "edit": "review",
    "memory": "tm",
    "terms": "glossary",
    "csv": "table",
    "xlf": "xliff",
}
"""What people type who know other tools, and the command that does it."""
