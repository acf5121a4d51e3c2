"""Write the pages of docs/ that the code knows by itself, in the language of the interface (L10N_LANG).

One language a run: commands take their help when they are imported.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from l10n.checks.explain import explain_all
from l10n.cli.reference import commands_page
from l10n.interface import LANGUAGES, language
from l10n.project.keys import reference_page
from tui.commands import keys_page

ROOT = Path(__file__).resolve().parent.parent


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "keys.md": keys_page,
    "project-file.md": reference_page,
    "rules.md": explain_all,
}


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs"
    folder = folder if language() == LANGUAGES[0] else folder / language()
    folder.mkdir(exist_ok=True)
    for page, written in PAGES.items():
        (folder / page).write_text(written(), encoding="utf-8")
