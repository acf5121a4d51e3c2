"""What two machines must have in common so that parts come out byte for byte alike on both."""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from l10n import __version__
from l10n.engines import EngineRecipe, resolve_pair
from l10n.errors import EngineError
from l10n.plugins import FORMATS, RULES, plugin_versions

_LIBRARIES = (
    "babel", "jinja2", "markdown-it-py", "mdit-py-plugins", "numpy", "pyyaml", "rapidfuzz", "simplemma",
    "ctranslate2", "sentencepiece", "sacremoses", "spylls",
)  # fmt: skip
"""What results depend on besides the tool; those that are not installed count as that."""

_INSTRUCTIONS = ("avx512f", "avx2", "avx", "sse4_1", "asimd")
"""Sets that engines choose their arithmetic by, the widest first: sums come out otherwise in the last digits."""

_PROBE = ("El tren de las 9:30 no para en la estación.", "The 9:30 train does not stop there.")
"""What engines are asked: the same name of a model does not make it the same model."""


@dataclass(frozen=True, slots=True)
class EngineUse:
    """An engine with its settings, and the pairs that it is wanted for."""

    name: str
    settings: Mapping[str, Any]
    pairs: tuple[tuple[str, str], ...]


def describe(engines: Sequence[EngineUse]) -> dict[str, str]:
    """Return what parts depend on here, by the name that a person knows it by."""
    return {
        "l10n-workbench": f"{__version__} {_digest_of_tool()}",
        "Python": ".".join(map(str, sys.version_info[:2])),
        **{name: _version_of(name) for name in _LIBRARIES},
        "plug-ins": plugin_versions(FORMATS, RULES),
        **({"processor": _processor()} if engines else {}),
        **{f"engine {use.name}": _engine(use) for use in engines},
    }


def differences(expected: Mapping[str, str], found: Mapping[str, str]) -> str:
    """Return the first thing in which a machine differs; empty where there is none."""
    for name, value in expected.items():
        if found.get(name) != value:
            return f"{name}: {_short(found.get(name, ''))} ≠ {_short(value)}"
    return ""


def _short(value: str) -> str:
    return (
        value
        if len(value) <= 60
        else f"{value[:40]}… {hashlib.sha256(value.encode()).hexdigest()[:8]}"
    )


def _engine(use: EngineUse) -> str:
    """Return what an engine is and says here; why not, where it cannot be used."""
    try:
        engine = EngineRecipe(use.name, use.settings).engine
        known = engine.pairs()
        parts = []
        for source, target in use.pairs:
            if resolve_pair(known, source, target) is None:
                continue
            # A service answers where it likes: only what it calls itself is compared.
            asked = "url" not in use.settings
            drafts = engine.translate(_PROBE, source, target) if asked else []
            said = json.dumps([[draft.text, draft.notes] for draft in drafts])
            digest = hashlib.sha256(said.encode()).hexdigest()[:8]
            parts.append(f"{source}→{target} {engine.version(source, target)} {digest}")
    except EngineError as error:
        return error.message
    return "; ".join(parts)


def _processor() -> str:
    try:
        flags = set(Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").split())
    except OSError:
        flags = set()
    widest = next((name for name in _INSTRUCTIONS if name in flags), "")
    return f"{platform.machine()} {widest}".strip()


def _version_of(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"


def _digest_of_tool() -> str:
    """Return a digest of the tool's own files: releases that are called alike may not be."""
    folder = Path(__file__).parent.parent
    digest = hashlib.blake2b(digest_size=6)
    for path in sorted(folder.rglob("*.py")):
        digest.update(f"\0{path.relative_to(folder)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
