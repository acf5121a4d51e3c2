"""Who reviews: asked once, kept in the person's own settings."""

from __future__ import annotations

import json
from collections.abc import Callable

from l10n.files import make_folder, read_text, write_atomically
from l10n.person import config_path, known_name


def reviewer_name(ask: Callable[[], str]) -> str:
    """Return the name that stamps carry; a person who never gave one is asked, and not again."""
    name = known_name()
    if not name:
        name = " ".join(ask().split())
        if name:
            remember_name(name)
    return name


def remember_name(name: str) -> None:
    """Write a name into the person's own settings; everything else in them stays as it is."""
    path = config_path()
    make_folder(path.parent)
    before = read_text(path) if path.exists() else ""
    # In front of all else: behind the first `[table]` it would be a setting of that table.
    # JSON's strings are strings of TOML too.
    line = f"name = {json.dumps(name, ensure_ascii=False)}\n"
    write_atomically(path, (line + before).encode())
