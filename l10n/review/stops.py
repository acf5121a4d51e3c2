"""Where a person stopped in each catalog: the next sitting begins there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from l10n.files import make_folder, write_atomically
from l10n.model import Key
from l10n.person import state_folder

_MOST = 200
"""Catalogs that are remembered: the places of the others are as old as nobody remembers them either."""


def remember_stop(catalog: Path, key: Key, file: Path | None = None) -> None:
    """Take note of the unit that was left last; OSError where nothing can be written."""
    file = file or _file()
    name = str(catalog.resolve())
    stops = {other: stop for other, stop in _stops(file).items() if other != name}
    stops[name] = list(key)
    make_folder(file.parent)
    latest = dict(list(stops.items())[-_MOST:])
    write_atomically(file, json.dumps(latest, ensure_ascii=False, indent=1).encode())


def last_stop(catalog: Path, file: Path | None = None) -> Key | None:
    """Return the unit of a catalog that was left last; None when nobody knows."""
    stop = _stops(file or _file()).get(str(catalog.resolve()))
    if not isinstance(stop, list) or len(stop) != len(("msgctxt", "msgid")):
        return None
    msgctxt, msgid = stop
    is_key = isinstance(msgid, str) and (msgctxt is None or isinstance(msgctxt, str))
    return (msgctxt, msgid) if is_key else None


def _file() -> Path:
    return state_folder() / "stops.json"


def _stops(file: Path) -> Mapping[str, Any]:
    """Return what is remembered; nothing of a file that cannot be read, which is nobody's only copy."""
    try:
        stops = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stops if isinstance(stops, dict) else {}
