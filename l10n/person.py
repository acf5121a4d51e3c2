"""The person at this machine: their name, their own settings, their folders as XDG lays them out."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

_FOLDER = "l10n"


def config_path() -> Path:
    """Return the person's own settings file: name, interface language, theme, keymap."""
    return _folder("XDG_CONFIG_HOME", ".config") / "config.toml"


def cache_folder() -> Path:
    """Return the folder for what can be made again at any time."""
    return _folder("XDG_CACHE_HOME", ".cache")


def data_folder() -> Path:
    """Return the folder for what a person keeps and nothing can make again."""
    return _folder("XDG_DATA_HOME", ".local/share")


def state_folder() -> Path:
    """Return the folder for state that should survive restarts."""
    return _folder("XDG_STATE_HOME", ".local/state")


def personal_config() -> dict[str, object]:
    """Read the person's own settings; none, or unreadable ones, are no settings."""
    try:
        return tomllib.loads(config_path().read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}


def shared_memory() -> Path | None:
    """Return the translation memory that the person's projects share, as `memory` names it; None where each has its own."""
    name = personal_config().get("memory")
    if not isinstance(name, str) or not name.strip():
        return None
    # A name alone lies beside the settings that it stands in.
    return config_path().parent / Path(name.strip()).expanduser()


def person_name() -> str:
    """Return the person's name: as they gave it, else the system's; empty where that is nobody's own."""
    return known_name() or _system_name()


def known_name() -> str:
    """Return the name that a person gave, in their own settings or to git; empty when they gave none."""
    configured = personal_config().get("name")
    if isinstance(configured, str) and configured.strip():
        return configured.strip()
    return _git_name()


def _folder(variable: str, default: str) -> Path:
    # An empty variable counts as none, as the XDG specification says.
    parent = os.environ.get(variable) or Path.home() / default
    return Path(parent) / _FOLDER


def _git_name() -> str:
    import subprocess  # noqa: PLC0415 - every command reads the settings, few ask for the name

    try:
        answer = subprocess.run(
            ["git", "config", "user.name"],
            capture_output=True,
            text=True,
            timeout=5,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.strip()


def _system_name() -> str:
    import getpass  # noqa: PLC0415 - as above

    if (
        not os.geteuid()
    ):  # everybody who administers the machine is root: that names no reviewer
        return ""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
