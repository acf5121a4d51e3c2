"""Which generator builds the site that an article is of, as the generator's own files tell."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_MARKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("hugo", ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config/_default")),
    ("mkdocs", ("mkdocs.yml", "mkdocs.yaml", "zensical.toml")),
    (
        "docusaurus",
        tuple(f"docusaurus.config.{end}" for end in ("js", "ts", "mjs", "cjs", "mts")),
    ),
    ("vitepress", (".vitepress",)),
    ("astro", tuple(f"astro.config.{end}" for end in ("mjs", "js", "ts", "mts", "cjs"))),
    ("jekyll", ("_config.yml", "_config.yaml", "_config.toml")),
)
"""Files by which a generator knows its own site."""
_TOP = ("l10n.toml", ".git")
"""What stands at the top of a project: nothing is looked for above it."""
_HEIGHT = 12
"""Folders above a page that are looked into at most."""


@lru_cache(maxsize=4096)
def site_dialect(folder: Path) -> str:
    """Return the dialect of the site that a folder belongs to; empty when no file tells."""
    for place in (folder, *folder.parents)[:_HEIGHT]:
        for dialect, names in _MARKS:
            if any((place / name).exists() for name in names):
                return dialect
        if any((place / name).exists() for name in _TOP):
            break
    return ""
