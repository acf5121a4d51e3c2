"""Argos packages: where they lie, and what an unpacked one says of itself."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from l10n.engines import Pair
from l10n.engines.neural.decoding import missing_module
from l10n.errors import EngineError
from l10n.foreign import ForeignError, foreign_data, load_json
from l10n.interface import gettext as _

_LOCALES = {"pb": "pt-BR", "zt": "zh-Hant"}
"""Argos codes that are no language tags."""

_ARCHIVES = frozenset({".argosmodel", ".zip"})

_CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?")
_WORKING = {("es", "en", "1.9"): "1.0"}
"""Published versions that answer nonsense (argos-translate issues 504 and 522), and what works instead."""


class Tokenizer(Protocol):
    """Cuts a sentence into the pieces of a model and joins them again."""

    def encode(self, sentence: str) -> list[str]: ...  # noqa: D102

    def decode(self, tokens: list[str]) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Installed:
    """One unpacked package."""

    path: Path
    source: str
    target: str
    version: str
    target_prefix: str = ""

    @property
    def pair(self) -> Pair:
        """Source and target as BCP 47 tags."""
        return pair_of(self.source, self.target)

    @property
    def name(self) -> str:
        """`translate-es_en-1.0`."""
        return f"translate-{self.source}_{self.target}-{self.version}"

    def tokenizer(self) -> Tokenizer:
        """Return argostranslate's own tokenizer for the package."""
        try:
            with foreign_data(passing=(ImportError,)):
                from argostranslate import tokenizer  # noqa: PLC0415 - loads SentencePiece
        except ImportError as error:
            raise missing_module("argos", error) from error
        pieces = self.path / "sentencepiece.model"
        made: Tokenizer = (
            tokenizer.SentencePieceTokenizer(pieces)
            if pieces.exists()
            else tokenizer.BPETokenizer(self.path / "bpe.model", self.source, self.target)
        )
        return made

    def fingerprint(self) -> str:
        """Return one model file from another without reading it."""
        model = (self.path / "model" / "model.bin").stat()
        text = f"{self.path.resolve()}\0{model.st_size}\0{model.st_mtime_ns}"
        return hashlib.sha256(text.encode()).hexdigest()

    def better_version(self) -> str:
        """Return the command that installs a version known to work, if one is known."""
        working = working_version(self.source, self.target, self.version)
        if working == self.version:
            return ""
        return f"l10n engines install {self.source} {self.target} --version {working}"


Try = Callable[[Installed], str | None]
"""Runs a package; gives why it cannot be trusted."""


def pair_of(source: str, target: str) -> Pair:
    """Return the languages of a package as BCP 47 tags."""
    return (_LOCALES.get(source, source), _LOCALES.get(target, target))


def working_version(source: str, target: str, version: str) -> str:
    """Return the version itself, or the one to take instead of a version that is known to answer nonsense."""
    return _WORKING.get((source, target, version), version)


def version_key(version: str) -> tuple[int, ...]:
    """Return what versions are ordered by: 1.10 is newer than 1.9."""
    return tuple(int(number) for number in re.findall(r"\d+", version))


def package_folders() -> list[Path]:
    """Return argostranslate's folders of packages; the first is where new ones go."""
    if folder := os.environ.get("ARGOS_PACKAGES_DIR"):
        return [Path(folder)]
    return [Path(folder) for folder in argos_settings().package_dirs]


def installed_packages(
    on_broken: Callable[[EngineError], None] | None = None,
) -> list[Installed]:
    """Return every usable translation package of argostranslate's folders; `on_broken` hears of the others."""
    packages = []
    for folder in package_folders():
        try:
            paths = sorted(folder.iterdir())
        except OSError:
            continue
        for path in paths:
            if not path.is_dir():
                if on_broken and path.suffix in _ARCHIVES:
                    on_broken(_not_unpacked(path))
                continue
            try:
                if package := read_package(path):
                    packages.append(package)
            except EngineError as error:
                if on_broken:
                    on_broken(error)
    return packages


def best_installed() -> dict[Pair, Installed]:
    """Return the newest package of each pair, leaving versions known to be broken for last."""
    best: dict[Pair, Installed] = {}
    for package in sorted(installed_packages(), key=_preference):
        best[package.pair] = package
    return best


def read_package(path: Path) -> Installed | None:
    """Read an unpacked package; None when it is no translation. EngineError when parts are missing."""
    try:
        metadata = load_json((path / "metadata.json").read_bytes())
    except FileNotFoundError:
        raise EngineError(_("the package lacks metadata.json"), path=path) from None
    except (OSError, ValueError) as error:
        raise EngineError(
            _("metadata.json cannot be read: {reason}").format(reason=error), path=path
        ) from error
    if not isinstance(metadata, dict):
        raise EngineError(_("metadata.json holds no table"), path=path)
    if metadata.get("type", "translate") != "translate":
        return None
    codes = [metadata.get("from_code"), metadata.get("to_code")]
    if not all(isinstance(code, str) and _CODE.fullmatch(code) for code in codes):
        raise EngineError(_("the package does not say its languages"), path=path)
    if not (path / "model" / "model.bin").is_file():
        raise EngineError(_("the package lacks its model"), path=path)
    if not any((path / name).is_file() for name in ("sentencepiece.model", "bpe.model")):
        raise EngineError(_("the package lacks its tokenizer"), path=path)
    return Installed(
        path,
        str(codes[0]),
        str(codes[1]),
        str(metadata.get("package_version") or ""),
        str(metadata.get("target_prefix") or ""),
    )


def _not_unpacked(path: Path) -> EngineError:
    return EngineError(
        _("a package that is not unpacked: no engine reads it like this"),
        path=path,
        hint=f"l10n engines install {shlex.quote(str(path))}",
    )


def argos_settings() -> Any:
    """Return argostranslate's settings, which need neither stanza nor torch; EngineError where it refuses them itself."""
    try:
        with foreign_data(passing=(ImportError,)):
            from argostranslate import settings  # noqa: PLC0415 - loaded when an engine is asked for
    except ImportError as error:
        raise missing_module("argos", error) from error
    except OSError as error:
        # They make folders in the home folder as soon as they are imported.
        raise EngineError(
            _("argostranslate cannot make its folders: {reason}").format(reason=error),
            hint="XDG_DATA_HOME=… XDG_CONFIG_HOME=… XDG_CACHE_HOME=… l10n …",
        ) from error
    except ForeignError as error:
        raise EngineError(
            _("argostranslate cannot read its settings: {reason}").format(reason=error),
            hint=_suspects(str(error)),
        ) from error
    return settings


def _suspects(reason: str) -> str:
    """Name the settings of the environment that a failure may be about, else the file of settings."""
    values = {
        name: value for name, value in os.environ.items() if name.startswith("ARGOS_") and value
    }
    named = {name: value for name, value in values.items() if value in reason} or values
    home = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    file = f"{home}/argos-translate/settings.json"
    return "  ".join([*(f"{name}={value}" for name, value in sorted(named.items())), file])


def _preference(package: Installed) -> tuple[bool, tuple[int, ...]]:
    is_broken = (package.source, package.target, package.version) in _WORKING
    return (not is_broken, version_key(package.version))
